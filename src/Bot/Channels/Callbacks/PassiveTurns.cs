using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Bot.Channels.Photos;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Turns;

namespace Bot.Channels.Callbacks;

/// <summary>What the five seconds need of the service, whichever the platform.</summary>
internal sealed record TurnsBehind(TakeTurn TakeTurn, Transactions Transactions, Connections Connections, Ticking Ticking, ChinaClock Clock, TimeProvider Time);

/// <summary>
/// The platform waits five seconds for an answer and then delivers the push again. A turn therefore has one of two routes for its reply, and
/// which one it is, is decided once: passive, on the connection that is open, as soon as the turn's transaction has come to its end; or, when four
/// seconds are over before that, late: the platform is told <c>success</c>, and the turn's own transaction keeps the reply to be sent as a message.
/// Whatever comes again meanwhile waits for the same turn.
/// </summary>
internal abstract class PassiveTurns<TPush>(string channel, TurnsBehind behind, CallbackFigures figures, ILogger log) : IHostedService, IDisposable
    where TPush : class, IPush
{
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan GivenUpByPlatform = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>When the platform has delivered a push for the last time and nobody has fetched the reply, it goes another way.</summary>
    private static readonly TimeSpan RetriesOver = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>By so much a delivery to one instance may be taken in later than a later one to another.</summary>
    private static readonly TimeSpan Overtaking = TimeSpan.FromSeconds(1);

    private readonly TakeTurn takeTurn = behind.TakeTurn;
    private readonly Transactions transactions = behind.Transactions;
    private readonly ChinaClock clock = behind.Clock;
    private readonly TimeProvider time = behind.Time;
    private readonly ConcurrentDictionary<string, PassiveTurn<TPush>> inWork = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> fetching = new(StringComparer.Ordinal);
    private readonly RecentKeys recent = new();
    private ITimer? looking;

    /// <summary>Those that have begun to wait for something, be it only the database.</summary>
    internal int InWork => inWork.Values.Count(turn => turn.HasBegun);

    internal int Connections => inWork.Values.Sum(turn => turn.Connections);

    /// <summary>Begins the turn of a push, or joins it when it is in work. Await what is decided, answer, then <see cref="Leave"/>.</summary>
    public PassiveTurn<TPush> Join(TPush push)
    {
        while (true)
        {
            if (inWork.TryGetValue(push.Key, out var present) && present.TryJoin(clock.UtcNow))
                return present;

            var mine = new PassiveTurn<TPush>(push, time.GetTimestamp(), present?.Ended ?? Task.CompletedTask);
            mine.TryJoin(clock.UtcNow);
            if (present is null ? !inWork.TryAdd(push.Key, mine) : !inWork.TryUpdate(push.Key, mine, present))
                continue;
            mine.Work = Run(mine);
            mine.HasBegun = true;
            return mine;
        }
    }

    public bool IsGivenUp(long since) => time.GetElapsedTime(since) >= GivenUpByPlatform;

    /// <summary>Every connection says at its end whether the platform got the answer on it. What none of them brought goes another way.</summary>
    public Task Leave(PassiveTurn<TPush> turn, bool reached) => turn.Leave(reached) ? Conclude(turn) : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        looking = time.CreateTimer(_ => TurnLate(), null, Look, Look);
        return Task.CompletedTask;
    }

    /// <summary>Turns whose platform was told <c>success</c> are nobody's but ours: they are finished before the service ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(inWork.Values.Select(turn => turn.Work)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public void Dispose() => looking?.Dispose();

    /// <summary>Whether there is another way than the connection at all.</summary>
    protected abstract bool CanWriteFirst { get; }

    /// <summary>Whether that way is open just now.</summary>
    protected abstract bool TakesMessages { get; }

    /// <summary>What comes with a push that has to be fetched before the turn; false for most.</summary>
    protected abstract bool BringsPicture(TPush push);

    /// <exception cref="RuleBrokenException">It is not taken; then the push is heard without it.</exception>
    protected abstract Task<Picture> FetchPicture(TPush push, CancellationToken cancellationToken);

    /// <summary>What the person said; a picture is left out.</summary>
    protected abstract Incoming Incoming(TPush push, DateTime now);

    /// <summary>
    /// In the turn's own transaction, when it is decided which way the reply goes: the channel's own rows. When it is <paramref name="late"/>, the reply is
    /// kept for another way here.
    /// </summary>
    protected abstract Task AlsoWrite(PassiveTurn<TPush> turn, HotRows rows, Taken taken, bool late, CancellationToken cancellationToken);

    /// <summary>What the turn says on the connection.</summary>
    protected abstract Spoken Say(PassiveTurn<TPush> turn, Taken taken);

    /// <summary>What is said on the connection of a repeat, once more.</summary>
    protected virtual ValueTask<Spoken> SayAgain(PassiveTurn<TPush> turn, Taken before) => new(Say(turn, before));

    /// <summary>Looks up what has to be known of the push before it can be read.</summary>
    protected virtual Task Prepare(PassiveTurn<TPush> turn) => Task.CompletedTask;

    /// <summary>What was kept for another way has been committed.</summary>
    protected abstract void NudgeLateReplies();

    /// <summary>Keeps the reply of a late turn, to be sent at once.</summary>
    protected Task KeepLate(PassiveTurn<TPush> turn, HotRows rows, string words, CancellationToken cancellationToken) => Keep(turn, rows, words, clock.UtcNow, cancellationToken);

    private void TurnLate()
    {
        // Where there is no other way, the platform's own repeating is what brings the reply.
        if (!CanWriteFirst || !TakesMessages)
            return;
        foreach (var (_, turn) in inWork)
        {
            if (time.GetElapsedTime(turn.Since) >= LateAfter && turn.TryLate())
            {
                figures.Late.Add(1);
                turn.Decide(Spoken.Nothing);
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a turn throws belongs to the connections that wait for it.")]
    private async Task Run(PassiveTurn<TPush> turn)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await turn.Before;
                var spoken = await Take(turn);
                var over = turn.Finish(spoken);
                turn.Decide(turn.IsLate ? Spoken.Nothing : spoken);
                if (over)
                    await Conclude(turn);
                return;
            }
            catch (Exception failed) when (turn.IsLate && time.GetElapsedTime(turn.Since) < TakeTurn.FleetingKept)
            {
                PassiveTurnsLog.Again(log, failed);
                await Task.Delay(TimeSpan.FromTicks(Math.Min((PauseBetweenTries * tries).Ticks, LongestPause.Ticks)), time);
            }
            catch (Exception failed)
            {
                End(turn);
                if (turn.IsLate)
                    PassiveTurnsLog.Lost(log, failed);
                turn.Fail(failed);
                return;
            }
        }
    }

    /// <summary>The turn is taken and nobody waits for it any more: what is still to be said goes another way.</summary>
    private async Task Conclude(PassiveTurn<TPush> turn)
    {
        try
        {
            if (turn.Spoken.Otherwise.Length == 0 || !CanWriteFirst)
                return;
            if (turn.IsHeard && !turn.IsLate)
            {
                if (turn.WasRepeated && behind.Connections.Kind == DatabaseKind.Postgres)
                    await NoteBrought(turn);
            }
            else if (turn.IsHeard || !turn.IsLate)
            {
                // Told success, the platform delivers no more; what comes clearly later all the same, comes because it did not hear that.
                var later = turn.LastCameAt + (turn.IsLate ? Overtaking : -Overtaking);
                if (!await IsTakenByALater(turn, later))
                    await SendAnotherWay(turn, later);
            }
        }
        finally
        {
            End(turn);
        }
    }

    /// <summary>Whatever has to be written down of it is; a repeat from now on is a turn of its own.</summary>
    private void End(PassiveTurn<TPush> turn)
    {
        inWork.TryRemove(new KeyValuePair<string, PassiveTurn<TPush>>(turn.Push.Key, turn));
        turn.End();
    }

    private async Task<Spoken> Take(PassiveTurn<TPush> turn)
    {
        var push = turn.Push;
        if (recent.MayHave(push.Key) && await takeTurn.TakenBefore(channel, push.Key, CancellationToken.None) is { } before)
            return await Again(turn, before);
        await Prepare(turn);
        var incoming = Incoming(push, turn.LastCameAt);
        Task<Taken> taking;
        if (BringsPicture(push))
        {
            taking = await BeginWithPicture(turn, incoming);
        }
        else
        {
            // What is said after a picture was sent is not heard before it.
            if (fetching.TryGetValue(push.From, out var picture))
                await picture;
            taking = Begin(turn, incoming);
        }

        var taken = await taking;
        if (taken.Touched)
            behind.Ticking.Nudge();
        recent.Add(push.Key);
        if (taken.Repeated)
            return await Again(turn, taken);
        if (!turn.IsLate)
            return Say(turn, taken);
        NudgeLateReplies();
        return Spoken.Nothing;
    }

    /// <summary>Once it has begun, whoever waits for it may go: the person is answered all the same.</summary>
    private Task<Taken> Begin(PassiveTurn<TPush> turn, Incoming incoming) =>
        takeTurn.Take(incoming, (rows, ending, token) => Claim(turn, rows, ending, token), CancellationToken.None);

    private async Task<Task<Taken>> BeginWithPicture(PassiveTurn<TPush> turn, Incoming incoming)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fetching[turn.Push.From] = begun.Task;
        try
        {
            turn.Picture = await FetchPicture(turn.Push, CancellationToken.None);
            return Begin(turn, incoming with { Wordless = null, Files = [turn.Picture.Evidence] });
        }
        catch (RuleBrokenException)
        {
            return Begin(turn, incoming);
        }
        finally
        {
            fetching.TryRemove(new KeyValuePair<string, Task>(turn.Push.From, begun.Task));
            begun.SetResult();
        }
    }

    /// <summary>In the turn's own transaction: the reply goes out on the connection, or is kept for another way.</summary>
    private Task Claim(PassiveTurn<TPush> turn, HotRows rows, Taken taken, CancellationToken cancellationToken) =>
        AlsoWrite(turn, rows, taken, late: !turn.TryPassive(), cancellationToken);

    /// <summary>The message was taken before. Its reply is given again, unless it has gone or is going another way.</summary>
    private async Task<Spoken> Again(PassiveTurn<TPush> turn, Taken before)
    {
        figures.Repeated.Add(1);
        var push = turn.Push;
        var spoken = await SayAgain(turn, before);
        if (spoken.Passive.Length == 0)
            return Spoken.Nothing;
        turn.WasTakenBefore = true;
        while (true)
        {
            var stands = await transactions.Read((rows, token) => rows.LateReplyStands(channel, push.Key, token), CancellationToken.None);
            if (stands is LateReplyState.Sending or LateReplyState.Sent)
                return Spoken.Nothing;
            if (!turn.TryPassive())
                return stands is LateReplyState.Waiting ? Spoken.Nothing : spoken;
            if (stands is not LateReplyState.Waiting)
                return spoken;

            // Another repeat may be quicker and yet not be heard; then this one says it too.
            turn.HasWithdrawn = await transactions.Run(
                push.Address.ToString(), (work, token) => work.Rows.WithdrawLateReply(channel, push.Key, token), CancellationToken.None);
            if (turn.HasWithdrawn)
                return spoken;
        }
    }

    /// <summary>Another turn took the message, here or elsewhere, on a delivery that came later than those of this one, and has to see to its reply.</summary>
    private async Task<bool> IsTakenByALater(PassiveTurn<TPush> turn, DateTime later) =>
        turn.WasTakenBefore && !turn.HasWithdrawn && await takeTurn.CameAt(channel, turn.Push.Key, CancellationToken.None) >= later;

    /// <summary>
    /// Another instance may just find out that its own connection was cut, before this one's: by this note it knows that the reply is not to go
    /// another way. Within an instance a turn ends when its last connection does.
    /// </summary>
    private Task<bool> NoteBrought(PassiveTurn<TPush> turn) => transactions.Run(
        turn.Push.Address.ToString(),
        async (work, token) =>
        {
            await work.Rows.NoteBroughtReply(turn.Push.Address, turn.Push.Key, turn.LastCameAt, clock.UtcNow + TakeTurn.FleetingKept, token);
            return true;
        },
        CancellationToken.None);

    private Task<bool> SendAnotherWay(PassiveTurn<TPush> turn, DateTime unlessBroughtSince)
    {
        figures.Late.Add(1);
        return transactions.Run(
            turn.Push.Address.ToString(),
            async (work, token) =>
            {
                await work.Rows.ForgetEarlierBroughtReply(channel, turn.Push.Key, unlessBroughtSince, token);
                await Keep(turn, work.Rows, turn.Spoken.Otherwise, clock.UtcNow + RetriesOver, token);
                return true;
            },
            CancellationToken.None);
    }

    private Task Keep(PassiveTurn<TPush> turn, HotRows rows, string words, DateTime due, CancellationToken cancellationToken) =>
        rows.AddLateReply(turn.Push.Address, turn.Push.Key, words, due, clock.UtcNow + turn.LateKept, cancellationToken);
}

