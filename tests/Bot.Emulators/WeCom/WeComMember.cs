using System.Globalization;
using System.Xml.Linq;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>Where a member stands with the company.</summary>
public enum Standing
{
    Active = 1,
    Disabled = 2,
    Left = 5,
}

/// <summary>A member of the company at a desk with WeCom open. Every act waits until the platform has delivered it or has given up.</summary>
public sealed class WeComMember
{
    private readonly WeComPlatform platform;
    private readonly Screen<ChatEntry> screen;
    private long shown;

    internal WeComMember(WeComPlatform platform, string userId, string name, IReadOnlyList<int> departments, bool inRange)
    {
        this.platform = platform;
        (UserId, PushedAs, Name, Departments, InRange) = (userId, userId, name, departments, inRange);
        screen = new(platform.Gate);
    }

    /// <summary>As the administrator once wrote it. It is one and the same in any case, and comes back in lower case from the interface.</summary>
    public string UserId { get; private set; }

    /// <summary>How it is written in pushes, which need not be as it was first written.</summary>
    public string PushedAs { get; set; }

    public string Name { get; }

    public string Position { get; set; } = "";

    public IReadOnlyList<int> Departments { get; private set; }

    /// <summary>Whether the app is visible to the member.</summary>
    public bool InRange { get; private set; }

    public Standing Standing { get; private set; } = Standing.Active;

    /// <summary>Who sees the app may use it and be written to.</summary>
    public bool SeesApp => InRange && Standing == Standing.Active;

    /// <summary>The chat with the app, oldest first.</summary>
    public IReadOnlyList<ChatEntry> Chat => screen.All;

    /// <summary>What the app has sent or answered, without the member's own words.</summary>
    public IReadOnlyList<ChatEntry> Received => [.. Chat.Where(entry => entry.Kind != EntryKind.Own)];

    /// <summary>The cards, oldest first.</summary>
    public IReadOnlyList<ShownCard> Cards => [.. Chat.Select(entry => entry.Card).OfType<ShownCard>()];

    public IReadOnlyList<MenuEntry> Menu => platform.Menu.Entries;

    /// <summary>The first thing in the chat that fits, as soon as it is there; also a card that an update makes fit.</summary>
    public Task<ChatEntry> Sees(Func<ChatEntry, bool> fits) => screen.Sees(fits);

    /// <summary>The newest card whose title or text has these words.</summary>
    public ShownCard Card(string words) => Cards.LastOrDefault(card => card.ToString().Contains(words, StringComparison.Ordinal)) ?? throw new InvalidOperationException($"{Name} has no card with “{words}”.");

    public Task<Delivery> Say(string text, Stamp? stamp = null) => Message("text", text, null, stamp, Marks.Text("Content", text));

    public Task<Delivery> SendPhoto(byte[] picture, Stamp? stamp = null)
    {
        var media = platform.Media.Keep("image", picture, "image/jpeg");
        return Message("image", "[图片]", media, stamp, Marks.Text("PicUrl", new Uri($"{platform.ApiBase.ToString().TrimEnd('/')}/mmbiz/{media}").ToString()), Marks.Text("MediaId", media));
    }

    public Task<Delivery> SendVoice(byte[] sound, Stamp? stamp = null)
    {
        var media = platform.Media.Keep("voice", sound, "audio/amr");
        return Message("voice", "[语音]", media, stamp, Marks.Text("MediaId", media), Marks.Text("Format", "amr"));
    }

    public Task<Delivery> SendVideo(byte[] video, Stamp? stamp = null)
    {
        var media = platform.Media.Keep("video", video, "video/mp4");
        return Message("video", "[视频]", media, stamp, Marks.Text("MediaId", media), Marks.Text("ThumbMediaId", platform.Media.Keep("image", [0xFF, 0xD8, 0xFF], "image/jpeg")));
    }

    public Task<Delivery> SendLocation(double latitude, double longitude, string label, Stamp? stamp = null) => Message(
        "location",
        "[位置] " + label,
        null,
        stamp,
        new XElement("Location_X", latitude.ToString(CultureInfo.InvariantCulture)),
        new XElement("Location_Y", longitude.ToString(CultureInfo.InvariantCulture)),
        new XElement("Scale", "16"),
        Marks.Text("Label", label),
        Marks.Text("AppType", "wxwork"));

    public Task<Delivery> SendLink(string title, string description, string url, Stamp? stamp = null) =>
        Message("link", "[链接] " + title, null, stamp, Marks.Text("Title", title), Marks.Text("Description", description), Marks.Text("Url", url), Marks.Text("PicUrl", ""));

    /// <summary>Opens the app's chat; the platform tells the app each time.</summary>
    public Task<Delivery> Open() => Event("enter_agent", Marks.Text("EventKey", ""));

