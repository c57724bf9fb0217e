using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Supervision;

/// <summary>The kinds of time limits on the ladder.</summary>
public static class SupervisionDeadlines
{
    public const string Answer = "supervision.warningAnswer";
    public const string Letter = "supervision.suggestion";
    public const string Receipt = "supervision.receipt";
    public const string Rectification = "supervision.rectification";
    public const string FollowUp = "supervision.followUpCheck";
    public const string Opinion = "supervision.guidingOpinion";
}

/// <summary>Who may open a case, how its two sides hear of it, how its papers get their numbers, and which limits run.</summary>
public sealed class SupervisionDesk(ISupervisionDb db, RulePack rules, PaperBook papers, DeadlineBook deadlines, NoticeBoard notices, ChinaClock clock)
{
    /// <summary>The same words for a case that is not there and one that is another unit's.</summary>
    public static readonly Rule Found = new("没有查到这件监督事项，请核对编号。说“预警与建议书”可以看到现有的。", "D15") { Boundary = true };

    private static readonly Rule NumberUsedOnce = new("这个文号已经用过，一个文号只能用一次。", "S14");
    private static readonly Rule NumberWithoutGap = new("文号要连着用，不能跳号。", "S14");
    private static readonly Rule ReadableNumber = new("没看懂文号，请写成“云司监建〔2026〕第7号”，或者只说“签发”，由系统编号。", "S14");

    /// <summary>The series whose numbers stand for a case.</summary>
    private static readonly string[] Lettered = ["warning", "suggestion", "correction", "decision"];

    private static readonly string[] OpenToUnits = ["T", "M", "P", "V", "G"];

    public string Justice => rules.SupervisionOffice.Name;

    public DateOnly Today => clock.Today;

    public DateTime Now => clock.UtcNow;

    public async Task<SupervisionCase> ForSupervisor(string caseId, CancellationToken cancellationToken)
    {
        var found = await Named(caseId, served: false, db.SupervisionCases, cancellationToken);
        Found.Require(found is not null);
        return found!;
    }

    public async Task<SupervisionCase> ForUnit(Actor by, string caseId, CancellationToken cancellationToken)
    {
        var found = await Named(caseId, served: true, db.SupervisionCases.Where(c => c.UnitId == by.UnitId), cancellationToken);
        Found.Require(found is not null && by.UnitId is not null && VisibleToUnit(found));
        return found!;
    }

    /// <summary>What is being prepared is the bureau's; the unit sees a warning when it is given and an order when it is served (S17).</summary>
    public static bool VisibleToUnit(SupervisionCase one) => one.Letter != PaperKind.Correction || one.ServedOn is not null;

    /// <summary>Nothing by which a unit could come to a complainant or an observer (S13).</summary>
    public static IEnumerable<string> EvidenceForUnit(SupervisionCase one) => one.EvidenceIds.Where(id => OpenToUnits.Any(head => id.StartsWith(head, StringComparison.Ordinal) && id.Length > 1 && (char.IsAsciiDigit(id[1]) || id[1] == '-')));

    public static string AnswerSubject(SupervisionCase one) => one.AnswerRounds <= 1 ? one.Id : $"{one.Id}/{one.AnswerRounds}";

    public static string LetterSubject(SupervisionCase one) => one.Letters == 0 ? one.Id : $"{one.Id}/{one.Letters + 1}";

    public Paper Paper(PaperKind kind) => papers.On(kind, clock.Today);

    /// <summary>The day counts of the letter as it was when the case got it.</summary>
    public Paper LetterOf(SupervisionCase one) => papers.On(one.Letter, one.LetterIssuedOn ?? clock.Today);

    /// <summary>The last day on which the unit may object to the letter in writing.</summary>
    public DateOnly ObjectionDue(SupervisionCase one, WorkingCalendar calendar) =>
        calendar.Due(one.ServedOn ?? clock.Today, LetterOf(one).Limit("suggestionObjection", rules).Period).On;

    public Task<string> UnitName(string unitId, CancellationToken cancellationToken) => db.Units.Where(unit => unit.Id == unitId).Select(unit => unit.Name).FirstAsync(cancellationToken);

    public async Task<Unit> Unit(string unitId, CancellationToken cancellationToken)
    {
        var unit = await db.Units.FirstOrDefaultAsync(one => one.Id == unitId, cancellationToken);
        Found.Require(unit is not null, "没有查到这个单位，请写全称再试一次。");
        return unit!;
    }

