namespace Bot.Dialogs.Understanding;

/// <summary>Reads 12, 十二, 二十, 两, ⑫ at a place in normalised text.</summary>
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

    private static bool ReadChinese(ReadOnlySpan<char> text, ref int at, out int value)
    {
        value = 0;
        if (at >= text.Length) return false;
        var tens = Digit(text[at]);
        var next = tens < 0 ? at : at + 1;
        if (next < text.Length && text[next] == '十')
        {
            var ones = next + 1 < text.Length ? Digit(text[next + 1]) : -1;
            value = (tens < 0 ? 1 : tens) * 10 + Math.Max(ones, 0);
            at = next + (ones < 0 ? 1 : 2);
            return true;
        }

        if (tens < 0) return false;
        (value, at) = (tens, at + 1);
        return true;
    }

    private static int Digit(char c) => c switch { '两' => 2, '零' => 0, _ => Digits.IndexOf(c, StringComparison.Ordinal) };

    private static int? Circled(char c) => c switch
    {
        >= '①' and <= '⑳' => c - '①' + 1,
        >= '⑴' and <= '⒇' => c - '⑴' + 1,
        >= '⒈' and <= '⒛' => c - '⒈' + 1,
        _ => null,
    };
}
