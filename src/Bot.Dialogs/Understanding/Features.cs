namespace Bot.Dialogs.Understanding;

/// <summary>Turns a cleaned message into numbered features: one to three neighbouring characters, and the concepts found. Numbers are computed, never taken from the process, so that they are the same everywhere.</summary>
internal static class Features
{
    /// <summary>No message of the longest length has more.</summary>
    public const int Most = 8192;

    private const int ConceptBase = 1;
    private const int PairBase = 1 << 10;
    private const int MostConcepts = 128;
    private const int ShortText = 8;
    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;
    private const char Edge = '\u0002';

    /// <summary>Writes the features, each once and in rising order, and answers how many there are.</summary>
    public static int Of(ReadOnlySpan<char> clean, ConceptSet concepts, Span<int> into)
    {
        var count = 0;
        for (var i = 0; i < clean.Length; i++)
        {
            if (Normalise.IsMark(clean[i])) continue;
            var hash = Add(FnvOffset, clean[i]);
            into[count++] = Number(hash);
            if (i + 1 < clean.Length) into[count++] = Number(hash = Add(hash, clean[i + 1]));
            if (i + 2 < clean.Length) into[count++] = Number(Add(hash, clean[i + 2]));
        }

        if (clean.Length > 0)
        {
            into[count++] = Number(Add(Add(FnvOffset, Edge), clean[0]));
            into[count++] = Number(Add(Add(FnvOffset, clean[^1]), Edge));
            if (clean.Length <= ShortText) into[count++] = Whole(clean);
        }

        Span<int> found = stackalloc int[MostConcepts];
        var concept = found[..concepts.List(found)];
        for (var i = 0; i < concept.Length; i++)
        {
            into[count++] = ConceptBase + concept[i];
            for (var j = i + 1; j < concept.Length; j++) into[count++] = PairBase + concept[i] * MostConcepts + concept[j];
        }

        into[..count].Sort();
        var distinct = 0;
        for (var i = 0; i < count; i++)
        {
            if (distinct == 0 || into[i] != into[distinct - 1]) into[distinct++] = into[i];
        }

        return distinct;
    }

    /// <summary>A concept tells more than a pair of characters.</summary>
    public static float WeightOf(int feature) => feature is > 0 and < PairBase ? 2.5f : feature is >= PairBase and < PairBase + MostConcepts * MostConcepts ? 1.2f : 1;

    private static int Whole(ReadOnlySpan<char> text)
    {
        var hash = Add(FnvOffset, Edge);
        foreach (var c in text) hash = Add(hash, c);
        return Number(Add(hash, Edge));
    }

    private static uint Add(uint hash, char c) => (hash ^ c) * FnvPrime;

    private static int Number(uint hash) => (int)(hash | 0x80000000);
}
