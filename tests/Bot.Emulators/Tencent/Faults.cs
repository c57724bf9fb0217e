namespace Bot.Emulators.Tencent;

/// <summary>One way in which a call to the platform goes wrong.</summary>
public abstract record Fault
{
    /// <summary>errcode -1; nothing was done.</summary>
    public static Fault Busy { get; } = new Code(-1, "system error");

    /// <summary>HTTP 502 of a proxy; nothing was done.</summary>
    public static Fault BadGateway { get; } = new Named("502");

    /// <summary>No answer ever; nothing was done.</summary>
    public static Fault Hang { get; } = new Named("hang");

    /// <summary>Done, but half of the answer is missing.</summary>
    public static Fault HalfBody { get; } = new Named("half body");

    /// <summary>The connection is cut before anything was done.</summary>
    public static Fault CutBefore { get; } = new Named("cut before");

    /// <summary>Done, then the connection is cut without an answer.</summary>
    public static Fault CutAfter { get; } = new Named("cut after");

    /// <summary>Done and answered as text/plain.</summary>
    public static Fault WrongContentType { get; } = new Named("text/plain");

    /// <summary>Done and answered with fields that nobody has heard of.</summary>
    public static Fault ExtraFields { get; } = new Named("extra fields");

    /// <summary>Done and answered with errcode as a string.</summary>
    public static Fault TextualCode { get; } = new Named("textual errcode");

    /// <summary>All tokens expire just before the call.</summary>
    public static Fault TokensExpire { get; } = new Named("tokens expire");

    /// <summary>All tokens are made invalid just before the call.</summary>
    public static Fault TokensDie { get; } = new Named("tokens die");

    /// <summary>Any code; nothing was done.</summary>
    public sealed record Code(int Number, string Message = "fault on demand") : Fault;

    /// <summary>Done after a while on the emulator's clock.</summary>
    public sealed record Slow(TimeSpan By) : Fault;

    private sealed record Named(string Name) : Fault
    {
        public override string ToString() => Name;
    }
}

/// <summary>What goes wrong, when: next time on demand, or now and then by a seeded chance.</summary>
public sealed class Faults(int seed)
{
    private readonly Lock gate = new();
    private readonly Random chance = new(seed);
    private readonly List<(string Path, Fault Fault)> next = [];
    private readonly List<(double Rate, string Path, Fault Fault)> often = [];

    /// <summary>The next call whose path ends so goes wrong this way. Several queue up.</summary>
    public void Next(string path, params IReadOnlyList<Fault> faults)
    {
        lock (gate)
            next.AddRange(faults.Select(fault => (path, fault)));
    }

    /// <summary>So many of 1 calls go wrong this way; an empty path means any call.</summary>
    public void Often(double rate, Fault fault, string path = "")
    {
        lock (gate)
            often.Add((rate, path, fault));
    }

    public void Stop()
    {
        lock (gate)
        {
            next.Clear();
            often.Clear();
        }
    }

    internal bool Happens(double rate)
    {
        lock (gate)
            return rate > 0 && chance.NextDouble() < rate;
    }

    internal Fault? For(string path)
    {
        lock (gate)
        {
            var index = next.FindIndex(one => path.EndsWith(one.Path, StringComparison.Ordinal));
            if (index >= 0)
            {
                var fault = next[index].Fault;
                next.RemoveAt(index);
                return fault;
            }

            foreach (var (rate, where, fault) in often)
            {
                if (path.EndsWith(where, StringComparison.Ordinal) && chance.NextDouble() < rate)
                    return fault;
            }

            return null;
        }
    }
}