    /// <summary>The next number of a paper. With the number that somebody typed: it has to be that one.</summary>
    public async Task<(string Printed, int Sequence)> Number(Paper paper, string seriesKind, string? typed, CancellationToken cancellationToken)
    {
        var (series, year) = (rules.Series(seriesKind), clock.Today.Year);
        if (!string.IsNullOrWhiteSpace(typed))
            await RequireNext(paper, series, typed, cancellationToken);
        var taken = await Numbers.Take(db, series, "", year, 1, cancellationToken);
        return (paper.Print(series, year, taken.Sequence), taken.Sequence);
    }

    /// <summary>What the next one will be, to be shown before it is taken.</summary>
    public async Task<string> NextNumber(Paper paper, string seriesKind, CancellationToken cancellationToken)
    {
        var (series, year) = (rules.Series(seriesKind), clock.Today.Year);
        var last = await db.NumberSeries.Where(s => s.Series == series && s.Year == year).Select(s => (int?)s.Last).FirstOrDefaultAsync(cancellationToken) ?? 0;
        return paper.Print(series, year, last + 1);
    }

    /// <summary>Writes the Word document and keeps it with its hash.</summary>
    public SupervisionLetter Print(string subjectId, int ordinal, Paper paper, string number, IReadOnlyDictionary<string, string> values, Actor by)
    {
        var filled = new Dictionary<string, string>(values, StringComparer.Ordinal)
        {
            ["文书名称"] = paper.Name,
            ["文号"] = number,
            ["制发依据"] = paper.Basis,
            ["制发机关"] = Justice,
            ["日期"] = ChineseDates.Long(clock.Today),
            ["电话"] = rules.SupervisionOffice.Phone,
            ["区名"] = rules.DistrictName,
        };
        var letter = new SupervisionLetter(FormattableString.Invariant($"{subjectId}-{ordinal}"), subjectId, paper, number, paper.Template!.Fill(filled), LinkSecret.New(), by.PersonId!, clock.Today);
        db.SupervisionLetters.Add(letter);
        return letter;
    }

    /// <summary>The letter that is in force.</summary>
    public Task<SupervisionLetter> Letter(SupervisionCase one, CancellationToken cancellationToken) =>
        db.SupervisionLetters.FirstAsync(letter => letter.SubjectId == one.Id && letter.Number == one.LetterNumber, cancellationToken);

    /// <summary>Leaders and liaisons of the unit, each once.</summary>
    public async Task TellUnit(SupervisionCase one, string kind, string version, Dictionary<string, string> fields, CancellationToken cancellationToken, params IReadOnlyList<string> actions)
    {
        foreach (var person in await db.LeadersAndLiaisonsOf(one.UnitId, cancellationToken))
            await notices.Owe(person, kind, $"{kind}:{one.Id}:{version}:{person}", one.Id, fields, cancellationToken, actions: actions);
    }

    public async Task TellSupervisors(SupervisionCase one, string kind, string version, Dictionary<string, string> fields, CancellationToken cancellationToken, params IReadOnlyList<string> actions)
    {
        foreach (var person in await db.Supervisors(cancellationToken))
            await notices.Owe(person, kind, $"{kind}:{one.Id}:{version}:{person}", one.Id, fields, cancellationToken, actions: actions);
    }

    /// <summary>Opens the time in which the unit answers; its leaders and liaisons see it among what they have to do.</summary>
    public DueDate OpenAnswer(SupervisionCase one) =>
        deadlines.Open(SupervisionDeadlines.Answer, Paper(PaperKind.Warning).Limit("warningAnswer", rules), AnswerSubject(one), $"预警提醒 {one.Number}", one.UnitId);

    /// <summary>Opens the time in which the letter is to be made; it counts from the finding, also when a letter was voided (S14).</summary>
    public async Task<DueDate> OpenLetter(SupervisionCase one, CancellationToken cancellationToken) =>
        deadlines.OpenFrom(one.FoundUncorrectedOn!.Value, SupervisionDeadlines.Letter, Paper(one.Letter).Limit("suggestionLetter", rules), LetterSubject(one), LetterTitle(one, await UnitName(one.UnitId, cancellationToken)), null);

    /// <summary>Which letter is to be made, for whom and in which case.</summary>
    public string LetterTitle(SupervisionCase one, string unitName) => $"制作{Paper(one.Letter).Name}（{one.Id}，{unitName}）：{one.Problem}";

