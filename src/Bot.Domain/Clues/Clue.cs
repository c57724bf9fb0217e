using System.Globalization;
using Bot.Domain.Rules;

namespace Bot.Domain.Clues;

public enum ClueState
{
    /// <summary>待处理.</summary>
    Open,

    /// <summary>已采用: a case of supervision has begun from it.</summary>
    TakenUp,

    /// <summary>不采用, with a reason.</summary>
    SetAside,
}

/// <summary>
/// 监督线索: a sign that a unit did not keep to a rule. All evidence of one kind about one matter of a unit is one clue until somebody has dealt with it
/// (S12: three complaints are one proposal); what is found later begins another.
/// </summary>
public sealed class Clue
{
    /// <summary>So many pieces of evidence are named on the clue itself; all of them are <see cref="ClueEvidence"/>.</summary>
    public const int Named = 50;

    private const int LongestReason = 500;

    public static readonly Rule StillOpen = new("这条线索已经处理过了，不用再处理。说“监督线索”可以看到还没处理的。", "S13");
    public static readonly Rule WithReason = new("不采用线索须写明理由（最多500字），会留存备查。", "S11");

    private Clue()
    {
    }

    internal Clue(string id, string number, string unitId, ClueKind kind, string matter, string clause, DateOnly foundOn)
    {
        (Id, Number, UnitId, Kind, Matter, Clause, FoundOn, LastFoundOn) = (id, number, unitId, kind, matter, clause, foundOn, foundOn);
    }

    /// <summary>X26-1</summary>
    public string Id { get; private set; } = "";

    /// <summary>云监线〔2026〕1号</summary>
    public string Number { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public ClueKind Kind { get; private set; }

    /// <summary>What tells it from another clue of this kind about the unit: the enterprise that is visited too often, the paper it came with; empty for most kinds.</summary>
    public string Matter { get; private set; } = "";

    /// <summary>What was found, in one sentence for people of the bureau. Names no complainant.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>Which rule was not kept, to be quoted.</summary>
    public string Clause { get; private set; } = "";

    /// <summary>Tasks, prompts, plans, complaints … in the order found, at most <see cref="Named"/> of them.</summary>
    public List<string> EvidenceIds { get; private set; } = [];
    public int EvidenceCount { get; private set; }

    /// <summary>Other units that have part in it (S33).</summary>
    public List<string> OtherUnitIds { get; private set; } = [];
    public DateOnly FoundOn { get; private set; }
    public DateOnly LastFoundOn { get; private set; }
    public ClueState State { get; private set; }

    /// <summary>The case of supervision that began from it.</summary>
    public string? CaseId { get; private set; }
    public string? SetAsideBecause { get; private set; }
    public string? HandledById { get; private set; }
    public DateOnly? HandledOn { get; private set; }

    public void TakeUp(string caseId, string byPersonId, DateOnly on)
    {
        StillOpen.Require(State == ClueState.Open);
        (State, CaseId, HandledById, HandledOn) = (ClueState.TakenUp, caseId, byPersonId, on);
    }

    public void SetAside(string because, string byPersonId, DateOnly on)
    {
        StillOpen.Require(State == ClueState.Open);
        WithReason.Require(because.Trim().Length is > 0 and <= LongestReason);
        (State, SetAsideBecause, HandledById, HandledOn) = (ClueState.SetAside, because.Trim(), byPersonId, on);
    }

    /// <summary>More of the same was found.</summary>
    internal void Grow(IReadOnlyCollection<string> evidenceIds, IEnumerable<string> otherUnitIds, string latest, DateOnly on)
    {
        EvidenceIds = [.. EvidenceIds.Concat(evidenceIds).Take(Named)];
        OtherUnitIds = [.. OtherUnitIds.Union(otherUnitIds).Where(unit => unit != UnitId).Order(StringComparer.Ordinal)];
        (EvidenceCount, LastFoundOn) = (EvidenceCount + evidenceIds.Count, on);
        Summary = Kind.NamesComplaints() ? string.Create(CultureInfo.InvariantCulture, $"近期{Kind.InChinese()}，共{EvidenceCount}件") : EvidenceCount == 1 || Kind == ClueKind.TooFrequent ? latest : string.Create(CultureInfo.InvariantCulture, $"{Kind.InChinese()}{EvidenceCount}件，最近一件：{latest}");
    }
}

/// <summary>One piece of what a clue is made of. A piece belongs to one clue of its kind for ever, so that a scan made again finds nothing new.</summary>
public sealed class ClueEvidence
{
    private ClueEvidence()
    {
    }

    internal ClueEvidence(string clueId, string unitId, ClueKind kind, string evidenceId, DateOnly on, string inWords)
    {
        (ClueId, UnitId, Kind, EvidenceId, On, InWords) = (clueId, unitId, kind, evidenceId, on, inWords);
    }

    public string ClueId { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public ClueKind Kind { get; private set; }

    /// <summary>The task, prompt, plan, visit, complaint, request … as it is called in the books.</summary>
    public string EvidenceId { get; private set; } = "";

    /// <summary>The day it happened, or from which it is late.</summary>
    public DateOnly On { get; private set; }
    public string InWords { get; private set; } = "";
}
