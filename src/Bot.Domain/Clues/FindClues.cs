using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Complaints;
using Bot.Domain.Directories;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Domain.Rules;
using Bot.Domain.Sweep;
using Bot.Domain.Visits;

namespace Bot.Domain.Clues;

/// <summary>What the books say, or a part of them, as far as it may give clues.</summary>
public sealed record ClueFacts
{
    public IReadOnlyList<VisitMade> Made { get; init; } = [];
    public IReadOnlyList<PassedLimit> Passed { get; init; } = [];
    public IReadOnlyList<UnmergedPrompt> Unmerged { get; init; } = [];
    public IReadOnlyList<OftenVisited> Often { get; init; } = [];
    public IReadOnlyList<ComplaintOfUnit> Complaints { get; init; } = [];
    public IReadOnlyList<ReportedInspection> Reported { get; init; } = [];
    public IReadOnlyList<Visit> Visits { get; init; } = [];
    public IReadOnlyList<Unit> Units { get; init; } = [];
    public PlansSituation? Plans { get; init; }
}

/// <summary>The rules that find clues, as functions of the books, the day, the district's pack and the calendar.</summary>
public static class FindClues
{
    private static readonly Dictionary<string, ClueKind> Limits = new()
    {
        ["guidance.reply"] = ClueKind.GuidanceOverdue,
        ["guidance.followUp"] = ClueKind.GuidanceOverdue,
        ["task.result"] = ClueKind.ResultOverdue,
        ["task.publication"] = ClueKind.PublicationOverdue,
        ["task.urgentApproval"] = ClueKind.WithoutApproval,
    };

    public static IEnumerable<Finding> Of(ClueFacts facts, DateOnly today, RulePack rules, WorkingCalendar calendar) =>
        [
            .. facts.Made.SelectMany(visit => Of(visit, today, rules, calendar)),
            .. facts.Passed.Where(limit => limit.DueOn < today).Select(Of),
            .. facts.Unmerged.SelectMany(Of),
            .. facts.Often.SelectMany(enterprise => Of(enterprise, rules)),
            .. Trends(facts.Complaints, rules),
            .. facts.Reported.Where(report => report.Unregistered).Select(Of),
            .. facts.Visits.SelectMany(Of),
            .. facts.Units.Where(unit => unit.IsOfThisDistrict && EntrustmentRulings.Of(unit, today, rules) == EntrustmentRuling.Ended).Select(Of),
            .. facts.Plans is { } plans ? PlanFindings.Of(plans.Year, plans.Units, plans.Plans, today, rules).Select(Of).OfType<Finding>() : [],
        ];

    private static IEnumerable<Finding> Of(VisitMade visit, DateOnly today, RulePack rules, WorkingCalendar calendar)
    {
        var on = visit.CompletedOn;
        if (visit is { Scanned: false, NoScanReason: null })
            yield return About(visit, ClueKind.NotScanned, on, "检查未扫码，也没有登记未扫码原因");
        if (!QuietDayRulings.Of(visit.Type, visit.Ground, on, visit.PlanFiledOn, rules).Allows())
            yield return About(visit, ClueKind.OnQuietDay, on, visit.Type == InspectionType.Special ? "专项检查在安静日实施，事先没有备案" : "日常检查在企业安静日实施");
        if (visit.PreviewSentOn is null && (visit.Type == InspectionType.Daily || visit is { Type: InspectionType.Special, PreviewWaived: false }))
            yield return About(visit, ClueKind.WithoutPreview, on, "没有发送检查预告");
        else if (visit is { PreviewSentOn: not null, ItemsWithoutStandards.Count: > 0 })
            yield return About(visit, ClueKind.WithoutPreview, on, $"检查预告没有写明合规标准（{string.Join('、', visit.ItemsWithoutStandards)}）");
        if (visit is { ApprovedOn: null, Urgent: false })
            yield return About(visit, ClueKind.WithoutApproval, on, "检查没有经单位负责人批准");
        if (visit.UnqualifiedBecause is { } why)
            yield return About(visit, ClueKind.UnqualifiedPeople, on, why);
        if (visit.WarnedOf.Contains(MatterKind.SameYearRepeat))
            yield return About(visit, ClueKind.RepeatedInspection, on, "同类事项本年度已经检查过，提示后仍然检查");
        foreach (var late in Late(visit, today, rules, calendar))
            yield return late;
    }

    private static IEnumerable<Finding> Late(VisitMade visit, DateOnly today, RulePack rules, WorkingCalendar calendar)
    {
        var resultBy = calendar.Due(visit.CompletedOn, rules.ResultEntry.Period).On;
        if (visit.ResultEnteredOn is null && today > resultBy)
            yield return About(visit, ClueKind.ResultOverdue, resultBy, $"检查结果应于{ChineseDates.Short(resultBy)}前回填，至今没有回填");
        var publishBy = calendar.Due(visit.CompletedOn, rules.Publication.Period).On;
        if (visit is { PublishedOn: null, NotPublishedBecause: null } && today > publishBy)
            yield return About(visit, ClueKind.PublicationOverdue, publishBy, $"检查结果应于{ChineseDates.Short(publishBy)}前公示，至今没有公示");
    }

