using Bot.Domain.Calendar;
using Bot.Domain.Inspections;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Merging;

/// <summary>
/// Finds what should be one visit (J25, J26, D13): a task that is new or was moved is held against the unfinished ones of its enterprise. One query over
/// an index; whatever was put before the units once is never put before them again.
/// </summary>
public sealed class Matching(ISupervisionDb db, MergeRegister register, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    internal static readonly InspectionStage[] Ahead = [InspectionStage.Registered, InspectionStage.Submitted, InspectionStage.Approved, InspectionStage.Previewed];

    /// <summary>To be called once in the command that registers, moves or changes a task, before it is saved. Gives the prompt that came of it, if one did.</summary>
    public async Task<MergePrompt?> Match(InspectionTask task, CancellationToken cancellationToken)
    {
        if (!MayMerge(task))
        {
            await Leave(task, cancellationToken);
            return null;
        }

        var window = rules.MergeWindow.Period.Amount;
        var (from, to) = (task.ScheduledOn.AddDays(-window), task.ScheduledOn.AddDays(window));
        var near = await db.Tasks
            .Where(t => t.EnterpriseId == task.EnterpriseId && t.ScheduledOn >= from && t.ScheduledOn <= to && t.Id != task.Id)
            .Where(t => Ahead.Contains(t.Stage) && !t.Urgent)
            .ToListAsync(cancellationToken);
        near.RemoveAll(other => !MayMerge(other));
        if (near.Count == 0)
            return null;
        var open = await register.OpenOf(task.EnterpriseId, cancellationToken);
        return await Match(task, near, open, cancellationToken);
    }

    /// <summary>Not begun, not at the door already (J12), and no surprise, neither agreed to nor asked for: a joint visit is no secret (J19).</summary>
    internal static bool MayMerge(InspectionTask task) => task.Stage.IsAhead() && task is { Urgent: false, IsSurprise: false, PreviewWaiverWanted: null };

    /// <summary>Items whose way of inspection the law fixes stay out (D08).</summary>
    internal static async Task<HashSet<string>> FixedByLaw(ISupervisionDb db, IEnumerable<InspectionTask> tasks, CancellationToken cancellationToken)
    {
        var items = tasks.SelectMany(task => task.ItemIds).Distinct(StringComparer.Ordinal).ToList();
        return await db.Items.Where(item => item.FixedByLaw && items.Contains(item.Id)).Select(item => item.Id).ToHashSetAsync(cancellationToken);
    }

    private async Task<MergePrompt?> Match(InspectionTask task, List<InspectionTask> near, List<MergePrompt> open, CancellationToken cancellationToken)
    {
        var fixedItems = await FixedByLaw(db, near.Append(task), cancellationToken);
        if (task.ItemIds.Exists(fixedItems.Contains))
            return null;
        near.RemoveAll(other => other.ItemIds.Exists(fixedItems.Contains));
        var ids = near.ConvertAll(other => other.Id);
        ids.Add(task.Id);
        var known = (await db.MergePairs.Where(pair => ids.Contains(pair.TaskId) && ids.Contains(pair.OtherTaskId)).ToListAsync(cancellationToken))
            .Concat(db.MergePairs.Local)
            .Select(pair => (pair.TaskId, pair.OtherTaskId))
            .ToHashSet();

        var target = open.Find(prompt => prompt.TaskIds.Contains(task.Id)) ?? open.Find(prompt => near.Exists(other => prompt.TaskIds.Contains(other.Id)));
        var group = target is null ? [task] : await Members(target, near, task, cancellationToken);
        var added = target is null ? [task] : new List<InspectionTask>();
        foreach (var one in near.Append(task).OrderBy(other => Math.Abs(other.ScheduledOn.DayNumber - task.ScheduledOn.DayNumber)).ThenBy(other => other.Id, StringComparer.Ordinal))
        {
            if (group.Contains(one) || open.Exists(prompt => prompt.TaskIds.Contains(one.Id)) || !GoesWith(one, group, known))
                continue;
            group.Add(one);
            added.Add(one);
        }

        if (added.Count == 0 || group.Count < 2)
            return null;
        var candidates = await register.Candidates(group, cancellationToken);
        if (MergeSuggestion.Of(candidates, clock.Today, rules, calendars.Current) is not { } suggestion)
            return null;
        return target is null
            ? await Issue(group, suggestion, cancellationToken)
            : await Join(target, group, added, suggestion, cancellationToken);
    }

    /// <summary>Within the window of every one of them, and never put beside any of them before.</summary>
    private bool GoesWith(InspectionTask one, List<InspectionTask> group, HashSet<(string TaskId, string OtherTaskId)> known) => group.TrueForAll(other =>
        Math.Abs(other.ScheduledOn.DayNumber - one.ScheduledOn.DayNumber) <= rules.MergeWindow.Period.Amount
        && !known.Contains(string.CompareOrdinal(one.Id, other.Id) < 0 ? (one.Id, other.Id) : (other.Id, one.Id)));

    private async Task<List<InspectionTask>> Members(MergePrompt prompt, List<InspectionTask> near, InspectionTask task, CancellationToken cancellationToken)
    {
        var members = near.Append(task).Where(one => prompt.TaskIds.Contains(one.Id)).ToList();
        var others = prompt.TaskIds.Except(members.Select(one => one.Id), StringComparer.Ordinal).ToList();
        if (others.Count > 0)
            members.AddRange(await db.Tasks.Where(one => others.Contains(one.Id)).ToListAsync(cancellationToken));
        return members;
    }

    private async Task<MergePrompt> Issue(List<InspectionTask> group, MergeSuggestion suggestion, CancellationToken cancellationToken)
    {
        var units = group.Select(task => task.UnitId).Distinct(StringComparer.Ordinal).ToList();
        var number = await Numbers.Take(db, rules.Series("merge"), "M", clock.Today.Year, 1, cancellationToken);
        var ids = group.Select(task => task.Id).Order(StringComparer.Ordinal);
        var prompt = new MergePrompt(number.Id, number.Printed, units.Count > 1 ? MergeScope.AcrossUnits : MergeScope.SameUnit, group[0].EnterpriseId, ids, clock.UtcNow);
        prompt.Ask(units, clock.Today);
        prompt.Suggest(suggestion);
        db.MergePrompts.Add(prompt);
        Remember(prompt, MergePair.Of(prompt.TaskIds));
        await register.Open(prompt, clock.Today, group, cancellationToken);
        await register.TellPrompt(prompt, group, cancellationToken);
        return prompt;
    }

    private async Task<MergePrompt> Join(MergePrompt prompt, List<InspectionTask> group, List<InspectionTask> added, MergeSuggestion suggestion, CancellationToken cancellationToken)
    {
        var before = prompt.TaskIds.ToHashSet(StringComparer.Ordinal);
        var newUnits = added.Select(task => task.UnitId).Distinct(StringComparer.Ordinal).Where(unit => prompt.PartyOf(unit) is null).ToList();
        foreach (var task in added)
            prompt.Join(task.Id);
        Remember(prompt, MergePair.Of(prompt.TaskIds).Where(pair => !before.Contains(pair.TaskId) || !before.Contains(pair.OtherTaskId)));
        if (newUnits.Count > 0)
            await register.Widen(prompt, newUnits, group, cancellationToken);

        // A day that a unit has put forward stands; only what the service had suggested moves with the group.
        if (prompt.ProposedByUnitId is null || MergeSuggestion.Latest(await register.Candidates(group, cancellationToken)) < prompt.On)
            prompt.Suggest(suggestion);
        await register.TellPrompt(prompt, group, cancellationToken);
        return prompt;
    }

    private async Task Leave(InspectionTask task, CancellationToken cancellationToken)
    {
        foreach (var prompt in (await register.OpenOf(task.EnterpriseId, cancellationToken)).FindAll(prompt => prompt.TaskIds.Contains(task.Id)))
            await register.Leave(prompt, task, cancellationToken);
    }

    private void Remember(MergePrompt prompt, IEnumerable<(string TaskId, string OtherTaskId)> pairs)
    {
        foreach (var (one, other) in pairs)
            db.MergePairs.Add(new MergePair(one, other, prompt.Id));
    }
}
