using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Complaints;

/// <summary>并案: two complaints are about the same matter; the later one goes on with the earlier. A person says so, the program only offers it (S07).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record JoinComplaints(Actor By, string ComplaintId, string OtherId) : ICommand<ComplaintHandled>;

/// <summary>They only look alike, and are not offered again.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record KeepApart(Actor By, string ComplaintId, string OtherId) : ICommand<ComplaintHandled>;

/// <summary>Finds what may be the same matter: the same enterprise, unit and day (S07). Never with an anonymous one: beside a named one it would have a name.</summary>
public sealed class SameMatter(ISupervisionDb db)
{
    public async Task<Complaint?> Of(Complaint complaint, CancellationToken cancellationToken)
    {
        if (complaint is not { IsOpen: true, Anonymous: false, EnterpriseId: { } enterprise, AgainstUnitId: { } unit })
            return null;
        var alike = await db.Complaints
            .Where(c => c.EnterpriseId == enterprise && c.AgainstUnitId == unit && c.Id != complaint.Id && (c.Stage == ComplaintStage.Received || c.Stage == ComplaintStage.Accepted))
            .OrderBy(c => c.ReceivedAt)
            .ToListAsync(cancellationToken);
        return alike.Find(other => Day(other) == Day(complaint) && !other.NotSameAs.Contains(complaint.Id) && !complaint.NotSameAs.Contains(other.Id));
    }

    private static DateOnly Day(Complaint complaint) => complaint.OccurredOn ?? ChinaClock.ToChinaDate(complaint.ReceivedAt);
}

internal sealed class JoinComplaintsHandler(ComplaintDesk desk, ChinaClock clock) :
    IRequestHandler<JoinComplaints, ComplaintHandled>,
    IRequestHandler<KeepApart, ComplaintHandled>
{
    public async Task<ComplaintHandled> Handle(JoinComplaints command, CancellationToken cancellationToken)
    {
        var (main, joined) = await Both(command.By, command.ComplaintId, command.OtherId, cancellationToken);
        joined.JoinTo(main, clock.Today);
        await desk.CloseDeadlines(joined, cancellationToken);

        // Whom one of them is about must not see the other.
        main.KeepFrom(joined.KeptFromIds);
        await desk.HandOn(main, cancellationToken);
        foreach (var remark in await desk.Remarks(joined, cancellationToken))
            await desk.Note(main, remark.Word, remark.Text, remark.EvidenceIds, cancellationToken);
        await desk.Note(main, ComplaintWord.Supplement, $"（并案 {joined.Number}）{joined.Text}", joined.EvidenceIds, cancellationToken);
        var reply = await desk.Reply(main, cancellationToken);
        await desk.Tell(
            joined,
            "N148",
            main.Id,
            new Dictionary<string, string> { ["no"] = joined.Number, ["due"] = ChineseDates.Short(reply!.DueOn), ["desk"] = desk.Name },
            cancellationToken,
            "补充");
        return new ComplaintHandled(main.Id, main.Number, reply.DueOn, main.Anonymous);
    }

    public async Task<ComplaintHandled> Handle(KeepApart command, CancellationToken cancellationToken)
    {
        var (one, other) = await Both(command.By, command.ComplaintId, command.OtherId, cancellationToken);
        one.IsNot(other);
        other.IsNot(one);
        return new ComplaintHandled(one.Id, one.Number, null, one.Anonymous);
    }

    /// <summary>The earlier one first: its time runs out sooner.</summary>
    private async Task<(Complaint Main, Complaint Later)> Both(Actor by, string oneId, string otherId, CancellationToken cancellationToken)
    {
        var (one, other) = (await desk.ForHandling(by, oneId, cancellationToken), await desk.ForHandling(by, otherId, cancellationToken));
        return one.ReceivedAt <= other.ReceivedAt ? (one, other) : (other, one);
    }
}
