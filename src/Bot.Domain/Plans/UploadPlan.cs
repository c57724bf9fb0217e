using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Plans;

/// <summary>A unit's plan comes into the platform (J08); annual ones once a year, the others as needed (J09).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record UploadPlan(Actor By, int Year, PlanKind Kind, string Title, IReadOnlyList<PlanLineFacts> Lines, string QuietDayReason = "") : ICommand<PlanReceipt>;

/// <summary>Adjusts or adds to a plan; the version before stays readable, with the reason (J09).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record RevisePlan(Actor By, string PlanId, string Reason, IReadOnlyList<PlanLineFacts> Lines, string? Title = null) : ICommand<PlanReceipt>;

internal sealed class UploadPlanHandler(ISupervisionDb db, PlanRegister register, RulePack rules, ChinaClock clock) :
    IRequestHandler<UploadPlan, PlanReceipt>,
    IRequestHandler<RevisePlan, PlanReceipt>
{
    private const int LongestTitle = 100;
    private const int LongestReason = 500;
    private const int MostLines = 5000;
    private const int MostNamed = 5;

    private static readonly Rule ThisYearOrNext = new("只能上传今年或明年的计划，请核对年度。", "J08");
    private static readonly Rule WithTitle = new("请写计划名称，100字以内。", "J08");
    private static readonly Rule OneAnnualPlan = new("这一年的年度检查计划已经上传，要调整请说“调整计划”。", "J09");
    private static readonly Rule WithReason = new("请写明调整的原因，500字以内。", "J09");
    private static readonly Rule WithLines = new("计划里没有一行内容，请至少写一行。", "J08");
    private static readonly Rule NotTooMany = new($"计划最多{MostLines.ToString(CultureInfo.InvariantCulture)}行，请分成几个计划。", "J08");
    private static readonly Rule Complete = new("计划还不完整，请补齐后再上传。", "W08");
    private static readonly Rule WithDivision = new("联合检查要写明各单位的分工，请补齐后再上传。", "W04");
    private static readonly Rule SoundFigures = new("月份应在1到12之间、先后不颠倒，检查比例应大于0、不超过100%，频次至少1次。", "W08");
    private static readonly Rule ItemsOfTheList = new("检查事项不在已审核公布的清单里，不能列入计划。", "D06");

    public async Task<PlanReceipt> Handle(UploadPlan command, CancellationToken cancellationToken)
    {
        var (title, today) = (command.Title.Trim(), clock.Today);
        ThisYearOrNext.Require(command.Year == today.Year || command.Year == today.Year + 1);
        WithTitle.Require(title.Length is > 0 and <= LongestTitle);
        var unit = await db.Units.FirstOrDefaultAsync(u => u.Id == command.By.UnitId, cancellationToken);
        PlanRegister.Found.Require(unit is not null);
        if (command.Kind == PlanKind.Annual)
            await OnlyOne(command, cancellationToken);
        var lines = await Sound(command.Lines, cancellationToken);

        var number = await Numbers.Take(db, rules.Series("plan"), "P", command.Year, 0, cancellationToken);
        var plan = new InspectionPlan(IdOf(command, number), unit!.Id, command.Year, command.Kind, title, today) { QuietDayReason = command.QuietDayReason.Trim() };
        plan.IsNumbered(number.Printed);
        db.Plans.Add(plan);
        Keep(plan, lines);
        if (command.Kind == PlanKind.Annual)
            await register.Uploaded(plan, cancellationToken);
        return register.Receipt(plan, unit, await register.AwaitFiling(plan, unit, cancellationToken));
    }

    public async Task<PlanReceipt> Handle(RevisePlan command, CancellationToken cancellationToken)
    {
        var reason = command.Reason.Trim();
        WithReason.Require(reason.Length is > 0 and <= LongestReason);
        var (plan, unit) = await register.Of(command.By, command.PlanId, cancellationToken);
        var title = command.Title?.Trim() ?? plan.Title;
        WithTitle.Require(title.Length is > 0 and <= LongestTitle);
        var lines = await Sound(command.Lines, cancellationToken);

        await register.Replaced(plan, cancellationToken);
        db.PlanVersions.Add(plan.Revise(title, reason, clock.Today));
        Keep(plan, lines);
        return register.Receipt(plan, unit, await register.AwaitFiling(plan, unit, cancellationToken));
    }

    private async Task OnlyOne(UploadPlan command, CancellationToken cancellationToken)
    {
        var known = await db.Plans.FirstOrDefaultAsync(p => p.UnitId == command.By.UnitId && p.Year == command.Year && p.Kind == PlanKind.Annual, cancellationToken);
        OneAnnualPlan.Require(known is null, $"{command.Year}年度检查计划{ChineseDates.Short(known?.UploadedOn ?? default)}已经上传（{known?.Id}），要调整请说“调整计划 {known?.Id}”。");
    }

    private async Task<IReadOnlyList<PlanLineFacts>> Sound(IReadOnlyList<PlanLineFacts> lines, CancellationToken cancellationToken)
    {
        WithLines.Require(lines.Count > 0);
        NotTooMany.Require(lines.Count <= MostLines);
        var undivided = lines.Where(line => line.Lacks().Contains(PlanColumns.Division)).ToList();
        WithDivision.Require(undivided.Count == 0, $"{Rows(undivided)}是联合检查，没有写明各单位的分工，请补齐后再上传。");
        var lacking = lines.Where(line => line.Lacks().Any()).ToList();
        Complete.Require(lacking.Count == 0, $"计划还不完整：{string.Join('；', lacking.Take(MostNamed).Select(line => $"第{line.Row}行缺{string.Join('、', line.Lacks())}"))}。请补齐后再上传。");
        var unsound = lines.Where(line => line is not { MonthFrom: >= 1, MonthTo: <= 12, Ratio: > 0 and <= 100, Visits: null or >= 1 } || line.MonthFrom > line.MonthTo).ToList();
        SoundFigures.Require(unsound.Count == 0, $"{Rows(unsound)}有误：{SoundFigures.Sentence}");
        var wanted = lines.SelectMany(line => line.ItemIds).Distinct(StringComparer.Ordinal).ToList();
        var items = (await db.Items.Where(item => wanted.Contains(item.Id)).ToListAsync(cancellationToken)).Where(item => item.Selectable(clock.Today)).Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var unlisted = lines.Where(line => !line.ItemIds.TrueForAll(items.Contains)).ToList();
        ItemsOfTheList.Require(unlisted.Count == 0, $"{Rows(unlisted)}的检查事项不在已审核公布的清单里，不能列入计划。");
        return await WithLeaders(lines, cancellationToken);
    }

    /// <summary>A field that several units oversee together has its leader (W03).</summary>
    private async Task<IReadOnlyList<PlanLineFacts>> WithLeaders(IReadOnlyList<PlanLineFacts> lines, CancellationToken cancellationToken)
    {
        if (!lines.Any(line => line is { Field.Length: > 0, LeadUnitId: null }))
            return lines;
        var units = await db.Units.ToListAsync(cancellationToken);
        return [.. lines.Select(line => line.LeadUnitId is null ? line with { LeadUnitId = LeadUnits.Of(line.Field, units)?.Id } : line)];
    }

    private void Keep(InspectionPlan plan, IReadOnlyList<PlanLineFacts> lines)
    {
        for (var at = 0; at < lines.Count; at++)
            db.PlanLines.Add(new PlanLine(plan, at + 1, lines[at]));
    }

    private static string Rows(List<PlanLineFacts> lines) =>
        $"第{string.Join('、', lines.Take(MostNamed).Select(line => line.Row))}行{(lines.Count > MostNamed ? "等" : "")}";

    private static string IdOf(UploadPlan command, CaseNumber number) => command.Kind switch
    {
        PlanKind.Annual => $"P-{command.By.UnitId}-{command.Year}",
        PlanKind.Special => $"P-{command.By.UnitId}-{command.Year}-S{number.Sequence}",
        PlanKind.FromAbove => $"P-{command.By.UnitId}-{command.Year}-F{number.Sequence}",
        _ => $"P-{command.By.UnitId}-{command.Year}-L{number.Sequence}",
    };
}
