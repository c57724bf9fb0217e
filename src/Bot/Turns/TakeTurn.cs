using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.FrontDesk;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Bot.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Turns;

/// <summary>
/// What a message led to. <paramref name="Repeated"/>: it was taken before and these are the same replies again, nothing else happened.
/// <paramref name="Fleeting"/>: whatever the channel stores of this turn must be purged soon. <paramref name="Note"/>: the number under
/// which a failure was logged.
/// </summary>
public sealed record Taken(IReadOnlyList<Reply> Replies, bool Repeated, bool Fleeting, string? Note)
{
    /// <summary>Whether something may be due now: the turn went to the domain, or somebody was here for whom something waited.</summary>
    public bool Touched { get; init; } = true;

    /// <summary>Photos or files were in the talk before this turn or are after it.</summary>
    public bool WithFiles { get; init; }
}

/// <summary>
/// One message, one transaction (design.md decision 1): the mark that it was seen, the talk, what commands changed, the audit rows, the
/// notices owed and what the channel writes commit together or not at all. Whoever sends a message again gets the same replies.
/// </summary>
public sealed partial class TakeTurn(Transactions transactions, Desk desk, OwnAddress pages, RulePack rules, CalendarBook calendars, ChinaClock clock, ILogger<TakeTurn> log)
{
    /// <summary>What an anonymous conversation leaves in the history of the channel lives this long (W28).</summary>
    public static readonly TimeSpan FleetingKept = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan EndsApart = TimeSpan.FromMinutes(10);

    /// <summary>Longer than the company's platform delivers a message again.</summary>
    private static readonly TimeSpan SeenKeptOfOfficials = TimeSpan.FromHours(24);

    private const int LongestMessageId = 200;

    private static readonly string NothingToRemember = new TalkState().Write();

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Takes one message. Messages of one address are taken in the order of the calls. <paramref name="alsoWrite"/> adds the channel's own
    /// rows to the transaction; it is not called for a repeated message and may be called more than once, the last time counts.
    /// </summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a turn throws, the person gets an answer and the log a number; only a dead database gets through.")]
    public async Task<Taken> Take(Incoming incoming, Func<HotRows, Taken, CancellationToken, Task>? alsoWrite, CancellationToken cancellationToken)
    {
        var message = incoming with { Text = incoming.Text.Replace("\0", "", StringComparison.Ordinal), MessageId = Bounded(incoming.MessageId) };
        try
        {
            return await transactions.Run(new Arriving(message.From, message.MessageId), (work, token) => Turn(message, work, alsoWrite, token), cancellationToken);
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested || failed is not OperationCanceledException)
        {
            var number = RandomNumberGenerator.GetHexString(8);
            LogFailed(log, number, Nature(failed), Place(failed));
            return await transactions.Run(message.From.ToString(), (work, token) => Apologise(message, number, work, alsoWrite, token), cancellationToken);
        }
    }

    /// <summary>What a message that was taken led to, looked up without waiting for those who write; null when it was not taken.</summary>
    public Task<Taken?> TakenBefore(string channel, string messageId, CancellationToken cancellationToken) => transactions.Read(
        async (rows, token) => await rows.Seen(channel, Bounded(messageId), token) is { } replies ? Again(replies) : null, cancellationToken);

    /// <summary>When the delivery came on which a message was taken; null when it was not taken.</summary>
    public Task<DateTime?> CameAt(string channel, string messageId, CancellationToken cancellationToken) => transactions.Read<DateTime?>(
        async (rows, token) => await rows.SeenUntil(channel, Bounded(messageId), token) is { } until
            ? until - (until > clock.UtcNow + FleetingKept ? SeenKeptOfOfficials : FleetingKept)
            : null,
        cancellationToken);

    private async Task<Taken> Turn(Incoming message, Work work, Func<HotRows, Taken, CancellationToken, Task>? alsoWrite, CancellationToken cancellationToken)
    {
        var rows = work.Rows;
        var (replies, stored, known) = await rows.Arrival(message.From, message.MessageId, cancellationToken);
        if (replies is not null)
            return Again(replies);

        var now = clock.UtcNow;
        var visitor = known ? await rows.Actor(message.From, cancellationToken) : HotRows.Visitor(message.From);
        var world = new Surroundings(visitor, rules, calendars.Current, new LateMediator(work), now) { Pages = pages };
        var before = TalkState.Read(stored?.State);
        var withFiles = before.FileIds.Any();
        var talked = await desk.Take(before, message, world, cancellationToken);
        var note = talked.Fault is { } fault ? Survived(fault, work) : null;

        var state = talked.State.Write();
        var remembered = state == NothingToRemember ? null : state;
        await rows.KeepTalk(message.From, remembered, stored, KeptUntil(message.From, talked, stored, now), cancellationToken);

        // A time of last contact to the second would tell who was there when an anonymous submission came in.
        // Who was nobody before this turn may be somebody after it, to whom an answer is owed.
        var touched = work.Opened?.GetRequiredService<ScopedDatabase>().Context is not null;
        if (!talked.Fleeting && (touched || visitor.PersonId is not null))
            touched |= await rows.SawAddress(message.From, now, message.Allowance, cancellationToken);
        var taken = new Taken(talked.Replies, false, talked.Fleeting, note) { Touched = touched, WithFiles = withFiles || talked.State.FileIds.Any() };
        return await Conclude(message, taken, rows, alsoWrite, cancellationToken);
    }

