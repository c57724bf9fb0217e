namespace Bot.Domain.Inspections;

/// <summary>Where an inspection stands on its fixed way (J06). Nothing is skipped; what is urgent begins at the door and makes up for approval afterwards (J12).</summary>
public enum InspectionStage
{
    /// <summary>待报审: written down, or sent back by the leader.</summary>
    Registered,

    /// <summary>待批准: before the unit's leader.</summary>
    Submitted,

    /// <summary>待预告: approved.</summary>
    Approved,

    /// <summary>待检查: the enterprise knows.</summary>
    Previewed,

    /// <summary>检查中: scanned in, or recorded why not.</summary>
    UnderWay,

    /// <summary>待回填: the visit is over.</summary>
    Finished,

    /// <summary>待公示: the result is entered.</summary>
    Reported,

    /// <summary>已公示.</summary>
    Published,

    /// <summary>已并入: done in the course of another task's visit (J27, J28).</summary>
    Merged,

    /// <summary>免予现场检查 (J21–J23).</summary>
    Exempted,

    /// <summary>已取消.</summary>
    Withdrawn,
}

public static class InspectionStages
{
    /// <summary>Not begun yet, and still to come.</summary>
    public static bool IsAhead(this InspectionStage stage) => stage <= InspectionStage.Previewed;

    /// <summary>The visit took place.</summary>
    public static bool IsDone(this InspectionStage stage) => stage is InspectionStage.Finished or InspectionStage.Reported or InspectionStage.Published;

    public static string Name(this InspectionStage stage) => stage switch
    {
        InspectionStage.Registered => "待报审",
        InspectionStage.Submitted => "待批准",
        InspectionStage.Approved => "待预告",
        InspectionStage.Previewed => "待检查",
        InspectionStage.UnderWay => "检查中",
        InspectionStage.Finished => "待回填",
        InspectionStage.Reported => "待公示",
        InspectionStage.Published => "已公示",
        InspectionStage.Merged => "已并入",
        InspectionStage.Exempted => "免予现场检查",
        _ => "已取消",
    };
}
