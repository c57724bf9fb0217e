using Bot.Domain.People;

namespace Bot.Domain.Plans;

/// <summary>Who leads where several units oversee the same field: food, gas, hazardous chemicals … (W03).</summary>
public static class LeadUnits
{
    /// <summary>Null when nobody is named for that field.</summary>
    public static Unit? Of(string field, IEnumerable<Unit> units) =>
        field.Length == 0 ? null : units.FirstOrDefault(unit => unit.LeadsFields.Contains(field, StringComparer.Ordinal));
}
