using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Merging;

/// <summary>
/// For what came by file (W09): prompts of another platform get their limit and their parties, and tasks that nothing has matched yet are matched. Also
/// finds two tasks that were registered at the same moment, each without the other. Repeated, it does nothing more.
/// </summary>
/// <param name="By">The service.</param>
/// <param name="After">Where the piece before stopped; many enterprises are gone through in several pieces.</param>
[Allowed]
public sealed record MatchImported(Actor By, string? After = null) : ICommand<ImportedMatched>, IRecordsItself;

/// <param name="TakenIn">Prompts of another platform that were given their limit.</param>
/// <param name="Prompts">Prompts that came of matching.</param>
/// <param name="Next">The next piece goes on after this enterprise; null when it was the last.</param>
public sealed record ImportedMatched(int TakenIn, int Prompts, string? Next) : IReceipt
{
    public string Subject => "";
}

internal sealed class MatchImportedHandler(ISupervisionDb db, Matching matching, MergeRegister register, DeadlineBook deadlines, RulePack rules, AuditTrail trail) : IRequestHandler<MatchImported, ImportedMatched>
{
    private const int AtOnce = 100;

    public async Task<ImportedMatched> Handle(MatchImported command, CancellationToken cancellationToken)
    {
        var takenIn = await TakeIn(command, cancellationToken);
        var prompts = new HashSet<string>(StringComparer.Ordinal);
        var enterprises = await Unmatched(command.After ?? "", cancellationToken);
        foreach (var enterprise in enterprises)
        {
            var tasks = await db.Tasks.Where(task => task.EnterpriseId == enterprise && Matching.Ahead.Contains(task.Stage)).OrderBy(task => task.RegisteredOn).ThenBy(task => task.Id).ToListAsync(cancellationToken);
            foreach (var task in tasks)
            {
                if (await matching.Match(task, cancellationToken) is { } prompt && prompts.Add(prompt.Id))
                    trail.Add(command.By.PersonId!, "Match", prompt.Id, string.Join('+', prompt.TaskIds));
            }
        }

        return new ImportedMatched(takenIn, prompts.Count, enterprises.Count == AtOnce ? enterprises[^1] : null);
    }

    /// <summary>Enterprises with two tasks near each other that were never put before anybody together.</summary>
    private async Task<List<string>> Unmatched(string after, CancellationToken cancellationToken)
    {
        var window = rules.MergeWindow.Period.Amount;
        var ahead = db.Tasks.Where(task => Matching.Ahead.Contains(task.Stage) && !task.Urgent);
        return await (
            from one in ahead
            where one.EnterpriseId.CompareTo(after) > 0
            join other in ahead on one.EnterpriseId equals other.EnterpriseId
            where one.Id.CompareTo(other.Id) < 0
                && one.ScheduledOn <= other.ScheduledOn.AddDays(window) && other.ScheduledOn <= one.ScheduledOn.AddDays(window)
                && !db.MergePairs.Any(pair => (pair.TaskId == one.Id && pair.OtherTaskId == other.Id) || (pair.TaskId == other.Id && pair.OtherTaskId == one.Id))
            select one.EnterpriseId).Distinct().OrderBy(id => id).Take(AtOnce).ToListAsync(cancellationToken);
    }

    private async Task<int> TakeIn(MatchImported command, CancellationToken cancellationToken)
    {
        string[] kinds = [MergeDeadlines.SameUnit, MergeDeadlines.AcrossUnits];
        var bare = await db.MergePrompts.Include(prompt => prompt.Parties)
            .Where(prompt => prompt.Imported && !db.Deadlines.Any(deadline => deadline.SubjectId == prompt.Id && kinds.Contains(deadline.Kind)))
            .OrderBy(prompt => prompt.IssuedAt)
            .ToListAsync(cancellationToken);
        foreach (var prompt in bare)
        {
            await TakeIn(prompt, cancellationToken);
            trail.Add(command.By.PersonId!, "TakeInPrompt", prompt.Id, prompt.State.ToString());
        }

        var limited = await db.MergePrompts.Include(prompt => prompt.Parties)
            .Where(prompt => prompt.Imported && prompt.State == MergeState.Merged && db.Deadlines.Any(deadline => deadline.SubjectId == prompt.Id && kinds.Contains(deadline.Kind) && deadline.MetAt == null && deadline.DroppedAt == null))
            .ToListAsync(cancellationToken);
        foreach (var prompt in limited)
            await Close(prompt, cancellationToken);
        return bare.Count;
    }

    private async Task TakeIn(MergePrompt prompt, CancellationToken cancellationToken)
    {
        var tasks = await register.TasksOf(prompt, cancellationToken);
        var issuedOn = ChinaClock.ToChinaDate(prompt.IssuedAt);
        prompt.Ask(tasks.Select(task => task.UnitId), issuedOn);
        prompt.SeenElsewhere();
        if (prompt.IsOpen && await register.Suggestion([.. tasks.Where(Matching.MayMerge)], cancellationToken) is { } suggestion)
            prompt.Suggest(suggestion);
        else if (tasks.Find(task => task.MergedIntoTaskId is not null)?.MergedIntoTaskId is { } lead)
            prompt.LedBy(lead);
        var known = (await db.MergePairs.Where(pair => prompt.TaskIds.Contains(pair.TaskId) && prompt.TaskIds.Contains(pair.OtherTaskId)).ToListAsync(cancellationToken)).Select(pair => (pair.TaskId, pair.OtherTaskId)).ToHashSet();
        foreach (var (one, other) in MergePair.Of(prompt.TaskIds).Where(pair => !known.Contains(pair)))
            db.MergePairs.Add(new MergePair(one, other, prompt.Id));
        await register.Open(prompt, issuedOn, tasks, cancellationToken);
        if (!prompt.IsOpen)
            await Close(prompt, cancellationToken);
    }

    private async Task Close(MergePrompt prompt, CancellationToken cancellationToken)
    {
        var deadline = await deadlines.Find(MergeDeadlines.Of(prompt.Scope), prompt.Id, cancellationToken);
        deadline!.Meet(prompt.HandledAt!.Value);
        if (!deadline.OnTime(ChinaClock.ToChinaDate(prompt.HandledAt.Value)))
            prompt.MissedItsLimit();
    }
}
