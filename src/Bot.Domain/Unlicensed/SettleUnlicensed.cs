using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using MediatR;

namespace Bot.Domain.Unlicensed;

/// <summary>The town says what it found and did; the reporter sees it (D22).</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record SettleUnlicensed(Actor By, string ReportId, UnlicensedOutcome Outcome, [property: AtMost(1_000)] string Result) : ICommand<UnlicensedHandled>;

/// <summary>It is in another town: that one goes on, within the same limit.</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record MoveUnlicensed(Actor By, string ReportId, string ToTownId, [property: AtMost(200)] string Reason) : ICommand<UnlicensedHandled>;

/// <param name="ReportId">Z26-3</param>
/// <param name="Number">云证照举〔2026〕3号</param>
/// <param name="TownName">Whose matter it is now.</param>
/// <param name="DueOn">The last day.</param>
/// <param name="Late">Settled after it.</param>
/// <param name="Anonymous">The reporter sees it by code.</param>
public sealed record UnlicensedHandled(string ReportId, string Number, string TownName, DateOnly DueOn, bool Late, bool Anonymous) : IReceipt
{
    string IReceipt.Subject => ReportId;
}

internal sealed class HandleUnlicensed(UnlicensedDesk desk, DeadlineBook deadlines, ChinaClock clock) :
    IRequestHandler<SettleUnlicensed, UnlicensedHandled>,
    IRequestHandler<MoveUnlicensed, UnlicensedHandled>
{
    public async Task<UnlicensedHandled> Handle(SettleUnlicensed command, CancellationToken cancellationToken)
    {
        var report = await desk.ForHandling(command.By, command.ReportId, cancellationToken);
        report.Settle(command.Outcome, command.Result, clock.Today);
        await deadlines.Meet(UnlicensedDesk.ResultDeadline, report.Id, cancellationToken);
        var town = await desk.TownName(report, cancellationToken);
        await desk.TellReporter(
            report,
            "N181",
            "result",
            new Dictionary<string, string> { ["no"] = report.Number, ["town"] = town, ["outcome"] = command.Outcome.InChinese(), ["result"] = report.Result!.TrimEnd('。') },
            cancellationToken);
        return await Handled(report, town, cancellationToken);
    }

    public async Task<UnlicensedHandled> Handle(MoveUnlicensed command, CancellationToken cancellationToken)
    {
        var report = await desk.ForHandling(command.By, command.ReportId, cancellationToken);
        var to = await desk.Town(command.ToTownId, cancellationToken);
        report.MoveTo(to.Id, command.Reason);
        var deadline = await desk.Deadline(report, cancellationToken);
        deadline.MoveTo(to.Id, await desk.Handlers(to.Id, cancellationToken));
        await desk.TellTown(report, deadline, cancellationToken);
        await desk.TellReporter(
            report,
            "N182",
            FormattableString.Invariant($"{report.Moves}"),
            new Dictionary<string, string> { ["no"] = report.Number, ["to"] = to.Name, ["reason"] = report.MovedBecause!.TrimEnd('。'), ["due"] = ChineseDates.Due(deadline.DueOn, deadline.Provisional) },
            cancellationToken);
        return await Handled(report, to.Name, cancellationToken);
    }

    private async Task<UnlicensedHandled> Handled(UnlicensedReport report, string town, CancellationToken cancellationToken)
    {
        var due = (await desk.Deadline(report, cancellationToken)).DueOn;
        return new UnlicensedHandled(report.Id, report.Number, town, due, clock.Today > due, report.Anonymous);
    }
}
