using System.Buffers;
using System.Globalization;
using System.Text;

namespace Bot.Channels.WeCom;

/// <summary>Words made to fit where the platform cuts silently: always between characters as people see them (C7, C8).</summary>
internal static class Words
{
    /// <summary>A text message, in bytes of UTF-8.</summary>
    public const int MostBytes = 2048;

    private const string Cut = "…";
    private static readonly string[] SentenceEnds = ["\n", "。", "！", "？", "；"];

    /// <summary>Characters that XML 1.0 does not know and every reader refuses.</summary>
    private static readonly SearchValues<char> Illegal = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(code => (char)code).Where(letter => letter is not ('\t' or '\n' or '\r')), '\uFFFE', '\uFFFF']);

    /// <summary>Without what no XML can hold.</summary>
    public static string Clean(string words) => words.AsSpan().ContainsAny(Illegal) ? string.Concat(words.Where(letter => !Illegal.Contains(letter))) : words;

    /// <summary>Words of people and of the registry, so that none of them becomes a link.</summary>
    public static string Escape(string words) => words.AsSpan().IndexOfAny('<', '>') < 0 ? words : words.Replace('<', '＜').Replace('>', '＞');

    public static int Length(string words) => new StringInfo(words).LengthInTextElements;

    /// <summary>On one line, at most so many characters.</summary>
    public static string Fit(string words, int most)
    {
        words = words.ReplaceLineEndings(" ").Trim();
        return Length(words) <= most ? words : new StringInfo(words).SubstringByTextElements(0, most - 1).TrimEnd() + Cut;
    }

    /// <summary>Words to say as a button: whole if they fit; else without the number they end in, as long as no other says the same; else cut.</summary>
    public static string Caption(string words, IReadOnlyList<string> among, int most)
    {
        var verb = words.Split(' ')[0];
        return !Fits(words, most) && Fits(verb, most) && among.Count(other => other.Split(' ')[0] == verb) == 1 ? verb : Fit(words, most);
    }

    /// <summary>With its lines, at most so many characters.</summary>
    public static string FitLines(string words, int most)
    {
        words = words.Trim();
        return Length(words) <= most ? words : new StringInfo(words).SubstringByTextElements(0, most - 1).TrimEnd() + Cut;
    }

    public static bool Fits(string words, int most) => Length(words.Trim()) <= most;

    /// <summary>The pieces of a text, each short enough for one message, parted where a sentence ends if there is such a place.</summary>
    public static IReadOnlyList<string> Pieces(string text)
    {
        var pieces = new List<string>();
        text = Clean(text);
        while (Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            var fits = Fitting(text, MostBytes);
            var end = SentenceEnds.Max(mark => text.LastIndexOf(mark, fits - 1, StringComparison.Ordinal)) + 1;
            if (end <= fits / 2)
                end = fits;
            pieces.Add(text[..end].TrimEnd());
            text = text[end..].TrimStart();
        }

        if (text.Length > 0)
            pieces.Add(text);
        return pieces;
    }

    /// <summary>As much as one message holds, with the word that there was more.</summary>
    public static string First(string text, string more)
    {
        text = Clean(text);
        if (Encoding.UTF8.GetByteCount(text) <= MostBytes)
            return text;
        var fits = Fitting(text, MostBytes - Encoding.UTF8.GetByteCount(more) - "\n"u8.Length);
        return $"{text[..fits].TrimEnd()}\n{more}";
    }

    /// <summary>How much of a text fits, up to a whole character and not in the midst of a link.</summary>
    private static int Fitting(string text, int room)
    {
        var fits = 0;
        var characters = StringInfo.GetTextElementEnumerator(text);
        while (characters.MoveNext())
        {
            var character = characters.GetTextElement();
            if ((room -= Encoding.UTF8.GetByteCount(character)) < 0)
                break;
            fits += character.Length;
        }

        var link = text.LastIndexOf("<a ", fits - 1, StringComparison.Ordinal);
        return link > 0 && text.IndexOf("</a>", link, StringComparison.Ordinal) is var end && end + "</a>".Length > fits ? link : fits;
    }
}
