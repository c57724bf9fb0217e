namespace Bot.Import;

/// <summary>One thing wrong in a file that somebody wants imported: where it stands, in which column, and what to change.</summary>
/// <param name="Place">第3行 of a table, 第3条 of a list.</param>
/// <param name="Column">The column as people and as files call it; empty when the whole line is meant.</param>
/// <param name="Reason">What to change.</param>
public sealed record BadLine(string Place, string Column, string Reason)
{
    public override string ToString() => Column.Length == 0 ? $"{Place}：{Reason}" : $"{Place}，{Column}：{Reason}";
}

/// <summary>The file as a whole cannot be read: wrong kind, wrong encoding, no table in it.</summary>
public sealed class UnreadableFileException(string message) : Exception(message);
