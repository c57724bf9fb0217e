using System.Globalization;
using Bot.Domain.Manifests;

namespace Bot.Domain.Monitoring;

/// <summary>How serious a value is: from how many percent of its threshold on.</summary>
/// <param name="Name">一般, 较大, 重大.</param>
/// <param name="FromPercent">Of the threshold.</param>
/// <param name="Urgent">The enterprise is told at any hour.</param>
public sealed record RiskLevel(string Name, int FromPercent, bool Urgent);

/// <summary>What is measured in high-risk trades, who answers for it, and its warning levels (W22).</summary>
/// <param name="Name">粉尘浓度.</param>
/// <param name="Measure">mg/m³.</param>
/// <param name="Field">The field of the unit that answers for it.</param>
/// <param name="Above">Too much is the danger; else too little.</param>
/// <param name="Levels">The warning levels, the lowest first.</param>
/// <param name="SelfCheck">What the enterprise looks at first.</param>
public sealed record RiskIndicator(string Name, string Measure, string Field, bool Above, IReadOnlyList<RiskLevel> Levels, string SelfCheck)
{
    private const decimal Whole = 100;

    /// <summary>Null for a value that does not pass the threshold.</summary>
    public RiskLevel? LevelOf(decimal value, decimal threshold)
    {
        if (threshold <= 0 || (Above ? value <= threshold : value >= threshold))
            return null;
        var percent = Above ? value / threshold * Whole : value > 0 ? threshold / value * Whole : decimal.MaxValue;
        return Levels.LastOrDefault(level => percent >= level.FromPercent);
    }
}

/// <summary>The indicators of <c>manifests/indicators.json</c>. Where there is no such file nothing is monitored.</summary>
public sealed class RiskIndicators
{
    public const string FileName = "indicators.json";
    private const int MostPercent = 100_000;

    private readonly Dictionary<string, RiskIndicator> byName;

    private RiskIndicators(IEnumerable<RiskIndicator> indicators) => byName = indicators.DistinctBy(one => one.Name).ToDictionary(one => one.Name, StringComparer.Ordinal);

    public IEnumerable<string> Names => byName.Keys;

    /// <exception cref="ManifestException">The file is wrong.</exception>
    public static RiskIndicators Load(string manifests)
    {
        if (!File.Exists(Path.Combine(manifests, FileName)))
            return new RiskIndicators([]);
        var file = ManifestFile.Open(Path.Combine(manifests, FileName));
        var read = Read(file);
        file.ThrowIfBroken();
        return new RiskIndicators(read);
    }

    public static IReadOnlyList<ManifestProblem> Check(string manifests)
    {
        if (!File.Exists(Path.Combine(manifests, FileName)))
            return [];
        try
        {
            var file = ManifestFile.Open(Path.Combine(manifests, FileName));
            _ = Read(file);
            return file.Problems;
        }
        catch (ManifestException broken)
        {
            return broken.Problems;
        }
    }

    public RiskIndicator? Named(string name) => byName.GetValueOrDefault(name);

    private static List<RiskIndicator> Read(ManifestFile file)
    {
        var root = file.Root;
        root.AllowOnly("sample", "indicators");
        _ = root.Child("sample")?.AsFlag();
        if (!root.Has("indicators"))
            root.Report("缺少“indicators”");
        var read = new List<RiskIndicator>();
        foreach (var item in root.Items("indicators"))
        {
            item.AllowOnly("name", "measure", "field", "danger", "levels", "selfCheck");
            var (name, danger) = (item.Text("name"), item.Text("danger"));
            if (danger is not ("above" or "below"))
                item.Report("“danger”应为 above（超过阈值）或 below（低于阈值）");
            if (read.Exists(other => other.Name == name))
                item.Report($"指标“{name}”出现了不止一次");
            read.Add(new RiskIndicator(name, item.Text("measure"), item.Text("field"), danger != "below", Levels(item), item.Text("selfCheck")));
        }

        return read;
    }

    private static List<RiskLevel> Levels(ManifestNode indicator)
    {
        var levels = new List<RiskLevel>();
        foreach (var item in indicator.Items("levels"))
        {
            item.AllowOnly("name", "fromPercent", "urgent");
            var level = new RiskLevel(item.Text("name"), item.Number("fromPercent", 100, MostPercent), item.Child("urgent")?.AsFlag() ?? false);
            if (levels.Count > 0 && level.FromPercent <= levels[^1].FromPercent)
                item.Report("预警级别要从低到高写");
            levels.Add(level);
        }

        if (levels.Count == 0)
            indicator.Report("缺少“levels”：至少写一个预警级别");
        else if (levels[0].FromPercent != 100)
            indicator.Report(string.Create(CultureInfo.InvariantCulture, $"最低一级应从100开始，现在是{levels[0].FromPercent}，超过阈值的值会没有级别"));
        return levels;
    }
}
