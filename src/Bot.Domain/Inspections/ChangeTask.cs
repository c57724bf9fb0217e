using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Previews;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Inspections;

/// <summary>Moves a task to another day; it goes before the leader again (J10, J13).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record MoveTask(Actor By, string TaskId, DateOnly On, string HalfDay = "", string Remark = "") : ICommand<TaskReceipt>;

/// <summary>Other people go; the leader sees it again.</summary>
[Allowed(ActorRole.Inspector)]
public sealed record ChangeTeam(Actor By, string TaskId, IReadOnlyList<string> InspectorIds) : ICommand<TaskReceipt>;

/// <summary>Other items are looked at; the leader sees it again.</summary>
[Allowed(ActorRole.Inspector)]
public sealed record ChangeItems(Actor By, string TaskId, IReadOnlyList<string> ItemIds) : ICommand<TaskReceipt>;

/// <summary>Takes a task back before it begins; an enterprise that knew of it is told.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader)]
public sealed record WithdrawTask(Actor By, string TaskId, string Because) : ICommand<TaskReceipt>;

internal sealed class ChangeTaskHandler(ISupervisionDb db, TaskRegister register, PreviewDesk previews, ChinaClock clock) :
    IRequestHandler<MoveTask, TaskReceipt>,
    IRequestHandler<ChangeTeam, TaskReceipt>,
    IRequestHandler<ChangeItems, TaskReceipt>,
    IRequestHandler<WithdrawTask, TaskReceipt>
{
    private static readonly string[] HalfDays = ["", "上午", "下午"];
    private static readonly Rule NotInPast = new("检查日期不能早于今天。", "J36");
    private static readonly Rule KnownHalfDay = new("时间请写上午或下午，也可以不写。", "W05");
    private static readonly Rule OtherTime = new("任务本来就在这个时间，没有变化。", "J10");
    private static readonly Rule InPlanYear = new("这个任务依据的是当年的计划，不能改到别的年份；请另行登记。", "J10");
    private static readonly Rule OwnInspectors = new("检查人员应当是本单位的人员，请从本单位名册里选。", "S24");
    private static readonly Rule OwnItems = new("检查事项不在本单位已公布的事项清单里，请从清单里选。", "D06");

    public async Task<TaskReceipt> Handle(MoveTask command, CancellationToken cancellationToken)
    {
        var task = await register.OfUnit(command.By, command.TaskId, cancellationToken);
        NotInPast.Require(command.On >= clock.Today);
        KnownHalfDay.Require(HalfDays.Contains(command.HalfDay));
        OtherTime.Require((command.On, command.HalfDay) != (task.ScheduledOn, task.HalfDay));
        InPlanYear.Require(task.PlanId is null || command.On.Year == task.ScheduledOn.Year);
        await previews.KeepWhatWasSent(task, cancellationToken);
        task.Move(command.On, command.HalfDay);
        if (TaskRegister.Text(command.Remark, needed: false) is { Length: > 0 } remark)
            task.Note(remark);
        return await Resubmit(task, cancellationToken, newDay: true);
    }

    public async Task<TaskReceipt> Handle(ChangeTeam command, CancellationToken cancellationToken)
    {
        var task = await register.OfUnit(command.By, command.TaskId, cancellationToken);
        var team = await register.Team([.. command.InspectorIds], cancellationToken);
        OwnInspectors.Require(team.Count == command.InspectorIds.Distinct().Count() && team.TrueForAll(person => person.UnitId == task.UnitId || task.JointUnitIds.Contains(person.UnitId ?? "")));
        await previews.KeepWhatWasSent(task, cancellationToken);
        task.Staff(command.InspectorIds.Distinct());
        return await Resubmit(task, cancellationToken);
    }

    public async Task<TaskReceipt> Handle(ChangeItems command, CancellationToken cancellationToken)
    {
        var task = await register.OfUnit(command.By, command.TaskId, cancellationToken);
        var own = await db.Items.Where(item => command.ItemIds.Contains(item.Id) && item.UnitId == task.UnitId).ToListAsync(cancellationToken);
        OwnItems.Require(own.Count > 0 && own.Count == command.ItemIds.Distinct().Count() && own.TrueForAll(item => item.Selectable(task.ScheduledOn)));
        await previews.KeepWhatWasSent(task, cancellationToken);
        task.Look(command.ItemIds.Distinct());
        return await Resubmit(task, cancellationToken);
    }

    public async Task<TaskReceipt> Handle(WithdrawTask command, CancellationToken cancellationToken)
    {
        var task = await register.OfUnit(command.By, command.TaskId, cancellationToken);
        var because = TaskRegister.Text(command.Because, needed: true);
        task.Withdraw(because);
        await previews.Cancel(task, because, cancellationToken);
        await register.Match(task, cancellationToken);
        return new TaskReceipt(task.Id, task.Id, task.ScheduledOn, task.HalfDay, task.Stage, []);
    }

    /// <summary>What was before the leader once goes there again; a day in the quiet days or a team that may not go is refused here and nothing changes (J13, S24).</summary>
    private async Task<TaskReceipt> Resubmit(InspectionTask task, CancellationToken cancellationToken, bool newDay = false)
    {
        var checks = await register.Checks(task, cancellationToken);
        if (newDay)
            Standing.ForApproval(task, checks);
        Standing.ForSubmission(task, checks);
        var prompt = task.SubmittedAt is not null || task.RegisteredBy is null ? await register.Submit(task, checks, cancellationToken) : null;
        return new TaskReceipt(task.Id, task.Id, task.ScheduledOn, task.HalfDay, task.Stage, checks.All) { MergePrompt = prompt };
    }
}

/// <summary>Days on which a visit could take place.</summary>
public static class VisitDays
{
    /// <summary>The next working days from a day on, that one included, that are no quiet days (J13, W05).</summary>
    public static IReadOnlyList<DateOnly> From(DateOnly day, int count, WorkingCalendar calendar, RulePack rules)
    {
        var days = new List<DateOnly>(count);
        for (var on = day; days.Count < count; on = on.AddDays(1))
        {
            if (calendar.IsWorkingDay(on) && rules.QuietDays?.Covers(on) != true)
                days.Add(on);
        }

        return days;
    }
}
