namespace Bot.Domain.Agenda;

/// <summary>What an entry of a person's calendar is about.</summary>
public enum AgendaKind
{
    Inspection,
    Deadline,

    /// <summary>An answer that somebody else owes an enterprise.</summary>
    Case,
    QuietDays,

    /// <summary>会商、会议、培训、课程.</summary>
    Meeting,
}

/// <summary>How sure it is.</summary>
public enum AgendaStanding
{
    /// <summary>Not approved yet.</summary>
    Tentative,
    Certain,
    Cancelled,
}

/// <summary>One thing in a person's calendar, on a day or a part of it, in China time.</summary>
/// <param name="Uid">Stays the same whatever changes.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="On">The day, the first one of several.</param>
/// <param name="Title">In one line.</param>
public sealed record AgendaEntry(string Uid, AgendaKind Kind, DateOnly On, string Title)
{
    /// <summary>Where it goes on for several whole days.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>From when and until when; both null for a whole day.</summary>
    public TimeOnly? From { get; init; }
    public TimeOnly? To { get; init; }
    public string Place { get; init; } = "";

    /// <summary>What else is to be known, line by line.</summary>
    public string Details { get; init; } = "";
    public AgendaStanding Standing { get; init; } = AgendaStanding.Certain;

    /// <summary>When the person is reminded, UTC.</summary>
    public IReadOnlyList<DateTime> Alarms { get; init; } = [];
}
