using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Supervision;

/// <summary>第一步，预警提醒: the unit hears of it while it is small, with the fact, the rule and the day by which it answers (S13).</summary>
/// <param name="By">A supervisor.</param>
/// <param name="UnitId">Whose conduct.</param>
/// <param name="Problem">In a few words.</param>
/// <param name="Rule">The rule with its clause.</param>
/// <param name="Facts">What was seen.</param>
/// <param name="EvidenceIds">Tasks and other records.</param>
/// <param name="Means">平台, 电话, 走访 or 座谈.</param>
[Allowed(ActorRole.Supervisor)]
public sealed record IssueWarning(
    Actor By,
    string UnitId,
    [property: AtMost(100)] string Problem,
    [property: AtMost(500)] string Rule,
    [property: AtMost(500)] IReadOnlyList<string> Facts,
    IReadOnlyList<string> EvidenceIds,
    [property: AtMost(20)] string Means = IssueWarning.ByPlatform) : ICommand<WarningIssued>
{
    public const string ByPlatform = "平台";

    /// <summary>Clues that are taken up with it.</summary>
    public IReadOnlyList<string> ClueIds { get; init; } = [];
}

public sealed record WarningIssued(string CaseId, string Number, string UnitName, DateOnly AnswerDue, int Told) : IReceipt
{
    string IReceipt.Subject => CaseId;
}

internal sealed class IssueWarningHandler(ISupervisionDb db, RulePack rules, SupervisionDesk desk) : IRequestHandler<IssueWarning, WarningIssued>
{
    private static readonly Rule OwnClue = new("没有查到这条线索，或者它不是这个单位的。说“监督线索”可以看到还没处理的。", "S13");

    public async Task<WarningIssued> Handle(IssueWarning command, CancellationToken cancellationToken)
    {
        var unit = await desk.Unit(command.UnitId, cancellationToken);
        var facts = new SupervisionFacts(unit.Id, command.Problem, command.Rule, command.Facts) { EvidenceIds = command.EvidenceIds, ClueIds = command.ClueIds };
        var paper = desk.Paper(PaperKind.Warning);
        var (number, sequence) = await desk.Number(paper, "warning", null, cancellationToken);
        var warned = SupervisionCase.Warn(FormattableString.Invariant($"SV{desk.Today.Year % 100:00}-{sequence}"), number, facts, command.Means, command.By.PersonId!, desk.Today);
        db.SupervisionCases.Add(warned);
        foreach (var clueId in command.ClueIds)
        {
            var clue = await db.Clues.FirstOrDefaultAsync(one => one.Id == clueId, cancellationToken);
            OwnClue.Require(clue is not null && (clue.UnitId == unit.Id || clue.OtherUnitIds.Contains(unit.Id)));
            clue!.TakeUp(warned.Id, command.By.PersonId!, desk.Today);
        }

        var due = desk.OpenAnswer(warned);
        desk.Print(
            warned.Id,
            0,
            paper,
            number,
            new Dictionary<string, string>
            {
                ["单位"] = unit.Name,
                ["问题"] = warned.Problem,
                ["事实"] = SupervisionDesk.Numbered(warned.Facts),
                ["依据"] = warned.Rule,
                ["回复期限"] = ChineseDates.LongWithWeekday(due.On),
                ["预警日期"] = ChineseDates.Long(desk.Today),
                ["预警文号"] = number,
            },
            command.By);
        await desk.TellUnit(
            warned,
            "N6",
            "1",
            new Dictionary<string, string>
            {
                ["justice"] = desk.Justice,
                ["no"] = number,
                ["facts"] = Sentence(warned),
                ["rule"] = warned.Rule,
                ["replyBy"] = ChineseDates.Due(due),
                ["letter"] = desk.Paper(warned.Letter).Name,
                ["days"] = desk.Paper(warned.Letter).Limit("suggestionLetter", rules).Period.ToString(),
            },
            cancellationToken,
            $"回复预警 {warned.Id}",
            $"看明细 {warned.Id}");
        return new WarningIssued(warned.Id, number, unit.Name, due.On, (await db.LeadersAndLiaisonsOf(unit.Id, cancellationToken)).Count);
    }

    /// <summary>The problem, and in brackets which records it is about, those that the unit may know.</summary>
    internal static string Sentence(SupervisionCase one)
    {
        var named = SupervisionDesk.EvidenceForUnit(one).ToList();
        return named.Count == 0 ? one.Problem : $"{one.Problem}（{named[0]}{(named.Count > 1 ? "等" : "")}）";
    }
}
