using System.Buffers;
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

    private const int LongestEnd = 60;

    private static readonly SearchValues<char> Reference = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
    private static readonly string[] SentenceEnds = ["\n", "。", "！", "？", "；"];

    /// <summary>
    /// Empty when nothing is said. <paramref name="more"/> ends a text that had to be cut: where to read the rest; plain words or a link.
    /// <paramref name="pageOf"/> gives the page on which a scene is shown as a code to scan.
    /// </summary>
    public static string Of(IReadOnlyList<Reply> replies, string more, Func<string, string?>? pageOf = null)
    {
        var text = Write(replies, tappable: true, pageOf, out var question);
        if (Encoding.UTF8.GetByteCount(text) <= MostBytes)
            return text;
        if (question < text.Length && Encoding.UTF8.GetByteCount(text.AsSpan(question)) <= MostBytes / 2)
            return $"{Cut(text[..question], more, Encoding.UTF8.GetByteCount(text.AsSpan(question)) + "\n"u8.Length)}\n{text[question..]}";
        text = Write(replies, tappable: false, pageOf, out _);
        return Encoding.UTF8.GetByteCount(text) <= MostBytes ? text : Cut(text, more);
    }

    /// <summary>Words of people and of the registry, so that none of them becomes a link. The client shows what is escaped as it was written.</summary>
    public static string Escape(string words) => words.AsSpan().IndexOfAny('<', '>') < 0
        ? words
        : words.Replace('<', '＜').Replace('>', '＞');

    /// <param name="replies">What is said.</param>
    /// <param name="tappable">Whether buttons become links.</param>
    /// <param name="pageOf">The page of a scene, where there is one.</param>
    /// <param name="question">Where the end of the open question begins, with its buttons; the text's end when nothing is asked.</param>
    private static string Write(IReadOnlyList<Reply> replies, bool tappable, Func<string, string?>? pageOf, out int question)
    {
        var text = new StringBuilder(512);
        question = int.MaxValue;
        foreach (var reply in replies)
        {
            if (text.Length > 0)
                text.Append("\n\n");
            var words = reply.Text.Trim();
            var listed = Listed(words, reply.Actions);
            text.Append(Escape(words[..listed.Start]));
            question = reply.Step is null ? int.MaxValue : text.Length - EndOf(words.AsSpan(0, listed.Start));
            Choices(text, [.. reply.Actions.Take(listed.Count)], reply.Step, tappable);
            text.Append(Escape(words[listed.End..]));
            if (reply.Picture is { } scene && pageOf?.Invoke(scene) is { } page)
                text.Append(CultureInfo.InvariantCulture, $"\n<a href=\"{page}\">打开二维码</a>");
            Buttons(text, [.. reply.Actions.Skip(listed.Count)], reply.Step, tappable);
            if (reply.Card is { } card)
                Buttons(text, [.. card.Buttons.Except(reply.Actions)], reply.Step, tappable);
        }

        question = Math.Min(question, text.Length);
        return text.ToString();
    }

    /// <summary>How long the last sentence is, or as much of it as must be read to know what is asked.</summary>
    private static int EndOf(ReadOnlySpan<char> words)
    {
        var near = words[^Math.Min(words.Length, LongestEnd)..];
        var sentence = near.TrimEnd().TrimEnd("。！？；：").LastIndexOfAny("\n。！？；");
        return near.Length - 1 - sentence;
    }

    /// <summary>Where the words already list the first buttons with their numbers, and how many; nowhere, at their end, when they do not.</summary>
    private static (int Start, int End, int Count) Listed(string words, IReadOnlyList<string> actions)
    {
        var start = actions.Count == 0 ? -1 : words.LastIndexOf($"[1]{actions[0]}", StringComparison.Ordinal);
        if (start < 0)
            return (words.Length, words.Length, 0);
        var (end, count) = (start, 0);
        for (; count < actions.Count; count++)
        {
            var next = count > 0 && end < words.Length && words[end] is ' ' or '\n' ? end + 1 : end;
            var item = string.Create(CultureInfo.InvariantCulture, $"[{count + 1}]{actions[count]}");
            if (!words.AsSpan(next).StartsWith(item, StringComparison.Ordinal))
                break;
            end = next + item.Length;
        }

        return (start, end, count);
    }

    /// <summary>One to a line, so that a finger hits one.</summary>
    private static void Choices(StringBuilder text, IReadOnlyList<string> words, string? step, bool tappable)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (text.Length > 0 && text[^1] != '\n')
                text.Append('\n');
            text.Append(CultureInfo.InvariantCulture, $"[{i + 1}]");
            if (!tappable || !TryLink(text, words[i], step))
                text.Append(Escape(words[i]));
        }
    }

    private static void Buttons(StringBuilder text, IReadOnlyList<string> words, string? step, bool tappable)
    {
        for (var i = 0; i < words.Count; i++)
        {
            text.Append(i == 0 || tappable ? '\n' : ' ');
            if (!tappable || !TryLink(text, words[i], step))
                text.Append('【').Append(Escape(words[i])).Append('】');
        }
    }

    private static bool TryLink(StringBuilder text, string words, string? step)
    {
        var sent = IsCommand(words) ? words.Replace(" ", "", StringComparison.Ordinal) : words;
        if (!CanBeTapped(sent) || (step is not null && !IsPlain(step)))
            return false;
        text.Append(CultureInfo.InvariantCulture, $"<a href=\"weixin://bizmsgmenu?msgmenucontent={sent}&msgmenuid={step ?? NoStep}\">{words}</a>");
        return true;
    }

    /// <summary>"追问 G26-58": a word and a reference, which are understood without the space too.</summary>
    private static bool IsCommand(string words) =>
        words.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space && !char.IsAscii(words[space - 1]) && words.AsSpan(space + 1) is { Length: > 0 } rest && !rest.ContainsAnyExcept(Reference);

    /// <summary>The client takes the words as they stand in the address, so nothing in them may mean something there.</summary>
    private static bool CanBeTapped(string words) => words.Length > 0 && !words.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter) || "<>&\"'#%?=+\\".Contains(letter, StringComparison.Ordinal));

    private static bool IsPlain(string step) => step.Length > 0 && step.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_' or '-' or ':');

    /// <summary>Ends at the last sentence that fits; where there is none, at a whole character.</summary>
    private static string Cut(string text, string more, int reserved = 0)
    {
        var room = MostBytes - reserved - Encoding.UTF8.GetByteCount(more) - "\n"u8.Length;
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
