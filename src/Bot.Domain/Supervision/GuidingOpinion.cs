using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Supervision;

/// <summary>普遍性、系统性问题: the same in several units; within a month of finding it the bureau gives a guiding opinion to all of them (S31, S41).</summary>
public sealed class GuidingOpinion
{
    private static readonly Rule ProblemNeeded = new("请写明是什么普遍问题、哪些单位、依据什么。", "S41");
    private static readonly Rule StillOwed = new("这件指导性意见已经印发。", "S41");
    private static readonly Rule AdviceNeeded = new("请写明指导性意见的内容。", "S41");

    private GuidingOpinion()
    {
    }

    internal GuidingOpinion(string id, string problem, string rule, IReadOnlyList<string> facts, IReadOnlyList<string> unitIds, DateOnly foundOn)
    {
        ProblemNeeded.Require(!string.IsNullOrWhiteSpace(problem) && !string.IsNullOrWhiteSpace(rule) && facts.Count > 0 && unitIds.Count > 0);
        (Id, Problem, Rule, FoundOn) = (id, problem.Trim(), rule.Trim(), foundOn);
        (Facts, UnitIds) = ([.. facts], [.. unitIds.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>ZD26-1.</summary>
    public string Id { get; private set; } = "";
    public string Problem { get; private set; } = "";
    public string Rule { get; private set; } = "";
    public List<string> Facts { get; private set; } = [];
    public List<string> UnitIds { get; private set; } = [];
    public DateOnly FoundOn { get; private set; }
    public string? Number { get; private set; }
    public string Advice { get; private set; } = "";
    public DateOnly? IssuedOn { get; private set; }

    internal void Issue(string number, string advice, DateOnly today)
    {
        StillOwed.Require(Number is null);
        AdviceNeeded.Require(!string.IsNullOrWhiteSpace(advice));
        (Number, Advice, IssuedOn) = (number, advice.Trim(), today);
    }
}

/// <summary>A widespread problem is found: the month to give an opinion on it begins (S41).</summary>
/// <param name="By">A supervisor.</param>
/// <param name="Problem">In a few words.</param>
/// <param name="Rule">The rule with its clause.</param>
/// <param name="Facts">What was seen, without the name of any unit.</param>
/// <param name="UnitIds">The units that it concerns.</param>
[Allowed(ActorRole.Supervisor)]
public sealed record FindWidespread(Actor By, [property: AtMost(100)] string Problem, [property: AtMost(500)] string Rule, [property: AtMost(500)] IReadOnlyList<string> Facts, IReadOnlyList<string> UnitIds) : ICommand<WidespreadFound>;

public sealed record WidespreadFound(string OpinionId, DateOnly Due, bool Provisional) : IReceipt
{
    string IReceipt.Subject => OpinionId;
}

/// <summary>印发指导性意见 to leaders and liaisons of the units concerned (S41).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record IssueOpinion(Actor By, string OpinionId, [property: AtMost(2000)] string Advice) : ICommand<LetterIssued>;

/// <summary>Opinions that are still owed, the nearest first.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record OpinionsOwed(Actor By) : IQuery<IReadOnlyList<OpinionOwed>>;

public sealed record OpinionOwed(string OpinionId, string Problem, IReadOnlyList<string> Units, DateOnly Due, bool Late);

internal sealed class GuideAll(ISupervisionDb db, RulePack rules, SupervisionDesk desk, DeadlineBook deadlines, NoticeBoard notices) :
    IRequestHandler<FindWidespread, WidespreadFound>,
    IRequestHandler<IssueOpinion, LetterIssued>,
    IRequestHandler<OpinionsOwed, IReadOnlyList<OpinionOwed>>
{
    private static readonly Rule Known = new("没有查到这件指导性意见，请核对编号，例如 ZD26-1。", "S41");

    public async Task<WidespreadFound> Handle(FindWidespread command, CancellationToken cancellationToken)
    {
        foreach (var unit in command.UnitIds)
            await desk.Unit(unit, cancellationToken);
        var taken = await Numbers.Take(db, "ZD", "ZD", desk.Today.Year, 1, cancellationToken);
        var opinion = new GuidingOpinion(taken.Id, command.Problem, command.Rule, command.Facts, command.UnitIds, desk.Today);
        db.GuidingOpinions.Add(opinion);
        var due = deadlines.Open(SupervisionDeadlines.Opinion, desk.Paper(PaperKind.Opinion).Limit("guidingOpinion", rules), opinion.Id, $"指导性意见：{opinion.Problem}", null);
        return new WidespreadFound(opinion.Id, due.On, due.Provisional);
    }

    public async Task<LetterIssued> Handle(IssueOpinion command, CancellationToken cancellationToken)
    {
        var id = command.OpinionId.Trim().ToUpperInvariant();
        var opinion = await db.GuidingOpinions.FirstOrDefaultAsync(o => o.Id == id, cancellationToken);
        Known.Require(opinion is not null);
        var paper = desk.Paper(PaperKind.Opinion);
        var (number, _) = await desk.Number(paper, "opinion", null, cancellationToken);
        opinion!.Issue(number, command.Advice, desk.Today);
        await deadlines.Meet(SupervisionDeadlines.Opinion, opinion.Id, cancellationToken);
        var units = await db.Units.Where(unit => opinion.UnitIds.Contains(unit.Id)).OrderBy(unit => unit.Id).ToDictionaryAsync(unit => unit.Id, unit => unit.Name, cancellationToken);
        var letter = desk.Print(
            opinion.Id,
            1,
            paper,
            number,
            new Dictionary<string, string>
            {
                ["各单位"] = string.Join('、', units.Values),
                ["问题"] = opinion.Problem,
                ["事实"] = SupervisionDesk.Numbered(opinion.Facts),
                ["依据"] = opinion.Rule,
                ["建议"] = opinion.Advice,
            },
            command.By);
        foreach (var unit in opinion.UnitIds)
        {
            foreach (var person in await db.LeadersAndLiaisonsOf(unit, cancellationToken))
            {
                await notices.Owe(
                    person,
                    "N121",
                    $"N121:{opinion.Id}:{person}",
                    opinion.Id,
                    new Dictionary<string, string> { ["justice"] = desk.Justice, ["docName"] = paper.Name, ["number"] = number, ["problem"] = opinion.Problem, ["rule"] = opinion.Rule, ["advice"] = opinion.Advice },
                    cancellationToken,
                    actions: [$"指导性意见 {opinion.Id}"]);
            }
        }

        return new LetterIssued(opinion.Id, letter.Id, paper.Name, number, letter.Token, desk.Today);
    }

    public async Task<IReadOnlyList<OpinionOwed>> Handle(OpinionsOwed query, CancellationToken cancellationToken)
    {
        var owed = new List<OpinionOwed>();
        foreach (var opinion in await db.GuidingOpinions.AsNoTracking().Where(o => o.Number == null).OrderBy(o => o.FoundOn).ThenBy(o => o.Id).ToListAsync(cancellationToken))
        {
            var due = (await deadlines.Find(SupervisionDeadlines.Opinion, opinion.Id, cancellationToken))!;
            var units = await db.Units.Where(unit => opinion.UnitIds.Contains(unit.Id)).OrderBy(unit => unit.Id).Select(unit => unit.Name).ToListAsync(cancellationToken);
            owed.Add(new OpinionOwed(opinion.Id, opinion.Problem, units, due.DueOn, desk.Today > due.DueOn));
        }

        return owed;
    }
}
