using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Merging;

/// <summary>Why a task of one's unit is in no prompt, or in which it is (D08).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Inspector, ActorRole.Supervisor)]
public sealed record WhyNotMerged(Actor By, string TaskId) : IQuery<string>;

internal sealed class WhyNotMergedHandler(ISupervisionDb db, RulePack rules) : IRequestHandler<WhyNotMerged, string>
{
    private static readonly Rule OwnTask = new("没有找到这个检查任务，或者它不由您的单位办理。", "D15");

    public async Task<string> Handle(WhyNotMerged query, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.AsNoTracking().FirstOrDefaultAsync(t => t.Id == query.TaskId, cancellationToken);
        OwnTask.Require(task is not null && (query.By.Role == ActorRole.Supervisor || task.UnitId == query.By.UnitId));
        if (task!.MergedIntoTaskId is { } joint)
            return $"任务{task.Id}已并入{joint}，一次完成。";
        if (!Matching.MayMerge(task))
            return $"任务{task.Id}不参与并办：{(task.Stage.IsAhead() ? "免预告或紧急检查" : task.Stage.Name())}。";
        var prompt = (await db.MergePrompts.AsNoTracking().Where(p => p.EnterpriseId == task.EnterpriseId && p.State == MergeState.Open).ToListAsync(cancellationToken)).Find(p => p.TaskIds.Contains(task.Id));
        if (prompt is not null)
            return $"任务{task.Id}在并办提示{prompt.Id}里，请回复“打开 {prompt.Id}”处理。";
        var fixedItems = await db.Items.AsNoTracking().Where(item => item.FixedByLaw && task.ItemIds.Contains(item.Id)).ToListAsync(cancellationToken);
        if (fixedItems.Count > 0)
            return string.Join('\n', fixedItems.Select(item => $"{item.Name}：本事项不参与并办：法定方式{(item.FixedByLawBecause.Length > 0 ? $"（{item.FixedByLawBecause}）" : "")}。"));
        var pairs = await db.MergePairs.AsNoTracking().Where(pair => pair.TaskId == task.Id || pair.OtherTaskId == task.Id).Select(pair => pair.PromptId).Distinct().OrderBy(id => id).ToListAsync(cancellationToken);
        return pairs.Count > 0
            ? $"任务{task.Id}提示过并办（{string.Join('、', pairs)}），已经处理完，同样的任务不再重复提示。"
            : $"任务{task.Id}前后{rules.MergeWindow.Period.Amount}天内，同一企业没有可以一起做的其他检查。";
    }
}

/// <summary>The unit's own tasks that meet at one enterprise in a month, so that its sections tune their plans (W12, W14).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record MeetingTasks(Actor By, int Year, int Month) : IQuery<IReadOnlyList<MeetingAtEnterprise>>;

/// <param name="EnterpriseName">Where they meet.</param>
/// <param name="Tasks">Section and day of each.</param>
/// <param name="PromptId">The open prompt about them, if there is one.</param>
public sealed record MeetingAtEnterprise(string EnterpriseName, IReadOnlyList<string> Tasks, string? PromptId);

internal sealed class MeetingTasksHandler(ISupervisionDb db) : IRequestHandler<MeetingTasks, IReadOnlyList<MeetingAtEnterprise>>
{
    public async Task<IReadOnlyList<MeetingAtEnterprise>> Handle(MeetingTasks query, CancellationToken cancellationToken)
    {
        KnownYears.Require(query.Year, query.Month);
        var from = new DateOnly(query.Year, query.Month, 1);
        var to = from.AddMonths(1);
        var tasks = await db.Tasks.AsNoTracking()
            .Where(task => task.UnitId == query.By.UnitId && task.ScheduledOn >= from && task.ScheduledOn < to && Matching.Ahead.Contains(task.Stage))
            .OrderBy(task => task.ScheduledOn)
            .ToListAsync(cancellationToken);
        var meeting = tasks.GroupBy(task => task.EnterpriseId).Where(same => same.Count() > 1).ToList();
        var enterprises = meeting.ConvertAll(same => same.Key);
        var names = await db.Enterprises.Where(e => enterprises.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, cancellationToken);
        var prompts = await db.MergePrompts.AsNoTracking().Where(prompt => prompt.State == MergeState.Open && enterprises.Contains(prompt.EnterpriseId)).ToListAsync(cancellationToken);
        return [.. meeting.Select(same => new MeetingAtEnterprise(
            names[same.Key],
            [.. same.Select(task => $"{(task.Section.Length > 0 ? task.Section : task.Id)}{ChineseDates.Short(task.ScheduledOn)}（{task.Id}）")],
            prompts.Find(prompt => same.Any(task => prompt.TaskIds.Contains(task.Id)))?.Id))];
    }
}
