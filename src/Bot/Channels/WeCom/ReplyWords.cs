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
            var unlisted = Choices(reply).Skip(Listed(words, reply.Actions).Count).ToList();
            if (unlisted.Count > 0)
                text.Append('\n').AppendJoin(' ', unlisted.Select(choice => $"【{Words.Escape(choice)}】"));
        }

        return text.ToString();
    }

    /// <summary>Everything that may be chosen, once.</summary>
    public static IReadOnlyList<string> Choices(Reply reply) => [.. reply.Actions.Concat(reply.Card?.Buttons ?? []).Distinct(StringComparer.Ordinal)];

    /// <summary>The words without the numbered choices in them.</summary>
    public static string WithoutList(Reply reply)
    {
        var words = reply.Text.Trim();
        var (start, end, _) = Listed(words, reply.Actions);
        return $"{words[..start].TrimEnd()}{words[end..]}".Trim();
    }

    /// <summary>Where the words list the first choices with their numbers, and how many; at their end, none, when they do not.</summary>
    private static (int Start, int End, int Count) Listed(string words, IReadOnlyList<string> choices)
    {
        var start = choices.Count == 0 ? -1 : words.LastIndexOf($"[1]{choices[0]}", StringComparison.Ordinal);
        if (start < 0)
            return (words.Length, words.Length, 0);
        var (end, count) = (start, 0);
        for (; count < choices.Count; count++)
        {
            var next = count > 0 && end < words.Length && words[end] is ' ' or '\n' ? end + 1 : end;
            var item = string.Create(CultureInfo.InvariantCulture, $"[{count + 1}]{choices[count]}");
            if (!words.AsSpan(next).StartsWith(item, StringComparison.Ordinal))
                break;
            end = next + item.Length;
        }

        return (start, end, count);
    }
}
