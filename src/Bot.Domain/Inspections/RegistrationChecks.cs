using Bot.Domain.Calendar;
using Bot.Domain.Drawing;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Domain.Rules;

namespace Bot.Domain.Inspections;

/// <summary>What was looked at when a task is registered, moved or approved.</summary>
public enum CheckKind
{
    QuietDay,
    Team,
    LeadTime,
    Frequency,
    HighFrequency,
    Repeat,
    Model,

    /// <summary>属地 (W16).</summary>
    Place,
    DayOff,
}

/// <summary>What a finding means for the task.</summary>
public enum CheckWeight
{
    Fine,

    /// <summary>To be known, nothing to be done.</summary>
    Remark,

    /// <summary>Whoever registers says why, and that is kept.</summary>
    NeedsReason,

    /// <summary>The leader decides and says why (J15, J21).</summary>
    NeedsLeader,

    /// <summary>Cannot be approved like this.</summary>
    Blocks,
}

/// <summary>One finding in words for the person at the chat.</summary>
public sealed record Check(CheckKind Kind, CheckWeight Weight, string Words);

/// <summary>Everything that the rules look at for one task. Days are civil dates in China.</summary>
public sealed record RegistrationFacts(InspectionType Type, InspectionGround Ground, VisitFacts Visit, DateOnly RegisteredOn, Enterprise Enterprise)
{
    public PlanKind? Plan { get; init; }

    /// <summary>When the plan was filed with the justice bureau.</summary>
    public DateOnly? PlanFiledOn { get; init; }
    public IReadOnlyCollection<Person> Team { get; init; } = [];
    public bool FullCoverage { get; init; }

    /// <summary>Visits to the enterprise that took place in the civil year of the planned one, by whomever.</summary>
    public IReadOnlyCollection<VisitFacts> VisitsOfYear { get; init; } = [];

    /// <summary>Whether the unit's draws chose this enterprise (J20).</summary>
    public DrawnListRuling Drawn { get; init; }

    /// <summary>The unit that comes, for whether the place is its own (W16).</summary>
    public Unit? Unit { get; init; }
}

/// <summary>Which enterprises a town or a subdistrict answers for (W16).</summary>
public static class Locality
{
    /// <summary>District units come everywhere; a town's only to its own. An enterprise whose place is not known is nobody's reason to refuse.</summary>
    public static bool IsElsewhere(Unit unit, Enterprise enterprise) =>
        unit.Level is "town" or "subdistrict" && enterprise.Town.Length > 0 && !unit.Name.Contains(enterprise.Town, StringComparison.Ordinal);
}

/// <summary>The rulings on one task, and what they say to whoever registers or approves it: J13–J15, J20–J23, J36, S22, S24, S33, W11–W20.</summary>
public sealed class RegistrationChecks
{
    private RegistrationChecks(RegistrationFacts facts, WorkingCalendar calendar, RulePack rules)
    {
        var (on, visit) = (facts.Visit.On, facts.Visit);
        Quiet = QuietDayRulings.Of(facts.Type, facts.Ground, on, facts.PlanFiledOn, rules);
        Team = TeamRuling.Of(facts.Team, on, rules);
        LeadTime = LeadTimeRuling.Of(facts.Ground, on, facts.RegisteredOn, calendar, rules);
        var own = facts.VisitsOfYear.Count(other => other.TaskId != visit.TaskId && other.On.Year == on.Year && (other.UnitId == visit.UnitId || other.JointUnitIds.Contains(visit.UnitId)));
        Frequency = FrequencyRuling.Of(own, facts.Enterprise, facts.Ground, facts.Plan, facts.FullCoverage, rules);
        Repeat = RepeatRuling.Of(visit, facts.Type, facts.Ground, facts.VisitsOfYear);
        OutsideModel = facts is { Drawn: DrawnListRuling.NotOnTheList, FullCoverage: false, Type: InspectionType.Daily };
        Elsewhere = facts.Unit is { } unit && Locality.IsElsewhere(unit, facts.Enterprise);
        All = [.. Find(facts, calendar, rules)];
    }

