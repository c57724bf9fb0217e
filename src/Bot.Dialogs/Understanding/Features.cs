namespace Bot.Dialogs.Understanding;

/// <summary>Turns a cleaned message into numbered features: one to three neighbouring characters, and the concepts found. Numbers are computed, never taken from the process, so that they are the same everywhere.</summary>
internal static class Features
{
    private const int ConceptBase = 1;
    private const int PairBase = 1 << 10;
    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;
    private const char Edge = '\u0002';

    public static IReadOnlyList<int> Of(string clean)
    {
        var found = new HashSet<int>();
        for (var i = 0; i < clean.Length; i++)
        {
            if (Normalise.IsMark(clean[i])) continue;
            found.Add(Number(clean, i, 1));
            if (i + 1 < clean.Length) found.Add(Number(clean, i, 2));
            if (i + 2 < clean.Length) found.Add(Number(clean, i, 3));
        }

        if (clean.Length > 0)
        {
            found.Add(Number($"{Edge}{clean[0]}", 0, 2));
            found.Add(Number($"{clean[^1]}{Edge}", 0, 2));
            if (clean.Length <= 8) found.Add(Number($"{Edge}{clean}{Edge}", 0, clean.Length + 2));
        }

        AddConcepts(found, Lexicon.In(clean));
        return [.. found];
    }

    /// <summary>A concept tells more than a pair of characters.</summary>
    public static double WeightOf(int feature) => feature is > 0 and < PairBase ? 2.5 : feature is >= PairBase and < PairBase * 64 ? 1.2 : 1;

    private static void AddConcepts(HashSet<int> found, ConceptSet concepts)
    {
        var all = Enum.GetValues<Concept>();
        foreach (var concept in all)
        {
            if (!concepts.Has(concept)) continue;
            found.Add(ConceptBase + (int)concept);
            foreach (var other in all)
            {
                if (other > concept && concepts.Has(other)) found.Add(PairBase + (int)concept * all.Length + (int)other);
            }
        }
    }

    private static int Number(string text, int from, int length)
    {
        var hash = FnvOffset;
        for (var i = from; i < from + length; i++) hash = (hash ^ text[i]) * FnvPrime;
        return (int)(hash | 0x80000000);
    }
}
