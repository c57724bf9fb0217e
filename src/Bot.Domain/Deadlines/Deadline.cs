using Bot.Domain.Calendar;

namespace Bot.Domain.Deadlines;

/// <summary>
/// By when something is owed, counted how, met or not, who is told (design.md decision 3). One row serves every time limit;
/// no feature has a timer of its own.
/// </summary>
public sealed class Deadline
{
    private Deadline()
    {
    }

    internal Deadline(string kind, string subjectId, string title, string? unitId, IEnumerable<string> handlerIds, DateOnly startedOn, Rules.Limit limit, DueDate due)
    {
        Id = $"{kind}:{subjectId}";
        (Kind, SubjectId, Title, UnitId, StartedOn) = (kind, subjectId, title, unitId, startedOn);
        HandlerIds = [.. handlerIds];
        (Amount, PeriodUnit, Clause) = (limit.Period.Amount, limit.Period.Unit, limit.Clause);
        (DueOn, FirstDueOn, Provisional) = (due.On, due.On, due.Provisional);
    }

    public string Id { get; private set; } = "";

    /// <summary>For example <c>guidance.reply</c>; names the limit and the reminder plan in the rule pack.</summary>
    public string Kind { get; private set; } = "";
    public string SubjectId { get; private set; } = "";

    /// <summary>What is owed, in words for the person reminded: 指导申请 云指〔2026〕58号. No personal data.</summary>
    public string Title { get; private set; } = "";
    public string? UnitId { get; private set; }
    public List<string> HandlerIds { get; private set; } = [];

    /// <summary>Units that owe it together with <see cref="UnitId"/> (J28); empty where one unit owes it.</summary>
    public List<string> OtherUnitIds { get; private set; } = [];
    public DateOnly StartedOn { get; private set; }
    public int Amount { get; private set; }
    public PeriodUnit PeriodUnit { get; private set; }
    public string Clause { get; private set; } = "";

    /// <summary>The last day; an act on it is on time until 24:00 (domain.md 3.1 rule 5).</summary>
    public DateOnly DueOn { get; private set; }

    /// <summary>The date first told to the people; kept when a later holiday notice moves <see cref="DueOn"/>.</summary>
    public DateOnly FirstDueOn { get; private set; }
    public bool Provisional { get; private set; }
    public DateTime? RecountedAt { get; private set; }
    public DateTime? MetAt { get; private set; }

    /// <summary>Ended without being met: withdrawn, transferred.</summary>
    public DateTime? DroppedAt { get; private set; }

    /// <summary>When the sweep has to look at this row next, UTC; null when nothing is left to remind or escalate.</summary>
    public DateTime? NextStepAt { get; private set; }

    /// <summary>How many steps of the reminder plan are behind us.</summary>
    public int StepsDone { get; private set; }

    /// <summary>What the handler said about a delay; it does not end the delay.</summary>
    public string? DelayReason { get; private set; }
    public DateTime? DelayExplainedAt { get; private set; }

    public Period Period => new(Amount, PeriodUnit);

    public bool IsOpen => MetAt is null && DroppedAt is null;

    public bool OnTime(DateOnly actedOn) => actedOn <= DueOn;

    public void Meet(DateTime at)
    {
        if (!IsOpen)
            return;
        (MetAt, NextStepAt) = (at, null);
    }

    public void Drop(DateTime at)
    {
        if (!IsOpen)
            return;
        (DroppedAt, NextStepAt) = (at, null);
    }

    public void HandTo(IEnumerable<string> handlerIds) => HandlerIds = [.. handlerIds];

    /// <summary>Another unit has to act, by the same day.</summary>
    public void MoveTo(string unitId, IEnumerable<string> handlerIds) => (UnitId, HandlerIds) = (unitId, [.. handlerIds]);

    /// <summary>Several units owe it together.</summary>
    public void Concern(IEnumerable<string> unitIds) => OtherUnitIds = [.. unitIds.Where(unit => unit != UnitId)];

    public void ExplainDelay(string reason, DateTime at) => (DelayReason, DelayExplainedAt) = (reason, at);

    /// <summary>How far it has come, in words; what is owed stays the same.</summary>
    public void Retitle(string title) => Title = title;

    public void StepTaken(DateTime? next) => (StepsDone, NextStepAt) = (StepsDone + 1, next);

    public void Schedule(DateTime? next) => NextStepAt = next;

    /// <summary>Another limit holds from now on: the case turned out difficult, or was extended with a reason (S37). The first date stays readable.</summary>
    public void Relimit(DateOnly startedOn, Rules.Limit limit, DueDate due)
    {
        (StartedOn, Amount, PeriodUnit, Clause) = (startedOn, limit.Period.Amount, limit.Period.Unit, limit.Clause);
        (DueOn, Provisional, StepsDone) = (due.On, due.Provisional, 0);
    }

    /// <summary>Steps of the plan that a new date has put behind us.</summary>
    public void Skip(int steps, DateTime? next) => (StepsDone, NextStepAt) = (steps, next);

    /// <summary>A holiday notice was loaded: the new date counts, the first one stays readable.</summary>
    public void Recount(DueDate due, DateTime at)
    {
        if (due.On != DueOn || due.Provisional != Provisional)
            (DueOn, Provisional, RecountedAt) = (due.On, due.Provisional, at);
    }
}
