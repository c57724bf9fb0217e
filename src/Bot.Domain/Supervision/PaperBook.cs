using Bot.Domain.Calendar;
using Bot.Domain.Manifests;
using Bot.Domain.Rules;

namespace Bot.Domain.Supervision;

/// <summary>The papers of supervision. What each is called, what it rests on and how many days it gives is data with a date (<see cref="PaperBook"/>).</summary>
public enum PaperKind
{
    /// <summary>预警提醒 (S13).</summary>
    Warning,

    /// <summary>行政执法监督建议书 (S14).</summary>
    Suggestion,

    /// <summary>责令改正 (S29).</summary>
    Correction,

    /// <summary>The report that asks the district government for a decision (S17).</summary>
    Report,

    /// <summary>行政执法监督决定书: the government's own; it is recorded here and never made (S17).</summary>
    Decision,

    /// <summary>指导性意见 (S41).</summary>
    Opinion,
}

/// <summary>A paper as it is from a day on.</summary>
/// <param name="Kind">Which paper.</param>
/// <param name="From">The first day of this version.</param>
/// <param name="Name">What it is called: 行政执法监督建议书.</param>
/// <param name="Basis">What gives the right to it.</param>
/// <param name="Numbering">How its number is printed, with 字头, 年份 and 序号 as holes.</param>
/// <param name="Template">The Word document; null for what somebody else issues.</param>
/// <param name="Limits">Day counts that this version sets in place of the rule pack's.</param>
public sealed record Paper(PaperKind Kind, DateOnly From, string Name, string Basis, string Numbering, WordTemplate? Template, IReadOnlyDictionary<string, Limit> Limits)
{
    public Limit Limit(string name, RulePack rules) => Limits.GetValueOrDefault(name) ?? rules.Limits[name];

    public string Print(string series, int year, int sequence) => Numbering
        .Replace("{字头}", series, StringComparison.Ordinal)
        .Replace("{年份}", FormattableString.Invariant($"{year}"), StringComparison.Ordinal)
        .Replace("{序号}", FormattableString.Invariant($"{sequence}"), StringComparison.Ordinal);
}

/// <summary>
/// 监督文书 as the district's justice bureau uses them, kept by the operator in <c>manifests/letters</c>: a new regulation is a new version with the day
/// from which it holds, and what was written before stays as it was.
/// </summary>
public sealed class PaperBook
{
    public const string FileName = "letters/papers.json";

    private const int LongestLimit = 400;

    /// <summary>What a paper has to say, by the holes of its template; without one of them nobody would know what to do by when.</summary>
    private static readonly Dictionary<PaperKind, string[]> Needed = new()
    {
        [PaperKind.Warning] = ["文书名称", "文号", "单位", "问题", "事实", "依据", "回复期限", "制发机关", "日期"],
        [PaperKind.Suggestion] = ["文书名称", "文号", "单位", "问题", "事实", "依据", "制发依据", "建议", "整改天数", "异议天数", "复查天数", "制发机关", "日期"],
        [PaperKind.Correction] = ["文书名称", "文号", "单位", "问题", "事实", "依据", "制发依据", "建议", "整改天数", "异议天数", "复查天数", "制发机关", "日期"],
        [PaperKind.Report] = ["文书名称", "文号", "区政府", "单位", "问题", "经过", "复查情况", "依据", "制发依据", "制发机关", "日期"],
        [PaperKind.Opinion] = ["文书名称", "文号", "各单位", "问题", "事实", "依据", "制发依据", "建议", "制发机关", "日期"],
    };

    /// <summary>Holes that may stand in a template and need not.</summary>
    private static readonly string[] Allowed = ["电话", "预警日期", "预警文号", "区名"];

    private static readonly string[] NumberHoles = ["{字头}", "{年份}", "{序号}"];

