using System.Globalization;

namespace Bot.Domain.Calendar;

public enum PeriodUnit
{
    WorkingDays,
    CalendarDays,
    Months,

    /// <summary>Up to a day that the paper names itself (每年3月前, J08); not moved when it is a day off.</summary>
    ExactDays,
}

/// <summary>A length of time as the regulations write it: 2个工作日, 30日, 1个月.</summary>
public readonly record struct Period(int Amount, PeriodUnit Unit)
{
    public override string ToString() => Amount.ToString(CultureInfo.InvariantCulture) + Unit switch
    {
        PeriodUnit.WorkingDays => "个工作日",
        PeriodUnit.Months => "个月",
        _ => "日",
    };
}
