using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Agenda;

/// <summary>
/// The calendar behind a link, for whoever holds it. Refused alike when the link is unknown, was replaced, or its owner has left or has another role.
/// </summary>
[Allowed]
public sealed record CalendarBehindLink(Actor By, string Secret) : IQuery<PublishedCalendar>;

/// <summary>The same, and remembers what was shown: what changes or falls away later is told as the next version of it.</summary>
[Allowed]
public sealed record PublishCalendar(Actor By, string Secret) : ICommand<PublishedCalendar>, IRecordsItself;

/// <param name="Name">What the calendar is called.</param>
/// <param name="Entries">What is in it.</param>
/// <param name="Remembered">Whether all of it was shown before.</param>
public sealed record PublishedCalendar(string Name, IReadOnlyList<VersionedEntry> Entries, bool Remembered);

/// <param name="Entry">As it reads now.</param>
/// <param name="Sequence">How often it changed since it was first shown.</param>
/// <param name="ChangedAt">When it did last, UTC.</param>
public sealed record VersionedEntry(AgendaEntry Entry, int Sequence, DateTime ChangedAt);

/// <summary>An entry as a person's calendar showed it last.</summary>
public sealed class PublishedEntry
{
    private PublishedEntry()
    {
    }

    internal PublishedEntry(string personId, string uid, string shown, DateTime at)
    {
        (PersonId, Uid) = (personId, uid);
        (Shown, ChangedAt) = (shown, at);
    }

    public string PersonId { get; private set; } = "";
    public string Uid { get; private set; } = "";
    public string Shown { get; private set; } = "";
    public int Sequence { get; private set; }
    public DateTime ChangedAt { get; private set; }

    internal void Change(string shown, DateTime at) => (Shown, Sequence, ChangedAt) = (shown, Sequence + 1, at);
}

internal sealed class PublishCalendarHandler(ISupervisionDb db, IMediator mediator, RulePack rules, ChinaClock clock) :
    IRequestHandler<CalendarBehindLink, PublishedCalendar>,
    IRequestHandler<PublishCalendar, PublishedCalendar>
{
    private static readonly Rule OwnLink = new("没有这个日历。", "D15");

    /// <summary>A calendar that is looked at rarely must still hear of it.</summary>
    private static readonly TimeSpan CancelledShown = TimeSpan.FromDays(28);

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task<PublishedCalendar> Handle(CalendarBehindLink query, CancellationToken cancellationToken) => Publish(query.Secret, cancellationToken);

    public Task<PublishedCalendar> Handle(PublishCalendar command, CancellationToken cancellationToken) => Publish(command.Secret, cancellationToken);

    private async Task<PublishedCalendar> Publish(string secret, CancellationToken cancellationToken)
    {
        var owner = await Owner(secret, cancellationToken);
        var agenda = await mediator.Send(new MyAgenda(owner), cancellationToken);
        var known = await db.PublishedEntries.Where(entry => entry.PersonId == owner.PersonId).ToDictionaryAsync(entry => entry.Uid, cancellationToken);
        var (shown, same, now) = (new List<VersionedEntry>(), true, clock.UtcNow);
        foreach (var entry in agenda.Entries)
        {
            var reads = JsonSerializer.Serialize(entry, Json);
            if (!known.Remove(entry.Uid, out var before))
            {
                // What was called off before anybody saw it is no news.
                if (entry.Standing == AgendaStanding.Cancelled)
                    continue;
                before = new PublishedEntry(owner.PersonId!, entry.Uid, reads, now);
                db.PublishedEntries.Add(before);
                same = false;
            }
            else if (before.Shown != reads)
            {
                before.Change(reads, now);
                same = false;
            }

            Show(entry, before);
        }

        foreach (var gone in known.Values)
        {
            var was = JsonSerializer.Deserialize<AgendaEntry>(gone.Shown, Json)!;
            if (!owner.IsOfficial || was.Kind != AgendaKind.Inspection || was.On < agenda.From || IsOver(was, gone))
            {
                db.PublishedEntries.Remove(gone);
                same = false;
                continue;
            }

            if (was.Standing != AgendaStanding.Cancelled)
            {
                was = was with { Standing = AgendaStanding.Cancelled };
                gone.Change(JsonSerializer.Serialize(was, Json), now);
                same = false;
            }

            Show(was, gone);
        }

        return new PublishedCalendar($"{rules.DistrictName}涉企检查·{owner.Name}", shown, same);

        void Show(AgendaEntry entry, PublishedEntry version)
        {
            if (!IsOver(entry, version))
                shown.Add(new VersionedEntry(entry, version.Sequence, version.ChangedAt));
        }

        bool IsOver(AgendaEntry entry, PublishedEntry version) => entry.Standing == AgendaStanding.Cancelled && version.ChangedAt + CancelledShown < now;
    }

    private async Task<Actor> Owner(string secret, CancellationToken cancellationToken)
    {
        var hash = LinkSecret.HashOf(secret);
        var link = await db.CalendarLinks.AsNoTracking().FirstOrDefaultAsync(l => l.Hash == hash, cancellationToken);
        var owner = link is null || !LinkSecret.Fits(link.Hash, secret) ? null : await link.Holder.StillThere(db, cancellationToken);
        OwnLink.Require(owner is not null);
        return owner!;
    }
}
