using Bot.Domain.Calendar;

namespace Bot.Dialogs.Understanding;

/// <summary>A day, with the time of day when it was said, and the very words that said it.</summary>
public sealed record Moment(DateOnly On, TimeOnly? At, string Said)
{
    /// <summary>Not that day but by the end of it: 月底前, 下周三之前, 三天内.</summary>
    public bool By { get; init; }
}

/// <summary>Where a day without month, year or week is looked for: a complaint tells of the past, a wish for another date looks ahead.</summary>
public enum Facing
{
    Near,
    Past,
    Future,
}

/// <summary>
/// Reads the days that a message names: 今天、昨晚8点半、上周三、20号、11月20日、2026-11-20、十一月二十号下午3点; those that a calendar tells
/// (三天后、月底前、节后第一天) stand in <see cref="RelativeDays"/>.
/// </summary>
public static class Dates
{
    private const int CompactLength = 8;

    private static readonly WordTable<(int Days, char Part)> DayWords = new(
    [
        ((0, '-'), "今天 今日 今儿 今儿个 今个 刚才 刚刚 方才 jintian"), ((0, 'a'), "今早 今晨 今天早上"), ((0, 'e'), "今晚 今夜"),
        ((-1, '-'), "昨天 昨日 昨儿 昨儿个 zuotian"), ((-1, 'a'), "昨早"), ((-1, 'e'), "昨晚 昨夜"),
        ((-2, '-'), "前天 前日 前儿 前儿个 qiantian"), ((-2, 'e'), "前晚"), ((-3, '-'), "大前天"),
        ((1, '-'), "明天 明日 明儿 明儿个 mingtian"), ((1, 'a'), "明早 明晨"), ((1, 'e'), "明晚"),
        ((2, '-'), "后天 后日 后儿 houtian"), ((2, 'e'), "后晚"), ((3, '-'), "大后天"),
    ]);

    private static readonly WordTable<int?> WeekWords = new([(-1, "上周 上星期 上礼拜 上个星期 上个礼拜"), (-2, "上上周 上上星期"), (0, "本周 这周 这个星期 这星期 这礼拜 这个礼拜 本星期"), (1, "下周 下星期 下礼拜 下个星期 下个礼拜"), (2, "下下周 下下星期"), (null, "周 星期 礼拜")]);

    private static readonly WordTable<int> MonthWords = new([(-1, "上个月 上月"), (0, "本月 这个月 当月"), (1, "下个月 下月")]);

    private static readonly WordTable<int> YearWords = new([(-1, "去年"), (0, "今年 本年"), (1, "明年")]);

    private static readonly WordTable<char> DayParts = new([('n', "凌晨 半夜 后半夜"), ('a', "清晨 早上 早晨 上午 早"), ('m', "中午 正午"), ('p', "下午 午后 傍晚"), ('e', "晚上 夜里 晚间 夜间 晚")]);

    // A number before "号" is a place and not a day when one of these follows.
    private const string PlacesAfterNumber = "楼车门厂库仓线机炉窗院桥文店铺员房厅栋幢柜岗井罐池泵梯区令码路街巷";

    /// <summary>The moment, or null when the message names none or one that no calendar has (2月30日).</summary>
    public static Moment? Of(string text, DateTime chinaNow) => Of(text, chinaNow, Facing.Near);

    /// <summary>
    /// The same, with a day that could be past or to come looked for on the given side of today; working days and holidays are known only with a calendar.
    /// A day that is said not to be meant gives way to the next ("不是昨天，是前天", "周三不行，改到周五").
    /// </summary>
    public static Moment? Of(string text, DateTime chinaNow, Facing facing, WorkingCalendar? calendar = null)
    {
        var found = Find(Normalise.Text(text).ToLowerInvariant(), chinaNow, facing, calendar);
        var meant = found.FindAll(one => !one.Denied);
        if (meant.Count == 0) return null;
        return meant.Find(one => one.Destination)?.Moment ?? (meant.Find(one => !one.Unfit) ?? (found.Exists(one => one.FirmlyUnfit) ? null : meant[0]))?.Moment;
    }

    /// <summary>Every day that is meant, each once, in the order told.</summary>
    public static IReadOnlyList<Moment> All(string text, DateTime chinaNow, Facing facing, WorkingCalendar? calendar = null) =>
        [.. Find(Normalise.Text(text).ToLowerInvariant(), chinaNow, facing, calendar).Where(one => !one.Denied).Select(one => one.Moment).DistinctBy(moment => moment.On)];

