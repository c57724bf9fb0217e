using System.Text;

namespace Bot.Dialogs.Understanding;

/// <summary>
/// A second look at a message that says nothing as it is written: words of the domain that only sound right (申述, 监督县索, 何规指引), pinyin (woyao chakan yugao),
/// and marks inside a word (投.诉). Asked only then, because in a message that is clear nothing needs mending.
/// </summary>
internal static class Misspellings
{
    private static readonly WordTable<string> BySound = new(Lexicon.ChineseWords.Distinct(StringComparer.Ordinal).Select(word => (word, Sounds.Of(word))));

    /// <summary>The message with the words of the domain that it seems to mean, or null when it has none.</summary>
    public static string? Mended(string clean)
    {
        var text = WithoutInnerMarks(clean);
        var changed = text.Length != clean.Length;
        var sounds = Sounds.Of(text);
        var mended = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiLetter(text[i]))
            {
                var end = i;
                while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] is ' ' or '\'')) end++;
                var words = FromPinyin(text.AsSpan(i, end - i));
                changed |= words is not null;
                mended.Append(words ?? text[i..end]);
                i = end - 1;
            }
            else if (Lexicon.Read(text.AsSpan(i), out var known, out _) && known > 1)
            {
                mended.Append(text, i, known);
                i += known - 1;
            }
            else if (BySound.Read(sounds.AsSpan(i), out var length, out var meant) && Resembles(text.AsSpan(i, length), meant))
            {
                mended.Append(meant);
                changed = true;
                i += length - 1;
            }
            else mended.Append(text[i]);
        }

        return changed ? mended.ToString() : null;
    }

    private static string? FromPinyin(ReadOnlySpan<char> run)
    {
        Span<char> letters = stackalloc char[Math.Min(run.Length, 100)];
        var count = 0;
        foreach (var c in run)
        {
            if (char.IsAsciiLetter(c) && count < letters.Length) letters[count++] = c;
        }

        if (Sounds.Spelt(letters[..count]) is not { } sounds) return null;
        var words = new StringBuilder();
        for (var i = 0; i < sounds.Length; i++)
        {
            if (!BySound.Read(sounds.AsSpan(i), out var length, out var word)) continue;
            words.Append(word);
            i += length - 1;
        }

        return words.Length > 0 ? words.ToString() : null;
    }

    // 平价 for 评价: at least one character must be right, or any two syllables would be a word.
    private static bool Resembles(ReadOnlySpan<char> said, string meant)
    {
        for (var i = 0; i < meant.Length; i++)
        {
            if (said[i] == meant[i]) return true;
        }

        return false;
    }

    private static string WithoutInnerMarks(string text)
    {
        var bare = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var inner = i > 0 && i + 1 < text.Length && Normalise.IsMark(text[i]) && Normalise.IsHan(text[i - 1]) && Normalise.IsHan(text[i + 1]);
            if (!inner) bare.Append(text[i]);
        }

        return bare.Length == text.Length ? text : bare.ToString();
    }
}
