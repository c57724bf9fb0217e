using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using MediatR;

namespace Bot.Domain.Supervision;

/// <summary>已收到: the unit's receipt, with its moment. To have opened the letter is none (S15).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record AcknowledgeLetter(Actor By, string CaseId) : ICommand<LetterAcknowledged>;

/// <summary>不同意见, in writing and in time; the term goes on (S15).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record ObjectToLetter(Actor By, string CaseId, [property: AtMost(2000)] string Reason) : ICommand<SupervisionMoved>;

/// <summary>The bureau's answer to an objection; where the unit is right, the letter is taken back.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record AnswerObjection(Actor By, string CaseId, bool Upheld, [property: AtMost(2000)] string Reason) : ICommand<SupervisionMoved>;

/// <summary>提交整改: what was put right, with proof; before the end of the term this asks for an early check (S15, S16).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record ReportRectified(Actor By, string CaseId, [property: AtMost(2000)] string Text, IReadOnlyList<string> FileIds) : ICommand<SupervisionMoved>;

/// <param name="CaseId">SV26-12.</param>
/// <param name="Number">The letter's.</param>
/// <param name="RectifyDue">The last day of the term.</param>
/// <param name="Again">Somebody of the unit had received it before.</param>
public sealed record LetterAcknowledged(string CaseId, string Number, DateOnly RectifyDue, bool Again) : IReceipt
{
    string IReceipt.Subject => CaseId;
}

internal sealed class RectifyByLetter(CalendarBook calendars, SupervisionDesk desk, DeadlineBook deadlines) :
    IRequestHandler<AcknowledgeLetter, LetterAcknowledged>,
    IRequestHandler<ObjectToLetter, SupervisionMoved>,
    IRequestHandler<AnswerObjection, SupervisionMoved>,
    IRequestHandler<ReportRectified, SupervisionMoved>
{
    public async Task<LetterAcknowledged> Handle(AcknowledgeLetter command, CancellationToken cancellationToken)
    {
        var one = await desk.ForUnit(command.By, command.CaseId, cancellationToken);
        SupervisionCase.BeingRectified.Require(one.ServedOn is not null, "还没有送达本单位的建议书。");
        var letter = await desk.Letter(one, cancellationToken);
        var again = letter.ReceivedAt is not null;
        if (!again)
        {
            letter.Receive(command.By.PersonId!, desk.Now);
            one.Acknowledge(command.By.PersonId!, desk.Today);
            await deadlines.Meet(SupervisionDeadlines.Receipt, one.Id, cancellationToken);
        }

        return new LetterAcknowledged(one.Id, one.LetterNumber!, await RectifyDue(one, cancellationToken), again);
    }

    public async Task<SupervisionMoved> Handle(ObjectToLetter command, CancellationToken cancellationToken)
    {
        var one = await desk.ForUnit(command.By, command.CaseId, cancellationToken);
        one.RaiseObjection(command.Reason, desk.ObjectionDue(one, calendars.Current), command.By.PersonId!, desk.Today);
        await TellBureau(one, "提出异议", command.Reason, "没有佐证", cancellationToken);
        return new SupervisionMoved(one.Id, one.LetterNumber!, one.Stage, await RectifyDue(one, cancellationToken));
    }

    public async Task<SupervisionMoved> Handle(AnswerObjection command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        one.AnswerObjection(command.Upheld, command.Reason, command.By.PersonId!, desk.Today);
        if (command.Upheld)
        {
            (await desk.Letter(one, cancellationToken)).Void(command.Reason);
            await desk.DropDeadlines(one, cancellationToken);
        }

        await desk.TellUnit(
            one,
            "N117",
            "1",
            new Dictionary<string, string>
            {
                ["justice"] = desk.Justice,
                ["no"] = one.LetterNumber!,
                ["decision"] = command.Upheld ? "异议成立，文书撤回，不用再整改" : "异议不成立，请继续整改",
                ["reason"] = command.Reason,
            },
            cancellationToken);
        return new SupervisionMoved(one.Id, one.LetterNumber!, one.Stage, command.Upheld ? null : await RectifyDue(one, cancellationToken));
    }

    public async Task<SupervisionMoved> Handle(ReportRectified command, CancellationToken cancellationToken)
    {
        var one = await desk.ForUnit(command.By, command.CaseId, cancellationToken);
        one.Rectify(command.Text, command.FileIds, command.By.PersonId!, desk.Today);
        await deadlines.Meet(SupervisionDeadlines.Rectification, one.Id, cancellationToken);
        await deadlines.Meet(SupervisionDeadlines.Receipt, one.Id, cancellationToken);
        await TellBureau(one, "报告整改情况", command.Text, command.FileIds.Count == 0 ? "没有佐证" : FormattableString.Invariant($"佐证{command.FileIds.Count}份"), cancellationToken);
        var followUp = await deadlines.Find(SupervisionDeadlines.FollowUp, one.Id, cancellationToken);
        return new SupervisionMoved(one.Id, one.LetterNumber!, one.Stage, followUp?.DueOn);
    }

    private async Task TellBureau(SupervisionCase one, string what, string text, string proof, CancellationToken cancellationToken) => await desk.TellSupervisors(
        one,
        "N118",
        FormattableString.Invariant($"{one.StepCount}"),
        new Dictionary<string, string>
        {
            ["unit"] = await desk.UnitName(one.UnitId, cancellationToken),
            ["no"] = one.LetterNumber!,
            ["what"] = what,
            ["text"] = text,
            ["proof"] = proof,
        },
        cancellationToken,
        $"打开 {one.Id}");

    private async Task<DateOnly> RectifyDue(SupervisionCase one, CancellationToken cancellationToken) => (await deadlines.Find(SupervisionDeadlines.Rectification, one.Id, cancellationToken))!.DueOn;
}
