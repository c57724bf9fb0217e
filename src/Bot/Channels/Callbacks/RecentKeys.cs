namespace Bot.Channels.Callbacks;

/// <summary>
/// Guesses which pushes were taken a moment ago, so that one that comes again is looked up without going through the queue of those who write. It may
/// be wrong either way: only the database knows. Of a fixed size, and nobody's data is in it.
/// </summary>
internal sealed class RecentKeys
{
    private const int Places = 1 << 16;

    private readonly long[] places = new long[Places];

    public void Add(string key)
    {
        var hash = Hash(key);
        Volatile.Write(ref places[hash & (Places - 1)], hash);
    }

    public bool MayHave(string key)
    {
        var hash = Hash(key);
        return Volatile.Read(ref places[hash & (Places - 1)]) == hash;
    }

    /// <summary>Never 0, which is an empty place.</summary>
    private static long Hash(string key) => ((long)string.GetHashCode(key, StringComparison.Ordinal) << 32 | (uint)string.GetHashCode(key.AsSpan(key.Length / 2), StringComparison.Ordinal)) | 1L << 62;
}
