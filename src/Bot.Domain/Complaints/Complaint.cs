using Bot.Domain.Calendar;
using Bot.Domain.Rules;

namespace Bot.Domain.Complaints;

public enum ComplaintStage
{
    Received,
    Accepted,
    Transferred,
    Resolved,
    Withdrawn,

    /// <summary>并案: the same matter is handled as another complaint.</summary>
    Joined,
}

/// <summary>Where and when it happened, and what somebody says about it.</summary>
public sealed record ComplaintFacts(ComplaintKind Kind, DateOnly? OccurredOn, TimeOnly? OccurredAt, string? AgainstUnitId, string Text)
{
    public IReadOnlyList<string> EvidenceIds { get; init; } = [];

    /// <summary>The case it grew out of, for example a guidance request that nobody answered (C6).</summary>
    public string? SourceId { get; init; }
}

/// <summary>
/// A complaint about an inspection (投诉举报). An anonymous one has no person, no enterprise and no address; only who holds the look-up
/// code can come back to it (S06, W28).
/// </summary>
public sealed class Complaint
{
    public static readonly Rule TextNeeded = new("请说一下发生了什么，一两句话就可以。", "S06");
    public static readonly Rule NotYetAccepted = new("这件投诉已经受理过了，不用再受理。", "S37");
    public static readonly Rule Accepted = new("请先受理这件投诉，再办理下一步。", "S37");
    public static readonly Rule StillOpen = new("这件投诉已经办结、移送或撤回，不能再这样办。", "S37");
    public static readonly Rule WholeAnswer = new("办结要写明查明的情况、处理和理由，三项都不能空。", "S37 W38");
    public static readonly Rule ReasonGiven = new("请写明延长的理由，会告诉投诉人。", "S37");
    public static readonly Rule ExtendedOnce = new("这件投诉已经延长过，不能再延长。", "S37");
    public static readonly Rule OnlyIntegrityIsTransferred = new("只有涉嫌索要好处一类移送有关机关；其他投诉请在这里办结。", "S37");
    public static readonly Rule TransferOnPaper = new("请写明移送机关、文号和日期，例如：区纪委监委 2026-11-20 云司函〔2026〕31号。", "S37");
    public static readonly Rule ReopenedAfterAnswer = new("这件投诉还没有办结，不用申请复核；可以补充材料。", "S37");
    public static readonly Rule ReopenedInTime = new("申请复核的时间已经过了；可以重新投诉，也可以依法申请行政复议、提起行政诉讼或拨打12345。", "S37");
    public static readonly Rule ReopenedSeldom = new("这件投诉已经复核过；可以依法申请行政复议、提起行政诉讼或拨打12345。", "S37");
    public static readonly Rule AnotherMatter = new("只能和另一件正在办理的投诉并案，请核对编号。", "S07");
    public static readonly Rule SameOrigin = new("匿名投诉不并案：并在一起会让人猜到是谁。请分别办理。", "W28");
    public static readonly Rule WithdrawnWhileOpen = new("这件投诉已经办结、移送或撤回，不用再撤回。", "S37");

    public static readonly Rule RatedAfterAnswer = new("这件投诉还没有办结，办结后再请您评价。", "S37");

    private Complaint()
    {
    }

    private Complaint(string id, string number, ComplaintFacts facts, DateTime receivedAt)
    {
        (Id, Number, ReceivedAt) = (id, number, receivedAt);
        (Kind, OccurredOn, OccurredAt, AgainstUnitId, Text, SourceId) = (facts.Kind, facts.OccurredOn, facts.OccurredAt, facts.AgainstUnitId, facts.Text, facts.SourceId);
        EvidenceIds = [.. facts.EvidenceIds];
    }

    public string Id { get; private set; } = "";

    /// <summary>云监投〔2026〕050号</summary>
    public string Number { get; private set; } = "";
    public ComplaintKind Kind { get; private set; }
    public DateOnly? OccurredOn { get; private set; }
    public TimeOnly? OccurredAt { get; private set; }

    /// <summary>Null when the complainant does not know the unit.</summary>
    public string? AgainstUnitId { get; private set; }
    public string Text { get; private set; } = "";
    public List<string> EvidenceIds { get; private set; } = [];
    public string? SourceId { get; private set; }

    /// <summary>Null for an anonymous complaint, and for one that came by 12345, which knows the caller and this service does not.</summary>
    public string? PersonId { get; private set; }

