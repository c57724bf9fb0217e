namespace Bot.Import;

/// <summary>A column by the name that JSON files use and by the heading of a table for people; a table may use either.</summary>
internal sealed record Column(string Name, string Heading, bool Many = false)
{
    public override string ToString() => $"{Heading}（{Name}）";

    public bool Is(string heading) => heading.Equals(Name, StringComparison.OrdinalIgnoreCase) || heading == Heading;
}

/// <summary>One kind of file: its columns, and how a line of it becomes a part of the registry.</summary>
internal sealed record Kind(string Name, string Title, IReadOnlyList<Column> Columns, Action<Line, Registry> Take)
{
    /// <summary>Everything that can be imported line by line. In this order a file may name what an earlier one brought.</summary>
    public static IReadOnlyList<Kind> All { get; } = [Units.Kind, Enterprises.Kind, People.Kind, Items.Kind, Plans.Kind, Tasks.Kind, Visits.Kind, Anomalies.Kind, Conflicts.Kind, MergeHints.Kind, Hotline.Kind, Referrals.Kind];

    public static Kind? Named(string name) => All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || kind.Title == name);

    /// <summary>The kind that a file's name tells: enterprises-2026.csv, 企业名单.csv.</summary>
    public static Kind? OfFile(string fileName) =>
        All.FirstOrDefault(kind => fileName.StartsWith(kind.Name, StringComparison.OrdinalIgnoreCase) || fileName.Contains(kind.Title, StringComparison.Ordinal));
}
