using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Supervision;

/// <summary>责令改正: an inspection that does not follow the city's standard is put right and tracked, without a warning before (S29).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record OrderCorrection(
    Actor By,
    string UnitId,
    [property: AtMost(100)] string Problem,
    [property: AtMost(500)] string Rule,
    [property: AtMost(500)] IReadOnlyList<string> Facts,
    IReadOnlyList<string> EvidenceIds) : ICommand<SupervisionMoved>;

/// <summary>起草, or write the draft again.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record DraftLetter(Actor By, string CaseId, [property: AtMost(500)] IReadOnlyList<string> Facts, [property: AtMost(500)] string Rule, [property: AtMost(1000)] string Advice) : ICommand<SupervisionMoved>;

/// <summary>签发: takes the next number; <paramref name="Number"/>, where somebody typed it, has to be that one.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record IssueLetter(Actor By, string CaseId, [property: AtMost(60)] string? Number = null) : ICommand<LetterIssued>;

/// <summary>作废 of a letter that is not served; its number is not given again.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record VoidLetter(Actor By, string CaseId, [property: AtMost(500)] string Reason) : ICommand<SupervisionMoved>;

/// <summary>送达 to the unit's leaders and liaisons; on another day where it was handed over on paper (S15).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ServeLetter(Actor By, string CaseId, DateOnly? On = null) : ICommand<LetterServed>;

/// <summary>延后说明: why the letter is not made yet. It stands beside the limit and does not move it (S14).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ExplainLetterDelay(Actor By, string CaseId, [property: AtMost(500)] string Reason) : ICommand<SupervisionMoved>;

/// <param name="CaseId">SV26-12.</param>
/// <param name="LetterId">SV26-12-1.</param>
/// <param name="Name">What the paper is called.</param>
/// <param name="Number">云司监建〔2026〕第7号.</param>
/// <param name="Token">The end of its address.</param>
/// <param name="RectifyDue">By when it would have to be put right if it were served today.</param>
public sealed record LetterIssued(string CaseId, string LetterId, string Name, string Number, string Token, DateOnly RectifyDue) : IReceipt
{
    string IReceipt.Subject => CaseId;
}

public sealed record LetterServed(string CaseId, string Number, string UnitName, int Told, DateOnly RectifyDue, DateOnly FollowUpDue, DateOnly ObjectionDue) : IReceipt
{
    string IReceipt.Subject => CaseId;
}

