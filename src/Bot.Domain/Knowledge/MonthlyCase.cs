using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Sweep;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Knowledge;

/// <summary>
/// Part of the daily round: on the first working day of a month the newest public case that nobody was sent yet goes to bound enterprises and to liaisons,
/// except those who do not want it (S45). Safe to repeat.
/// </summary>
[Allowed]
public sealed record TellMonthlyCase(Actor By) : ICommand<MonthlyCaseTold>, IRecordsItself;

/// <param name="Key">The case; null when there was none to send.</param>
/// <param name="People">To how many it goes.</param>
public sealed record MonthlyCaseTold(string? Key, int People) : IReceipt
{
    string IReceipt.Subject => Key ?? "";
}

/// <summary>Wants the monthly case, or does not.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.UnitLiaison)]
public sealed record ChooseMonthlyCase(Actor By, bool Wanted) : ICommand<MonthlyCaseChosen>;

public sealed record MonthlyCaseChosen(string PersonId, bool Wanted) : IReceipt
{
    string IReceipt.Subject => PersonId;
}

internal sealed class MonthlyCaseHandler(ISupervisionDb db, NoticeBoard notices, CalendarBook calendars, ChinaClock clock, AuditTrail trail) :
    IRequestHandler<TellMonthlyCase, MonthlyCaseTold>,
    IRequestHandler<ChooseMonthlyCase, MonthlyCaseChosen>
{
    public async Task<MonthlyCaseTold> Handle(TellMonthlyCase command, CancellationToken cancellationToken)
    {
        var month = new DateOnly(clock.Today.Year, clock.Today.Month, 1);
        var first = calendars.Current.NextWorkingDay(month.AddDays(-1));
        var sent = await db.RaisedMatters.AsNoTracking().Where(m => m.Kind == MatterKind.MonthlyCase).Select(m => new { m.SubjectId, m.RaisedAt }).ToListAsync(cancellationToken);
        if (clock.Today < first || sent.Exists(one => ChinaClock.ToChinaDate(one.RaisedAt) >= month))
            return new MonthlyCaseTold(null, 0);

        // A morning on which nothing ran is made up for; a service that begins in the middle of a month waits for the next.
        var began = ChinaClock.ToUtc(first, TimeOnly.MinValue);
        if (clock.Today > first && !await db.RaisedMatters.AnyAsync(m => m.RaisedAt < began, cancellationToken))
            return new MonthlyCaseTold(null, 0);
        var keys = sent.ConvertAll(one => one.SubjectId);
        var story = await db.KnowledgeEntries.AsNoTracking().Where(e => e.Kind == KnowledgeKind.Case && e.Public && !keys.Contains(e.Key))
            .OrderByDescending(e => e.DatedOn).ThenBy(e => e.Key).FirstOrDefaultAsync(cancellationToken);
        if (story is null)
            return new MonthlyCaseTold(null, 0);

        var version = month.ToString("yyyyMM", CultureInfo.InvariantCulture);
        db.RaisedMatters.Add(new RaisedMatter(new Matter(MatterKind.MonthlyCase, story.Key, Severity.Record) { Version = version }, clock.UtcNow));
        var fields = new Dictionary<string, string>
        {
            ["title"] = story.Title,
            ["text"] = string.Join('\n', story.Points),
            ["source"] = story.Source,
            ["date"] = ChineseDates.Long(story.DatedOn),
        };
        var bound = db.Bindings.Where(b => b.State == BindingState.Active).Select(b => b.PersonId);
        var people = await db.People.AsNoTracking()
            .Where(p => !p.WithoutMonthlyCase && (p.Role == ActorRole.UnitLiaison || (p.Role == ActorRole.EnterpriseUser && bound.Contains(p.Id))))
            .OrderBy(p => p.Id).Select(p => new { p.Id, p.Role }).ToListAsync(cancellationToken);
        foreach (var person in people)
            notices.OweNew(person.Id, "N130", $"N130:{version}:{person.Id}", story.Key, fields, urgent: false, digest: person.Role == ActorRole.UnitLiaison, "查案例", "不再收案例");
        trail.Add(command.By.PersonId!, nameof(TellMonthlyCase), story.Key, version);
        return new MonthlyCaseTold(story.Key, people.Count);
    }

    public async Task<MonthlyCaseChosen> Handle(ChooseMonthlyCase command, CancellationToken cancellationToken)
    {
        var person = await db.People.FirstAsync(p => p.Id == command.By.PersonId, cancellationToken);
        person.WithoutMonthlyCase = !command.Wanted;
        return new MonthlyCaseChosen(person.Id, command.Wanted);
    }
}
