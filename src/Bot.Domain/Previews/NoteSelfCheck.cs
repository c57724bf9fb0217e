using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Previews;

/// <summary>The enterprise notes for itself whether it keeps to a standard. No official can read it (J17).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record NoteSelfCheck(Actor By, string TaskId, int Line, bool Done) : ICommand<SelfCheckNoted>;

public sealed record SelfCheckNoted(string TaskId, string Standard, bool Done) : IReceipt
{
    public string Subject => TaskId;
}

/// <summary>One line of an enterprise's own self-check list; only its users see it.</summary>
public sealed class SelfCheckNote
{
    private SelfCheckNote()
    {
    }

    internal SelfCheckNote(string enterpriseId, string taskId, string standard) =>
        (EnterpriseId, TaskId, Standard) = (enterpriseId, taskId, standard);

    public string EnterpriseId { get; private set; } = "";
    public string TaskId { get; private set; } = "";

    /// <summary>The standard as it was worded then; a reworded one begins unticked.</summary>
    public string Standard { get; private set; } = "";
    public bool Done { get; private set; }
    public DateTime NotedAt { get; private set; }

    internal void Note(bool done, DateTime at) => (Done, NotedAt) = (done, at);
}

internal sealed class NoteSelfCheckHandler(ISupervisionDb db, IMediator mediator, ChinaClock clock) : IRequestHandler<NoteSelfCheck, SelfCheckNoted>
{
    private static readonly Rule OnOwnList = new("自查清单里没有这一项，请看清单上的序号。", "J17");

    public async Task<SelfCheckNoted> Handle(NoteSelfCheck command, CancellationToken cancellationToken)
    {
        var cards = await mediator.Send(new UpcomingInspections(command.By), cancellationToken);
        var card = cards.FirstOrDefault(c => c.TaskId == command.TaskId);
        OnOwnList.Require(card is not null && command.Line >= 1 && command.Line <= card.SelfCheck.Count);
        var standard = card!.SelfCheck[command.Line - 1].Standard;
        var enterprise = command.By.EnterpriseId!;
        var note = await db.SelfCheckNotes.FirstOrDefaultAsync(n => n.EnterpriseId == enterprise && n.TaskId == card.TaskId && n.Standard == standard, cancellationToken);
        if (note is null)
            db.SelfCheckNotes.Add(note = new SelfCheckNote(enterprise, card.TaskId, standard));
        note.Note(command.Done, clock.UtcNow);
        return new SelfCheckNoted(card.TaskId, standard, command.Done);
    }
}
