using System.Buffers;
using Bot.Domain.Calendar;

namespace Bot.Dialogs.Understanding;

/// <summary>
/// Days that have to be counted: 三天后, 两周前, 半小时前, 下个工作日, 月底前, 本月最后一个工作日, 节后第一天. What is only roughly said (上月初, 过几天, 周末) is no day
/// where the past is told, and is asked for.
/// </summary>
internal static class RelativeDays
{
    private const int FarthestHoliday = 400;
    private const int HalfMonth = 15;

    private enum Unit
    {
        Minute,
        Hour,
        Day,
        WorkingDay,
        Week,
        Month,
        Year,
    }

    private static readonly SearchValues<char> Signs = SearchValues.Create("前后内底末初中过节假工最第年");

    private static readonly WordTable<Unit> Units = new(
    [
        (Unit.Minute, "分钟"), (Unit.Hour, "小时 个小时 钟头 个钟头"), (Unit.Day, "天 日"), (Unit.WorkingDay, "个工作日 工作日 个工作天"),
        (Unit.Week, "周 星期 个星期 礼拜 个礼拜"), (Unit.Month, "个月"), (Unit.Year, "年"),
    ]);

    private static readonly WordTable<char> Tails = new([('+', "后 以后 之后 过后"), ('-', "前 以前 之前"), ('b', "内 以内 之内")]);

    private static readonly WordTable<int> Months = new([(-1, "上个月 上月"), (0, "本月 这个月 当月 月"), (1, "下个月 下月")]);

    private static readonly WordTable<int> Weeks = new([(-1, "上周 上星期 上个星期 上礼拜"), (0, "本周 这周 这个星期 本星期 这礼拜 周"), (1, "下周 下星期 下个星期 下礼拜")]);

    private static readonly WordTable<int> Years = new([(-1, "去年"), (0, "今年 本年 年"), (1, "明年")]);

    private static readonly WordTable<char> Parts = new(
    [
        ('e', "底 末 月底 月末"), ('b', "内 之内 以内"), ('s', "初 月初"), ('m', "中 月中"),
        ('l', "最后一天 最后1天"), ('w', "最后一个工作日 最后1个工作日 最后一个工作天"), ('f', "第一天 第1天"),
    ]);

    private static readonly WordTable<string> Holidays = new(
    [
        ("元旦", "元旦 元旦节"), ("春节", "春节 过年 过完年"), ("清明", "清明 清明节"), ("劳动节", "劳动节 五一 五一节"), ("端午", "端午 端午节"), ("中秋", "中秋 中秋节"), ("国庆", "国庆 国庆节 十一"),
        ("", "节 放假 放完假 过完节 长假 小长假 假期 节假日"),
    ]);

    private static readonly WordTable<bool> HolidayTails = new([(true, "长假 小长假 假期 放假 节假期")]);

    private static readonly string[] Passed = ["过完年", "过完节", "放完假"];

    private static readonly string[] WorkingStarts = ["下一个工作日", "下个工作日", "下一工作日", "上一个工作日", "上个工作日"];

    /// <summary>Almost no message has any of these.</summary>
    public static bool MayBeIn(string text) => text.AsSpan().ContainsAny(Signs);

    /// <summary>Whether what stands before is a limit: 下周三前, 月底之前, 12月4日下班前.</summary>
    public static bool IsLimit(string text, int at)
    {
        var rest = text.AsSpan(at).TrimStart(' ');
        if (rest.StartsWith("下班")) rest = rest[2..];
        if (rest.StartsWith("之前") || rest.StartsWith("以前")) return true;
        return rest.StartsWith("前") && (rest.Length == 1 || rest[1] is not ('后' or '台' or '面' or '门' or '来' or '往'));
    }

