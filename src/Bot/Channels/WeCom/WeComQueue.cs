using System.Text.Json.Nodes;
using Bot.Channels.Callbacks;
using Bot.Channels.Calls;
using Bot.Channels.WeCom.Api;
using Bot.Charts;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Storage;

namespace Bot.Channels.WeCom;

/// <summary>
/// Sends what is said by itself: cards, what is said after a tap, what missed its connection. To one member in order; what goes beyond the platform's
/// limits waits, for the platform would drop it without a word (sending).
/// </summary>
internal sealed class WeComQueue(Transactions transactions, Connections connections, WeComApi api, ChinaClock clock, WeComFigures figures, ILogger<WeComQueue> log)
    : QueuedReplies(WeComChannel.ChannelName, transactions, connections, clock, figures, Kept, log)
{
    /// <summary>Longer than a member's hour can be full.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>A text is tried again for less than that while its fate is unknown.</summary>
    private static readonly TimeSpan SameText = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The platform compares all that it is sent. The seconds in which it is to look for repeats are therefore another number for each second a text is
    /// from, so that the same words said once more soon afterwards are not taken for a repeat (C7).
    /// </summary>
    private const int Apart = 240;

    protected override async Task<Func<HotRows, Task>?> Hand(LateReply reply)
    {
        var message = QueuedMessage.Read(reply.Text);
        if ((string?)message["response_code"] is { } code)
            return await Update(reply.To.ExternalId, code, message);
        try
        {
            if (QueuedMessage.ChartOf(message) is { } chart)
                return await Show(chart, reply);
            var sent = await api.Send([reply.To.ExternalId], message, QueuedMessage.TaskOf(message) is null ? SameWithin(reply) : WeComApi.LongestSameness, CancellationToken.None);
            return QueuedMessage.TaskOf(message) is { } task ? rows => rows.CardSent(task, sent.ResponseCode, CancellationToken.None) : null;
        }
        catch (WeComFullException full)
        {
            throw new NotYetException(full.RetryAt, full);
        }
        catch (PlatformRefusedException refused) when (refused.Action == PlatformAction.Drop && QueuedMessage.InWords(message) is { } words)
        {
            // A card that the platform does not take is said in words; what it asks can be answered by typing.
            await api.Send([reply.To.ExternalId], QueuedMessage.Read(QueuedMessage.Text(words)), SameWithin(reply), CancellationToken.None);
            return null;
        }
    }

    /// <summary>A picture that the platform does not take is left out: the text before it says all that it shows.</summary>
    private async Task<Func<HotRows, Task>?> Show(Chart chart, LateReply reply)
    {
        try
        {
            var media = await api.UploadMedia(WeComMediaKind.Image, ChartPicture.Draw(chart), "chart.png", ChartPicture.ContentType, CancellationToken.None);
            await api.Send([reply.To.ExternalId], QueuedMessage.Image(media), SameWithin(reply), CancellationToken.None);
        }
        catch (PlatformRefusedException refused) when (refused.Action == PlatformAction.Drop)
        {
            return null;
        }

        return null;
    }

    private static TimeSpan SameWithin(LateReply reply) => SameText + TimeSpan.FromSeconds(reply.Until.Ticks / TimeSpan.TicksPerSecond % Apart);

    /// <summary>A code that was used or is too old changes nothing any more; nobody waits for it.</summary>
    private async Task<Func<HotRows, Task>?> Update(string userId, string code, JsonObject message)
    {
        try
        {
            if (message["template_card"] is JsonObject card)
                await api.UpdateCard(code, [userId], card, CancellationToken.None);
            else
                await api.UpdateCard(code, [userId], (string)message["button"]!["replace_name"]!, CancellationToken.None);
        }
        catch (PlatformRefusedException refused) when (refused.Action == PlatformAction.Drop)
        {
            return null;
        }

        return null;
    }
}
