using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Meetings;

/// <summary>
/// Calls people together: everybody invited gets time, place and agenda with a calendar file (S43). <paramref name="UnitIds"/> counts for kinds of which units
/// are invited, none meaning all; <paramref name="Enterprises"/> for the others: 全部, a town or a trade. <paramref name="Root"/> is where the service's pages are.
/// </summary>
[Allowed(ActorRole.Supervisor)]
public sealed record CallMeeting(Actor By, MeetingKind Kind, [property: AtMost(100)] string Topic, MeetingTime Time, [property: AtMost(1000)] string Agenda, IReadOnlyList<string> UnitIds, [property: AtMost(50)] string Enterprises, string? Root) : ICommand<MeetingCalled>;

/// <summary>Another time or place; everybody invited is told, and the calendar file changes.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record MoveMeeting(Actor By, string MeetingId, MeetingTime Time, string? Root) : ICommand<MeetingCalled>;

/// <summary>It does not take place; everybody invited is told why.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record CancelMeeting(Actor By, string MeetingId, [property: AtMost(300)] string Reason) : ICommand<MeetingCalled>;

/// <param name="MeetingId">H26-1.</param>
/// <param name="Number">云司会〔2026〕1号</param>
/// <param name="Invited">How many people were told.</param>
public sealed record MeetingCalled(string MeetingId, string Number, int Invited) : IReceipt
{
    string IReceipt.Subject => MeetingId;
}

/// <summary>Whom a call would reach.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record MeetingReach(Actor By, MeetingKind Kind, IReadOnlyList<string> UnitIds, [property: AtMost(50)] string Enterprises) : IQuery<InvitedSums>;

public sealed record InvitedSums(int Units, int Enterprises, int People);

/// <summary>Who belongs to a kind of meeting.</summary>
internal sealed record Invitation(IReadOnlyList<string> UnitIds, IReadOnlyList<string> EnterpriseIds, IReadOnlyList<string> PersonIds);

