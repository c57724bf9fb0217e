namespace Bot.Domain.Notices;

public enum NoticeState
{
    Owed,

    /// <summary>已提交: the platform took it and has not yet said whether it arrived.</summary>
    Submitted,

    /// <summary>已送达: it arrived.</summary>
    Sent,

    /// <summary>Given up after the configured attempts; an official has been told.</summary>
    Parked,

    /// <summary>Nobody can be reached at any address; the unit has been told to use phone or paper.</summary>
    Undeliverable,
    Withdrawn,
}

/// <summary>One message owed to one person. Its key is unique, so that it is written once however often its cause is repeated.</summary>
public sealed class Notice
{
    private const int MostPlaces = 0xFFF;

    private Notice()
    {
    }

    internal Notice(string key, string personId, string kind, string text, string fields, IEnumerable<string> actions, string subjectId, bool urgent, bool digest, DateTime createdAt, int place, bool unrushed)
    {
        Id = InOrder(unrushed ? Guid.CreateVersion7(createdAt) : Guid.CreateVersion7(), place);
        (Key, PersonId, Kind, Text, Fields, SubjectId) = (key, personId, kind, text, fields, subjectId);
        (Urgent, Digest, CreatedAt, NextAttemptAt) = (urgent, digest, createdAt, createdAt);
        Actions = [.. actions];
    }

    /// <summary>Of several that one commit owes, the one owed first has the smaller.</summary>
    public Guid Id { get; private set; }
    public string Key { get; private set; } = "";
    public string PersonId { get; private set; } = "";

    /// <summary>The template's id in <c>manifests/notices.json</c>: N1, N2b …</summary>
    public string Kind { get; private set; } = "";
    public string Text { get; private set; } = "";

    /// <summary>The template's fields as JSON, for channels that send short forms.</summary>
    public string Fields { get; private set; } = "{}";

    /// <summary>Buttons offered under the message; each is a text the person could type.</summary>
    public List<string> Actions { get; private set; } = [];
    public string SubjectId { get; private set; } = "";

    /// <summary>Goes out at any hour: an emergency, an inspection at the door.</summary>
    public bool Urgent { get; private set; }

    /// <summary>May wait for the official's morning list and be joined with others there.</summary>
    public bool Digest { get; private set; }
    public DateTime CreatedAt { get; private set; }
    public NoticeState State { get; private set; }
    public int Attempts { get; private set; }
    public DateTime NextAttemptAt { get; private set; }
    public DateTime? SentAt { get; private set; }

    /// <summary>The channel it went out on, and the message it went in (its own, or the digest's).</summary>
    public string? SentBy { get; private set; }
    public string? SentAs { get; private set; }
    public string? LastError { get; private set; }

    /// <summary>The platform's own number of what was submitted, by which it reports.</summary>
    public string? Receipt { get; private set; }

    /// <summary>A way that the platform reported as failed for this notice; it is not gone twice.</summary>
    public string? FailedRoute { get; private set; }

    /// <summary>When it was tried again because the person came back; happens once.</summary>
    public DateTime? RevivedAt { get; private set; }

    /// <summary>The unguessable end of the address of the page with the whole text, and until when it is shown.</summary>
    public string? PageToken { get; private set; }
    public DateTime? PageUntil { get; private set; }

    public void Sent(string channel, string messageId, DateTime at) =>
        (State, SentBy, SentAs, SentAt, LastError) = (NoticeState.Sent, channel, messageId, at, null);

    /// <summary>The platform reports that what it took did not arrive; another way may.</summary>
    public void RouteFailed(string route, string why, DateTime now) =>
        (State, FailedRoute, LastError, Receipt, NextAttemptAt) = (NoticeState.Owed, route, why, null, now);

    /// <summary>The person came back: tried again from the beginning, once.</summary>
    public void Revive(DateTime now) =>
        (State, Attempts, NextAttemptAt, RevivedAt, FailedRoute) = (NoticeState.Owed, 0, now, now, null);

    public void Failed(string error, DateTime nextAttemptAt) =>
        (Attempts, LastError, NextAttemptAt) = (Attempts + 1, error, nextAttemptAt);

    public void Hold(DateTime until) => NextAttemptAt = until;

    public void GiveUp(NoticeState state, string error) => (State, LastError) = (state, error);

    /// <summary>Puts other words where a person's name or number stood, also in what was sent.</summary>
    internal void Replace(string words, string by) => (Text, Fields) = (Text.Replace(words, by, StringComparison.Ordinal), Fields.Replace(words, by, StringComparison.Ordinal));

    /// <summary>The page with the whole text is shown no longer.</summary>
    internal void ClosePage() => (PageToken, PageUntil) = (null, null);

    public void Withdraw()
    {
        if (State == NoticeState.Owed)
            State = NoticeState.Withdrawn;
    }

    /// <summary>Version 7 with the place in the commit as its counter (RFC 9562, 6.2), since many are made in one millisecond.</summary>
    /// <summary>The id bears a time too; of a notice that bears only the hour it says no more.</summary>
    private static Guid InOrder(Guid timed, int place)
    {
        Span<byte> id = stackalloc byte[16];
        timed.TryWriteBytes(id, bigEndian: true, out _);
        var counter = Math.Min(place, MostPlaces);
        (id[6], id[7]) = ((byte)(0x70 | (counter >> 8)), (byte)counter);
        return new Guid(id, bigEndian: true);
    }
}
