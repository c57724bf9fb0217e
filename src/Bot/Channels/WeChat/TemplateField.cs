using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Bot.Domain.Calendar;

namespace Bot.Channels.WeChat;

/// <summary>
/// One field of a template or subscription message. The platform checks each value by the prefix of its key (<c>thing3</c>, <c>date2</c>) and
/// refuses the whole message for one value, so what we say is made to fit beforehand. How it counts emoji is not documented: we count UTF-16
/// units, which is never less.
/// </summary>
internal static partial class TemplateField
{
    private const char Ellipsis = '…';
    private const int LongestPhrase = 5;
    private const int LongestPhone = 17;
    private const int LongestPlainName = 20;
    private const int LongestChineseName = 10;
    private static readonly SearchValues<char> Breaks = SearchValues.Create("，、；。！？：,;!? ）)】》");

    private static readonly Dictionary<string, Rule> Rules = new(StringComparer.Ordinal)
    {
        ["thing"] = new("不超过20个字", value => IsText(value, 20), (value, _) => Text(value, 20)),
        ["short_thing"] = new("不超过8个字", value => IsText(value, 8), (value, _) => Text(value, 8)),
        ["number"] = new("不超过32位的数字", value => NumberForm().IsMatch(value), (value, _) => FirstOf(AnyNumber(), value, "0")),
        ["letter"] = new("不超过32个字母", value => value.Length is > 0 and <= 32 && value.All(char.IsAsciiLetter), (value, _) => Kept(value, char.IsAsciiLetter, 32, "N")),
        ["symbol"] = new("不超过5个符号", value => value.Length is > 0 and <= 5 && value.All(IsSymbol), (value, _) => Kept(value, IsSymbol, 5, "-")),
        ["character_string"] = new("不超过32个字母、数字、符号，不能有汉字", value => value.Length is > 0 and <= 32 && value.All(IsPlain), (value, _) => PlainString(value)),
        ["time"] = new("24小时制的时间，可带年月日，区间用~", value => value.Split('~') is { Length: <= 2 } parts && parts.All(part => TimeForm().IsMatch(part)), Time),
        ["date"] = new("年月日，可带时间，区间用~", value => value.Split('~') is { Length: <= 2 } parts && parts.All(part => DateForm().IsMatch(part)), Date),
        ["amount"] = new("币种符号加10位以内数字，可带小数和“元”", value => AmountForm().IsMatch(value), (value, _) => "￥" + FirstOf(ShortNumber(), value, "0") + "元"),
        ["phone_number"] = new("不超过17位的数字和符号", value => value.Length is > 0 and <= LongestPhone && value.All(IsOfPhone), (value, _) => Phone(value)),
        ["car_number"] = new("不超过8位，首末可为汉字", value => CarForm().IsMatch(value), (value, _) => Car(value)),
        ["name"] = new("10个以内汉字，或20个以内字母和符号", IsName, (value, _) => Name(value)),
        ["phrase"] = new("5个以内汉字", value => value.Length is > 0 and <= LongestPhrase && value.All(IsChinese), (value, _) => Kept(value, IsChinese, LongestPhrase, "新通知")),
    };

    /// <summary>Keys that take only values from a list the platform keeps: what stands there must be written in the manifest.</summary>
    private static readonly string[] Listed = ["enum", "const"];

    /// <summary>Why a key is none that the platform has; null when it is one.</summary>
    public static string? WrongKey(string key) =>
        KeyForm().Match(key) is { Success: true } found && (Rules.ContainsKey(found.Groups[1].Value) || Listed.Contains(found.Groups[1].Value, StringComparer.Ordinal))
            ? null
            : $"“{key}”不是平台的字段名，应为{string.Join('、', Rules.Keys.Concat(Listed))}之一加数字，如 thing1";

    /// <summary>Whether the key takes only values of a list, which cannot be made to fit.</summary>
    public static bool TakesOnlyListed(string key) => Listed.Contains(Prefix(key), StringComparer.Ordinal);

    /// <summary>What the platform demands of this key's values, in words.</summary>
    public static string Demand(string key) => TakesOnlyListed(key) ? "模板里列出的值" : Rules[Prefix(key)].Words;

    public static bool Allows(string key, string value) => TakesOnlyListed(key) ? value.Length > 0 : Rules[Prefix(key)].Allows(value);

    /// <summary>Makes a value fit; <paramref name="today"/> gives dates without a year theirs.</summary>
    public static string Fit(string key, string value, DateOnly today)
    {
        var clean = Clean(value);
        return TakesOnlyListed(key) ? clean : Rules[Prefix(key)].Fit(clean, today);
    }

