namespace Bot.Outbox;

/// <summary>Several notices as one list: what each of them says at its end in the same words is said once below, and nothing in a list can be tapped.</summary>
internal static class DigestLines
{
    private const string Tap = "点此办理。";
    private const string Copied = "，已同时告知";

    public static (IReadOnlyList<string> Lines, IReadOnlyList<string> Tails) Of(IReadOnlyList<string> notices)
    {
        var sentences = notices.Select(text => Sentences(text.Replace(Tap, "", StringComparison.Ordinal))).ToList();
        var common = sentences.SelectMany(own => own.Skip(1).Distinct(StringComparer.Ordinal)).GroupBy(sentence => sentence, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet(StringComparer.Ordinal);
        var tails = new List<string>();
        foreach (var own in sentences)
        {
            var kept = own.Count;
            while (kept > 1 && common.Contains(own[kept - 1]))
                kept--;
            var tail = string.Concat(own.Skip(kept));
            if (tail.Length > 0 && !tails.Contains(tail))
                tails.Add(tail);
            own.RemoveRange(kept, own.Count - kept);
        }

        return ([.. sentences.Select(own => string.Concat(own))], tails);
    }

    /// <summary>Each with its mark; who else was told is a sentence of its own, for it is the same with many.</summary>
    private static List<string> Sentences(string text)
    {
        var sentences = new List<string>();
        var told = text.Replace(Copied, $"。{Copied[1..]}", StringComparison.Ordinal);
        for (var at = 0; at < told.Length;)
        {
            var end = told.IndexOf('。', at);
            var next = end < 0 ? told.Length : end + 1;
            sentences.Add(told[at..next]);
            at = next;
        }

        return sentences;
    }
}
