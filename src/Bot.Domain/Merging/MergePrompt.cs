using Bot.Domain.Rules;

namespace Bot.Domain.Merging;

/// <summary>Inside one unit (J27), or of several units (J28).</summary>
public enum MergeScope
{
    SameUnit,
    AcrossUnits,
}

public enum MergeState
{
    /// <summary>待处理.</summary>
    Open,

    /// <summary>已并办: one visit.</summary>
    Merged,

    /// <summary>说明不并: with reasons, by all units or by the justice bureau.</summary>
    NotMerged,

    /// <summary>Too few of its tasks are still ahead.</summary>
    Lapsed,
}

/// <summary>
/// 并办提示: tasks of one enterprise that should be one visit (J25–J28, D13). The units agree on a day and a lead; once all do, or the justice
/// bureau settles it, the tasks become one.
/// </summary>
public sealed class MergePrompt
{
    private static readonly Rule StillOpen = new("这条并办提示已经处理完，不用再办。", "J25");
    private static readonly Rule SectionNamed = new("请写明由哪个科室牵头。", "J27");
    private static readonly Rule AgreedOnce = new("贵单位已经同意，不用重复办理，正在等其他单位。", "J25");
    private static readonly Rule DeclinedOnce = new("贵单位已经说明不并办，不用重复说明。", "J25");
    private static readonly Rule WithReason = new("请写明不并办的理由。", "J25");

    private MergePrompt()
    {
    }

    public MergePrompt(string id, string number, MergeScope scope, string enterpriseId, IEnumerable<string> taskIds, DateTime issuedAt)
    {
        (Id, Number, Scope, EnterpriseId, IssuedAt) = (id, number, scope, enterpriseId, issuedAt);
        TaskIds = [.. taskIds];
    }

    public string Id { get; private set; } = "";

    /// <summary>As printed: 云并〔2026〕8号; another platform's own id where it was imported.</summary>
    public string Number { get; private set; } = "";
    public MergeScope Scope { get; private set; }
    public string EnterpriseId { get; private set; } = "";
    public List<string> TaskIds { get; private set; } = [];

    /// <summary>When the hint was given (UTC); the limit counts from its day.</summary>
    public DateTime IssuedAt { get; private set; }

    /// <summary>The task in whose course the others would be done, or are.</summary>
    public string? LeadTaskId { get; private set; }

    /// <summary>牵头科室, named when a merge inside one unit is agreed to.</summary>
    public string? LeadSection { get; private set; }

    /// <summary>The day that the units are asked to agree to.</summary>
    public DateOnly? On { get; private set; }
    public string HalfDay { get; private set; } = "";

    /// <summary>The unit that put another day in the place of the suggested one.</summary>
    public string? ProposedByUnitId { get; private set; }
    public MergeState State { get; private set; }
    public DateTime? HandledAt { get; private set; }

    /// <summary>A limit passed before it was handled; stays when it is handled later (应整合未整合, J28, J40).</summary>
    public bool Late { get; private set; }

    /// <summary>Why the tasks stay apart, or what the justice bureau said.</summary>
    public string? Because { get; private set; }

    /// <summary>Given by another platform; its people have seen it there.</summary>
    public bool Imported { get; private set; }

    /// <summary>How often it changed. Two units that answer at the same moment both write it, so that the later one sees the earlier one's answer.</summary>
    public int Changes { get; private set; }
    public List<MergeParty> Parties { get; private set; } = [];

    public bool IsOpen => State == MergeState.Open;

    public bool AllAgree => Parties.Count > 0 && Parties.All(party => party.Answer == MergeAnswer.Agreed);

    public bool AllDecline => Parties.Count > 0 && Parties.All(party => party.Answer == MergeAnswer.Declined);

    /// <summary>Some want it and some do not: the justice bureau has to settle it.</summary>
    public bool Disputed => IsOpen && Parties.Any(party => party.Answer == MergeAnswer.Declined);

