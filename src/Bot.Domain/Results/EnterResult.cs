using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Results;

/// <summary>回填结果: what the inspection found (J37, J38). The enterprise gets it with the basis and how to object (W38), and is asked for a rating (W37).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record EnterResult(Actor By, string TaskId, ResultKind Kind, IReadOnlyList<ProblemFound> Problems) : ICommand<ResultReceipt>
{
    /// <summary>What happened, in words; needed where the kind is 其他.</summary>
    public string Text { get; init; } = "";

    /// <summary>When the visit ended; else the day on which it began.</summary>
    public DateOnly? EndedOn { get; init; }
    public bool Minor { get; init; }
    public bool Penalty { get; init; }
    public string? PenaltyGround { get; init; }
    public string? DiffersBecause { get; init; }

    /// <summary>Plain words on how to do better (S21); may follow later.</summary>
    public IReadOnlyList<string> Advice { get; init; } = [];
}

/// <param name="Text">What is wrong.</param>
/// <param name="Basis">Against which provision.</param>
/// <param name="CorrectBy">By when it is to be right; null when it was put right on the spot.</param>
public sealed record ProblemFound(string Text, string Basis, DateOnly? CorrectBy)
{
    /// <summary>The entry of the three lists by which the inspector decided to treat it (W23).</summary>
    public string? LeniencyId { get; init; }
}

/// <param name="TaskId">The inspection.</param>
/// <param name="OnTime">Entered on or before the due day.</param>
/// <param name="OverdueBy">Working days after it.</param>
/// <param name="WaitsForLeader">Kept, but not yet sent: the leader has to agree first (W31).</param>
/// <param name="PublishBy">By when it is to be published; null while it waits.</param>
/// <param name="AdviceBy">By when advice is to follow; null when none is owed.</param>
public sealed record ResultReceipt(string TaskId, bool OnTime, int OverdueBy, bool WaitsForLeader, DueDate? PublishBy, DateOnly? AdviceBy) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

internal sealed class EnterResultHandler(ISupervisionDb db, ResultDesk desk, LeniencyLists lists, NoticeBoard notices, ChinaClock clock) : IRequestHandler<EnterResult, ResultReceipt>
{
    private const int MostProblems = 20;
    private const int Longest = 500;

    private static readonly Rule ScanFirst = new("请先扫码，或登记未扫码原因，再回填结果。说“扫码登记”办理。", "J06");
    private static readonly Rule ResultOnce = new("结果已经回填，不用再填。", "J37");
    private static readonly Rule NotWhileDecided = new("这个任务的结论在等单位负责人确认，确认前不能再填。", "W31");
    private static readonly Rule OfAKnownKind = new("结果是未发现问题、发现问题已当场改正、责令改正或其他，请选一种。", "J37");
    private static readonly Rule WithoutContradiction = new("选了“未发现问题”，却写有问题、责令改正或处罚，前后不一致。请核对后重新选择结果。", "J38");
    private static readonly Rule ProblemsNamed = new("请逐项写明发现的问题。", "J38");
    private static readonly Rule EachWithBasis = new("每个问题都要写明依据，企业会看到。", "W38");
    private static readonly Rule EachWithDay = new("责令改正的，每个问题都要写改正期限。", "D14");
    private static readonly Rule DayAhead = new("改正期限已经过了，请写今天或以后的日期。", "D14");
    private static readonly Rule NotTooLong = new("写得太长了：最多20个问题，每项最多500字。", "J38");
    private static readonly Rule SaidInWords = new("结果选“其他”的，请用一两句话写明情况。", "J38");
    private static readonly Rule AfterTheScan = new("检查结束的日期不能早于到场日期，也不能晚于今天，请核对。", "J35");
    private static readonly Rule PenaltyWithGround = new("情节轻微的以教育引导为主；仍要处罚的，请写明理由。", "S20");
    private static readonly Rule OnTheList = new("清单里没有这一项，或者它和这个问题不符，请重新选择处理方式。", "W23");
    private static readonly Rule NotBoth = new("问题都按清单不予处罚，又写了处罚，前后不一致，请核对。", "W23");
    private static readonly Rule ObservationFirst = new("该企业还在观察期内，请先指导、督促改正；仍要处罚的，请写明理由。", "W24");
    private static readonly Rule SameOpinion = new("同一事项之前有不同结论，请说明理由，由单位负责人确认。", "W31");