internal static partial class PassiveTurnsLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A turn that the platform was told success for failed and is taken again.")]
    public static partial void Again(ILogger log, Exception failed);

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn that the platform was told success for failed for good; the person got no answer.")]
    public static partial void Lost(ILogger log, Exception failed);
}

/// <summary>One push in work and the connections that wait for it.</summary>
internal sealed class PassiveTurn<TPush>(TPush push, long since, Task before)
    where TPush : class, IPush
{
    private readonly TaskCompletionSource<Spoken> decided = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock door = new();
    private Route route;
    private int connections;
    private bool joinedAgain;
    private bool finished;
    private bool over;
    private bool heard;

    private enum Route
    {
        Open,
        Passive,
        Late,
    }

    public TPush Push => push;

    /// <summary>When the first connection came.</summary>
    public long Since => since;

    /// <summary>When the last one came.</summary>
    public DateTime LastCameAt { get; private set; }

    /// <summary>What was still to be written down of the turn before this one, on the same push.</summary>
    public Task Before => before;

    /// <summary>When nobody waits for it any more and everything of it is written down.</summary>
    public Task Ended => ended.Task;

    /// <summary>The message was taken by another turn, here or elsewhere.</summary>
    public bool WasTakenBefore { get; set; }

    /// <summary>The reply was going another way and is not any more: now it is for this turn to bring it.</summary>
    public bool HasWithdrawn { get; set; }

    /// <summary>The push came more than once, here or elsewhere.</summary>
    public bool WasRepeated => WasTakenBefore || joinedAgain;

    /// <summary>Whether the platform got what it was answered, on any connection.</summary>
    public bool IsHeard
    {
        get
        {
            lock (door)
                return heard;
        }
    }

    /// <summary>What the turn has to say and has not yet kept for another way.</summary>
    public Spoken Spoken { get; private set; } = Spoken.Nothing;

    public int Connections
    {
        get
        {
            lock (door)
                return connections;
        }
    }

    public Task Work { get; set; } = Task.CompletedTask;

    public bool HasBegun { get; set; }

    /// <summary>The picture that the push brought, once it is taken.</summary>
    public Picture? Picture { get; set; }

    /// <summary>
    /// How long a reply that goes another way is kept: no longer than the words of an anonymous conversation, for a reply that is later than that answers
    /// nothing any more, unless the channel says otherwise.
    /// </summary>
    public TimeSpan LateKept { get; set; } = TakeTurn.FleetingKept;

    /// <summary>What the channel made of the reply when it wrote its own rows.</summary>
    public Spoken? Written { get; set; }

    /// <summary>Whether some of the reply goes out by itself, whatever the connection.</summary>
    public bool HasQueued { get; set; }

    /// <summary>What to answer; empty when there is nothing to say on this connection.</summary>
    public Task<Spoken> Decided => decided.Task;

    public bool IsLate
    {
        get
        {
            lock (door)
                return route == Route.Late;
        }
    }

    /// <summary>False when the work is done and all who waited have gone: then the turn is over.</summary>
    public bool TryJoin(DateTime now)
    {
        lock (door)
        {
            if (over)
                return false;
            joinedAgain |= LastCameAt != default;
            LastCameAt = now;
            connections++;
            return true;
        }
    }

    /// <summary>True when the turn is over by that.</summary>
    public bool Leave(bool reached)
    {
        lock (door)
        {
            heard |= reached;
            return over = --connections == 0 && finished;
        }
    }

    /// <summary>The work is done; true when the turn is over by that.</summary>
    public bool Finish(Spoken spoken)
    {
        lock (door)
        {
            Spoken = spoken;
            finished = true;
            return over = connections == 0;
        }
    }

    public void End() => ended.TrySetResult();

    public bool TryPassive() => Try(Route.Passive);

    public bool TryLate() => Try(Route.Late, onlyWhenOpen: true);

    public void Decide(Spoken spoken) => decided.TrySetResult(spoken);

    public void Fail(Exception failed) => decided.TrySetException(failed);

    private bool Try(Route wanted, bool onlyWhenOpen = false)
    {
        lock (door)
        {
            if (route == wanted)
                return !onlyWhenOpen;
            if (route != Route.Open)
                return false;
            route = wanted;
            return true;
        }
    }
}
