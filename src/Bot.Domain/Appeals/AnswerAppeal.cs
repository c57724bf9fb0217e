using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Appeals;

/// <summary>The unit gives the basis of the result and says why it stands (W38).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record ExplainBasis(Actor By, string AppealId, [property: AtMost(1000)] string Basis, [property: AtMost(2000)] string Explanation, IReadOnlyList<string> FileIds)
    : ICommand<AppealHandled>;

/// <summary>The justice bureau answers. It judges how the inspection was done; it gives no legal opinion, and every further remedy is named.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record AnswerAppeal(Actor By, string AppealId, AppealOutcome Outcome, [property: AtMost(2000)] string Finding, [property: AtMost(2000)] string Reason) : ICommand<AppealHandled>;

/// <param name="AppealId">Short id, A26-3.</param>
/// <param name="Number">云监诉〔2026〕3号</param>
/// <param name="ReplyDue">By when it is answered; null when it is.</param>
public sealed record AppealHandled(string AppealId, string Number, DateOnly? ReplyDue) : IReceipt
{
    string IReceipt.Subject => AppealId;
}

internal sealed class AnswerAppealHandler(ISupervisionDb db, RulePack rules, DeadlineBook deadlines, AppealDesk desk, ChinaClock clock) :
    IRequestHandler<ExplainBasis, AppealHandled>,
    IRequestHandler<AnswerAppeal, AppealHandled>
{
    public async Task<AppealHandled> Handle(ExplainBasis command, CancellationToken cancellationToken)
    {
        var appeal = await desk.OfUnit(command.By, command.AppealId, cancellationToken);
        appeal.Explain(command.Basis, command.Explanation, command.FileIds, command.By.PersonId!, clock.Today);
        await deadlines.Meet(AppealDesk.BasisDeadline, appeal.Id, cancellationToken);
        var due = await desk.ReplyDue(appeal, cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["no"] = appeal.Number,
            ["id"] = appeal.Id,
            ["unit"] = await db.Units.Where(u => u.Id == appeal.UnitId).Select(u => u.Name).FirstAsync(cancellationToken),
            ["task"] = appeal.TaskId,
            ["basis"] = command.Basis.TrimEnd('。'),
            ["explanation"] = command.Explanation.TrimEnd('。'),
            ["replyBy"] = ChineseDates.WithWeekday(due),
            ["justice"] = rules.SupervisionOffice.Name,
            ["what"] = "检查单位已提供依据和说明",
        };
        await desk.TellEnterprise(appeal, "N142", fields, cancellationToken, "办理进度");
        await desk.TellBureau(appeal, "N144", fields, cancellationToken);
        return new AppealHandled(appeal.Id, appeal.Number, due);
    }

    public async Task<AppealHandled> Handle(AnswerAppeal command, CancellationToken cancellationToken)
    {
        var appeal = await desk.ForHandling(command.AppealId, cancellationToken);
        appeal.Answer(command.Outcome, command.Finding, command.Reason, clock.Today, await desk.BasisDue(appeal, cancellationToken));
        await deadlines.Drop(AppealDesk.BasisDeadline, appeal.Id, cancellationToken);
        await deadlines.Meet(AppealDesk.ReplyDeadline, appeal.Id, cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["no"] = appeal.Number,
            ["task"] = appeal.TaskId,
            ["outcome"] = command.Outcome.Name(),
            ["finding"] = command.Finding.TrimEnd('。'),
            ["reason"] = command.Reason.TrimEnd('。'),
            ["basis"] = appeal.Basis?.TrimEnd('。') ?? "检查单位没有提供",
        };
        await desk.TellEnterprise(appeal, "N143", fields, cancellationToken, "我的检查记录", "人工帮助");
        var inspectors = await db.Tasks.Where(t => t.Id == appeal.TaskId).Select(t => t.InspectorIds).FirstAsync(cancellationToken);
        var leaders = await db.OfficialsOf(appeal.UnitId, ActorRole.UnitLeader, cancellationToken);
        await desk.TellUnit(appeal, "N145", (await desk.OwingBasis(appeal.UnitId, inspectors, cancellationToken)).Concat(leaders), fields, cancellationToken);
        return new AppealHandled(appeal.Id, appeal.Number, null);
    }
}
