using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;

namespace Bot.Domain.Complaints;

/// <summary>工单 as 12345 hands it over. Who called is known there and is not taken over.</summary>
/// <param name="Ticket">Its number there.</param>
/// <param name="ReceivedAt">When 12345 took it, UTC; the time limits count from that day.</param>
/// <param name="EnterpriseId">Whose matter it is, where it says so.</param>
/// <param name="Facts">What happened.</param>
public sealed record HotlineTicket(string Ticket, DateTime ReceivedAt, string? EnterpriseId, ComplaintFacts Facts);

/// <summary>Takes complaints in that came by 12345 and tells the desk how many came, and which of them may be known already (S07).</summary>
public sealed class HotlineTickets(ISupervisionDb db, RulePack rules, DeadlineBook deadlines, ComplaintDesk desk, SameMatter same, NoticeBoard notices, ChinaClock clock)
{
    private const int NumberWidth = 3;

    public async Task Take(IReadOnlyList<HotlineTicket> tickets, CancellationToken cancellationToken)
    {
        var taken = new List<Complaint>(tickets.Count);
        foreach (var ticket in tickets.OrderBy(ticket => ticket.ReceivedAt).ThenBy(ticket => ticket.Ticket, StringComparer.Ordinal))
            taken.Add(await Take(ticket, cancellationToken));
        if (taken.Count == 0)
            return;

        await db.SaveChanges(cancellationToken);
        var alike = new List<Complaint>();
        foreach (var complaint in taken)
        {
            if (await same.Of(complaint, cancellationToken) is not null)
                alike.Add(complaint);
        }

        foreach (var byHandler in await ByHandler(taken, cancellationToken))
        {
            await notices.Owe(
                byHandler.Key,
                "N147",
                $"N147:{taken[0].HotlineTicket}:{byHandler.Key}",
                taken[0].Id,
                new Dictionary<string, string>
                {
                    ["count"] = byHandler.Count().ToString(CultureInfo.InvariantCulture),
                    ["same"] = alike.Intersect(byHandler).Any() ? $"其中{string.Join('、', alike.Intersect(byHandler).Select(c => c.Id))}可能与已有投诉是同一件事，打开时可以并案。" : "",
                },
                cancellationToken,
                actions: "投诉台账");
        }
    }

    private async Task<Complaint> Take(HotlineTicket ticket, CancellationToken cancellationToken)
    {
        var received = ChinaClock.ToChinaDate(ticket.ReceivedAt);
        var number = await Numbers.Take(db, rules.Series("complaint"), "K", clock.Today.Year, NumberWidth, cancellationToken);
        var complaint = Complaint.ByHotline(number.Id, number.Printed, ticket.Facts, ticket.Ticket, ticket.EnterpriseId, ticket.ReceivedAt);
        await desk.KeepFromThoseNamed(complaint, ticket.Facts.Text, cancellationToken);
        db.Complaints.Add(complaint);
        var handlers = await desk.Handlers(complaint, cancellationToken);
        deadlines.OpenFrom(received, ComplaintDesk.ContactDeadline, rules.ComplaintContact, complaint.Id, $"投诉 {complaint.Number} 首次联系", null, handlers);
        deadlines.OpenFrom(received, ComplaintDesk.ReplyDeadline, rules.ComplaintReply, complaint.Id, $"投诉 {complaint.Number} 答复", null, handlers);
        return complaint;
    }

    private async Task<ILookup<string, Complaint>> ByHandler(List<Complaint> taken, CancellationToken cancellationToken)
    {
        var pairs = new List<(string Handler, Complaint Complaint)>();
        foreach (var complaint in taken)
            pairs.AddRange((await desk.Handlers(complaint, cancellationToken)).Select(handler => (handler, complaint)));
        return pairs.ToLookup(pair => pair.Handler, pair => pair.Complaint);
    }
}
