using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Bot.Domain.Visits;

namespace Bot.Domain.Sweep;

/// <summary>A prompt to merge: by when, when it was dealt with, and whether a limit passed before (J27, J28).</summary>
public sealed record MergeSituation(string Id, string EnterpriseName, DateOnly DueOn, DateOnly? HandledOn, bool WasLate, IReadOnlyList<PromptedUnit> Units);

/// <summary>A unit that a prompt is put to, and whether somebody there has opened it (J24).</summary>
public sealed record PromptedUnit(string UnitId, DateOnly AskedOn, bool Seen);

/// <summary>A request for guidance: by when, and when it was answered (J18).</summary>
public sealed record GuidanceSituation(string Id, string? UnitId, DateOnly DueOn, DateOnly? AnsweredOn);

/// <summary>How prompts to merge, requests for guidance and visits stand.</summary>
public static class DueOfCases
{
    public static Matter Of(MergeSituation prompt, DateOnly today)
    {
        var kind = (prompt.HandledOn, Late: prompt.WasLate || (prompt.HandledOn ?? today) > prompt.DueOn) switch
        {
            (null, false) => MatterKind.MergeOpen,
            (null, true) => MatterKind.MergeOverdue,
            (_, false) => MatterKind.MergeOnTime,
            _ => MatterKind.MergeLate,
        };
        return new Matter(kind, prompt.Id, SeverityOf(kind)) { DueOn = prompt.DueOn, OtherUnitIds = [.. prompt.Units.Select(unit => unit.UnitId)] };
    }

    public static Matter Of(GuidanceSituation request, DateOnly today, WorkingCalendar calendar)
    {
        var kind = (request.AnsweredOn, Late: (request.AnsweredOn ?? today) > request.DueOn) switch
        {
            (null, true) => MatterKind.GuidanceOverdue,
            (null, false) => request.DueOn <= calendar.NextWorkingDay(today) ? MatterKind.GuidanceDueSoon : MatterKind.GuidanceWaiting,
            (_, false) => MatterKind.GuidanceOnTime,
            _ => MatterKind.GuidanceLate,
        };
        return new Matter(kind, request.Id, SeverityOf(kind)) { DueOn = request.DueOn, UnitId = request.UnitId };
    }

    /// <summary>Whom it concerns hears of it when it is noticed, by the visit's own alarm.</summary>
    public static IEnumerable<Matter> Of(Visit visit) => visit.Alerts
        .Select(alert => alert switch
        {
            VisitAlert.WithoutConsent => MatterKind.VisitWithoutConsent,
            VisitAlert.TurnedIntoCase => MatterKind.VisitTurnedIntoCase,
            _ => MatterKind.VisitLikeInspection,
        })
        .Distinct()
        .Select(kind => new Matter(kind, visit.Id, Severity.Alert) { UnitId = visit.UnitId });

    /// <summary>Who was to look at a prompt has not: first the liaison hears of it, as long after that again the leader (J24).</summary>
    public static IEnumerable<Matter> Unseen(MergeSituation prompt, DateOnly today, RulePack rules, WorkingCalendar calendar)
    {
        if (prompt.HandledOn is not null)
            yield break;
        var limit = rules.MergeHintsSeen.Period;
        foreach (var unit in prompt.Units.Where(unit => !unit.Seen))
        {
            var first = calendar.Due(unit.AskedOn, limit).On;
            var second = calendar.Due(first, limit).On;
            if (today <= first)
                continue;
            yield return new Matter(MatterKind.MergePromptsUnseen, prompt.Id, Severity.Alert)
            {
                UnitId = unit.UnitId,
                DueOn = prompt.DueOn,
                Tell = today > second ? [ReminderTarget.Leader] : [ReminderTarget.Liaison],
                Version = $"{unit.UnitId}:{(today > second ? "leader" : "liaison")}",
                Fields = new Dictionary<string, string>
                {
                    ["prompt"] = prompt.Id,
                    ["enterprise"] = prompt.EnterpriseName,
                    ["days"] = calendar.WorkingDaysBetween(unit.AskedOn, today).ToString(CultureInfo.InvariantCulture),
                },
            };
        }
    }

    /// <summary>Each working morning, for whom a unit has named to look at prompts (J24).</summary>
    public static IEnumerable<Matter> PromptsOfUnits(IEnumerable<MergeSituation> prompts, DateOnly today, WorkingCalendar calendar)
    {
        if (!calendar.IsWorkingDay(today))
            return [];
        return prompts.Where(prompt => prompt.HandledOn is null)
            .SelectMany(prompt => prompt.Units.Select(unit => (unit: unit.UnitId, prompt.DueOn)))
            .GroupBy(open => open.unit, open => open.DueOn)
            .Select(open => new Matter(MatterKind.MergePromptsToday, open.Key, Severity.Remind)
            {
                UnitId = open.Key,
                DueOn = open.Min(),
                Tell = [ReminderTarget.Liaison],
                Version = today.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
                Fields = new Dictionary<string, string> { ["count"] = open.Count().ToString(CultureInfo.InvariantCulture), ["due"] = $"{ChineseDates.WithWeekday(open.Min())}{(open.Min() < today ? "，已超期" : "")}" },
            });
    }

    private static Severity SeverityOf(MatterKind kind) => kind switch
    {
        MatterKind.MergeOverdue or MatterKind.GuidanceOverdue => Severity.Alert,
        MatterKind.MergeOpen or MatterKind.GuidanceWaiting or MatterKind.GuidanceDueSoon => Severity.Remind,
        _ => Severity.Record,
    };
}
