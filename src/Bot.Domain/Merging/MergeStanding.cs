namespace Bot.Domain.Merging;

/// <summary>How a merge prompt stands against its limit (J27, J28, J40).</summary>
public enum MergeStanding
{
    /// <summary>待处理.</summary>
    Open,

    /// <summary>已超期: 应整合未整合.</summary>
    Overdue,

    /// <summary>按期处理.</summary>
    OnTime,

    /// <summary>超期处理: it stays visible that it was late.</summary>
    LateHandled,

    /// <summary>The tasks are gone; nothing was owed any more.</summary>
    Lapsed,
}

public static class MergeStandings
{
    /// <param name="prompt">The prompt.</param>
    /// <param name="dueOn">The last day of its limit.</param>
    /// <param name="today">The civil date in China.</param>
    public static MergeStanding Of(MergePrompt prompt, DateOnly dueOn, DateOnly today) => prompt.State switch
    {
        MergeState.Lapsed => MergeStanding.Lapsed,
        MergeState.Open => prompt.Late || today > dueOn ? MergeStanding.Overdue : MergeStanding.Open,
        _ => prompt.Late || Calendar.ChinaClock.ToChinaDate(prompt.HandledAt!.Value) > dueOn ? MergeStanding.LateHandled : MergeStanding.OnTime,
    };

    public static string Name(this MergeStanding standing) => standing switch
    {
        MergeStanding.Open => "待处理",
        MergeStanding.Overdue => "已超期",
        MergeStanding.OnTime => "按期处理",
        MergeStanding.LateHandled => "超期处理",
        _ => "已失效",
    };
}
