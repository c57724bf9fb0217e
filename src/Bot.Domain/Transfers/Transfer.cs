using Bot.Domain.Calendar;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Transfers;

/// <summary>To whom something is handed over.</summary>
public enum TransferTo
{
    /// <summary>纪检监察机关 (J41, S35, W39).</summary>
    Discipline,

    /// <summary>效能部门 (J41).</summary>
    Efficiency,

    /// <summary>司法机关 (D18).</summary>
    Judiciary,

    /// <summary>依法追究责任的其他机关 (W41).</summary>
    Accountability,

    /// <summary>行政复议机构: clues go both ways (S05).</summary>
    Reconsideration,
}

public static class TransferNames
{
    public static string Name(this TransferTo to) => to switch
    {
        TransferTo.Discipline => "纪检监察机关",
        TransferTo.Efficiency => "效能部门",
        TransferTo.Judiciary => "司法机关",
        TransferTo.Reconsideration => "行政复议机构",
        _ => "其他有权机关",
    };
}

/// <summary>移送: what the justice bureau handed over, on which paper. Nobody but the bureau sees it, least of all the unit (J41, S35, W39, W41).</summary>
public sealed class Transfer
{
    private const int LongestFacts = 2000;
    private const int LongestName = 100;

    public static readonly Rule OnPaper = new("移送须写明接收机关、文号和日期，例如：区纪委监委 2026-11-20 云司函〔2026〕31号。", "D18");
    public static readonly Rule NotAhead = new("移送日期不能晚于今天，请核对。", "D18");
    public static readonly Rule WithFacts = new("请写明移送的事实（最多2000字）。", "J41");
    public static readonly Rule OutcomeOnce = new("这件移送已经登记过处理结果。", "J41");

    private Transfer()
    {
    }

    internal Transfer(string id, TransferFacts facts, string byPersonId, DateOnly today)
    {
        OnPaper.Require(facts.Organ.Trim().Length is > 0 and <= LongestName && facts.Document.Trim().Length is > 0 and <= LongestName);
        NotAhead.Require(facts.On <= today);
        WithFacts.Require(facts.Facts.Trim().Length is > 0 and <= LongestFacts);
        (Id, To, UnitId, Organ, Document, On, Facts, ClueId, CaseId) = (id, facts.To, facts.UnitId, facts.Organ.Trim(), facts.Document.Trim(), facts.On, facts.Facts.Trim(), facts.ClueId, facts.CaseId);
        (RecordedById, RecordedOn) = (byPersonId, today);
    }

    /// <summary>YS26-1</summary>
    public string Id { get; private set; } = "";
    public TransferTo To { get; private set; }
    public string UnitId { get; private set; } = "";
    public string Organ { get; private set; } = "";
    public string Document { get; private set; } = "";
    public DateOnly On { get; private set; }
    public string Facts { get; private set; } = "";
    public string? ClueId { get; private set; }
    public string? CaseId { get; private set; }
    public string RecordedById { get; private set; } = "";
    public DateOnly RecordedOn { get; private set; }

    /// <summary>What came of it, as the organ told the bureau.</summary>
    public string? Outcome { get; private set; }
    public DateOnly? OutcomeOn { get; private set; }

    internal void Came(string outcome, DateOnly on)
    {
        OutcomeOnce.Require(Outcome is null);
        WithFacts.Require(outcome.Trim().Length is > 0 and <= LongestFacts, "请写明处理结果（最多2000字）。");
        (Outcome, OutcomeOn) = (outcome.Trim(), on);
    }
}

/// <param name="To">Which kind of organ.</param>
/// <param name="UnitId">Whom it is about.</param>
/// <param name="Organ">Its name: 区纪委监委.</param>
/// <param name="Document">The paper's number.</param>
/// <param name="On">The paper's day.</param>
/// <param name="Facts">What is handed over.</param>
public sealed record TransferFacts(TransferTo To, string UnitId, string Organ, string Document, DateOnly On, [property: AtMost(2000)] string Facts)
{
    public string? ClueId { get; init; }
    public string? CaseId { get; init; }
}

/// <summary>移送登记: the paper itself is the bureau's own; the program keeps who handed over what, when, on which number.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record RegisterTransfer(Actor By, TransferFacts Facts) : ICommand<TransferRegistered>;

public sealed record TransferRegistered(string TransferId) : IReceipt
{
    string IReceipt.Subject => TransferId;
}

/// <summary>What came of a transfer.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record RecordOutcome(Actor By, string TransferId, [property: AtMost(2000)] string Outcome) : ICommand<TransferRegistered>;

/// <summary>移送台账. Whoever else asks is refused, and the asking is on record (J41).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record TransferList(Actor By) : IQuery<IReadOnlyList<TransferView>>;

public sealed record TransferView(string Id, TransferTo To, string UnitName, string Organ, string Document, DateOnly On, string Facts, string? ClueId, string? Outcome);

