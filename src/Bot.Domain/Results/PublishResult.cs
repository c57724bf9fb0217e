using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Results;

/// <summary>结果公示: who inspected enters, who entered publishes (D17).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison)]
public sealed record PublishResult(Actor By, string TaskId) : ICommand<ResultPublished>;

/// <param name="TaskId">The inspection.</param>
/// <param name="OnTime">On or before the last day.</param>
/// <param name="DueOn">That day.</param>
public sealed record ResultPublished(string TaskId, bool OnTime, DateOnly DueOn) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

/// <summary>不宜公开: the law keeps this result from publication; counts once the leader has confirmed the ground (D17).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison)]
public sealed record KeepFromPublication(Actor By, string TaskId, string Ground) : ICommand<WithholdingAsked>;

public sealed record WithholdingAsked(string TaskId, int LeadersAsked) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

/// <summary>The leader confirms that a result is not published, or that it is. Confirmed, nobody is reminded any more.</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record ConfirmWithholding(Actor By, string TaskId, bool Agreed) : ICommand<WithholdingDecided>;

public sealed record WithholdingDecided(string TaskId, bool Agreed, DateOnly? PublishBy) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

internal sealed class PublishResultHandler(ResultDesk desk, TaskDeadlines deadlines, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock) :
    IRequestHandler<PublishResult, ResultPublished>,
    IRequestHandler<KeepFromPublication, WithholdingAsked>,
    IRequestHandler<ConfirmWithholding, WithholdingDecided>
{
    private const int Longest = 300;

    private static readonly Rule NotWhileAsked = new("不公示的申请在等单位负责人确认，确认前不能公示。", "D17");
    private static readonly Rule WithGround = new("请写明依法不宜公开的理由（最多300字），由单位负责人确认。", "D17");
    private static readonly Rule AskedOnce = new("不公示的申请已经在等单位负责人确认。", "D17");

    public async Task<ResultPublished> Handle(PublishResult command, CancellationToken cancellationToken)
    {
        var task = await desk.OfUnit(command.By, command.TaskId, cancellationToken);
        NotWhileAsked.Require(task.WithholdingWanted is null);
        task.Publish(clock.Today);
        await deadlines.MeetPublication(task.Id, cancellationToken);
        var due = Due(task);
        return new ResultPublished(task.Id, clock.Today <= due, due);
    }

    public async Task<WithholdingAsked> Handle(KeepFromPublication command, CancellationToken cancellationToken)
    {
        WithGround.Require(command.Ground.Trim().Length is > 0 and <= Longest);
        var task = await desk.OfUnit(command.By, command.TaskId, cancellationToken);
        AskedOnce.Require(task.WithholdingWanted is null);
        task.WantWithholding(command.Ground.Trim());
        var leaders = await desk.LeadersOf(task.UnitId, cancellationToken);
        var fields = new Dictionary<string, string> { ["task"] = task.Id, ["ground"] = command.Ground.Trim(), ["by"] = command.By.Name };
        foreach (var leader in leaders)
        {
            await notices.Owe(
                leader, "N66", FormattableString.Invariant($"N66:{task.Id}:{clock.UtcNow:yyyyMMddHHmmss}:{leader}"), task.Id, fields, cancellationToken, actions: [$"同意不公示 {task.Id}", $"应当公示 {task.Id}"]);
        }

        return new WithholdingAsked(task.Id, leaders.Count);
    }

    public async Task<WithholdingDecided> Handle(ConfirmWithholding command, CancellationToken cancellationToken)
    {
        var task = await desk.OfUnit(command.By, command.TaskId, cancellationToken);
        task.DecideWithholding(command.Agreed);
        if (command.Agreed)
            await deadlines.DropPublication(task.Id, cancellationToken);
        var fields = new Dictionary<string, string> { ["task"] = task.Id, ["decision"] = command.Agreed ? "同意不公示" : $"应当公示，请在{ChineseDates.WithWeekday(Due(task))}前办理" };
        foreach (var inspector in task.InspectorIds)
        {
            await notices.Owe(
                inspector, "N67", FormattableString.Invariant($"N67:{task.Id}:{clock.UtcNow:yyyyMMddHHmmss}:{inspector}"), task.Id, fields, cancellationToken, digest: true, actions: command.Agreed ? [] : [$"公示 {task.Id}"]);
        }

        return new WithholdingDecided(task.Id, command.Agreed, command.Agreed ? null : Due(task));
    }

    private DateOnly Due(InspectionTask task) => calendars.Current.Due(task.CompletedOn!.Value, rules.Publication.Period).On;
}
