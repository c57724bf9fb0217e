using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Results;

/// <summary>The leader agrees to an opinion that differs from an earlier one on the same matter, or gives it back (W31).</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record DecideResult(Actor By, string TaskId, bool Agreed, string Reason = "") : ICommand<ResultDecided>;

public sealed record ResultDecided(string TaskId, bool Agreed, DueDate? PublishBy) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

internal sealed class DecideResultHandler(ISupervisionDb db, ResultDesk desk, NoticeBoard notices) : IRequestHandler<DecideResult, ResultDecided>
{
    private static readonly Rule SomethingToDecide = new("这个任务没有等您确认的结论。", "W31");
    private static readonly Rule ReturnedWithReason = new("退回请写明理由，经办人会看到。", "W31");

    public async Task<ResultDecided> Handle(DecideResult command, CancellationToken cancellationToken)
    {
        var task = await desk.OfUnit(command.By, command.TaskId, cancellationToken);
        var result = await db.Results.FirstOrDefaultAsync(r => r.TaskId == task.Id, cancellationToken);
        SomethingToDecide.Require(result is { AwaitsLeader: true });
        ReturnedWithReason.Require(command.Agreed || command.Reason.Trim().Length > 0);
        var problems = await db.Problems.Where(p => p.TaskId == task.Id).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        result!.Decide(command.By.PersonId!);
        if (command.Agreed)
            return new ResultDecided(task.Id, true, (await desk.Settle(task, result, problems, command.By, cancellationToken)).PublishBy);

        db.Problems.RemoveRange(problems);
        db.Results.Remove(result);
        var fields = new Dictionary<string, string> { ["task"] = task.Id, ["reason"] = command.Reason.Trim() };
        await notices.Owe(
            result.EnteredById, "N64", FormattableString.Invariant($"N64:{task.Id}:{result.EnteredAt:yyyyMMddHHmmss}"), task.Id, fields, cancellationToken, actions: [$"打开 {task.Id}"]);
        return new ResultDecided(task.Id, false, null);
    }
}