    private static List<Mention> Find(string whole, DateTime chinaNow, Facing facing, WorkingCalendar? calendar)
    {
        var today = DateOnly.FromDateTime(chinaNow);
        var relative = RelativeDays.MayBeIn(whole);
        var found = new List<Mention>();
        (TimeOnly At, bool NextDay, string Said)? alone = null;
        for (var i = 0; i < whole.Length; i++)
        {
            var at = i;
            if (relative && RelativeDays.Read(whole, ref at, chinaNow, facing, calendar) is { } told)
            {
                var spoken = whole[i..at].TrimEnd();
                var hour = told.At ?? ReadTime(whole, ref at, '-', bareHour: true, out _);
                found.Add(Mention.Of(whole, i, at, new Moment(told.On, hour, told.At is null && hour is not null ? whole[i..at].TrimEnd() : spoken) { By = told.By }));
                i = at - 1;
                continue;
            }

            at = i;
            var day = ReadDay(whole, ref at, today, facing, out var part, out var impossible);
            if (impossible) return [];
            if (day is not null)
            {
                var time = ReadTime(whole, ref at, part, bareHour: true, out var nextDay);
                found.Add(Mention.Of(whole, i, at, new Moment(nextDay ? day.Value.AddDays(1) : day.Value, time, whole[i..at].TrimEnd()) { By = RelativeDays.IsLimit(whole, at) }));
                i = at - 1;
                continue;
            }

            at = i;
            if (alone is null && (i == 0 || !IsNumberLike(whole[i - 1])) && ReadTime(whole, ref at, '-', bareHour: false, out var next) is { } hourAlone) alone = (hourAlone, next, whole[i..at]);
        }

        // A time without a day is of today, unless the day stands elsewhere: 下午三点来的，就是昨天.
        if (alone is var (clock, tomorrow, said))
        {
            if (found.Count == 0) found.Add(Mention.Of(whole, 0, 0, new Moment(tomorrow ? today.AddDays(1) : today, clock, said)));
            else if (found is [{ Moment.At: null } only]) found[0] = only with { Moment = only.Moment with { At = clock } };
        }

        return found;
    }

    private static DateOnly? ReadDay(string text, ref int at, DateOnly today, Facing facing, out char part, out bool impossible)
    {
        (part, impossible) = ('-', false);
        var rest = text.AsSpan(at);
        var before = at > 0 ? text[at - 1] : ' ';
        if (DayWords.Read(rest, out var length, out var word) && !(before is '以' or '之' or '然' or '最' or '大' or '目' or '当'))
        {
            at += length;
            part = word.Part;
            return today.AddDays(word.Days);
        }

        if (WeekWords.Read(rest, out length, out var weeks) && ReadWeekday(text, at, length, before, today, weeks, facing) is { } weekday)
        {
            at += length + 1;
            return weekday;
        }

        return IsNumberLike(before) || before is '第' or '-' or '/' or '.' or ']' or '〕' or ')' && at > 1
            ? null
            : ReadCalendarDay(text, ref at, today, facing, out impossible);
    }

    private static DateOnly? ReadWeekday(string text, int at, int length, char before, DateOnly today, int? weeks, Facing facing)
    {
        if (weeks is null && (Numerals.Read([before], ref at, out _) || before is '每' or '几' or '一' or '各' or '半' or '整')) return null;
        var place = at + length;
        if (place >= text.Length) return null;
        var weekday = text[place] is '日' or '天' or '末' ? 7 : "一二三四五六".IndexOf(text[place], StringComparison.Ordinal) + 1;
        if (weekday == 0 && text[place] is >= '1' and <= '7') weekday = text[place] - '0';
        if (weekday == 0 || text[place] == '末') return null;
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var day = monday.AddDays(7 * (weeks ?? 0) + weekday - 1);
        if (weeks is not null || facing == Facing.Near) return day;
        if (facing == Facing.Past) return day > today ? day.AddDays(-7) : day;
        return day < today ? day.AddDays(7) : day;
    }

