namespace Bot.Domain.Calendar;

/// <summary>A stretch of the day; the end is no longer part of it.</summary>
public sealed record OfficeSpan(TimeOnly From, TimeOnly To);

/// <summary>When officials are at their desks: the same spans on every working day.</summary>
public sealed record OfficeHours(IReadOnlyList<OfficeSpan> Spans)
{
    public bool IsOpen(DateTime chinaLocal, WorkingCalendar calendar)
    {
        var time = TimeOnly.FromDateTime(chinaLocal);
        return calendar.IsWorkingDay(DateOnly.FromDateTime(chinaLocal)) && Spans.Any(span => span.From <= time && time < span.To);
    }

    /// <summary>The moment itself when offices are open, otherwise the next moment they open.</summary>
    public DateTime NextOpening(DateTime chinaLocal, WorkingCalendar calendar)
    {
        if (IsOpen(chinaLocal, calendar)) return chinaLocal;
        var day = DateOnly.FromDateTime(chinaLocal);
        var time = TimeOnly.FromDateTime(chinaLocal);
        if (calendar.IsWorkingDay(day) && Spans.FirstOrDefault(span => span.From > time) is { } later) return day.ToDateTime(later.From);
        return calendar.NextWorkingDay(day).ToDateTime(Spans[0].From);
    }

    public bool Equals(OfficeHours? other) => other is not null && Spans.SequenceEqual(other.Spans);

    public override int GetHashCode() => Spans.Aggregate(0, HashCode.Combine);
}