    public async Task<ResultReceipt> Handle(EnterResult command, CancellationToken cancellationToken)
    {
        var task = await desk.OfTeam(command.By, command.TaskId, cancellationToken);
        ResultOnce.Require(task.ResultEnteredOn is null, $"任务{task.Id}的结果已经回填，不用再填。");
        NotWhileDecided.Require(await db.Results.FirstOrDefaultAsync(r => r.TaskId == task.Id, cancellationToken) is null);
        ScanFirst.Require(task.Stage is InspectionStage.UnderWay or InspectionStage.Finished, $"任务{task.Id}现在是“{task.Stage.Name()}”，请先扫码，或登记未扫码原因，再回填结果。说“扫码登记”办理。");
        var ended = Ended(task, command.EndedOn);
        Check(command);
        var lenient = command.Problems.Select(Lenient).ToList();
        NotBoth.Require(!command.Penalty || lenient.Count == 0 || lenient.Exists(entry => entry?.Leniency != Leniency.NoPenalty));
        await KeepToObservation(command, task, cancellationToken);

        var earlier = await desk.EarlierOpinions(task, cancellationToken);
        var differs = earlier.Any(opinion => opinion.FoundNothing != (command.Kind == ResultKind.NothingFound));
        SameOpinion.Require(!differs || !string.IsNullOrWhiteSpace(command.DiffersBecause), $"同一事项之前有不同结论：{string.Join('；', earlier.Select(opinion => opinion.InWords))}。请说明理由，由单位负责人确认。");

        var result = new InspectionResult(task.Id, task.UnitId, command.Kind, command.Text.Trim(), command.By.PersonId!, clock.UtcNow)
        {
            Minor = command.Minor || lenient.Exists(entry => entry is not null),
            Penalty = command.Penalty,
            PenaltyGround = command.PenaltyGround?.Trim(),
            DiffersBecause = differs ? command.DiffersBecause!.Trim() : null,
        };
        if (command.Advice.Count > 0)
            result.Advise(command.Advice, clock.UtcNow);
        db.Results.Add(result);
        var problems = command.Problems
            .Select((found, i) => new FoundProblem(FormattableString.Invariant($"{task.Id}-{i + 1}"), task.Id, task.UnitId, task.EnterpriseId, found.Text.Trim(), found.Basis.Trim(), found.CorrectBy).Treat(lenient[i]))
            .ToList();
        db.Problems.AddRange(problems);
        await desk.End(task, ended, cancellationToken);
        if (!differs)
            return await desk.Settle(task, result, problems, command.By, cancellationToken);

        result.WaitForLeader();
        await AskLeader(task, result, cancellationToken);
        var (onTime, overdueBy) = await desk.Timeliness(task.Id, cancellationToken);
        return new ResultReceipt(task.Id, onTime, overdueBy, WaitsForLeader: true, null, null);
    }

    private static void Check(EnterResult command, DateOnly today)
    {
        OfAKnownKind.Require(Enum.IsDefined(command.Kind));
        NotTooLong.Require(
            command.Problems.Count <= MostProblems && command.Problems.All(found => found.Text.Length <= Longest && found.Basis.Length <= Longest)
            && command.Text.Length <= Longest && command.Advice.Count <= MostProblems && command.Advice.All(line => line.Length <= Longest));
        WithoutContradiction.Require(command.Kind != ResultKind.NothingFound || (command.Problems.Count == 0 && !command.Penalty));
        ProblemsNamed.Require(command.Kind is ResultKind.NothingFound or ResultKind.Other || command.Problems.Count > 0);
        ProblemsNamed.Require(command.Problems.All(found => found.Text.Trim().Length > 0));
        EachWithBasis.Require(command.Problems.All(found => found.Basis.Trim().Length > 0));
        EachWithDay.Require(command.Kind != ResultKind.OrderedToCorrect || command.Problems.All(found => found.CorrectBy is not null));
        DayAhead.Require(command.Problems.All(found => found.CorrectBy is null || found.CorrectBy >= today));
        SaidInWords.Require(command.Kind != ResultKind.Other || command.Text.Trim().Length > 0);
        PenaltyWithGround.Require(command is not { Minor: true, Penalty: true } || !string.IsNullOrWhiteSpace(command.PenaltyGround));
    }

    private LenientEntry? Lenient(ProblemFound found)
    {
        if (found.LeniencyId is not { } id)
            return null;
        var entry = lists.Find(id);
        OnTheList.Require(entry?.Fits(found.Text) == true);
        return entry;
    }

    /// <summary>While the unit gives the enterprise time, a penalty needs its reason (W24).</summary>
    private async Task KeepToObservation(EnterResult command, InspectionTask task, CancellationToken cancellationToken)
    {
        if (!command.Penalty || !string.IsNullOrWhiteSpace(command.PenaltyGround))
            return;
        var running = await desk.Running(task, cancellationToken);
        ObservationFirst.Require(running.Count == 0, $"该企业还在观察期内（{string.Join('；', running.Select(period => period.InWords))}），请先指导、督促改正；仍要处罚的，请写明理由。");
    }

    private void Check(EnterResult command) => Check(command, clock.Today);

    private DateOnly Ended(InspectionTask task, DateOnly? said)
    {
        var began = task.ScannedInAt is { } at ? ChinaClock.ToChinaDate(at) : task.ScheduledOn;
        var ended = task.CompletedOn ?? said ?? began;
        AfterTheScan.Require(ended >= began && ended <= clock.Today);
        return ended;
    }

    private async Task AskLeader(InspectionTask task, InspectionResult result, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string> { ["task"] = task.Id, ["result"] = result.Kind.Name(), ["reason"] = result.DiffersBecause! };
        foreach (var leader in await desk.LeadersOf(task.UnitId, cancellationToken))
            await notices.Owe(leader, "N62", FormattableString.Invariant($"N62:{task.Id}:{result.EnteredAt:yyyyMMddHHmmss}:{leader}"), task.Id, fields, cancellationToken, actions: [$"同意结论 {task.Id}", $"退回结论 {task.Id}"]);
    }
}
