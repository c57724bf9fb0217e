namespace Bot.Emulators.Tencent;

/// <summary>A rule of the platform that the service broke; the number is the rule's in the list of what an emulator enforces.</summary>
public sealed record Violation(int Rule, DateTimeOffset At, string What)
{
    public override string ToString() => $"rule {Rule}: {What}";
}

/// <summary>One call of the service to the platform. The token is left out of the query.</summary>
public sealed record ApiCall(DateTimeOffset At, string Method, string Path, string Query, string Body, int ErrorCode, string? Fault);

/// <summary>What happened, for assertions: calls received, pushes made, rules broken.</summary>
public sealed class PlatformBook(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly List<Violation> violations = [];
    private readonly List<ApiCall> calls = [];
    private readonly List<Delivery> deliveries = [];

    public IReadOnlyList<Violation> Violations
    {
        get
        {
            lock (gate)
                return [.. violations];
        }
    }

    public IReadOnlyList<ApiCall> Calls
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    public IReadOnlyList<Delivery> Deliveries
    {
        get
        {
            lock (gate)
                return [.. deliveries];
        }
    }

    public void Forget()
    {
        lock (gate)
        {
            violations.Clear();
            calls.Clear();
            deliveries.Clear();
        }
    }

    internal void Broken(int rule, string what)
    {
        lock (gate)
            violations.Add(new(rule, time.GetUtcNow(), what));
    }

    internal void Called(ApiCall call)
    {
        lock (gate)
            calls.Add(call);
    }

    internal void Pushed(Delivery delivery)
    {
        lock (gate)
            deliveries.Add(delivery);
    }
}
