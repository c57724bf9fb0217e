using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;

namespace Bot.Dialogs.HumanHelp;

/// <summary>W01: who writes at night has the receipt at once, and hears when somebody will be at work.</summary>
internal static class AtNight
{
    /// <summary>What a receipt adds; empty by day.</summary>
    public static string Note(Chat chat)
    {
        var (now, rest) = (chat.StartedAt, chat.Rules.NightRest);
        if (!TimeOnly.FromDateTime(now).IsBetween(rest.From, rest.To))
            return "";
        var opening = chat.Rules.OfficeHours.NextOpening(now, chat.Calendar);
        return $"\n现在是夜间，已经收下；工作人员{ChineseDates.WithWeekday(DateOnly.FromDateTime(opening))}{ChineseDates.Time(TimeOnly.FromDateTime(opening))}上班后处理。";
    }
}
