using System.Globalization;
using Bot.Domain.Manifests;

namespace Bot.Domain.Results;

/// <summary>How a matter of the three lists is treated (W23).</summary>
public enum Leniency
{
    /// <summary>不予处罚.</summary>
    NoPenalty,

    /// <summary>减轻处罚.</summary>
    Mitigated,

    /// <summary>从轻处罚.</summary>
    Lighter,
}

public static class Leniencies
{
    public static string Name(this Leniency leniency) => leniency switch
    {
        Leniency.NoPenalty => "不予处罚",
        Leniency.Mitigated => "减轻处罚",
        _ => "从轻处罚",
    };
}

/// <summary>One matter of a list.</summary>
/// <param name="Id">NoPenalty-2.</param>
/// <param name="Leniency">Which of the three lists it stands on.</param>
/// <param name="Title">The list's title.</param>
/// <param name="Number">Its place in the list.</param>
/// <param name="Matter">What it is about.</param>
/// <param name="Conditions">What has to hold; whether it does is for the inspector to judge.</param>
/// <param name="Basis">The provision.</param>
public sealed record LenientEntry(string Id, Leniency Leniency, string Title, int Number, string Matter, string Conditions, string Basis)
{
    private readonly IReadOnlyList<IReadOnlyList<string>> signs = [];

    internal LenientEntry(string id, Leniency leniency, string title, int number, string matter, string conditions, string basis, IReadOnlyList<IReadOnlyList<string>> signs)
        : this(id, leniency, title, number, matter, conditions, basis) => this.signs = signs;

    /// <summary>As of when its list is.</summary>
    public DateOnly DatedOn { get; init; }

    /// <summary>Of each sign one of its words is in the inspector's text.</summary>
    public bool Fits(string problem) => signs.Count > 0 && signs.All(words => words.Any(word => problem.Contains(word, StringComparison.Ordinal)));
}

/// <summary>
/// 不予处罚、减轻处罚、从轻处罚 as the district's justice bureau publishes them, kept by the operator in <c>manifests/lists</c> (W23). A district without
/// lists has an empty folder or none.
/// </summary>
public sealed class LeniencyLists
{
    private const int MostEntries = 999;

    private readonly IReadOnlyList<LenientEntry> entries;

    private LeniencyLists(IEnumerable<LenientEntry> entries) => this.entries = [.. entries.OrderBy(entry => entry.Leniency).ThenBy(entry => entry.Number)];

    /// <exception cref="ManifestException">A list is wrong.</exception>
    public static LeniencyLists Load(string folder)
    {
        var (entries, problems) = ReadAll(folder);
        return problems.Count == 0 ? new LeniencyLists(entries) : throw new ManifestException(problems);
    }

    public static IReadOnlyList<ManifestProblem> Check(string folder) => ReadAll(folder).Problems;

    public IReadOnlyList<LenientEntry> All => entries;

    public LenientEntry? Find(string id) => entries.FirstOrDefault(entry => entry.Id == id);

    /// <summary>The first entry that a problem's text fits; the most lenient list comes first.</summary>
    public LenientEntry? For(string problem) => entries.FirstOrDefault(entry => entry.Fits(problem));

    private static (List<LenientEntry> Entries, List<ManifestProblem> Problems) ReadAll(string folder)
    {
        var (entries, problems) = (new List<LenientEntry>(), new List<ManifestProblem>());
        var paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            var name = $"lists/{Path.GetFileName(path)}";
            try
            {
                var file = ManifestFile.Open(path, name);
                Read(file, entries);
                problems.AddRange(file.Problems);
            }
            catch (ManifestException unreadable)
            {
                problems.AddRange(unreadable.Problems);
            }
        }

        problems.AddRange(entries.GroupBy(entry => entry.Id, StringComparer.Ordinal).Where(same => same.Count() > 1)
            .Select(same => new ManifestProblem("lists", same.Key, $"《{same.First().Title}》第{same.First().Number.ToString(CultureInfo.InvariantCulture)}项出现了不止一次")));
        return (entries, problems);
    }

    private static void Read(ManifestFile file, List<LenientEntry> entries)
    {
        var root = file.Root;
        root.AllowOnly("list", "title", "date", "sample", "entries");
        var said = root.Text("list");
        var kinds = Enum.GetValues<Leniency>().Where(kind => kind.Name() == said).ToList();
        if (kinds.Count == 0 && said.Length > 0)
            root.Report($"“list”应为{string.Join('、', Enum.GetValues<Leniency>().Select(kind => kind.Name()))}");
        var (leniency, title, date) = (kinds.FirstOrDefault(), root.Text("title"), root.Date("date"));
        if (root.Child("sample")?.AsFlag() == true && !title.Contains("样例", StringComparison.Ordinal))
            root.Report("样例的“title”里要写明“样例”");
        if (!root.Has("entries"))
            root.Report("缺少“entries”");
        foreach (var item in root.Items("entries"))
        {
            item.AllowOnly("number", "matter", "signs", "conditions", "basis");
            var number = item.Number("number", 1, MostEntries);
            var signs = item.Items("signs").Select(sign => (IReadOnlyList<string>)sign.AsText().Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
            if (signs.Count == 0)
                item.Report("缺少“signs”：写明问题里会出现的词，近义词用“|”隔开，各项都出现才提示");
            entries.Add(new LenientEntry(FormattableString.Invariant($"{leniency}-{number}"), leniency, title, number, item.Text("matter"), item.Text("conditions"), item.Text("basis"), signs) { DatedOn = date });
        }
    }
}
