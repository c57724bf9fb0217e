using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Domain.Rules;

namespace Bot.Domain.Sweep;

/// <summary>The units and their plans of one year.</summary>
public sealed record PlansSituation(int Year, IReadOnlyCollection<Unit> Units, IReadOnlyCollection<InspectionPlan> Plans);

/// <summary>What is due about the annual plans (J08, S26–S28). Reminding of the upload is its deadline's.</summary>
public static class DueOfPlans
{
    public static IEnumerable<Matter> Of(PlansSituation year, DateOnly today, RulePack rules) =>
        PlanFindings.Of(year.Year, year.Units, year.Plans, today, rules).Select(finding => Of(finding, rules));

    private static Matter Of(PlanFinding finding, RulePack rules) => finding.Problem switch
    {
        PlanProblem.NotUploaded => About(finding, MatterKind.PlanNotUploaded, Severity.Alert, []),
        PlanProblem.UploadedLate => About(finding, MatterKind.PlanLate, Severity.Record, []),
        PlanProblem.NotFiledWithSuperior => About(finding, MatterKind.PlanNotFiledWithSuperior, Severity.Record, []),
        PlanProblem.NotFiledWithJustice => About(
            finding, MatterKind.PlanNotFiled, Severity.Alert, [ReminderTarget.Liaison, ReminderTarget.Leader, ReminderTarget.Supervisor], ("justice", rules.SupervisionOffice.Name)),
        PlanProblem.FiledOutOfOrder => About(finding, MatterKind.PlanFiledOutOfOrder, Severity.Record, []),
        _ => About(finding, MatterKind.PlanNotPublished, Severity.Alert, [ReminderTarget.Liaison, ReminderTarget.Supervisor]),
    };

    private static Matter About(PlanFinding finding, MatterKind kind, Severity severity, IReadOnlyList<ReminderTarget> tell, params (string Name, string Value)[] fields) =>
        new(kind, finding.PlanId ?? finding.UnitId, severity)
        {
            UnitId = finding.UnitId,
            DueOn = finding.Since,
            Tell = tell,
            Version = finding.Year.ToString(CultureInfo.InvariantCulture),
            Fields = new Dictionary<string, string>(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))
            {
                ["finding"] = finding.InWords,
                ["due"] = ChineseDates.WithWeekday(finding.Since),
            },
        };
}
