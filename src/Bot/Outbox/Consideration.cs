using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;

namespace Bot.Outbox;

/// <summary>
/// When a notice may disturb somebody: not at night, officials not on days off and their reminders not before the morning list (domain.md 5.6).
/// Somebody who is in the talk just now is not disturbed by it.
/// </summary>
public static class Consideration
{
    /// <summary>The earliest instant (UTC) to send it; <paramref name="now"/> itself when it may go at once.</summary>
    public static DateTime Earliest(Notice notice, Person person, bool present, DateTime now, RulePack rules, WorkingCalendar calendar)
    {
        if (notice.Urgent || present)
            return now;
        var china = rules.NightRest.EndAfter(ChinaClock.ToChina(now));
        if (person.Role.IsOfficial())
            china = ForOfficials(china, notice.Digest ? person.RemindAt ?? rules.MorningDigest.At : null, rules.NightRest.To, calendar);
        var utc = ChinaClock.ToUtc(DateOnly.FromDateTime(china), TimeOnly.FromDateTime(china));
        return utc > now ? utc : now;
    }

    private static DateTime ForOfficials(DateTime china, TimeOnly? morning, TimeOnly dayBegins, WorkingCalendar calendar)
    {
        var day = DateOnly.FromDateTime(china);
        if (!calendar.IsWorkingDay(day))
            return calendar.NextWorkingDay(day).ToDateTime(morning ?? dayBegins);
        return morning is { } at && TimeOnly.FromDateTime(china) < at ? day.ToDateTime(at) : china;
    }
}
