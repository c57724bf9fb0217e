namespace Bot.Domain.Observers;

public enum OfferState
{
    Offered,
    Accepted,

    /// <summary>The observer cannot; nobody asks why.</summary>
    Declined,
    Done,

    /// <summary>The month is over.</summary>
    Lapsed,
}

/// <summary>One of a month's observations that a legal observer is asked for (C30): of a certain inspection, or one of the observer's own choice.</summary>
public sealed class ObservationTask
{
    private ObservationTask()
    {
    }

    internal ObservationTask(string personId, DateOnly month, int ordinal, string? taskId)
    {
        (PersonId, Month, Ordinal, TaskId) = (personId, month, ordinal, taskId);
    }

    public string PersonId { get; private set; } = "";

    /// <summary>Its first day.</summary>
    public DateOnly Month { get; private set; }
    public int Ordinal { get; private set; }

    /// <summary>Null for 自选.</summary>
    public string? TaskId { get; private set; }
    public OfferState State { get; private set; }

    public bool IsOpen => State is OfferState.Offered or OfferState.Accepted;

    internal void Accept() => Become(OfferState.Accepted);

    internal void Decline() => Become(OfferState.Declined);

    internal void Finish() => Become(OfferState.Done);

    internal void Lapse() => Become(OfferState.Lapsed);

    private void Become(OfferState state)
    {
        if (IsOpen)
            State = state;
    }
}
