using Bot.Domain.Commands;

namespace Bot.Outbox;

/// <summary>A message on its way out. <see cref="Id"/> stays the same when it is tried again, so that a channel can send it once;
/// <see cref="Kind"/> is the template (N1, N2b …, <c>digest</c> for a joined one) and <see cref="Fields"/> its fields as JSON, for channels that send short forms.</summary>
public sealed record OutgoingMessage(string Id, string Kind, string Text, string Fields, IReadOnlyList<string> Actions);

/// <summary>What became of a message, as far as is known now.</summary>
public enum Delivery
{
    Sent,

    /// <summary>The platform does not let us write to this person now; another way may.</summary>
    OutsideWindow,

    /// <summary>The person cannot be reached here any more.</summary>
    Unreachable,

    /// <summary>Worth another try.</summary>
    Failed,
}

/// <summary>A way out to people.</summary>
public interface IChannel
{
    /// <summary>The name in <see cref="Address.Channel"/>.</summary>
    string Name { get; }

    /// <summary>Whether the person is looking at this channel just now, so that a message disturbs nobody.</summary>
    bool IsOpen(Address to);

    /// <summary>Sends once however often it is called with the same <see cref="OutgoingMessage.Id"/>.</summary>
    Task<Delivery> Send(Address to, OutgoingMessage message, CancellationToken cancellationToken);
}
