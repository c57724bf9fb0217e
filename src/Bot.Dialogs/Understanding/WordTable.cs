using System.Collections.Frozen;

namespace Bot.Dialogs.Understanding;

/// <summary>Words with what they mean; answers with the longest word that begins at a place, in time bounded by the longest word.</summary>
internal sealed class WordTable<T>
{
    private readonly FrozenDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> words;
    private readonly FrozenDictionary<char, int> longest;

    public WordTable(IEnumerable<(T Meaning, string Words)> rows)
    {
        var table = rows
            .SelectMany(row => row.Words.Split(' ', StringSplitOptions.RemoveEmptyEntries), (row, word) => (Word: word.Replace('_', ' '), row.Meaning))
            .DistinctBy(entry => entry.Word, StringComparer.Ordinal)
            .ToFrozenDictionary(entry => entry.Word, entry => entry.Meaning, StringComparer.Ordinal);
        words = table.GetAlternateLookup<ReadOnlySpan<char>>();
        longest = table.Keys.GroupBy(word => word[0], word => word.Length).ToFrozenDictionary(group => group.Key, group => group.Max());
    }

    public bool Has(ReadOnlySpan<char> word) => words.ContainsKey(word);

    public bool Read(ReadOnlySpan<char> text, out int length, out T meaning)
    {
        if (text.Length > 0 && longest.TryGetValue(text[0], out var most))
        {
            for (length = Math.Min(most, text.Length); length > 0; length--)
            {
                if (words.TryGetValue(text[..length], out meaning!)) return true;
            }
        }

        (length, meaning) = (0, default!);
        return false;
    }
}
