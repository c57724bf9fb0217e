namespace Bot.Domain.Calendar;

/// <summary>企业安静日: the days of every month on which no daily inspection takes place (J13). Only the civil date in China counts.</summary>
public sealed record QuietDays(int From, int To)
{
    /// <summary>Where the rule stands, so that a refusal can quote it.</summary>
    public string Clause { get; init; } = "";

    public string Document { get; init; } = "";

    public bool Covers(DateOnly day) => day.Day >= From && day.Day <= To;

    /// <summary>The first working day outside the quiet days, the wanted day itself when it is one.</summary>
    public DateOnly EarliestOutside(DateOnly wanted, WorkingCalendar calendar)
    {
        var day = wanted;
        while (Covers(day) || !calendar.IsWorkingDay(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>1—15日</summary>
    public override string ToString() => FormattableString.Invariant($"{From}—{To}日");
}