    public static (DateOnly On, TimeOnly? At, bool By)? Read(string text, ref int at, DateTime now, Facing facing, WorkingCalendar? calendar)
    {
        var today = DateOnly.FromDateTime(now);
        var start = at;
        if (ReadDistance(text, ref at, now, facing, calendar) is { } distance) return distance;
        at = start;
        if (calendar is not null && ReadHoliday(text, ref at, today, facing, calendar) is { } holiday) return (holiday.On, null, holiday.By);
        at = start;
        if (calendar is not null && ReadNextWorkingDay(text, ref at, today, calendar) is { } next) return (next, null, IsLimit(text, at));
        at = start;
        if (ReadSpan(text, ref at, today, facing) is not var (from, to)) return null;
        if (ReadPart(text, ref at, from, to, facing, calendar) is { } part) return (part.On, null, part.By);
        at = start;
        return null;
    }

    // 三天后, 过两天, 一周前, 半个月后, 3个工作日内, 半小时前
    private static (DateOnly On, TimeOnly? At, bool By)? ReadDistance(string text, ref int at, DateTime now, Facing facing, WorkingCalendar? calendar)
    {
        if (at > 0 && (Dates.IsNumberLike(text[at - 1]) || text[at - 1] is '第' or '每')) return null;
        var place = at;
        var passing = text.AsSpan(place).StartsWith("再过") ? 2 : text[place] == '过' ? 1 : 0;
        place += passing;
        if (place >= text.Length) return null;
        var half = text[place] == '半';
        var amount = 0;
        if (half) place++;
        else if (!Numerals.Read(text, ref place, out amount)) return null;
        if (!Units.Read(text.AsSpan(place), out var length, out var unit)) return null;
        var unitIsDayMark = text[place] == '日';
        place += length;
        var direction = '+';
        if (Tails.Read(text.AsSpan(place), out length, out var tail)) (direction, place) = (tail, place + length);
        else if (passing == 0) return null;
        if (direction == 'b' && facing != Facing.Future || direction == '-' && facing == Facing.Future || unitIsDayMark && (direction == '+' || direction == '-' && facing != Facing.Past)) return null;
        if (half && unit is Unit.Day or Unit.Week or Unit.WorkingDay or Unit.Minute) return null;
        at = place;
        var sign = direction == '-' ? -1 : 1;
        if (unit is Unit.Hour or Unit.Minute)
        {
            if (direction == 'b') return null;
            var then = now.AddMinutes(sign * (half ? 30 : unit == Unit.Hour ? amount * 60 : amount));
            return (DateOnly.FromDateTime(then), new TimeOnly(then.Hour, then.Minute), false);
        }

        var today = DateOnly.FromDateTime(now);
        if (unit == Unit.WorkingDay && calendar is null || amount > FarthestHoliday) return null;
        var on = unit switch
        {
            Unit.WorkingDay => calendar!.AddWorkingDays(today, sign * amount),
            Unit.Week => today.AddDays(sign * 7 * amount),
            Unit.Month => half ? today.AddDays(sign * HalfMonth) : today.AddMonths(sign * amount),
            Unit.Year => today.AddMonths(sign * (half ? 6 : 12 * amount)),
            _ => today.AddDays(sign * amount),
        };
        return (on, null, direction == 'b');
    }

    private static DateOnly? ReadNextWorkingDay(string text, ref int at, DateOnly today, WorkingCalendar calendar)
    {
        var rest = text.AsSpan(at);
        foreach (var word in WorkingStarts)
        {
            if (!rest.StartsWith(word, StringComparison.Ordinal)) continue;
            at += word.Length;
            return calendar.AddWorkingDays(today, word[0] == '上' ? -1 : 1);
        }

        return null;
    }

