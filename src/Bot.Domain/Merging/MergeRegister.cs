using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;
using Unit = Bot.Domain.People.Unit;

namespace Bot.Domain.Merging;

/// <summary>The kinds of deadline that belong to merge prompts.</summary>
public static class MergeDeadlines
{
    public const string SameUnit = "merge.sameUnit";
    public const string AcrossUnits = "merge.acrossUnits";

    public static string Of(MergeScope scope) => scope == MergeScope.SameUnit ? SameUnit : AcrossUnits;
}

/// <summary>Finds merge prompts for whoever may see them, keeps their deadlines, and tells the people of all units.</summary>
public sealed class MergeRegister(ISupervisionDb db, DeadlineBook deadlines, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    /// <summary>One sentence for "does not exist" and "not yours".</summary>
    private static readonly Rule OwnPrompt = new("没有找到这条并办提示，或者它与您的单位无关。说“并办提示”可以看到本单位的。", "D15") { Boundary = true };

    public async Task<MergePrompt> Of(Actor by, string id, CancellationToken cancellationToken)
    {
        var prompt = await Find(id, cancellationToken);
        OwnPrompt.Require(prompt is not null && (by.Role == ActorRole.Supervisor || prompt.PartyOf(by.UnitId) is not null));
        return prompt!;
    }

    public async Task<MergePrompt?> Find(string id, CancellationToken cancellationToken)
    {
        var upper = id.ToUpperInvariant();
        return db.MergePrompts.Local.FirstOrDefault(prompt => prompt.Id == upper)
            ?? await db.MergePrompts.Include(prompt => prompt.Parties).FirstOrDefaultAsync(prompt => prompt.Id == upper, cancellationToken);
    }

    /// <summary>The open prompts about an enterprise, also those of the command under way.</summary>
    public async Task<List<MergePrompt>> OpenOf(string enterpriseId, CancellationToken cancellationToken)
    {
        var stored = await db.MergePrompts.Include(prompt => prompt.Parties)
            .Where(prompt => prompt.EnterpriseId == enterpriseId && prompt.State == MergeState.Open)
            .OrderBy(prompt => prompt.IssuedAt)
            .ToListAsync(cancellationToken);
        return [.. stored.Union(db.MergePrompts.Local.Where(prompt => prompt.EnterpriseId == enterpriseId)).Where(prompt => prompt.IsOpen)];
    }

    /// <summary>The tasks of a prompt that may still become one visit, in order of their days.</summary>
    public async Task<List<InspectionTask>> TasksOf(MergePrompt prompt, CancellationToken cancellationToken)
    {
        var stored = await db.Tasks.Where(task => prompt.TaskIds.Contains(task.Id)).ToListAsync(cancellationToken);
        var fresh = db.Tasks.Local.Where(task => prompt.TaskIds.Contains(task.Id));
        return [.. stored.Union(fresh).OrderBy(task => task.ScheduledOn).ThenBy(task => task.Id, StringComparer.Ordinal)];
    }

    public async Task<List<MergeCandidate>> Candidates(IReadOnlyCollection<InspectionTask> tasks, CancellationToken cancellationToken)
    {
        var plans = tasks.Select(task => task.PlanId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var filed = plans.Count == 0 ? [] : await db.Plans.Where(plan => plans.Contains(plan.Id)).ToDictionaryAsync(plan => plan.Id, plan => plan.JusticeFiledOn, cancellationToken);
        return [.. tasks.Select(task => new MergeCandidate(task, filed.GetValueOrDefault(task.PlanId ?? "")))];
    }

    public async Task<MergeSuggestion?> Suggestion(IReadOnlyCollection<InspectionTask> tasks, CancellationToken cancellationToken) =>
        tasks.Count < 2 ? null : MergeSuggestion.Of(await Candidates(tasks, cancellationToken), clock.Today, rules, calendars.Current);

    /// <summary>The last day, marked when a holiday notice is still missing.</summary>
    public async Task<string> DueText(MergePrompt prompt, CancellationToken cancellationToken) =>
        await DeadlineOf(prompt, cancellationToken) is { } deadline ? ChineseDates.Due(deadline.DueOn, deadline.Provisional) : "";

    public async Task<Deadline?> DeadlineOf(MergePrompt prompt, CancellationToken cancellationToken) =>
        await deadlines.Find(MergeDeadlines.Of(prompt.Scope), prompt.Id, cancellationToken);

    public Limit LimitOf(MergeScope scope) => scope == MergeScope.SameUnit ? rules.MergeSameUnit : rules.MergeAcrossUnits;

    /// <summary>Counts the limit from the day of the hint (J27, J28), for the people of all its units.</summary>
    public async Task Open(MergePrompt prompt, DateOnly on, IReadOnlyCollection<InspectionTask> tasks, CancellationToken cancellationToken)
    {
        var title = $"并办提示{prompt.Id}（{await EnterpriseName(prompt, cancellationToken)}）";
        var units = prompt.Parties.ConvertAll(party => party.UnitId);
        var lead = tasks.FirstOrDefault(task => task.Id == prompt.LeadTaskId)?.UnitId ?? units[0];
        var kind = MergeDeadlines.Of(prompt.Scope);
        deadlines.OpenFrom(on, kind, LimitOf(prompt.Scope), prompt.Id, title, lead, await Handlers(prompt, tasks, cancellationToken));
        (await deadlines.Find(kind, prompt.Id, cancellationToken))!.Concern(units);
    }

    /// <summary>
    /// A new unit is given the whole limit from the day it is asked, and the others with it: there is one visit to agree on. A limit that had passed by
    /// then stays on the record.
    /// </summary>
    public async Task Widen(MergePrompt prompt, IReadOnlyCollection<string> newUnits, IReadOnlyCollection<InspectionTask> tasks, CancellationToken cancellationToken)
    {
        var before = prompt.Scope;
        var deadline = await DeadlineOf(prompt, cancellationToken);
        if (deadline is not null && clock.Today > deadline.DueOn)
            prompt.MissedItsLimit();
        prompt.Ask(newUnits, clock.Today);
        if (before == prompt.Scope && deadline is not null)
        {
            deadlines.Relimit(deadline, clock.Today, LimitOf(prompt.Scope));
            deadline.Concern(prompt.Parties.Select(party => party.UnitId));
            deadline.HandTo(await Handlers(prompt, tasks, cancellationToken));
            return;
        }

        await deadlines.Drop(MergeDeadlines.Of(before), prompt.Id, cancellationToken);
        await Open(prompt, clock.Today, tasks, cancellationToken);
    }

    /// <summary>Reminds from now on those who have not agreed yet.</summary>
    public async Task HandToWhoIsAwaited(MergePrompt prompt, IReadOnlyCollection<InspectionTask> tasks, CancellationToken cancellationToken) =>
        (await DeadlineOf(prompt, cancellationToken))?.HandTo(await Handlers(prompt, tasks, cancellationToken));

    /// <summary>A task that began, was called off or must not be known of goes out of the group; a group of one is none.</summary>
    public async Task Leave(MergePrompt prompt, InspectionTask task, CancellationToken cancellationToken)
    {
        var left = (await TasksOf(prompt, cancellationToken)).Where(one => one.Id != task.Id && Matching.MayMerge(one)).ToList();
        if (left.Count < 2)
        {
            await Lapse(prompt, cancellationToken);
            return;
        }

        prompt.Leave(task.Id, [.. left.Select(one => one.UnitId).Distinct(StringComparer.Ordinal)]);
        if (prompt.LeadTaskId == task.Id && await Suggestion(left, cancellationToken) is { } suggestion)
            prompt.Suggest(suggestion);
        await HandToWhoIsAwaited(prompt, left, cancellationToken);
        (await DeadlineOf(prompt, cancellationToken))?.Concern(prompt.Parties.Select(party => party.UnitId));
    }

    /// <summary>Handled, in time or not.</summary>
    public async Task Meet(MergePrompt prompt, CancellationToken cancellationToken)
    {
        var deadline = await deadlines.Meet(MergeDeadlines.Of(prompt.Scope), prompt.Id, cancellationToken);
        if (deadline is not null && clock.Today > deadline.DueOn)
            prompt.MissedItsLimit();
        await WithdrawQuestions(prompt, cancellationToken);
    }

    public async Task Lapse(MergePrompt prompt, CancellationToken cancellationToken)
    {
        prompt.Lapse(clock.UtcNow);
        await deadlines.Drop(MergeDeadlines.Of(prompt.Scope), prompt.Id, cancellationToken);
        await WithdrawQuestions(prompt, cancellationToken);
        var fields = new Dictionary<string, string> { ["no"] = prompt.Id, ["enterprise"] = await EnterpriseName(prompt, cancellationToken) };
        await Tell(prompt, "N5f", "", fields, cancellationToken, to: [.. prompt.Parties.Where(party => party.Answer != MergeAnswer.Awaited || party.SeenAt is not null).Select(party => party.UnitId)]);
    }

    /// <summary>N5 to the people of all units, once for each state of the group (J25: each sees the other's task).</summary>
    public async Task TellPrompt(MergePrompt prompt, IReadOnlyCollection<InspectionTask> tasks, CancellationToken cancellationToken)
    {
        var enterprise = await db.Enterprises.FirstAsync(e => e.Id == prompt.EnterpriseId, cancellationToken);
        var limit = LimitOf(prompt.Scope);
        var inside = prompt.Scope == MergeScope.SameUnit;
        var fields = new Dictionary<string, string>
        {
            ["enterprise"] = enterprise.Name,
            ["count"] = tasks.Count.ToString(CultureInfo.InvariantCulture),
            ["tasks"] = await Named(tasks, inside, cancellationToken),
            ["due"] = await DueText(prompt, cancellationToken),
            ["rule"] = $"{limit.Name}{limit.Period}，{limit.Source}",
            ["date"] = ChineseDates.WithWeekday(prompt.On!.Value) + prompt.HalfDay,
            ["lead"] = await LeadName(prompt, tasks, cancellationToken),
            ["gongmao"] = enterprise.IndustryAndTrade && !inside ? "本企业属工贸行业，按线上线下协作联动机制办理。" : "",
            ["no"] = prompt.Id,
        };
        if (inside)
            fields["rule"] += "，须明确牵头科室";
        var state = string.Join('+', prompt.TaskIds);
        foreach (var party in prompt.Parties)
        {
            foreach (var person in await PeopleOf(party.UnitId, cancellationToken))
                await notices.Owe(person, "N5", $"N5:{prompt.Id}:{state}:{person}", prompt.Id, fields, cancellationToken, actions: [$"同意并办 {prompt.Id}", $"打开 {prompt.Id}"]);
        }

        // Both sections' handlers have to know, though the liaison answers (J27).
        foreach (var inspector in inside ? tasks.SelectMany(task => task.InspectorIds).Distinct(StringComparer.Ordinal) : [])
            await notices.Owe(inspector, "N5g", $"N5:{prompt.Id}:{state}:{inspector}", prompt.Id, fields, cancellationToken, actions: [$"打开 {prompt.Id}"]);
    }

    /// <summary>One notice about a prompt to the people of its units, or of some of them.</summary>
    public async Task Tell(MergePrompt prompt, string kind, string version, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken, IReadOnlyCollection<string>? to = null, params IReadOnlyList<string> actions)
    {
        foreach (var unit in to ?? prompt.Parties.ConvertAll(party => party.UnitId))
        {
            foreach (var person in await PeopleOf(unit, cancellationToken))
                await notices.Owe(person, kind, $"{kind}:{prompt.Id}:{version}:{person}", prompt.Id, fields, cancellationToken, actions: actions);
        }
    }

    public Task TellPerson(MergePrompt prompt, string personId, string kind, string version, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken, params IReadOnlyList<string> actions) =>
        notices.Owe(personId, kind, $"{kind}:{prompt.Id}:{version}:{personId}", prompt.Id, fields, cancellationToken, actions: actions);

    /// <summary>平台专人 of a unit; its leader where none is named (J24).</summary>
    public async Task<IReadOnlyList<string>> PeopleOf(string unitId, CancellationToken cancellationToken)
    {
        var people = await db.People
            .Where(person => person.UnitId == unitId && (person.Role == ActorRole.UnitLiaison || person.Role == ActorRole.UnitLeader))
            .Select(person => new { person.Id, person.Role })
            .ToListAsync(cancellationToken);
        var liaisons = people.FindAll(person => person.Role == ActorRole.UnitLiaison);
        return [.. (liaisons.Count > 0 ? liaisons : people).Select(person => person.Id)];
    }

    public Task<string> EnterpriseName(MergePrompt prompt, CancellationToken cancellationToken) =>
        db.Enterprises.Where(e => e.Id == prompt.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken);

    public async Task<string> UnitNames(IEnumerable<string> unitIds, CancellationToken cancellationToken)
    {
        var ids = unitIds.Distinct(StringComparer.Ordinal).ToList();
        return string.Join('、', (await db.Units.Where(unit => ids.Contains(unit.Id)).OrderBy(unit => unit.Id).ToListAsync(cancellationToken)).Select(Short));
    }

    /// <summary>The lead section, or the unit of the lead task.</summary>
    public async Task<string> LeadName(MergePrompt prompt, IReadOnlyCollection<InspectionTask> tasks, CancellationToken cancellationToken)
    {
        var lead = tasks.FirstOrDefault(task => task.Id == prompt.LeadTaskId);
        if (prompt.Scope == MergeScope.SameUnit)
            return prompt.LeadSection ?? (lead is { Section.Length: > 0 } ? lead.Section : "科室");
        return lead is null ? "" : await UnitNames([lead.UnitId], cancellationToken);
    }

    /// <summary>应急管理 for a unit of the district, the whole name for a town.</summary>
    internal static string Short(Unit unit) => unit.Level == "district" && unit.Field.Length > 0 ? unit.Field : unit.Name;

    private async Task<string> Named(IReadOnlyCollection<InspectionTask> tasks, bool inside, CancellationToken cancellationToken)
    {
        var ids = tasks.Select(task => task.UnitId).Distinct(StringComparer.Ordinal).ToList();
        var units = await db.Units.Where(unit => ids.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, cancellationToken);
        return string.Join('、', tasks.OrderBy(task => task.ScheduledOn).ThenBy(task => task.Id, StringComparer.Ordinal)
            .Select(task => $"{(inside && task.Section.Length > 0 ? task.Section : Short(units[task.UnitId]))}{ChineseDates.Short(task.ScheduledOn)}（{task.Id}）"));
    }

    /// <summary>Who has not agreed yet; inside one unit the sections' own people too.</summary>
    private async Task<List<string>> Handlers(MergePrompt prompt, IReadOnlyCollection<InspectionTask> tasks, CancellationToken cancellationToken)
    {
        var people = new List<string>();
        foreach (var party in prompt.Parties.Where(party => party.Answer != MergeAnswer.Agreed))
            people.AddRange(await PeopleOf(party.UnitId, cancellationToken));
        if (prompt.Scope == MergeScope.SameUnit)
            people.AddRange(tasks.SelectMany(task => task.InspectorIds));
        return [.. people.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What asked for an answer need not go out any more.</summary>
    private async Task WithdrawQuestions(MergePrompt prompt, CancellationToken cancellationToken)
    {
        string[] questions = ["N5", "N5c", "N5e", "N5g"];
        foreach (var notice in await db.Notices.Where(n => n.SubjectId == prompt.Id && n.State == NoticeState.Owed && questions.Contains(n.Kind)).ToListAsync(cancellationToken))
            notice.Withdraw();
    }
}
