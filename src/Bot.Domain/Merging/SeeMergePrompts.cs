using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Merging;

/// <summary>Somebody of the unit looks at its prompts, which is to happen every day (J24); what had not been seen is marked so.</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record SeeMergePrompts(Actor By) : ICommand<PromptsSeen>, IRecordsItself;

public sealed record PromptsSeen(int Count) : IReceipt
{
    public string Subject => "";
}

internal sealed class SeeMergePromptsHandler(ISupervisionDb db, AuditTrail trail, ChinaClock clock) : IRequestHandler<SeeMergePrompts, PromptsSeen>
{
    public async Task<PromptsSeen> Handle(SeeMergePrompts command, CancellationToken cancellationToken)
    {
        var unit = command.By.UnitId;
        var prompts = await db.MergePrompts.Include(prompt => prompt.Parties)
            .Where(prompt => prompt.State == MergeState.Open && prompt.Parties.Any(party => party.UnitId == unit && party.SeenAt == null))
            .ToListAsync(cancellationToken);
        foreach (var prompt in prompts)
        {
            prompt.PartyOf(unit)!.See(clock.UtcNow);
            trail.Add(command.By.PersonId!, nameof(SeeMergePrompts), prompt.Id);
        }

        return new PromptsSeen(prompts.Count);
    }
}
