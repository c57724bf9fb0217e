namespace Bot.Domain.Observers;

/// <summary>Several things in one line: ①T301 11月18日 市场监管；②自选一次.</summary>
public static class ChineseList
{
    private const int MostCircled = 20;

    public static string Circled(IEnumerable<string> lines) =>
        string.Join('；', lines.Select((line, i) => i < MostCircled ? $"{(char)('①' + i)}{line}" : line));
}
