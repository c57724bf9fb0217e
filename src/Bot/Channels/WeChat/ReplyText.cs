using System.Globalization;
using System.Text;
using Bot.Dialogs.Conversations;

namespace Bot.Channels.WeChat;

/// <summary>
/// What the bot says, as one text of the official account: the replies one under the other, every button as words to tap. A tap comes back as
/// a text with the button's words and the step it belonged to. At most <see cref="MostBytes"/> bytes.
/// </summary>
public static class ReplyText
{
    public const int MostBytes = 2048;

    /// <summary>The step of a button that belongs to no question.</summary>
    public const string NoStep = "0";

    private static readonly string[] SentenceEnds = ["\n", "。", "！", "？", "；"];

    /// <summary>Empty when nothing is said. <paramref name="more"/> ends a text that had to be cut: where to read the rest; plain words or a link.</summary>
    public static string Of(IReadOnlyList<Reply> replies, string more)
    {
        var text = Write(replies, tappable: true);
        if (Encoding.UTF8.GetByteCount(text) <= MostBytes)
            return text;
        text = Write(replies, tappable: false);
        return Encoding.UTF8.GetByteCount(text) <= MostBytes ? text : Cut(text, more);
    }

    /// <summary>Words of people and of the registry, so that none of them becomes a link. The client shows what is escaped as it was written.</summary>
    public static string Escape(string words) => words.AsSpan().IndexOfAny('<', '>') < 0
        ? words
        : words.Replace('<', '＜').Replace('>', '＞');

    private static string Write(IReadOnlyList<Reply> replies, bool tappable)
    {
        var text = new StringBuilder(512);
        foreach (var reply in replies)
        {
            if (text.Length > 0)
                text.Append("\n\n");
            text.Append(Escape(reply.Text.Trim()));
            Buttons(text, reply.Actions, reply.Step, tappable);
            if (reply.Card is { } card)
                Buttons(text, [.. card.Buttons.Except(reply.Actions)], reply.Step, tappable);
        }

        return text.ToString();
    }

    private static void Buttons(StringBuilder text, IReadOnlyList<string> words, string? step, bool tappable)
    {
        for (var i = 0; i < words.Count; i++)
        {
            text.Append(i == 0 || tappable ? '\n' : ' ');
            if (tappable && CanBeTapped(words[i]) && (step is null || IsPlain(step)))
                text.Append(CultureInfo.InvariantCulture, $"<a href=\"weixin://bizmsgmenu?msgmenucontent={words[i]}&msgmenuid={step ?? NoStep}\">{words[i]}</a>");
            else
                text.Append('【').Append(Escape(words[i])).Append('】');
        }
    }

    /// <summary>The client takes the words as they stand in the address, so nothing in them may mean something there.</summary>
    private static bool CanBeTapped(string words) => words.Length > 0 && !words.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || "<>&\"'#%?=+/\\".Contains(letter, StringComparison.Ordinal));

    private static bool IsPlain(string step) => step.Length > 0 && step.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_' or '-' or ':');

    /// <summary>Ends at the last sentence that fits; where there is none, at a whole character.</summary>
    private static string Cut(string text, string more)
    {
        var room = MostBytes - Encoding.UTF8.GetByteCount(more) - "\n"u8.Length;
        var fits = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((room -= rune.Utf8SequenceLength) < 0)
                break;
            fits += rune.Utf16SequenceLength;
        }

        var end = SentenceEnds.Max(mark => text.LastIndexOf(mark, fits - 1, StringComparison.Ordinal)) + 1;
        return $"{text[..(end > fits / 2 ? end : fits)].TrimEnd()}\n{more}";
    }
}
