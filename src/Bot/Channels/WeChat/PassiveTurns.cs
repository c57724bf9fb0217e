using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Bot.Channels.Callbacks;
using Bot.Channels.WeChat.Api;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Turns;

namespace Bot.Channels.WeChat;

/// <summary>
/// The platform waits five seconds for an answer and then delivers the push again. A turn therefore has one of two routes for its reply, and
/// which one it is, is decided once: passive, on the connection that is open, as soon as the turn's transaction has come to its end; or, when four
/// seconds are over before that, late: the platform is told <c>success</c>, and the turn's own transaction keeps the reply to be sent as a message.
/// Whatever comes again meanwhile waits for the same turn.
/// </summary>
internal sealed partial class PassiveTurns(
    TakeTurn takeTurn,
    Pictures pictures,
    SceneCodes codes,
    LateReplies lateReplies,
    Transactions transactions,
    Ticking ticking,
    WeChatAccount account,
    WeChatFigures figures,
    ChinaClock clock,
    TimeProvider time,
    ILogger<PassiveTurns> log) : IHostedService, IDisposable
{
    /// <summary>Ends a reply that is too long for one message.</summary>
    private const string More = "……（内容较长，只显示了前面一部分。）";

    private const int MostTries = 5;
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan GivenUpByPlatform = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>When the platform has delivered a push for the last time and nobody has fetched the reply, it goes another way.</summary>
    private static readonly TimeSpan RetriesOver = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, PassiveTurn> inWork = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> fetching = new(StringComparer.Ordinal);
    private readonly RecentKeys recent = new();
    private ITimer? looking;

    internal int InWork => inWork.Count;

    internal int Connections => inWork.Values.Sum(turn => turn.Connections);

    /// <summary>Begins the turn of a push, or joins it when it is in work. Await what is decided, answer, then <see cref="Leave"/>.</summary>
    public PassiveTurn Join(Push push)
    {
        while (true)
        {
            if (inWork.TryGetValue(push.Key, out var present))
            {
                if (present.TryJoin())
                    return present;
                inWork.TryRemove(new KeyValuePair<string, PassiveTurn>(push.Key, present));
                continue;
            }

            var mine = new PassiveTurn(push, time.GetTimestamp());
            if (!inWork.TryAdd(push.Key, mine))
                continue;
            mine.TryJoin();
            mine.Work = Run(mine);
            return mine;
        }
    }

    public bool IsGivenUp(long since) => time.GetElapsedTime(since) >= GivenUpByPlatform;

    /// <summary>Every connection says at its end whether the platform got the answer on it. What none of them brought goes another way.</summary>
    public Task Leave(PassiveTurn turn, string words, bool reached) =>
        turn.Leave(reached) && words.Length > 0 && CanWriteFirst ? SendAnotherWay(turn, words) : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        looking = time.CreateTimer(_ => TurnLate(), null, Look, Look);
        return Task.CompletedTask;
    }

    /// <summary>Turns whose platform was told <c>success</c> are nobody's but ours: they are finished before the service ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(inWork.Values.Select(turn => turn.Work)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public void Dispose() => looking?.Dispose();

    private bool CanWriteFirst => account.AppSecret is not null;

    private void TurnLate()
    {
        // Without the secret there is no other way; then the platform's own repeating is what brings the reply.
        if (!CanWriteFirst)
            return;
        foreach (var (_, turn) in inWork)
        {
            if (time.GetElapsedTime(turn.Since) >= LateAfter && turn.TryLate())
            {
                figures.Late.Add(1);
                turn.Decide("");
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a turn throws belongs to the connections that wait for it.")]
    private async Task Run(PassiveTurn turn)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                var words = await Take(turn);
                inWork.TryRemove(new KeyValuePair<string, PassiveTurn>(turn.Push.Key, turn));
                turn.Decide(words);
                return;
            }
            catch (Exception failed) when (turn.IsLate && tries < MostTries)
            {
                LogAgain(failed);
                await Task.Delay(PauseBetweenTries * tries, time);
            }
            catch (Exception failed)
            {
                inWork.TryRemove(new KeyValuePair<string, PassiveTurn>(turn.Push.Key, turn));
                if (turn.IsLate)
                    LogLost(failed);
                turn.Fail(failed);
                return;
            }
        }
    }

    private async Task<string> Take(PassiveTurn turn)
    {
        var push = turn.Push;
        if (recent.MayHave(push.Key) && await takeTurn.TakenBefore(Meanings.Channel, push.Key, CancellationToken.None) is { } before)
            return await Again(turn, before);
        var incoming = Meanings.Incoming(push, account, clock.UtcNow);
        Task<Taken> taking;
        if (Meanings.Of(push) == Meaning.Picture)
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
            ticking.Nudge();
        recent.Add(push.Key);
        if (taken.Repeated)
            return await Again(turn, taken);
        if (!turn.IsLate)
            return ReplyText.Of(taken.Replies, More, codes.PageOf);
        lateReplies.Nudge();
        return "";
    }

    /// <summary>Once it has begun, whoever waits for it may go: the person is answered all the same.</summary>
    private Task<Taken> Begin(PassiveTurn turn, Incoming incoming) =>
        takeTurn.Take(incoming, (rows, ending, token) => Claim(turn, rows, ending, token), CancellationToken.None);

    private async Task<Task<Taken>> BeginWithPicture(PassiveTurn turn, Incoming incoming)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fetching[turn.Push.From] = begun.Task;
        try
        {
            turn.Picture = await pictures.Take(turn.Push.MediaId ?? "", CancellationToken.None);
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
    private async Task Claim(PassiveTurn turn, HotRows rows, Taken taken, CancellationToken cancellationToken)
    {
        await pictures.AlsoWrite(rows, turn.Push.From, turn.Picture is { } picture ? [picture] : [], taken.Fleeting && taken.WithFiles, cancellationToken);
        if (turn.TryPassive())
            return;
        var words = ReplyText.Of(taken.Replies, More, codes.PageOf);
        if (words.Length > 0)
            await Keep(turn, rows, words, clock.UtcNow, cancellationToken);
    }

    /// <summary>The turn was over before. Its reply is given again, unless it has gone or is going another way.</summary>
    private async Task<string> Again(PassiveTurn turn, Taken before)
    {
        figures.Repeated.Add(1);
        var push = turn.Push;
        var words = ReplyText.Of(before.Replies, More, codes.PageOf);
        if (words.Length == 0)
            return "";
        var stands = await transactions.Read((rows, token) => rows.LateReplyStands(Meanings.Channel, push.Key, token), CancellationToken.None);
        if (stands is LateReplyState.Sending or LateReplyState.Sent or LateReplyState.Failed)
            return "";
        if (!turn.TryPassive())
        {
            if (stands is null)
                await SendAnotherWay(turn, words);
            return "";
        }

        var withdrawn = stands is null || await transactions.Run(
            Meanings.AddressOf(push).ToString(), (work, token) => work.Rows.WithdrawLateReply(Meanings.Channel, push.Key, token), CancellationToken.None);
        return withdrawn ? words : "";
    }

    private Task<bool> SendAnotherWay(PassiveTurn turn, string words)
    {
        figures.Late.Add(1);
        return transactions.Run(
            Meanings.AddressOf(turn.Push).ToString(),
            async (work, token) =>
            {
                await Keep(turn, work.Rows, words, clock.UtcNow + RetriesOver, token);
                return true;
            },
            CancellationToken.None);
    }

    /// <summary>Kept no longer than the words of an anonymous conversation: a reply that is later than that answers nothing any more.</summary>
    private Task Keep(PassiveTurn turn, HotRows rows, string words, DateTime due, CancellationToken cancellationToken) =>
        rows.AddLateReply(Meanings.AddressOf(turn.Push), turn.Push.Key, words, due, clock.UtcNow + TakeTurn.FleetingKept, cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A turn that the platform was told success for failed and is taken again.")]
    private partial void LogAgain(Exception failed);

    [LoggerMessage(Level = LogLevel.Error, Message = "A turn that the platform was told success for failed for good; the person got no answer.")]
    private partial void LogLost(Exception failed);
}

/// <summary>One push in work and the connections that wait for it.</summary>
internal sealed class PassiveTurn(Push push, long since)
{
    private readonly TaskCompletionSource<string> decided = new();
    private readonly Lock door = new();
    private Route route;
    private int connections;
    private bool over;
    private bool brought;

    private enum Route
    {
        Open,
        Passive,
        Late,
    }

    public Push Push => push;

    /// <summary>When the first connection came.</summary>
    public long Since => since;

    public int Connections
    {
        get
        {
            lock (door)
                return connections;
        }
    }

    public Task Work { get; set; } = Task.CompletedTask;

    /// <summary>The picture that the push brought, once it is taken.</summary>
    public Picture? Picture { get; set; }

    /// <summary>What to answer; empty when there is nothing to say on this connection.</summary>
    public Task<string> Decided => decided.Task;

    public bool IsLate
    {
        get
        {
            lock (door)
                return route == Route.Late;
        }
    }

    /// <summary>False when all who waited have gone: then the turn is over.</summary>
    public bool TryJoin()
    {
        lock (door)
        {
            if (over)
                return false;
            connections++;
            return true;
        }
    }

    /// <summary>True for the last one when the reply should have gone out on a connection and did on none.</summary>
    public bool Leave(bool reached)
    {
        lock (door)
        {
            brought |= reached;
            over = --connections == 0;
            return over && !brought && route == Route.Passive;
        }
    }

    public bool TryPassive() => Try(Route.Passive);

    public bool TryLate() => Try(Route.Late, onlyWhenOpen: true);

    public void Decide(string words) => decided.TrySetResult(words);

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
