using System.Buffers;

namespace Bot.Dialogs.Understanding;

/// <summary>Numbers that answer a prompt. A digit inside a sentence is never a choice ("2个人进来" chooses nothing).</summary>
public static class Numbers
{
    private static readonly string[] ChoiceBefore = ["我选择", "我选", "选择", "选项", "选", "要", "就", "第", "[", "(", "【", "〔", "no."];
    private static readonly string[] ChoiceAfter = ["个", "项", "条", "号", "吧", "了", "那个", "家", "]", ")", "】", "〕", ".", "。", "、", ",", "!"];

    private static readonly SearchValues<char> Separators = SearchValues.Create(" ,、.。:;");

    /// <summary>The choice that the whole message names, from 1 to <paramref name="options"/>, or null.</summary>
    public static int? Choice(string text, int options)
    {
        var whole = Normalise.Text(text).ToLowerInvariant().AsSpan().Trim();
        if (whole.Length > 12) return null;
        if (whole is "最后一个" or "最后一项") return options > 0 ? options : null;
        var ordinal = false;
        while (StripStart(ref whole, ChoiceBefore, out var stripped)) ordinal |= stripped is "第" or "选" or "选择" or "我选" or "我选择" or "选项";
        var at = 0;
        if (!Numerals.Read(whole, ref at, out var value)) return null;
        var rest = whole[at..].Trim();
        if (!ordinal && rest is "个" or "项" or "条" or "家" or "号") return null;
        while (StripStart(ref rest, ChoiceAfter, out _)) rest = rest.TrimStart();
        return rest.Length == 0 && value >= 1 && value <= options ? value : null;
    }

    /// <summary>Several choices in one message: "1和3", "1、3", "1 3"; null unless the whole message is such a list.</summary>
    public static IReadOnlyList<int>? Choices(string text, int options)
    {
        var found = new List<int>();
        foreach (var part in Normalise.Text(text).Split(['和', '、', ',', ' ', '跟', '及', ';', '/', '+'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (found.Count >= options || Choice(part, options) is not int choice) return null;
            if (!found.Contains(choice)) found.Add(choice);
        }

        return found.Count == 0 ? null : found;
    }

    /// <summary>A choice with what the person adds to it: "2 企业停电没法核对", "1，先备案". The number must stand apart from the words.</summary>
    public static (int Choice, string Remark)? ChoiceAndRest(string text, int options)
    {
        var whole = Normalise.Text(text);
        var cut = whole.AsSpan().IndexOfAny(Separators);
        if (cut <= 0 || cut > 6 || whole[cut] == '.' && cut + 1 < whole.Length && char.IsAsciiDigit(whole[cut + 1])) return null;
        var rest = whole[(cut + 1)..].TrimStart(' ', ',', '、', '.', '。', ':', ';');
        return rest.Length > 0 && Choice(whole[..cut], options) is int choice ? (choice, rest) : null;
    }

    /// <summary>A rating from 1 to 5: "5分", "给四分", "五星", "改成4分", or the bare digit; null when none or when two differ.</summary>
    public static int? Score(string text) => ScoreAndComment(text)?.Score;

    /// <summary>A rating with the words around it: "5分，一次看完挺好".</summary>
    public static (int Score, string Comment)? ScoreAndComment(string text)
    {
        var whole = Normalise.Text(text);
        if (Choice(whole, 5) is int bare) return (bare, "");
        (int Score, int From, int To)? found = null;
        for (var i = 0; i < whole.Length; i++)
        {
            if (ScoreAt(whole, i) is not var (score, end)) continue;
            var changed = i > 0 && whole[i - 1] is '成' or '为' or '是' or '到';
            if (found is not null && found.Value.Score != score && !changed) return null;
            found = (score, i, end);
            i = end - 1;
        }

        if (found is not var (value, from, to)) return null;
        return (value, Comment(whole, from, to));
    }

    private static (int Score, int End)? ScoreAt(string text, int i)
    {
        if (text.AsSpan(i).StartsWith("满分") && (i == 0 || text[i - 1] != '不')) return (5, i + 2);
        if (i > 0 && (char.IsAsciiLetterOrDigit(text[i - 1]) || text[i - 1] is '.' or '十' or '第' or '百' or '星')) return null;
        var at = i;
        if (!Numerals.Read(text, ref at, out var value) || value is < 1 or > 5) return null;
        var unit = text.AsSpan(at).TrimStart(' ');
        var skipped = text.Length - at - unit.Length;
        foreach (var word in (string[])["颗星", "个星", "星级", "星", "分"])
        {
            if (!unit.StartsWith(word, StringComparison.Ordinal)) continue;
            var end = at + skipped + word.Length;
            return end < text.Length && (word == "分" ? text[end] is '钟' or '之' or '局' or '公' or '厂' or '店' or '类' or '级' or '为' : text[end] is '期' or '酒') ? null : (value, end);
        }

        return null;
    }

    private static string Comment(string text, int from, int to)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, from).TrimEnd(" ,。、!:;");
        string[] leads = ["我给他们打", "给他们打", "我想打", "我打", "我给", "打个", "给个", "改成", "改为", "改到", "打", "给", "评", "我", "等一下", "等下", "那就", "就"];
        while (StripEnd(ref before, leads)) before = before.TrimEnd(" ,。、!:;");
        var after = text.AsSpan(to).Trim(" ,。、!:;吧");
        return after.Length == 0 ? before.ToString() : before.Length == 0 ? after.ToString() : $"{before},{after}";
    }

    private static bool StripStart(ref ReadOnlySpan<char> text, string[] words, out string stripped)
    {
        foreach (var word in words)
        {
            if (!text.StartsWith(word, StringComparison.Ordinal)) continue;
            text = text[word.Length..].TrimStart();
            stripped = word;
            return true;
        }

        stripped = "";
        return false;
    }

    private static bool StripEnd(ref ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (!text.EndsWith(word, StringComparison.Ordinal)) continue;
            text = text[..^word.Length];
            return true;
        }

        return false;
    }
}
