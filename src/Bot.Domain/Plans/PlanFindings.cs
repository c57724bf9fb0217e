using Bot.Domain.People;
using Bot.Domain.Rules;

namespace Bot.Domain.Plans;

public enum PlanProblem
{
    /// <summary>The day has passed and there is no plan (J08).</summary>
    NotUploaded,

    /// <summary>It came after the day (J08).</summary>
    UploadedLate,

    /// <summary>A district unit's plan is not with the city's unit (S26).</summary>
    NotFiledWithSuperior,

    /// <summary>The plan is not with the justice bureau (S10, S26, S27).</summary>
    NotFiledWithJustice,

    /// <summary>Filed with the justice bureau before the superior had it (S26).</summary>
    FiledOutOfOrder,

    /// <summary>A district unit's plan is not public (S28).</summary>
    NotPublished,
}

/// <param name="UnitId">Whose plan.</param>
/// <param name="UnitName">Its name.</param>
/// <param name="PlanId">The plan, when there is one.</param>
/// <param name="Year">Its year.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Since">The last day on which it would have been right.</param>
public sealed record PlanFinding(string UnitId, string UnitName, string? PlanId, int Year, PlanProblem Problem, DateOnly Since)
{
    public string InWords => Problem switch
    {
        PlanProblem.NotUploaded => $"{UnitName}{Year}年度检查计划尚未上传",
        PlanProblem.UploadedLate => $"{UnitName}{Year}年度检查计划（{PlanId}）晚于期限上传",
        PlanProblem.NotFiledWithSuperior => $"{UnitName}{Year}年度检查计划（{PlanId}）尚未完成市级备案",
        PlanProblem.NotFiledWithJustice => $"{UnitName}{Year}年度检查计划（{PlanId}）尚未报司法局备案",
        PlanProblem.FiledOutOfOrder => $"{UnitName}{Year}年度检查计划（{PlanId}）先报司法局、后报市级，次序不对",
        _ => $"{UnitName}{Year}年度检查计划（{PlanId}）尚未向社会公告",
    };
}

/// <summary>
/// What is wrong with a year's annual plans on a day: a pure function. Uploading has a day of its own (J08); by the day of publication (S28) the
/// filings that come before it are owed too.
/// </summary>
public static class PlanFindings
{
    public static IReadOnlyList<PlanFinding> Of(int year, IReadOnlyCollection<Unit> units, IReadOnlyCollection<InspectionPlan> plans, DateOnly today, RulePack rules)
    {
        var annual = plans.Where(plan => plan.Kind == PlanKind.Annual && plan.Year == year).GroupBy(plan => plan.UnitId).ToDictionary(own => own.Key, own => own.OrderBy(plan => plan.UploadedOn).First());
        return [.. units.Where(unit => unit.IsOfThisDistrict).SelectMany(unit => OfUnit(unit, year, annual.GetValueOrDefault(unit.Id), today, rules))];
    }

    private static IEnumerable<PlanFinding> OfUnit(Unit unit, int year, InspectionPlan? plan, DateOnly today, RulePack rules)
    {
        var (uploadBy, publishBy) = (rules.AnnualPlanBy.In(year), rules.PlanPublishedBy.In(year));
        var ofDistrict = unit.Level == Unit.DistrictLevel;
        if (plan is null)
        {
            if (today > uploadBy)
                yield return Found(PlanProblem.NotUploaded, uploadBy);
            yield break;
        }

        if (plan.IsLate(rules))
            yield return Found(PlanProblem.UploadedLate, uploadBy);
        if (ofDistrict && plan.JusticeFiledOn is { } filed && (plan.SuperiorFiledOn is null || plan.SuperiorFiledOn > filed))
            yield return Found(PlanProblem.FiledOutOfOrder, filed);
        if (today <= publishBy)
            yield break;
        if (ofDistrict && plan is { SuperiorFiledOn: null, JusticeFiledOn: null })
            yield return Found(PlanProblem.NotFiledWithSuperior, publishBy);
        if (plan.JusticeFiledOn is null)
            yield return Found(PlanProblem.NotFiledWithJustice, publishBy);
        if (ofDistrict && plan.PublishedOn is null)
            yield return Found(PlanProblem.NotPublished, publishBy);

        PlanFinding Found(PlanProblem problem, DateOnly since) => new(unit.Id, unit.Name, plan?.Id, year, problem, since);
    }
}
