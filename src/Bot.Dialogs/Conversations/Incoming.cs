using System.Text.Json.Serialization;
using Bot.Domain.Commands;

namespace Bot.Dialogs.Conversations;

/// <summary>
/// One message as a channel hands it over: authenticated, decrypted, parsed. <see cref="MessageId"/> is the channel's own id and stays
/// the same when the platform delivers again; <see cref="ReceivedAt"/> is UTC.
/// </summary>
public sealed record Incoming(Address From, string MessageId, string Text, DateTime ReceivedAt)
{
    /// <summary>Photos and files, already stored and checked by content.</summary>
    public IReadOnlyList<Evidence> Files { get; init; } = [];

    /// <summary>A card's button or form: the step it belonged to and what it says. A stale step is answered kindly and ignored.</summary>
    public Press? Press { get; init; }

    /// <summary>Something without words, by its kind: 表情, 语音 that was not recognised, 位置.</summary>
    public string? Wordless { get; init; }

    /// <summary>What a scanned code carried, such as <c>bind_…</c>: opens the conversation that the code was made for, with the rest as its argument.</summary>
    public string? Scene { get; init; }

    /// <summary>The words come from the channel's own menu or from a button that belonged to no question: a wish, never the answer to what is open.</summary>
    public bool FromMenu { get; init; }

    /// <summary>Nothing was said, the talk was only opened: who has nothing open is greeted, nothing else happens.</summary>
    public bool OnlyOpened { get; init; }

    /// <summary>The channel is for the people of the roster. Whoever is not one of them is told whom to ask, and nothing else (design.md decision 8).</summary>
    public bool ForStaff { get; init; }

    /// <summary>What the platform lets us say unasked because of this message; null when nothing, or when the channel has no such rule.</summary>
    public Allowance? Allowance { get; init; }
}

/// <summary>
/// So many messages until then (UTC), counted from when the platform says the person acted. <paramref name="Brief"/>: the short one of a tapped
/// menu or a scanned code, which leaves the long one of a message as it is.
/// </summary>
public sealed record Allowance(int Messages, DateTime Until, bool Brief);

/// <summary>A stored photo or file, or the place that was promised to one.</summary>
public sealed record Evidence(string Id, string Name, string ContentType, long Bytes)
{
    /// <summary>Why there is no file: still on its way, or lost. Null when it is there.</summary>
    public string? Missing { get; init; }
}

/// <summary>A pressed card button: the step the card was made for, and the value of the button.</summary>
public sealed record Press(string Step, string Value);

/// <summary>What the bot says: plain Chinese text, at most one card, and buttons that send their own words.</summary>
public sealed record Reply(string Text)
{
    public IReadOnlyList<string> Actions { get; init; } = [];

    public Card? Card { get; init; }

    /// <summary>
    /// A scene (<see cref="Incoming.Scene"/>, at most 64 letters, digits and _) to be shown as a code to scan. Channels that can show none leave it out: <see cref="Text"/> says it all.
    /// </summary>
    public string? Picture { get; init; }

    /// <summary>Figures as bars, drawn by channels that show pictures.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Chart? Chart { get; init; }

    /// <summary>The question that the card's buttons belong to; a channel hands it back as <see cref="Press.Step"/>. Null when nothing is asked.</summary>
    public string? Step { get; init; }

    /// <summary>What is said when the question is left by 取消, where "没有提交" would say the wrong thing.</summary>
    [JsonIgnore]
    public string? WhenLeft { get; init; }

    /// <summary>Tells that a pressed button belonged to a question which is not open any more: nothing came of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool TooLate { get; init; }
}

/// <summary>A card: facts in pairs, and lines that may be ticked. Channels that cannot show one send <see cref="Reply.Text"/>.</summary>
public sealed record Card(string Title, string Subtitle, IReadOnlyList<Fact> Facts)
{
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Buttons; each sends its own words like <see cref="Reply.Actions"/>.</summary>
    public IReadOnlyList<string> Buttons { get; init; } = [];
}

public sealed record Fact(string Label, string Value);
