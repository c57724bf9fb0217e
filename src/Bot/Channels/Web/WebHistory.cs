using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Dialogs.FrontDesk;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using Bot.Storage;
using Bot.Turns;

namespace Bot.Channels.Web;

/// <summary>What was said in a conversation after a position, as one Direct Line frame.</summary>
public sealed record News(IReadOnlyList<string> Activities, long Watermark)
{
    /// <summary>A frame of what is not kept; without a position, so that no client moves its own.</summary>
    public string ToPassingJson() => new StringBuilder("{\"activities\":[").AppendJoin(',', Activities).Append("]}").ToString();

    public string ToJson()
    {
        var frame = new StringBuilder("{\"activities\":[").AppendJoin(',', Activities);
        return frame.Append(CultureInfo.InvariantCulture, $"],\"watermark\":\"{Watermark}\"}}").ToString();
    }
}

/// <summary>
/// The lasting history of the web conversations. It begins with the greeting, and its times go strictly forward, because the official
/// client sorts by them.
/// </summary>
public sealed class WebHistory(Transactions transactions, Desk desk, RulePack rules, ChinaClock clock)
{
    private const int MostInAFrame = 100;

    public static Address AddressOf(string user) => new(WebChannel.ChannelName, user);

    /// <summary>Makes sure that the conversation has begun; true when it begins now.</summary>
    public Task<bool> Open(string conversation, string user, CancellationToken cancellationToken) =>
        transactions.Run(AddressOf(user).ToString(), (work, token) => Greet(work.Rows, conversation, user, token), cancellationToken);

    public Task<bool> Has(string conversation, CancellationToken cancellationToken) =>
        transactions.Read(async (rows, token) => await rows.LastActivity(conversation, token) > 0, cancellationToken);

    public async Task<News> Read(string conversation, long after, CancellationToken cancellationToken)
    {
        var found = await transactions.Read((rows, token) => rows.ActivitiesAfter(conversation, after, MostInAFrame, token), cancellationToken);
        return new News([.. found.Select(activity => activity.Json)], found.Count > 0 ? found[^1].Seq : after);
    }

    /// <summary>
    /// Adds activities within the caller's transaction. The streams are to be signalled once that is committed. What is kept for a time only takes along what was
    /// said before it, and what is said until nothing was for that long: a history with a hole in it would tell when somebody was nameless (W28).
    /// </summary>
    public async Task Append(
        HotRows rows, string conversation, string user, IEnumerable<JsonObject> activities, TimeSpan? keptFor, CancellationToken cancellationToken)
    {
        await Greet(rows, conversation, user, cancellationToken);
        var last = await rows.LastActivityAt(conversation, cancellationToken);
        var now = Milliseconds(clock.UtcNow);
        if (last is { Passing: true })
            keptFor ??= TakeTurn.FleetingKept;
        DateTime? until = keptFor is { } kept ? now + kept : null;
        var before = last?.At;
        foreach (var activity in activities)
        {
            var at = before is { } earlier && earlier >= now ? earlier.AddMilliseconds(1) : now;
            activity["timestamp"] = at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            await rows.AppendActivity(conversation, (string)activity["id"]!, Activities.Write(activity), at, until, cancellationToken);
            before = at;
        }

        if (until is { } end)
            await rows.EndActivities(conversation, end, cancellationToken);
        await rows.Announce(conversation, cancellationToken);
    }

    private async Task<bool> Greet(HotRows rows, string conversation, string user, CancellationToken cancellationToken)
    {
        // A turn and a notice for the same person would else number and date their rows at the same time.
        await rows.Lock(AddressOf(user).ToString(), cancellationToken);
        if (await rows.LastActivity(conversation, cancellationToken) > 0)
            return false;
        var visitor = await rows.Actor(AddressOf(user), cancellationToken);
        var at = Milliseconds(clock.UtcNow);
        var greeting = Activities.Of(desk.Greet(visitor, rules), Activities.NewId(), conversation, user, replyToId: null);
        greeting["timestamp"] = at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        await rows.AppendActivity(conversation, (string)greeting["id"]!, Activities.Write(greeting), at, purgeAt: null, cancellationToken);
        return true;
    }

    private static DateTime Milliseconds(DateTime at) => new(at.Ticks - at.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
}
