using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Complaints;

/// <summary>受理: the complaint is taken on; a named complainant is told N11, an anonymous one sees it with the code.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record AcceptComplaint(Actor By, string ComplaintId) : ICommand<ComplaintHandled>;

/// <summary>联系投诉人, the first time and later. The question reaches the complainant in chat, or by the code.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ContactComplainant(Actor By, string ComplaintId, [property: AtMost(1000)] string Question) : ICommand<ComplaintHandled>;

/// <summary>A difficult case has the longer limit, counted from the same day.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record MarkDifficult(Actor By, string ComplaintId) : ICommand<ComplaintHandled>;

/// <summary>Once more the limit, with a reason that the complainant is told.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ExtendComplaint(Actor By, string ComplaintId, [property: AtMost(500)] string Reason) : ICommand<ComplaintHandled>;

/// <summary>办结: what was found, what was done, why (N12).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ResolveComplaint(Actor By, string ComplaintId, [property: AtMost(2000)] string Finding, [property: AtMost(2000)] string Action, [property: AtMost(2000)] string Reason) : ICommand<ComplaintHandled>;

/// <summary>移送登记 of an integrity case. The unit gets nothing; the complainant only what <see cref="TellOfTransfer"/> says.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record TransferComplaint(Actor By, string ComplaintId, [property: AtMost(100)] string Organ, [property: AtMost(100)] string Document, DateOnly On) : ICommand<ComplaintHandled>;

[Allowed(ActorRole.Supervisor)]
public sealed record TellOfTransfer(Actor By, string ComplaintId) : ICommand<ComplaintHandled>;

/// <param name="ComplaintId">The complaint.</param>
/// <param name="Number">Its number.</param>
/// <param name="ReplyDue">By when the answer is owed after this step; null when none is owed any more.</param>
/// <param name="Anonymous">Nobody was told: the complainant reads it with the code.</param>
public sealed record ComplaintHandled(string ComplaintId, string Number, DateOnly? ReplyDue, bool Anonymous) : IReceipt
{
    /// <summary>It came by 12345, which tells its caller.</summary>
    public bool ByHotline { get; init; }

    string IReceipt.Subject => ComplaintId;
}

