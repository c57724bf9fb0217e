using Bot.Domain.Rules;

namespace Bot.Domain.Visits;

/// <summary>What is no inspection and must not become one: 行政指导, 辅导, 走访, 观摩 (J32).</summary>
public enum VisitKind
{
    Guidance,
    Coaching,
    Call,
    Observation,
}

public static class VisitKinds
{
    private static readonly Dictionary<VisitKind, string> Names = new()
    {
        [VisitKind.Guidance] = "行政指导",
        [VisitKind.Coaching] = "辅导",
        [VisitKind.Call] = "走访",
        [VisitKind.Observation] = "观摩",
    };

    public static string Name(this VisitKind kind) => Names[kind];
}

/// <summary>What the enterprise said to a visit. Nobody has to answer; no answer is no consent (J33).</summary>
public enum Consent
{
    NotGiven,
    Given,
    Refused,

    /// <summary>On another day; counts as not given until the unit asks for that day.</summary>
    OtherTime,
}

/// <summary>Why a visit looks like an inspection in disguise (J32–J34); for the supervisor and the unit's leader.</summary>
public enum VisitAlert
{
    /// <summary>It took place though the enterprise had not agreed (J33).</summary>
    WithoutConsent,

    /// <summary>What was seen became a case on the same day without urgency (J34).</summary>
    TurnedIntoCase,

    /// <summary>The enterprise says that it was an inspection (J32).</summary>
    EnterpriseSaysInspection,

    /// <summary>The notes speak of evidence, orders, records: a person has to read them (J32).</summary>
    WordsOfInspection,
}

/// <summary>One visit to an enterprise that is no inspection. It needs consent, and what is seen is first to be put right (J33, J34).</summary>
public sealed class Visit
{
    public static readonly IReadOnlyList<string> WordsOfInspection = ["拍照取证", "取证", "责令", "笔录", "立案", "罚款", "处罚", "查封", "扣押", "先行登记保存", "抽样"];

    private static readonly Rule NotYetBegun = new("这次走访已经开始或结束，不用再征求同意。", "J33");
    private static readonly Rule AnsweredBefore = new("这次走访已经开始或结束，不能再改答复。", "J33");
    private static readonly Rule ConsentFirst = new("企业还没有同意，不能开始。没有回复视为不同意；可以另约时间再征求一次，不得改为检查。", "J33");
    private static readonly Rule OnItsDay = new("今天不是企业同意的日子，不能开始。要换日子，请重新征求同意。", "J33");
    private static readonly Rule BegunOnce = new("这次走访已经开始。", "J33");
    private static readonly Rule BegunFirst = new("这次走访还没有开始，没有要记录的。", "J33");
    private static readonly Rule CorrectionFirst = new("请先提示改正（写明改什么、什么时候前），非紧急情况不得转入执法流程。", "J34");
    private static readonly Rule ClueFirst = new("这次走访没有记录线索，不能转入执法流程。", "J34");
    private static readonly Rule TurnedOnce = new("这次走访已经转入执法流程。", "J34");

    private Visit()
    {
    }

    public Visit(string id, string unitId, string enterpriseId, VisitKind kind, DateOnly on)
    {
        (Id, UnitId, EnterpriseId, Kind, On) = (id, unitId, enterpriseId, kind, on);
    }

