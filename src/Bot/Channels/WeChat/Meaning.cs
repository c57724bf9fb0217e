using Bot.Channels.Callbacks;
using Bot.Channels.Web;
using Bot.Dialogs.Conversations;

namespace Bot.Channels.WeChat;

/// <summary>What is to be done with a push.</summary>
internal enum Meaning
{
    /// <summary>The person says or does something that is answered.</summary>
    Said,

    /// <summary>A picture, which has to be fetched first.</summary>
    Picture,

    /// <summary>Acknowledged, and nothing of it is kept.</summary>
    Nothing,

    /// <summary>The platform reports on what we sent, or on what people let us send.</summary>
    Report,

    /// <summary>The person left, and what is known of them goes.</summary>
    Left,

    /// <summary>Acknowledged and kept as it came.</summary>
    Unknown,
}

/// <summary>Reads a push as what the person said.</summary>
internal static class Meanings
{
    public const string Channel = WeChatChannel.ChannelName;

    private const string ScenePrefix = "qrscene_";
    private const string Greeting = "你好";
    private const string NotSupported = "【收到不支持的消息类型，暂无法显示】";
    private const int BriefMessages = 3;
    private static readonly TimeSpan BriefWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongWindow = TimeSpan.FromHours(48);

    public static Meaning Of(Push push) => push.Type switch
    {
        "text" or "voice" or "video" or "shortvideo" or "location" or "link" => Meaning.Said,
        "image" => Meaning.Picture,
        "event" => OfEvent(push),
        _ => Meaning.Unknown,
    };

    /// <summary>For a picture, without the picture.</summary>
    public static Incoming Incoming(Push push, WeChatAccount account, DateTime now)
    {
        var said = new Incoming(push.Address, push.Key, Words(push), now)
        {
            Scene = Scene(push),
            FromMenu = push.Event == "click" || push.MenuId == ReplyText.NoStep,
            Allowance = push.Type == "event" || push.MenuId is not null
                ? new Allowance(BriefMessages, push.At + BriefWindow, Brief: true)
                : new Allowance(account.MessagesPer48Hours, push.At + LongWindow, Brief: false),
        };
        if (push.MenuId is { Length: > 0 } step and not ReplyText.NoStep)
            return said with { Press = new Press(step, said.Text) };
        return said.Text.Length > 0 || said.Scene is not null ? said : said with { Wordless = Wordless(push) };
    }

    private static Meaning OfEvent(Push push) => push.Event switch
    {
        "subscribe" => Meaning.Said,
        "scan" or "click" => push.EventKey is { Length: > 0 } ? Meaning.Said : Meaning.Nothing,
        "scancode_waitmsg" => push.ScanResult is { Length: > 0 } ? Meaning.Said : Meaning.Nothing,
        "scancode_push" => ScannedCode.IsScene(push.ScanResult) ? Meaning.Said : Meaning.Nothing,
        "unsubscribe" => Meaning.Left,
        "templatesendjobfinish" or "subscribe_msg_popup_event" or "subscribe_msg_change_event" or "subscribe_msg_sent_event" => Meaning.Report,

        // Pictures and places chosen through the menu come again as messages of their own.
        "pic_sysphoto" or "pic_photo_or_album" or "pic_weixin" or "location_select" => Meaning.Nothing,
        "location" or "view" or "view_miniprogram" or "masssendjobfinish" or "freepublishjobfinish" or "kf_create_session" or "kf_close_session" => Meaning.Nothing,
        _ => Meaning.Unknown,
    };

    private static string Words(Push push) => push.Type switch
    {
        "text" => push.Content is { } content and not NotSupported ? Activities.Clean(content) : "",
        "voice" => Activities.Clean(push.Recognition ?? ""),
        "link" => Activities.Clean($"{push.Title}\n{push.Url}".Trim()),
        "event" when push.Event == "click" => Activities.Clean(push.EventKey!),
        "event" when push.Event == "subscribe" && Scene(push) is null => Greeting,
        "event" when push.Event == "scancode_waitmsg" && !ScannedCode.IsScene(push.ScanResult) => Activities.Clean(push.ScanResult!),
        _ => "",
    };

    /// <summary>The prefix is taken off once: a scene may begin with the same letters.</summary>
    private static string? Scene(Push push) => push.Event switch
    {
        "subscribe" => push.EventKey is { } key && key.StartsWith(ScenePrefix, StringComparison.Ordinal) && key.Length > ScenePrefix.Length ? key[ScenePrefix.Length..] : null,
        "scan" => push.EventKey,
        "scancode_waitmsg" or "scancode_push" => ScannedCode.IsScene(push.ScanResult) ? push.ScanResult : null,
        _ => null,
    };

    private static string Wordless(Push push) => push.Type switch
    {
        "voice" => "语音",
        "location" => "位置",
        "video" or "shortvideo" => "视频",
        "image" => "图片",
        _ => "表情",
    };
}
