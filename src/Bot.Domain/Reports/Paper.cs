namespace Bot.Domain.Reports;

/// <summary>A paper before it becomes a file: a title, what it is made from, and its parts.</summary>
public sealed record Paper(string Title, string Under, IReadOnlyList<PaperPart> Parts);

/// <summary>One part: lines of text, then a table.</summary>
public sealed record PaperPart(string Heading, IReadOnlyList<string> Lines, PaperTable? Table = null);

public sealed record PaperTable(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows);
