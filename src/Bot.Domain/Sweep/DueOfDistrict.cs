using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Directories;
using Bot.Domain.Rules;

namespace Bot.Domain.Sweep;

/// <summary>How often an enterprise was visited in a year, and by whom (S33).</summary>
public sealed record FrequencySituation(string EnterpriseId, string EnterpriseName, int Year, int Visits, IReadOnlyList<string> UnitIds);

/// <summary>Whether a unit has named somebody for prompts to merge, as the roster says.</summary>
public sealed record UnitSituation(string UnitId, string Name, bool HasLiaison);

/// <summary>How many visits of a year were made together with another unit (W06).</summary>
public sealed record JointShare(int Year, int Done, int Joint)
{
    /// <summary>以上 includes the number itself: 25 of 100 meets 25 %.</summary>
    public bool Meets(RulePack rules) => Done == 0 || Joint * 100L >= Done * (long)rules.JointSharePercent.Value;

    /// <summary>22.6%</summary>
    public string Percent => (Done == 0 ? 0 : Joint * 100m / Done).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}

/// <summary>What is due about people, enterprises and the district as a whole.</summary>
public static class DueOfDistrict
{
    /// <summary>Once for an enterprise and year, and again when the count has doubled (S33).</summary>
    public static Matter? Of(FrequencySituation enterprise, RulePack rules) => enterprise.Visits < rules.HighFrequencyVisits.Value ? null : new Matter(MatterKind.HighFrequencyEnterprise, enterprise.EnterpriseId, Severity.Alert)
    {
        OtherUnitIds = enterprise.UnitIds,
        Tell = [ReminderTarget.Liaison, ReminderTarget.Leader, ReminderTarget.Supervisor],
        Version = FormattableString.Invariant($"{enterprise.Year}:{enterprise.Visits / rules.HighFrequencyVisits.Value}"),
        Fields = new Dictionary<string, string>
        {
            ["enterprise"] = enterprise.EnterpriseName,
            ["year"] = enterprise.Year.ToString(CultureInfo.InvariantCulture),
            ["count"] = enterprise.Visits.ToString(CultureInfo.InvariantCulture),
            ["units"] = FormattableString.Invariant($"{enterprise.UnitIds.Count}个单位"),
        },
    };

    /// <summary>Whether somebody is there for prompts to merge (J24).</summary>
    public static Matter? Of(UnitSituation unit) => unit.HasLiaison ? null : new Matter(MatterKind.LiaisonMissing, unit.UnitId, Severity.Alert)
    {
        UnitId = unit.UnitId,
        Tell = [ReminderTarget.Leader, ReminderTarget.Supervisor],
        Fields = new Dictionary<string, string> { ["unit"] = unit.Name },
    };

    /// <summary>Certificates and entrustments that end soon, directories that nobody has touched (J05, S23, D09).</summary>
    public static Matter Of(DirectoryFinding finding)
    {
        var kind = finding.Problem switch
        {
            DirectoryProblem.CertificatesEnding => MatterKind.CertificatesEnding,
            DirectoryProblem.EntrustmentEnding => MatterKind.EntrustmentEnding,
            DirectoryProblem.EntrustmentEnded => MatterKind.EntrustmentEnded,
            _ => MatterKind.DirectoryNotFresh,
        };
        var toBureau = finding.UnitId is null || kind is MatterKind.EntrustmentEnding or MatterKind.EntrustmentEnded;
        return new Matter(kind, finding.UnitId ?? "district", kind == MatterKind.EntrustmentEnded ? Severity.Alert : Severity.Remind)
        {
            UnitId = finding.UnitId,
            Tell = toBureau ? [ReminderTarget.Liaison, ReminderTarget.Supervisor] : [ReminderTarget.Liaison],
            Version = finding.Key,
            Fields = new Dictionary<string, string> { ["finding"] = finding.InWords },
        };
    }

    /// <summary>What the justice bureau should look at today, on working mornings (J03).</summary>
    public static Matter? Attention(int overdue, DateOnly today, RulePack rules, WorkingCalendar calendar) => overdue == 0 || !calendar.IsWorkingDay(today) ? null : new Matter(MatterKind.AttentionToday, rules.Id, Severity.Remind)
    {
        Tell = [ReminderTarget.Supervisor],
        Version = today.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
        Fields = new Dictionary<string, string> { ["count"] = overdue.ToString(CultureInfo.InvariantCulture) },
    };

    /// <summary>For the justice bureau, once a month (W06).</summary>
    public static Matter? Of(JointShare share, DateOnly today, RulePack rules) => share.Meets(rules) ? null : new Matter(MatterKind.JointShareLow, rules.Id, Severity.Alert)
    {
        Tell = [ReminderTarget.Supervisor],
        Version = today.ToString("yyyyMM", CultureInfo.InvariantCulture),
        Fields = new Dictionary<string, string>
        {
            ["year"] = share.Year.ToString(CultureInfo.InvariantCulture),
            ["done"] = share.Done.ToString(CultureInfo.InvariantCulture),
            ["joint"] = share.Joint.ToString(CultureInfo.InvariantCulture),
            ["share"] = share.Percent,
            ["wanted"] = rules.JointSharePercent.Value.ToString(CultureInfo.InvariantCulture),
        },
    };
}
