using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Unit = Bot.Domain.People.Unit;

namespace Bot.Domain.Forms;

/// <summary>The head of a unit answers for the quarter (S42, D23); until the quarter is over it may be filled in again.</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record SubmitSelfCheck(Actor By, IReadOnlyList<FormAnswer> Answers) : ICommand<SelfCheckReceipt>;

/// <param name="Quarter">2026年第四季度</param>
/// <param name="SubjectId">The unit and the quarter.</param>
/// <param name="Replaced">An earlier one of this quarter was replaced.</param>
/// <param name="Found">How many problems the unit found itself.</param>
/// <param name="Corrected">How many of them are put right.</param>
public sealed record SelfCheckReceipt(string Quarter, string SubjectId, bool Replaced, int Found, int Corrected) : IReceipt
{
    string IReceipt.Subject => SubjectId;
}

/// <summary>Which units have done their self-check of this quarter: told openly to all of them (D23).</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record SelfCheckProgress(Actor By) : IQuery<SelfChecks>;

/// <param name="Quarter">2026年第四季度</param>
/// <param name="Until">The last day for it.</param>
/// <param name="Units">Each unit of the district.</param>
public sealed record SelfChecks(string Quarter, DateOnly Until, IReadOnlyList<SelfCheckLine> Units);

/// <param name="UnitName">The unit.</param>
/// <param name="DoneOn">When it came in.</param>
/// <param name="Found">How many problems it found; only for the justice bureau and the unit itself.</param>
/// <param name="Corrected">How many of them are put right.</param>
/// <param name="Denied">What it says it does not keep to.</param>
public sealed record SelfCheckLine(string UnitName, DateOnly? DoneOn, int? Found, int? Corrected, IReadOnlyList<string> Denied);

/// <summary>
/// Part of the daily round: from the first working day of a quarter's last month on the heads of units are asked for the self-check, with one reminder
/// on its last day (S42). Safe to repeat.
/// </summary>
[Allowed]
public sealed record AskForSelfChecks(Actor By) : ICommand<SelfChecksAsked>, IRecordsItself;

public sealed record SelfChecksAsked(int Units) : IReceipt
{
    string IReceipt.Subject => "";
}

