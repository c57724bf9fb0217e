using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Clues;

/// <summary>不采用, with a reason that is kept. Whether a warning follows from a clue, a supervisor decides; nothing follows by itself (S13).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record SetAsideClue(Actor By, string ClueId, [property: AtMost(500)] string Because) : ICommand<ClueHandled>;

/// <param name="ClueId">X26-1.</param>
/// <param name="State">What became of it.</param>
public sealed record ClueHandled(string ClueId, ClueState State) : IReceipt
{
    string IReceipt.Subject => ClueId;
}

/// <summary>Clues that wait, those with most evidence first; of one unit or of all (C24). Only for the justice bureau: a unit does not see its own.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record OpenClues(Actor By, string? UnitId = null) : IQuery<ClueList>;

/// <param name="Clues">What waits, at most as many as can be read.</param>
/// <param name="Count">How many wait.</param>
public sealed record ClueList(IReadOnlyList<ClueLine> Clues, int Count);

public sealed record ClueLine(string Id, ClueKind Kind, string UnitId, string UnitName, string Summary, int EvidenceCount, DateOnly FoundOn);

/// <summary>One clue with its evidence.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ClueDetail(Actor By, string ClueId) : IQuery<ClueView>;

/// <param name="Line">What it is.</param>
/// <param name="Number">云监线〔2026〕1号.</param>
/// <param name="Clause">Which rule was not kept.</param>
/// <param name="State">What became of it.</param>
/// <param name="CaseId">The case that began from it.</param>
/// <param name="SetAsideBecause">Why it was not used.</param>
/// <param name="OtherUnits">Names of other units that have part in it.</param>
/// <param name="Evidence">The latest pieces of evidence, each in a sentence, with how it stands today.</param>
/// <param name="EarlierCases">Cases of the unit about the same kind of matter, or with some of the same evidence.</param>
public sealed record ClueView(
    ClueLine Line,
    string Number,
    string Clause,
    ClueState State,
    string? CaseId,
    string? SetAsideBecause,
    IReadOnlyList<string> OtherUnits,
    IReadOnlyList<string> Evidence,
    IReadOnlyList<string> EarlierCases);

internal sealed class HandleClueHandler(ISupervisionDb db, ChinaClock clock) :
    IRequestHandler<SetAsideClue, ClueHandled>,
    IRequestHandler<OpenClues, ClueList>,
    IRequestHandler<ClueDetail, ClueView>
{
    private const int Shown = 50;

    private static readonly Rule Found = new("没有找到这条线索，请核对编号（如X26-1）。说“监督线索”可以看到等处理的。", "S13") { Boundary = true };

    public async Task<ClueHandled> Handle(SetAsideClue command, CancellationToken cancellationToken)
    {
        var clue = await Named(command.ClueId, cancellationToken);
        clue.SetAside(command.Because, command.By.PersonId!, clock.Today);
        return new ClueHandled(clue.Id, clue.State);
    }

    public async Task<ClueList> Handle(OpenClues query, CancellationToken cancellationToken)
    {
        var open = db.Clues.AsNoTracking().Where(c => c.State == ClueState.Open && (query.UnitId == null || c.UnitId == query.UnitId));
        var clues = await open.OrderByDescending(c => c.EvidenceCount).ThenBy(c => c.FoundOn).ThenBy(c => c.Id).Take(Shown).ToListAsync(cancellationToken);
        return new ClueList(await Lines(clues, cancellationToken), clues.Count < Shown ? clues.Count : await open.CountAsync(cancellationToken));
    }

    public async Task<ClueView> Handle(ClueDetail query, CancellationToken cancellationToken)
    {
        var clue = await Named(query.ClueId, cancellationToken);
        var evidence = await db.ClueEvidence.AsNoTracking().Where(e => e.ClueId == clue.Id).OrderByDescending(e => e.On).ThenBy(e => e.EvidenceId).Take(Shown).ToListAsync(cancellationToken);
        var ids = evidence.ConvertAll(e => e.EvidenceId);
        var stages = await db.Tasks.AsNoTracking().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Stage.Name(), cancellationToken);
        var others = await db.Units.Where(u => clue.OtherUnitIds.Contains(u.Id)).OrderBy(u => u.Id).Select(u => u.Name).ToListAsync(cancellationToken);
        var earlier = await db.Clues.AsNoTracking().Where(c => c.UnitId == clue.UnitId && c.Kind == clue.Kind && c.Id != clue.Id && c.CaseId != null).OrderBy(c => c.Id).Select(c => c.CaseId!).ToListAsync(cancellationToken);
        var onTheLadder = await db.SupervisionCases.AsNoTracking().Where(c => c.UnitId == clue.UnitId).OrderBy(c => c.Id).Select(c => new { c.Id, c.EvidenceIds }).ToListAsync(cancellationToken);
        return new ClueView(
            (await Lines([clue], cancellationToken))[0],
            clue.Number,
            clue.Clause,
            clue.State,
            clue.CaseId,
            clue.SetAsideBecause,
            others,
            [.. evidence.GroupBy(e => e.InWords, StringComparer.Ordinal).Select(same => InOneSentence(same.Key, [.. same.OrderBy(e => e.On)], stages))],
            [.. earlier.Union(onTheLadder.Where(one => one.EvidenceIds.Intersect(ids).Any()).Select(one => one.Id))]);
    }

    /// <summary>What is true of several visits together is said once, with the day and number of each.</summary>
    private static string InOneSentence(string words, IReadOnlyList<ClueEvidence> same, Dictionary<string, string> stages) =>
        same.Count > 1 ? $"{words}：{string.Join('、', same.Select(one => $"{ChineseDates.Short(one.On)}{one.EvidenceId}"))}"
        : stages.TryGetValue(same[0].EvidenceId, out var stage) ? $"{words}（现在{stage}）"
        : words;

    private async Task<Clue> Named(string clueId, CancellationToken cancellationToken)
    {
        var id = clueId.Trim().ToUpperInvariant();
        var clue = await db.Clues.FirstOrDefaultAsync(c => c.Id == id, cancellationToken);
        Found.Require(clue is not null);
        return clue!;
    }

    private async Task<IReadOnlyList<ClueLine>> Lines(List<Clue> clues, CancellationToken cancellationToken)
    {
        var ids = clues.ConvertAll(clue => clue.UnitId);
        var names = await db.Units.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        return clues.ConvertAll(clue => new ClueLine(clue.Id, clue.Kind, clue.UnitId, names.GetValueOrDefault(clue.UnitId, clue.UnitId), clue.Summary, clue.EvidenceCount, clue.FoundOn));
    }
}
