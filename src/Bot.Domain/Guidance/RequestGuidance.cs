using Bot.Domain.Attachments;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Numbering;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Guidance;

/// <summary>Asks a unit for guidance (J18), in one's own enterprise's name or anonymously with a look-up code (W28).</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record RequestGuidance(
    Actor By,
    string UnitId,
    string Question,
    string? TaskId = null,
    bool Anonymous = false,
    IReadOnlyList<string>? FileIds = null) : ICommand<GuidanceReceipt>, IMayBeAnonymous;

/// <param name="Id">G26-58.</param>
/// <param name="Number">云指〔2026〕58号.</param>
/// <param name="DueOn">The last day of the answer.</param>
/// <param name="Provisional">A year whose holiday notice is missing was counted (暂定).</param>
/// <param name="Counted">The working days that were counted.</param>
/// <param name="Limit">The limit in words: 2个工作日.</param>
/// <param name="HowCounted">The answer to 怎么算出来的.</param>
/// <param name="UnitName">Who answers.</param>
/// <param name="UnitPhone">For what cannot wait.</param>
/// <param name="LookupCode">Only for an anonymous request, told this once.</param>
public sealed record GuidanceReceipt(
    string Id,
    string Number,
    DateOnly DueOn,
    bool Provisional,
    IReadOnlyList<DateOnly> Counted,
    string Limit,
    string HowCounted,
    string UnitName,
    string UnitPhone,
    string? LookupCode) : IReceipt
{
    public string Subject => Id;
}

internal sealed class RequestGuidanceHandler(ISupervisionDb db, GuidanceRegister register, DeadlineBook deadlines, RulePack rules, CalendarBook calendars, ChinaClock clock, IMediator mediator)
    : IRequestHandler<RequestGuidance, GuidanceReceipt>
{
    private static readonly Rule InOwnName = new("绑定企业后才能以企业名义申请指导；不绑定也可以说“匿名咨询”。", "J18");
    private static readonly Rule WithQuestion = new("请写明想问什么。", "J18");
    private static readonly Rule ToKnownUnit = new("没有找到这个单位，请换个名称再试。", "J18");
    private static readonly Rule AboutPreviewedTask = new("没有找到这次检查的预告，可以不指明检查，直接提问。", "J16") { Boundary = true };

    public async Task<GuidanceReceipt> Handle(RequestGuidance command, CancellationToken cancellationToken)
    {
        var by = command.By;
        InOwnName.Require(command.Anonymous || by is { Role: ActorRole.EnterpriseUser, EnterpriseId: not null });
        WithQuestion.Require(!string.IsNullOrWhiteSpace(command.Question));
        var unit = await db.Units.FirstOrDefaultAsync(u => u.Id == command.UnitId, cancellationToken);
        ToKnownUnit.Require(unit is not null);
        var task = command is { TaskId: { } taskId, Anonymous: false } ? await Task(taskId, by, cancellationToken) : null;

        var number = await Numbers.Take(db, rules.Series("guidance"), "G", clock.Today.Year, 1, cancellationToken);
        var code = command.Anonymous ? LookupCode.New() : null;
        if (command is { Anonymous: true, FileIds: { Count: > 0 } files })
            await mediator.Publish(new FilesWithoutAName(files), cancellationToken);
        var request = code is null
            ? GuidanceRequest.FromEnterprise(number, unit!.Id, command.Question.Trim(), by.EnterpriseId!, by.PersonId, task?.Id, command.FileIds ?? [], clock.UtcNow)
            : GuidanceRequest.FromNobody(number, unit!.Id, command.Question.Trim(), LookupCode.Hash(code), command.FileIds ?? [], clock.UtcNow);
        db.GuidanceRequests.Add(request);

        var handlers = await register.HandlersAt(unit, task, cancellationToken);
        var due = deadlines.Open(GuidanceDeadlines.Reply, rules.GuidanceReply, request.Id, $"指导申请{request.Number}", unit.Id, handlers);
        await register.TellUnit(request, await register.DeadlineOf(request, cancellationToken), cancellationToken);
        return new GuidanceReceipt(
            request.Id,
            request.Number,
            due.On,
            due.Provisional,
            [.. due.Counted.Select(day => day.On)],
            rules.GuidanceReply.Period.ToString(),
            calendars.Current.Explain(clock.Today, due),
            unit.Name,
            unit.Phone,
            code);
    }

    /// <summary>Only an inspection that was previewed to this enterprise: a waived one must not be found out by asking (J19).</summary>
    private async Task<InspectionTask> Task(string id, Actor by, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == id && t.EnterpriseId == by.EnterpriseId, cancellationToken);
        AboutPreviewedTask.Require(task is { IsSurprise: false, PreviewSentOn: not null });
        return task!;
    }
}
