using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Door;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Inspections;

/// <summary>What cannot wait begins at the door with a scan; ground and result are reported and approval is made up afterwards (J12).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record StartUrgent(Actor By, string EnterpriseId, string Why, IReadOnlyList<string> ItemIds, IReadOnlyList<string> InspectorIds) : ICommand<UrgentReceipt>;

/// <summary>Reports ground and result of an urgent inspection to the leader in writing (J12).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record ReportUrgent(Actor By, string TaskId, string Ground, string Result) : ICommand<UrgentReceipt>;

/// <summary>The leader approves afterwards (J12).</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record MakeUpApproval(Actor By, string TaskId) : ICommand<UrgentReceipt>;

/// <summary>The leader does not agree with what was reported; the limit goes on.</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record ReturnUrgentReport(Actor By, string TaskId, string Because) : ICommand<UrgentReceipt>;

/// <param name="TaskId">The task.</param>
/// <param name="StartedAt">When it was scanned, in China.</param>
/// <param name="DueOn">The last day for report and approval, if it is still counted.</param>
/// <param name="Provisional">The date may still move.</param>
/// <param name="DoneAt">When this was done, in China.</param>
public sealed record UrgentReceipt(string TaskId, DateTime StartedAt, DateOnly? DueOn, bool Provisional, DateTime DoneAt) : IReceipt
{
    public string Subject => TaskId;
}