    /// <summary>Where the client reports its place on opening the app, when the console asks for that.</summary>
    public Task<Delivery> ReportPlace(double latitude, double longitude) => Event(
        "LOCATION",
        new XElement("Latitude", latitude.ToString(CultureInfo.InvariantCulture)),
        new XElement("Longitude", longitude.ToString(CultureInfo.InvariantCulture)),
        new XElement("Precision", "65"),
        Marks.Text("AppType", "wxwork"));

    /// <summary>Taps an entry of the app's menu, by its words.</summary>
    public Task<Delivery> TapMenu(string name)
    {
        var entry = Menu.SelectMany(top => top.Entries.Count > 0 ? top.Entries : [top]).FirstOrDefault(one => one.Name == name)
            ?? throw new InvalidOperationException($"The menu has no entry “{name}”.");
        return Event(entry.Type, Marks.Text("EventKey", entry.Key ?? entry.Url ?? ""));
    }

    /// <summary>Taps a button of the newest card that still offers it.</summary>
    public Task<Delivery> Tap(string button)
    {
        var card = Cards.LastOrDefault(card => card.Usable && card.Buttons.Any(one => one.Text == button && one.Key is not null))
            ?? throw new InvalidOperationException($"No card of {Name} offers “{button}”.");
        return Tap(card, button);
    }

    /// <summary>
    /// Taps a button of a card. With <paramref name="chosen"/> the drop-down of the card has that answer. <paramref name="unaware"/> is for a tap on a card whose
    /// update has not reached this client yet: its buttons still stand there.
    /// </summary>
    public Task<Delivery> Tap(ShownCard card, string button, string? chosen = null, bool unaware = false)
    {
        var tapped = CardBefore(card, unaware).Buttons.FirstOrDefault(one => one.Text == button) ?? throw new InvalidOperationException($"The card has no button “{button}”.");
        var key = tapped.Key ?? throw new InvalidOperationException($"“{button}” opens a page and tells the app nothing.");
        (string, string)[] selections = chosen is null ? [] : [(card.Questions[0].Key, chosen)];
        return CardEvent("template_card_event", card, key, Selected(card, selections), unaware);
    }

    /// <summary>A tap on one's own card that names another card, as no client would send it: of somebody else, or one that never was.</summary>
    public Task<Delivery> TapNaming(ShownCard card, string taskId, string key)
    {
        string code;
        lock (platform.Gate)
            code = platform.Messages.CodeOfTap(this, Chat.First(entry => entry.Card == card));
        return Event("template_card_event", Marks.Text("EventKey", key), Marks.Text("TaskId", taskId), Marks.Text("CardType", card.Type), Marks.Text("ResponseCode", code));
    }

    /// <summary>Chooses in each list, by its title or key, an answer by its words or id, and sends the card.</summary>
    public Task<Delivery> Submit(ShownCard card, params (string Question, string Answer)[] selections)
    {
        var key = card.Submit?.Key ?? throw new InvalidOperationException("The card has nothing to submit.");
        return CardEvent("template_card_event", card, key, Selected(card, selections), unaware: false);
    }

    /// <summary>Taps an entry of a card's own little menu.</summary>
    public Task<Delivery> TapAction(ShownCard card, string action)
    {
        var key = card.MenuActions.FirstOrDefault(one => one.Text == action)?.Key ?? throw new InvalidOperationException($"The card's menu has no “{action}”.");
        return CardEvent("template_card_menu_event", card, key, [], unaware: true);
    }

    /// <summary>An event of any name from this member, as the platform might bring out tomorrow, or one that no client would send.</summary>
    public Task<Delivery> Event(string name, params XElement[] parts)
    {
        MustSeeApp();
        return platform.Callback.Push(platform.Xml(PushedAs, "event", platform.Time.GetUtcNow(), [Marks.Text("Event", name), .. parts, platform.AgentPart]), this);
    }

    /// <summary>A code for signing in on a page of the app: once, five minutes.</summary>
    public string SignInCode() => platform.Contacts.CodeFor(this);

    /// <summary>Joins the company, for somebody who was put there without a word to the app.</summary>
    public async Task Arrive()
    {
        await platform.ContactChanged("create_user", this, Marks.Text("Department", string.Join(',', Departments)));
        if (SeesApp)
            await Told("subscribe");
    }

    /// <summary>Leaves the company. Without <paramref name="told"/> the pushes are lost, and only a look at the contacts shows it.</summary>
    public async Task Leave(bool told = true)
    {
        var saw = SeesApp;
        Standing = Standing.Left;
        if (!told)
            return;
        await platform.ContactChanged("delete_user", this);
        if (saw)
            await Told("unsubscribe");
    }

    /// <summary>The administrator blocks the account.</summary>
    public async Task Disable(bool told = true)
    {
        var saw = SeesApp;
        Standing = Standing.Disabled;
        if (!told)
            return;
        await platform.ContactChanged("update_user", this);
        if (saw)
            await Told("unsubscribe");
    }

