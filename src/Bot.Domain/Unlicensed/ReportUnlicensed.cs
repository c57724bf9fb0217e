using Bot.Domain.Attachments;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Guidance;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Unlicensed;

/// <summary>Reports a business without licence to the town where it is (D22), named or with a look-up code; no credit code, no name of the business.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record ReportUnlicensed(
    Actor By,
    string TownId,
    [property: AtMost(200)] string Place,
    [property: AtMost(2_000)] string Text,
    IReadOnlyList<string> EvidenceIds,
    bool Anonymous,
    [property: AtMost(50)] string? Name = null,
    [property: AtMost(50)] string? Phone = null) : ICommand<UnlicensedReceipt>, IMayBeAnonymous;

/// <param name="ReportId">Z26-3</param>
/// <param name="Number">云证照举〔2026〕3号</param>
/// <param name="TownName">Who looks into it.</param>
/// <param name="DueOn">By when the result is told.</param>
/// <param name="Provisional">A year whose holiday notice is missing was counted (暂定).</param>
/// <param name="Limit">The limit in words: 15个工作日.</param>
/// <param name="Code">The look-up code of an anonymous report, told once and kept nowhere.</param>
public sealed record UnlicensedReceipt(string ReportId, string Number, string TownName, DateOnly DueOn, bool Provisional, string Limit, string? Code) : IReceipt
{
    string IReceipt.Subject => ReportId;
}

/// <summary>The towns and streets of the district.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record TownsOfDistrict(Actor By) : IQuery<IReadOnlyList<UnitChoice>>;

internal sealed class ReportUnlicensedHandler(ISupervisionDb db, RulePack rules, DeadlineBook deadlines, UnlicensedDesk desk, IMediator mediator, ChinaClock clock) :
    IRequestHandler<ReportUnlicensed, UnlicensedReceipt>,
    IRequestHandler<TownsOfDistrict, IReadOnlyList<UnitChoice>>
{
    public async Task<UnlicensedReceipt> Handle(ReportUnlicensed command, CancellationToken cancellationToken)
    {
        var town = await desk.Town(command.TownId, cancellationToken);
        if (!command.Anonymous && await Earlier(command, cancellationToken) is { } earlier)
            return await Receipt(earlier, town.Name, null, cancellationToken);

        if (command.Anonymous && command.EvidenceIds.Count > 0)
            await mediator.Publish(new FilesWithoutAName(command.EvidenceIds), cancellationToken);
        var code = command.Anonymous ? LookupCode.New() : null;
        var number = await Numbers.Take(db, rules.Series("unlicensed"), "Z", clock.Today.Year, 1, cancellationToken);
        UnlicensedReport report;
        if (code is not null)
        {
            report = UnlicensedReport.WithCode(number, town.Id, command.Place, command.Text, command.EvidenceIds, LookupCode.Hash(code), clock.Today);
        }
        else
        {
            var person = await db.Introduce(command.By, command.Name, command.Phone, cancellationToken);
            report = UnlicensedReport.Named(number, town.Id, command.Place, command.Text, command.EvidenceIds, person.Id, clock.Today);
        }

        db.UnlicensedReports.Add(report);
        deadlines.Open(UnlicensedDesk.ResultDeadline, rules.UnlicensedResult, report.Id, $"无证经营举报 {report.Number} 核实处理", town.Id, await desk.Handlers(town.Id, cancellationToken));
        await desk.TellTown(report, await desk.Deadline(report, cancellationToken), cancellationToken);
        return await Receipt(report, town.Name, code, cancellationToken);
    }

    public async Task<IReadOnlyList<UnitChoice>> Handle(TownsOfDistrict query, CancellationToken cancellationToken) =>
        await UnlicensedDesk.Towns(db).Select(u => new UnitChoice(u.Id, u.Name, "")).ToListAsync(cancellationToken);

    /// <summary>The same person saying the same thing again gets the same receipt.</summary>
    private async Task<UnlicensedReport?> Earlier(ReportUnlicensed command, CancellationToken cancellationToken)
    {
        var (person, place, text) = (command.By.PersonId, command.Place.Trim(), command.Text.Trim());
        return person is null
            ? null
            : await db.UnlicensedReports.FirstOrDefaultAsync(r => r.PersonId == person && r.UnitId == command.TownId && r.Place == place && r.Text == text && r.SettledOn == null, cancellationToken);
    }

    private async Task<UnlicensedReceipt> Receipt(UnlicensedReport report, string town, string? code, CancellationToken cancellationToken)
    {
        var deadline = await desk.Deadline(report, cancellationToken);
        return new UnlicensedReceipt(report.Id, report.Number, town, deadline.DueOn, deadline.Provisional, rules.UnlicensedResult.Period.ToString(), code);
    }
}
