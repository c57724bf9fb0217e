using Bot.Dialogs.Conversations;
using Bot.Storage;

namespace Bot.Channels.WeCom;

/// <summary>
/// A tapped card as the platform tells it: the card, the key of the button or of the button that submits, what was chosen, and the code with which this
/// tap can be answered once.
/// </summary>
public sealed record CardTap(string TaskId, string Key, string ResponseCode, IReadOnlyList<string> Chosen)
{
    /// <summary>A button that belongs to no question.</summary>
    private const string NoStep = "0";

    /// <summary>A step that no question has: what is pressed is answered kindly and changes nothing.</summary>
    private const string Gone = "gone";

    private const char Between = '|';

    /// <summary>What a button that says <paramref name="words"/> carries; <paramref name="step"/> is null when it belongs to no question.</summary>
    public static string KeyOf(string? step, string words) => $"{step ?? NoStep}{Between}{words}";

    /// <summary>What the person says by tapping. With several choices it is what was chosen in the list.</summary>
    public string Words => Chosen.Count > 0 ? Chosen[0] : WordsOf(Key);

    /// <summary>The words in a button's key.</summary>
    public static string WordsOf(string key) => key[(key.IndexOf(Between, StringComparison.Ordinal) + 1)..];

    /// <summary>
    /// What the tap means, to be completed by the channel. A card that we do not know, or that was somebody else's, says nothing any more;
    /// <paramref name="card"/> is what is known of it.
    /// </summary>
    public Incoming Said(Incoming incoming, SentCard? card)
    {
        var step = Key.IndexOf(Between, StringComparison.Ordinal) is > 0 and var end ? Key[..end] : Gone;
        var said = incoming with { Text = Words };
        if (card is null || card.UserId != incoming.From.ExternalId || card.State == CardState.Closed || step == Gone)
            return said with { Press = new Press(Gone, Words) };
        return step == NoStep ? said with { FromMenu = true } : said with { Press = new Press(step, Words) };
    }
}