    public QuietDayRuling Quiet { get; }
    public TeamRuling Team { get; }
    public LeadTimeRuling LeadTime { get; }
    public FrequencyRuling Frequency { get; }
    public RepeatRuling? Repeat { get; }

    /// <summary>The object was not chosen by a model or a draw and not all are visited (J20).</summary>
    public bool OutsideModel { get; }

    /// <summary>The enterprise sits, or has moved, outside the place that the unit answers for (W16).</summary>
    public bool Elsewhere { get; }

    public IReadOnlyList<Check> All { get; }

    public IEnumerable<Check> Blocking => All.Where(check => check.Weight == CheckWeight.Blocks);

    /// <summary>What has to be explained by whoever registers; what the leader decides is explained to him too.</summary>
    public IEnumerable<Check> ToExplain => All.Where(check => check.Weight is CheckWeight.NeedsReason or CheckWeight.NeedsLeader);

    public IEnumerable<Check> ForLeader => All.Where(check => check.Weight == CheckWeight.NeedsLeader);

    public static RegistrationChecks Of(RegistrationFacts facts, WorkingCalendar calendar, RulePack rules) => new(facts, calendar, rules);

    private IEnumerable<Check> Find(RegistrationFacts facts, WorkingCalendar calendar, RulePack rules)
    {
        if (QuietDay(facts, calendar, rules) is { } quiet)
            yield return quiet;
        yield return OfTeam();
        if (LeadTime.Applies)
            yield return OfLeadTime();
        yield return OfFrequency(facts.Enterprise);
        var (visits, units) = (facts.VisitsOfYear.Count, facts.VisitsOfYear.SelectMany(visit => visit.JointUnitIds.Append(visit.UnitId)).Distinct().Count());
        if (visits >= rules.HighFrequencyVisits.Value)
            yield return new(CheckKind.HighFrequency, facts.Ground.NeedsPromptness() ? CheckWeight.Remark : CheckWeight.NeedsReason, $"该企业今年已接受现场检查{visits}次（{units}个单位），请评估必要性，优先采用并办或非现场方式。");
        if (Repeat is not null)
            yield return new(CheckKind.Repeat, CheckWeight.NeedsReason, OfRepeat(Repeat));
        if (OutsideModel)
            yield return new(CheckKind.Model, CheckWeight.NeedsReason, "检查对象不在模型抽取名单内，请说明来源。");
        if (Elsewhere)
            yield return new(CheckKind.Place, CheckWeight.NeedsReason, $"该企业登记在{facts.Enterprise.Town}，不在本单位辖区；已迁出的由现在的属地检查，不两头查。确需检查的，请说明原因。");
        if (calendar.Describe(facts.Visit.On) is { IsWorking: false } day)
            yield return new(CheckKind.DayOff, CheckWeight.Remark, $"{ChineseDates.WithWeekday(facts.Visit.On)}是{day.Why}，不是工作日，请先与企业确认有人接待。");
    }

    private Check? QuietDay(RegistrationFacts facts, WorkingCalendar calendar, RulePack rules)
    {
        var on = facts.Visit.On;
        var span = $"{ChineseDates.Short(on)}在企业安静日（{rules.QuietDays}）内";
        var source = $"（{rules.QuietDays?.Document} {rules.QuietDays?.Clause}）";
        return Quiet switch
        {
            QuietDayRuling.Blocked => new(
                CheckKind.QuietDay,
                CheckWeight.Blocks,
                $"{span}，{facts.Type.Name()}不能安排。最早可选{ChineseDates.WithWeekday(rules.QuietDays!.EarliestOutside(on, calendar))}。{source}"),
            QuietDayRuling.NotFiled => new(CheckKind.QuietDay, CheckWeight.Blocks, $"{span}，须先将计划或方案报{rules.SupervisionOffice.Name}备案，备案后方可在安静日实施；也可以改到{ChineseDates.WithWeekday(rules.QuietDays!.EarliestOutside(on, calendar))}以后。{source}"),
            QuietDayRuling.Filed => new(CheckKind.QuietDay, CheckWeight.Remark, $"{span}，计划已于{ChineseDates.Short(facts.PlanFiledOn!.Value)}备案，可以安排。"),
            QuietDayRuling.Exempt => new(CheckKind.QuietDay, CheckWeight.Remark, $"本次属{facts.Ground.Name()}核查，不受安静日限制，理由已记录。"),
            QuietDayRuling.NeedsDecision => new(CheckKind.QuietDay, CheckWeight.NeedsLeader, $"{span}，企业主动申请的，须留存企业申请原文，由单位负责人书面同意。"),
            _ => null,
        };
    }

