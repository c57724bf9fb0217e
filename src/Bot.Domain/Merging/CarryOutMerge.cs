using Bot.Domain.Calendar;
using Bot.Domain.Inspections;
using Bot.Domain.Previews;

namespace Bot.Domain.Merging;

/// <summary>What became of a merge that all agreed to, or that the justice bureau ordered.</summary>
/// <param name="JointTaskId">The task that goes on; null when too few were still ahead.</param>
/// <param name="MergedTaskIds">The tasks done in its course.</param>
/// <param name="NeedsApproval">Day or people differ from what was approved: the lead unit's leader decides before the enterprise is told.</param>
public sealed record CarriedOut(string? JointTaskId, IReadOnlyList<string> MergedTaskIds, bool NeedsApproval);

/// <summary>
/// Makes one visit of several tasks: the lead task takes items, people and units along, the others point to it (J26–J28). Where the day or the people
/// are no longer those that were approved, it goes before the leader of the lead unit (J10); each other unit has agreed through its liaison.
/// </summary>
internal sealed class CarryOutMerge(MergeRegister register, TaskRegister tasksOfUnits, PreviewDesk previews, ChinaClock clock)
{
    public async Task<CarriedOut> Run(MergePrompt prompt, CancellationToken cancellationToken)
    {
        foreach (var gone in (await register.TasksOf(prompt, cancellationToken)).Where(task => !Matching.MayMerge(task)))
        {
            await register.Leave(prompt, gone, cancellationToken);
            if (!prompt.IsOpen)
                return new CarriedOut(null, [], NeedsApproval: false);
        }

        var tasks = await register.TasksOf(prompt, cancellationToken);
        var lead = Lead(prompt, tasks);
        var others = tasks.FindAll(task => task != lead);

        // Until the merged preview goes out the enterprise goes on reading what it was told.
        foreach (var task in tasks)
            await previews.KeepWhatWasSent(task, cancellationToken);
        var under = lead.Stage;
        var needsApproval = Join(lead, others, prompt.On!.Value, prompt.HalfDay);
        prompt.LedBy(lead.Id);
        prompt.Merged(clock.UtcNow);
        await register.Meet(prompt, cancellationToken);
        await Tell(prompt, lead, others, needsApproval, cancellationToken);
        if (!needsApproval)
            await previews.SendAfterApproval(lead, cancellationToken);
        else if (under != InspectionStage.Registered)
            await tasksOfUnits.Submit(lead, await tasksOfUnits.Checks(lead, cancellationToken), cancellationToken, $"{prompt.Id}并办后日期、事项或人员有变化，请重新审批。");
        return new CarriedOut(lead.Id, [.. others.Select(task => task.Id)], needsApproval);
    }

    private static InspectionTask Lead(MergePrompt prompt, List<InspectionTask> tasks) =>
        (prompt.Scope == MergeScope.SameUnit ? tasks.Find(task => task.Section == prompt.LeadSection) : null)
        ?? tasks.Find(task => task.Id == prompt.LeadTaskId)
        ?? tasks[0];

    /// <summary>Gives whether the leader has to decide anew.</summary>
    private bool Join(InspectionTask lead, List<InspectionTask> others, DateOnly on, string halfDay)
    {
        var (people, units) = (lead.InspectorIds.ToHashSet(StringComparer.Ordinal), lead.JointUnitIds.Count);
        var wasApproved = lead.ApprovedOn is not null;
        foreach (var other in others)
        {
            lead.TakeAlong(other, clock.Today);
            other.MoveAsAgreed(on, halfDay);
            other.MergeInto(lead.Id);
        }

        var sameTeam = people.SetEquals(lead.InspectorIds) && units == lead.JointUnitIds.Count;
        if (lead.ScheduledOn == on && sameTeam && wasApproved && others.TrueForAll(other => other.ApprovedOn is not null))
        {
            lead.MoveAsAgreed(on, halfDay);
            return false;
        }

        lead.Move(on, halfDay);
        return true;
    }

    private async Task Tell(MergePrompt prompt, InspectionTask lead, List<InspectionTask> others, bool needsApproval, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["no"] = prompt.Id,
            ["enterprise"] = await register.EnterpriseName(prompt, cancellationToken),
            ["date"] = ChineseDates.WithWeekday(lead.ScheduledOn) + lead.HalfDay,
            ["lead"] = await register.LeadName(prompt, [lead], cancellationToken),
            ["units"] = await register.UnitNames([lead.UnitId, .. lead.JointUnitIds], cancellationToken),
            ["merged"] = string.Join('、', others.Select(task => task.Id)),
            ["joint"] = lead.Id,
            ["next"] = needsApproval ? "日期或人员有变化，由牵头单位负责人批准后通知企业。" : "",
        };
        await register.Tell(prompt, "N5b", "", fields, cancellationToken);
        foreach (var inspector in lead.InspectorIds)
            await register.TellPerson(prompt, inspector, "N5b", "", fields, cancellationToken);
    }
}
