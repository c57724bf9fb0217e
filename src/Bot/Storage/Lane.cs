using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Bot.Audit;
using Bot.Domain.Audit;
using Npgsql;

namespace Bot.Storage;

/// <summary>
/// One writing connection and the queue before it. Pieces that wait together share one transaction and are answered after the common commit: one fsync
/// serves them all. When one fails nothing of that transaction stays; on SQLite all run again, each behind a savepoint of its own, on PostgreSQL it runs
/// again alone (docs/decisions/0001).
/// </summary>
internal sealed class Lane : IAsyncDisposable
{
    private const string Savepoint = "piece";
    private const int MostTogether = 64;
    private const int MostTries = 5;

    private readonly Connections connections;
    private readonly IServiceScopeFactory scopes;
    private readonly Channel<Piece> queue = Channel.CreateUnbounded<Piece>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<Piece> waiting = new(MostTogether);
    private readonly Task pump;
    private DbConnection? connection;
    private HotRows? rows;
    private Gathered? gathered;
    private int most = MostTogether;

    public Lane(Connections connections, IServiceScopeFactory scopes)
    {
        (this.connections, this.scopes) = (connections, scopes);
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
        while (waiting.Count > 0 || await queue.Reader.WaitToReadAsync())
        {
            // Whoever is on the way in gets in too: the more share a commit, the fewer there are.
            await Task.Yield();
            while (waiting.Count < MostTogether && queue.Reader.TryRead(out var piece))
            {
                if (!piece.GiveUp())
                    waiting.Add(piece);
            }

            if (connections.Kind == DatabaseKind.Postgres)
            {
                await OnPostgres();
                continue;
            }

            await Together(waiting);
            waiting.Clear();
        }
    }

    private async Task OnPostgres()
    {
        if (waiting.Count == 0)
            return;

        // What takes minutes is not begun twice.
        var group = waiting[0].AtMost > Transactions.LongestTurn ? [] : Group();
        if (group.Count > 0)
        {
            await Alone(await Gather(group));
            return;
        }

        group.Add(waiting[0]);
        waiting.RemoveAt(0);
        await Alone(group);
    }

    /// <summary>As many as go well at present, in their order and one of each key: what has the same key must see what came before it.</summary>
    private List<Piece> Group()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var group = new List<Piece>(most);
        waiting.RemoveAll(piece =>
        {
            var mine = group.Count < most && keys.Add(piece.Key);
            if (mine)
                group.Add(piece);
            return mine;
        });
        return group;
    }

    /// <summary>
    /// Runs a group in one transaction. A piece that goes to the domain ends it, because the audit chain and what else it holds must not be held while
    /// others run. Those that did not get into the transaction go back to the head of the queue; gives those that have to run alone.
    /// </summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong is found out and told when the pieces run alone.")]
    private async Task<List<Piece>> Gather(List<Piece> group)
    {
        var ran = 0;
        var (running, committing) = (false, false);
        using var limit = new CancellationTokenSource(Transactions.LongestTurn);
        try
        {
            await using var transaction = await Begin();
            await gathered!.Begin(transaction, group, limit.Token);
            var ended = false;
            for (running = true; ran < group.Count && !ended; ran++)
            {
                // What is no turn may look at what turns have written.
                var isTurn = group[ran].Arriving is not null;
                if (!isTurn)
                    await gathered.Write(limit.Token);
                rows!.Gathered = isTurn ? gathered : null;
                ended = await Do(group[ran], transaction);
            }

            running = false;
            await gathered.Write(limit.Token);
            committing = true;
            await transaction.CommitAsync();
            most = ended ? ran : Math.Min(MostTogether, most * 2);
        }
        catch (Exception failed)
        {
            var collided = Collision.Is(failed);
            if (!collided)
                await Disconnect();
            if (committing && !collided)
            {
                // Whether it was committed is not known, so it must not be done again here.
                foreach (var piece in group.Take(ran))
                    piece.Fail(failed);
                waiting.InsertRange(0, group.Skip(ran));
                return [];
            }

            if (!running)
                return group;
            most = Math.Max(1, ran);
            var alone = group[ran];
            group.RemoveAt(ran);
            waiting.InsertRange(0, group);
            return [alone];
        }
        finally
        {
            rows?.Gathered = null;
            gathered?.Clear();
        }

        foreach (var piece in group.Take(ran))
            piece.Succeed();
        waiting.InsertRange(0, group.Skip(ran));
        return [];
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
            await using var transaction = await Begin();
            foreach (var piece in pieces)
                await Do(piece, transaction);
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
            await using var transaction = await Begin();
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
                await Do(piece, transaction);
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
                    await using var transaction = await Begin();
                    using (var limit = new CancellationTokenSource(piece.AtMost))
                        await rows!.Lock(piece.Key, alone: tries > 1, limit.Token);
                    await Do(piece, transaction);
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

    /// <summary>True when the piece went to the domain's data.</summary>
    private async Task<bool> Do(Piece piece, DbTransaction transaction)
    {
        using var limit = new CancellationTokenSource(piece.AtMost);
        var work = new Work(scopes, services => services.GetRequiredService<ScopedDatabase>().Join(connection!, transaction), rows!);
        try
        {
            await piece.Run(work, limit.Token);
            if (work.Opened is not { } services)
                return false;
            var context = services.GetRequiredService<ScopedDatabase>().Context;
            if (context?.ChangeTracker.HasChanges() == true)
                await context.SaveChangesAsync(limit.Token);

            // The end of the audit chain is the last that anybody waits for, so that nobody who holds it waits for another.
            var entries = services.GetRequiredService<AuditTrail>().Take();
            if (gathered is not null && entries.Count > 0)
                await gathered.Write(limit.Token);
            await AuditChain.Append(rows!, entries, limit.Token);
            return context is not null || entries.Count > 0;
        }
        finally
        {
            await work.Close();
        }
    }

    private async Task<DbTransaction> Begin()
    {
        if (connection is null)
        {
            connection = await connections.OpenForWriting(CancellationToken.None);
            rows = new HotRows(connection, connections.Kind);
            gathered = connection is NpgsqlConnection postgres ? await Gathered.On(postgres, CancellationToken.None) : null;
        }

        return rows!.Transaction = await connection.BeginTransactionAsync();
    }

    private async Task Disconnect()
    {
        rows?.Dispose();
        gathered?.Dispose();
        if (connection is not null)
            await connection.DisposeAsync();
        (connection, rows, gathered) = (null, null, null);
    }
}

/// <summary>One piece of work in the queue.</summary>
internal abstract class Piece(string key, TimeSpan atMost)
{
    public string Key { get; } = key;

    public TimeSpan AtMost { get; } = atMost;

    /// <summary>Null when it is not the turn of a message.</summary>
    public Arriving? Arriving { get; init; }

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