    // 本月, 下个月, 11月, 下周, 今年: what a part is taken of.
    private static (DateOnly From, DateOnly To)? ReadSpan(string text, ref int at, DateOnly today, Facing facing)
    {
        var rest = text.AsSpan(at);
        var before = at > 0 ? text[at - 1] : ' ';
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        if (Months.Read(rest, out var length, out var months) && !(rest[0] == '月' && (Dates.IsNumberLike(before) || before == '个')))
        {
            at += length;
            return Month(new DateOnly(today.Year, today.Month, 1).AddMonths(months));
        }

        if (Weeks.Read(rest, out length, out var weeks) && !(rest[0] == '周' && before is not (' ' or ',')))
        {
            at += length;
            return (monday.AddDays(7 * weeks), monday.AddDays(7 * weeks + 6));
        }

        if (Years.Read(rest, out length, out var years) && !(rest[0] == '年' && (Dates.IsNumberLike(before) || before == '周')))
        {
            at += length;
            return (new DateOnly(today.Year + years, 1, 1), new DateOnly(today.Year + years, 12, 31));
        }

        var place = at;
        if (Dates.IsNumberLike(before) || !Numerals.Read(text, ref place, out var month) || month is < 1 or > 12 || place >= text.Length || text[place] != '月') return null;
        at = place + 1;
        var inYear = new DateOnly(today.Year, month, 1);
        if (facing == Facing.Past && inYear > today) inYear = inYear.AddYears(-1);
        if (facing != Facing.Past && inYear.AddMonths(1) <= today) inYear = inYear.AddYears(1);
        return Month(inYear);
    }

    private static (DateOnly, DateOnly) Month(DateOnly first) => (first, first.AddMonths(1).AddDays(-1));

    private static (DateOnly On, bool By)? ReadPart(string text, ref int at, DateOnly from, DateOnly to, Facing facing, WorkingCalendar? calendar)
    {
        var place = at;
        if (place < text.Length && text[place] is '份' or '的') place++;
        if (text.AsSpan(place).StartsWith("底的") || text.AsSpan(place).StartsWith("末的")) place += 2;
        if (ReadWorkingDayOf(text, ref place, from, to, calendar) is { } counted)
        {
            at = place;
            return (counted, IsLimit(text, at));
        }

        if (!Parts.Read(text.AsSpan(place), out var length, out var part)) return null;
        if (part == 'e' && text.AsSpan(place + length).StartsWith("最后一") && Parts.Read(text.AsSpan(place + length), out var more, out var exact)) (length, part) = (length + more, exact);
        place += length;
        var month = to.DayNumber - from.DayNumber is > 6 and < 31;
        var limit = IsLimit(text, place);
        DateOnly? on = part switch
        {
            'l' => to,
            'f' => from,
            'w' => calendar?.AddWorkingDays(to.AddDays(1), -1),
            'b' when facing == Facing.Future => to,
            'e' when facing != Facing.Past && to.DayNumber - from.DayNumber > 6 => to,
            'e' when limit && facing == Facing.Future => to.AddDays(-2),
            's' when month && facing == Facing.Future => from,
            'm' when month && facing == Facing.Future => from.AddDays(HalfMonth - 1),
            _ => null,
        };
        if (on is null) return null;
        at = place;
        return (on.Value, part == 'b' || limit);
    }

    // 第三个工作日, 倒数第二个工作日
    private static DateOnly? ReadWorkingDayOf(string text, ref int at, DateOnly from, DateOnly to, WorkingCalendar? calendar)
    {
        var place = at;
        var backward = text.AsSpan(place).StartsWith("倒数");
        if (backward) place += 2;
        if (calendar is null || place >= text.Length || text[place] != '第') return null;
        place++;
        if (!Numerals.Read(text, ref place, out var number) || number is < 1 or > 23 || !text.AsSpan(place).StartsWith("个工作日")) return null;
        at = place + 4;
        return backward ? calendar.AddWorkingDays(to.AddDays(1), -number) : calendar.AddWorkingDays(from.AddDays(-1), number);
    }