    private static DateOnly? ReadCalendarDay(string text, ref int at, DateOnly today, Facing facing, out bool impossible)
    {
        impossible = false;
        var (place, year, month) = (at, (int?)null, (int?)null);
        if (YearWords.Read(text.AsSpan(place), out var length, out var years))
        {
            year = today.Year + years;
            place += length;
        }
        else if (ReadCompact(text, at) is { } compact)
        {
            at += CompactLength;
            return Make(compact.Year, compact.Month, compact.Day, out impossible);
        }
        else if (Numerals.ReadYear(text, ref place, out var written) && place < text.Length && text[place] is '年' or '-' or '/' or '.')
        {
            year = written;
            place++;
        }
        else if ((place = at) + 2 < text.Length && text[at + 2] == '年' && Numerals.Read(text, ref place, out var inCentury) && inCentury is >= 20 and < 40 && text[place] == '年') (year, place) = (2000 + inCentury, place + 1);
        else place = at;

        if (year is null && MonthWords.Read(text.AsSpan(place), out length, out var months))
        {
            var first = new DateOnly(today.Year, today.Month, 1).AddMonths(months);
            (year, month) = (first.Year, first.Month);
            place += length;
        }

        SkipSpace(text, ref place);
        if (!Numerals.Read(text, ref place, out var number)) return null;
        if (month is not null || year is null && place < text.Length && text[place] is '号' or '日')
        {
            if (!IsDayMark(text, place, facing, withMonth: month is not null)) return null;
            at = place + 1;
            return month is not null ? Make(year!.Value, month.Value, number, out impossible) : DayOfMonth(number, today, facing, out impossible);
        }

        if (place >= text.Length || !IsMonthMark(text, at, place, year is not null)) return null;
        var mark = text[place++];
        SkipSpace(text, ref place);
        if (!Numerals.Read(text, ref place, out var day)) return null;
        if (place < text.Length && text[place] is '日' or '号') place++;
        else if (mark != '月' && place < text.Length && (char.IsAsciiLetterOrDigit(text[place]) || text[place] is '-' or '/' or '.' or '%')) return null;
        at = place;
        return year is not null ? Make(year.Value, number, day, out impossible) : DayOfYear(number, day, today, facing, out impossible);
    }

    // "11月20" and "2026-11-20" say a month; "3-5" or "1.5" alone could be anything, so a bare mark counts only at the beginning of the message.
    private static bool IsMonthMark(string text, int start, int place, bool yearSaid) =>
        text[place] == '月' || yearSaid && text[place] is '-' or '/' or '.' || start == 0 && (text[place] is '-' or '/' || text[place] == '.' && text.Length - place == 3 && char.IsAsciiDigit(text[place + 1]) && char.IsAsciiDigit(text[place + 2]));

    // 20261125
    private static (int Year, int Month, int Day)? ReadCompact(string text, int at)
    {
        if (at + CompactLength > text.Length || at + CompactLength < text.Length && char.IsAsciiLetterOrDigit(text[at + CompactLength])) return null;
        var digits = text.AsSpan(at, CompactLength);
        if (digits.ContainsAnyExceptInRange('0', '9') || !digits.StartsWith("20")) return null;
        return (Two(digits[..2]) * 100 + Two(digits[2..4]), Two(digits[4..6]), Two(digits[6..]));

        static int Two(ReadOnlySpan<char> two) => (two[0] - '0') * 10 + two[1] - '0';
    }

    // 25日前 looks ahead to the 25th; told of the past it counts days.
    private static bool IsDayMark(string text, int place, Facing facing, bool withMonth)
    {
        if (place >= text.Length || text[place] is not ('号' or '日')) return withMonth && (place >= text.Length || !Normalise.IsHan(text[place]));
        if (withMonth || place + 1 >= text.Length) return true;
        var next = text[place + 1];
        return text[place] == '号' ? !PlacesAfterNumber.Contains(next, StringComparison.Ordinal) : next is not ('内' or '常' or '期' or '后' or '起' or '以' or '之') && (next != '前' || facing != Facing.Past);
    }

    private static DateOnly? DayOfMonth(int day, DateOnly today, Facing facing, out bool impossible)
    {
        impossible = day is < 1 or > 31;
        if (impossible) return null;
        var first = new DateOnly(today.Year, today.Month, 1);
        if (facing == Facing.Past && day > today.Day) first = first.AddMonths(-1);
        if (facing == Facing.Future && day < today.Day) first = first.AddMonths(1);
        return Make(first.Year, first.Month, day, out impossible);
    }

    private static DateOnly? DayOfYear(int month, int day, DateOnly today, Facing facing, out bool impossible)
    {
        var inYear = Make(today.Year, month, day, out impossible);
        if (inYear is not { } guess) return month == 2 && day == 29 ? LeapDay(today, facing, out impossible) : null;
        var distance = guess.DayNumber - today.DayNumber;
        const int HalfYear = 183;
        if (facing == Facing.Past ? distance > 0 : facing == Facing.Near && distance > HalfYear) return Make(today.Year - 1, month, day, out impossible);
        return (facing == Facing.Future ? distance < 0 : facing == Facing.Near && distance < -HalfYear) ? Make(today.Year + 1, month, day, out impossible) : guess;
    }

    private static DateOnly? LeapDay(DateOnly today, Facing facing, out bool impossible)
    {
        var year = today.Year + (facing == Facing.Past ? -1 : 1);
        return Make(year, 2, 29, out impossible);
    }

