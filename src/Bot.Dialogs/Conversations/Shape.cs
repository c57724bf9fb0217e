namespace Bot.Dialogs.Conversations;

/// <summary>A stable 32-bit FNV-1a fingerprint: <c>string.GetHashCode</c> differs in every process.</summary>
internal static class Shape
{
    private const uint Start = 2166136261;
    private const char Between = '\u001f';

    /// <summary>Of words that anybody may say, no question of its own: free text.</summary>
    public const uint Free = 0;

    public static uint Of(IReadOnlyList<Option> options)
    {
        var hash = Start;
        for (var i = 0; i < options.Count; i++)
            hash = Mixed(Mixed(hash, options[i].Code), Between);
        return hash;
    }

    public static uint Of(IReadOnlyList<ReviewItem> items)
    {
        var hash = Start;
        for (var i = 0; i < items.Count; i++)
            hash = Mixed(Mixed(Mixed(hash, items[i].Label), Between), items[i].Value);
        return hash;
    }

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Start;
        foreach (var one in bytes)
            hash = Mixed(hash, (char)one);
        return hash;
    }

    private static uint Mixed(uint hash, string text)
    {
        foreach (var one in text)
            hash = Mixed(hash, one);
        return hash;
    }

    private static uint Mixed(uint hash, char one) => unchecked((hash ^ one) * 16777619u);
}
