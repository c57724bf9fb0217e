using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Appeals;

/// <summary>申诉 (C8): the enterprise objects to the result of an inspection of its own.</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record FileAppeal(Actor By, string TaskId, [property: AtMost(2000)] string Text, IReadOnlyList<string> EvidenceIds) : ICommand<AppealReceipt>;

[Allowed(ActorRole.EnterpriseUser)]
public sealed record WithdrawAppeal(Actor By, string AppealId) : ICommand<AppealReceipt>;

/// <param name="AppealId">Short id, A26-3.</param>
/// <param name="Number">云监诉〔2026〕3号</param>
/// <param name="UnitName">Who has to give the basis.</param>
/// <param name="BasisDue">By when.</param>
/// <param name="ReplyDue">By when the justice bureau answers.</param>
public sealed record AppealReceipt(string AppealId, string Number, string UnitName, DateOnly BasisDue, DateOnly ReplyDue) : IReceipt
{
    string IReceipt.Subject => AppealId;
}

internal sealed class FileAppealHandler(ISupervisionDb db, RulePack rules, DeadlineBook deadlines, AppealDesk desk, ChinaClock clock) :
    IRequestHandler<FileAppeal, AppealReceipt>,
    IRequestHandler<WithdrawAppeal, AppealReceipt>
{
    private static readonly Rule OfOwnEnterprise = new("在贵单位的检查记录里没有找到这次检查，请说“我的检查记录”核对任务编号。", "D15") { Boundary = true };
    private static readonly Rule ResultThere = new("这次检查还没有登记结果，有了结果会马上告诉您，到时再申诉；现在有意见可以投诉。", "W38");
    private static readonly Rule OneAtATime = new("这次检查的申诉正在办理，不用再提交；答复前可以说“办理进度”查看。", "W38");

    public async Task<AppealReceipt> Handle(FileAppeal command, CancellationToken cancellationToken)
    {
        var by = command.By;
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == command.TaskId && by.EnterpriseId != null && t.EnterpriseId == by.EnterpriseId, cancellationToken);
        OfOwnEnterprise.Require(task is not null && by.PersonId is not null);
        ResultThere.Require(task!.Result is not null);
        var open = await db.Appeals.FirstOrDefaultAsync(a => a.TaskId == task.Id && (a.Stage == AppealStage.Received || a.Stage == AppealStage.Explained), cancellationToken);
        if (open is not null && open.PersonId == by.PersonId && open.Text == command.Text)
            return await Receipt(open, cancellationToken);
        OneAtATime.Require(open is null);

        var number = await Numbers.Take(db, rules.Series("appeal"), "A", clock.Today.Year, 1, cancellationToken);
        var appeal = new Appeal(number.Id, number.Printed, task.Id, task.UnitId, task.EnterpriseId, by.PersonId!, command.Text, command.EvidenceIds, clock.UtcNow);
        db.Appeals.Add(appeal);
        var (unit, enterprise) = (await db.Units.FirstAsync(u => u.Id == task.UnitId, cancellationToken), await db.Enterprises.FirstAsync(e => e.Id == task.EnterpriseId, cancellationToken));
        var owing = await desk.OwingBasis(unit.Id, task.InspectorIds, cancellationToken);
        var basis = deadlines.Open(AppealDesk.BasisDeadline, rules.AppealBasis, appeal.Id, $"申诉 {appeal.Number} 提供检查依据", unit.Id, owing);
        var reply = deadlines.Open(AppealDesk.ReplyDeadline, rules.AppealReply, appeal.Id, $"申诉 {appeal.Number} 答复", null, await db.Supervisors(cancellationToken));
        var fields = new Dictionary<string, string>
        {
            ["no"] = appeal.Number,
            ["id"] = appeal.Id,
            ["enterprise"] = enterprise.Name,
            ["unit"] = unit.Name,
            ["task"] = task.Id,
            ["date"] = ChineseDates.Short(task.CompletedOn ?? task.ScheduledOn),
            ["text"] = command.Text,
            ["basisBy"] = ChineseDates.WithWeekday(basis.On),
            ["replyBy"] = ChineseDates.WithWeekday(reply.On),
        };
        await desk.TellUnit(appeal, "N140", owing, fields, cancellationToken, $"打开 {appeal.Id}");
        await desk.TellBureau(appeal, "N141", fields, cancellationToken);
        return new AppealReceipt(appeal.Id, appeal.Number, unit.Name, basis.On, reply.On);
    }

    public async Task<AppealReceipt> Handle(WithdrawAppeal command, CancellationToken cancellationToken)
    {
        var appeal = await desk.OfEnterprise(command.By, command.AppealId, cancellationToken);
        appeal.Withdraw();
        await deadlines.Drop(AppealDesk.BasisDeadline, appeal.Id, cancellationToken);
        await deadlines.Drop(AppealDesk.ReplyDeadline, appeal.Id, cancellationToken);
        await desk.TellBureau(appeal, "N144", new Dictionary<string, string> { ["no"] = appeal.Number, ["what"] = "企业已撤回" }, cancellationToken);
        return await Receipt(appeal, cancellationToken);
    }

    private async Task<AppealReceipt> Receipt(Appeal appeal, CancellationToken cancellationToken) => new(
        appeal.Id,
        appeal.Number,
        await db.Units.Where(u => u.Id == appeal.UnitId).Select(u => u.Name).FirstAsync(cancellationToken),
        await desk.BasisDue(appeal, cancellationToken),
        await desk.ReplyDue(appeal, cancellationToken));
}
