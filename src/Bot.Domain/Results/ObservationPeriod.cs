using Bot.Domain.Rules;

namespace Bot.Domain.Results;

/// <summary>
/// 观察期: until a day an enterprise has the chance to put a matter right on its own; while it runs the unit guides and urges before anything harsher (W24).
/// </summary>
public sealed class ObservationPeriod
{
    private static readonly Rule ClosedOnce = new("这个观察期的情况已经登记，不用再办。", "W24");
    private static readonly Rule NotBeforeItsEnd = new("观察期还没有届满，届满前不能认定没有做到；可以先提醒、指导企业。", "W24");

    private ObservationPeriod()
    {
    }

    internal ObservationPeriod(string id, string taskId, string unitId, string enterpriseId, string matter, string whatToDo, DateOnly until, string setById, DateOnly setOn)
    {
        (Id, TaskId, UnitId, EnterpriseId, Matter, WhatToDo) = (id, taskId, unitId, enterpriseId, matter, whatToDo);
        (Until, SetById, SetOn) = (until, setById, setOn);
    }

    /// <summary>Q26-1.</summary>
    public string Id { get; private set; } = "";
    public string TaskId { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";

    /// <summary>The problem or matter it is about.</summary>
    public string Matter { get; private set; } = "";

    /// <summary>What the enterprise is to do meanwhile.</summary>
    public string WhatToDo { get; private set; } = "";

    /// <summary>The last day of it.</summary>
    public DateOnly Until { get; private set; }
    public string SetById { get; private set; } = "";
    public DateOnly SetOn { get; private set; }

    /// <summary>When both sides were reminded of its end.</summary>
    public DateOnly? RemindedOn { get; private set; }

    /// <summary>When it was noted that it is over.</summary>
    public DateOnly? EndNotedOn { get; private set; }

    /// <summary>What somebody of the unit saw in the end.</summary>
    public bool? Kept { get; private set; }
    public string? Seen { get; private set; }
    public string? ClosedById { get; private set; }
    public DateOnly? ClosedOn { get; private set; }

    public bool RunsOn(DateOnly day) => ClosedOn is null && day <= Until;

    internal void Reminded(DateOnly on) => RemindedOn = on;

    internal void Ended(DateOnly on) => EndNotedOn = on;

    internal void Close(bool kept, string seen, string personId, DateOnly on)
    {
        ClosedOnce.Require(ClosedOn is null);
        NotBeforeItsEnd.Require(kept || on > Until);
        (Kept, Seen, ClosedById, ClosedOn) = (kept, seen, personId, on);
    }
}
