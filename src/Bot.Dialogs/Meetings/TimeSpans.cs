using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;

namespace Bot.Dialogs.Meetings;

/// <summary>From when until when on one day.</summary>
internal sealed record TimeSpanOfDay(TimeOnly From, TimeOnly To)
{
    public override string ToString() => $"{ChineseDates.Time(From)}—{ChineseDates.Time(To)}";
}

/// <summary>Reads 9:00到11:00, 下午2点到4点半, 9点-11点.</summary>
internal static partial class TimeSpans
{
    private const int HalfDay = 12;

    public static Read<TimeSpanOfDay> Read(Said said)
    {
        var parts = Between().Split(said.Text);
        if (parts.Length == 2 && At(parts[0], said) is { } from && At(parts[1], said) is { } to)
        {
            // 下午2点到4点: the second time is of the same half of the day.
            if (to <= from && to.AddHours(HalfDay) > from && to.Hour < HalfDay)
                to = to.AddHours(HalfDay);
            if (to > from)
                return new TimeSpanOfDay(from, to);
        }

        return Conversations.Read.No<TimeSpanOfDay>("请说起止时间，例如“9:00到11:00”“下午2点到4点”。");
    }

    private static TimeOnly? At(string text, Said said) =>
        Clock().Match(text.Trim()) is { Success: true } clock && TimeOnly.TryParse($"{clock.Groups[1].Value}:{clock.Groups[2].Value}", out var time) ? time : Dates.Of($"今天{text}", said.ChinaNow, Facing.Near)?.At;

    [GeneratedRegex("[到至~—–-]+")]
    private static partial Regex Between();

    [GeneratedRegex("^([0-9]{1,2})[:：]([0-9]{2})$")]
    private static partial Regex Clock();
}