/// <summary>行政复议机构移送的线索: taken in as a clue about the unit, which does not see it (S05).</summary>
/// <param name="By">A supervisor, or a file.</param>
/// <param name="UnitId">Whom it is about.</param>
/// <param name="Organ">Who hands it over.</param>
/// <param name="Document">Its number there; the same number is taken in once.</param>
/// <param name="On">The paper's day.</param>
/// <param name="Facts">What was found.</param>
[Allowed(ActorRole.Supervisor)]
public sealed record TakeInClue(Actor By, string UnitId, string Organ, string Document, DateOnly On, [property: AtMost(2000)] string Facts) : ICommand<ClueTakenIn>;

public sealed record ClueTakenIn(string ClueId) : IReceipt
{
    string IReceipt.Subject => ClueId;
}

/// <summary>A clue that the reconsideration body hands over.</summary>
/// <param name="UnitId">Whom it is about.</param>
/// <param name="Organ">Who hands it over.</param>
/// <param name="Document">Its number there.</param>
/// <param name="On">The paper's day.</param>
/// <param name="Facts">What was found.</param>
public sealed record Referral(string UnitId, string Organ, string Document, DateOnly On, string Facts);

/// <summary>Takes referrals in as clues, one for each paper, each paper once (S05).</summary>
public sealed class ReferralDesk(ClueDesk clues)
{
    public Task<IReadOnlyList<Clue>> Take(IEnumerable<Referral> referrals, CancellationToken cancellationToken) => clues.Take(
        [.. referrals.Select(one => new Finding(ClueKind.FromReconsideration, one.UnitId, one.Document, one.On, $"{one.Organ}{one.Document}：{one.Facts}") { Matter = one.Document })],
        cancellationToken);
}

internal sealed class TransferHandler(ISupervisionDb db, ReferralDesk referrals, RulePack rules, ChinaClock clock) :
    IRequestHandler<RegisterTransfer, TransferRegistered>,
    IRequestHandler<RecordOutcome, TransferRegistered>,
    IRequestHandler<TransferList, IReadOnlyList<TransferView>>,
    IRequestHandler<TakeInClue, ClueTakenIn>
{
    private const int Shown = 50;

    private static readonly Rule KnownUnit = new("没有找到这个单位，请说单位名称，例如“交通运输局”。", "S05");
    private static readonly Rule KnownClue = new("没有找到这条线索，或者它不是这个单位的。", "J41");
    private static readonly Rule Known = new("没有找到这件移送，请核对编号（如YS26-1）。", "J41") { Boundary = true };
    private static readonly Rule TakenInOnce = new("这个文号的线索已经登记过。", "S05");

    public async Task<TransferRegistered> Handle(RegisterTransfer command, CancellationToken cancellationToken)
    {
        var facts = command.Facts;
        KnownUnit.Require(await db.Units.AnyAsync(u => u.Id == facts.UnitId, cancellationToken));
        KnownClue.Require(facts.ClueId is null || await db.Clues.AnyAsync(c => c.Id == facts.ClueId && c.UnitId == facts.UnitId, cancellationToken));
        var number = await Numbers.Take(db, rules.Series("transfer"), "YS", clock.Today.Year, 1, cancellationToken);
        var transfer = new Transfer(number.Id, facts, command.By.PersonId!, clock.Today);
        db.Transfers.Add(transfer);
        return new TransferRegistered(transfer.Id);
    }

    public async Task<TransferRegistered> Handle(RecordOutcome command, CancellationToken cancellationToken)
    {
        var id = command.TransferId.Trim().ToUpperInvariant();
        var transfer = await db.Transfers.FirstOrDefaultAsync(t => t.Id == id, cancellationToken);
        Known.Require(transfer is not null);
        transfer!.Came(command.Outcome, clock.Today);
        return new TransferRegistered(transfer.Id);
    }

    public async Task<IReadOnlyList<TransferView>> Handle(TransferList query, CancellationToken cancellationToken)
    {
        var rows = await db.Transfers.AsNoTracking().OrderByDescending(t => t.On).ThenByDescending(t => t.Id).Take(Shown).ToListAsync(cancellationToken);
        var ids = rows.ConvertAll(row => row.UnitId);
        var names = await db.Units.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        return rows.ConvertAll(row => new TransferView(row.Id, row.To, names.GetValueOrDefault(row.UnitId, row.UnitId), row.Organ, row.Document, row.On, row.Facts, row.ClueId, row.Outcome));
    }

    public async Task<ClueTakenIn> Handle(TakeInClue command, CancellationToken cancellationToken)
    {
        KnownUnit.Require(await db.Units.AnyAsync(u => u.Id == command.UnitId, cancellationToken));
        Transfer.OnPaper.Require(command.Organ.Trim().Length > 0 && command.Document.Trim().Length > 0, "请写明移送机构、文号和日期，例如：区行政复议局 2026-11-20 云复移〔2026〕3号。");
        Transfer.NotAhead.Require(command.On <= clock.Today);
        Transfer.WithFacts.Require(command.Facts.Trim().Length > 0, "请写明移送的线索内容。");
        var taken = await referrals.Take([new Referral(command.UnitId, command.Organ.Trim(), command.Document.Trim(), command.On, command.Facts.Trim())], cancellationToken);
        TakenInOnce.Require(taken.Count > 0);
        return new ClueTakenIn(taken[0].Id);
    }
}
