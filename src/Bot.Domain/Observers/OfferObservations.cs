using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Observers;

/// <summary>
/// Part of the daily round: from the first working day of a month on each observer in office is asked for the month's observations (S08, C30), and what
/// was not done in the month before lapses. Safe to repeat.
/// </summary>
[Allowed]
public sealed record OfferObservations(Actor By) : ICommand<ObservationsOffered>, IRecordsItself;

public sealed record ObservationsOffered(int Observers, int Lapsed) : IReceipt
{
    string IReceipt.Subject => "";
}

/// <summary>The month's observations of the asker; for the justice bureau those of all observers.</summary>
[Allowed(ActorRole.LegalObserver, ActorRole.Supervisor)]
public sealed record ObservationOffersOfMonth(Actor By) : IQuery<IReadOnlyList<OfferedObservation>>;

/// <param name="PersonId">The observer.</param>
/// <param name="Observer">By name.</param>
/// <param name="Ordinal">Its place in the month.</param>
/// <param name="TaskId">The inspection; null for one of the observer's own choice.</param>
/// <param name="On">When it is.</param>
/// <param name="Field">Whose inspection: 市场监管.</param>
/// <param name="State">How it stands.</param>
/// <param name="Until">The last day for it.</param>
public sealed record OfferedObservation(string PersonId, string Observer, int Ordinal, string? TaskId, DateOnly? On, string? Field, OfferState State, DateOnly Until);

/// <summary>The observer takes some of the month's observations and leaves the others (C30).</summary>
[Allowed(ActorRole.LegalObserver)]
public sealed record AnswerObservationOffer(Actor By, IReadOnlyList<int> Taken) : ICommand<OfferAnswered>;

public sealed record OfferAnswered(int Taken, DateOnly Until, string PersonId) : IReceipt
{
    string IReceipt.Subject => PersonId;
}

/// <summary>Keeps the books of the month's observations; they are asked of volunteers, so that nobody is reproached when one is not made.</summary>
internal sealed class ObservationOffers(ISupervisionDb db, DeadlineBook deadlines, ChinaClock clock)
{
    public const string Deadline = "observer.month";

    public static string SubjectOf(string personId, DateOnly month) => $"{personId}-{month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}";

    public DateOnly Month => new(clock.Today.Year, clock.Today.Month, 1);

    public static DateOnly LastDay(DateOnly month) => month.AddMonths(1).AddDays(-1);

    public Task<List<ObservationTask>> Of(string personId, CancellationToken cancellationToken)
    {
        var month = Month;
        return db.ObservationTasks.Where(task => task.PersonId == personId && task.Month == month).OrderBy(task => task.Ordinal).ToListAsync(cancellationToken);
    }

    /// <summary>An observation came in: it stands for the one asked for that inspection, else for one of free choice.</summary>
    public async Task Done(string personId, string? taskId, CancellationToken cancellationToken)
    {
        var open = (await Of(personId, cancellationToken)).FindAll(task => task.IsOpen);
        (open.Find(task => taskId is not null && task.TaskId == taskId) ?? open.Find(task => task.TaskId is null))?.Finish();
        await Settle(personId, Month, open, cancellationToken);
    }

    public async Task Settle(string personId, DateOnly month, List<ObservationTask> tasks, CancellationToken cancellationToken)
    {
        if (tasks.Count > 0 && !tasks.Exists(task => task.IsOpen))
            await deadlines.Meet(Deadline, SubjectOf(personId, month), cancellationToken);
    }
}

