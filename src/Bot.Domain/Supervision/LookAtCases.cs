using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Guidance;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Supervision;

/// <summary>What is on the ladder: for the bureau everything that is open, for a unit's leaders and liaisons their own, what is nearest first (C20, C25).</summary>
[Allowed(ActorRole.Supervisor, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record SupervisionCases(Actor By) : IQuery<IReadOnlyList<SupervisionLine>>;

/// <param name="CaseId">SV26-12.</param>
/// <param name="Number">云司监警〔2026〕12号.</param>
/// <param name="UnitName">Whose.</param>
/// <param name="Problem">In a few words.</param>
/// <param name="Stage">Where it stands, as far as the asker may know.</param>
/// <param name="OpenedOn">Since when.</param>
/// <param name="LetterNumber">The served letter's.</param>
/// <param name="Due">The next day that counts.</param>
/// <param name="Late">That day is over.</param>
public sealed record SupervisionLine(string CaseId, string Number, string UnitName, string Problem, SupervisionStage Stage, DateOnly OpenedOn, string? LetterNumber, DateOnly? Due, bool Late);

/// <summary>One case with its whole course. A unit sees its own, without what leads to a complainant and without what the bureau is preparing (S13, S17).</summary>
[Allowed(ActorRole.Supervisor, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record SupervisionCaseDetail(Actor By, string CaseId) : IQuery<SupervisionView>;

/// <summary>The same, and who looked is on record.</summary>
[Allowed(ActorRole.Supervisor, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record OpenSupervisionCase(Actor By, string CaseId) : ICommand<SupervisionView>;

/// <summary>The units of the district, for naming one.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record UnitsUnderSupervision(Actor By) : IQuery<IReadOnlyList<UnitChoice>>;

/// <summary>问题突出的单位: so many open warnings in this quarter that a letter is proposed (S40).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record OutstandingUnits(Actor By) : IQuery<IReadOnlyList<OutstandingUnit>>;

public sealed record OutstandingUnit(string UnitId, string UnitName, IReadOnlyList<string> CaseIds);

/// <param name="CaseId">SV26-12.</param>
/// <param name="Number">The number that began it.</param>
/// <param name="UnitId">Whose.</param>
/// <param name="UnitName">Whose, by name.</param>
/// <param name="Problem">In a few words.</param>
/// <param name="Rule">The rule with its clause.</param>
/// <param name="Facts">What was seen.</param>
/// <param name="EvidenceIds">The records behind it that the asker may know.</param>
/// <param name="Stage">Where it stands, as far as the asker may know.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="OpenedOn">The day it began.</param>
/// <param name="Course">What happened, line by line.</param>
/// <param name="Papers">The papers that the asker may read.</param>
public sealed record SupervisionView(
    string CaseId,
    string Number,
    string UnitId,
    string UnitName,
    string Problem,
    string Rule,
    IReadOnlyList<string> Facts,
    IReadOnlyList<string> EvidenceIds,
    SupervisionStage Stage,
    SupervisionOutcome? Outcome,
    DateOnly OpenedOn,
    IReadOnlyList<string> Course,
    IReadOnlyList<PaperLink> Papers) : IReceipt
{
    string IReceipt.Subject => CaseId;

    /// <summary>What the letter is called, and the number that the next one will have.</summary>
    public string LetterName { get; init; } = "";
    public string NextLetterNumber { get; init; } = "";
    public string? LetterNumber { get; init; }
    public DateOnly? FoundUncorrectedOn { get; init; }
    public DateOnly? ServedOn { get; init; }

    /// <summary>The draft of the letter, where one is being written.</summary>
    public LetterText? Draft { get; init; }

    /// <summary>The last day of what runs now; null when nothing does.</summary>
    public DateOnly? Due { get; init; }
    public bool Late { get; init; }
    public DateOnly? RectifyDue { get; init; }
    public DateOnly? FollowUpDue { get; init; }

    /// <summary>The term and the day of the re-check if the letter were served today.</summary>
    public int RectifyDays { get; init; }
    public DateOnly IfServedToday { get; init; }
    public DateOnly? ObjectionDue { get; init; }
    public bool MayObject { get; init; }
    public bool ObjectionOpen { get; init; }
    /// <summary>What the bureau wants to know besides; null when it did not send the answer back.</summary>
    public string? AskedToAdd { get; init; }
    public bool MoreTimeOpen { get; init; }
    public bool MayAskMoreTime { get; init; }
    public bool Disagrees { get; init; }
    public bool Received { get; init; }

    /// <summary>佐证 that the unit sent, the latest first; for the bureau.</summary>
    public IReadOnlyList<string> ProofIds { get; init; } = [];

    /// <summary>How many days the bureau has to make the letter, for telling the unit what would follow.</summary>
    public string LetterDays { get; init; } = "";

    /// <summary>The term is over, or the unit has reported: a re-check may be made.</summary>
    public bool MayFollowUp { get; init; }

    /// <summary>The term is over, so that it may also be found not corrected.</summary>
    public bool TermOver { get; init; }

    /// <summary>The unit was heard, its time is over, or so many of its warnings are open that a letter may follow at once (S14, S40).</summary>
    public bool Heard { get; init; }
}

/// <summary>A paper and the end of its address.</summary>
public sealed record PaperLink(PaperKind Kind, string Name, string Number, string Token)
{
    /// <summary>Where papers are found below the service's address.</summary>
    public const string Path = "/letters";

    public const int TokenLength = LinkSecret.Length;

    public static string Of(string root, string token) => $"{root}{Path}/{token}";
}

internal sealed class LookAtCases(ISupervisionDb db, RulePack rules, CalendarBook calendars, SupervisionDesk desk, DeadlineBook deadlines) :
    IRequestHandler<SupervisionCases, IReadOnlyList<SupervisionLine>>,
    IRequestHandler<SupervisionCaseDetail, SupervisionView>,
    IRequestHandler<OpenSupervisionCase, SupervisionView>,
    IRequestHandler<UnitsUnderSupervision, IReadOnlyList<UnitChoice>>,
    IRequestHandler<OutstandingUnits, IReadOnlyList<OutstandingUnit>>
{
    private const int Shown = 200;

    private static readonly SupervisionDeed[] OnlyForBureau = [SupervisionDeed.ReportToGovernment, SupervisionDeed.FollowUpPlanned, SupervisionDeed.LetterIssued, SupervisionDeed.LetterVoided];

    public async Task<IReadOnlyList<SupervisionLine>> Handle(SupervisionCases query, CancellationToken cancellationToken)
    {
        var bureau = query.By.Role == ActorRole.Supervisor;
        var unit = query.By.UnitId ?? "";
        var open = await db.SupervisionCases.AsNoTracking()
            .Where(c => c.Stage != SupervisionStage.Closed && (bureau || c.UnitId == unit))
            .OrderBy(c => c.OpenedOn).ThenBy(c => c.Id)
            .Take(Shown)
            .ToListAsync(cancellationToken);
        var unitIds = open.ConvertAll(c => c.UnitId);
        var names = await db.Units.Where(u => unitIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        var lines = new List<SupervisionLine>();
        foreach (var one in open.Where(one => bureau || SupervisionDesk.VisibleToUnit(one)))
        {
            var running = await Running(one, bureau, cancellationToken);
            lines.Add(new SupervisionLine(one.Id, one.Number, names[one.UnitId], one.Problem, AsSeen(one.Stage, bureau), one.OpenedOn, one.ServedOn is null ? null : one.LetterNumber, running?.DueOn, running is not null && desk.Today > running.DueOn));
        }

        return [.. lines.OrderBy(line => line.Due ?? DateOnly.MaxValue).ThenBy(line => line.OpenedOn)];
    }

    public Task<SupervisionView> Handle(SupervisionCaseDetail query, CancellationToken cancellationToken) => View(query.By, query.CaseId, cancellationToken);

    public Task<SupervisionView> Handle(OpenSupervisionCase command, CancellationToken cancellationToken) => View(command.By, command.CaseId, cancellationToken);

    public async Task<IReadOnlyList<UnitChoice>> Handle(UnitsUnderSupervision query, CancellationToken cancellationToken) =>
        [.. (await db.Units.AsNoTracking().OrderBy(unit => unit.Id).ToListAsync(cancellationToken)).Where(unit => unit.IsOfThisDistrict).Select(unit => new UnitChoice(unit.Id, unit.Name, unit.Field))];

    private async Task<SupervisionView> View(Actor by, string caseId, CancellationToken cancellationToken)
    {
        var bureau = by.Role == ActorRole.Supervisor;
        var one = bureau ? await desk.ForSupervisor(caseId, cancellationToken) : await desk.ForUnit(by, caseId, cancellationToken);
        var running = await Running(one, bureau, cancellationToken);
        var rectify = await deadlines.Find(SupervisionDeadlines.Rectification, one.Id, cancellationToken);
        var followUp = await deadlines.Find(SupervisionDeadlines.FollowUp, one.Id, cancellationToken);
        var paper = desk.LetterOf(one);
        var term = paper.Limit("rectification", rules).Period;
        var objection = one.ServedOn is null ? (DateOnly?)null : desk.ObjectionDue(one, calendars.Current);
        return new SupervisionView(
            one.Id,
            one.Number,
            one.UnitId,
            await desk.UnitName(one.UnitId, cancellationToken),
            one.Problem,

            // What was corrected in the letter is what both sides go by from its service on (S14).
            one.ServedOn is not null && one.DraftRule.Length > 0 ? one.DraftRule : one.Rule,
            one.ServedOn is not null && one.DraftFacts.Count > 0 ? one.DraftFacts : one.Facts,
            bureau ? one.EvidenceIds : [.. SupervisionDesk.EvidenceForUnit(one)],
            AsSeen(one.Stage, bureau),
            one.Outcome,
            one.OpenedOn,
            await Course(one, bureau, cancellationToken),
            await Papers(one, bureau, cancellationToken))
        {
            LetterName = paper.Name,
            NextLetterNumber = bureau ? await desk.NextNumber(desk.Paper(one.Letter), SupervisionDesk.KindOf(one.Letter), cancellationToken) : "",
            LetterNumber = bureau || one.ServedOn is not null ? one.LetterNumber : null,
            FoundUncorrectedOn = one.FoundUncorrectedOn,
            ServedOn = one.ServedOn,
            Draft = bureau && one.DraftFacts.Count > 0 ? new LetterText(one.DraftFacts, one.DraftRule, one.DraftAdvice) : null,
            Due = running?.DueOn,
            Late = running is not null && desk.Today > running.DueOn,
            RectifyDue = rectify?.DueOn,
            FollowUpDue = followUp?.DueOn,
            RectifyDays = term.Amount,
            IfServedToday = calendars.Current.Due(desk.Today, term).On,
            ObjectionDue = objection,
            MayObject = one.ObjectedOn is null && objection >= desk.Today && one.Stage is SupervisionStage.Rectifying or SupervisionStage.Reported,
            ObjectionOpen = one.ObjectedOn is not null && !one.ObjectionAnswered && one.IsOpen,
            AskedToAdd = one.Stage == SupervisionStage.Warned && one.AnswerRounds > 1
                ? await db.SupervisionSteps.Where(step => step.CaseId == one.Id && step.Deed == SupervisionDeed.SentBack).OrderByDescending(step => step.Ordinal).Select(step => step.Text).FirstAsync(cancellationToken)
                : null,
            MoreTimeOpen = one.MoreTimeOpen,
            MayAskMoreTime = one.Stage == SupervisionStage.Warned && !one.MoreTimeOpen && one.TimesExtended < rules.WarningExtensions.Value,
            Disagrees = one.Disagrees,
            Received = one.ServedOn is not null && (await desk.Letter(one, cancellationToken)).ReceivedAt is not null,
            ProofIds = bureau ? await db.SupervisionSteps.Where(step => step.CaseId == one.Id).OrderByDescending(step => step.Ordinal).Select(step => step.FileIds).ToListAsync(cancellationToken) is { } files ? [.. files.SelectMany(ids => ids)] : [] : [],
            LetterDays = paper.Limit("suggestionLetter", rules).Period.ToString(),
            MayFollowUp = one.Stage == SupervisionStage.Reported || (one.Stage == SupervisionStage.Rectifying && rectify is not null && desk.Today > rectify.DueOn),
            TermOver = rectify is not null && desk.Today > rectify.DueOn,
            Heard = one.Stage == SupervisionStage.Answered || (one.Stage == SupervisionStage.Warned && running is not null && desk.Today > running.DueOn) || (bureau && one.IsWarning && await desk.IsOutstanding(one, cancellationToken)),
        };
    }

    public async Task<IReadOnlyList<OutstandingUnit>> Handle(OutstandingUnits query, CancellationToken cancellationToken)
    {
        var quarter = Quarter.Of(desk.Today).From;
        var open = await db.SupervisionCases.AsNoTracking()
            .Where(c => c.OpenedOn >= quarter && (c.Stage == SupervisionStage.Warned || c.Stage == SupervisionStage.Answered))
            .OrderBy(c => c.OpenedOn).ThenBy(c => c.Id)
            .Select(c => new { c.Id, c.UnitId })
            .ToListAsync(cancellationToken);
        var outstanding = new List<OutstandingUnit>();
        foreach (var unit in open.GroupBy(c => c.UnitId, c => c.Id).Where(unit => unit.Count() >= rules.WarningsBeforeSuggestion.Value))
            outstanding.Add(new OutstandingUnit(unit.Key, await desk.UnitName(unit.Key, cancellationToken), [.. unit]));
        return outstanding;
    }

    /// <summary>A unit hears of the last step when the decision is served, not before (S17).</summary>
    private static SupervisionStage AsSeen(SupervisionStage stage, bool bureau) => (stage, bureau) switch
    {
        (SupervisionStage.BeforeGovernment, false) => SupervisionStage.NotCorrected,
        (SupervisionStage.LetterIssued, false) => SupervisionStage.LetterDue,
        _ => stage,
    };

    /// <summary>The limit that runs now for who asks: the unit's own, or what the bureau waits for or owes.</summary>
    private async Task<Deadline?> Running(SupervisionCase one, bool bureau, CancellationToken cancellationToken)
    {
        var (kind, subject) = one.Stage switch
        {
            SupervisionStage.Warned => (SupervisionDeadlines.Answer, SupervisionDesk.AnswerSubject(one)),
            SupervisionStage.LetterDue => (SupervisionDeadlines.Letter, SupervisionDesk.LetterSubject(one)),
            SupervisionStage.Rectifying when !bureau => (SupervisionDeadlines.Rectification, one.Id),
            SupervisionStage.Rectifying or SupervisionStage.Reported => (SupervisionDeadlines.FollowUp, one.Id),
            _ => ("", ""),
        };
        if (kind.Length == 0)
            return null;
        if (kind == SupervisionDeadlines.FollowUp && await deadlines.Find(SupervisionDeadlines.Rectification, one.Id, cancellationToken) is { } term && one.Stage == SupervisionStage.Rectifying && desk.Today <= term.DueOn)
            return term;
        return await deadlines.Find(kind, subject, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> Course(SupervisionCase one, bool bureau, CancellationToken cancellationToken)
    {
        var steps = await db.SupervisionSteps.AsNoTracking().Where(step => step.CaseId == one.Id && (bureau || !OnlyForBureau.Contains(step.Deed))).OrderBy(step => step.Ordinal).ToListAsync(cancellationToken);
        var ids = steps.ConvertAll(step => step.ByPersonId);
        var names = await db.People.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        return [.. steps.Select(step => $"{ChineseDates.Short(step.On)} {SupervisionWords.Of(step.Deed)}{(bureau && names.TryGetValue(step.ByPersonId, out var name) ? $"（{name}）" : "")}{(step.Text.Length > 0 ? $"：{step.Text}" : "")}{(step.FileIds.Count > 0 ? FormattableString.Invariant($"（佐证{step.FileIds.Count}份）") : "")}")];
    }

    private async Task<IReadOnlyList<PaperLink>> Papers(SupervisionCase one, bool bureau, CancellationToken cancellationToken)
    {
        var papers = await db.SupervisionLetters.AsNoTracking()
            .Where(letter => letter.SubjectId == one.Id && letter.VoidedBecause == null)
            .OrderBy(letter => letter.Id)
            .Select(letter => new PaperLink(letter.Kind, letter.Name, letter.Number, letter.Token))
            .ToListAsync(cancellationToken);
        return bureau ? papers : [.. papers.Where(paper => paper.Kind == PaperKind.Warning || (paper.Kind == one.Letter && one.ServedOn is not null))];
    }
}

/// <summary>How steps and stages are called.</summary>
public static class SupervisionWords
{
    public static string Of(SupervisionDeed deed) => deed switch
    {
        SupervisionDeed.Warning => "预警提醒",
        SupervisionDeed.Fact => "补充事实",
        SupervisionDeed.Answer => "单位说明",
        SupervisionDeed.Disagreement => "单位不同意预警",
        SupervisionDeed.TimeAsked => "单位申请延期",
        SupervisionDeed.TimeGiven => "同意延期",
        SupervisionDeed.TimeRefused => "不同意延期",
        SupervisionDeed.SentBack => "退回补充",
        SupervisionDeed.Withdrawal => "撤销预警",
        SupervisionDeed.Uncorrected => "认定未改正",
        SupervisionDeed.LetterIssued => "签发",
        SupervisionDeed.LetterVoided => "作废",
        SupervisionDeed.Served => "送达",
        SupervisionDeed.Receipt => "单位签收",
        SupervisionDeed.Objection => "单位提出异议",
        SupervisionDeed.ObjectionAnswered => "答复异议",
        SupervisionDeed.FollowUpPlanned => "复查安排",
        SupervisionDeed.Rectification => "单位报告整改",
        SupervisionDeed.FollowUp => "跟踪复查",
        SupervisionDeed.ReportToGovernment => "报请区政府",
        SupervisionDeed.Decision => "登记决定书",
        SupervisionDeed.Measure => "后续措施",
        _ => "办结",
    };

    public static string Of(SupervisionStage stage) => stage switch
    {
        SupervisionStage.Warned => "已预警，待单位说明",
        SupervisionStage.Answered => "单位已说明，待核实",
        SupervisionStage.LetterDue => "未改正，待制作文书",
        SupervisionStage.LetterIssued => "已签发，待送达",
        SupervisionStage.Rectifying => "整改中",
        SupervisionStage.Reported => "已报告整改，待复查",
        SupervisionStage.NotCorrected => "复查未整改",
        SupervisionStage.BeforeGovernment => "已报请区政府",
        SupervisionStage.Decided => "已有监督决定",
        _ => "已办结",
    };

    public static string Of(SupervisionOutcome outcome) => outcome switch
    {
        SupervisionOutcome.CorrectedAfterWarning => "预警后已整改",
        SupervisionOutcome.Withdrawn => "已撤销",
        SupervisionOutcome.CorrectedAfterLetter => "已整改",
        _ => "决定已执行",
    };
}
