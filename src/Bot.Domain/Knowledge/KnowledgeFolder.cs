using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Domain.Manifests;
using Bot.Domain.Results;

namespace Bot.Domain.Knowledge;

/// <summary>
/// The library as the operator keeps it in <c>manifests/knowledge</c>, with the three lists of <c>manifests/lists</c>. A district without a library
/// has an empty folder or none.
/// </summary>
public static partial class KnowledgeFolder
{
    private const int LongestTitle = 60;
    private const int LongestEntry = 1_500;
    private static readonly KnowledgeKind[] InFiles = [KnowledgeKind.Guide, KnowledgeKind.FrequentProblem, KnowledgeKind.Question, KnowledgeKind.Case];

    /// <exception cref="ManifestException">A file is wrong.</exception>
    public static IReadOnlyList<KnowledgeFacts> Load(string manifests, LeniencyLists lists)
    {
        var (entries, problems) = ReadAll(manifests);
        return problems.Count == 0 ? [.. entries, .. lists.All.Select(OfList)] : throw new ManifestException(problems);
    }

    public static IReadOnlyList<ManifestProblem> Check(string manifests) => ReadAll(manifests).Problems;

    private static KnowledgeFacts OfList(LenientEntry entry) => new(
        $"list-{entry.Id}",
        KnowledgeKind.Leniency,
        entry.Matter,
        [$"{entry.Leniency.Name()}的条件：{entry.Conditions}。", $"依据：{entry.Basis}。是否适用由检查人员按实际情况判断。"],
        FormattableString.Invariant($"《{entry.Title}》第{entry.Number}项"),
        entry.DatedOn)
    {
        Asked = [entry.Leniency.Name(), "免罚清单", "轻微违法"],
        Place = entry.Number,
    };

    private static (List<KnowledgeFacts> Entries, List<ManifestProblem> Problems) ReadAll(string manifests)
    {
        var folder = Path.Combine(manifests, "knowledge");
        var (entries, problems) = (new List<KnowledgeFacts>(), new List<ManifestProblem>());
        var paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            try
            {
                var file = ManifestFile.Open(path, $"knowledge/{Path.GetFileName(path)}");
                Read(file, entries);
                problems.AddRange(file.Problems);
            }
            catch (ManifestException unreadable)
            {
                problems.AddRange(unreadable.Problems);
            }
        }

        problems.AddRange(entries.GroupBy(entry => entry.Key, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => new ManifestProblem("knowledge", same.Key, "这个编号出现了不止一次")));
        return (entries, problems);
    }

    private static void Read(ManifestFile file, List<KnowledgeFacts> entries)
    {
        var root = file.Root;
        root.AllowOnly("kind", "sample", "entries");
        var said = root.Text("kind");
        var kinds = InFiles.Where(kind => kind.Name() == said).ToList();
        if (kinds.Count == 0 && said.Length > 0)
            root.Report($"“kind”应为{string.Join('、', InFiles.Select(kind => kind.Name()))}");
        var kind = kinds.FirstOrDefault();
        var sample = root.Child("sample")?.AsFlag() == true;
        if (!root.Has("entries"))
            root.Report("缺少“entries”");
        var place = 0;
        foreach (var item in root.Items("entries"))
            entries.Add(Read(item, kind, sample, ++place));
    }

    private static KnowledgeFacts Read(ManifestNode item, KnowledgeKind kind, bool sample, int place)
    {
        item.AllowOnly("id", "title", "trades", "asked", "points", "source", "date", "public");
        var facts = new KnowledgeFacts(item.Text("id"), kind, item.Text("title"), Texts(item, "points"), item.Text("source"), item.Date("date"))
        {
            Trades = Texts(item, "trades"),
            Asked = Texts(item, "asked"),
            Public = item.Child("public")?.AsFlag() == true,
            Place = place,
        };
        if (!Id().IsMatch(facts.Key))
            item.Report("“id”只用小写字母、数字和“-”，如 guide-catering");
        if (facts.Title.Length > LongestTitle)
            item.Report($"“title”最长{LongestTitle.ToString(CultureInfo.InvariantCulture)}字");
        if (facts.Points.Count == 0)
            item.Report("缺少“points”：一条一句，写给企业看的正文");
        if (facts.Points.Sum(point => point.Length) > LongestEntry)
            item.Report($"正文最长{LongestEntry.ToString(CultureInfo.InvariantCulture)}字，请分成几条资料");
        if (sample && !facts.Source.Contains("样例", StringComparison.Ordinal))
            item.Report("样例的“source”里要写明“样例”");
        if (kind != KnowledgeKind.Case && facts.Public)
            item.Report("只有典型案例才有“public”");
        if (kind == KnowledgeKind.Case && KnowledgeNames.In([facts.Title, .. facts.Points]) is { } named)
            item.Report($"案例里不能出现企业名称、信用代码和电话，请改成“某企业”：{named}");
        return facts;
    }

    private static string[] Texts(ManifestNode item, string name) => [.. item.Items(name).Select(one => one.AsText())];

    [GeneratedRegex("^[a-z0-9-]{1,60}$")]
    private static partial Regex Id();
}
