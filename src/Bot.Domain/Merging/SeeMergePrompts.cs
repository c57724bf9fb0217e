using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Merging;

/// <summary>Somebody of the unit looks at its prompts, which is to happen every day (J24); what had not been seen is marked so.</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Supervisor)]
public sealed record SeeMergePrompts(Actor By) : ICommand<PromptsSeen>, IRecordsItself;

/// <param name="Open">The open prompts, those due first at the head.</param>
/// <param name="New">How many of them nobody of the unit had seen.</param>
public sealed record PromptsSeen(IReadOnlyList<MergeLine> Open, int New) : IReceipt
{
    public string Subject => "";
}

public sealed record MergeLine(string Id, string EnterpriseName, DateOnly DueOn, bool Overdue, bool Agreed);

/// <summary>Opens one prompt; the unit has seen it then (J24).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Supervisor)]
public sealed record OpenMergePrompt(Actor By, string PromptId) : ICommand<MergeView>;

internal sealed class SeeMergePromptsHandler(ISupervisionDb db, IMediator mediator, MergeRegister register, MergeViews views, AuditTrail trail, ChinaClock clock) :
    IRequestHandler<SeeMergePrompts, PromptsSeen>,
    IRequestHandler<OpenMergePrompt, MergeView>
{
    public async Task<PromptsSeen> Handle(SeeMergePrompts command, CancellationToken cancellationToken)
    {
        var unit = command.By.UnitId;
        var open = await mediator.Send(new MergePrompts(command.By), cancellationToken);
        var ids = open.Select(view => view.Id).ToList();
        var prompts = await db.MergePrompts.Include(prompt => prompt.Parties)
            .Where(prompt => ids.Contains(prompt.Id) && prompt.Parties.Any(party => party.UnitId == unit && party.SeenAt == null))
            .ToListAsync(cancellationToken);
        foreach (var prompt in prompts)
        {
            prompt.PartyOf(unit)!.See(clock.UtcNow);
            trail.Add(command.By.PersonId!, nameof(SeeMergePrompts), prompt.Id);
        }

        return new PromptsSeen(
            [.. open.Select(view => new MergeLine(view.Id, view.EnterpriseName, view.Due?.On ?? clock.Today, view.Standing == MergeStanding.Overdue, view.Mine == MergeAnswer.Agreed))],
            prompts.Count);
    }

    public async Task<MergeView> Handle(OpenMergePrompt command, CancellationToken cancellationToken)
    {
        var prompt = await register.Of(command.By, command.PromptId, cancellationToken);
        prompt.PartyOf(command.By.UnitId)?.See(clock.UtcNow);
        return await views.Of(prompt, command.By.UnitId, cancellationToken);
    }
}