    private static DateOnly? Make(int year, int month, int day, out bool impossible)
    {
        impossible = month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month);
        return impossible ? null : new DateOnly(year, month, day);
    }

    private static TimeOnly? ReadTime(string text, ref int at, char part, bool bareHour, out bool nextDay)
    {
        nextDay = false;
        var place = at;
        while (place < text.Length && text[place] is ' ' or ',' or '的' or '大' or '概' or '约' or '差' or '不' or '多' or '、') place++;
        if (DayParts.Read(text.AsSpan(place), out var length, out var said))
        {
            part = said;
            place += length;
            if (bareHour) at = place;
        }

        SkipSpace(text, ref place);
        if (!Numerals.Read(text, ref place, out var hour) || hour > 24 || place >= text.Length) return null;
        var colon = text[place] == ':';
        if (!colon && text[place] is not ('点' or '时')) return null;
        if (text[place] == '时' && place + 1 < text.Length && text[place + 1] is '候' or '间' or '段') return null;
        place++;
        var minuteSaid = ReadMinutes(text, ref place, colon, out var minute);
        if (minute > 59 || colon && !minuteSaid) return null;
        if (!bareHour && part == '-' && !minuteSaid) return null;
        at = place;
        return OfDay(hour, minute, part, out nextDay);
    }

    private static bool ReadMinutes(string text, ref int place, bool colon, out int minute)
    {
        minute = 0;
        var rest = text.AsSpan(place);
        if (rest.StartsWith("半")) (minute, place) = (30, place + 1);
        else if (rest.StartsWith("一刻")) (minute, place) = (15, place + 2);
        else if (rest.StartsWith("三刻")) (minute, place) = (45, place + 2);
        else if (rest.StartsWith("整") || rest.StartsWith("钟")) place++;
        else
        {
            var at = place;
            if (!Numerals.Read(text, ref at, out minute)) return false;
            var marked = at < text.Length && text[at] == '分';
            if (!colon && !marked)
            {
                // "三点两个人进来": the second number counts people, not minutes.
                if (at - place < 2 || at < text.Length && Normalise.IsHan(text[at])) minute = 0;
                else place = at;
                return minute > 0;
            }

            place = marked ? at + 1 : at;
        }

        return true;
    }

    // Without a part of the day an hour from 1 to 6 is meant in the afternoon: nobody is inspected at three in the night, and the review shows it.
    private static TimeOnly? OfDay(int hour, int minute, char part, out bool nextDay)
    {
        nextDay = hour == 24 || part == 'e' && hour == 12;
        if (nextDay) return new TimeOnly(0, minute);
        var afternoon = part switch
        {
            'p' => hour is >= 1 and < 12,
            'e' => hour is >= 4 and < 12,
            'm' => hour is >= 1 and <= 3,
            '-' => hour is >= 1 and <= 6,
            _ => false,
        };
        return new TimeOnly((part == 'n' && hour == 12 ? 0 : hour) + (afternoon ? 12 : 0), minute);
    }

    private static void SkipSpace(string text, ref int place)
    {
        while (place < text.Length && text[place] == ' ') place++;
    }

    internal static bool IsNumberLike(char c) => char.IsAsciiLetterOrDigit(c) || "〇一二三四五六七八九十两几零".Contains(c, StringComparison.Ordinal);

    /// <summary>A day where it stands, and what the words around it say about it.</summary>
    private sealed record Mention(Moment Moment, bool Denied, bool Destination, bool Unfit, bool FirmlyUnfit)
    {
        private static readonly string[] Denials = ["并不是", "不是", "并非", "不要", "不在", "别"];
        private static readonly string[] Questions = ["是不是", "要不要", "在不在"];
        private static readonly string[] Moves = ["改到", "改成", "改为", "改在", "换到", "换成", "推到", "推迟到", "延到", "延期到", "延后到", "挪到", "放到", "调到", "安排到", "安排在", "提前到"];
        private static readonly string[] FirmRefusals = ["不行", "不方便", "没空", "没时间", "不合适", "来不了", "没人"];
        private static readonly string[] Refusals = ["不对", "说错", "错了", "记错", "搞错", "不可以", "有事", "停产", "休息", "不上班", "出差", "盘点"];

        public static Mention Of(string text, int from, int to, Moment moment)
        {
            var before = text.AsSpan(0, from);
            var after = text.AsSpan(to).TrimStart(" ,的那这天我们厂里公司都吧啊哦嗯");
            var firmly = StartsWithAny(after, FirmRefusals);
            return new Mention(moment, EndsWithAny(before, Denials) && !EndsWithAny(before, Questions), EndsWithAny(before, Moves), firmly || StartsWithAny(after, Refusals), firmly);
        }

        private static bool EndsWithAny(ReadOnlySpan<char> text, string[] words)
        {
            foreach (var word in words)
            {
                if (text.EndsWith(word, StringComparison.Ordinal)) return true;
            }

            return false;
        }

        private static bool StartsWithAny(ReadOnlySpan<char> text, string[] words)
        {
            foreach (var word in words)
            {
                if (text.StartsWith(word, StringComparison.Ordinal)) return true;
            }

            return false;
        }
    }
}