    public MergeParty? PartyOf(string? unitId) => Parties.Find(party => party.UnitId == unitId);

    /// <summary>As another platform gave it.</summary>
    public MergePrompt FromElsewhere(string? leadSection, string? note)
    {
        (Imported, LeadSection, Because) = (true, leadSection, note);
        return this;
    }

    /// <summary>What another platform says came of it.</summary>
    public void HandledElsewhere(DateTime at)
    {
        if (!IsOpen)
            return;
        (State, HandledAt) = (MergeState.Merged, at);
        Changes++;
    }

    /// <summary>Who has to answer, from the units of its tasks.</summary>
    public void Ask(IEnumerable<string> unitIds, DateOnly on)
    {
        foreach (var unit in unitIds.Where(unit => PartyOf(unit) is null))
            Parties.Add(new MergeParty(Id, unit, on));
        if (Parties.Count > 1)
            Scope = MergeScope.AcrossUnits;
        Changes++;
    }

    /// <summary>One more task of the same enterprise.</summary>
    public void Join(string taskId)
    {
        TaskIds = [.. TaskIds, taskId];
        Changes++;
    }

    /// <summary>A task that is no longer ahead, or must stay out, leaves; and its unit, when it has no other task in it.</summary>
    public void Leave(string taskId, IReadOnlyCollection<string> unitsLeft)
    {
        TaskIds = [.. TaskIds.Where(id => id != taskId)];
        Parties.RemoveAll(party => !unitsLeft.Contains(party.UnitId));
        Changes++;
    }

    /// <summary>Puts a day and a lead before the units. Who had agreed to another day has not agreed to this one.</summary>
    public void Suggest(MergeSuggestion suggestion)
    {
        if (On is not null && On != suggestion.On)
            Parties.ForEach(party => party.AskAgain());
        (LeadTaskId, On, HalfDay) = (suggestion.LeadTaskId, suggestion.On, suggestion.HalfDay);
        Changes++;
    }

    public void Agree(string unitId, string personId, string? leadSection, DateTime at)
    {
        StillOpen.Require(IsOpen);
        AgreedOnce.Require(PartyOf(unitId)!.Answer != MergeAnswer.Agreed);
        Name(leadSection);
        PartyOf(unitId)!.Agree(personId, at);
        Changes++;
    }

    /// <summary>Another day: the proposing unit stands to it, the others are asked again.</summary>
    public void Propose(string unitId, string personId, DateOnly on, string halfDay, string? leadSection, DateTime at)
    {
        StillOpen.Require(IsOpen);
        Name(leadSection);
        Parties.ForEach(party => party.AskAgain());
        (On, HalfDay, ProposedByUnitId) = (on, halfDay, unitId);
        PartyOf(unitId)!.Agree(personId, at);
        Changes++;
    }

    public void Decline(string unitId, string personId, string reason, DateTime at)
    {
        StillOpen.Require(IsOpen);
        WithReason.Require(!string.IsNullOrWhiteSpace(reason));
        DeclinedOnce.Require(PartyOf(unitId)!.Answer != MergeAnswer.Declined);
        PartyOf(unitId)!.Decline(personId, reason.Trim(), at);
        Changes++;
    }

    /// <summary>Reminds those of the units that were not reminded today, and gives them.</summary>
    public IReadOnlyList<string> Urge(IReadOnlyCollection<string> unitIds, DateOnly today)
    {
        Changes++;
        return [.. Parties.Where(party => unitIds.Contains(party.UnitId) && party.Urge(today)).Select(party => party.UnitId)];
    }

    /// <summary>The people of its units saw it on the platform it came from.</summary>
    public void SeenElsewhere() => Parties.ForEach(party => party.See(IssuedAt));

    /// <summary>The justice bureau orders a day and a lead (J25: when the units disagree).</summary>
    public void Order(string leadTaskId, DateOnly on, string halfDay, string because)
    {
        StillOpen.Require(IsOpen);
        (LeadTaskId, On, HalfDay, Because) = (leadTaskId, on, halfDay, because);
        Changes++;
    }

