using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Figures;

/// <summary>A unit's leader hurries those who handle a task (C20); once a day.</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record UrgeTask(Actor By, string TaskId) : ICommand<TaskUrged>;

public sealed record TaskUrged(string TaskId, int People) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

/// <summary>A unit's leader wants to hear in writing from those who handle a task what was the matter (C20).</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record DemandExplanation(Actor By, string TaskId) : ICommand<ExplanationDemanded>;

public sealed record ExplanationDemanded(string TaskId, DueDate Due) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

/// <summary>An inspector of the task says what was the matter; the leader reads it.</summary>
[Allowed(ActorRole.Inspector)]
public sealed record GiveExplanation(Actor By, string TaskId, string Text) : ICommand<ExplanationGiven>;

public sealed record ExplanationGiven(string TaskId, bool OnTime) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

internal sealed class DemandExplanationHandler(ISupervisionDb db, DeadlineBook book, NoticeBoard notices, RulePack rules, ChinaClock clock) :
    IRequestHandler<UrgeTask, TaskUrged>,
    IRequestHandler<DemandExplanation, ExplanationDemanded>,
    IRequestHandler<GiveExplanation, ExplanationGiven>
{
    public const string Explanation = "task.explanation";

    private static readonly Rule OwnTask = new("没有这个任务，或者它不是贵单位的。请核对任务编号。", "D15") { Boundary = true };
    private static readonly Rule Handled = new("这个任务没有登记检查人员，请先指定。", "J10");
    private static readonly Rule DemandedOnce = new("已经要求说明过了，不用重复。", "J39");
    private static readonly Rule Wanted = new("这个任务没有等您说明的事。说“待办”可以看到您的事项。", "J39");
    private static readonly Rule WithText = new("请写明情况，一两句话就可以。", "J39");

    public async Task<TaskUrged> Handle(UrgeTask command, CancellationToken cancellationToken)
    {
        var task = await Own(command.By, command.TaskId, cancellationToken);
        var (today, fields) = (clock.Today, await Fields(task, command.By, cancellationToken));
        foreach (var person in task.InspectorIds)
            await notices.Owe(person, "N175", FormattableString.Invariant($"N175:{task.Id}:{today:yyyyMMdd}:{person}"), task.Id, fields, cancellationToken, actions: ["待办"]);
        return new TaskUrged(task.Id, task.InspectorIds.Count);
    }

    public async Task<ExplanationDemanded> Handle(DemandExplanation command, CancellationToken cancellationToken)
    {
        var task = await Own(command.By, command.TaskId, cancellationToken);
        DemandedOnce.Require(await book.Find(Explanation, task.Id, cancellationToken) is null);
        var due = book.Open(Explanation, rules.Explanation, task.Id, $"检查任务{task.Id}的书面说明", task.UnitId, task.InspectorIds);
        var fields = await Fields(task, command.By, cancellationToken);
        fields["due"] = ChineseDates.Due(due);
        foreach (var person in task.InspectorIds)
            await notices.Owe(person, "N173", $"N173:{task.Id}:{person}", task.Id, fields, cancellationToken, actions: [$"说明 {task.Id}"]);
        return new ExplanationDemanded(task.Id, due);
    }

    public async Task<ExplanationGiven> Handle(GiveExplanation command, CancellationToken cancellationToken)
    {
        WithText.Require(!string.IsNullOrWhiteSpace(command.Text));
        var deadline = await book.Find(Explanation, command.TaskId, cancellationToken);
        Wanted.Require(deadline is { IsOpen: true } && deadline.HandlerIds.Contains(command.By.PersonId!));
        deadline!.ExplainDelay(command.Text.Trim(), clock.UtcNow);
        await book.Meet(Explanation, command.TaskId, cancellationToken);
        var task = await db.Tasks.SingleAsync(t => t.Id == command.TaskId, cancellationToken);
        var fields = await Fields(task, command.By, cancellationToken);
        fields["text"] = command.Text.Trim();
        foreach (var leader in await db.OfficialsOf(task.UnitId, ActorRole.UnitLeader, cancellationToken))
            await notices.Owe(leader, "N174", $"N174:{task.Id}:{leader}", task.Id, fields, cancellationToken);
        return new ExplanationGiven(task.Id, deadline.OnTime(clock.Today));
    }

    private async Task<InspectionTask> Own(Actor by, string taskId, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == taskId, cancellationToken);
        OwnTask.Require(task is not null && by.UnitId is not null && task.UnitId == by.UnitId);
        Handled.Require(task!.InspectorIds.Count > 0);
        return task;
    }

    private async Task<Dictionary<string, string>> Fields(InspectionTask task, Actor by, CancellationToken cancellationToken) => new()
    {
        ["task"] = task.Id,
        ["enterprise"] = await db.Enterprises.Where(e => e.Id == task.EnterpriseId).Select(e => e.Name).SingleAsync(cancellationToken),
        ["date"] = ChineseDates.Short(task.CompletedOn ?? task.ScheduledOn),
        ["by"] = by.Name,
    };
}
