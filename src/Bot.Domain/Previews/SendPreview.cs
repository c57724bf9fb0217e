using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Unit = Bot.Domain.People.Unit;

namespace Bot.Domain.Previews;

/// <summary>Tells the enterprise what will be inspected, against which standards, and whom to call (J16); again when something changed.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record SendPreview(Actor By, string TaskId) : ICommand<PreviewReceipt>;

/// <param name="TaskId">The inspection.</param>
/// <param name="Version">1, and more when it was sent again.</param>
/// <param name="Told">How many contacts of the enterprise were told.</param>
/// <param name="Late">Sent later than the rule pack wants it.</param>
public sealed record PreviewReceipt(string TaskId, int Version, int Told, bool Late) : IReceipt
{
    public string Subject => TaskId;
}

internal sealed class SendPreviewHandler(ISupervisionDb db, PreviewDesk desk) : IRequestHandler<SendPreview, PreviewReceipt>
{
    private static readonly Rule OwnUnit = new("没有找到这个检查任务，或者它不由您的单位办理。", "D15") { Boundary = true };

    public async Task<PreviewReceipt> Handle(SendPreview command, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == command.TaskId, cancellationToken);
        OwnUnit.Require(command.By == Actor.Service ? task is not null : task?.UnitId == command.By.UnitId);
        var draft = await desk.Draft(task!, cancellationToken);
        draft.Hindrance?.Rule.Require(false, draft.Hindrance.Sentence);
        return await desk.Send(draft, cancellationToken);
    }
}

/// <summary>Whom an enterprise may call about an inspection.</summary>
internal static class PreviewContact
{
    /// <summary>The first inspector who has a telephone, else one of them at the unit's.</summary>
    public static string? Of(IReadOnlyList<Person> inspectors, Unit unit)
    {
        if (inspectors.Count == 0)
            return null;
        var reachable = inspectors.FirstOrDefault(person => !string.IsNullOrEmpty(person.Phone));
        if (reachable is not null)
            return $"{reachable.Name} {reachable.Phone}";
        return unit.Phone.Length == 0 ? null : $"{inspectors[0].Name} {unit.Phone}";
    }
}