    /// <summary>The number of the 12345 ticket it came by (S07).</summary>
    public string? HotlineTicket { get; private set; }

    /// <summary>Supervisors who neither see nor handle it: it is about them, or they have stood aside (S37).</summary>
    public List<string> KeptFromIds { get; private set; } = [];

    /// <summary>The complaint that is handled for this one too (S07).</summary>
    public string? JoinedTo { get; private set; }

    /// <summary>Complaints that look alike and, as somebody has said, are another matter.</summary>
    public List<string> NotSameAs { get; private set; } = [];
    public string? EnterpriseId { get; private set; }

    /// <summary>Hash of the look-up code of an anonymous complaint; gone when it has run out.</summary>
    public string? CodeHash { get; private set; }
    public ComplaintStage Stage { get; private set; }

    /// <summary>UTC. Of an anonymous complaint only the day is kept: a second would point at the chat message sent in it.</summary>
    public DateTime ReceivedAt { get; private set; }
    public bool Difficult { get; private set; }
    public string? ExtendedBecause { get; private set; }
    public string? Finding { get; private set; }
    public string? Action { get; private set; }
    public string? Reason { get; private set; }
    public DateOnly? ResolvedOn { get; private set; }
    public string? TransferredTo { get; private set; }
    public string? TransferDocument { get; private set; }
    public DateOnly? TransferredOn { get; private set; }

    /// <summary>Whether the complainant may know of the transfer.</summary>
    public bool TransferTold { get; private set; }
    public int Reviews { get; private set; }

    /// <summary>How content the complainant is with the answer that stands; null until they say.</summary>
    public HandlingGrade? Grade { get; private set; }

    /// <summary>The day the case ended; the look-up code is kept for the rule pack's time after it.</summary>
    public DateOnly? LastStepOn { get; private set; }

    public bool Anonymous => PersonId is null && HotlineTicket is null;

    public bool IsOpen => Stage is ComplaintStage.Received or ComplaintStage.Accepted;

    public static Complaint Named(string id, string number, ComplaintFacts facts, string personId, string? enterpriseId, DateTime now)
    {
        TextNeeded.Require(!string.IsNullOrWhiteSpace(facts.Text));
        return new Complaint(id, number, facts, now) { PersonId = personId, EnterpriseId = enterpriseId };
    }

    /// <summary>What the person came from is left behind too: the case named there belongs to somebody.</summary>
    public static Complaint WithCode(string id, string number, ComplaintFacts facts, string codeHash, DateOnly today)
    {
        TextNeeded.Require(!string.IsNullOrWhiteSpace(facts.Text));
        return new Complaint(id, number, facts with { SourceId = null }, ChinaClock.ToUtc(today, TimeOnly.MinValue)) { CodeHash = codeHash };
    }

    /// <summary>工单: came by 12345. Who called is known there, and only there.</summary>
    public static Complaint ByHotline(string id, string number, ComplaintFacts facts, string ticket, string? enterpriseId, DateTime receivedAt)
    {
        TextNeeded.Require(!string.IsNullOrWhiteSpace(facts.Text));
        return new Complaint(id, number, facts, receivedAt) { HotlineTicket = ticket, EnterpriseId = enterpriseId };
    }

    /// <summary>It is about this person, or the person has stood aside.</summary>
    public void KeepFrom(IEnumerable<string> personIds) => KeptFromIds = [.. KeptFromIds.Concat(personIds).Distinct(StringComparer.Ordinal)];

    /// <summary>并案: what becomes of <paramref name="other"/> becomes of this one.</summary>
    public void JoinTo(Complaint other, DateOnly on)
    {
        StillOpen.Require(IsOpen);
        AnotherMatter.Require(other.Id != Id && other.IsOpen);
        SameOrigin.Require(!Anonymous && !other.Anonymous);
        (Stage, JoinedTo, LastStepOn) = (ComplaintStage.Joined, other.Id, on);
    }

    /// <summary>The complaint it was joined to is answered: so is this one.</summary>
    internal void ResolveAs(Complaint answered)
    {
        if (Stage == ComplaintStage.Joined)
            (Stage, Finding, Action, Reason, ResolvedOn, LastStepOn) = (ComplaintStage.Resolved, answered.Finding, answered.Action, answered.Reason, answered.ResolvedOn, answered.ResolvedOn);
    }

    public void IsNot(Complaint other) => NotSameAs = [.. NotSameAs.Append(other.Id).Distinct(StringComparer.Ordinal)];

