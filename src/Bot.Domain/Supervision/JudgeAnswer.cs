using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Supervision;

/// <summary>The unit asked for more time: the supervisor gives it once, or says why not (S13).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record DecideMoreTime(Actor By, string CaseId, bool Given, [property: AtMost(500)] string Reason) : ICommand<SupervisionMoved>;

/// <summary>退回补充: the answer leaves something open; the unit has its time again.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record SendAnswerBack(Actor By, string CaseId, [property: AtMost(500)] string What) : ICommand<SupervisionMoved>;

/// <summary>核实已改正, the case is closed (S13).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record CloseWarning(Actor By, string CaseId, [property: AtMost(1000)] string Finding) : ICommand<SupervisionMoved>;

/// <summary>撤销预警: the unit was right.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record WithdrawWarning(Actor By, string CaseId, [property: AtMost(1000)] string Reason) : ICommand<SupervisionMoved>;

/// <summary>认定警而未改: from today the time to make the letter runs (S14). Several open warnings of a quarter are ground enough (S40).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record FindUncorrected(Actor By, string CaseId, [property: AtMost(1000)] string Finding) : ICommand<SupervisionMoved>;

/// <summary>补充事实 to a case that is open.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record AddFact(Actor By, string CaseId, [property: AtMost(500)] string Fact, IReadOnlyList<string> EvidenceIds) : ICommand<SupervisionMoved>;

/// <param name="CaseId">SV26-12.</param>
/// <param name="Number">The number that began it.</param>
/// <param name="Stage">Where the case stands now.</param>
/// <param name="Due">The next day that counts; null when none runs.</param>
public sealed record SupervisionMoved(string CaseId, string Number, SupervisionStage Stage, DateOnly? Due) : IReceipt
{
    string IReceipt.Subject => CaseId;
}

internal sealed class JudgeAnswer(RulePack rules, SupervisionDesk desk, DeadlineBook deadlines) :
    IRequestHandler<DecideMoreTime, SupervisionMoved>,
    IRequestHandler<SendAnswerBack, SupervisionMoved>,
    IRequestHandler<CloseWarning, SupervisionMoved>,
    IRequestHandler<WithdrawWarning, SupervisionMoved>,
    IRequestHandler<FindUncorrected, SupervisionMoved>,
    IRequestHandler<AddFact, SupervisionMoved>
{
    public async Task<SupervisionMoved> Handle(DecideMoreTime command, CancellationToken cancellationToken)
    {
        var warned = await desk.ForSupervisor(command.CaseId, cancellationToken);
        warned.DecideMoreTime(command.Given, command.Reason, command.By.PersonId!, desk.Today);
        var answer = (await deadlines.Find(SupervisionDeadlines.Answer, SupervisionDesk.AnswerSubject(warned), cancellationToken))!;
        if (command.Given)
            deadlines.Relimit(answer, answer.DueOn, desk.Paper(PaperKind.Warning).Limit("warningAnswer", rules));
        await desk.TellUnit(
            warned,
            "N113",
            FormattableString.Invariant($"{warned.StepCount}"),
            new Dictionary<string, string>
            {
                ["justice"] = desk.Justice,
                ["no"] = warned.Number,
                ["decision"] = command.Given ? "已同意延期" : $"没有同意延期，理由：{command.Reason}",
                ["due"] = ChineseDates.WithWeekday(answer.DueOn),
            },
            cancellationToken,
            $"回复预警 {warned.Id}");
        return Moved(warned, answer.DueOn);
    }

    public async Task<SupervisionMoved> Handle(SendAnswerBack command, CancellationToken cancellationToken)
    {
        var warned = await desk.ForSupervisor(command.CaseId, cancellationToken);
        warned.SendBack(command.What, command.By.PersonId!, desk.Today);
        var due = desk.OpenAnswer(warned);
        await desk.TellUnit(
            warned,
            "N114",
            FormattableString.Invariant($"{warned.StepCount}"),
            new Dictionary<string, string> { ["justice"] = desk.Justice, ["no"] = warned.Number, ["what"] = command.What, ["due"] = ChineseDates.Due(due) },
            cancellationToken,
            $"回复预警 {warned.Id}");
        return Moved(warned, due.On);
    }

    public async Task<SupervisionMoved> Handle(CloseWarning command, CancellationToken cancellationToken)
    {
        var warned = await desk.ForSupervisor(command.CaseId, cancellationToken);
        warned.CloseCorrected(command.Finding, command.By.PersonId!, desk.Today);
        return await Ended(warned, "已整改，预警办结", command.Finding, cancellationToken);
    }

    public async Task<SupervisionMoved> Handle(WithdrawWarning command, CancellationToken cancellationToken)
    {
        var warned = await desk.ForSupervisor(command.CaseId, cancellationToken);
        warned.Withdraw(command.Reason, command.By.PersonId!, desk.Today);
        return await Ended(warned, "撤销预警", command.Reason, cancellationToken);
    }

    public async Task<SupervisionMoved> Handle(FindUncorrected command, CancellationToken cancellationToken)
    {
        var warned = await desk.ForSupervisor(command.CaseId, cancellationToken);
        var subject = SupervisionDesk.AnswerSubject(warned);
        var answer = await deadlines.Find(SupervisionDeadlines.Answer, subject, cancellationToken);
        warned.FindUncorrected(command.Finding, answer?.DueOn ?? desk.Today, await desk.IsOutstanding(warned, cancellationToken), command.By.PersonId!, desk.Today);
        await deadlines.Drop(SupervisionDeadlines.Answer, subject, cancellationToken);
        var due = await desk.OpenLetter(warned, cancellationToken);
        await desk.TellUnit(
            warned,
            "N115",
            "1",
            new Dictionary<string, string>
            {
                ["justice"] = desk.Justice,
                ["no"] = warned.Number,
                ["finding"] = command.Finding,
                ["letter"] = desk.Paper(warned.Letter).Name,
                ["due"] = ChineseDates.Due(due),
            },
            cancellationToken,
            $"补充说明 {warned.Id}",
            $"看明细 {warned.Id}");
        return Moved(warned, due.On);
    }

    public async Task<SupervisionMoved> Handle(AddFact command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        one.AddFact(command.Fact, command.EvidenceIds, command.By.PersonId!, desk.Today);
        return Moved(one, null);
    }

    private async Task<SupervisionMoved> Ended(SupervisionCase warned, string outcome, string finding, CancellationToken cancellationToken)
    {
        await desk.DropDeadlines(warned, cancellationToken);
        await desk.TellUnit(
            warned,
            "N111",
            "1",
            new Dictionary<string, string> { ["justice"] = desk.Justice, ["no"] = warned.Number, ["problem"] = warned.Problem, ["outcome"] = outcome, ["finding"] = finding },
            cancellationToken);
        return Moved(warned, null);
    }

    private static SupervisionMoved Moved(SupervisionCase one, DateOnly? due) => new(one.Id, one.Number, one.Stage, due);
}