    private static readonly Dictionary<string, PaperKind> Names = Enum.GetValues<PaperKind>().ToDictionary(kind => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..], kind => kind, StringComparer.Ordinal);

    private readonly Dictionary<PaperKind, List<Paper>> versions = [];

    private PaperBook()
    {
    }

    /// <exception cref="ManifestException">The file or a template is wrong.</exception>
    public static PaperBook Load(string manifests)
    {
        var file = ManifestFile.Open(Path.Combine(manifests, FileName), FileName);
        var book = Read(file, manifests);
        file.ThrowIfBroken();
        return book;
    }

    public static IReadOnlyList<ManifestProblem> Check(string manifests)
    {
        try
        {
            var file = ManifestFile.Open(Path.Combine(manifests, FileName), FileName);
            Read(file, manifests);
            return file.Problems;
        }
        catch (ManifestException unreadable)
        {
            return unreadable.Problems;
        }
    }

    /// <summary>The paper as it is on a day; one of an earlier day than any version is written by the first.</summary>
    public Paper On(PaperKind kind, DateOnly day) => versions[kind].LastOrDefault(paper => paper.From <= day) ?? versions[kind][0];

    private static PaperBook Read(ManifestFile file, string manifests)
    {
        var book = new PaperBook();
        file.Root.AllowOnly("notice", "papers");
        foreach (var (name, node) in file.Root.Child("papers")?.Members() ?? [])
        {
            if (!Names.TryGetValue(name, out var kind))
            {
                node.Report($"没有这种文书，可以用：{string.Join('、', Names.Keys)}");
                continue;
            }

            var papers = node.Items().Select(version => Version(version, kind, manifests)).OrderBy(paper => paper.From).ToList();
            if (papers.Count == 0 || papers.DistinctBy(paper => paper.From).Count() != papers.Count)
                node.Report("至少要有一个版本，起用日期不能相同");
            book.versions[kind] = papers;
        }

        foreach (var missing in Names.Where(known => !book.versions.ContainsKey(known.Value)))
            file.Report("papers", $"缺少“{missing.Key}”");
        return book;
    }

    private static Paper Version(ManifestNode node, PaperKind kind, string manifests)
    {
        node.AllowOnly("from", "name", "basis", "number", "template", "limits");
        var numbering = node.Text("number");
        foreach (var hole in NumberHoles.Where(hole => kind != PaperKind.Decision && !numbering.Contains(hole, StringComparison.Ordinal)))
            node.Report($"number 里缺少{hole}");
        var limits = new Dictionary<string, Limit>(StringComparer.Ordinal);
        var (name, basis) = (node.Text("name"), node.Text("basis"));
        foreach (var (limit, value) in node.Child("limits")?.Members() ?? [])
        {
            if (!RuleNames.Limits.TryGetValue(limit, out var known))
            {
                value.Report("规则包里没有这个期限");
                continue;
            }

            value.AllowOnly("amount", "clause");
            limits[limit] = new Limit(known.Chinese, new Period(value.Number("amount", 1, LongestLimit), known.Unit ?? PeriodUnit.WorkingDays), value.Text("clause"), basis, IsDefault: false);
        }

        return new Paper(kind, node.Date("from"), name, basis, numbering, Template(node, kind, manifests), limits);
    }

    private static WordTemplate? Template(ManifestNode node, PaperKind kind, string manifests)
    {
        if (!Needed.TryGetValue(kind, out var needed))
        {
            if (node.Has("template"))
                node.Report("决定书由区政府制发，这里只登记，不能有模板");
            return null;
        }

        var name = node.Text("template");
        var path = Path.Combine(manifests, "letters", Path.GetFileName(name));
        if (WordTemplate.Open(path) is not { } template)
        {
            node.Report($"打不开模板 {name}：没有这个文件，或者它不是 .docx 文档");
            return null;
        }

        foreach (var missing in needed.Except(template.Holes))
            node.Report($"模板 {name} 里缺少 {{{missing}}}");
        foreach (var unknown in template.Holes.Except(needed).Except(Allowed))
            node.Report($"模板 {name} 里有不认识的 {{{unknown}}}，可以用：{string.Join('、', needed.Concat(Allowed))}");
        return template;
    }
}
