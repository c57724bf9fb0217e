namespace Bot.Domain.Calendar;

/// <summary>The yearly notice of the State Council General Office: which days are off and which weekend days are worked.</summary>
public sealed record HolidayYear(int Year, string NoticeNumber, string Title, DateOnly? Issued, IReadOnlyList<Holiday> Holidays);

/// <summary>One holiday of a notice with the weekend days that make up for it.</summary>
public sealed record Holiday(string Name, IReadOnlyList<DateOnly> Off, IReadOnlyList<DateOnly> MakeUp);
