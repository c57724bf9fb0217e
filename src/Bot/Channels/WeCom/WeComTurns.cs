using Bot.Channels.Callbacks;
using Bot.Channels.Photos;
using Bot.Channels.WeChat;
using Bot.Channels.WeCom.Api;
using Bot.Dialogs.Conversations;
using Bot.Storage;
using Bot.Turns;

namespace Bot.Channels.WeCom;

/// <summary>The turns of the app in WeCom: text or the tapped card on the connection, everything else in the queue.</summary>
internal sealed class WeComTurns(
    TurnsBehind behind,
    WeComApi api,
    Pictures pictures,
    WeComAccount account,
    WeComFigures figures,
    ILogger<WeComTurns> log,
    WeComQueue queue,
    SceneCodes? codes = null,
    CardBook? book = null) : PassiveTurns<WeComPush>(WeComMeanings.Channel, behind, figures, log)
{
    private readonly Transactions transactions = behind.Transactions;
    private readonly TimeProvider time = behind.Time;

    protected override bool CanWriteFirst => account.Secret is not null;

    protected override bool TakesMessages => api.TakesMessages;

    protected override bool BringsPicture(WeComPush push) => WeComMeanings.Of(push) == WeComMeaning.Picture;

    protected override Task<Picture> FetchPicture(WeComPush push, CancellationToken cancellationToken) =>
        pictures.Take(WeComMeanings.Channel, push.MediaId ?? "", cancellationToken);

    /// <summary>Of a tapped card it has to be known whose it is and whether it is still open.</summary>
    protected override async Task Prepare(PassiveTurn<WeComPush> turn)
    {
        if (WeComMeanings.Tap(turn.Push) is { } tap)
            turn.Push.TappedCard ??= await transactions.Read((rows, token) => Tapped(rows, tap.TaskId, token), CancellationToken.None);
    }

    /// <summary>What has changed since the card was written, and is told on a new one, is not agreed to unseen: the card counts as closed before it shows so.</summary>
    private async Task<SentCard?> Tapped(HotRows rows, string taskId, CancellationToken cancellationToken)
    {
        var card = await rows.Card(taskId, cancellationToken);
        if (card is null || card.State == CardState.Closed || card.Subject.Length == 0)
            return card;
        var deeds = await rows.DeedsOn(card.Subject, card.WrittenAt, cancellationToken);
        return deeds.Any(deed => deed.At > card.WrittenAt && book?.Outcome(card.Kind, deed.Action) is { TellsAgain: true }) ? card with { State = CardState.Closed } : card;
    }

    protected override Incoming Incoming(WeComPush push, DateTime now)
    {
        var said = WeComMeanings.Incoming(push, now);
        return WeComMeanings.Tap(push) is { } tap ? tap.Said(said, push.TappedCard) : said;
    }

    protected override async Task AlsoWrite(PassiveTurn<WeComPush> turn, HotRows rows, Taken taken, bool late, CancellationToken cancellationToken)
    {
        await pictures.AlsoWrite(rows, turn.Push.Address, turn.Picture is { } picture ? [picture] : [], taken.Fleeting && taken.WithFiles, cancellationToken);
        turn.LateKept = taken.Fleeting ? TakeTurn.FleetingKept : WeComQueue.Kept;
        var asked = Asked(turn.Push, api.TakesMessages);
        var replies = WeComReplies.Of(taken.Replies, asked);
        turn.Written = Spoken(replies);
        turn.HasQueued = replies.Queued.Count > 0;
        if (late && replies.Passive is { } passive)
            await KeepLate(turn, rows, passive.Late, cancellationToken);
        await replies.Queue(rows, asked, time.GetUtcNow().UtcDateTime, turn.LateKept, cancellationToken);
    }

    protected override Spoken Say(PassiveTurn<WeComPush> turn, Taken taken)
    {
        if (turn.HasQueued)
            queue.Nudge();
        return turn.Written ?? Callbacks.Spoken.Nothing;
    }

    /// <summary>Whoever opens the app again was greeted already. A card that was never queued is said in words.</summary>
    protected override async ValueTask<Spoken> SayAgain(PassiveTurn<WeComPush> turn, Taken before)
    {
        var push = turn.Push;
        if (push.Event == WeComPush.EnterAgent)
            return Callbacks.Spoken.Nothing;
        await Prepare(turn);
        var replies = WeComReplies.Of(before.Replies, Asked(push, CanWriteFirst));
        if (replies.Queued.Count > 0 && await transactions.Read((rows, token) => rows.LateReplyStands(WeComMeanings.Channel, $"{push.Key}#1", token), CancellationToken.None) is null)
            replies = WeComReplies.Of(before.Replies, Asked(push, canWriteFirst: false));
        return Spoken(replies);
    }

    protected override void NudgeLateReplies() => queue.Nudge();

    private static Spoken Spoken(WeComReplies replies) => replies.Passive is { } passive ? new Spoken(passive.Xml, passive.Late) : Callbacks.Spoken.Nothing;

    private WeComAsked Asked(WeComPush push, bool canWriteFirst) => new(push.Address.ExternalId, push.Key, canWriteFirst)
    {
        Tap = WeComMeanings.Tap(push),
        Card = push.TappedCard,
        PageOf = codes is null ? null : codes.PageOf,
    };
}
