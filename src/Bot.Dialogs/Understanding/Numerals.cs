namespace Bot.Dialogs.Understanding;

/// <summary>Reads 12, 十二, 二十, 廿五, 一百零五, 两, ⑫ at a place in normalised text.</summary>
internal static class Numerals
{
    private const string Digits = "〇一二三四五六七八九";

    /// <summary>The number that begins at <paramref name="at"/>; moves <paramref name="at"/> behind it. Arabic numbers of more than four digits are no number that a person counts with here.</summary>
    public static bool Read(ReadOnlySpan<char> text, ref int at, out int value)
    {
        var start = at;
        value = 0;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        if (at > start)
        {
            if (at - start <= 4 && int.TryParse(text[start..at], out value)) return true;
            at = start;
            return false;
        }

        if (at < text.Length && Circled(text[at]) is int circled)
        {
            (value, at) = (circled, at + 1);
            return true;
        }

        return ReadChinese(text, ref at, out value);
    }

    /// <summary>二〇二六 or 2026: four digits side by side.</summary>
    public static bool ReadYear(ReadOnlySpan<char> text, ref int at, out int year)
    {
        (var start, year) = (at, 0);
        for (; at - start < 4 && at < text.Length; at++)
        {
            var digit = char.IsAsciiDigit(text[at]) ? text[at] - '0' : Digit(text[at]);
            if (digit < 0) break;
            year = year * 10 + digit;
        }

        if (at - start == 4 && year is >= 1990 and <= 2100) return true;
        at = start;
        return false;
    }

    // 十五, 二十, 廿五, 一百零五, 两千, and as it is spoken 一百二 (120).
    private static bool ReadChinese(ReadOnlySpan<char> text, ref int at, out int value)
    {
        var (start, sum, open, unit, zero) = (at, 0, -1, 0, false);
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c is '廿' or '卅' && open < 0 && unit is 0 or >= 100) (sum, unit) = (sum + (c == '廿' ? 20 : 30), 10);
            else if (UnitOf(c) is var next and > 0 && (unit == 0 || next < unit) && (open > 0 || open < 0 && next == 10 && (unit == 0 || zero)))
                (sum, open, unit, zero) = (sum + Math.Max(open, 1) * next, -1, next, false);
            else if (Digit(c) is var digit and >= 0 && open < 0)
            {
                if (digit > 0 || unit == 0) open = digit;
                else if (unit < 100 || zero) break;
                else zero = true;
                if (unit == 0 && (at + 1 >= text.Length || UnitOf(text[at + 1]) == 0))
                {
                    at++;
                    break;
                }
            }
            else break;
        }

        if (zero && open < 0) at--;
        value = sum + (open < 0 ? 0 : unit >= 100 && !zero ? open * unit / 10 : open);
        return at > start;
    }

    private static int UnitOf(char c) => c switch { '十' => 10, '百' => 100, '千' => 1000, _ => 0 };

    private static int Digit(char c) => c switch { '两' => 2, '零' => 0, _ => Digits.IndexOf(c, StringComparison.Ordinal) };

    private static int? Circled(char c) => c switch
    {
        >= '①' and <= '⑳' => c - '①' + 1,
        >= '⑴' and <= '⒇' => c - '⑴' + 1,
        >= '⒈' and <= '⒛' => c - '⒈' + 1,
        _ => null,
    };
}
