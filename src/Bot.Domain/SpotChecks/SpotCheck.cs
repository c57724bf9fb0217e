using Bot.Domain.Rules;

namespace Bot.Domain.SpotChecks;

/// <summary>How the justice bureau looks into a unit (S04).</summary>
public enum SpotCheckMeans
{
    /// <summary>调取查阅资料.</summary>
    Materials,

    /// <summary>实地查看检查活动.</summary>
    OnSite,

    /// <summary>案卷评查.</summary>
    CaseReview,
}

public static class SpotCheckMeansNames
{
    public static string Name(this SpotCheckMeans means) => means switch
    {
        SpotCheckMeans.Materials => "查阅资料",
        SpotCheckMeans.OnSite => "实地查看检查活动",
        _ => "评查案卷",
    };

    /// <summary>What the unit gets ready for it.</summary>
    public static string ToPrepare(this SpotCheckMeans means) => means switch
    {
        SpotCheckMeans.Materials => "本季度检查计划、任务、审批和结果材料",
        SpotCheckMeans.OnSite => "近期检查安排和联系人",
        _ => "本季度办结的行政检查案卷",
    };
}

public enum SpotCheckState
{
    Open,
    Closed,

    /// <summary>Another unit took its place.</summary>
    Replaced,
}

/// <summary>季度抽查: one unit that the justice bureau looks into in a quarter, by which means and with which findings (S03, S04).</summary>
public sealed class SpotCheck
{
    private const int LongestFindings = 2000;
    private const int LongestReason = 500;

    public static readonly Rule StillOpen = new("这项抽查已经办结或更换，不能再改。说“季度抽查”可以看到本季度的抽查。", "S03");
    public static readonly Rule ByMeans = new("办结前须写明抽查方式：查阅资料、实地查看检查活动、评查案卷，可以多选。", "S04");
    public static readonly Rule WithFindings = new("办结须写明抽查发现的情况（最多2000字）；没有发现问题也请写明看了什么。", "S04");
    public static readonly Rule ReplacedWithReason = new("更换抽查对象须写明理由（最多500字），会留存备查。", "S03");

    private SpotCheck()
    {
    }

    internal SpotCheck(string id, string number, string quarter, string unitId, string? drawId, IEnumerable<SpotCheckMeans> means, string byPersonId, DateOnly on)
    {
        (Id, Number, Quarter, UnitId, DrawId, ById, BegunOn) = (id, number, quarter, unitId, drawId, byPersonId, on);
        Means = [.. means.Distinct().Order()];
    }

    /// <summary>Q26-1</summary>
    public string Id { get; private set; } = "";

    /// <summary>云监抽〔2026〕1号</summary>
    public string Number { get; private set; } = "";

    /// <summary>2026Q4</summary>
    public string Quarter { get; private set; } = "";
    public string UnitId { get; private set; } = "";

    /// <summary>The draw it came from; null for a unit that was named.</summary>
    public string? DrawId { get; private set; }
    public List<SpotCheckMeans> Means { get; private set; } = [];
    public string ById { get; private set; } = "";
    public DateOnly BegunOn { get; private set; }
    public SpotCheckState State { get; private set; }
    public string? ReplacedBecause { get; private set; }
    public string? Findings { get; private set; }
    public bool FoundProblems { get; private set; }
    public List<string> FileIds { get; private set; } = [];
    public DateOnly? ClosedOn { get; private set; }

    internal void Replace(string because)
    {
        StillOpen.Require(State == SpotCheckState.Open);
        ReplacedWithReason.Require(because.Trim().Length is > 0 and <= LongestReason);
        (State, ReplacedBecause) = (SpotCheckState.Replaced, because.Trim());
    }

    internal void Close(IEnumerable<SpotCheckMeans> means, string findings, bool foundProblems, IEnumerable<string> fileIds, DateOnly on)
    {
        StillOpen.Require(State == SpotCheckState.Open);
        Means = [.. Means.Union(means).Order()];
        ByMeans.Require(Means.Count > 0);
        WithFindings.Require(findings.Trim().Length is > 0 and <= LongestFindings);
        (State, Findings, FoundProblems, ClosedOn) = (SpotCheckState.Closed, findings.Trim(), foundProblems, on);
        FileIds = [.. fileIds];
    }
}

/// <summary>The draw of a quarter's units as it can be made again by anybody: seed and list give the same units in the same order.</summary>
public sealed class SpotCheckDraw
{
    private SpotCheckDraw()
    {
    }

    internal SpotCheckDraw(string id, string quarter, string seed, string list, string listHash, IEnumerable<string> order, string drawnById, DateTime at)
    {
        (Id, Quarter, Seed, List, ListHash, DrawnById, DrawnAt) = (id, quarter, seed, list, listHash, drawnById, at);
        Order = [.. order];
    }

    public string Id { get; private set; } = "";
    public string Quarter { get; private set; } = "";
    public string Seed { get; private set; } = "";

    /// <summary>The list as it was hashed.</summary>
    public string List { get; private set; } = "";
    public string ListHash { get; private set; } = "";

    /// <summary>All units of the list in the order of the draw; whoever is replaced gives place to the next.</summary>
    public List<string> Order { get; private set; } = [];
    public string DrawnById { get; private set; } = "";
    public DateTime DrawnAt { get; private set; }
}
