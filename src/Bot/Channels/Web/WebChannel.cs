using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Outbox;
using Bot.Storage;

namespace Bot.Channels.Web;

/// <summary>Puts messages that nobody asked for, such as notices, into a person's web conversation.</summary>
public sealed class WebChannel(Transactions transactions, WebHistory history, WebStreams streams) : IChannel
{
    public const string ChannelName = "web";

    public string Name => ChannelName;

    public bool ShowsPresence => true;

    public bool Rings => false;

    public bool IsOpen(Address to) => streams.IsOpen(DirectLineTokens.LastingConversation(to.ExternalId));

    /// <summary>The conversation lasts, so what is put there is delivered, whether a page is open now or tomorrow.</summary>
    public async Task<Handed> Send(Address to, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var reply = new Reply(message.Text) { Actions = message.Actions };
        await transactions.Run(
            to.ToString(),
            async (work, token) =>
            {
                await Post(work.Rows, to.ExternalId, reply, "n-" + message.Id, token);
                return 0;
            },
            cancellationToken);
        Show(to.ExternalId);
        return Handed.Over;
    }

    /// <summary>
    /// Adds a message within the caller's transaction; the same activity id is added once. Call <see cref="Show"/> after the commit.
    /// </summary>
    public async Task Post(HotRows rows, string userId, Reply reply, string activityId, CancellationToken cancellationToken)
    {
        var conversation = DirectLineTokens.LastingConversation(userId);
        if (await rows.HasActivity(conversation, activityId, cancellationToken))
            return;
        var activity = Activities.Of(reply, activityId, conversation, userId, replyToId: null);
        await history.Append(rows, conversation, userId, [activity], keptFor: null, cancellationToken);
    }

    /// <summary>Tells the person's open pages to look for what was committed.</summary>
    public void Show(string userId) => streams.Signal(DirectLineTokens.LastingConversation(userId));
}
