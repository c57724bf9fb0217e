namespace Bot.Emulators.Tencent;

/// <summary>What a person's screen shows, oldest first, with those who wait for something to appear. Guarded by the platform's gate.</summary>
internal sealed class Screen<TEntry>(Lock gate)
    where TEntry : class
{
    private readonly List<TEntry> entries = [];
    private readonly List<(Func<TEntry, bool> Fits, TaskCompletionSource<TEntry> Shown)> watching = [];

    public IReadOnlyList<TEntry> All
    {
        get
        {
            lock (gate)
                return [.. entries];
        }
    }

    /// <summary>The first entry that fits, as soon as it is there.</summary>
    public Task<TEntry> Sees(Func<TEntry, bool> fits)
    {
        lock (gate)
        {
            if (entries.Find(entry => fits(entry)) is { } there)
                return Task.FromResult(there);
            var shown = new TaskCompletionSource<TEntry>(TaskCreationOptions.RunContinuationsAsynchronously);
            watching.Add((fits, shown));
            return shown.Task;
        }
    }

    public void Add(TEntry entry)
    {
        lock (gate)
        {
            entries.Add(entry);
            Touched(entry);
        }
    }

    /// <summary>An entry looks different now; whoever waited for that is told.</summary>
    public void Touched(TEntry entry)
    {
        lock (gate)
        {
            foreach (var watch in watching.FindAll(watch => watch.Fits(entry)))
            {
                watching.Remove(watch);
                watch.Shown.SetResult(entry);
            }
        }
    }
}
