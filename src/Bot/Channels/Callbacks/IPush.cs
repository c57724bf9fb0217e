using Bot.Domain.Commands;

namespace Bot.Channels.Callbacks;

/// <summary>A push of a platform, authenticated, decrypted and read: what both platforms' have in common.</summary>
internal interface IPush
{
    /// <summary>The account's own id.</summary>
    string To { get; }

    /// <summary>The person's id as the platform writes it.</summary>
    string From { get; }

    /// <summary>The same however often it is delivered, and never that of another push.</summary>
    string Key { get; }

    /// <summary>The person as the registry and the talks know them.</summary>
    Address Address { get; }
}

/// <summary>
/// What a turn has to say. <paramref name="Passive"/>: what answers on the connection, in the channel's own form; empty when there is nothing.
/// <paramref name="Otherwise"/>: the text to send as a message when no connection brought it; empty when nothing would be missed.
/// </summary>
internal readonly record struct Spoken(string Passive, string Otherwise)
{
    public static Spoken Nothing { get; } = new("", "");
}