    /// <summary>Less of a value that the platform refused although it kept to its rule as we know it.</summary>
    public static string Tighter(string key, string value) => Prefix(key) switch
    {
        "thing" or "short_thing" => Shorten(value, Math.Max(2, value.Length / 2)),
        "name" or "phrase" or "letter" or "symbol" or "character_string" or "phone_number" or "number" => value[..Math.Max(1, value.Length / 2)].TrimEnd('.', ' '),
        "time" or "date" => value.Split('~')[0],
        _ => value,
    };

    /// <summary>Cuts where a reader would pause, never inside a character, and says that there was more.</summary>
    internal static string Shorten(string text, int most)
    {
        if (text.Length <= most)
            return text;
        var end = 0;
        for (var next = 0; next < text.Length; end = next)
        {
            next = end + StringInfo.GetNextTextElementLength(text.AsSpan(end));
            if (next > most - 1)
                break;
        }

        var pause = text.AsSpan(0, end).LastIndexOfAny(Breaks);
        var cut = pause >= end / 2 ? text[..(pause + 1)].TrimEnd('，', '、', '；', '：', ',', ';', ':', ' ') : "";
        return (cut.Length > 0 ? cut : text[..end].TrimEnd()) + Ellipsis;
    }

    private static string Prefix(string key) => KeyForm().Match(key).Groups[1].Value;

