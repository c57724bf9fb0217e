using System.Collections.Concurrent;

namespace Bot.Storage;

/// <summary>A piece of work inside its transaction: a scope of its own, and the hot rows. Nothing of it may be used after it returns.</summary>
public sealed class Work(IServiceScopeFactory scopes, Action<IServiceProvider> join, HotRows rows)
{
    private AsyncServiceScope? scope;

    public HotRows Rows => rows;

    /// <summary>Of this piece alone; made when it is first asked for.</summary>
    public IServiceProvider Services => Opened ?? Open();

    /// <summary>Null while nobody has asked for services.</summary>
    internal IServiceProvider? Opened => scope?.ServiceProvider;

    internal ValueTask Close() => scope?.DisposeAsync() ?? ValueTask.CompletedTask;

    private IServiceProvider Open()
    {
        var opened = scopes.CreateAsyncScope();
        scope = opened;
        join(opened.ServiceProvider);
        return opened.ServiceProvider;
    }
}

/// <summary>
/// Runs pieces of work, each in a transaction and a scope of its own: what the scope's database context still holds is saved, the audit
/// entries are appended to the chain, and all of it commits together or not at all. Everything that writes goes through here.
/// On SQLite there is one writer and several pieces share a commit; on PostgreSQL there are several, ordered by key.
/// A piece must not run another one and wait for it.
/// </summary>
public sealed class Transactions(Connections connections, IServiceScopeFactory scopes) : IDisposable, IAsyncDisposable
{
    /// <summary>The last is for what takes long. The fewer there are, the more turns share a transaction; with one alone the server would be idle between them.</summary>
    private const int PostgresLanes = 4;

    /// <summary>Each keeps a connection, of which a server has few; a read takes no longer than a moment.</summary>
    private const int MostReaders = 8;

    /// <summary>The platforms wait five seconds; a turn that takes longer than this is a mistake or a dead database.</summary>
    internal static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(10);

    private readonly ConcurrentBag<HotRows> readers = [];
    private readonly SemaphoreSlim reading = new(MostReaders);

    private readonly Lane[] lanes =
        [.. Enumerable.Range(0, connections.Kind == DatabaseKind.Sqlite ? 1 : PostgresLanes).Select(_ => new Lane(connections, scopes))];

    /// <summary>
    /// Pieces with the same key run one after another in the order they came, also across processes on PostgreSQL. When a piece collides with
    /// another it is run again from the beginning. Once begun it runs to its end, whoever stops waiting.
    /// </summary>
    public Task<T> Run<T>(string key, Func<Work, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        Add(new Piece<T>(key, LongestTurn, work, cancellationToken));

    /// <summary>For the turn of a message; what it begins with is read with that of other messages where that is cheaper.</summary>
    public Task<T> Run<T>(Arriving message, Func<Work, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        Add(new Piece<T>(message.From.ToString(), LongestTurn, work, cancellationToken) { Arriving = message });

    /// <summary>
    /// For what may take long, such as a whole file to be imported; on SQLite everybody who writes waits meanwhile. Those with one key run one after
    /// another.
    /// </summary>
    public Task<T> RunLong<T>(string key, Func<Work, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        Add(new Piece<T>(key, LongestWork, work, cancellationToken));

    /// <summary>Reads hot rows as they were committed, outside of any turn.</summary>
    public async Task<T> Read<T>(Func<HotRows, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        await reading.WaitAsync(cancellationToken);
        try
        {
            if (!readers.TryTake(out var rows))
            {
                var opened = connections.Create();
                await opened.OpenAsync(cancellationToken);
                rows = new HotRows(opened, connections.Kind);
            }

            return await Read(rows, read, cancellationToken);
        }
        finally
        {
            reading.Release();
        }
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in lanes)
            await lane.DisposeAsync();
        while (readers.TryTake(out var rows))
            await Close(rows);
        reading.Dispose();
    }

    private async Task<T> Read<T>(HotRows rows, Func<HotRows, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var whole = false;
        try
        {
            var answer = await read(rows, cancellationToken);
            whole = true;
            return answer;
        }
        finally
        {
            if (whole)
                readers.Add(rows);
            else
                await Close(rows);
        }
    }

    private Task<T> Add<T>(Piece<T> piece)
    {
        LaneOf(piece).Add(piece);
        return piece.Done;
    }

    /// <summary>Nobody's turn is behind what takes minutes, as far as that can be.</summary>
    private Lane LaneOf(Piece piece) => piece.AtMost > LongestTurn || lanes.Length == 1
        ? lanes[^1]
        : lanes[(uint)string.GetHashCode(piece.Key, StringComparison.Ordinal) % (uint)(lanes.Length - 1)];

    private static async Task Close(HotRows rows)
    {
        rows.Dispose();
        await rows.Connection.DisposeAsync();
    }
}
