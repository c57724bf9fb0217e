using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Bot.Audit;
using Bot.Domain.Audit;

namespace Bot.Storage;

/// <summary>
/// One writing connection and the queue before it. On SQLite, pieces that wait together share one transaction and are answered after the common
/// commit: one fsync serves them all. When one fails, all run again, each behind a savepoint of its own (docs/decisions/0001).
/// </summary>
internal sealed class Lane : IAsyncDisposable
{
    private const string Savepoint = "piece";
    private const int MostTogether = 64;
    private const int MostTries = 5;

    private readonly Connections connections;
    private readonly IServiceScopeFactory scopes;
    private readonly Channel<Piece> queue = Channel.CreateUnbounded<Piece>(new UnboundedChannelOptions { SingleReader = true });
    private readonly bool together;
    private readonly Task pump;
    private DbConnection? connection;
    private HotRows? rows;

    public Lane(Connections connections, IServiceScopeFactory scopes)
    {
        (this.connections, this.scopes) = (connections, scopes);
        together = connections.Kind == DatabaseKind.Sqlite;
        pump = Task.Run(Pump);
    }

    public void Add(Piece piece)
    {
        if (!queue.Writer.TryWrite(piece))
            piece.Fail(new ObjectDisposedException(nameof(Transactions)));
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await pump;
        await Disconnect();
    }

    private async Task Pump()
    {
        var waiting = new List<Piece>(MostTogether);
        while (await queue.Reader.WaitToReadAsync())
        {
            // Whoever is on the way in gets in too: the more share a commit, the fewer there are.
            if (together)
                await Task.Yield();
            while (waiting.Count < (together ? MostTogether : 1) && queue.Reader.TryRead(out var piece))
            {
                if (!piece.GiveUp())
                    waiting.Add(piece);
            }

            if (together)
                await Together(waiting);
            else
                await Alone(waiting);
            waiting.Clear();
        }
    }

    private async Task Together(List<Piece> pieces)
    {
        // What takes minutes is not begun twice.
        if (pieces.Exists(piece => piece.AtMost > Transactions.LongestTurn) || !await AllAtOnce(pieces))
            await EachBehindSavepoint(pieces);
    }

    /// <summary>The common case, without savepoints. When any piece fails nothing of it stays, and the others begin again.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong is found out and told in the second, careful run.")]
    private async Task<bool> AllAtOnce(List<Piece> pieces)
    {
        try
        {
            await Connect();
            await using var transaction = await connection!.BeginTransactionAsync();
            foreach (var piece in pieces)
                await Do(piece, transaction, again: false);
            await transaction.CommitAsync();
        }
        catch (Exception)
        {
            return false;
        }

        foreach (var piece in pieces)
            piece.Succeed();
        return true;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong belongs to those who wait for these pieces; the lane must live on.")]
    private async Task EachBehindSavepoint(List<Piece> pieces)
    {
        var kept = new List<Piece>(pieces.Count);
        try
        {
            await Connect();
            await using var transaction = await connection!.BeginTransactionAsync();
            foreach (var piece in pieces)
            {
                if (await BehindSavepoint(piece, transaction))
                    kept.Add(piece);
            }

            await transaction.CommitAsync();
        }
        catch (Exception broken)
        {
            await Disconnect();
            foreach (var piece in pieces)
                piece.Fail(broken);
            return;
        }

        foreach (var piece in kept)
            piece.Succeed();
    }

    [SuppressMessage("Design", "CA1031", Justification = "What a piece throws is told to the one who waits for it; the others of the batch go on.")]
    private async Task<bool> BehindSavepoint(Piece piece, DbTransaction transaction)
    {
        for (var tries = 1; ; tries++)
        {
            await transaction.SaveAsync(Savepoint);
            try
            {
                await Do(piece, transaction, again: tries > 1);
                await transaction.ReleaseAsync(Savepoint);
                return true;
            }
            catch (Exception failed)
            {
                await transaction.RollbackAsync(Savepoint);
                await transaction.ReleaseAsync(Savepoint);
                if (tries < MostTries && Collision.Is(failed))
                    continue;
                piece.Fail(failed);
                return false;
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "What a piece throws is told to the one who waits for it; the lane must live on.")]
    private async Task Alone(List<Piece> pieces)
    {
        foreach (var piece in pieces)
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    await Connect();
                    await using var transaction = await connection!.BeginTransactionAsync();
                    await Do(piece, transaction, again: tries > 1);
                    await transaction.CommitAsync();
                    piece.Succeed();
                    break;
                }
                catch (Exception failed)
                {
                    // A collision leaves the connection in order; after anything else a new one is the safe way on.
                    var collided = Collision.Is(failed);
                    if (!collided)
                        await Disconnect();
                    if (collided && tries < MostTries)
                        continue;
                    piece.Fail(failed);
                    break;
                }
            }
        }
    }

    private async Task Do(Piece piece, DbTransaction transaction, bool again)
    {
        using var limit = new CancellationTokenSource(piece.AtMost);
        rows!.Transaction = transaction;
        var work = new Work(scopes, services => services.GetRequiredService<ScopedDatabase>().Join(connection!, transaction), rows);
        try
        {
            await rows.Lock(piece.Key, alone: again, limit.Token);
            await piece.Run(work, limit.Token);
            if (work.Opened is not { } services)
                return;
            if (services.GetRequiredService<ScopedDatabase>().Context is { } context && context.ChangeTracker.HasChanges())
                await context.SaveChangesAsync(limit.Token);
            await AuditChain.Append(rows, services.GetRequiredService<AuditTrail>().Take(), limit.Token);
        }
        finally
        {
            await work.Close();
        }
    }

    private async Task Connect()
    {
        if (connection is not null)
            return;
        connection = await connections.OpenForWriting(CancellationToken.None);
        rows = new HotRows(connection, connections.Kind);
    }

    private async Task Disconnect()
    {
        rows?.Dispose();
        if (connection is not null)
            await connection.DisposeAsync();
        (connection, rows) = (null, null);
    }
}

/// <summary>One piece of work in the queue.</summary>
internal abstract class Piece(string key, TimeSpan atMost)
{
    public string Key { get; } = key;

    public TimeSpan AtMost { get; } = atMost;

    /// <summary>True when nobody waits for it any more; then it is not begun.</summary>
    public abstract bool GiveUp();

    public abstract Task Run(Work work, CancellationToken cancellationToken);

    public abstract void Succeed();

    public abstract void Fail(Exception exception);
}

internal sealed class Piece<T>(string key, TimeSpan atMost, Func<Work, CancellationToken, Task<T>> work, CancellationToken waiting) : Piece(key, atMost)
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Done => done.Task;

    public override bool GiveUp() => waiting.IsCancellationRequested && done.TrySetCanceled(waiting);

    public override async Task Run(Work inside, CancellationToken cancellationToken) => result = await work(inside, cancellationToken);

    public override void Succeed() => done.TrySetResult(result!);

    public override void Fail(Exception exception) => done.TrySetException(exception);
}