internal sealed class OfferObservationsHandler(ISupervisionDb db, ObservationOffers offers, DeadlineBook deadlines, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock, AuditTrail trail) :
    IRequestHandler<OfferObservations, ObservationsOffered>,
    IRequestHandler<ObservationOffersOfMonth, IReadOnlyList<OfferedObservation>>,
    IRequestHandler<AnswerObservationOffer, OfferAnswered>
{
    private static readonly Rule SomethingOffered = new("本月没有等您答复的观察任务；看到检查，随时可以说“观察”填写。", "S08");
    private static readonly Rule OfThese = new("请说要接受第几件。", "S08");
    private static readonly Rule InOffice = new("您的聘期已满，本月没有安排观察任务；感谢您的参与，续聘请联系司法局。", "S08");

    public async Task<ObservationsOffered> Handle(OfferObservations command, CancellationToken cancellationToken)
    {
        var lapsed = await Lapse(cancellationToken);
        var (month, today, count) = (offers.Month, clock.Today, 0);
        if (today < calendars.Current.NextWorkingDay(month.AddDays(-1)))
            return new ObservationsOffered(0, lapsed);
        var asked = await db.ObservationTasks.Where(task => task.Month == month).ToListAsync(cancellationToken);
        var observers = await db.People.Where(p => p.Role == ActorRole.LegalObserver && p.TermFrom <= today && p.TermTo >= today).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        var unasked = observers.FindAll(observer => !asked.Exists(task => task.PersonId == observer.Id));
        if (unasked.Count == 0)
            return new ObservationsOffered(0, lapsed);
        var inspections = await Inspections(month, cancellationToken);
        var taken = asked.Select(task => task.TaskId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var observer in unasked)
        {
            await Ask(observer, month, inspections, taken, cancellationToken);
            trail.Add(command.By.PersonId!, nameof(OfferObservations), observer.Id);
            count++;
        }

        return new ObservationsOffered(count, lapsed);
    }

    public async Task<IReadOnlyList<OfferedObservation>> Handle(ObservationOffersOfMonth query, CancellationToken cancellationToken)
    {
        var (month, me) = (offers.Month, query.By.Role == ActorRole.Supervisor ? null : query.By.PersonId ?? "");
        var tasks = await db.ObservationTasks.Where(task => task.Month == month && (me == null || task.PersonId == me)).OrderBy(task => task.PersonId).ThenBy(task => task.Ordinal).ToListAsync(cancellationToken);
        var found = new List<OfferedObservation>(tasks.Count);
        foreach (var task in tasks)
        {
            var inspection = task.TaskId is null ? null : await db.Tasks.FirstOrDefaultAsync(t => t.Id == task.TaskId, cancellationToken);
            var field = inspection is null ? null : await db.Units.Where(u => u.Id == inspection.UnitId).Select(u => u.Field.Length > 0 ? u.Field : u.Name).FirstOrDefaultAsync(cancellationToken);
            var observer = await db.People.Where(p => p.Id == task.PersonId).Select(p => p.Name).FirstAsync(cancellationToken);
            found.Add(new OfferedObservation(task.PersonId, observer, task.Ordinal, task.TaskId, inspection?.ScheduledOn, field, task.State, ObservationOffers.LastDay(task.Month)));
        }

        return found;
    }

    public async Task<OfferAnswered> Handle(AnswerObservationOffer command, CancellationToken cancellationToken)
    {
        var observer = await db.People.FirstOrDefaultAsync(p => p.Id == command.By.PersonId, cancellationToken);
        InOffice.Require(observer?.InOfficeOn(clock.Today) == true);
        var tasks = (await offers.Of(observer!.Id, cancellationToken)).FindAll(task => task.IsOpen);
        SomethingOffered.Require(tasks.Count > 0);
        OfThese.Require(command.Taken.All(ordinal => tasks.Exists(task => task.Ordinal == ordinal)));
        foreach (var task in tasks)
        {
            if (command.Taken.Contains(task.Ordinal))
                task.Accept();
            else
                task.Decline();
        }

        await offers.Settle(observer.Id, offers.Month, tasks, cancellationToken);
        return new OfferAnswered(command.Taken.Count, ObservationOffers.LastDay(offers.Month), observer.Id);
    }

    private async Task<int> Lapse(CancellationToken cancellationToken)
    {
        var month = offers.Month;
        var open = await db.ObservationTasks.Where(task => task.Month < month && (task.State == OfferState.Offered || task.State == OfferState.Accepted)).ToListAsync(cancellationToken);
        foreach (var task in open)
        {
            task.Lapse();
            await deadlines.Drop(ObservationOffers.Deadline, ObservationOffers.SubjectOf(task.PersonId, task.Month), cancellationToken);
        }

        return open.Count;
    }

    /// <summary>What is agreed on and announced for the rest of the month; of an inspection without announcement nobody hears before (J19).</summary>
    private async Task<List<InspectionTask>> Inspections(DateOnly month, CancellationToken cancellationToken)
    {
        var (today, last) = (clock.Today, ObservationOffers.LastDay(month));
        var ahead = await db.Tasks
            .Where(t => t.ScheduledOn > today && t.ScheduledOn <= last && (t.Stage == InspectionStage.Approved || t.Stage == InspectionStage.Previewed))
            .OrderBy(t => t.ScheduledOn)
            .ThenBy(t => t.Id)
            .ToListAsync(cancellationToken);
        return ahead.FindAll(task => !task.IsSurprise && !task.PreviewWaived);
    }

    private async Task Ask(Person observer, DateOnly month, List<InspectionTask> inspections, HashSet<string> taken, CancellationToken cancellationToken)
    {
        var conflicts = await db.Conflicts.Where(c => c.PersonId == observer.Id).Select(c => c.EnterpriseId).ToListAsync(cancellationToken);

        // Units that nobody looks at yet come first, so that a month's observations are spread over them.
        var watched = inspections.Where(one => taken.Contains(one.Id)).Select(one => one.UnitId).ToList();
        var named = inspections
            .Where(one => !taken.Contains(one.Id) && !conflicts.Contains(one.EnterpriseId))
            .OrderBy(one => watched.Count(unit => unit == one.UnitId))
            .ThenBy(one => one.ScheduledOn)
            .ThenBy(one => one.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        var lines = new List<string>();
        for (var ordinal = 1; ordinal <= rules.ObservationTasksPerMonth.Value; ordinal++)
        {
            var task = ordinal == 1 ? named : null;
            if (task is not null)
                taken.Add(task.Id);
            db.ObservationTasks.Add(new ObservationTask(observer.Id, month, ordinal, task?.Id));
            lines.Add(task is null
                ? "自选一次"
                : $"{task.Id} {ChineseDates.Short(task.ScheduledOn)} {await db.Units.Where(u => u.Id == task.UnitId).Select(u => u.Field.Length > 0 ? u.Field : u.Name).FirstAsync(cancellationToken)}");
        }

        if (lines.Count == 0)
            return;
        await Owe(observer, month, lines, cancellationToken);
    }

    private async Task Owe(Person observer, DateOnly month, List<string> lines, CancellationToken cancellationToken)
    {
        var (subject, last, figure) = (ObservationOffers.SubjectOf(observer.Id, month), ObservationOffers.LastDay(month), rules.ObservationTasksPerMonth);
        var limit = new Limit("本月观察任务", new Period(last.DayNumber - clock.Today.DayNumber, PeriodUnit.ExactDays), figure.Clause, figure.Document, figure.IsDefault);
        deadlines.Open(ObservationOffers.Deadline, limit, subject, $"{month.Month.ToString(CultureInfo.InvariantCulture)}月观察任务", null, observer.Id);
        await notices.Owe(
            observer.Id,
            "N150",
            $"N150:{subject}",
            subject,
            new Dictionary<string, string>
            {
                ["month"] = month.Month.ToString(CultureInfo.InvariantCulture),
                ["count"] = lines.Count.ToString(CultureInfo.InvariantCulture),
                ["tasks"] = ChineseList.Circled(lines),
                ["until"] = ChineseDates.WithWeekday(last),
            },
            cancellationToken,
            actions: ["观察任务"]);
    }
}
