using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Knowledge;

/// <summary>A unit sends in a good case; it is told to nobody before the justice bureau has read it (S45).</summary>
[Allowed(ActorRole.UnitLiaison)]
public sealed record OfferCase(Actor By, [property: AtMost(60)] string Title, [property: AtMost(1_000)] string Text) : ICommand<CaseOffered>;

/// <summary>Takes a unit's case into the library, for everybody to find and for the monthly sending.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ReleaseCase(Actor By, string OfferId) : ICommand<CaseOffered>;

[Allowed(ActorRole.Supervisor)]
public sealed record DeclineCase(Actor By, string OfferId, [property: AtMost(200)] string Reason) : ICommand<CaseOffered>;

/// <summary>The cases that wait for the justice bureau.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record CasesOffered(Actor By) : IQuery<IReadOnlyList<CaseOffer>>;

/// <param name="Id">L26-3</param>
/// <param name="Number">云案例〔2026〕3号</param>
/// <param name="Title">Its title.</param>
public sealed record CaseOffered(string Id, string Number, string Title) : IReceipt
{
    string IReceipt.Subject => Id;
}

public sealed record CaseOffer(string Id, string Number, string UnitName, string Title, string Text, DateOnly On);

internal sealed class OfferCaseHandler(ISupervisionDb db, NoticeBoard notices, RulePack rules, ChinaClock clock) :
    IRequestHandler<OfferCase, CaseOffered>,
    IRequestHandler<ReleaseCase, CaseOffered>,
    IRequestHandler<DeclineCase, CaseOffered>,
    IRequestHandler<CasesOffered, IReadOnlyList<CaseOffer>>
{
    private static readonly Rule Found = new("没有找到这个报送的案例，请核对编号；说“案例报送”可以看到还没有审的。", "D15") { Boundary = true };

    public async Task<CaseOffered> Handle(OfferCase command, CancellationToken cancellationToken)
    {
        await KnowledgeNames.Refuse(db, command.Title, [command.Text], cancellationToken);
        var number = await Numbers.Take(db, rules.Series("offeredCase"), "L", clock.Today.Year, 1, cancellationToken);
        var offer = new OfferedCase(number.Id, number.Printed, command.By.UnitId!, command.By.PersonId!, command.Title.Trim(), command.Text.Trim(), clock.Today);
        db.OfferedCases.Add(offer);
        var fields = new Dictionary<string, string>
        {
            ["no"] = offer.Number,
            ["id"] = offer.Id,
            ["unit"] = await UnitName(offer, cancellationToken),
            ["title"] = offer.Title,
            ["text"] = offer.Text,
        };
        foreach (var person in await db.Supervisors(cancellationToken))
            await notices.Owe(person, "N133", $"N133:{offer.Id}:{person}", offer.Id, fields, cancellationToken, actions: [$"采用案例 {offer.Id}", $"不采用 {offer.Id}"]);
        return Receipt(offer);
    }

    public async Task<CaseOffered> Handle(ReleaseCase command, CancellationToken cancellationToken)
    {
        var offer = await Find(command.OfferId, cancellationToken);
        offer.Release();
        var entry = new KnowledgeEntry(
            new KnowledgeFacts($"offer-{offer.Id}", KnowledgeKind.Case, offer.Title, offer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), $"{await UnitName(offer, cancellationToken)}报送，{rules.SupervisionOffice.Name}审核", clock.Today) { Public = true },
            offer.Id);
        db.KnowledgeEntries.Add(entry);
        await db.SaveChanges(cancellationToken);
        await KnowledgeIndex.Add(db, entry, cancellationToken);
        await Tell(offer, "已采用，企业在“查案例”里能查到", cancellationToken);
        return Receipt(offer);
    }

    public async Task<CaseOffered> Handle(DeclineCase command, CancellationToken cancellationToken)
    {
        var offer = await Find(command.OfferId, cancellationToken);
        offer.Decline(command.Reason.Trim());
        await Tell(offer, $"没有采用：{offer.DeclinedBecause!.TrimEnd('。')}", cancellationToken);
        return Receipt(offer);
    }

    public async Task<IReadOnlyList<CaseOffer>> Handle(CasesOffered query, CancellationToken cancellationToken)
    {
        var offers = await db.OfferedCases.AsNoTracking().Where(o => o.State == OfferState.Waiting).OrderBy(o => o.OfferedOn).ThenBy(o => o.Id).ToListAsync(cancellationToken);
        var ids = offers.ConvertAll(offer => offer.UnitId);
        var units = await db.Units.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        return [.. offers.Select(offer => new CaseOffer(offer.Id, offer.Number, units[offer.UnitId], offer.Title, offer.Text, offer.OfferedOn))];
    }

    private static CaseOffered Receipt(OfferedCase offer) => new(offer.Id, offer.Number, offer.Title);

    private async Task<OfferedCase> Find(string id, CancellationToken cancellationToken)
    {
        var offer = await db.OfferedCases.FirstOrDefaultAsync(o => o.Id == id, cancellationToken);
        Found.Require(offer is not null);
        return offer!;
    }

    private Task<string> UnitName(OfferedCase offer, CancellationToken cancellationToken) => db.Units.Where(u => u.Id == offer.UnitId).Select(u => u.Name).FirstAsync(cancellationToken);

    private Task Tell(OfferedCase offer, string outcome, CancellationToken cancellationToken) => notices.Owe(
        offer.ById,
        "N134",
        $"N134:{offer.Id}",
        offer.Id,
        new Dictionary<string, string> { ["no"] = offer.Number, ["title"] = offer.Title, ["outcome"] = outcome },
        cancellationToken);
}
