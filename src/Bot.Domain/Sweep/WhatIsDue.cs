using Bot.Domain.Calendar;
using Bot.Domain.Directories;
using Bot.Domain.Rules;
using Bot.Domain.Visits;

namespace Bot.Domain.Sweep;

/// <summary>What the books say, or a part of them; whoever reads a million tasks reads them a few thousand at a time.</summary>
public sealed record Facts
{
    public IReadOnlyList<TaskSituation> Tasks { get; init; } = [];
    public IReadOnlyList<MergeSituation> Merges { get; init; } = [];
    public IReadOnlyList<GuidanceSituation> Guidance { get; init; } = [];
    public IReadOnlyList<Visit> Visits { get; init; } = [];
    public PlansSituation? Plans { get; init; }
    public DirectoryFacts? Directories { get; init; }
    public IReadOnlyList<UnitSituation> Units { get; init; } = [];
    public IReadOnlyList<FrequencySituation> Frequencies { get; init; } = [];
    public JointShare? Joint { get; init; }

    /// <summary>How many time limits have passed with nothing done.</summary>
    public int Overdue { get; init; }
}

/// <summary>The whole of the regime's watch as a function: the books, the day, the district's pack and the calendar in; what is due out.</summary>
public static class WhatIsDue
{
    public static IEnumerable<Matter> Of(Facts facts, DateOnly today, RulePack rules, WorkingCalendar calendar) =>
        [
            .. facts.Tasks.SelectMany(task => DueOfTasks.Of(task, today, rules, calendar)),
            .. facts.Merges.Select(prompt => DueOfCases.Of(prompt, today)),
            .. facts.Merges.SelectMany(prompt => DueOfCases.Unseen(prompt, today, rules, calendar)),
            .. DueOfCases.PromptsOfUnits(facts.Merges, today, calendar),
            .. facts.Guidance.Select(request => DueOfCases.Of(request, today, calendar)),
            .. facts.Visits.SelectMany(DueOfCases.Of),
            .. facts.Plans is { } plans ? DueOfPlans.Of(plans, today, rules) : [],
            .. facts.Directories is { } directories ? DirectoryFindings.Of(directories, today, rules).Select(DueOfDistrict.Of) : [],
            .. facts.Units.Select(DueOfDistrict.Of).OfType<Matter>(),
            .. facts.Frequencies.Select(enterprise => DueOfDistrict.Of(enterprise, rules)).OfType<Matter>(),
            .. new[] { DueOfDistrict.Attention(facts.Overdue, today, rules, calendar), facts.Joint is { } share ? DueOfDistrict.Of(share, today, rules) : null }.OfType<Matter>(),
        ];
}
