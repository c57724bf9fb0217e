using Bot.Channels.Callbacks;
using Bot.Channels.Photos;
using Bot.Channels.WeChat.Api;
using Bot.Dialogs.Conversations;
using Bot.Storage;
using Bot.Turns;

namespace Bot.Channels.WeChat;

/// <summary>The official account's turns: a reply is one text, passive or by customer service.</summary>
internal sealed class WeChatTurns(
    TurnsBehind behind,
    Pictures pictures,
    SceneCodes codes,
    LateReplies lateReplies,
    WeChatApi api,
    WeChatAccount account,
    WeChatFigures figures,
    ILogger<WeChatTurns> log) : PassiveTurns<Push>(Meanings.Channel, behind, figures, log)
{
    /// <summary>Ends a reply that is too long for one message.</summary>
    private const string More = "……（内容较长，只显示了前面一部分。）";

    protected override bool CanWriteFirst => account.AppSecret is not null;

    protected override bool TakesMessages => api.TakesTexts;

    protected override bool BringsPicture(Push push) => Meanings.Of(push) == Meaning.Picture;

    protected override Task<Picture> FetchPicture(Push push, CancellationToken cancellationToken) => pictures.Take(Meanings.Channel, push.MediaId ?? "", cancellationToken);

    protected override Incoming Incoming(Push push, DateTime now) => Meanings.Incoming(push, account, now);

    protected override async Task AlsoWrite(PassiveTurn<Push> turn, HotRows rows, Taken taken, bool late, CancellationToken cancellationToken)
    {
        await pictures.AlsoWrite(rows, turn.Push.Address, turn.Picture is { } picture ? [picture] : [], taken.Fleeting && taken.WithFiles, cancellationToken);
        if (!late)
            return;
        var words = Words(taken);
        if (words.Length > 0)
            await KeepLate(turn, rows, words, cancellationToken);
    }

    protected override Spoken Say(PassiveTurn<Push> turn, Taken taken)
    {
        var words = Words(taken);
        return new Spoken(words, words);
    }

    protected override void NudgeLateReplies() => lateReplies.Nudge();

    private string Words(Taken taken) => ReplyText.Of(taken.Replies, More, codes.PageOf);
}
