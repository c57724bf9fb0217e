using Bot.Domain.Agenda;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Meetings;

/// <summary>The meetings ahead that the asker is invited to; for the justice bureau all of them.</summary>
[Allowed(ActorRole.Supervisor, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Inspector, ActorRole.EnterpriseUser, ActorRole.LegalObserver)]
public sealed record MyMeetings(Actor By, string? MeetingId) : IQuery<IReadOnlyList<MeetingView>>;

/// <param name="Id">H26-1.</param>
/// <param name="Number">云司会〔2026〕1号</param>
/// <param name="Kind">What for.</param>
/// <param name="Topic">About what.</param>
/// <param name="Time">When and where.</param>
/// <param name="Agenda">May be empty.</param>
/// <param name="CancelledBecause">Why it does not take place.</param>
/// <param name="Invited">How many are invited.</param>
/// <param name="Token">The end of the address of its calendar file.</param>
public sealed record MeetingView(string Id, string Number, MeetingKind Kind, string Topic, MeetingTime Time, string Agenda, string? CancelledBecause, int Invited, string Token);

/// <summary>The meeting behind a link, as an entry for calendars (S43).</summary>
[Allowed]
public sealed record MeetingBehindLink(Actor By, string Token) : IQuery<PublishedCalendar>;

/// <summary>Where a meeting's calendar file is found.</summary>
public static class MeetingLink
{
    public const string Path = "/meetings";

    public const int TokenLength = LinkSecret.Length;

    public static string Of(string root, string token) => $"{root}{Path}/{token}.ics";
}

internal sealed class SeeMeetingsHandler(ISupervisionDb db, RulePack rules, ChinaClock clock) :
    IRequestHandler<MyMeetings, IReadOnlyList<MeetingView>>,
    IRequestHandler<MeetingBehindLink, PublishedCalendar>
{
    private const int Shown = 20;

    private static readonly Rule KnownLink = new("没有这个会议。", "D15");

    public async Task<IReadOnlyList<MeetingView>> Handle(MyMeetings query, CancellationToken cancellationToken)
    {
        var (today, me, id) = (clock.Today, query.By.PersonId ?? "", query.MeetingId?.Trim().ToUpperInvariant());
        var mine = query.By.Role == ActorRole.Supervisor ? db.Meetings : db.Meetings.Where(m => m.InvitedIds.Contains(me));
        mine = id is null ? mine.Where(m => m.On >= today && m.CancelledBecause == null) : mine.Where(m => m.Id == id);
        return (await mine.OrderBy(m => m.On).ThenBy(m => m.From).ThenBy(m => m.Id).Take(Shown).ToListAsync(cancellationToken)).ConvertAll(m =>
            new MeetingView(m.Id, m.Number, m.Kind, m.Topic, new MeetingTime(m.On, m.From, m.To, m.Place), m.Agenda, m.CancelledBecause, m.InvitedIds.Count, m.Token));
    }

    public async Task<PublishedCalendar> Handle(MeetingBehindLink query, CancellationToken cancellationToken)
    {
        var meeting = await db.Meetings.FirstOrDefaultAsync(m => m.Token == query.Token, cancellationToken);
        KnownLink.Require(meeting is not null);
        return new PublishedCalendar($"{rules.DistrictName}{meeting!.Kind.Name()}", [new VersionedEntry(Entry(meeting, rules), meeting.Sequence, meeting.ChangedAt)], Remembered: true);
    }

    internal static AgendaEntry Entry(Meeting meeting, RulePack rules) => new($"meeting:{meeting.Id}@{rules.Id}", AgendaKind.Meeting, meeting.On, $"{meeting.Kind.Name()}：{meeting.Topic}")
    {
        From = meeting.From,
        To = meeting.To,
        Place = meeting.Place,
        Details = string.Join('\n', new[] { $"{rules.SupervisionOffice.Name}召集，{meeting.Number}", meeting.Agenda.Length > 0 ? $"议程：{meeting.Agenda}" : "", meeting.CancelledBecause is { } because ? $"取消原因：{because}" : "" }.Where(line => line.Length > 0)),
        Standing = meeting.CancelledBecause is null ? AgendaStanding.Certain : AgendaStanding.Cancelled,
    };
}
