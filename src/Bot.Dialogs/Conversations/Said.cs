using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;

namespace Bot.Dialogs.Conversations;

/// <summary>What the person just said, as a question's reader sees it. <see cref="ChinaNow"/> is the civil time in China of this message.</summary>
public sealed record Said(string Text, IReadOnlyList<Evidence> Files, DateTime ChinaNow)
{
    /// <summary>
    /// The same with the person's own punctuation and line breaks, for words that other people will read; <see cref="Text"/> is folded for reading by rules.
    /// Null when only <see cref="Text"/> is known.
    /// </summary>
    public string? AsWritten { get; init; }

    /// <summary>Knows which days are worked, for 节后第一天 and 三个工作日内.</summary>
    public WorkingCalendar? Calendar { get; init; }

    internal string ForPeople => AsWritten ?? Text;

    /// <summary>The day that was said, looked for on this side of today.</summary>
    internal Moment? Day(Facing facing) => Dates.Of(Text, ChinaNow, facing, Calendar);
}

/// <summary>Either a value or a hint that says in one sentence what would be understood.</summary>
public readonly record struct Read<T>(bool Understood, T? Value, string? Hint)
{
    public static implicit operator Read<T>(T value) => new(true, value, null);
}

public static class Read
{
    public static Read<T> No<T>(string hint) => new(false, default, hint);
}

/// <summary>An option of a choice: a code that never changes, the words shown, other words that mean it.</summary>
public sealed record Option(string Code, string Label, params string[] Also);

/// <summary>A line of a review: the question it came from, its name and what was understood.</summary>
public sealed record ReviewItem(string Key, string Label, string Value)
{
    /// <summary>Says whether a correction without a number belongs to this line, e.g. 改成4分.</summary>
    public Func<string, bool>? Claims { get; init; }
}

/// <summary>Text and photos given as a supplement; both may be empty.</summary>
public sealed record Supplement(string Text, IReadOnlyList<Evidence> Files)
{
    /// <summary>Why what was said is not taken; of the words themselves nothing is kept then.</summary>
    public string? Refused { get; init; }

    /// <summary>For a review: the words and how many photos, or <paramref name="nothing"/>.</summary>
    public string InWords(string nothing) => (Text, Files.Count) switch
    {
        ("", 0) => nothing,
        (_, 0) => Text,
        ("", var photos) => $"照片{photos}张",
        (_, var photos) => $"{Text}，照片{photos}张",
    };
}
