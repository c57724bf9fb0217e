namespace Bot.Domain.Inspections;

/// <summary>A visit to an enterprise as the once-a-year rule sees it, planned or done.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="UnitId">Whose it is.</param>
/// <param name="Level">The unit's level: city, district, town, subdistrict.</param>
/// <param name="Section">The section within the unit.</param>
/// <param name="JointUnitIds">Who came along.</param>
/// <param name="Matters">What was looked at, by the names of the items: every level has ids of its own for the same matter (W15).</param>
/// <param name="On">When it took place, or shall.</param>
public sealed record VisitFacts(string TaskId, string UnitId, string Level, string Section, IReadOnlyCollection<string> JointUnitIds, IReadOnlyCollection<string> Matters, DateOnly On);

/// <summary>Why a visit repeats one of the same year.</summary>
public enum RepeatKind
{
    /// <summary>The matter was part of a joint inspection (W11).</summary>
    AfterJointInspection,

    /// <summary>Another section of the unit looked at the matter when the unit was there (W13).</summary>
    AfterUnifiedInspection,

    /// <summary>Another level looked at the matter; its result is to be accepted (W15).</summary>
    AfterAnotherLevel,
}

/// <summary>The same kind of inspection takes place once a civil year, whoever did it: W11, W13, W15.</summary>
/// <param name="Kind">Which rule says so.</param>
/// <param name="Earlier">The visit that looked at it already.</param>
/// <param name="Matters">What would be looked at again.</param>
public sealed record RepeatRuling(RepeatKind Kind, VisitFacts Earlier, IReadOnlyList<string> Matters)
{
    /// <summary>Null when nothing is repeated. Complaints, assigned clues and campaigns are not held back (W11).</summary>
    /// <param name="planned">The visit to come.</param>
    /// <param name="type">Daily, special or ad-hoc.</param>
    /// <param name="ground">Why it takes place.</param>
    /// <param name="done">Visits to the same enterprise that took place; those of other years are passed over.</param>
    public static RepeatRuling? Of(VisitFacts planned, InspectionType type, InspectionGround ground, IEnumerable<VisitFacts> done)
    {
        if (type == InspectionType.Special || ground.NeedsPromptness() || ground == InspectionGround.EnterpriseRequest)
            return null;
        foreach (var earlier in done.Where(visit => visit.On.Year == planned.On.Year && visit.On <= planned.On && visit.TaskId != planned.TaskId).OrderBy(visit => visit.On))
        {
            var matters = planned.Matters.Intersect(earlier.Matters, StringComparer.Ordinal).ToList();
            if (matters.Count > 0 && KindOf(planned, earlier) is { } kind)
                return new RepeatRuling(kind, earlier, matters);
        }

        return null;
    }

    /// <summary>The same section coming again is a question of how often (J21), not of repeating what others did.</summary>
    private static RepeatKind? KindOf(VisitFacts planned, VisitFacts earlier) => 0 switch
    {
        _ when earlier.JointUnitIds.Count > 0 => RepeatKind.AfterJointInspection,
        _ when earlier.UnitId == planned.UnitId && earlier.Section.Length > 0 && planned.Section.Length > 0 && earlier.Section != planned.Section => RepeatKind.AfterUnifiedInspection,
        _ when earlier.UnitId != planned.UnitId && earlier.Level != planned.Level => RepeatKind.AfterAnotherLevel,
        _ => null,
    };
}
