using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>By which way something came into the chat.</summary>
public enum EntryKind
{
    Own,
    Passive,
    Sent,
}

/// <summary>One thing in a member's chat with the app.</summary>
public sealed class ChatEntry
{
    internal ChatEntry(long number, DateTimeOffset at, EntryKind kind, string type, string text) => (Number, At, Kind, Type, Text) = (number, at, kind, type, text);

    public long Number { get; }

    public DateTimeOffset At { get; }

    public EntryKind Kind { get; }

    /// <summary>The message's type as the interface names it: text, image, textcard, template_card …</summary>
    public string Type { get; }

    /// <summary>The words as they were sent, links with their marks.</summary>
    public string Text { get; }

    public string? MediaId { get; internal init; }

    /// <summary>Where the entry as a whole leads.</summary>
    public string? Url { get; internal init; }

    public ShownCard? Card { get; internal init; }

    public string? MsgId { get; internal init; }

    public bool Recalled { get; internal set; }

    /// <summary>The words as a person reads them; a card with its lines and buttons.</summary>
    public string Plain => Card?.ToString() ?? Marks.Link().Replace(Text, "$2");

    public override string ToString() => Plain;
}
