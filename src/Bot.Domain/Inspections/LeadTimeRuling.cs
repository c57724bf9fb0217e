using Bot.Domain.Calendar;
using Bot.Domain.Rules;

namespace Bot.Domain.Inspections;

/// <summary>Whether a task was registered in time before the inspection (J36). What needs no plan needs no lead either.</summary>
/// <param name="Applies">Only inspections under a plan are held to it.</param>
/// <param name="LatestOn">The last day in time, counted back from the inspection and never moved.</param>
/// <param name="DaysBefore">How many days before the inspection it was registered.</param>
public sealed record LeadTimeRuling(bool Applies, DateOnly LatestOn, int DaysBefore)
{
    /// <summary>How many days ahead the pack wants it.</summary>
    public int Needed { get; private init; }

    public bool IsLate => Applies && DaysBefore < Needed;

    public static LeadTimeRuling Of(InspectionGround ground, DateOnly scheduledOn, DateOnly registeredOn, WorkingCalendar calendar, RulePack rules)
    {
        var needed = rules.RegisterBefore.Period.Amount;
        return new LeadTimeRuling(ground == InspectionGround.Plan, calendar.Before(scheduledOn, needed), scheduledOn.DayNumber - registeredOn.DayNumber) { Needed = needed };
    }
}