    // 节前, 节后第一天, 春节前最后一个工作日, 国庆后第三个工作日, 年后
    private static (DateOnly On, bool By)? ReadHoliday(string text, ref int at, DateOnly today, Facing facing, WorkingCalendar calendar)
    {
        var before = at > 0 ? text[at - 1] : ' ';
        var place = at;
        string? name;
        if (text[place] == '年' && !Dates.IsNumberLike(before) && before is not ('今' or '明' or '去' or '每' or '周' or '半' or '全' or '多' or '几'))
            (name, place) = ("春节", place + 1);
        else if (Holidays.Read(text.AsSpan(place), out var length, out name)) place += length;
        else return null;
        var word = text[at..place];
        if (word == "节" && before is '情' or '环' or '季' or '细' or '调' or '章' or '关' or '末' || word == "十一" && Dates.IsNumberLike(before)) return null;
        if (HolidayTails.Read(text.AsSpan(place), out var tail, out _)) place += tail;
        var passed = Array.IndexOf(Passed, word) >= 0;
        if (!passed && !Tails.Read(text.AsSpan(place), out tail, out _)) return null;
        var direction = '+';
        if (Tails.Read(text.AsSpan(place), out tail, out var read)) (direction, place) = (read, place + tail);
        if (direction == 'b') return null;
        var nth = ReadNth(text, ref place, direction);
        if (nth is null && facing == Facing.Past) return null;
        if (Stretch(name, today, facing, direction == '+', calendar) is not var (from, to)) return null;
        at = place;
        return direction == '-'
            ? (calendar.AddWorkingDays(from, -(nth ?? 1)), nth is null || IsLimit(text, at))
            : (calendar.AddWorkingDays(to, nth ?? 1), IsLimit(text, at));
    }

    private static int? ReadNth(string text, ref int at, char direction)
    {
        var place = at;
        if (text.AsSpan(place).StartsWith("的")) place++;
        if (text.AsSpan(place).StartsWith("上班")) place += 2;
        if (direction == '-')
        {
            foreach (var word in (string[])["最后一个工作日", "最后一天", "一个工作日", "一天"])
            {
                if (!text.AsSpan(place).StartsWith(word)) continue;
                at = place + word.Length;
                return 1;
            }

            return null;
        }

        if (place >= text.Length || text[place] is not ('第' or '头' or '首')) return null;
        var first = text[place] != '第';
        place++;
        if (!Numerals.Read(text, ref place, out var number))
        {
            if (!first) return null;
            number = 1;
        }

        foreach (var word in (string[])["个工作日", "个上班日", "天", "日"])
        {
            if (!text.AsSpan(place).StartsWith(word) || number is < 1 or > 30) continue;
            at = place + word.Length;
            return number;
        }

        return null;
    }

    /// <summary>The days off around a holiday, weekends joined to it included: the coming ones, the last ones where the past is told, the nearest of a name otherwise.</summary>
    private static (DateOnly From, DateOnly To)? Stretch(string name, DateOnly today, Facing facing, bool after, WorkingCalendar calendar)
    {
        var (past, coming) = (Search(-1), Search(1));
        if (facing == Facing.Past) return past;
        if (facing == Facing.Future || name.Length == 0 || past is null || coming is null) return coming;
        return today.DayNumber - past.Value.To.DayNumber < coming.Value.From.DayNumber - today.DayNumber ? past : coming;

        (DateOnly From, DateOnly To)? Search(int step)
        {
            for (var (day, left) = (today, FarthestHoliday); left > 0; (day, left) = (day.AddDays(step), left - 1))
            {
                if (calendar.Describe(day) is not { Kind: DayKind.Holiday } info || !info.Why.Contains(name, StringComparison.Ordinal)) continue;
                var (from, to) = (day, day);
                while (!calendar.IsWorkingDay(from.AddDays(-1))) from = from.AddDays(-1);
                while (!calendar.IsWorkingDay(to.AddDays(1))) to = to.AddDays(1);

                // In the middle of the holiday its end lies ahead and its beginning behind.
                if (step > 0 ? after || from > today : !after || to < today) return (from, to);
                (day, left) = step > 0 ? (to, left - (to.DayNumber - day.DayNumber)) : (from, left - (day.DayNumber - from.DayNumber));
            }

            return null;
        }
    }
}