internal sealed class HandleComplaint(RulePack rules, DeadlineBook deadlines, ComplaintDesk desk, ChinaClock clock) :
    IRequestHandler<AcceptComplaint, ComplaintHandled>,
    IRequestHandler<ContactComplainant, ComplaintHandled>,
    IRequestHandler<MarkDifficult, ComplaintHandled>,
    IRequestHandler<ExtendComplaint, ComplaintHandled>,
    IRequestHandler<ResolveComplaint, ComplaintHandled>,
    IRequestHandler<TransferComplaint, ComplaintHandled>,
    IRequestHandler<TellOfTransfer, ComplaintHandled>
{
    private static readonly Rule SomethingAsked = new("请写明要问投诉人的话。", "S37");

    public async Task<ComplaintHandled> Handle(AcceptComplaint command, CancellationToken cancellationToken)
    {
        var complaint = await desk.ForHandling(command.By, command.ComplaintId, cancellationToken);
        complaint.Accept();
        var contact = await deadlines.Find(ComplaintDesk.ContactDeadline, complaint.Id, cancellationToken);
        if (complaint.Anonymous)
            await deadlines.Meet(ComplaintDesk.ContactDeadline, complaint.Id, cancellationToken);
        await desk.Tell(
            complaint,
            "N11",
            "accepted",
            new Dictionary<string, string>
            {
                ["kind"] = complaint.Kind.InChinese(),
                ["codeLine"] = $"编号 {complaint.Number}",
                ["desk"] = desk.Name,
                ["contact"] = contact is { } first && first.DueOn < clock.Today
                    ? $"将尽快与您联系（应于{ChineseDates.Short(first.DueOn)}前，已超期，对不起）"
                    : $"{ChineseDates.Short(contact?.DueOn ?? clock.Today)}前与您联系",
                ["general"] = $"{rules.ComplaintReply.Period.Amount}",
                ["complex"] = $"{rules.ComplaintReplyDifficult.Period.Amount}",
            },
            cancellationToken,
            "补充");
        return await Handled(complaint, cancellationToken);
    }

    public async Task<ComplaintHandled> Handle(ContactComplainant command, CancellationToken cancellationToken)
    {
        var complaint = await desk.ForHandling(command.By, command.ComplaintId, cancellationToken);
        SomethingAsked.Require(!string.IsNullOrWhiteSpace(command.Question));
        Complaint.StillOpen.Require(complaint.IsOpen);
        await deadlines.Meet(ComplaintDesk.ContactDeadline, complaint.Id, cancellationToken);
        await desk.Note(complaint, ComplaintWord.Question, command.Question, [], cancellationToken);
        await desk.Tell(
            complaint,
            "N34",
            $"{clock.UtcNow.Ticks}",
            new Dictionary<string, string> { ["no"] = complaint.Number, ["desk"] = desk.Name, ["question"] = command.Question },
            cancellationToken,
            "补充");
        return await Handled(complaint, cancellationToken);
    }

    public async Task<ComplaintHandled> Handle(MarkDifficult command, CancellationToken cancellationToken)
    {
        var complaint = await desk.ForHandling(command.By, command.ComplaintId, cancellationToken);
        var already = complaint.Difficult;
        complaint.MarkDifficult();
        if (!already && await desk.Reply(complaint, cancellationToken) is { } deadline)
        {
            var due = deadlines.Relimit(deadline, deadline.StartedOn, rules.ComplaintReplyDifficult);
            await TellNewDate(complaint, due.On, $"情况复杂，按{rules.ComplaintReplyDifficult.Period}办理", "difficult", cancellationToken);
        }

        return await Handled(complaint, cancellationToken);
    }

    public async Task<ComplaintHandled> Handle(ExtendComplaint command, CancellationToken cancellationToken)
    {
        var complaint = await desk.ForHandling(command.By, command.ComplaintId, cancellationToken);
        complaint.Extend(command.Reason, rules.ComplaintExtensions.Value);
        if (await desk.Reply(complaint, cancellationToken) is { } deadline)
        {
            var due = deadlines.Relimit(deadline, deadline.DueOn, complaint.Difficult ? rules.ComplaintReplyDifficult : rules.ComplaintReply);
            await TellNewDate(complaint, due.On, command.Reason, "extended", cancellationToken);
        }

        return await Handled(complaint, cancellationToken);
    }

    public async Task<ComplaintHandled> Handle(ResolveComplaint command, CancellationToken cancellationToken)
    {
        var complaint = await desk.ForHandling(command.By, command.ComplaintId, cancellationToken);
        complaint.Resolve(command.Finding, command.Action, command.Reason, clock.Today);
        if (await desk.Reply(complaint, cancellationToken) is { } reply)
            await deadlines.Meet(reply.Kind, reply.SubjectId, cancellationToken);
        await deadlines.Drop(ComplaintDesk.ContactDeadline, complaint.Id, cancellationToken);
        await TellAnswer(complaint, cancellationToken);
        foreach (var joined in await desk.JoinedTo(complaint, cancellationToken))
        {
            joined.ResolveAs(complaint);
            await TellAnswer(joined, cancellationToken);
        }

        return await Handled(complaint, cancellationToken);
    }

    public async Task<ComplaintHandled> Handle(TransferComplaint command, CancellationToken cancellationToken)
    {
        var complaint = await desk.ForHandling(command.By, command.ComplaintId, cancellationToken);
        complaint.Transfer(command.Organ, command.Document, command.On, clock.Today);
        await desk.CloseDeadlines(complaint, cancellationToken);
        return await Handled(complaint, cancellationToken);
    }

    public async Task<ComplaintHandled> Handle(TellOfTransfer command, CancellationToken cancellationToken)
    {
        var complaint = await desk.ForHandling(command.By, command.ComplaintId, cancellationToken);
        complaint.TellOfTransfer();
        await desk.Tell(complaint, "N35", "told", new Dictionary<string, string> { ["no"] = complaint.Number }, cancellationToken);
        return await Handled(complaint, cancellationToken);
    }

    private Task TellAnswer(Complaint complaint, CancellationToken cancellationToken) => desk.Tell(
        complaint,
        "N12",
        $"{complaint.Reviews}",
        new Dictionary<string, string>
        {
            ["no"] = $"投诉 {complaint.Number} ",
            ["finding"] = complaint.Finding!,
            ["action"] = complaint.Action!,
            ["reason"] = complaint.Reason!,
        },
        cancellationToken,
        "仍未解决",
        "评价办理");

    private async Task TellNewDate(Complaint complaint, DateOnly due, string reason, string version, CancellationToken cancellationToken)
    {
        foreach (var one in (await desk.JoinedTo(complaint, cancellationToken)).Prepend(complaint))
        {
            await desk.Tell(
                one,
                "N36",
                version,
                new Dictionary<string, string> { ["no"] = one.Number, ["due"] = ChineseDates.Short(due), ["reason"] = reason },
                cancellationToken);
        }
    }

    private async Task<ComplaintHandled> Handled(Complaint complaint, CancellationToken cancellationToken)
    {
        var reply = await desk.Reply(complaint, cancellationToken);
        return new ComplaintHandled(complaint.Id, complaint.Number, reply is { IsOpen: true } ? reply.DueOn : null, complaint.Anonymous) { ByHotline = complaint.HotlineTicket is not null };
    }
}