    /// <summary>Lines become pauses; what no phone shows is left out; half a character is none.</summary>
    private static string Clean(string value)
    {
        var clean = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t' || Rune.IsWhiteSpace(rune))
                clean.Append(clean.Length > 0 && clean[^1] != ' ' ? " " : "");
            else if (rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse))
                clean.Append(rune.ToString());
        }

        return clean.ToString().Trim();
    }

    private static bool IsText(string value, int most) => value.Length > 0 && value.Length <= most && !value.Contains('\n', StringComparison.Ordinal) && WholeCharacters(value);

    private static bool WholeCharacters(string value)
    {
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
                return false;
        }

        return true;
    }

    private static string Text(string value, int most) => value.Length == 0 ? "无" : Shorten(value, most);

    private static string Kept(string value, Func<char, bool> allowed, int most, string otherwise)
    {
        var kept = string.Concat(value.Where(allowed).Take(most));
        return kept.Length > 0 ? kept : otherwise;
    }

    private static string FirstOf(Regex form, string value, string otherwise) => form.Match(Digits(value)) is { Success: true } found ? found.Value : otherwise;

    /// <summary>云监投〔2026〕042号 becomes 2026-042: what is left of a number without its Chinese is held apart.</summary>
    private static string PlainString(string value)
    {
        var parts = string.Concat(Digits(value).Select(c => IsPlain(c) && c != ' ' ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var plain = string.Join('-', parts);
        return plain.Length == 0 ? "-" : plain[..Math.Min(plain.Length, 32)];
    }

    private static string Phone(string value)
    {
        var phone = PhoneForm().Match(Digits(value)) is { Success: true } found ? found.Value.Trim() : "";
        return phone.Length == 0 ? "-" : phone[..Math.Min(phone.Length, LongestPhone)];
    }

    private static string Car(string value)
    {
        var plate = value.ToUpperInvariant();
        if (CarForm().IsMatch(plate))
            return plate;
        var plain = Kept(plate, c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c), 8, "");
        return CarForm().IsMatch(plain) ? plain : "000";
    }

    private static bool IsName(string value) =>
        value.Length > 0 && value.All(IsOfName) && value.Length <= (value.Any(IsChinese) ? LongestChineseName : LongestPlainName);

    private static string Name(string value)
    {
        var kept = string.Concat(value.Where(IsOfName)).Trim();
        var most = kept.Any(IsChinese) ? LongestChineseName : LongestPlainName;
        kept = kept[..Math.Min(kept.Length, most)].Trim();
        return kept.Length > 0 ? kept : "无";
    }

    /// <summary>A whole day where the text names no hour, its half where it says 上午 or 下午, and its end where it says 24时.</summary>
    private static string Time(string value, DateOnly today)
    {
        var text = Digits(value);
        var day = Day(text, today);
        var clock = Clock().Match(text);
        var on = day is { } known ? ChineseDates.Long(known) + " " : "";
        if (clock.Success)
            return $"{on}{int.Parse(clock.Groups[1].ValueSpan, CultureInfo.InvariantCulture):00}:{clock.Groups[2].Value}";
        if (day is null)
            return $"{ChineseDates.Long(today)} 00:00";
        if (text.Contains("24时", StringComparison.Ordinal))
            return on + "23:59";
        var (from, to) = text.Contains("上午", StringComparison.Ordinal) ? ("00:00", "12:00") : text.Contains("下午", StringComparison.Ordinal) ? ("12:00", "23:59") : ("00:00", "23:59");
        return $"{on}{from}~{on}{to}";
    }

    private static string Date(string value, DateOnly today)
    {
        var text = Digits(value);
        var day = ChineseDates.Long(Day(text, today) ?? today);
        return Clock().Match(text) is { Success: true } clock ? $"{day} {int.Parse(clock.Groups[1].ValueSpan, CultureInfo.InvariantCulture):00}:{clock.Groups[2].Value}" : day;
    }

    /// <summary>A day without its year is the nearest one of that name.</summary>
    private static DateOnly? Day(string text, DateOnly today)
    {
        foreach (Match found in AnyDay().Matches(text))
        {
            var (month, day) = (int.Parse(found.Groups[2].ValueSpan, CultureInfo.InvariantCulture), int.Parse(found.Groups[3].ValueSpan, CultureInfo.InvariantCulture));
            int[] years = found.Groups[1].Success ? [int.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture)] : [today.Year - 1, today.Year, today.Year + 1];
            var possible = years.Where(year => year is > 1 and < 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)).Select(year => new DateOnly(year, month, day)).ToList();
            if (possible.Count > 0)
                return possible.MinBy(date => Math.Abs(date.DayNumber - today.DayNumber));
        }

        return null;
    }

    /// <summary>Full-width digits and letters as a phone's keyboard writes them.</summary>
    private static string Digits(string text) => string.Concat(text.Select(c => c is >= '！' and <= '～' ? (char)(c - '！' + '!') : c));

    private static bool IsChinese(char c) => c is >= '\u4e00' and <= '\u9fff';

    private static bool IsPlain(char c) => c is >= ' ' and <= '~';

    private static bool IsSymbol(char c) => c is >= '!' and <= '~' && !char.IsAsciiLetterOrDigit(c);

    private static bool IsOfPhone(char c) => char.IsAsciiDigit(c) || c is '+' or '-' or ' ' or '(' or ')';

    private static bool IsOfName(char c) => IsChinese(c) || char.IsAsciiLetter(c) || c is '·' or ' ' or '.' or '-' or '\'';

    private sealed record Rule(string Words, Func<string, bool> Allows, Func<string, DateOnly, string> Fit);

    [GeneratedRegex(@"^(thing|short_thing|number|letter|symbol|character_string|time|date|amount|phone_number|car_number|name|phrase|enum|const)[1-9][0-9]{0,2}$")]
    private static partial Regex KeyForm();

    [GeneratedRegex(@"^(?=.{1,32}\z)[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"[0-9]{1,20}(\.[0-9]{1,10})?")]
    private static partial Regex AnyNumber();

    [GeneratedRegex(@"[0-9]{1,10}(\.[0-9]{1,2})?")]
    private static partial Regex ShortNumber();

    [GeneratedRegex(@"^[￥¥$][0-9]{1,10}(\.[0-9]{1,2})?元?\z")]
    private static partial Regex AmountForm();

    [GeneratedRegex(@"^([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日 )?([01][0-9]|2[0-3]):[0-5][0-9]\z")]
    private static partial Regex TimeForm();

    [GeneratedRegex(@"^[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日( ([01][0-9]|2[0-3]):[0-5][0-9])?\z")]
    private static partial Regex DateForm();

    [GeneratedRegex(@"^[\u4e00-\u9fffA-Z0-9][A-Z0-9]{1,6}[\u4e00-\u9fffA-Z0-9]\z")]
    private static partial Regex CarForm();

    [GeneratedRegex(@"[0-9+(][0-9 ()-]*")]
    private static partial Regex PhoneForm();

    [GeneratedRegex(@"(?<![0-9:])([01]?[0-9]|2[0-3]):([0-5][0-9])(?![0-9])")]
    private static partial Regex Clock();

    [GeneratedRegex(@"(?:(?<![0-9])([0-9]{4})[年-])?(?<![0-9])([0-9]{1,2})[月-]([0-9]{1,2})(?:日|号|(?![0-9]))")]
    private static partial Regex AnyDay();
}
