using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Inspections;
using Bot.Domain.Results;
using Bot.Domain.Rules;

namespace Bot.Domain.Sweep;

/// <summary>What is due about one task: before the visit J13–J16, J19, J21, J23, J36, W11; on the day J30; after it J12, J37, D17.</summary>
public static class DueOfTasks
{
    private static readonly Dictionary<string, string> Nothing = [];

    public static IEnumerable<Matter> Of(TaskSituation task, DateOnly today, RulePack rules, WorkingCalendar calendar)
    {
        if (task.Stage.IsAhead())
            return Ahead(task, today, rules, calendar).Concat(Urgent(task, rules, calendar));
        return task.Stage is InspectionStage.UnderWay || task.Stage.IsDone() ? Urgent(task, rules, calendar).Concat(After(task, today, rules, calendar)) : [];
    }

    private static IEnumerable<Matter> Ahead(TaskSituation task, DateOnly today, RulePack rules, WorkingCalendar calendar)
    {
        var around = task.Around;
        if (QuietDay(task, today, rules, calendar) is { } quiet)
            yield return quiet;
        var lead = LeadTimeRuling.Of(task.Ground, task.ScheduledOn, task.RegisteredOn, calendar, rules);
        if (lead.IsLate)
            yield return About(task, MatterKind.RegisteredLate, Severity.Alert, [ReminderTarget.Handler, ReminderTarget.Liaison], ("days", Number(lead.DaysBefore)), ("needed", Number(lead.Needed)));
        var preview = PreviewRuling.Of(task.Type, task.ApprovedOn is not null, task.PreviewSentOn, task.PreviewWaived, task.PreviewWaivedBy is not null, task.ScheduledOn, calendar, rules);
        if (preview.IsMissing)
        {
            ReminderTarget[] tell = task.Type == InspectionType.Special ? [ReminderTarget.Handler, ReminderTarget.Leader] : [ReminderTarget.Handler];
            yield return About(task, MatterKind.PreviewMissing, preview.IsLate(today) ? Severity.Alert : Severity.Remind, tell, ("due", ChineseDates.WithWeekday(preview.LatestOn))) with
            {
                DueOn = preview.LatestOn,
                Version = $"{Day(task.ScheduledOn)}:{(today >= preview.LatestOn ? "last" : "open")}",
            };
        }

        if (preview.WaiverInvalid)
            yield return About(task, MatterKind.PreviewWaiverInvalid, Severity.Alert, [ReminderTarget.Handler, ReminderTarget.Leader]);
        if (around.Team.Count > 0 && TeamRuling.Of(around.Team, task.ScheduledOn, rules) is { Allows: false } team)
            yield return About(task, MatterKind.InspectorsInvalid, Severity.Alert, Answering(team), ("why", Why(team))) with { Version = $"{Day(task.ScheduledOn)}:{string.Join('+', task.InspectorIds)}" };
        if (task.ExemptionWanted && around.Enterprise.Grade.ExemptionNeedsLeader())
            yield return About(task, MatterKind.ExemptionNeedsLeader, Severity.Alert, [ReminderTarget.Handler, ReminderTarget.Leader]);
        foreach (var matter in Often(task, rules))
            yield return matter;
        if (task.ScheduledOn == today && task.Stage is (InspectionStage.Approved or InspectionStage.Previewed))
            yield return About(task, MatterKind.VisitToday, Severity.Remind, [ReminderTarget.Handler]) with { DueOn = today };
    }

    private static Matter? QuietDay(TaskSituation task, DateOnly today, RulePack rules, WorkingCalendar calendar)
    {
        var ruling = QuietDayRulings.Of(task.Type, task.Ground, task.ScheduledOn, task.Around.PlanFiledOn, rules);
        if (ruling == QuietDayRuling.NotQuiet)
            return null;
        var quiet = rules.QuietDays!;
        var fields = new (string, string)[]
        {
            ("from", Number(quiet.From)),
            ("to", Number(quiet.To)),
            ("earliest", ChineseDates.WithWeekday(quiet.EarliestOutside(task.ScheduledOn > today ? task.ScheduledOn : today, calendar))),
            ("justice", rules.SupervisionOffice.Name),
        };
        var version = $"{Day(task.ScheduledOn)}:{quiet.From}-{quiet.To}";
        return ruling switch
        {
            QuietDayRuling.Blocked => About(task, MatterKind.QuietDayBlocked, Severity.Alert, [ReminderTarget.Handler, ReminderTarget.Liaison], fields) with { Version = version },
            QuietDayRuling.NotFiled => About(task, MatterKind.QuietDayBlockedNotFiled, Severity.Alert, [ReminderTarget.Handler, ReminderTarget.Leader, ReminderTarget.Supervisor], fields) with { Version = version },
            QuietDayRuling.Filed => About(task, MatterKind.QuietDayAllowedFiled, Severity.Record, []),
            QuietDayRuling.Exempt => About(task, MatterKind.QuietDayExempt, Severity.Record, []),
            _ => About(task, MatterKind.QuietDayNeedsDecision, Severity.Record, []),
        };
    }