internal sealed class UrgentInspectionHandler(ISupervisionDb db, TaskRegister register, Arrivals arrivals, DeadlineBook deadlines, NoticeBoard notices, RulePack rules, ChinaClock clock) :
    IRequestHandler<StartUrgent, UrgentReceipt>,
    IRequestHandler<ReportUrgent, UrgentReceipt>,
    IRequestHandler<MakeUpApproval, UrgentReceipt>,
    IRequestHandler<ReturnUrgentReport, UrgentReceipt>
{
    public const string Deadline = TaskDeadlines.UrgentApproval;
    private const int LongestWhy = 300;

    private static readonly Rule InUnit = new("您还不属于任何执法单位，不能发起检查。", "J04");
    private static readonly Rule KnownEnterprise = new("没有找到这家企业，请核对名称或统一社会信用代码。", "J04");
    private static readonly Rule WithWhy = new("请用一句话写明为什么必须当场检查。", "J12");
    private static readonly Rule OwnItems = new("检查事项不在本单位已公布的事项清单里，请从清单里选。", "D06");
    private static readonly Rule OwnTeam = new("检查人员应当是本单位的人员，您本人也要在内。", "S24");
    private static readonly Rule ValidTeam = new("检查人员不符合要求，请换人。", "S24");
    private static readonly Rule OneAtATime = new("这家企业的紧急检查已经发起，不用重复发起。", "J12");

    public async Task<UrgentReceipt> Handle(StartUrgent command, CancellationToken cancellationToken)
    {
        var by = command.By;
        InUnit.Require(by.UnitId is not null);
        KnownEnterprise.Require(await db.Enterprises.AnyAsync(e => e.Id == command.EnterpriseId, cancellationToken));
        WithWhy.Require(!string.IsNullOrWhiteSpace(command.Why));
        var own = await db.Items.Where(item => command.ItemIds.Contains(item.Id) && item.UnitId == by.UnitId).ToListAsync(cancellationToken);
        OwnItems.Require(own.Count > 0 && own.Count == command.ItemIds.Distinct().Count() && own.TrueForAll(item => item.Selectable(clock.Today)));
        var team = await register.Team([.. command.InspectorIds], cancellationToken);
        OwnTeam.Require(team.Count == command.InspectorIds.Distinct().Count() && team.TrueForAll(person => person.UnitId == by.UnitId) && command.InspectorIds.Contains(by.PersonId!));
        OneAtATime.Require(!await db.Tasks.AnyAsync(
            t => t.UnitId == by.UnitId && t.EnterpriseId == command.EnterpriseId && t.Urgent && t.Stage == InspectionStage.UnderWay && t.ScheduledOn == clock.Today,
            cancellationToken));

        var number = await Numbers.Take(db, rules.Series("task"), "T", clock.Today.Year, 1, cancellationToken);
        var task = new InspectionTask(new TaskFacts(number.Id, InspectionType.AdHoc, by.UnitId!, command.EnterpriseId, clock.Today, clock.Today)
        {
            Ground = InspectionGround.Urgent,
            ItemIds = [.. command.ItemIds.Distinct()],
            InspectorIds = [.. command.InspectorIds.Distinct()],
        });
        var checks = await register.Checks(task, cancellationToken);
        ValidTeam.Require(checks.Team.Allows, checks.All.First(check => check.Kind == CheckKind.Team).Words);
        task.RegisteredFor(by.PersonId!);
        task.Explain(TaskRegister.Text(command.Why, needed: true, LongestWhy), null, null);
        db.Tasks.Add(task);
        await arrivals.ScanIn(task, cancellationToken);

        var leaders = await register.Leaders(task.UnitId, cancellationToken);
        var due = deadlines.Open(Deadline, rules.UrgentApproval, task.Id, $"紧急检查{task.Id}补办审批", task.UnitId, task.InspectorIds);
        await TellUnit(task, leaders, due, cancellationToken);
        return new UrgentReceipt(task.Id, ChinaClock.ToChina(clock.UtcNow), due.On, due.Provisional, clock.LocalNow);
    }

    public async Task<UrgentReceipt> Handle(ReportUrgent command, CancellationToken cancellationToken)
    {
        var task = await register.OfUnit(command.By, command.TaskId, cancellationToken);
        var (ground, result) = (TaskRegister.Text(command.Ground, needed: true), TaskRegister.Text(command.Result, needed: true));
        task.ReportUrgent($"事由：{ground.TrimEnd('。')}；结果：{result.TrimEnd('。')}。", clock.UtcNow);
        var fields = await register.Fields(task, cancellationToken);
        fields["report"] = task.UrgentReport!;
        foreach (var leader in await register.Leaders(task.UnitId, cancellationToken))
            await notices.Owe(leader, "N48", FormattableString.Invariant($"N48:{task.Id}:{clock.UtcNow:yyyyMMddHHmmss}:{leader}"), task.Id, fields, cancellationToken, actions: [$"审批 {task.Id}"]);
        return await Receipt(task, cancellationToken);
    }

    public async Task<UrgentReceipt> Handle(MakeUpApproval command, CancellationToken cancellationToken)
    {
        var task = await register.OfLeader(command.By, command.TaskId, cancellationToken);
        task.MakeUpApproval(command.By.PersonId!, clock.Today);
        await deadlines.Meet(Deadline, task.Id, cancellationToken);
        await register.TellHandlers(task, "已同意补办审批", "", cancellationToken);
        return await Receipt(task, cancellationToken);
    }

    public async Task<UrgentReceipt> Handle(ReturnUrgentReport command, CancellationToken cancellationToken)
    {
        var task = await register.OfLeader(command.By, command.TaskId, cancellationToken);
        var because = TaskRegister.Text(command.Because, needed: true);
        task.ReturnUrgentReport(because);
        await register.TellHandlers(task, "不同意补办", $"理由：{because.TrimEnd('。')}。请重新书面报告事由和结果，期限不变。", cancellationToken);
        return await Receipt(task, cancellationToken);
    }

    private async Task<UrgentReceipt> Receipt(InspectionTask task, CancellationToken cancellationToken)
    {
        var deadline = await deadlines.Find(Deadline, task.Id, cancellationToken);
        return new UrgentReceipt(task.Id, ChinaClock.ToChina(task.ScannedInAt ?? clock.UtcNow), deadline?.DueOn, deadline?.Provisional ?? false, clock.LocalNow);
    }

    /// <summary>At any hour: who is at the door and who answers for it know what is owed (J12).</summary>
    private async Task TellUnit(InspectionTask task, List<string> leaders, DueDate due, CancellationToken cancellationToken)
    {
        var fields = await register.Fields(task, cancellationToken);
        fields["time"] = ChineseDates.Time(TimeOnly.FromDateTime(clock.LocalNow));
        fields["due"] = ChineseDates.Due(due);
        foreach (var person in task.InspectorIds.Concat(leaders).Distinct())
            await notices.Owe(person, "N16", $"N16:{task.Id}:{person}", task.Id, fields, cancellationToken, urgent: true, actions: [leaders.Contains(person) ? $"审批 {task.Id}" : $"紧急报告 {task.Id}"]);
    }
}
