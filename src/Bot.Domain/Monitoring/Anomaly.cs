using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;

namespace Bot.Domain.Monitoring;

/// <summary>What becomes of an anomaly. None of it makes a task by itself (W21).</summary>
public enum AnomalyState
{
    /// <summary>Put to the unit: an ad-hoc inspection may be needed.</summary>
    Proposed,

    /// <summary>The same as one that was told of shortly before (W22).</summary>
    Repeated,

    /// <summary>The unit wants to inspect; an inspector is to register the task.</summary>
    Accepted,

    /// <summary>The unit does not inspect, and says why.</summary>
    SetAside,

    /// <summary>A task was registered for it.</summary>
    Registered,
}

/// <summary>监测异常 as another system reports it: a value that passed its threshold (W21, W22). What it says is taken as it is and trusted in nothing.</summary>
public sealed class Anomaly
{
    private static readonly Rule StillProposed = new("这条监测建议已经处理，不用再办。", "W21");

    private Anomaly()
    {
    }

    public Anomaly(string source, string sourceId, string enterpriseId, RiskIndicator indicator, decimal value, decimal threshold, DateTime seenAt)
    {
        (Source, SourceId, EnterpriseId, Indicator, SeenAt) = (source, sourceId, enterpriseId, indicator.Name, seenAt);
        Value = Print(value, indicator);
        Threshold = Print(threshold, indicator);
        var level = indicator.LevelOf(value, threshold);
        (Level, Urgent) = (level?.Name ?? "", level?.Urgent ?? false);
    }

    /// <summary>Y26-1.</summary>
    public string Id { get; private set; } = "";

    /// <summary>云监测〔2026〕1号: the source number of a task that follows from it (J11).</summary>
    public string Number { get; private set; } = "";

    /// <summary>The system that reported it, and its number there.</summary>
    public string Source { get; private set; } = "";
    public string SourceId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";
    public string Indicator { get; private set; } = "";
    public string Value { get; private set; } = "";
    public string Threshold { get; private set; } = "";
    public string Level { get; private set; } = "";
    public bool Urgent { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime SeenAt { get; private set; }
    public string UnitId { get; private set; } = "";
    public AnomalyState State { get; private set; }
    public string? HandledById { get; private set; }

    /// <summary>Which inspector is to register the task.</summary>
    public string? HandedToId { get; private set; }
    public string? SetAsideBecause { get; private set; }
    public string? TaskId { get; private set; }

    public string InWords => $"{Indicator}监测值{Value}，阈值{Threshold}（{Level}，{ChineseDates.WithTime(ChinaClock.ToChina(SeenAt))}，来源：{Source}）";

    internal void Take(string id, string number, string unitId, bool repeated) =>
        (Id, Number, UnitId, State) = (id, number, unitId, repeated ? AnomalyState.Repeated : AnomalyState.Proposed);

    internal void Accept(string byPersonId, string inspectorId)
    {
        StillProposed.Require(State == AnomalyState.Proposed);
        (State, HandledById, HandedToId) = (AnomalyState.Accepted, byPersonId, inspectorId);
    }

    internal void SetAside(string byPersonId, string because)
    {
        StillProposed.Require(State == AnomalyState.Proposed);
        (State, HandledById, SetAsideBecause) = (AnomalyState.SetAside, byPersonId, because);
    }

    internal void Register(string taskId) => (State, TaskId) = (AnomalyState.Registered, taskId);

    private static string Print(decimal value, RiskIndicator indicator) => $"{value.ToString("0.####", CultureInfo.InvariantCulture)} {indicator.Measure}";
}