    private Check OfTeam()
    {
        if (Team.Allows)
            return new(CheckKind.Team, CheckWeight.Fine, $"{Team.Qualified}人证件有效。");
        var faults = Team.Faults.Select(found => found.Fault switch
        {
            InspectorFault.Expired => $"{found.Person.Name}的执法证已于{ChineseDates.Long(found.Person.CertificateValidTo!.Value)}到期",
            InspectorFault.Suspended => $"{found.Person.Name}的执法证{found.Person.CertificateStatus}，不能安排现场检查",
            _ => $"{found.Person.Name}没有执法证，辅助人员不能参加现场检查",
        });
        var few = Team.Qualified < Team.Needed ? [$"现场检查须有{Team.Needed}名以上持有效执法证的人员，现在有{Team.Qualified}名"] : Array.Empty<string>();
        return new(CheckKind.Team, CheckWeight.Blocks, $"{string.Join('；', faults.Concat(few))}。请换人。");
    }

    private Check OfLeadTime() => LeadTime.IsLate
        ? new(CheckKind.LeadTime, CheckWeight.NeedsReason, $"距检查日{LeadTime.DaysBefore}天，不足{LeadTime.Needed}日，请说明原因。")
        : new(CheckKind.LeadTime, CheckWeight.Fine, $"距检查日{LeadTime.DaysBefore}天，符合提前{LeadTime.Needed}日登记。");

    private Check OfFrequency(Enterprise enterprise)
    {
        var count = $"该企业今年由本单位检查过{Frequency.Visits}次，上限{Frequency.Cap}次";
        var grade = Frequency.Grade switch
        {
            SupervisionGrade.OffSiteFirst when enterprise.LongTermTopCredit => $"该企业长期最高信用{(enterprise.FlexibleWhitelist ? "、在柔性监管白名单" : "")}，本年度已现场检查{Frequency.Visits}次，建议非现场方式",
            SupervisionGrade.OffSiteFirst => "白名单企业，优先非现场、触发式、提示性监管",
            SupervisionGrade.Strict => "该企业信用低或风险高，从严监管，不降低频次",
            _ => "可视情况降低频次",
        };
        if (Frequency.OverCap)
            return new(CheckKind.Frequency, CheckWeight.NeedsLeader, $"{count}，再检查就超过上限；{grade}。确需现场检查的，请说明原因，由单位负责人决定并留痕。");
        return Frequency.Grade == SupervisionGrade.OffSiteFirst && Frequency.Counts
            ? new(CheckKind.Frequency, CheckWeight.NeedsReason, $"{count}。{grade}；仍要现场检查的，请说明原因。")
            : new(CheckKind.Frequency, CheckWeight.Fine, $"{count}（{grade}）。");
    }

    private static string OfRepeat(RepeatRuling repeat)
    {
        var (on, matters) = (ChineseDates.Short(repeat.Earlier.On), string.Join('、', repeat.Matters));
        return repeat.Kind switch
        {
            RepeatKind.AfterJointInspection => $"该企业{on}已接受联合检查（{repeat.Earlier.TaskId}），同类事项（{matters}）本年度原则上不再单独检查；属投诉举报、上级交办线索或重点治理部署的，请改选事由。",
            RepeatKind.AfterUnifiedInspection => $"本单位{repeat.Earlier.Section}{on}已检查过同类事项（{matters}，{repeat.Earlier.TaskId}），本年度原则上不再单独检查。",
            _ => $"{LevelName(repeat.Earlier.Level)}已于{on}查过同一事项（{matters}，{repeat.Earlier.TaskId}），同一事项不重复检查，结果可直接采用。",
        };
    }

    private static string LevelName(string level) => level switch
    {
        "city" => "市级",
        "district" => "区级",
        "town" => "镇",
        _ => "街道",
    };
}
