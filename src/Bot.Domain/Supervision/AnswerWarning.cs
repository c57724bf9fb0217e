using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Supervision;

/// <summary>C23: the unit says what was the matter and what it has done, with proof (S13).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record AnswerWarning(Actor By, string CaseId, [property: AtMost(1000)] string Text, IReadOnlyList<string> FileIds) : ICommand<WarningAnswered>;

/// <summary>不同意预警 with the unit's reason: a supervisor looks again.</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record DisputeWarning(Actor By, string CaseId, [property: AtMost(1000)] string Reason, IReadOnlyList<string> FileIds) : ICommand<WarningAnswered>;

/// <summary>申请延期, once.</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record AskMoreTime(Actor By, string CaseId, [property: AtMost(500)] string Reason) : ICommand<WarningAnswered>;

/// <summary>补充说明 after the bureau found the matter uncorrected and before its letter is served: the bureau reads it and decides (S14).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record SayMore(Actor By, string CaseId, [property: AtMost(1000)] string Text, IReadOnlyList<string> FileIds) : ICommand<SupervisionMoved>;

/// <param name="CaseId">SV26-12.</param>
/// <param name="Number">云司监警〔2026〕12号.</param>
/// <param name="AnswerDue">The day by which the answer was, or still is, owed.</param>
/// <param name="Late">It came after that day.</param>
public sealed record WarningAnswered(string CaseId, string Number, DateOnly AnswerDue, bool Late) : IReceipt
{
    string IReceipt.Subject => CaseId;
}

internal sealed class AnswerWarningHandler(RulePack rules, SupervisionDesk desk, DeadlineBook deadlines) :
    IRequestHandler<AnswerWarning, WarningAnswered>,
    IRequestHandler<DisputeWarning, WarningAnswered>,
    IRequestHandler<AskMoreTime, WarningAnswered>,
    IRequestHandler<SayMore, SupervisionMoved>
{
    public Task<WarningAnswered> Handle(AnswerWarning command, CancellationToken cancellationToken) =>
        Answer(command.By, command.CaseId, command.Text, command.FileIds, disagrees: false, cancellationToken);

    public Task<WarningAnswered> Handle(DisputeWarning command, CancellationToken cancellationToken) =>
        Answer(command.By, command.CaseId, command.Reason, command.FileIds, disagrees: true, cancellationToken);

    public async Task<WarningAnswered> Handle(AskMoreTime command, CancellationToken cancellationToken)
    {
        var warned = await desk.ForUnit(command.By, command.CaseId, cancellationToken);
        warned.AskMoreTime(command.Reason, rules.WarningExtensions.Value, command.By.PersonId!, desk.Today);
        var due = (await deadlines.Find(SupervisionDeadlines.Answer, SupervisionDesk.AnswerSubject(warned), cancellationToken))!;
        await desk.TellSupervisors(
            warned,
            "N112",
            FormattableString.Invariant($"{warned.StepCount}"),
            new Dictionary<string, string>
            {
                ["unit"] = await desk.UnitName(warned.UnitId, cancellationToken),
                ["no"] = warned.Number,
                ["problem"] = warned.Problem,
                ["due"] = ChineseDates.WithWeekday(due.DueOn),
                ["reason"] = command.Reason,
            },
            cancellationToken,
            $"同意延期 {warned.Id}",
            $"不同意延期 {warned.Id}");
        return new WarningAnswered(warned.Id, warned.Number, due.DueOn, desk.Today > due.DueOn);
    }

    public async Task<SupervisionMoved> Handle(SayMore command, CancellationToken cancellationToken)
    {
        var found = await desk.ForUnit(command.By, command.CaseId, cancellationToken);
        found.SayMore(command.Text, command.FileIds, command.By.PersonId!, desk.Today);
        await desk.TellSupervisors(
            found,
            "N118",
            FormattableString.Invariant($"{found.StepCount}"),
            new Dictionary<string, string>
            {
                ["unit"] = await desk.UnitName(found.UnitId, cancellationToken),
                ["no"] = found.Number,
                ["what"] = "在认定未改正后补充说明",
                ["text"] = command.Text,
                ["proof"] = command.FileIds.Count == 0 ? "没有佐证" : FormattableString.Invariant($"佐证{command.FileIds.Count}份"),
            },
            cancellationToken,
            $"打开 {found.Id}");
        return new SupervisionMoved(found.Id, found.Number, found.Stage, null);
    }

    private async Task<WarningAnswered> Answer(Actor by, string caseId, string text, IReadOnlyList<string> files, bool disagrees, CancellationToken cancellationToken)
    {
        var warned = await desk.ForUnit(by, caseId, cancellationToken);
        warned.Answer(text, files, disagrees, by.PersonId!, desk.Today);
        var due = (await deadlines.Meet(SupervisionDeadlines.Answer, SupervisionDesk.AnswerSubject(warned), cancellationToken))!;
        await desk.TellSupervisors(
            warned,
            "N110",
            FormattableString.Invariant($"{warned.StepCount}"),
            new Dictionary<string, string>
            {
                ["unit"] = await desk.UnitName(warned.UnitId, cancellationToken),
                ["no"] = warned.Number,
                ["problem"] = warned.Problem,
                ["what"] = disagrees ? "不同意预警" : "已说明",
                ["text"] = text,
                ["proof"] = files.Count == 0 ? "没有佐证" : FormattableString.Invariant($"佐证{files.Count}份"),
            },
            cancellationToken,
            $"打开 {warned.Id}");
        return new WarningAnswered(warned.Id, warned.Number, due.DueOn, desk.Today > due.DueOn);
    }
}
