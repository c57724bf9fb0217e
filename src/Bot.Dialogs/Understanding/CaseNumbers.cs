namespace Bot.Dialogs.Understanding;

/// <summary>Finds what a case is called: its number, its short handle, or the look-up code of an anonymous submission.</summary>
public static class CaseNumbers
{
    private const int LongestSeries = 8;
    private const int CodeLength = 8;
    private const string NotInCodes = "IO";
    private static readonly string[] Series = ["司监建", "政监决", "司监警", "监投", "司函", "指"];
    private static readonly string[] Handles = ["SV", "G", "K", "M", "T", "E", "V"];
    private static readonly string[] Leads = ["帮我", "请", "查一下", "查询", "查查", "查", "看一下", "看看", "看", "打开", "签发", "催一下", "催", "撤回", "补充", "编号是", "编号为", "编号", "号码是", "文号", "我的投诉", "我的申请", "投诉", "申请", "进度", "关于", "就是", "是", "我", "的", "和", "与", "这个", "那个", "一下"];

    /// <summary>A document or case number in the form 云监投〔2026〕041号, whatever brackets it was typed with; null when there is none. The 第 of letters is left out, so that <see cref="Same"/> is the way to compare.</summary>
    public static string? Find(string text)
    {
        var whole = Normalise.Text(text);
        for (var open = whole.AsSpan().IndexOfAny("〔[(【"); open >= 0 && open < whole.Length; open = NextOpen(whole, open))
        {
            if (Read(whole, open) is { } number) return number;
        }

        return null;
    }

    /// <summary>Whether two numbers mean the same case: brackets, 第 and leading zeros aside.</summary>
    public static bool Same(string one, string other) => Key(one) is { } key && key == Key(other);

    /// <summary>A short handle such as G1, K3, M2, T305, SV1, in upper case; null when there is none.</summary>
    public static string? Handle(string text)
    {
        var whole = Normalise.Text(text).ToUpperInvariant();
        for (var i = 0; i < whole.Length; i++)
        {
            if (!char.IsAsciiLetter(whole[i]) || i > 0 && IsPartOfWord(whole[i - 1])) continue;
            foreach (var letters in Handles)
            {
                if (!whole.AsSpan(i).StartsWith(letters, StringComparison.Ordinal)) continue;
                var end = i + letters.Length;
                while (end < whole.Length && char.IsAsciiDigit(whole[end])) end++;
                var digits = end - i - letters.Length;
                if (digits is >= 1 and <= 4 && (end == whole.Length || !IsPartOfWord(whole[end]))) return whole[i..end];
            }
        }

        return null;
    }

    /// <summary>A look-up code in the form 7K3F-92QX, typed with or without the hyphen and in any case; null when there is none.</summary>
    public static string? LookupCode(string text)
    {
        var whole = Normalise.Text(text).ToUpperInvariant();
        Span<char> code = stackalloc char[CodeLength];
        for (var i = 0; i < whole.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(whole[i]) || i > 0 && IsPartOfWord(whole[i - 1])) continue;
            var (at, count, letters, digits) = (i, 0, 0, 0);
            for (; at < whole.Length && count < CodeLength; at++)
            {
                var c = whole[at];
                if (count == CodeLength / 2 && c is '-' or ' ' or '—' && at == i + count) continue;
                if (!char.IsAsciiLetterOrDigit(c) || NotInCodes.Contains(c, StringComparison.Ordinal)) break;
                code[count++] = c;
                if (char.IsAsciiDigit(c)) digits++;
                else letters++;
            }

            if (count == CodeLength && letters > 0 && digits > 0 && (at == whole.Length || !IsPartOfWord(whole[at])))
                return $"{code[..(CodeLength / 2)]}-{code[(CodeLength / 2)..]}";
        }

        return null;
    }

    private static bool IsPartOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static int NextOpen(string text, int open)
    {
        var next = text.AsSpan(open + 1).IndexOfAny("〔[(【");
        return next < 0 ? -1 : open + 1 + next;
    }

    private static string? Read(string text, int open)
    {
        var at = open + 1;
        if (!Numerals.ReadYear(text, ref at, out var year) || at >= text.Length || text[at] is not ('〕' or ']' or ')' or '】')) return null;
        at++;
        while (at < text.Length && text[at] is ' ' or '第') at++;
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        if (at == from || at - from > 6) return null;
        var series = SeriesBefore(text, open);
        return series is null ? null : $"{series}〔{year}〕{text[from..at]}号";
    }

    private static string? SeriesBefore(string text, int open)
    {
        var end = open;
        while (end > 0 && text[end - 1] == ' ') end--;
        var from = end;
        while (from > 0 && end - from < 2 * LongestSeries && Normalise.IsHan(text[from - 1])) from--;
        var run = text.AsSpan(from, end - from);
        foreach (var series in Series)
        {
            if (!run.EndsWith(series, StringComparison.Ordinal)) continue;
            var district = WithoutLeads(run[..^series.Length]);
            return string.Concat(district.Length > 2 ? district[^1..] : district, series);
        }

        run = WithoutLeads(run);
        return run.Length is >= 2 and <= LongestSeries ? run.ToString() : null;
    }

    private static ReadOnlySpan<char> WithoutLeads(ReadOnlySpan<char> run)
    {
        for (var i = 0; i < Leads.Length; i++)
        {
            if (!run.StartsWith(Leads[i], StringComparison.Ordinal)) continue;
            run = run[Leads[i].Length..];
            i = -1;
        }

        return run;
    }

    private static string? Key(string text)
    {
        if (Find(text) is not { } number) return null;
        var close = number.IndexOf('〕', StringComparison.Ordinal);
        return number[..(close + 1)] + number[(close + 1)..].TrimStart('0');
    }
}
