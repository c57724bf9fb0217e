namespace Bot.Dialogs.Understanding;

/// <summary>Some people send one sentence in three messages: 我 / 要 / 投诉.</summary>
public static class Fragments
{
    private const int LongestPiece = 6;
    private const int LongestWhole = 30;
    private static readonly TimeSpan WidestGap = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The pieces in the order they came, each with how long ago that was; the last is the one just received.
    /// The joined text when the last pieces are to be read together, or null when the last stands alone. A piece that says something by itself begins no sentence.
    /// </summary>
    public static string? Join(IReadOnlyList<(string Text, TimeSpan Ago)> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        var texts = pieces.Select(piece => Normalise.Text(piece.Text)).ToArray();
        var last = texts.Length - 1;
        if (last < 1 || !IsShort(texts[last]) || GlobalWords.Of(texts[last]) != GlobalWord.None) return null;
        var first = last;
        for (var length = texts[last].Length; first > 0 && IsShort(texts[first - 1]) && pieces[first - 1].Ago - pieces[first].Ago <= WidestGap; first--)
        {
            length += texts[first - 1].Length;
            if (length > LongestWhole) break;
        }

        while (first < last && SaysSomethingAlone(texts[first])) first++;
        return first < last ? string.Concat(texts[first..]) : null;
    }

    private static bool IsShort(string text) => text.Length is > 0 and <= LongestPiece;

    private static bool SaysSomethingAlone(string text) =>
        GlobalWords.Of(text) != GlobalWord.None || YesNo.Of(text) is not null && text[^1] != '要' || char.IsAsciiDigit(text[0]) || Normalise.IsMark(text[^1])
        || text is "你好" or "您好" or "谢谢" or "在吗" or "再见" || text.Length > 2 && text[^1] is '了' or '吗' or '呢' or '吧';
}
