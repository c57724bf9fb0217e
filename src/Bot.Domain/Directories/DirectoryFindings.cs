using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;

namespace Bot.Domain.Directories;

/// <summary>What the directories look like on a day.</summary>
public sealed record DirectoryFacts(IReadOnlyCollection<Unit> Units, IReadOnlyCollection<Person> Inspectors, IReadOnlyCollection<DirectoryUpdate> Updates);

public enum DirectoryProblem
{
    /// <summary>Certificates of the unit end within the notice time (J05).</summary>
    CertificatesEnding,

    /// <summary>The unit's entrustment ends within the notice time (S23).</summary>
    EntrustmentEnding,

    /// <summary>The entrustment is over (S23).</summary>
    EntrustmentEnded,

    /// <summary>Nobody has touched the directory for long (D09).</summary>
    NotUpdated,
}

/// <param name="UnitId">Whose liaison hears of it; the district's own directory has none, then the justice bureau does.</param>
/// <param name="Problem">What is the matter.</param>
/// <param name="Key">The same as long as it is the same matter: a certificate with its last day, a directory with its last change.</param>
/// <param name="InWords">As the liaison reads it.</param>
public sealed record DirectoryFinding(string? UnitId, DirectoryProblem Problem, string Key, string InWords);

/// <summary>What is about to end or has not been touched for long: a pure function of facts, day and pack (J05, S23, D09).</summary>
public static class DirectoryFindings
{
    public static IReadOnlyList<DirectoryFinding> Of(DirectoryFacts facts, DateOnly today, RulePack rules) =>
        [.. facts.Units.SelectMany(unit => OfUnit(unit, facts, today, rules)), .. OfDistrict(facts, today, rules)];

    private static IEnumerable<DirectoryFinding> OfUnit(Unit unit, DirectoryFacts facts, DateOnly today, RulePack rules)
    {
        var notice = rules.CertificateExpiryNotice.Period;
        var ending = facts.Inspectors
            .Where(person => person.UnitId == unit.Id && person.Role == ActorRole.Inspector && person.CertificateValidTo is { } last && last >= today && last <= today.AddDays(notice.Amount))
            .OrderBy(person => person.CertificateValidTo).ThenBy(person => person.Id, StringComparer.Ordinal)
            .ToList();
        if (ending.Count > 0)
        {
            yield return new DirectoryFinding(
                unit.Id,
                DirectoryProblem.CertificatesEnding,
                string.Join(',', ending.Select(person => $"{person.Id}@{person.CertificateValidTo:yyyyMMdd}")),
                $"贵单位有{ending.Count}名人员执法证将于{notice}内到期：{string.Join('、', ending.Select(person => $"{person.Name}（{person.CertificateValidTo:yyyy-MM-dd}）"))}，到期后不能安排检查");
        }

        switch (EntrustmentRulings.Of(unit, today, rules))
        {
            case EntrustmentRuling.EndsSoon:
                yield return new DirectoryFinding(unit.Id, DirectoryProblem.EntrustmentEnding, $"{unit.EntrustedUntil:yyyyMMdd}", $"贵单位的委托执法期限将于{rules.EntrustmentExpiryNotice.Period}内届满（{unit.EntrustedUntil:yyyy-MM-dd}），届满后任务不能实施");
                break;
            case EntrustmentRuling.Ended:
                yield return new DirectoryFinding(unit.Id, DirectoryProblem.EntrustmentEnded, $"{unit.EntrustedUntil:yyyyMMdd}", $"贵单位的委托执法期限已于{unit.EntrustedUntil:yyyy-MM-dd}届满，任务已暂停，请办理续期或由委托机关实施");
                break;
        }

        if (facts.Updates.FirstOrDefault(update => update.Directory == DirectoryKind.Inspectors && update.UnitId == unit.Id) is { } update && IsOld(update, today, rules))
            yield return new DirectoryFinding(unit.Id, DirectoryProblem.NotUpdated, $"{update.LastOn:yyyyMMdd}", $"贵单位的执法检查人员名录库{today.DayNumber - update.LastOn.DayNumber}天未更新，请核对后更新；没有变化请回复“名录无变化”");
    }

    private static IEnumerable<DirectoryFinding> OfDistrict(DirectoryFacts facts, DateOnly today, RulePack rules)
    {
        if (facts.Updates.FirstOrDefault(update => update.Directory == DirectoryKind.Entities) is { } update && IsOld(update, today, rules))
            yield return new DirectoryFinding(null, DirectoryProblem.NotUpdated, $"{update.LastOn:yyyyMMdd}", $"检查对象名录库{today.DayNumber - update.LastOn.DayNumber}天未更新，请重新导入");
    }

    private static bool IsOld(DirectoryUpdate update, DateOnly today, RulePack rules) => today.DayNumber - update.LastOn.DayNumber >= rules.DirectoryFresh.Period.Amount;
}
