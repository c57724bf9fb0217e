using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Previews;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Inspections;

/// <summary>The leader of the task's own unit agrees (J10). What goes over a cap, or onto quiet days at the enterprise's request, needs the leader's words too (J15, J21).</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record ApproveTask(Actor By, string TaskId, string Remark = "") : ICommand<ApprovalReceipt>;

/// <summary>The leader sends the task back with a reason.</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record ReturnTask(Actor By, string TaskId, string Because) : ICommand<ApprovalReceipt>;

/// <summary>The leader agrees that the enterprise is not told beforehand, for a special inspection where surprise matters (J19).</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record WaivePreview(Actor By, string TaskId, string Reason) : ICommand<ApprovalReceipt>;

/// <param name="TaskId">The task.</param>
/// <param name="Stage">Where it stands now.</param>
/// <param name="Surprise">No word of it may reach the enterprise.</param>
/// <param name="PreviewTold">How many contacts of the enterprise got the preview.</param>
/// <param name="PreviewHindered">Why no preview went out, if one should have.</param>
public sealed record ApprovalReceipt(string TaskId, InspectionStage Stage, bool Surprise, int PreviewTold = 0, string? PreviewHindered = null) : IReceipt
{
    public string Subject => TaskId;
}

internal sealed class ApproveTaskHandler(TaskRegister register, PreviewDesk previews, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<ApproveTask, ApprovalReceipt>,
    IRequestHandler<ReturnTask, ApprovalReceipt>,
    IRequestHandler<WaivePreview, ApprovalReceipt>
{
    private static readonly Rule LeaderSaysWhy = new("需要您写明同意的理由。", "J21");

    public async Task<ApprovalReceipt> Handle(ApproveTask command, CancellationToken cancellationToken)
    {
        var task = await register.OfLeader(command.By, command.TaskId, cancellationToken);
        await register.RequirePower(task, cancellationToken);
        var checks = await register.Checks(task, cancellationToken);
        Standing.ForApproval(task, checks);
        var remark = TaskRegister.Text(command.Remark, needed: false);
        var own = checks.ForLeader.ToList();
        LeaderSaysWhy.Require(remark.Length > 0 || own.Count == 0, $"{string.Concat(own.Select(check => check.Words))}同意的，请写明理由，会留痕。");
        task.Approve(command.By.PersonId!, clock.Today, remark.Length > 0 ? remark : null);

        await register.TellHandlers(task, "已同意", remark.Length > 0 ? $"负责人意见：{remark}。" : "", cancellationToken);
        await TellOfRepeats(task, checks, cancellationToken);
        var preview = await previews.SendAfterApproval(task, cancellationToken);
        return new ApprovalReceipt(task.Id, task.Stage, task.IsSurprise, preview.Told, preview.Hindered);
    }

    public async Task<ApprovalReceipt> Handle(ReturnTask command, CancellationToken cancellationToken)
    {
        var task = await register.OfLeader(command.By, command.TaskId, cancellationToken);
        var because = TaskRegister.Text(command.Because, needed: true);
        task.Return(because);
        await register.TellHandlers(task, "已退回", $"理由：{because}。", cancellationToken);
        return new ApprovalReceipt(task.Id, task.Stage, task.IsSurprise);
    }

    public async Task<ApprovalReceipt> Handle(WaivePreview command, CancellationToken cancellationToken)
    {
        var task = await register.OfLeader(command.By, command.TaskId, cancellationToken);
        task.WaivePreview(TaskRegister.Text(command.Reason, needed: true), command.By.PersonId!);
        await register.Match(task, cancellationToken);
        await register.TellHandlers(task, "免预告已获同意", "请勿向检查对象透露。", cancellationToken);
        return new ApprovalReceipt(task.Id, task.Stage, task.IsSurprise);
    }

    /// <summary>What was approved over a cap or as a repeat is known to the liaison and the justice bureau (J21, W11).</summary>
    private async Task TellOfRepeats(InspectionTask task, RegistrationChecks checks, CancellationToken cancellationToken)
    {
        var found = checks.All.Where(check => check is { Kind: CheckKind.Frequency, Weight: CheckWeight.NeedsLeader } or { Kind: CheckKind.Repeat }).ToList();
        if (found.Count == 0)
            return;
        var fields = await register.Fields(task, cancellationToken);
        fields["words"] = string.Concat(found.Select(check => check.Words));
        fields["reason"] = task.LeaderRemark ?? task.Remark ?? "";
        foreach (var person in (await register.Liaisons(task.UnitId, cancellationToken)).Concat(await register.Supervisors(cancellationToken)))
            await notices.Owe(person, "N47", $"N47:{task.Id}:{task.ScheduledOn:yyyyMMdd}:{person}", task.Id, fields, cancellationToken, digest: true);
    }
}
