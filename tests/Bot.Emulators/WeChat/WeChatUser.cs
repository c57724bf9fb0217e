using System.Globalization;
using System.Xml.Linq;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>A person with a phone. Every act waits until the platform has delivered it or has given up.</summary>
public sealed class WeChatUser
{
    private readonly WeChatPlatform platform;
    private readonly Screen<Bubble> screen;
    private readonly Dictionary<string, int> accepted = new(StringComparer.Ordinal);
    private long shown;

    internal WeChatUser(WeChatPlatform platform, string openId, string name)
    {
        this.platform = platform;
        (OpenId, Name) = (openId, name);
        (Allowances, screen) = (new(platform.Strict), new(platform.Gate));
    }

    public string OpenId { get; }

    public string Name { get; }

    public bool Follows { get; private set; }

    public DateTimeOffset? FollowedAt { get; private set; }

    public string? FollowedByScene { get; private set; }

    /// <summary>The person has switched off messages of the account: templates end as "failed:user block".</summary>
    public bool Blocks { get; set; }

    /// <summary>Tags in the order in which they were put on; the last one decides about the menu.</summary>
    public IReadOnlyList<int> Tags
    {
        get
        {
            lock (platform.Gate)
                return [.. TagsGuarded];
        }
    }

    /// <summary>What the phone shows, oldest first.</summary>
    public IReadOnlyList<Bubble> Inbox => screen.All;

    /// <summary>What the account has sent or answered, without the person's own words.</summary>
    public IReadOnlyList<Bubble> Received => [.. Inbox.Where(bubble => bubble.Kind != BubbleKind.Own)];

    /// <summary>The first thing on the phone that fits, as soon as it is there.</summary>
    public Task<Bubble> Sees(Func<Bubble, bool> fits) => screen.Sees(fits);

    /// <summary>Customer-service messages that the account may still send.</summary>
    public int Allowance
    {
        get
        {
            lock (platform.Gate)
                return Follows ? Allowances.Left(platform.Time.GetUtcNow()) : 0;
        }
    }

    public MenuEntry[] Menu => platform.Menus.For(this);

    internal Allowances Allowances { get; }

    internal List<int> TagsGuarded { get; } = [];

    internal DateTimeOffset? TypingSince { get; set; }

    internal DateTimeOffset? LastExchange { get; set; }

    /// <summary>Follows the account, by a scanned code when a scene is given.</summary>
    public Task<Delivery> Follow(string? scene = null)
    {
        var now = platform.Time.GetUtcNow();
        lock (platform.Gate)
        {
            (Follows, FollowedAt, FollowedByScene) = (true, now, scene);
            Allowances.Open(Opening.Follow, now);
            if (scene is not null)
                Allowances.Open(Opening.Scan, now);
        }

        return scene is null
            ? Event("subscribe", now, Marks.Text("EventKey", ""))
            : Event("subscribe", now, Marks.Text("EventKey", "qrscene_" + scene), Marks.Text("Ticket", platform.Codes.TicketOf(scene)));
    }

    public Task<Delivery> Unfollow()
    {
        lock (platform.Gate)
        {
            Follows = false;
            Allowances.CloseAll();
            TagsGuarded.Clear();
        }

        return Event("unsubscribe", platform.Time.GetUtcNow(), Marks.Text("EventKey", ""));
    }

    /// <summary>Scans a code of the account: its scene, its ticket or the address in the picture. Who does not follow yet follows by it.</summary>
    public Task<Delivery> Scan(string code)
    {
        var scene = platform.Codes.SceneOf(code);
        if (!Follows)
            return Follow(scene);
        var now = platform.Time.GetUtcNow();
        Open(Opening.Scan, now);
        return Event("SCAN", now, Marks.Text("EventKey", scene), Marks.Text("Ticket", platform.Codes.TicketOf(scene)));
    }

    public Task<Delivery> Write(string text, Stamp? stamp = null) => Message("text", text, null, stamp, Marks.Text("Content", text));

    public Task<Delivery> SendPhoto(byte[] picture, Stamp? stamp = null)
    {
        var media = platform.Media.Keep("image", picture, "image/jpeg");
        return Message("image", "[图片]", media, stamp, Marks.Text("PicUrl", new Uri(platform.ApiBase, $"mmbiz/{media}").ToString()), Marks.Text("MediaId", media));
    }

    public Task<Delivery> SendVoice(byte[] sound, string? recognition = null, Stamp? stamp = null)
    {
        var media = platform.Media.Keep("voice", sound, "audio/amr");
        XElement[] parts = [Marks.Text("MediaId", media), Marks.Text("Format", "amr"), Marks.Text("MediaId16K", media)];
        return Message("voice", "[语音]", media, stamp, recognition is null ? parts : [.. parts, Marks.Text("Recognition", recognition)]);
    }

    public Task<Delivery> SendVideo(byte[] video, Stamp? stamp = null)
    {
        var media = platform.Media.Keep("video", video, "video/mp4");
        return Message("video", "[视频]", media, stamp, Marks.Text("MediaId", media), Marks.Text("ThumbMediaId", platform.Media.Keep("thumb", [0xFF, 0xD8, 0xFF], "image/jpeg")));
    }

    public Task<Delivery> SendLocation(double latitude, double longitude, string label, Stamp? stamp = null) => Message(
        "location",
        "[位置] " + label,
        null,
        stamp,
        new XElement("Location_X", latitude.ToString(CultureInfo.InvariantCulture)),
        new XElement("Location_Y", longitude.ToString(CultureInfo.InvariantCulture)),
        new XElement("Scale", "16"),
        Marks.Text("Label", label));

