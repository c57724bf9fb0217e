using System.Text.RegularExpressions;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Knowledge;

/// <summary>A case is told without names (W29): neither what looks like one nor an enterprise of the registry may stand in it.</summary>
internal static partial class KnowledgeNames
{
    private static readonly Rule WithoutNames = new("案例里出现了企业名称、信用代码或电话，请改成“某企业”。", "W29");

    /// <summary>The first name in one of the texts; null when there is none.</summary>
    public static string? In(IEnumerable<string> texts) => texts.Select(text => Named().Match(text)).FirstOrDefault(match => match.Success)?.Value;

    /// <exception cref="RuleBrokenException">A name stands in the case.</exception>
    public static async Task Refuse(ISupervisionDb db, string title, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var whole = string.Join('\n', texts.Prepend(title));
        var named = await db.Enterprises.AsNoTracking().Where(e => whole.Contains(e.Name)).OrderBy(e => e.Id).Select(e => e.Name).FirstOrDefaultAsync(cancellationToken) ?? In([whole]);
        WithoutNames.Require(named is null, $"案例“{title}”里出现了“{named}”，请改成“某企业”再报。");
    }

    /// <summary>What leads to somebody: a company's full name, its 18 characters, a telephone number.</summary>
    [GeneratedRegex("(?<![某一])[\\u4e00-\\u9fa5]{2,}(?:有限(?:责任)?公司|股份公司)|[0-9A-HJ-NPQRTUWXY]{18}|1[0-9]{10}")]
    private static partial Regex Named();
}