    public void Accept()
    {
        StillOpen.Require(IsOpen);
        NotYetAccepted.Require(Stage == ComplaintStage.Received);
        Stage = ComplaintStage.Accepted;
    }

    public void MarkDifficult()
    {
        StillOpen.Require(IsOpen);
        Difficult = true;
    }

    public void Extend(string reason, int allowed)
    {
        StillOpen.Require(IsOpen);
        ReasonGiven.Require(!string.IsNullOrWhiteSpace(reason));
        ExtendedOnce.Require(ExtendedBecause is null && allowed > 0);
        ExtendedBecause = reason;
    }

    public void Resolve(string finding, string action, string reason, DateOnly on)
    {
        StillOpen.Require(IsOpen);
        Accepted.Require(Stage == ComplaintStage.Accepted);
        WholeAnswer.Require(new[] { finding, action, reason }.All(part => !string.IsNullOrWhiteSpace(part)));
        (Stage, Finding, Action, Reason, ResolvedOn, LastStepOn) = (ComplaintStage.Resolved, finding, action, reason, on, on);
    }

    public void Transfer(string organ, string document, DateOnly on, DateOnly today)
    {
        OnlyIntegrityIsTransferred.Require(Kind == ComplaintKind.Integrity);
        StillOpen.Require(IsOpen);
        TransferOnPaper.Require(!string.IsNullOrWhiteSpace(organ) && !string.IsNullOrWhiteSpace(document));
        TransferOnPaper.Require(on <= today, "移送日期不能晚于今天，请核对。");
        (Stage, TransferredTo, TransferDocument, TransferredOn, LastStepOn) = (ComplaintStage.Transferred, organ, document, on, today);
    }

    public void TellOfTransfer()
    {
        StillOpen.Require(Stage == ComplaintStage.Transferred, "还没有登记移送，请先登记。");
        TransferTold = true;
    }

    public void Reopen(DateOnly today, DateOnly lastDay, int allowed)
    {
        ReopenedAfterAnswer.Require(Stage == ComplaintStage.Resolved);
        ReopenedInTime.Require(today <= lastDay);
        ReopenedSeldom.Require(Reviews < allowed);
        (Stage, Reviews, ResolvedOn, Grade) = (ComplaintStage.Accepted, Reviews + 1, null, null);
    }

    public void Rate(HandlingGrade grade)
    {
        RatedAfterAnswer.Require(Stage == ComplaintStage.Resolved);
        Grade = grade;
    }

    public void Withdraw(DateOnly on)
    {
        WithdrawnWhileOpen.Require(IsOpen || Stage == ComplaintStage.Joined);
        (Stage, LastStepOn) = (ComplaintStage.Withdrawn, on);
    }

    /// <summary>The answer as its complainant reads it; null until there is one.</summary>
    public string? Answer => Finding is null ? null : $"查明：{Finding}；处理：{Action}；理由：{Reason}。";

    /// <summary>The code has run out: the content goes, the figures stay (W28).</summary>
    public void Erase()
    {
        (Text, CodeHash, Finding, Action, Reason) = ("", null, null, null, null);
        EvidenceIds = [];
    }
}

public enum ComplaintWord
{
    /// <summary>From the complainant.</summary>
    Supplement,

    /// <summary>From the desk: a question to the complainant.</summary>
    Question,

    /// <summary>From the desk: how the complainant was reached.</summary>
    Contact,

    /// <summary>From the complainant: why the answer did not settle it.</summary>
    NotSettled,

    /// <summary>From the desk: an answer that the complainant did not accept; the next one takes its place in the case.</summary>
    Answer,
}

/// <summary>Something said in a complaint after it was filed. Who of the desk said it stands in the audit trail.</summary>
public sealed class ComplaintRemark
{
    private ComplaintRemark()
    {
    }

    internal ComplaintRemark(string complaintId, int ordinal, ComplaintWord word, string text, IEnumerable<string> evidenceIds, DateOnly on)
    {
        (ComplaintId, Ordinal, Word, Text, On) = (complaintId, ordinal, word, text, on);
        EvidenceIds = [.. evidenceIds];
    }

    public string ComplaintId { get; private set; } = "";

    /// <summary>Its place in the case; an id with a time in it would point at the chat message it came in.</summary>
    public int Ordinal { get; private set; }
    public ComplaintWord Word { get; private set; }
    public string Text { get; private set; } = "";
    public List<string> EvidenceIds { get; private set; } = [];
    public DateOnly On { get; private set; }
}
