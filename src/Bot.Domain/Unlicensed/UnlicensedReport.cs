using Bot.Domain.Numbering;
using Bot.Domain.Rules;

namespace Bot.Domain.Unlicensed;

/// <summary>What a town found, or did.</summary>
public enum UnlicensedOutcome
{
    /// <summary>It is without licence and was dealt with.</summary>
    DealtWith,

    /// <summary>It was brought to apply for its licence.</summary>
    LicenceApplied,

    /// <summary>It has its licences, or needs none by law.</summary>
    NoneNeeded,

    /// <summary>It belongs to a department, which was told (第八条).</summary>
    DepartmentTold,

    /// <summary>Nothing of the kind was found there.</summary>
    NotFound,
}

/// <summary>
/// Somebody reports a business that has no licence (无证无照经营). It goes by its own measures and is neither a complaint about an inspection nor a
/// question of guidance: the town where it is looks into it and says what came of it (D22). Nothing of the business but its place is asked for.
/// </summary>
public sealed class UnlicensedReport
{
    public static readonly Rule PlaceNeeded = new("请说一下具体在什么位置，例如路名、门牌、附近的标志。", "D22");
    public static readonly Rule SomethingTold = new("请说一下是什么情况，一两句话就可以。", "D22");
    public static readonly Rule SettledOnce = new("这件举报已经有结果了，不用再办。", "D22");
    public static readonly Rule ResultNeeded = new("请写明核实和处理的情况，会告诉举报人。", "D22");
    public static readonly Rule ReasonNeeded = new("请写明为什么不在本镇街，举报人也会看到。", "D22");
    public static readonly Rule AnotherTown = new("请选另一个镇街；属于部门职权的，请选“已通报有关部门”办结。", "D22");

    private UnlicensedReport()
    {
    }

    private UnlicensedReport(CaseNumber number, string unitId, string place, string text, IEnumerable<string> evidenceIds, DateOnly on)
    {
        PlaceNeeded.Require(!string.IsNullOrWhiteSpace(place));
        SomethingTold.Require(!string.IsNullOrWhiteSpace(text));
        (Id, Number, UnitId, Place, Text, ReceivedOn) = (number.Id, number.Printed, unitId, place.Trim(), text.Trim(), on);
        EvidenceIds = [.. evidenceIds];
    }

    /// <summary>Z26-3</summary>
    public string Id { get; private set; } = "";

    /// <summary>云证照举〔2026〕3号</summary>
    public string Number { get; private set; } = "";

    /// <summary>The town that looks into it.</summary>
    public string UnitId { get; private set; } = "";
    public string Place { get; private set; } = "";
    public string Text { get; private set; } = "";
    public List<string> EvidenceIds { get; private set; } = [];

    /// <summary>The day in China; no time of day is kept, of nobody.</summary>
    public DateOnly ReceivedOn { get; private set; }

    /// <summary>Null for an anonymous report.</summary>
    public string? PersonId { get; private set; }

    /// <summary>Hash of the look-up code of an anonymous report; gone when it has run out.</summary>
    public string? CodeHash { get; private set; }

    /// <summary>How often it changed hands, so that each town is told.</summary>
    public int Moves { get; private set; }
    public string? MovedBecause { get; private set; }
    public UnlicensedOutcome? Outcome { get; private set; }
    public string? Result { get; private set; }
    public DateOnly? SettledOn { get; private set; }

    public bool Anonymous => PersonId is null;

    public bool IsOpen => SettledOn is null;

    internal static UnlicensedReport Named(CaseNumber number, string unitId, string place, string text, IEnumerable<string> evidenceIds, string personId, DateOnly on) =>
        new(number, unitId, place, text, evidenceIds, on) { PersonId = personId };

    internal static UnlicensedReport WithCode(CaseNumber number, string unitId, string place, string text, IEnumerable<string> evidenceIds, string codeHash, DateOnly on) =>
        new(number, unitId, place, text, evidenceIds, on) { CodeHash = codeHash };

    public void Settle(UnlicensedOutcome outcome, string result, DateOnly on)
    {
        SettledOnce.Require(IsOpen);
        ResultNeeded.Require(!string.IsNullOrWhiteSpace(result));
        (Outcome, Result, SettledOn) = (outcome, result.Trim(), on);
    }

    public void MoveTo(string unitId, string reason)
    {
        SettledOnce.Require(IsOpen);
        AnotherTown.Require(unitId != UnitId);
        ReasonNeeded.Require(!string.IsNullOrWhiteSpace(reason));
        (UnitId, MovedBecause) = (unitId, reason.Trim());
        Moves++;
    }

    /// <summary>The code has run out: what was said goes, the figure stays (W28).</summary>
    internal void Erase()
    {
        (Place, Text, MovedBecause, Result, CodeHash) = ("", "", null, null, null);
        EvidenceIds = [];
    }
}

public static class UnlicensedOutcomes
{
    public static string InChinese(this UnlicensedOutcome outcome) => outcome switch
    {
        UnlicensedOutcome.DealtWith => "属实，已依法处理",
        UnlicensedOutcome.LicenceApplied => "属实，已督促办理证照",
        UnlicensedOutcome.NoneNeeded => "经核实有证照，或依法不需要证照",
        UnlicensedOutcome.DepartmentTold => "已通报有关部门查处",
        _ => "经核实没有发现",
    };
}
