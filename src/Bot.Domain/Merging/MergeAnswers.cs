using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Merging;

/// <summary>What follows from a unit's answer: the merge, or waiting for the others.</summary>
internal sealed class MergeAnswers(ISupervisionDb db, MergeRegister register, CarryOutMerge carryOut, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    private static readonly Rule OwnSection = new("牵头科室应当是这几项检查的科室之一。", "J27");
    private static readonly Rule NotPast = new("这一天已经过去，请选今天以后的工作日。", "J26");
    private static readonly Rule OnWorkingDay = new("这一天不是工作日，请选工作日。", "J26");
    private static readonly Rule AllowedForAll = new("这一天有的检查不能安排，请另选日期。", "J13");
    private static readonly Rule NotPutOff = new("投诉举报等核查不能因并办推迟，请选它的日期或更早。", "J26");

    public async Task<MergeReceipt> Take(MergePrompt prompt, string unitId, CancellationToken cancellationToken)
    {
        var outcome = prompt.AllAgree ? await carryOut.Run(prompt, cancellationToken) : new CarriedOut(null, [], NeedsApproval: false);
        if (prompt.IsOpen)
            await register.HandToWhoIsAwaited(prompt, await register.TasksOf(prompt, cancellationToken), cancellationToken);
        var waiting = prompt.IsOpen ? await register.UnitNames(prompt.Parties.Where(party => party.Answer != MergeAnswer.Agreed).Select(party => party.UnitId), cancellationToken) : "";
        return new MergeReceipt(prompt.Id, await register.UnitNames([unitId], cancellationToken), waiting, outcome.JointTaskId, outcome.MergedTaskIds, outcome.NeedsApproval, prompt.On ?? clock.Today, prompt.Late);
    }

    /// <summary>A section that has none of the tasks cannot lead them.</summary>
    public async Task RequireSection(MergePrompt prompt, string unitId, string? section, CancellationToken cancellationToken)
    {
        if (prompt.Scope != MergeScope.SameUnit || string.IsNullOrWhiteSpace(section))
            return;
        var own = (await register.TasksOf(prompt, cancellationToken)).Select(task => task.Section).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (own.Count == 0)
            own = await db.Units.Where(unit => unit.Id == unitId).Select(unit => unit.Sections).FirstAsync(cancellationToken);
        OwnSection.Require(own.Count == 0 || own.Contains(section.Trim()), $"牵头科室应当是这几项检查的科室之一：{string.Join('、', own)}。");
    }

    /// <summary>A day that all of the tasks may have; the refusal names the earliest one.</summary>
    public async Task RequireDay(MergePrompt prompt, DateOnly on, CancellationToken cancellationToken)
    {
        var calendar = calendars.Current;
        NotPast.Require(on >= clock.Today);
        OnWorkingDay.Require(calendar.IsWorkingDay(on), $"{ChineseDates.WithWeekday(on)}不是工作日（{calendar.Describe(on).Why}），最近的工作日是{ChineseDates.WithWeekday(calendar.NextWorkingDay(on))}。");
        var tasks = (await register.TasksOf(prompt, cancellationToken)).FindAll(Matching.MayMerge);
        var candidates = await register.Candidates(tasks, cancellationToken);
        var blocked = candidates.FindAll(candidate => !candidate.AllowedOn(on, rules));
        if (blocked.Count > 0)
        {
            var earliest = rules.QuietDays!.EarliestOutside(on, calendar);
            AllowedForAll.Require(false, $"{ChineseDates.WithWeekday(on)}在企业安静日（{rules.QuietDays}）内，任务{string.Join('、', blocked.Select(candidate => candidate.Task.Id))}不能安排；最早可选{ChineseDates.WithWeekday(earliest)}。");
        }

        if (MergeSuggestion.Latest(candidates) is { } latest)
            NotPutOff.Require(on <= latest, $"其中有投诉举报等需要及时核查的任务，最迟{ChineseDates.WithWeekday(latest)}，不能因并办推迟。");
    }
}
