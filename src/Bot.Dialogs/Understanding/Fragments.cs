namespace Bot.Dialogs.Understanding;

/// <summary>Some people send one sentence in three messages: 我 / 要 / 投诉.</summary>
public static class Fragments
{
    private const int LongestBeginning = 16;

    private static readonly WordTable<bool> Beginnings = new(
    [
        (true, "问一下 问下 问个事 问个问题 问件事 问您 问你 想问 说个事 说件事 说一下 有个事 有件事 有个问题 打听个事 打听一下 那个 就是 是这样 是这样的 是这么回事"),
        (false, "你好 您好 请问 我想 我要 我 想 跟你 跟您 和你 和您 你 您 麻烦 打扰 打扰一下 一下 了 啊 呀 呃 额 嗯 哦 哎 唉 下 先 再 就 要 有 关于"),
    ]);

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

    /// <summary>Whether nothing but the beginning of a sentence was said (我想问一下, 那个, 跟您说个事): then more is coming.</summary>
    public static bool IsOnlyBeginning(string text)
    {
        var rest = Normalise.Bare(text).AsSpan();
        if (rest.Length is 0 or > LongestBeginning) return false;
        var begins = false;
        while (rest.Length > 0)
        {
            if (Normalise.IsMark(rest[0])) rest = rest[1..];
            else if (Beginnings.Read(rest, out var length, out var telling))
            {
                begins |= telling;
                rest = rest[length..];
            }
            else return false;
        }

        return begins;
    }

    private static bool IsShort(string text) => text.Length is > 0 and <= LongestPiece;

    private static bool SaysSomethingAlone(string text) =>
        GlobalWords.Of(text) != GlobalWord.None || YesNo.Of(text) is not null && text[^1] != '要' || char.IsAsciiDigit(text[0]) || Normalise.IsMark(text[^1])
        || text is "你好" or "您好" or "谢谢" or "在吗" or "再见" || text.Length > 2 && text[^1] is '了' or '吗' or '呢' or '吧';
}
