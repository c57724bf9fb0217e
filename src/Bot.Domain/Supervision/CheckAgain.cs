using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using MediatR;

namespace Bot.Domain.Supervision;

/// <summary>How the re-check is made and what the unit has ready for it; the unit hears of it two working days before the term ends (S16, N10).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record PlanFollowUp(Actor By, string CaseId, [property: AtMost(50)] string Means, [property: AtMost(200)] IReadOnlyList<string> List) : ICommand<SupervisionMoved>;

/// <summary>跟踪复查 with what was found; corrected it is closed, not corrected the government may be asked (S16, S17).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record CheckAgain(Actor By, string CaseId, bool Corrected, [property: AtMost(2000)] string Finding) : ICommand<SupervisionMoved>;

internal sealed class CheckAgainHandler(SupervisionDesk desk, DeadlineBook deadlines) :
    IRequestHandler<PlanFollowUp, SupervisionMoved>,
    IRequestHandler<CheckAgain, SupervisionMoved>
{
    public async Task<SupervisionMoved> Handle(PlanFollowUp command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        one.PlanFollowUp(command.Means, command.List, command.By.PersonId!, desk.Today);
        return new SupervisionMoved(one.Id, one.LetterNumber!, one.Stage, (await deadlines.Find(SupervisionDeadlines.FollowUp, one.Id, cancellationToken))?.DueOn);
    }

    public async Task<SupervisionMoved> Handle(CheckAgain command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        SupervisionCase.BeingRectified.Require(one.Stage is SupervisionStage.Rectifying or SupervisionStage.Reported);
        var term = (await deadlines.Find(SupervisionDeadlines.Rectification, one.Id, cancellationToken))!;
        one.FollowUp(command.Corrected, command.Finding, term.DueOn, command.By.PersonId!, desk.Today);
        await deadlines.Meet(SupervisionDeadlines.FollowUp, one.Id, cancellationToken);
        if (command.Corrected)
            await deadlines.Meet(SupervisionDeadlines.Rectification, one.Id, cancellationToken);
        await desk.DropDeadlines(one, cancellationToken);
        await desk.TellUnit(
            one,
            "N119",
            "1",
            new Dictionary<string, string>
            {
                ["justice"] = desk.Justice,
                ["no"] = one.LetterNumber!,
                ["on"] = ChineseDates.Short(desk.Today),
                ["outcome"] = command.Corrected ? "已整改，监督事项办结" : "未整改，将依照规定办理",
                ["finding"] = command.Finding,
            },
            cancellationToken);
        return new SupervisionMoved(one.Id, one.LetterNumber!, one.Stage, null);
    }
}