internal sealed class MakeLetter(ISupervisionDb db, RulePack rules, CalendarBook calendars, SupervisionDesk desk, DeadlineBook deadlines) :
    IRequestHandler<OrderCorrection, SupervisionMoved>,
    IRequestHandler<DraftLetter, SupervisionMoved>,
    IRequestHandler<IssueLetter, LetterIssued>,
    IRequestHandler<VoidLetter, SupervisionMoved>,
    IRequestHandler<ServeLetter, LetterServed>,
    IRequestHandler<ExplainLetterDelay, SupervisionMoved>
{
    private const string OrderHandle = "ZG";

    private static readonly string[] FollowUpList = ["整改情况报告", "佐证材料（照片、记录、文件）"];

    public async Task<SupervisionMoved> Handle(OrderCorrection command, CancellationToken cancellationToken)
    {
        var unit = await desk.Unit(command.UnitId, cancellationToken);
        var paper = desk.Paper(PaperKind.Correction);

        // The order's own number is given when it is issued; until then it is known by its handle.
        var handle = await Numbers.Take(db, OrderHandle, OrderHandle, desk.Today.Year, 1, cancellationToken);
        var facts = new SupervisionFacts(unit.Id, command.Problem, command.Rule, command.Facts) { EvidenceIds = command.EvidenceIds };
        var order = SupervisionCase.Order(handle.Id, handle.Id, facts, command.By.PersonId!, desk.Today);
        db.SupervisionCases.Add(order);
        var due = deadlines.Open(SupervisionDeadlines.Letter, paper.Limit("suggestionLetter", rules), order.Id, desk.LetterTitle(order, unit.Name), null);
        return new SupervisionMoved(order.Id, order.Number, order.Stage, due.On);
    }

    public async Task<SupervisionMoved> Handle(DraftLetter command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        one.Draft(new LetterText(command.Facts, command.Rule, command.Advice));
        var due = await deadlines.Find(SupervisionDeadlines.Letter, SupervisionDesk.LetterSubject(one), cancellationToken);
        return new SupervisionMoved(one.Id, one.Number, one.Stage, due?.DueOn);
    }

    public async Task<LetterIssued> Handle(IssueLetter command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        SupervisionCase.LetterIsDue.Require(one.Stage == SupervisionStage.LetterDue);
        SupervisionCase.LetterWritten.Require(one.DraftFacts.Count > 0);
        var subject = SupervisionDesk.LetterSubject(one);
        var paper = desk.Paper(one.Letter);
        var (number, _) = await desk.Number(paper, SupervisionDesk.KindOf(one.Letter), command.Number, cancellationToken);
        one.Issue(number, command.By.PersonId!, desk.Today);
        await deadlines.Meet(SupervisionDeadlines.Letter, subject, cancellationToken);
        var term = paper.Limit("rectification", rules);
        var letter = desk.Print(
            one.Id,
            one.Letters,
            paper,
            number,
            new Dictionary<string, string>
            {
                ["单位"] = await desk.UnitName(one.UnitId, cancellationToken),
                ["问题"] = one.Problem,
                ["事实"] = SupervisionDesk.Numbered(one.DraftFacts),
                ["依据"] = one.DraftRule,
                ["建议"] = one.DraftAdvice,
                ["整改天数"] = term.Period.ToString(),
                ["异议天数"] = paper.Limit("suggestionObjection", rules).Period.ToString(),
                ["复查天数"] = paper.Limit("followUpCheck", rules).Period.ToString(),
                ["预警日期"] = ChineseDates.Long(one.OpenedOn),
                ["预警文号"] = one.Number,
            },
            command.By);
        return new LetterIssued(one.Id, letter.Id, paper.Name, number, letter.Token, calendars.Current.Due(desk.Today, term.Period).On);
    }

    public async Task<SupervisionMoved> Handle(VoidLetter command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        SupervisionCase.LetterNotServed.Require(one.Stage == SupervisionStage.LetterIssued);
        (await desk.Letter(one, cancellationToken)).Void(command.Reason);
        one.Void(command.Reason, command.By.PersonId!, desk.Today);
        var due = await desk.OpenLetter(one, cancellationToken);
        return new SupervisionMoved(one.Id, one.Number, one.Stage, due.On);
    }

    public async Task<LetterServed> Handle(ServeLetter command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        one.Serve(command.On ?? desk.Today, command.By.PersonId!, desk.Today);
        var (served, paper) = (one.ServedOn!.Value, desk.LetterOf(one));
        var term = paper.Limit("rectification", rules);
        var rectify = deadlines.OpenFrom(served, SupervisionDeadlines.Rectification, term, one.Id, $"整改 {one.LetterNumber}", one.UnitId);
        var followUp = deadlines.OpenFrom(rectify.On, SupervisionDeadlines.FollowUp, paper.Limit("followUpCheck", rules), one.Id, $"跟踪复查 {one.LetterNumber}", null);
        deadlines.Open(SupervisionDeadlines.Receipt, rules.LetterReceipt, one.Id, $"签收 {one.LetterNumber}", one.UnitId);
        one.PlanFollowUp("查阅资料", FollowUpList, command.By.PersonId!, desk.Today);
        var objection = desk.ObjectionDue(one, calendars.Current);
        await desk.TellUnit(
            one,
            "N9",
            one.LetterNumber!,
            new Dictionary<string, string>
            {
                ["justice"] = desk.Justice,
                ["docName"] = paper.Name,
                ["number"] = one.LetterNumber!,
                ["problem"] = one.Problem,
                ["basis"] = one.DraftRule,
                ["advice"] = one.DraftAdvice,
                ["days"] = term.Period.ToString(),
                ["due"] = ChineseDates.Due(rectify),
                ["objectBy"] = ChineseDates.Short(objection),
            },
            cancellationToken,
            $"已收到 {one.Id}",
            $"提交整改 {one.Id}",
            $"有异议 {one.Id}");
        return new LetterServed(one.Id, one.LetterNumber!, await desk.UnitName(one.UnitId, cancellationToken), (await db.LeadersAndLiaisonsOf(one.UnitId, cancellationToken)).Count, rectify.On, followUp.On, objection);
    }

    public async Task<SupervisionMoved> Handle(ExplainLetterDelay command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        SupervisionCase.LetterIsDue.Require(one.Stage == SupervisionStage.LetterDue);
        SupervisionCase.ReasonGiven.Require(!string.IsNullOrWhiteSpace(command.Reason));
        var due = (await deadlines.Find(SupervisionDeadlines.Letter, SupervisionDesk.LetterSubject(one), cancellationToken))!;
        due.ExplainDelay(command.Reason.Trim(), desk.Now);
        return new SupervisionMoved(one.Id, one.Number, one.Stage, due.DueOn);
    }
}