    private static IEnumerable<Matter> Often(TaskSituation task, RulePack rules)
    {
        var (around, enterprise) = (task.Around, task.Around.Enterprise);
        var visits = around.Visits.Count(visit => visit.On.Year == task.ScheduledOn.Year && (visit.UnitId == task.UnitId || visit.JointUnitIds.Contains(task.UnitId)));
        var frequency = FrequencyRuling.Of(visits, enterprise.Cap, enterprise.CreditLevel, task.Ground, around.Plan, task.FullCoverage, enterprise.Grade, rules);
        if (frequency.OverCap)
        {
            yield return About(task, MatterKind.FrequencyCapExceeded, Severity.Alert, [ReminderTarget.Handler, ReminderTarget.Leader, ReminderTarget.Supervisor], ("visits", Number(visits)), ("cap", Number(frequency.Cap))) with
            {
                Version = Number(task.ScheduledOn.Year),
            };
        }

        if (around.Planned is { } planned && RepeatRuling.Of(planned, task.Type, task.Ground, around.Visits) is { } repeat)
        {
            yield return About(task, MatterKind.SameYearRepeat, Severity.Alert, [ReminderTarget.Handler, ReminderTarget.Liaison, ReminderTarget.Supervisor], ("on", ChineseDates.Long(repeat.Earlier.On)), ("matters", string.Join('、', repeat.Matters))) with
            {
                Version = repeat.Earlier.TaskId,
            };
        }
    }

    /// <summary>Begun on the spot; ground and result are reported and approval made up afterwards (J12).</summary>
    private static IEnumerable<Matter> Urgent(TaskSituation task, RulePack rules, WorkingCalendar calendar)
    {
        if (!task.Urgent || task.ApprovedOn is not null || BegunOn(task) is not { } begun)
            yield break;
        yield return About(task, MatterKind.UrgentApprovalMissing, Severity.Remind, []) with { StartedOn = begun, DueOn = calendar.Due(begun, rules.UrgentApproval.Period).On };
    }

    private static IEnumerable<Matter> After(TaskSituation task, DateOnly today, RulePack rules, WorkingCalendar calendar)
    {
        if (task.CompletedOn is not { } completed)
            yield break;
        if (task is { ScannedInAt: null, NoScanReason: null })
            yield return About(task, MatterKind.NotScanned, Severity.Alert, [ReminderTarget.Liaison, ReminderTarget.Supervisor], ("on", ChineseDates.Short(completed)));
        if (task.ResultEnteredOn is null)
        {
            var due = calendar.Due(completed, rules.ResultEntry.Period).On;
            yield return About(task, today > due ? MatterKind.ResultOverdue : MatterKind.ResultPending, today > due ? Severity.Alert : Severity.Remind, []) with { StartedOn = completed, DueOn = due };
        }

        if (task.NotPublishedBecause is not null)
            yield break;
        var publishBy = calendar.Due(completed, rules.Publication.Period).On;
        if (Publicity(task.PublishedOn, publishBy, today, rules, calendar) is { } kind)
        {
            yield return About(task, kind, kind is MatterKind.PublicityOverdue ? Severity.Alert : kind is MatterKind.PublishedLate ? Severity.Record : Severity.Remind, []) with
            {
                // What has no result yet cannot be published; its limit is in the book from the result on.
                StartedOn = task.ResultEnteredOn is null ? null : completed,
                DueOn = publishBy,
            };
        }
    }

    private static MatterKind? Publicity(DateOnly? published, DateOnly due, DateOnly today, RulePack rules, WorkingCalendar calendar)
    {
        if (published is { } on)
            return on > due ? MatterKind.PublishedLate : null;
        if (today > due)
            return MatterKind.PublicityOverdue;
        var soon = rules.Reminders(TaskDeadlines.Publication).Where(step => step.When == ReminderMoment.WorkingDaysBefore).Select(step => step.Days).DefaultIfEmpty().Min();
        return calendar.WorkingDaysBetween(today, due) <= soon ? MatterKind.PublicityDueSoon : MatterKind.PublicityPending;
    }

    private static DateOnly? BegunOn(TaskSituation task) => task.ScannedInAt is { } at ? ChinaClock.ToChinaDate(at) : task.NoScanReason is not null ? task.ScheduledOn : task.CompletedOn;

    /// <summary>Auxiliary staff in a team is for the leader to answer; a certificate that ended is for the liaison to see to.</summary>
    private static ReminderTarget[] Answering(TeamRuling team) => team.Faults.Any(found => found.Fault == InspectorFault.NoCertificate)
        ? [ReminderTarget.Handler, ReminderTarget.Leader]
        : team.Faults.Count > 0 ? [ReminderTarget.Handler, ReminderTarget.Liaison] : [ReminderTarget.Handler];

    private static string Why(TeamRuling team) => team.Faults.Count == 0
        ? $"检查人员只有{Number(team.Qualified)}名，须有{Number(team.Needed)}名以上持证人员"
        : string.Join('；', team.Faults.Select(found => found.Fault switch
        {
            InspectorFault.Expired => $"{found.Person.Name}的执法证{(found.Person.CertificateValidTo is { } last ? $"{ChineseDates.Long(last)}已" : "已")}到期",
            InspectorFault.Suspended => $"{found.Person.Name}的执法证暂停使用",
            _ => $"{found.Person.Name}没有执法证，不能作为检查人员",
        }));

    private static Matter About(TaskSituation task, MatterKind kind, Severity severity, ReminderTarget[] tell, params (string Name, string Value)[] fields) => new(kind, task.Id, severity)
    {
        UnitId = task.UnitId,
        Tell = tell,
        HandlerIds = task.HandlerIds,
        Version = Day(task.ScheduledOn),
        Fields = tell.Length == 0 ? Nothing : new Dictionary<string, string>(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))
        {
            ["task"] = task.Id,
            ["date"] = ChineseDates.WithWeekday(task.ScheduledOn),
            ["enterprise"] = task.Around.Enterprise.Name,
        },
    };

    private static string Day(DateOnly on) => on.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