    private static Finding About(VisitMade visit, ClueKind kind, DateOnly on, string what) =>
        new(kind, visit.UnitId, visit.Id, on, $"{visit.Id} {ChineseDates.Short(visit.CompletedOn)} {visit.EnterpriseName}：{what}");

    private static Finding Of(PassedLimit limit) =>
        new(Limits.GetValueOrDefault(limit.Kind, ClueKind.LimitPassed), limit.UnitId, limit.SubjectId, limit.DueOn, $"{limit.Title}应于{ChineseDates.Short(limit.DueOn)}前办理，至今没有办理");

    private static IEnumerable<Finding> Of(UnmergedPrompt prompt) =>
        prompt.UnitIds.Select(unit => new Finding(ClueKind.NotMerged, unit, prompt.Id, prompt.DueOn, $"{prompt.Id} {prompt.EnterpriseName}：并办提示应于{ChineseDates.Short(prompt.DueOn)}前处理，到期没有处理"));

    /// <summary>One clue for an enterprise and year, against whoever was there most often; the other units have part in it (S33: nobody is told nine times).</summary>
    private static IEnumerable<Finding> Of(OftenVisited enterprise, RulePack rules)
    {
        if (enterprise.Visits.Count < rules.HighFrequencyVisits.Value)
            return [];
        var units = enterprise.Visits.GroupBy(visit => visit.UnitId).OrderByDescending(own => own.Count()).ThenBy(own => own.Key, StringComparer.Ordinal).Select(own => own.Key).ToList();
        var words = string.Create(CultureInfo.InvariantCulture, $"{enterprise.EnterpriseName}{enterprise.Year}年已接受现场检查{enterprise.Visits.Count}次，涉及{units.Count}个单位");
        return enterprise.Visits.Select(visit => new Finding(ClueKind.TooFrequent, units[0], visit.TaskId, visit.On, words)
        {
            Matter = string.Create(CultureInfo.InvariantCulture, $"{enterprise.EnterpriseId}/{enterprise.Year}"),
            OtherUnitIds = units[1..],
        });
    }

    /// <summary>So many complaints about a unit within the pack's window, whatever they are about: the trend counts, not the single post (S12).</summary>
    private static IEnumerable<Finding> Trends(IReadOnlyList<ComplaintOfUnit> complaints, RulePack rules)
    {
        var (needed, window) = (rules.ComplaintTrend.Value, rules.ComplaintTrendWindow.Period.Amount);
        foreach (var unit in complaints.GroupBy(complaint => complaint.UnitId))
        {
            var inOrder = unit.OrderBy(complaint => complaint.On).ThenBy(complaint => complaint.Id, StringComparer.Ordinal).ToList();
            var dense = new HashSet<ComplaintOfUnit>();
            for (var first = 0; first < inOrder.Count; first++)
            {
                var together = inOrder.Skip(first).TakeWhile(complaint => complaint.On <= inOrder[first].On.AddDays(window)).ToList();
                if (together.Count >= needed)
                    dense.UnionWith(together);
            }

            foreach (var complaint in inOrder.Where(dense.Contains))
                yield return new Finding(ClueKind.ComplaintTrend, complaint.UnitId, complaint.Id, complaint.On, $"{complaint.Id} {ChineseDates.Short(complaint.On)} {complaint.Kind.InChinese()}");
        }
    }

    private static Finding Of(ReportedInspection report) =>
        new(ClueKind.NotOnPlatform, report.UnitId, report.Id, report.On, $"{report.Id} {ChineseDates.Short(report.On)}的入企检查没有在平台登记任务");

    private static IEnumerable<Finding> Of(Visit visit)
    {
        if (visit.Alerts.Count == 0)
            return [];
        var what = string.Join('，', visit.Alerts.Select(alert => alert switch
        {
            VisitAlert.WithoutConsent => "没有征得企业同意",
            VisitAlert.TurnedIntoCase => "非紧急情况当日转入执法流程",
            VisitAlert.EnterpriseSaysInspection => "企业反映实为检查",
            _ => "走访记录中出现检查内容",
        }));
        return [new Finding(ClueKind.VisitInDisguise, visit.UnitId, visit.Id, visit.On, $"{visit.Id} {ChineseDates.Short(visit.On)}{visit.Kind.Name()}：{what}")];
    }

    private static Finding Of(Unit unit) =>
        new(ClueKind.EntrustmentEnded, unit.Id, $"{unit.Id}/{unit.EntrustedUntil:yyyyMMdd}", unit.EntrustedUntil!.Value, $"{unit.Name}的委托期限{ChineseDates.Long(unit.EntrustedUntil!.Value)}届满，没有登记续期");

    private static Finding? Of(PlanFinding finding)
    {
        ClueKind? kind = finding.Problem switch
        {
            PlanProblem.NotUploaded => ClueKind.PlanNotUploaded,
            PlanProblem.NotFiledWithJustice or PlanProblem.NotFiledWithSuperior or PlanProblem.FiledOutOfOrder => ClueKind.PlanNotFiled,
            PlanProblem.NotPublished => ClueKind.PlanNotPublished,
            _ => null,
        };
        return kind is { } found ? new Finding(found, finding.UnitId, finding.PlanId ?? $"{finding.UnitId}/{finding.Year}", finding.Since, finding.InWords) : null;
    }
}
