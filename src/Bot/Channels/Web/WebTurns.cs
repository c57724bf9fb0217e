using System.Text.Json.Nodes;
using Bot.Channels.WeChat;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Scheduling;
using Bot.Turns;

namespace Bot.Channels.Web;

/// <summary>
/// Hands a posted message to the bot: the words, the turn and the answers become one transaction, then the open pages are told. Where there is an official
/// account, its <paramref name="codes"/> are shown: people are let in there.
/// </summary>
public sealed class WebTurns(TakeTurn takeTurn, WebHistory history, WebStreams streams, Ticking ticking, Settings settings, ChinaClock clock, SceneCodes? codes = null)
{
    public async Task Take(PostedActivity posted, DirectLineToken token, IReadOnlyList<Evidence> files, CancellationToken cancellationToken)
    {
        if (!posted.IsMessage)
        {
            streams.Show(token.Conversation, new News([Activities.Write(posted.Shown)], 0).ToPassingJson());
            return;
        }

        var from = WebHistory.AddressOf(token.User);
        var incoming = new Incoming(from, posted.Id, posted.Text, clock.UtcNow)
        {
            Files = files,
            Press = posted.Press,
            Scene = posted.Scene,
            Wordless = posted.Text.Length > 0 || files.Count > 0 || posted.Press is not null || posted.Scene is not null ? null : posted.Voice ? "语音" : "表情",
        };
        await takeTurn.Take(
            incoming,
            async (rows, taken, inside) =>
            {
                var said = new List<JsonObject> { posted.Shown.DeepClone().AsObject() };
                said.AddRange(taken.Replies.Select((reply, i) =>
                    Activities.Of(reply, Activities.ReplyId(posted.Id, i + 1), token.Conversation, token.User, posted.Id, settings.PublicUrl, codes)));
                await history.Append(rows, token.Conversation, token.User, said, taken.Fleeting ? TakeTurn.FleetingKept : null, inside);
            },
            cancellationToken);
        streams.Signal(token.Conversation);
        ticking.Nudge();
    }
}