internal sealed class CallMeetingHandler(ISupervisionDb db, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock) :
    IRequestHandler<CallMeeting, MeetingCalled>,
    IRequestHandler<MoveMeeting, MeetingCalled>,
    IRequestHandler<CancelMeeting, MeetingCalled>,
    IRequestHandler<MeetingReach, InvitedSums>
{
    private const string Everybody = "全部";

    private static readonly Rule KnownMeeting = new("没有查到这次会议，请核对编号；说“会议”可以看到现有的。", "S43");
    private static readonly Rule OnAWorkingDay = new("这一天不上班，请另定一个工作日。", "S43");
    private static readonly Rule SomebodyInvited = new("没有可以通知的人，请换一个范围。", "S43");
    private static readonly Rule KnownUnits = new("有的单位没有查到，请核对名称。", "S43");
    private static readonly Rule ReasonSaid = new("请写明取消的原因（最多300字），参加的人会看到。", "S43");

    public async Task<MeetingCalled> Handle(CallMeeting command, CancellationToken cancellationToken)
    {
        Fits(command.Kind, command.Time);
        var invitation = await Invited(command.Kind, command.UnitIds, command.Enterprises, cancellationToken);
        SomebodyInvited.Require(invitation.PersonIds.Count > 0);
        var number = await Numbers.Take(db, rules.Series("meeting"), "H", clock.Today.Year, 1, cancellationToken);
        var meeting = new Meeting(number.Id, number.Printed, command.Kind, command.Topic, command.Agenda, command.Time, LinkSecret.New(), command.By.PersonId!, clock.UtcNow);
        meeting.Invite(invitation.UnitIds, invitation.EnterpriseIds, invitation.PersonIds);
        db.Meetings.Add(meeting);
        await Tell(meeting, "", command.Root, cancellationToken);
        return new MeetingCalled(meeting.Id, meeting.Number, meeting.InvitedIds.Count);
    }

    public async Task<MeetingCalled> Handle(MoveMeeting command, CancellationToken cancellationToken)
    {
        var meeting = await Called(command.MeetingId, cancellationToken);
        Meeting.StillCalled.Require(meeting.CancelledBecause is null);
        Fits(meeting.Kind, command.Time);
        meeting.Move(command.Time, clock.UtcNow);
        await Tell(meeting, "【变更】", command.Root, cancellationToken);
        return new MeetingCalled(meeting.Id, meeting.Number, meeting.InvitedIds.Count);
    }

    public async Task<MeetingCalled> Handle(CancelMeeting command, CancellationToken cancellationToken)
    {
        var meeting = await Called(command.MeetingId, cancellationToken);
        ReasonSaid.Require(command.Reason.Trim().Length > 0);
        meeting.Cancel(command.Reason.Trim(), clock.UtcNow);
        foreach (var person in meeting.InvitedIds)
        {
            await notices.Owe(
                person,
                "N156",
                $"N156:{meeting.Id}:{person}",
                meeting.Id,
                new Dictionary<string, string>
                {
                    ["kind"] = meeting.Kind.Name(),
                    ["topic"] = meeting.Topic,
                    ["date"] = ChineseDates.WithWeekday(meeting.On),
                    ["reason"] = meeting.CancelledBecause!.TrimEnd('。'),
                },
                cancellationToken);
        }

        return new MeetingCalled(meeting.Id, meeting.Number, meeting.InvitedIds.Count);
    }

    public async Task<InvitedSums> Handle(MeetingReach query, CancellationToken cancellationToken)
    {
        var invitation = await Invited(query.Kind, query.UnitIds, query.Enterprises, cancellationToken);
        return new InvitedSums(invitation.UnitIds.Count, invitation.EnterpriseIds.Count, invitation.PersonIds.Count);
    }

    /// <summary>Officials meet on working days; a course may be on a day off.</summary>
    private void Fits(MeetingKind kind, MeetingTime time)
    {
        Meeting.Ahead.Require(time.On.ToDateTime(time.From) > clock.LocalNow);
        OnAWorkingDay.Require(!kind.IsOfUnits() || calendars.Current.IsWorkingDay(time.On));
    }

    private async Task<Meeting> Called(string meetingId, CancellationToken cancellationToken)
    {
        var id = meetingId.Trim().ToUpperInvariant();
        var meeting = await db.Meetings.FirstOrDefaultAsync(m => m.Id == id, cancellationToken);
        KnownMeeting.Require(meeting is not null);
        return meeting!;
    }

    private async Task<Invitation> Invited(MeetingKind kind, IReadOnlyList<string> unitIds, string enterprises, CancellationToken cancellationToken)
    {
        if (!kind.IsOfUnits())
            return await OfEnterprises(kind, enterprises.Trim(), cancellationToken);
        var roles = kind.Officials();
        var units = (await db.Units.OrderBy(u => u.Id).ToListAsync(cancellationToken)).FindAll(unit => unit.IsOfThisDistrict && (unitIds.Count == 0 || unitIds.Contains(unit.Id))).ConvertAll(unit => unit.Id);
        KnownUnits.Require(unitIds.Count == 0 || unitIds.Distinct().Count() == units.Count);
        var people = await db.People.Where(p => p.UnitId != null && units.Contains(p.UnitId) && roles.Contains(p.Role)).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(cancellationToken);
        return new Invitation(units, [], people);
    }

    private async Task<Invitation> OfEnterprises(MeetingKind kind, string which, CancellationToken cancellationToken)
    {
        var small = rules.SmallEnterpriseBelow.Value;
        var found = await db.Enterprises
            .Where(e => which == "" || which == Everybody || e.Town == which || e.Industry == which)
            .Where(e => kind != MeetingKind.Course || (e.Employees > 0 && e.Employees < small))
            .Join(db.Bindings.Where(b => b.State == BindingState.Active), e => e.Id, b => b.EnterpriseId, (e, b) => new { e.Id, b.PersonId })
            .Distinct()
            .ToListAsync(cancellationToken);
        var today = clock.Today;
        var observers = kind == MeetingKind.Seminar
            ? await db.People.Where(p => p.Role == ActorRole.LegalObserver && p.TermFrom <= today && p.TermTo >= today).Select(p => p.Id).ToListAsync(cancellationToken)
            : [];
        return new Invitation(
            [],
            [.. found.Select(row => row.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. found.Select(row => row.PersonId).Concat(observers).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    private async Task Tell(Meeting meeting, string changed, string? root, CancellationToken cancellationToken)
    {
        var ofUnits = meeting.Kind.IsOfUnits();
        var fields = new Dictionary<string, string>
        {
            ["changed"] = changed,
            ["kind"] = meeting.Kind.Name(),
            ["topic"] = meeting.Topic,
            ["date"] = ChineseDates.LongWithWeekday(meeting.On),
            ["time"] = $"{ChineseDates.Time(meeting.From)}—{ChineseDates.Time(meeting.To)}",
            ["place"] = meeting.Place,
            ["agenda"] = meeting.Agenda.Length > 0 ? $"\n议程：{meeting.Agenda}" : "",
            ["calendar"] = root is null ? $"回复“会议 {meeting.Id}”可以再看。" : $"日历文件：{MeetingLink.Of(root, meeting.Token)}",
        };
        if (!ofUnits)
            fields["office"] = rules.SupervisionOffice.Name;
        foreach (var person in meeting.InvitedIds)
        {
            await notices.Owe(
                person,
                ofUnits ? "N154" : "N155",
                $"{(ofUnits ? "N154" : "N155")}:{meeting.Id}:{meeting.Sequence.ToString(CultureInfo.InvariantCulture)}:{person}",
                meeting.Id,
                fields,
                cancellationToken,
                actions: [$"会议 {meeting.Id}"]);
        }
    }
}
