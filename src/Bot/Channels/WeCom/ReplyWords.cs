using System.Globalization;
using System.Text;
using Bot.Dialogs.Conversations;

namespace Bot.Channels.WeCom;

/// <summary>Replies as one text, one under the other; what may be chosen stands in it as words to type.</summary>
internal static class ReplyWords
{
    public static string Of(IReadOnlyList<Reply> replies, Func<string, string?>? pageOf)
    {
        var text = new StringBuilder();
        foreach (var reply in replies)
        {
            if (text.Length > 0)
                text.Append("\n\n");
            var words = reply.Text.Trim();
            text.Append(Words.Escape(words));
            if (reply.Picture is { } scene && pageOf?.Invoke(scene) is { } page)
                text.Append(CultureInfo.InvariantCulture, $"\n<a href=\"{page}\">打开二维码</a>");
            var unlisted = Choices(reply).Skip(Numbered(words, reply.Actions)).ToList();
            if (unlisted.Count > 0)
                text.Append('\n').AppendJoin(' ', unlisted.Select(choice => $"【{Words.Escape(choice)}】"));
        }

        return text.ToString();
    }

    /// <summary>Everything that may be chosen, once.</summary>
    public static IReadOnlyList<string> Choices(Reply reply) => [.. reply.Actions.Concat(reply.Card?.Buttons ?? []).Distinct(StringComparer.Ordinal)];

    /// <summary>The words without the numbered choices in them; a list that says more of them than their words stays.</summary>
    public static string WithoutList(Reply reply)
    {
        var words = reply.Text.Trim();
        var (start, end, count) = Listed(words, reply.Actions);
        return count == reply.Actions.Count ? $"{words[..start].TrimEnd()}{words[end..]}".Trim() : words;
    }

    /// <summary>How many of the first choices the words say with their numbers.</summary>
    private static int Numbered(string words, IReadOnlyList<string> choices)
    {
        var count = 0;
        while (count < choices.Count && words.Contains(Item(count, choices), StringComparison.Ordinal))
            count++;
        return count;
    }

    private static string Item(int place, IReadOnlyList<string> choices) => string.Create(CultureInfo.InvariantCulture, $"[{place + 1}]{choices[place]}");

    /// <summary>Where the words list the first choices one after another and nothing else, and how many; at their end, none, when they do not.</summary>
    private static (int Start, int End, int Count) Listed(string words, IReadOnlyList<string> choices)
    {
        var start = choices.Count == 0 ? -1 : words.LastIndexOf(Item(0, choices), StringComparison.Ordinal);
        if (start < 0)
            return (words.Length, words.Length, 0);
        var (end, count) = (start, 0);
        for (; count < choices.Count; count++)
        {
            var next = count > 0 && end < words.Length && words[end] is ' ' or '\n' ? end + 1 : end;
            var item = Item(count, choices);
            if (!words.AsSpan(next).StartsWith(item, StringComparison.Ordinal))
                break;
            end = next + item.Length;
        }

        return (start, end, count);
    }
}