    /// <summary>问题突出: so many warnings of this quarter are open that words are not enough (S40).</summary>
    public async Task<bool> IsOutstanding(SupervisionCase warned, CancellationToken cancellationToken)
    {
        var quarter = Quarter.Of(Today).From;
        return await db.SupervisionCases.CountAsync(c => c.UnitId == warned.UnitId && c.OpenedOn >= quarter && (c.Stage == SupervisionStage.Warned || c.Stage == SupervisionStage.Answered), cancellationToken) >= rules.WarningsBeforeSuggestion.Value;
    }

    /// <summary>Ends whatever still runs in a case that is over.</summary>
    public async Task DropDeadlines(SupervisionCase one, CancellationToken cancellationToken)
    {
        await deadlines.Drop(SupervisionDeadlines.Answer, AnswerSubject(one), cancellationToken);
        await deadlines.Drop(SupervisionDeadlines.Letter, LetterSubject(one), cancellationToken);
        await deadlines.Drop(SupervisionDeadlines.Receipt, one.Id, cancellationToken);
        await deadlines.Drop(SupervisionDeadlines.Rectification, one.Id, cancellationToken);
        await deadlines.Drop(SupervisionDeadlines.FollowUp, one.Id, cancellationToken);
    }

    /// <summary>What N10 says of the re-check that follows a term.</summary>
    public async Task<Dictionary<string, string>> FollowUpFields(Deadline term, CancellationToken cancellationToken)
    {
        var one = await ForSupervisor(term.SubjectId, cancellationToken);
        var followUp = await deadlines.Find(SupervisionDeadlines.FollowUp, one.Id, cancellationToken);
        return new Dictionary<string, string>
        {
            ["number"] = one.LetterNumber!,
            ["due"] = ChineseDates.WithWeekday(term.DueOn),
            ["justice"] = Justice,
            ["days"] = LetterOf(one).Limit("followUpCheck", rules).Period.ToString(),
            ["recheckDue"] = ChineseDates.Short(followUp!.DueOn),
            ["method"] = one.FollowUpMeans,
            ["list"] = string.Join('、', one.FollowUpList),
        };
    }

    internal static string Numbered(IReadOnlyList<string> lines) => lines.Count == 1 ? lines[0] : string.Join('\n', lines.Select((line, i) => FormattableString.Invariant($"{i + 1}. {line}")));

    private async Task RequireNext(Paper paper, string series, string typed, CancellationToken cancellationToken)
    {
        var asked = PaperNumber.Read(typed);
        ReadableNumber.Require(asked is not null);
        var next = PaperNumber.Read(await NextNumber(paper, seriesKind: KindOf(paper.Kind), cancellationToken))!;
        var printed = paper.Print(series, next.Year, next.Sequence);
        NumberUsedOnce.Require(asked!.Series != series || asked.Year != next.Year || asked.Sequence >= next.Sequence, $"文号{paper.Print(asked.Series, asked.Year, asked.Sequence)}已经用过，一个文号只能用一次。下一个是{printed}。");
        NumberWithoutGap.Require(asked == next, $"文号要连着用，不能跳号。下一个是{printed}，请说“签发 {printed}”或“签发”。");
    }

    /// <summary>By its handle, or by the number of any of its papers, however that was typed; an unserved letter's number says nothing to a unit.</summary>
    private async Task<SupervisionCase?> Named(string caseId, bool served, IQueryable<SupervisionCase> among, CancellationToken cancellationToken)
    {
        var id = caseId.Trim().ToUpperInvariant();
        if (PaperNumber.Read(caseId) is not { } typed)
            return await among.FirstOrDefaultAsync(c => c.Id == id, cancellationToken);
        string[] printed = [.. Lettered.Select(rules.Series)
            .Where(series => typed.Series.EndsWith(series, StringComparison.Ordinal) || series.EndsWith(typed.Series, StringComparison.Ordinal))
            .SelectMany(series => (string[])[FormattableString.Invariant($"{series}〔{typed.Year}〕{typed.Sequence}号"), FormattableString.Invariant($"{series}〔{typed.Year}〕第{typed.Sequence}号")])];
        return await among.FirstOrDefaultAsync(
            c => printed.Contains(c.Number) || (c.LetterNumber != null && printed.Contains(c.LetterNumber) && (!served || c.ServedOn != null)) || (c.DecisionNumber != null && printed.Contains(c.DecisionNumber)),
            cancellationToken);
    }

    internal static string KindOf(PaperKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];
}
