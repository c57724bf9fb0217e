namespace Bot.Dialogs.Conversations;

/// <summary>A picture of bars. The text of its reply says all that it shows; a channel that can show no picture leaves it out.</summary>
public sealed record Chart(string Title, IReadOnlyList<Bar> Bars)
{
    /// <summary>What the bars and their colours mean.</summary>
    public string Note { get; init; } = "";
}

/// <summary>One bar: its length in percent, and what is written behind it.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Percent">0 to 100.</param>
/// <param name="Value">In words: 11/12.</param>
/// <param name="Weak">Where somebody should look.</param>
public sealed record Bar(string Label, double Percent, string Value, bool Weak = false);
