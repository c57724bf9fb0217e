using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Clues;

/// <summary>情况反馈: the justice bureau tells a unit what it found, and keeps what the unit says to it (J40). Not yet a warning.</summary>
public sealed class SituationNotice
{
    private const int LongestAnswer = 2000;

    private static readonly Rule AnsweredOnce = new("这份情况反馈已经说明过了。还有要补充的，请直接联系司法局。", "J40");
    private static readonly Rule WithWords = new("请写明情况和已采取的措施（最多2000字）。", "J40");

    private SituationNotice()
    {
    }

    internal SituationNotice(string id, string number, string unitId, IEnumerable<string> clueIds, IEnumerable<string> facts, DateOnly sentOn, DateOnly answerBy)
    {
        (Id, Number, UnitId, SentOn, AnswerBy) = (id, number, unitId, sentOn, answerBy);
        (ClueIds, Facts) = ([.. clueIds], [.. facts]);
    }

    /// <summary>FK26-1</summary>
    public string Id { get; private set; } = "";

    /// <summary>云监反〔2026〕1号</summary>
    public string Number { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public List<string> ClueIds { get; private set; } = [];

    /// <summary>What the unit is told, a sentence each; names no complainant.</summary>
    public List<string> Facts { get; private set; } = [];
    public DateOnly SentOn { get; private set; }
    public DateOnly AnswerBy { get; private set; }
    public string? Answer { get; private set; }
    public List<string> FileIds { get; private set; } = [];
    public string? AnsweredById { get; private set; }
    public DateOnly? AnsweredOn { get; private set; }

    internal void Say(string answer, IEnumerable<string> fileIds, string byPersonId, DateOnly on)
    {
        AnsweredOnce.Require(Answer is null);
        WithWords.Require(answer.Trim().Length is > 0 and <= LongestAnswer);
        (Answer, AnsweredById, AnsweredOn) = (answer.Trim(), byPersonId, on);
        FileIds = [.. fileIds];
    }
}

/// <summary>Tells a unit of all its open clues, or of those named (J40).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record TellSituation(Actor By, string UnitId, IReadOnlyList<string> ClueIds) : ICommand<SituationTold>;

/// <param name="Id">FK26-1.</param>
/// <param name="Number">云监反〔2026〕1号.</param>
/// <param name="UnitName">Whom it goes to.</param>
/// <param name="Facts">What it says.</param>
/// <param name="AnswerBy">By when the unit is asked to explain.</param>
public sealed record SituationTold(string Id, string Number, string UnitName, IReadOnlyList<string> Facts, DateOnly AnswerBy) : IReceipt
{
    string IReceipt.Subject => Id;
}

/// <summary>The unit's word on it, stored beside it (J40).</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record ExplainSituation(Actor By, string SituationId, [property: AtMost(2000)] string Answer, IReadOnlyList<string> FileIds) : ICommand<SituationExplained>;

public sealed record SituationExplained(string SituationId, bool OnTime) : IReceipt
{
    string IReceipt.Subject => SituationId;
}

/// <summary>What was told: a unit sees its own, the justice bureau all.</summary>
[Allowed(ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record Situations(Actor By) : IQuery<IReadOnlyList<SituationView>>;

public sealed record SituationView(string Id, string Number, string UnitName, IReadOnlyList<string> Facts, DateOnly SentOn, DateOnly AnswerBy, string? Answer, DateOnly? AnsweredOn);

internal sealed class TellUnitHandler(ISupervisionDb db, RulePack rules, DeadlineBook deadlines, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<TellSituation, SituationTold>,
    IRequestHandler<ExplainSituation, SituationExplained>,
    IRequestHandler<Situations, IReadOnlyList<SituationView>>
{
    public const string Deadline = "supervision.situation";

    private const int MostFacts = 20;
    private const int Shown = 20;

    private static readonly Rule Something = new("这个单位没有可以反馈的线索；涉及投诉的线索不在这里反馈。", "J40");
    private static readonly Rule Own = new("没有找到这份情况反馈，或者它不是发给您单位的。说“情况反馈”可以看到本单位的。", "J40") { Boundary = true };

    public async Task<SituationTold> Handle(TellSituation command, CancellationToken cancellationToken)
    {
        var all = command.ClueIds.Count == 0;
        var clues = (await db.Clues.AsNoTracking().Where(c => c.UnitId == command.UnitId && (all ? c.State == ClueState.Open : command.ClueIds.Contains(c.Id))).OrderBy(c => c.FoundOn).ThenBy(c => c.Id).ToListAsync(cancellationToken))
            .FindAll(clue => !clue.Kind.NamesComplaints() && clue.Kind != ClueKind.FromReconsideration);
        Something.Require(clues.Count > 0);
        var ids = clues.ConvertAll(clue => clue.Id);
        var facts = await db.ClueEvidence.AsNoTracking().Where(e => ids.Contains(e.ClueId)).OrderBy(e => e.On).ThenBy(e => e.EvidenceId).Select(e => e.InWords).Distinct().Take(MostFacts).ToListAsync(cancellationToken);
        var unit = await db.Units.Where(u => u.Id == command.UnitId).Select(u => u.Name).FirstAsync(cancellationToken);

        var number = await Numbers.Take(db, rules.Series("situation"), "FK", clock.Today.Year, 1, cancellationToken);
        var liaisons = await db.OfficialsOf(command.UnitId, ActorRole.UnitLiaison, cancellationToken);
        var due = deadlines.Open(Deadline, rules.SituationAnswer, number.Id, $"情况反馈{number.Printed}", command.UnitId, liaisons).On;
        var situation = new SituationNotice(number.Id, number.Printed, command.UnitId, ids, facts, clock.Today, due);
        db.SituationNotices.Add(situation);
        var fields = new Dictionary<string, string>
        {
            ["justice"] = rules.SupervisionOffice.Name,
            ["number"] = number.Printed,
            ["facts"] = string.Join('；', facts),
            ["due"] = ChineseDates.WithWeekday(due),
        };
        foreach (var person in (await db.OfficialsOf(command.UnitId, ActorRole.UnitLeader, cancellationToken)).Concat(liaisons))
            await notices.Owe(person, "N101", $"N101:{situation.Id}:{person}", situation.Id, fields, cancellationToken, actions: [$"说明情况 {situation.Id}"]);
        return new SituationTold(situation.Id, situation.Number, unit, facts, due);
    }

    public async Task<SituationExplained> Handle(ExplainSituation command, CancellationToken cancellationToken)
    {
        var id = command.SituationId.Trim().ToUpperInvariant();
        var situation = await db.SituationNotices.FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
        Own.Require(situation is not null && command.By.UnitId == situation.UnitId);
        situation!.Say(command.Answer, command.FileIds, command.By.PersonId!, clock.Today);
        await deadlines.Meet(Deadline, situation.Id, cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["unit"] = await db.Units.Where(u => u.Id == situation.UnitId).Select(u => u.Name).FirstAsync(cancellationToken),
            ["number"] = situation.Number,
            ["answer"] = situation.Answer!,
        };
        foreach (var supervisor in await db.Supervisors(cancellationToken))
            await notices.Owe(supervisor, "N102", $"N102:{situation.Id}:{supervisor}", situation.Id, fields, cancellationToken, digest: true, actions: ["情况反馈"]);
        return new SituationExplained(situation.Id, clock.Today <= situation.AnswerBy);
    }

    public async Task<IReadOnlyList<SituationView>> Handle(Situations query, CancellationToken cancellationToken)
    {
        var unit = query.By.Role == ActorRole.Supervisor ? null : query.By.UnitId ?? "";
        var rows = await db.SituationNotices.AsNoTracking().Where(s => unit == null || s.UnitId == unit).OrderByDescending(s => s.SentOn).ThenByDescending(s => s.Id).Take(Shown).ToListAsync(cancellationToken);
        var ids = rows.ConvertAll(row => row.UnitId);
        var names = await db.Units.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        return rows.ConvertAll(row => new SituationView(row.Id, row.Number, names[row.UnitId], row.Facts, row.SentOn, row.AnswerBy, row.Answer, row.AnsweredOn));
    }
}
