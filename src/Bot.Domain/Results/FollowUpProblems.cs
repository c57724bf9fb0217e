using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Results;

/// <summary>销号: an inspector has seen that a problem is corrected; closed simply, and the enterprise hears of it (D14, W17).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison)]
public sealed record CloseProblem(Actor By, string ProblemId, string Seen) : ICommand<ProblemClosed>;

public sealed record ProblemClosed(string ProblemId, int StillOpen) : IReceipt
{
    string IReceipt.Subject => ProblemId;
}

/// <summary>改进建议 after the inspection, in plain words (S21).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record GiveAdvice(Actor By, string TaskId, IReadOnlyList<string> Advice) : ICommand<AdviceGiven>;

public sealed record AdviceGiven(string TaskId, int Lines) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

/// <summary>A suspected crime was handed to the judicial organs; without the document's number it was not (D18).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader)]
public sealed record TransferSuspectedCrime(Actor By, string TaskId, string To, string DocumentNumber, DateOnly On) : ICommand<CrimeTransferred>;

public sealed record CrimeTransferred(string TaskId, string DocumentNumber) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

internal sealed class FollowUpProblemsHandler(ISupervisionDb db, ResultDesk desk, TaskDeadlines deadlines, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<CloseProblem, ProblemClosed>,
    IRequestHandler<GiveAdvice, AdviceGiven>,
    IRequestHandler<TransferSuspectedCrime, CrimeTransferred>
{
    private const int MostLines = 10;
    private const int Longest = 500;

    private static readonly Rule OfOwnUnit = new("没有找到这个问题，或者它不由您的单位办理。说“待办”可以看到您的事项。", "D15") { Boundary = true };
    private static readonly Rule CountsAlready = new("结果还没有回填，或者在等负责人确认，请先办完。", "J37");
    private static readonly Rule SeenSaid = new("请用一句话写明怎么核实的（最多500字）。", "W17");
    private static readonly Rule SomeAdvice = new("请写改进建议，一行一条，最多10条，每条最多500字。", "S21");
    private static readonly Rule WithDocument = new("移送涉嫌犯罪案件要有移送文书的文号和接收机关，请补全。", "D18");
    private static readonly Rule NotBeforeTheVisit = new("移送日期应在检查结束之后、今天之前，请核对。", "D18");

    public async Task<ProblemClosed> Handle(CloseProblem command, CancellationToken cancellationToken)
    {
        var problem = await db.Problems.FirstOrDefaultAsync(p => p.Id == command.ProblemId, cancellationToken);
        OfOwnUnit.Require(problem is not null && problem.UnitId == command.By.UnitId);
        SeenSaid.Require(command.Seen.Trim().Length is > 0 and <= Longest);
        CountsAlready.Require(await db.Tasks.AnyAsync(t => t.Id == problem!.TaskId && t.ResultEnteredOn != null, cancellationToken));
        problem!.Close(command.By.PersonId!, command.Seen.Trim(), clock.Today);
        await deadlines.MeetProblem(problem.Id, cancellationToken);
        var unit = await db.Units.Where(u => u.Id == problem.UnitId).Select(u => u.Name).FirstAsync(cancellationToken);
        var fields = new Dictionary<string, string> { ["unit"] = unit, ["problem"] = problem.Text, ["task"] = problem.TaskId };
        foreach (var contact in await db.ContactsOf(problem.EnterpriseId, cancellationToken))
            await notices.Owe(contact, "N65", $"N65:{problem.Id}:{contact}", problem.TaskId, fields, cancellationToken, actions: ["我的检查记录"]);
        return new ProblemClosed(problem.Id, await db.Problems.CountAsync(p => p.TaskId == problem.TaskId && p.Id != problem.Id && p.ClosedOn == null, cancellationToken));
    }

    public async Task<AdviceGiven> Handle(GiveAdvice command, CancellationToken cancellationToken)
    {
        var lines = command.Advice.Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        SomeAdvice.Require(lines.Count is > 0 and <= MostLines && lines.TrueForAll(line => line.Length <= Longest));
        var task = await desk.OfTeam(command.By, command.TaskId, cancellationToken);
        var result = await db.Results.FirstOrDefaultAsync(r => r.TaskId == task.Id && !r.AwaitsLeader, cancellationToken);
        CountsAlready.Require(result is not null);
        result!.Advise(lines, clock.UtcNow);
        await deadlines.MeetAdvice(task.Id, cancellationToken);
        await desk.TellAdvice(task, result, cancellationToken);
        return new AdviceGiven(task.Id, lines.Count);
    }

    public async Task<CrimeTransferred> Handle(TransferSuspectedCrime command, CancellationToken cancellationToken)
    {
        var task = await desk.OfUnit(command.By, command.TaskId, cancellationToken);
        WithDocument.Require(command.DocumentNumber.Trim().Length is > 0 and <= Longest && command.To.Trim().Length is > 0 and <= Longest);
        var result = await db.Results.FirstOrDefaultAsync(r => r.TaskId == task.Id && !r.AwaitsLeader, cancellationToken);
        CountsAlready.Require(result is not null);
        NotBeforeTheVisit.Require(command.On >= task.CompletedOn && command.On <= clock.Today);
        result!.Transfer(command.DocumentNumber.Trim(), command.To.Trim(), command.On);
        return new CrimeTransferred(task.Id, command.DocumentNumber.Trim());
    }
}
