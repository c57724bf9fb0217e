using Bot.Domain.Commands;

namespace Bot.Outbox;

/// <summary>A message on its way out. <see cref="Id"/> stays the same when it is tried again, so that a channel can send it once;
/// <see cref="Kind"/> is the template (N1, N2b …, <c>digest</c> for a joined one) and <see cref="Fields"/> its fields as JSON, for channels that send short forms.</summary>
public sealed record OutgoingMessage(string Id, string Kind, string Text, string Fields, IReadOnlyList<string> Actions)
{
    /// <summary>The kind of a message that joins several notices.</summary>
    public const string Joined = "digest";

    /// <summary>Said, they show everything that is to be done.</summary>
    public const string TodoWords = "今日待办";

    /// <summary>What it is about: a task, a prompt, a request. Empty for a joined one.</summary>
    public string SubjectId { get; init; } = "";

    /// <summary>When it was written (UTC); what is done to its subject afterwards may have settled it.</summary>
    public DateTime WrittenAt { get; init; }

    /// <summary>The notices that a joined one is made of; those that do not stand in its text any more are among them.</summary>
    public IReadOnlyList<OutgoingPart> Parts { get; init; } = [];

    /// <summary>The day in China on which it was written; dates in it that name no year are near it.</summary>
    public DateOnly WrittenOn { get; init; }

    /// <summary>Where the whole text can be read on a phone; null when the service has no address of its own.</summary>
    public string? Page { get; init; }

    /// <summary>How often it was tried before in vain.</summary>
    public int Attempts { get; init; }

    /// <summary>A way that the platform already reported as failed.</summary>
    public string? FailedRoute { get; init; }
}

/// <summary>One notice in a joined message.</summary>
public sealed record OutgoingPart(string Kind, string SubjectId, string Text, string Fields, IReadOnlyList<string> Actions);

/// <summary>What became of a message, as far as is known now.</summary>
public enum Delivery
{
    /// <summary>It arrived, or lies where the person will find it.</summary>
    Sent,

    /// <summary>The platform took it and will report.</summary>
    Submitted,

    /// <summary>The platform does not let us write to this person now; when the person comes back, it may.</summary>
    OutsideWindow,

    /// <summary>The person cannot be reached here any more, until they come back.</summary>
    Unreachable,

    /// <summary>It may have arrived or not, and a second one might be one too many.</summary>
    Unknown,

    /// <summary>Worth another try.</summary>
    Failed,
}

/// <summary>A message handed to a channel. <paramref name="Why"/> says in Chinese what stood in the way.</summary>
public sealed record Handed(Delivery Delivery, string Why = "")
{
    public static Handed Over { get; } = new(Delivery.Sent);

    /// <summary>The platform's number under which it will report on what was <see cref="Delivery.Submitted"/>.</summary>
    public string? Receipt { get; init; }

    /// <summary>Not worth another try before this instant (UTC).</summary>
    public DateTime? RetryAt { get; init; }

    /// <summary>It did not go out, for certain, and through no fault of its own: that counts for no try, and it waits until <see cref="RetryAt"/>.</summary>
    public bool Untried { get; init; }
}

/// <summary>A way out to people.</summary>
public interface IChannel
{
    /// <summary>The name in <see cref="Address.Channel"/>.</summary>
    string Name { get; }

    /// <summary>Whether the channel knows who is looking at it just now.</summary>
    bool ShowsPresence { get; }

    /// <summary>Whether a message makes itself known to a person who is not looking. What does not is found by those who come to look, and may be found late.</summary>
    bool Rings { get; }

    /// <summary>Whether the person is looking at this channel just now, so that a message disturbs nobody.</summary>
    bool IsOpen(Address to);

    /// <summary>Sends once however often it is called with the same <see cref="OutgoingMessage.Id"/>. Called for several people at a time.</summary>
    Task<Handed> Send(Address to, OutgoingMessage message, CancellationToken cancellationToken);
}
