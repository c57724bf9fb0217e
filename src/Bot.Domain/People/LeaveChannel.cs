using Bot.Domain.Commands;
using Bot.Domain.HumanHelp;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>
/// Somebody has left a channel for good (unsubscribed): what leads to the person goes, what was submitted stays. Whoever comes back is a new visitor.
/// Who can still be reached elsewhere, or stands on the roster, only loses the address.
/// </summary>
/// <param name="By">Who has left, with the address that is gone.</param>
/// <param name="DraftFiles">Photos and files in unfinished conversations.</param>
[Allowed(
    ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record LeaveChannel(Actor By, IReadOnlyList<string> DraftFiles) : ICommand<LeftChannel>;

/// <param name="PersonErased">Whether nothing is left that leads to the person.</param>
/// <param name="FilesOfNoCase">Of the drafts' files, those that belong to nothing that was submitted.</param>
public sealed record LeftChannel(bool PersonErased, IReadOnlyList<string> FilesOfNoCase) : IReceipt
{
    string IReceipt.Subject => "";
}

internal sealed class LeaveChannelHandler(ISupervisionDb db, Leaving leaving, Erasure erasure) : IRequestHandler<LeaveChannel, LeftChannel>
{
    public async Task<LeftChannel> Handle(LeaveChannel command, CancellationToken cancellationToken)
    {
        var (channel, externalId) = command.By.Address;
        if (await db.Addresses.FindAsync([channel, externalId], cancellationToken) is { } address)
            db.Addresses.Remove(address);
        var erased = command.By.PersonId is { } id && await Erase(id, command.By.Address, cancellationToken);
        return new LeftChannel(erased, await OfNoCase(command.DraftFiles, cancellationToken));
    }

    private async Task<bool> Erase(string personId, Address left, CancellationToken cancellationToken)
    {
        var person = await db.People.SingleAsync(p => p.Id == personId, cancellationToken);
        var elsewhere = await db.Addresses.AnyAsync(a => a.PersonId == personId && !(a.Channel == left.Channel && a.ExternalId == left.ExternalId), cancellationToken);
        if (elsewhere || person.Role is not (ActorRole.EnterpriseUser or ActorRole.Public))
            return false;
        foreach (var binding in await db.Bindings.Where(b => b.PersonId == personId && (b.State == BindingState.Active || b.State == BindingState.Waiting)).ToListAsync(cancellationToken))
            await leaving.End(binding, "收件人已退出公众号", cancellationToken);
        foreach (var notice in await db.Notices.Where(n => n.PersonId == personId).ToListAsync(cancellationToken))
        {
            notice.Withdraw();
            notice.ClosePage();
        }

        await erasure.Of(person, Person.Gone, cancellationToken);
        return true;
    }

    private async Task<IReadOnlyList<string>> OfNoCase(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var loose = new List<string>();
        foreach (var id in files.Distinct(StringComparer.Ordinal))
        {
            if (!await db.Complaints.AnyAsync(c => c.EvidenceIds.Contains(id), cancellationToken)
                && !await db.ComplaintRemarks.AnyAsync(r => r.EvidenceIds.Contains(id), cancellationToken)
                && !await db.GuidanceRequests.AnyAsync(r => r.FileIds.Contains(id), cancellationToken)
                && !await db.UnlicensedReports.AnyAsync(r => r.EvidenceIds.Contains(id), cancellationToken)
                && !await db.Observations.AnyAsync(o => o.FileIds.Contains(id), cancellationToken))
                loose.Add(id);
        }

        return loose;
    }
}

/// <summary>Takes a person's name and telephone number out of everything that is not the words of a case; the calendar's link opens nothing any more.</summary>
internal sealed class Erasure(ISupervisionDb db)
{
    public async Task Of(Person person, string by, CancellationToken cancellationToken)
    {
        var bindings = await db.Bindings.Where(b => b.PersonId == person.Id).Select(b => b.Id).ToListAsync(cancellationToken);
        var messages = await db.HelpRequests.Where(h => h.PersonId == person.Id).ToListAsync(cancellationToken);
        var complaints = await db.Complaints.Where(c => c.PersonId == person.Id).Select(c => c.Id).ToListAsync(cancellationToken);
        var questions = await db.GuidanceRequests.Where(r => r.AskedById == person.Id).Select(r => r.Id).ToListAsync(cancellationToken);
        var reports = await db.UnlicensedReports.Where(r => r.PersonId == person.Id).Select(r => r.Id).ToListAsync(cancellationToken);
        string[] subjects = [.. bindings, .. messages.Select(h => h.Id), .. complaints, .. questions, .. reports];
        string[] traces = [.. messages.Select(h => h.Phone).Append(person.Phone).Append(person.Name is Person.Unnamed or Person.Gone ? null : person.Name).OfType<string>().Where(trace => trace.Length > 1)];
        foreach (var notice in await db.Notices.Where(n => n.PersonId == person.Id || subjects.Contains(n.SubjectId)).ToListAsync(cancellationToken))
        {
            foreach (var trace in traces)
                notice.Replace(trace, by);
        }

        foreach (HelpRequest message in messages)
            message.Phone = null;
        db.CalendarLinks.RemoveRange(await db.CalendarLinks.Where(link => link.PersonId == person.Id).ToListAsync(cancellationToken));
        db.PublishedEntries.RemoveRange(await db.PublishedEntries.Where(entry => entry.PersonId == person.Id).ToListAsync(cancellationToken));
        person.Erase(by);
    }
}