    /// <summary>The task that goes on, of the section that was named.</summary>
    public void LedBy(string taskId) => LeadTaskId = taskId;

    public void Merged(DateTime at) => Handle(MergeState.Merged, at);

    public void KeepApart(string because, DateTime at)
    {
        StillOpen.Require(IsOpen);
        Because = because;
        Handle(MergeState.NotMerged, at);
    }

    public void Lapse(DateTime at) => Handle(MergeState.Lapsed, at);

    /// <summary>The limit has passed; that stays on record.</summary>
    public void MissedItsLimit()
    {
        Late = true;
        Changes++;
    }

    private void Name(string? leadSection)
    {
        if (Scope != MergeScope.SameUnit)
            return;
        SectionNamed.Require(!string.IsNullOrWhiteSpace(leadSection ?? LeadSection));
        LeadSection = leadSection?.Trim() ?? LeadSection;
    }

    private void Handle(MergeState state, DateTime at)
    {
        StillOpen.Require(IsOpen);
        (State, HandledAt) = (state, at);
        Changes++;
    }
}

public enum MergeAnswer
{
    Awaited,
    Agreed,
    Declined,
}

/// <summary>One unit's side of a merge prompt.</summary>
public sealed class MergeParty
{
    private MergeParty()
    {
    }

    internal MergeParty(string promptId, string unitId, DateOnly askedOn) => (PromptId, UnitId, AskedOn) = (promptId, unitId, askedOn);

    public string PromptId { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public DateOnly AskedOn { get; private set; }
    public MergeAnswer Answer { get; private set; }
    public string? AnsweredBy { get; private set; }
    public DateTime? AnsweredAt { get; private set; }

    /// <summary>Why it should not be merged.</summary>
    public string? Reason { get; private set; }

    /// <summary>When somebody of the unit first opened it (J24).</summary>
    public DateTime? SeenAt { get; private set; }

    /// <summary>Urged at most once a day.</summary>
    public DateOnly? UrgedOn { get; private set; }

    internal void Agree(string personId, DateTime at) => (Answer, AnsweredBy, AnsweredAt, Reason) = (MergeAnswer.Agreed, personId, at, null);

    internal void Decline(string personId, string reason, DateTime at) => (Answer, AnsweredBy, AnsweredAt, Reason) = (MergeAnswer.Declined, personId, at, reason);

    internal void AskAgain() => (Answer, AnsweredBy, AnsweredAt, Reason) = (MergeAnswer.Awaited, null, null, null);

    internal void See(DateTime at) => SeenAt ??= at;

    /// <summary>False when it was urged today already.</summary>
    internal bool Urge(DateOnly today)
    {
        if (UrgedOn == today)
            return false;
        UrgedOn = today;
        return true;
    }
}

/// <summary>Two tasks that were put before the units once; the same two are never put before them again.</summary>
public sealed class MergePair
{
    private MergePair()
    {
    }

    public MergePair(string oneTaskId, string otherTaskId, string promptId)
    {
        (TaskId, OtherTaskId) = string.CompareOrdinal(oneTaskId, otherTaskId) < 0 ? (oneTaskId, otherTaskId) : (otherTaskId, oneTaskId);
        PromptId = promptId;
    }

    /// <summary>The smaller id of the two.</summary>
    public string TaskId { get; private set; } = "";
    public string OtherTaskId { get; private set; } = "";
    public string PromptId { get; private set; } = "";

    /// <summary>Every two of them, as the key has them.</summary>
    public static IEnumerable<(string TaskId, string OtherTaskId)> Of(IEnumerable<string> taskIds)
    {
        var ids = taskIds.Order(StringComparer.Ordinal).ToList();
        return ids.SelectMany((one, i) => ids.Skip(i + 1).Select(other => (one, other)));
    }
}