internal sealed class SelfCheckHandler(ISupervisionDb db, FormBook forms, DeadlineBook deadlines, NoticeBoard notices, CalendarBook calendars, ChinaClock clock, AuditTrail trail) :
    IRequestHandler<SubmitSelfCheck, SelfCheckReceipt>,
    IRequestHandler<SelfCheckProgress, SelfChecks>,
    IRequestHandler<AskForSelfChecks, SelfChecksAsked>
{
    private const string Kind = "selfcheck.quarter";
    private const string Clause = "成员单位定期自查";

    private static readonly Rule OwnUnit = new("您还没有登记到单位，不能填写自查表，请联系司法局。", "S42");
    private static readonly Rule NoMoreCorrected = new("已经改正的不会多于发现的，请核对这两个数。", "S42");

    private Form SelfCheckForm => forms.Get(FormBook.SelfCheck);

    public async Task<SelfCheckReceipt> Handle(SubmitSelfCheck command, CancellationToken cancellationToken)
    {
        OwnUnit.Require(command.By.UnitId is not null);
        var (form, quarter, unit) = (SelfCheckForm, Quarter.Of(clock.Today), command.By.UnitId!);
        var answers = form.Accept(command.Answers);
        NoMoreCorrected.Require(Number(answers, "corrected") <= Number(answers, "found"));
        var earlier = await db.FilledForms.FirstOrDefaultAsync(f => f.FormId == form.Id && f.SubjectId == quarter.Id && f.UnitId == unit, cancellationToken);
        if (earlier is null)
            db.FilledForms.Add(FilledForm.Named(form, quarter.Id, unit, command.By.PersonId!, clock.Today, answers));
        else
            earlier.Replace(form, command.By.PersonId!, clock.Today, answers);
        await deadlines.Meet(Kind, SubjectOf(unit, quarter), cancellationToken);
        return new SelfCheckReceipt(quarter.LongName, SubjectOf(unit, quarter), earlier is not null, Number(answers, "found"), Number(answers, "corrected"));
    }

    public async Task<SelfChecks> Handle(SelfCheckProgress query, CancellationToken cancellationToken)
    {
        var (form, quarter) = (SelfCheckForm, Quarter.Of(clock.Today));
        var filled = await db.FilledForms.Where(f => f.FormId == form.Id && f.SubjectId == quarter.Id).ToDictionaryAsync(f => f.UnitId!, cancellationToken);
        var units = (await db.Units.OrderBy(u => u.Id).ToListAsync(cancellationToken)).FindAll(unit => unit.IsOfThisDistrict);
        return new SelfChecks(quarter.LongName, LastWorkingDay(quarter), units.ConvertAll(unit => Line(unit, filled.GetValueOrDefault(unit.Id), form, query.By)));
    }

    public async Task<SelfChecksAsked> Handle(AskForSelfChecks command, CancellationToken cancellationToken)
    {
        var (today, quarter, count) = (clock.Today, Quarter.Of(clock.Today), 0);
        var last = LastWorkingDay(quarter);
        if (today < calendars.Current.NextWorkingDay(quarter.LastMonth.AddDays(-1)) || today > last)
            return new SelfChecksAsked(0);
        foreach (var unit in (await db.Units.OrderBy(u => u.Id).ToListAsync(cancellationToken)).FindAll(unit => unit.IsOfThisDistrict))
        {
            var leaders = await db.OfficialsOf(unit.Id, ActorRole.UnitLeader, cancellationToken);
            if (leaders.Count == 0 || await deadlines.Find(Kind, SubjectOf(unit.Id, quarter), cancellationToken) is not null
                || await db.FilledForms.AnyAsync(f => f.FormId == FormBook.SelfCheck && f.SubjectId == quarter.Id && f.UnitId == unit.Id, cancellationToken))
                continue;
            await Ask(unit, leaders, quarter, last, cancellationToken);
            trail.Add(command.By.PersonId!, nameof(AskForSelfChecks), SubjectOf(unit.Id, quarter));
            count++;
        }

        return new SelfChecksAsked(count);
    }

    private async Task Ask(Unit unit, List<string> leaders, Quarter quarter, DateOnly last, CancellationToken cancellationToken)
    {
        var subject = SubjectOf(unit.Id, quarter);
        var limit = new Limit("季度自查", new Period(last.DayNumber - clock.Today.DayNumber, PeriodUnit.ExactDays), Clause, "", IsDefault: false);
        deadlines.Open(Kind, limit, subject, $"{unit.Name}{quarter.LongName}自查表", unit.Id, leaders);
        foreach (var leader in leaders)
        {
            await notices.Owe(
                leader,
                "N152",
                $"N152:{subject}:{leader}",
                subject,
                new Dictionary<string, string> { ["quarter"] = quarter.LongName, ["unit"] = unit.Name, ["until"] = ChineseDates.WithWeekday(last) },
                cancellationToken,
                digest: true,
                actions: ["季度自查"]);
        }
    }

    private static SelfCheckLine Line(Unit unit, FilledForm? filled, Form form, Actor by)
    {
        if (filled is null)
            return new SelfCheckLine(unit.Name, null, null, null, []);
        if (by.Role != ActorRole.Supervisor && by.UnitId != unit.Id)
            return new SelfCheckLine(unit.Name, filled.GivenOn, null, null, []);
        var answers = filled.Read();
        return new SelfCheckLine(
            unit.Name,
            filled.GivenOn,
            Number(answers, "found"),
            Number(answers, "corrected"),
            [.. form.Questions.Where(question => question.Kind == QuestionKind.YesNo && answers.Contains(new FormAnswer(question.Key, FormQuestion.No))).Select(question => question.Text)]);
    }

    private static string SubjectOf(string unitId, Quarter quarter) => $"{unitId}-{quarter.Id}";

    private static int Number(IReadOnlyList<FormAnswer> answers, string key) =>
        answers.FirstOrDefault(answer => answer.Key == key) is { } answer ? int.Parse(answer.Value, System.Globalization.CultureInfo.InvariantCulture) : 0;

    private DateOnly LastWorkingDay(Quarter quarter) => calendars.Current.AddWorkingDays(quarter.To.AddDays(1), -1);
}
