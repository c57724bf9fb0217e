using Bot.Domain.Inspections;
using Bot.Domain.Rules;

namespace Bot.Domain.Results;

/// <summary>How an inspection ended (C16).</summary>
public enum ResultKind
{
    /// <summary>未发现问题.</summary>
    NothingFound,

    /// <summary>发现问题，当场改正.</summary>
    CorrectedOnTheSpot,

    /// <summary>责令改正.</summary>
    OrderedToCorrect,

    /// <summary>其他.</summary>
    Other,
}

public static class ResultKinds
{
    public static string Name(this ResultKind kind) => kind switch
    {
        ResultKind.NothingFound => "未发现问题",
        ResultKind.CorrectedOnTheSpot => "发现问题，当场改正",
        ResultKind.OrderedToCorrect => "责令改正",
        _ => "其他",
    };
}

/// <summary>
/// What the inspectors entered about one inspection. Where an earlier inspector of the year judged the same matter otherwise, it counts only once the
/// unit's leader agrees (首查负责制, W31).
/// </summary>
public sealed class InspectionResult
{
    private static readonly Rule DecidedOnce = new("这个任务没有等您确认的结论。", "W31");
    private static readonly Rule AdvisedOnce = new("改进建议已经发给企业。", "S21");
    private static readonly Rule TransferredOnce = new("移送已经登记。", "D18");

    private InspectionResult()
    {
    }

    internal InspectionResult(string taskId, string unitId, ResultKind kind, string text, string enteredById, DateTime enteredAt)
    {
        (TaskId, UnitId, Kind, Text, EnteredById, EnteredAt) = (taskId, unitId, kind, text, enteredById, enteredAt);
    }

    public string TaskId { get; private set; } = "";

    /// <summary>The task's, here too so that figures need not look up every task.</summary>
    public string UnitId { get; private set; } = "";

    /// <summary>The day on which the task has its result; null while the leader has not agreed.</summary>
    public DateOnly? CountsFrom { get; private set; }
    public ResultKind Kind { get; private set; }
    public string Text { get; private set; } = "";
    public string EnteredById { get; private set; } = "";
    public DateTime EnteredAt { get; private set; }

    /// <summary>A minor matter, for which teaching goes before penalties (S20).</summary>
    public bool Minor { get; internal set; }
    public bool Penalty { get; internal set; }
    public string? PenaltyGround { get; internal set; }

    /// <summary>Why it differs from an earlier opinion on the same matter (W31).</summary>
    public string? DiffersBecause { get; internal set; }
    public bool AwaitsLeader { get; private set; }
    public string? DecidedById { get; private set; }
    public List<string> Advice { get; private set; } = [];
    public DateTime? AdvisedAt { get; private set; }

    /// <summary>A suspected crime was handed over under this document number (D18).</summary>
    public string? TransferNumber { get; private set; }
    public string? TransferredTo { get; private set; }
    public DateOnly? TransferredOn { get; private set; }

    /// <summary>It is counted where and when the task says, also after another platform's file has corrected the task.</summary>
    public void CountAs(InspectionTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        (UnitId, CountsFrom) = (task.UnitId, task.ResultEnteredOn);
    }

    internal void WaitForLeader() => AwaitsLeader = true;

    internal void Decide(string leaderId)
    {
        DecidedOnce.Require(AwaitsLeader);
        (AwaitsLeader, DecidedById) = (false, leaderId);
    }

    internal void Advise(IEnumerable<string> lines, DateTime at)
    {
        AdvisedOnce.Require(AdvisedAt is null);
        (Advice, AdvisedAt) = ([.. lines], at);
    }

    internal void Transfer(string number, string to, DateOnly on)
    {
        TransferredOnce.Require(TransferNumber is null);
        (TransferNumber, TransferredTo, TransferredOn) = (number, to, on);
    }
}

/// <summary>One problem of an inspection, followed up until somebody in charge has seen it corrected (D14, W17).</summary>
public sealed class FoundProblem
{
    private static readonly Rule ClosedOnce = new("这个问题已经销号。", "W17");

    private FoundProblem()
    {
    }

    internal FoundProblem(string id, string taskId, string unitId, string enterpriseId, string text, string basis, DateOnly? correctBy)
    {
        (Id, TaskId, UnitId, EnterpriseId, Text, Basis, CorrectBy) = (id, taskId, unitId, enterpriseId, text, basis, correctBy);
    }

    /// <summary>T305-1.</summary>
    public string Id { get; private set; } = "";
    public string TaskId { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";
    public string Text { get; private set; } = "";
    public string Basis { get; private set; } = "";
    public DateOnly? CorrectBy { get; private set; }
    public DateOnly? ClosedOn { get; private set; }
    public string? ClosedById { get; private set; }
    public string? Seen { get; private set; }

    /// <summary>By which entry of the three lists it is treated, and its basis (W23).</summary>
    public Leniency? Leniency { get; private set; }
    public string? LeniencyId { get; private set; }
    public string? LeniencyBasis { get; private set; }

    public bool IsOpen => ClosedOn is null;

    internal FoundProblem Treat(LenientEntry? entry)
    {
        (Leniency, LeniencyId, LeniencyBasis) = (entry?.Leniency, entry?.Id, entry?.Basis);
        return this;
    }

    internal void Close(string personId, string seen, DateOnly on)
    {
        ClosedOnce.Require(IsOpen);
        (ClosedById, Seen, ClosedOn) = (personId, seen, on);
    }
}