    public async Task Enable(bool told = true)
    {
        Standing = Standing.Active;
        if (!told)
            return;
        await platform.ContactChanged("update_user", this);
        if (SeesApp)
            await Told("subscribe");
    }

    /// <summary>The administrator takes the member out of the app's visible range.</summary>
    public async Task LoseSight(bool told = true)
    {
        InRange = false;
        if (told)
            await Told("unsubscribe");
    }

    public async Task GainSight(bool told = true)
    {
        InRange = true;
        if (told)
            await Told("subscribe");
    }

    /// <summary>The one change of userid that the platform allows.</summary>
    public async Task Rename(string userId, bool told = true)
    {
        var old = UserId;
        platform.Renamed(this, userId);
        (UserId, PushedAs) = (userId, userId);
        if (told)
            await platform.ContactChanged("update_user", old, [Marks.Text("NewUserID", userId)]);
    }

    public async Task MoveTo(params IReadOnlyList<int> departments)
    {
        Departments = [.. departments];
        await platform.ContactChanged("update_user", this, Marks.Text("Department", string.Join(',', departments)));
    }

    internal ChatEntry Show(Func<long, ChatEntry> make)
    {
        lock (platform.Gate)
        {
            var entry = make(++shown);
            screen.Add(entry);
            platform.Changed(UserId);
            return entry;
        }
    }

    internal void Touched(ChatEntry entry)
    {
        screen.Touched(entry);
        platform.Changed(UserId);
    }

    private Task<Delivery> Told(string name) =>
        platform.Callback.Push(platform.Xml(PushedAs, "event", platform.Time.GetUtcNow(), [Marks.Text("Event", name), Marks.Text("EventKey", ""), platform.AgentPart]), this);

    private Task<Delivery> Message(string type, string shownText, string? mediaId, Stamp? stamp, params XElement[] parts)
    {
        MustSeeApp();
        var at = stamp?.At ?? platform.Time.GetUtcNow();
        Show(number => new ChatEntry(number, at, EntryKind.Own, type, shownText) { MediaId = mediaId });
        return platform.Callback.Push(platform.Xml(PushedAs, type, at, [.. parts, new XElement("MsgId", stamp?.MsgId ?? platform.NextNumber()), platform.AgentPart]), this);
    }

    private static ShownCard CardBefore(ShownCard card, bool unaware) =>
        unaware || card.Usable ? card : throw new InvalidOperationException($"“{card.Title}” has nothing to tap any more: {card.GreyText}");

    private Task<Delivery> CardEvent(string name, ShownCard card, string key, IReadOnlyList<(string Question, string[] Options)> selections, bool unaware)
    {
        CardBefore(card, unaware);
        var entry = Chat.First(entry => entry.Card == card);
        XElement[] selected = selections.Count == 0 ? [] :
        [
            new("SelectedItems", selections.Select(one => new XElement(
                "SelectedItem",
                Marks.Text("QuestionKey", one.Question),
                new XElement("OptionIds", one.Options.Select(option => Marks.Text("OptionId", option)))))),
        ];
        string code;
        lock (platform.Gate)
        {
            code = platform.Messages.CodeOfTap(this, entry);
            foreach (var (question, options) in selections)
                card.Choose(question, options);
        }

        return Event(
            name,
            [Marks.Text("EventKey", key), Marks.Text("TaskId", card.TaskId), Marks.Text("CardType", card.Type), Marks.Text("ResponseCode", code), .. selected]);
    }

    private static List<(string, string[])> Selected(ShownCard card, IReadOnlyList<(string Question, string Answer)> selections)
    {
        var selected = new List<(string, string[])>();
        foreach (var question in card.Questions)
        {
            var answers = selections.Where(one => one.Question == question.Key || one.Question == question.Title).Select(one => Option(question, one.Answer).Id).ToArray();
            if (question.Disabled && answers.Length > 0)
                throw new InvalidOperationException($"“{question.Title}” cannot be changed.");
            if (answers.Length == 0)
                answers = [.. question.Chosen.Count > 0 || question.Many ? question.Chosen : question.Options.Take(1).Select(option => option.Id)];
            selected.Add((question.Key, answers));
        }

        if (selections.FirstOrDefault(one => card.Questions.All(question => question.Key != one.Question && question.Title != one.Question)) is { Question: { } unknown })
            throw new InvalidOperationException($"The card does not ask “{unknown}”.");
        return selected;
    }

    private static CardOption Option(CardQuestion question, string answer) =>
        question.Options.FirstOrDefault(option => option.Id == answer || option.Text == answer) ?? throw new InvalidOperationException($"“{question.Title}” has no answer “{answer}”.");

    private void MustSeeApp()
    {
        if (!SeesApp)
            throw new InvalidOperationException($"{Name} does not see the app and cannot reach it.");
    }
}
