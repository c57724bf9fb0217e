using System.Globalization;

namespace Bot.Domain.Calendar;

public enum PeriodUnit
{
    WorkingDays,
    CalendarDays,
    Months,
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