    public string Id { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";
    public VisitKind Kind { get; private set; }
    public DateOnly On { get; private set; }

    /// <summary>上午, 下午 or empty.</summary>
    public string HalfDay { get; private set; } = "";
    public string Content { get; private set; } = "";
    public string? AskedById { get; private set; }

    /// <summary>How often the enterprise was asked; another day is another question.</summary>
    public int Asked { get; private set; }
    public Consent Consent { get; private set; }
    public string? AnsweredById { get; private set; }
    public DateTime? AnsweredAt { get; private set; }
    public string? OtherTimeWished { get; private set; }
    public DateTime? StartedAt { get; private set; }
    public string? Notes { get; private set; }

    /// <summary>What was seen (J34).</summary>
    public string? Clue { get; private set; }
    public bool Urgent { get; private set; }
    public string? CorrectionNote { get; private set; }
    public DateOnly? CorrectBy { get; private set; }
    public DateOnly? TurnedIntoCaseOn { get; private set; }
    public DateTime? CalledInspectionAt { get; private set; }

    /// <summary>What the enterprise called an inspection, in its own words.</summary>
    public string? CalledInspectionBecause { get; private set; }

    /// <summary>The words in the notes that a person has to look at.</summary>
    public IReadOnlyList<string> Flagged => Notes is null ? [] : [.. WordsOfInspection.Where(word => Notes.Contains(word, StringComparison.Ordinal))];

    public bool TookPlace => StartedAt is not null;

    /// <summary>What a supervisor has to know; a pure function of the record.</summary>
    public IReadOnlyList<VisitAlert> Alerts
    {
        get
        {
            var alerts = new List<VisitAlert>();
            if (TookPlace && Consent != Consent.Given)
                alerts.Add(VisitAlert.WithoutConsent);
            if (TurnedIntoCaseOn == On && !Urgent)
                alerts.Add(VisitAlert.TurnedIntoCase);
            if (CalledInspectionAt is not null)
                alerts.Add(VisitAlert.EnterpriseSaysInspection);
            if (Flagged.Count > 0)
                alerts.Add(VisitAlert.WordsOfInspection);
            return alerts;
        }
    }

    /// <summary>From another platform's file: it took place, with or without consent.</summary>
    public Visit TookPlaceAs(bool consented, DateTime at, string? notes, string? clue, bool urgent, DateOnly? turnedIntoCaseOn)
    {
        (Consent, StartedAt, Notes, Clue, Urgent, TurnedIntoCaseOn) = (consented ? Consent.Given : Consent.NotGiven, at, notes, clue, urgent, turnedIntoCaseOn);
        return this;
    }

    public void Ask(DateOnly on, string halfDay, string content, string byPersonId)
    {
        NotYetBegun.Require(!TookPlace);
        (On, HalfDay, Content, AskedById, Asked) = (on, halfDay, content, byPersonId, Asked + 1);
        (Consent, AnsweredById, AnsweredAt, OtherTimeWished) = (Consent.NotGiven, null, null, null);
    }

    public void Answer(Consent answer, string? otherTime, string personId, DateTime at)
    {
        AnsweredBefore.Require(!TookPlace);
        (Consent, OtherTimeWished, AnsweredById, AnsweredAt) = (answer, otherTime, personId, at);
    }

    public void Start(DateOnly today, DateTime at)
    {
        BegunOnce.Require(!TookPlace);
        ConsentFirst.Require(Consent == Consent.Given);
        OnItsDay.Require(On == today);
        StartedAt = at;
    }

    public void Record(string notes)
    {
        BegunFirst.Require(TookPlace);
        Notes = notes;
    }

    /// <summary>A sign of something wrong: the enterprise is told what to put right and by when, before anything else (J34).</summary>
    public void Notice(string clue, bool urgent, string correction, DateOnly correctBy)
    {
        BegunFirst.Require(TookPlace);
        (Clue, Urgent, CorrectionNote, CorrectBy) = (clue, urgent, correction, correctBy);
    }

    /// <summary>Only what is urgent may become enforcement at once; else the correction's day has to be over (J34).</summary>
    public void TurnIntoCase(DateOnly today)
    {
        ClueFirst.Require(Clue is not null);
        TurnedOnce.Require(TurnedIntoCaseOn is null);
        CorrectionFirst.Require(Urgent || (CorrectionNote is not null && CorrectBy < today));
        TurnedIntoCaseOn = today;
    }

    public void CallInspection(string because, DateTime at)
    {
        CalledInspectionAt ??= at;
        CalledInspectionBecause = because;
    }
}
