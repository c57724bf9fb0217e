namespace Bot.Dialogs.Understanding;

/// <summary>Which of the listed items a person wants changed, from 1, and the new value when they already said it.</summary>
public sealed record Correction(int Item, string? Value);

/// <summary>Reads "改第2项", "第二项改成昨天", "修改2", "时间不对，是昨天" at a review.</summary>
public static class Corrections
{
    private static readonly string[] Wishes = ["修改一下", "修改", "更改", "改一下", "改下", "更正", "重填", "重写", "重选", "换一下", "改", "换"];
    private static readonly string[] Leads = ["我想", "我要", "帮我", "请", "麻烦", "想", "要", "把", "等一下", "等下", "不对", "错了"];
    private static readonly string[] Links = ["改成是", "改成", "改为", "换成", "换为", "应该是", "应为", "不对是", "错了是", "不对", "错了", "写错了", "填错了", "有误", "改一下", "改下", "修改一下", "修改", "改", "是", "的内容"];

    /// <summary>The item by its number in the list, or null.</summary>
    public static Correction? Of(string text, int items)
    {
        var (asked, rest) = AfterWish(Normalise.Text(text));
        var ordinal = rest.StartsWith('第');
        var at = ordinal ? 1 : 0;
        if (!Numerals.Read(rest, ref at, out var item) || item < 1 || item > items) return null;
        var after = rest.AsSpan(at);
        if (after.Length > 0 && after[0] is '项' or '条' or '个' or '点' or '行') after = after[1..];
        else if (after.Length > 0 && char.IsAsciiLetterOrDigit(after[0])) return null;
        var (linked, value) = AfterLink(after);
        if (!linked && !asked) return null;
        return asked && !linked && !ordinal && after.Length > 0 && Normalise.IsHan(after[0]) ? null : new Correction(item, value);
    }

    /// <summary>The item by its number or by the name it is shown with ("时间不对，是昨天"), or null.</summary>
    public static Correction? Of(string text, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Of(text, labels.Count) ?? Named(text, labels);
    }

    /// <summary>The item by one of these names, counted from 1, or null.</summary>
    public static Correction? Named(string text, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var (asked, rest) = AfterWish(Normalise.Text(text));
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i].Length == 0 || !rest.StartsWith(labels[i], StringComparison.OrdinalIgnoreCase)) continue;
            var (linked, value) = AfterLink(rest.AsSpan(labels[i].Length));
            if (linked || asked) return new Correction(i + 1, value);
        }

        return null;
    }

    /// <summary>Whether the person wants to change something without saying what: then ask which item.</summary>
    public static bool Wanted(string text)
    {
        var (asked, rest) = AfterWish(Normalise.Text(text));
        return asked && rest.AsSpan().Trim(" ,.。!吧了一下").Length == 0;
    }

    /// <summary>Whether the words begin with a wish to change what was written: 改一下建议, but neither 改期 nor 换个企业.</summary>
    internal static bool Begins(string text)
    {
        var words = Normalise.Text(text);
        var (asked, rest) = AfterWish(words);
        return asked && !rest.StartsWith('期') && !words.Contains('换', StringComparison.Ordinal);
    }

    private static (bool Asked, string Remaining) AfterWish(string text)
    {
        var rest = text.AsSpan();
        while (Strip(ref rest, Leads)) { }

        var asked = Strip(ref rest, Wishes);
        return (asked, rest.ToString());
    }

    private static (bool Linked, string? Value) AfterLink(ReadOnlySpan<char> after)
    {
        var linked = false;
        after = after.TrimStart(" ,.。:、");
        while (Strip(ref after, Links)) linked = true;
        after = after.TrimEnd(" 。!吧");
        return (linked, after.Length == 0 ? null : after.ToString());
    }

    private static bool Strip(ref ReadOnlySpan<char> text, string[] words)
    {
        foreach (var word in words)
        {
            if (!text.StartsWith(word, StringComparison.Ordinal)) continue;
            text = text[word.Length..].TrimStart(" ,.。:、");
            return true;
        }

        return false;
    }
}