    public Task<Delivery> SendLink(string title, string description, string url, Stamp? stamp = null) =>
        Message("link", "[链接] " + title, null, stamp, Marks.Text("Title", title), Marks.Text("Description", description), Marks.Text("Url", url));

    /// <summary>Taps an answer in the newest message that offers it. It arrives as a text with the step's id and opens the menu class only.</summary>
    public Task<Delivery> Tap(string caption)
    {
        var tapped = Inbox.Reverse().SelectMany(bubble => bubble.Tappables).FirstOrDefault(tappable => tappable.StepId is not null && tappable.Caption == caption)
            ?? throw new InvalidOperationException($"No message on the phone offers “{caption}”.");
        return Tap(tapped);
    }

    /// <summary>Taps just this one of the answers that <see cref="Bubble.Tappables"/> lists.</summary>
    public Task<Delivery> Tap(Tappable tapped)
    {
        var step = tapped.StepId ?? throw new InvalidOperationException($"“{tapped.Caption}” opens a page and tells the account nothing.");
        var now = platform.Time.GetUtcNow();
        Open(Opening.Menu, now);
        Show(BubbleKind.Own, tapped.Caption);
        return Push("text", now, null, Marks.Text("Content", tapped.Caption), Marks.Text("bizmsgmenuid", step));
    }

    /// <summary>Taps an entry of the account's menu, by its words.</summary>
    public Task<Delivery> TapMenu(string name)
    {
        var entry = Menu.SelectMany(top => top.Entries.Count > 0 ? top.Entries : [top]).FirstOrDefault(one => one.Name == name)
            ?? throw new InvalidOperationException($"The menu has no entry “{name}”.");
        var now = platform.Time.GetUtcNow();
        if (entry.Type is "click" or "scancode_push" or "scancode_waitmsg")
            Open(Opening.Menu, now);
        return entry.Type == "view"
            ? Event("VIEW", now, Marks.Text("EventKey", entry.Url ?? ""), new XElement("MenuId", platform.Menus.Version))
            : Event(entry.Type == "click" ? "CLICK" : entry.Type, now, Marks.Text("EventKey", entry.Key ?? ""));
    }

    /// <summary>Answers the popup that asks whether one notice of a template may come.</summary>
    public Task<Delivery> AnswerPopup(string templateId, bool accept)
    {
        lock (platform.Gate)
        {
            if (accept)
                accepted[templateId] = accepted.GetValueOrDefault(templateId) + 1;
        }

        return Event("subscribe_msg_popup_event", platform.Time.GetUtcNow(), SubscriptionList("SubscribeMsgPopupEvent", templateId, accept ? "accept" : "reject", new XElement("PopupScene", 1)));
    }

    /// <summary>Switches the notices of a template off in the account's settings.</summary>
    public Task<Delivery> RefuseNotices(string templateId)
    {
        lock (platform.Gate)
            accepted.Remove(templateId);
        return Event("subscribe_msg_change_event", platform.Time.GetUtcNow(), SubscriptionList("SubscribeMsgChangeEvent", templateId, "reject"));
    }

    /// <summary>An event of any name from this person, as the platform might bring out tomorrow.</summary>
    public Task<Delivery> Event(string name, params XElement[] parts) => Event(name, platform.Time.GetUtcNow(), parts);

    internal void HasFollowed(DateTimeOffset since) => (Follows, FollowedAt) = (true, since);

    internal bool TakeAccepted(string templateId)
    {
        if (accepted.GetValueOrDefault(templateId) == 0)
            return false;
        accepted[templateId]--;
        return true;
    }

    internal Bubble Show(BubbleKind kind, string text, string? mediaId = null, TemplateCard? card = null, IReadOnlyList<Tappable>? choices = null)
    {
        lock (platform.Gate)
        {
            var bubble = new Bubble(++shown, platform.Time.GetUtcNow(), kind, text) { MediaId = mediaId, Card = card, Choices = choices ?? [] };
            screen.Add(bubble);
            platform.Changed(OpenId);
            return bubble;
        }
    }

    private Task<Delivery> Message(string type, string shownText, string? mediaId, Stamp? stamp, params XElement[] parts)
    {
        var at = stamp?.At ?? platform.Time.GetUtcNow();
        Open(Opening.Message, at);
        Show(BubbleKind.Own, shownText, mediaId);
        return Push(type, at, stamp?.MsgId, parts);
    }

    private void Open(Opening opening, DateTimeOffset at)
    {
        if (!Follows)
            throw new InvalidOperationException($"{Name} does not follow the account and cannot reach it.");
        lock (platform.Gate)
        {
            Allowances.Open(opening, at);
            (LastExchange, TypingSince) = (at, null);
        }
    }

    private Task<Delivery> Push(string type, DateTimeOffset at, long? msgId, params XElement[] parts) =>
        platform.Callback.Push(this, Xml(type, at, [.. parts, new XElement("MsgId", msgId ?? platform.NextNumber())]), conversing: true);

    private Task<Delivery> Event(string name, DateTimeOffset at, params XElement[] parts) =>
        platform.Callback.Push(this, Xml("event", at, [Marks.Text("Event", name), .. parts]), conversing: name is "subscribe" or "SCAN" or "CLICK");

    private string Xml(string type, DateTimeOffset at, XElement[] parts) => new XElement(
        "xml",
        Marks.Text("ToUserName", platform.Account.OriginalId),
        Marks.Text("FromUserName", OpenId),
        new XElement("CreateTime", at.ToUnixTimeSeconds()),
        Marks.Text("MsgType", type),
        parts).ToString(SaveOptions.DisableFormatting);

    private static XElement SubscriptionList(string wrapper, string templateId, string status, params XElement[] more) =>
        new(wrapper, new XElement("List", Marks.Text("TemplateId", templateId), Marks.Text("SubscribeStatusString", status), more));
}
