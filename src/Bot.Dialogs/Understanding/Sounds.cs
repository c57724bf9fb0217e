using System.Collections.Frozen;

namespace Bot.Dialogs.Understanding;

/// <summary>
/// How the 3,755 characters of daily use (GB/T 2312, first level) sound, without tones and without the differences that half the country does not make
/// (zh/z, ch/c, sh/s, ing/in, eng/en): what an input method offers for one sound is what people mistype.
/// </summary>
internal static class Sounds
{
    /// <summary>Sounds are written as characters of the private area, so that they can be looked up like words.</summary>
    private const int Base = 0xE000;

    private const int LongestSyllable = 6;
    private const int LongestRun = 60;

    private static readonly FrozenDictionary<string, char> OfLetters;
    private static readonly FrozenDictionary<string, char>.AlternateLookup<ReadOnlySpan<char>> Spellings;
    private static readonly FrozenDictionary<char, char> OfHan;

    static Sounds()
    {
        using var file = typeof(Sounds).Assembly.GetManifestResourceStream("sounds.txt") ?? throw new InvalidOperationException("The table of sounds is missing from the assembly.");
        using var reader = new StreamReader(file);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' ')).Where(row => row.Length == 2).ToList();
        var numbers = rows.Select(row => Folded(row[0])).Distinct(StringComparer.Ordinal).Select((sound, i) => (sound, i)).ToDictionary(pair => pair.sound, pair => (char)(Base + pair.i), StringComparer.Ordinal);
        OfHan = rows.SelectMany(row => row[1], (row, c) => (c, Sound: numbers[Folded(row[0])])).DistinctBy(pair => pair.c).ToFrozenDictionary(pair => pair.c, pair => pair.Sound);
        OfLetters = rows.Select(row => row[0]).Where(spelling => spelling.Length > 1 || spelling is "a" or "e").ToFrozenDictionary(spelling => spelling, spelling => numbers[Folded(spelling)], StringComparer.Ordinal);
        Spellings = OfLetters.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The sound of a character; a character without one sounds like itself.</summary>
    public static char Of(char c) => OfHan.GetValueOrDefault(c, c);

    public static string Of(string text) => string.Create(text.Length, text, (sounds, from) =>
    {
        for (var i = 0; i < from.Length; i++) sounds[i] = Of(from[i]);
    });

    /// <summary>The sounds of letters without spaces (woyaotousu); null when they are not pinyin from end to end.</summary>
    public static string? Spelt(ReadOnlySpan<char> letters)
    {
        if (letters.Length is < 2 or > LongestRun) return null;

        // From the end: how long the syllable at each place is, the longest that lets the rest be read.
        Span<int> syllables = stackalloc int[LongestRun + 1];
        syllables[letters.Length] = -1;
        for (var at = letters.Length - 1; at >= 0; at--)
        {
            syllables[at] = 0;
            for (var length = Math.Min(LongestSyllable, letters.Length - at); length > 0 && syllables[at] == 0; length--)
            {
                if (syllables[at + length] != 0 && Spellings.ContainsKey(letters.Slice(at, length))) syllables[at] = length;
            }
        }

        if (syllables[0] == 0) return null;
        Span<char> sounds = stackalloc char[LongestRun];
        var count = 0;
        for (var at = 0; at < letters.Length; at += syllables[at]) sounds[count++] = Spellings[letters.Slice(at, syllables[at])];
        return new string(sounds[..count]);
    }

    private static string Folded(string spelling)
    {
        var plain = spelling.Length > 1 && spelling[1] == 'h' ? spelling[..1] + spelling[2..] : spelling;
        return plain.EndsWith("ing", StringComparison.Ordinal) || plain.EndsWith("eng", StringComparison.Ordinal) ? plain[..^1] : plain;
    }
}
