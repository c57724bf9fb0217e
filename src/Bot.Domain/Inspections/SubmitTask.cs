using Bot.Domain.Commands;
using Bot.Domain.Duties;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Inspections;

/// <summary>Puts a registered task before the unit's leader (报审, J10). A special inspection on quiet days may wait there for its filing (J14).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record SubmitTask(Actor By, string TaskId) : ICommand<TaskReceipt>;

/// <summary>Reminds the leader of a task that waits for approval, once a day (C14).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record UrgeApproval(Actor By, string TaskId) : ICommand<TaskReceipt>;

internal sealed class SubmitTaskHandler(TaskRegister register) : IRequestHandler<SubmitTask, TaskReceipt>, IRequestHandler<UrgeApproval, TaskReceipt>
{
    private static readonly Rule Waits = new("任务不在待批准阶段，不用提醒负责人。", "J10");

    public async Task<TaskReceipt> Handle(UrgeApproval command, CancellationToken cancellationToken)
    {
        var task = await register.OfUnit(command.By, command.TaskId, cancellationToken);
        Waits.Require(task.Stage == InspectionStage.Submitted);
        await register.Urge(task, cancellationToken);
        return new TaskReceipt(task.Id, task.Id, task.ScheduledOn, task.HalfDay, task.Stage, []);
    }

    public async Task<TaskReceipt> Handle(SubmitTask command, CancellationToken cancellationToken)
    {
        var task = await register.OfUnit(command.By, command.TaskId, cancellationToken);
        var checks = await register.Checks(task, cancellationToken);
        Standing.ForSubmission(task, checks);
        var prompt = await register.Submit(task, checks, cancellationToken);
        return new TaskReceipt(task.Id, task.Id, task.ScheduledOn, task.HalfDay, task.Stage, checks.All) { MergePrompt = prompt };
    }
}

/// <summary>How the rulings stand in the way of a submission and of an approval.</summary>
internal static class Standing
{
    private static readonly Rule QuietDays = new("这一天在企业安静日内，不能安排。", "J13");
    private static readonly Rule FiledFirst = new("须先报司法局备案，备案后方可在安静日实施。", "J14");
    private static readonly Rule ValidTeam = new("检查人员不符合要求，请换人。", "S24");
    private static readonly Rule Explained = new("有需要说明的情况，请写明原因再报审。", "J36");

    /// <summary>Refuses what can never be approved; what waits for its filing may be submitted.</summary>
    public static void ForSubmission(InspectionTask task, RegistrationChecks checks)
    {
        if (checks.Quiet == QuietDayRuling.Blocked)
            QuietDays.Require(false, Words(checks, CheckKind.QuietDay), Tried(task));
        ValidTeam.Require(checks.Team.Allows, Words(checks, CheckKind.Team));
        var open = checks.ToExplain.Where(check => check.Kind != CheckKind.QuietDay).ToList();
        Explained.Require(task.Remark is not null || open.Count == 0, string.Concat(open.Select(check => check.Words)));
    }

    public static void ForApproval(InspectionTask task, RegistrationChecks checks)
    {
        FiledFirst.Require(checks.Quiet != QuietDayRuling.NotFiled, Words(checks, CheckKind.QuietDay), Tried(task));
        QuietDays.Require(checks.Quiet.Allows(), Words(checks, CheckKind.QuietDay), Tried(task));
        ValidTeam.Require(checks.Team.Allows, Words(checks, CheckKind.Team));
    }

    private static QuietDayTry Tried(InspectionTask task) => new(task.UnitId, task.EnterpriseId, task.Id, task.ScheduledOn);

    private static string Words(RegistrationChecks checks, CheckKind kind) => checks.All.FirstOrDefault(check => check.Kind == kind)?.Words ?? "";
}