    /// <summary>
    /// A mistake in a conversation keeps what was said and done before it, and is logged. Not so when it came from the database or from the
    /// middle of a command: half of a command must not be saved, and a collision is run again.
    /// </summary>
    private string Survived(Exception fault, Work work)
    {
        var half = work.Opened?.GetRequiredService<ScopedDatabase>().Context?.ChangeTracker.HasChanges() == true;
        if (half || OfTheDatabase(fault))
            ExceptionDispatchInfo.Throw(fault);
        var number = RandomNumberGenerator.GetHexString(8);
        LogFailed(log, number, Nature(fault), Place(fault));
        return number;
    }

    private static bool OfTheDatabase(Exception fault) =>
        fault is DbException or DbUpdateException or CollisionException or OperationCanceledException or TimeoutException
        || (fault.InnerException is { } inner && OfTheDatabase(inner));

    private static async Task<Taken> Apologise(Incoming message, string number, Work work, Func<HotRows, Taken, CancellationToken, Task>? alsoWrite, CancellationToken cancellationToken)
    {
        if (await work.Rows.Seen(message.From.Channel, message.MessageId, cancellationToken) is { } replies)
            return Again(replies);
        var sorry = new Reply($"出了点问题，已经记录（编号 {number}）。您刚才的话没有提交，请稍后再说一次。") { Actions = ["菜单"] };

        // What failed may have been anonymous; nobody knows any more.
        return await Conclude(message, new Taken([sorry], false, true, number), work.Rows, alsoWrite, cancellationToken);
    }

    private static async Task<Taken> Conclude(Incoming message, Taken taken, HotRows rows, Func<HotRows, Taken, CancellationToken, Task>? alsoWrite, CancellationToken cancellationToken)
    {
        var purgeAt = message.ReceivedAt + (taken.Fleeting || !Official(message.From) ? FleetingKept : SeenKeptOfOfficials);
        await rows.RememberSeen(message.From.Channel, message.MessageId, JsonSerializer.Serialize(taken.Replies, Json), purgeAt, cancellationToken);
        if (alsoWrite is not null)
            await alsoWrite(rows, taken, cancellationToken);
        return taken;
    }

    /// <summary>
    /// Where people may be anonymous nobody's messages are remembered for longer than half an hour, harmless ones neither: when somebody was there, in
    /// the order in which things were handed in, would tell who did (W28). The account's platform delivers again within seconds.
    /// </summary>
    private static bool Official(Domain.Commands.Address from) => from.Channel == Channels.WeCom.WeComChannel.ChannelName;

    private static Taken Again(string replies) => new(JsonSerializer.Deserialize<List<Reply>>(replies, Json) ?? [], true, false, null) { Touched = false };

    private static string Bounded(string messageId) =>
        messageId.Length <= LongestMessageId ? messageId : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)));

    /// <summary>
    /// The same for every talk, whatever was said in it: another end would tell who said something without a name (W28). What may stay longer is kept by
    /// <see cref="Forgetting"/>. In the company's app people are there under their names, and what they are asked under them may wait for days. An end that
    /// was set before stands while it leaves time to go on, for the index over it is dear.
    /// </summary>
    private DateTime KeptUntil(Domain.Commands.Address from, Talked talked, StoredTalk? stored, DateTime now)
    {
        if (Official(from) && !talked.Fleeting)
        {
            var (least, most) = (EndOfDay(now + rules.Conversation.ContinueWithin), EndOfDay(now + rules.Conversation.KeptFor));
            return stored?.PurgeAt >= least && stored.PurgeAt <= most ? stored.PurgeAt : most;
        }

        var soon = now + FleetingKept;
        return stored is { PurgeAt: var set } && set <= soon && set >= soon - EndsApart ? set : soon;
    }

    private static DateTime EndOfDay(DateTime at) => at.Date.AddDays(1);

    private static string Nature(Exception failed) => failed.InnerException is { } inner
        ? $"{failed.GetType().Name} of {Nature(inner)}"
        : failed.GetType().Name;

    /// <summary>Where it was thrown. The exception's own words may hold what the person wrote, so they are not logged.</summary>
    private static string Place(Exception failed)
    {
        var frames = new System.Diagnostics.StackTrace(failed, fNeedFileInfo: false).GetFrames();
        var own = frames.Select(frame => frame.GetMethod()).FirstOrDefault(method => method?.DeclaringType?.Namespace?.StartsWith("Bot", StringComparison.Ordinal) == true);
        return string.Create(CultureInfo.InvariantCulture, $"{own?.DeclaringType?.FullName}.{own?.Name}");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Turn failed, number {Number}: {Nature} at {Place}")]
    private static partial void LogFailed(ILogger logger, string number, string nature, string place);
}

/// <summary>Most turns send nothing to the domain; only those that do get a scope.</summary>
internal sealed class LateMediator(Work work) : IMediator
{
    private IMediator Mediator => work.Services.GetRequiredService<IMediator>();

    public Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default) => Mediator.Send(request, cancellationToken);

    public Task Publish<TNotification>(TNotification notification, CancellationToken cancellationToken = default)
        where TNotification : INotification => Mediator.Publish(notification, cancellationToken);
}
