using Bot.Channels.Callbacks;
using Bot.Channels.Web;
using Bot.Dialogs.Conversations;

namespace Bot.Channels.WeCom;

/// <summary>What is to be done with a push.</summary>
internal enum WeComMeaning
{
    /// <summary>The member says or does something that is answered.</summary>
    Said,

    /// <summary>A picture, which has to be fetched first.</summary>
    Picture,

    /// <summary>Acknowledged, and nothing of it is kept.</summary>
    Nothing,

    /// <summary>Who may use the app has changed.</summary>
    Staff,

    /// <summary>The platform is about to suspend the app, or has.</summary>
    Alarm,

    /// <summary>Acknowledged and kept as it came.</summary>
    Unknown,
}

/// <summary>Reads a push as what the member said.</summary>
internal static class WeComMeanings
{
    public const string Channel = "wecom";

    public static WeComMeaning Of(WeComPush push) => push.Type switch
    {
        "text" or "voice" or "video" or "location" or "link" => WeComMeaning.Said,
        "image" => WeComMeaning.Picture,
        "event" => OfEvent(push),
        _ => WeComMeaning.Unknown,
    };

    /// <summary>The tapped card, when it is one.</summary>
    public static CardTap? Tap(WeComPush push) => push is { Event: "template_card_event" or "template_card_menu_event", TaskId: { } card, EventKey: { } key }
        ? new CardTap(card, key, push.ResponseCode ?? "", [.. push.Chosen.Select(Activities.Clean)])
        : null;

    /// <summary>For a picture without the picture, for a tap without what is tapped. Only officials are served here.</summary>
    public static Incoming Incoming(WeComPush push, DateTime now)
    {
        var said = new Incoming(push.Address, push.Key, Words(push), now)
        {
            FromMenu = push.Event == "click",
            Scene = push.Event is "scancode_waitmsg" or "scancode_push" && ScannedCode.IsScene(push.ScanResult) ? push.ScanResult : null,
            OnlyOpened = push.Event == WeComPush.EnterAgent,
            ForStaff = true,
        };
        return said.Text.Length > 0 || push.Type == "event" ? said : said with { Wordless = Wordless(push) };
    }

    private static WeComMeaning OfEvent(WeComPush push) => push.Event switch
    {
        WeComPush.EnterAgent => WeComMeaning.Said,
        "click" => push.EventKey is { Length: > 0 } ? WeComMeaning.Said : WeComMeaning.Nothing,
        "template_card_event" or "template_card_menu_event" => Tap(push) is null ? WeComMeaning.Nothing : WeComMeaning.Said,
        "scancode_push" => ScannedCode.IsScene(push.ScanResult) ? WeComMeaning.Said : WeComMeaning.Nothing,
        "scancode_waitmsg" => push.ScanResult is { Length: > 0 } ? WeComMeaning.Said : WeComMeaning.Nothing,
        "subscribe" or "unsubscribe" or "change_contact" => WeComMeaning.Staff,
        "close_inactive_agent" or "inactive_alert" => WeComMeaning.Alarm,
        _ when push.Event.StartsWith("low_active", StringComparison.Ordinal) => WeComMeaning.Alarm,

        // Pictures and places chosen through the menu come again as messages of their own.
        "pic_sysphoto" or "pic_photo_or_album" or "pic_weixin" or "location_select" => WeComMeaning.Nothing,
        "location" or "view" or "view_miniprogram" or "batch_job_result" or "reopen_inactive_agent" => WeComMeaning.Nothing,
        "change_external_contact" or "change_external_chat" or "change_external_tag" or "open_approval_change" or "sys_approval_change" => WeComMeaning.Nothing,
        "add_schedule" or "modify_schedule" or "delete_schedule" or "respond_schedule" or "modify_calendar" or "delete_calendar" => WeComMeaning.Nothing,
        _ => WeComMeaning.Unknown,
    };

    private static string Words(WeComPush push) => push.Type switch
    {
        "text" => Activities.Clean(push.Content ?? ""),
        "link" => Activities.Clean($"{push.Title}\n{push.Url}".Trim()),
        "event" when push.Event == "click" => Activities.Clean(push.EventKey!),
        "event" when push.Event == "scancode_waitmsg" && !ScannedCode.IsScene(push.ScanResult) => Activities.Clean(push.ScanResult!),
        _ => "",
    };

    private static string Wordless(WeComPush push) => push.Type switch
    {
        "voice" => "语音",
        "location" => "位置",
        "video" => "视频",
        "image" => "图片",
        _ => "表情",
    };
}
