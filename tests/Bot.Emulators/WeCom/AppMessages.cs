using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>Messages of the app, its cards, their updates and their recall (rules 12 to 15).</summary>
public sealed class AppMessages
{
    private const int TextBytes = 2048;
    private const int TitleBytes = 128;
    private const int DescriptionBytes = 512;
    private const int MostMembers = 1000;
    private const int MostParties = 100;
    private const int LongestDuplicateCheck = 4 * 3600;
    private const int DuplicateCheckWhenUnsaid = 1800;
    private static readonly TimeSpan CodeLife = TimeSpan.FromHours(72);
    private static readonly TimeSpan RecallLife = TimeSpan.FromHours(24);

    private readonly WeComPlatform platform;
    private readonly Dictionary<string, SentMessage> sent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResponseCode> codes = new(StringComparer.Ordinal);
    private readonly HashSet<string> tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset At, JsonObject Answer)> duplicates = new(StringComparer.Ordinal);

    internal AppMessages(WeComPlatform platform)
    {
        this.platform = platform;
        Cards = new(platform.Strict, platform.Book);
    }

    internal CardCheck Cards { get; }

    internal JsonObject Send(ApiRequest request)
    {
        var json = request.Json();
        CheckAgent(request, json);
        var (members, answer) = Recipients(json);
        var body = Encoding.UTF8.GetString(request.Body);
        if (Duplicate(json, body) is { } before)
        {
            foreach (var member in members)
                platform.Discard(member, "duplicate", body);
            return before;
        }

        var make = Read(json);
        if (members.Count == 0)
            throw new RefusedException(81013, "user & party & tag all invalid");
        var card = json["template_card"] as JsonObject;
        if (card.TextOrNone("task_id") is { } task)
            tasks.Add(task);
        platform.Frequency.CountForDay(members.Count);
        var message = new SentMessage(platform.Time.GetUtcNow(), Id(64));
        sent[message.MsgId] = message;
        foreach (var member in members)
        {
            if (platform.Frequency.Refuses(member) is { } why)
            {
                platform.Book.Broken(13, $"a message to {member.UserId} was never shown: {why}");
                platform.Discard(member, why, body);
                continue;
            }

            message.Shown[member] = member.Show(number => make(number, message.MsgId));
        }

        answer["msgid"] = message.MsgId;
        if (card.TextOrNone("card_type") is "button_interaction" or "vote_interaction" or "multiple_interaction")
            answer["response_code"] = NewCode(message, null);
        if (Checks(json))
            duplicates[body] = (platform.Time.GetUtcNow(), (JsonObject)answer.DeepClone());
        return answer;
    }

    internal JsonObject Update(ApiRequest request)
    {
        var json = request.Json();
        CheckAgent(request, json);
        var code = codes.GetValueOrDefault(json.Text("response_code"));
        if (code is null || code.Spent || platform.Time.GetUtcNow() - code.At > CodeLife)
            throw new RefusedException(40058, $"invalid Request Parameter: response_code {(code is null ? "unknown" : code.Spent ? "used" : "expired")}");
        var replacement = json["template_card"] as JsonObject;
        var words = json["button"].TextOrNone("replace_name");
        if ((replacement is null) == (words is null))
            throw new RefusedException(40058, "invalid Request Parameter: either button or template_card", rule: 15);
        if (replacement is not null)
            Cards.Check(replacement, replaces: true);
        var named = json["userids"] is JsonArray ids ? ids.Select(id => (string?)id ?? "").ToArray() : [];
        if (named.Length > MostMembers)
            throw new RefusedException(40032, "invalid userid list size", rule: 12);
        var all = json["atall"]?.ToString() == "1";
        if (!all && named.Length == 0 && json["partyids"] is null && json["tagids"] is null)
            throw new RefusedException(82001, "userids & partyids & tagids all empty", rule: 12);
        code.Spent = true;
        var invalid = new JsonArray();
        if (all)
            named = [.. code.Message.Shown.Keys.Select(member => member.UserId)];
        foreach (var id in named)
        {
            if (platform.Find(id) is { } member && code.Message.Shown.TryGetValue(member, out var entry) && Covers(code, member))
                Change(member, entry, card => Apply(card, replacement, words));
            else
                invalid.Add(id.ToLowerInvariant());
        }

        return invalid.Count > 0 ? new JsonObject { ["invaliduser"] = invalid } : [];
    }

    internal JsonObject Recall(ApiRequest request)
    {
        if (!sent.TryGetValue(request.Json().Text("msgid"), out var message))
            throw new RefusedException(40058, "invalid Request Parameter: msgid");
        if (platform.Time.GetUtcNow() - message.At > RecallLife)
            throw new RefusedException(40058, "invalid Request Parameter: msgid older than 24 hours", rule: 15);
        foreach (var (member, entry) in message.Shown)
        {
            entry.Recalled = true;
            if (entry.Card is { } card)
                card.Recall();
            member.Touched(entry);
        }

        return [];
    }

    /// <summary>The code that a tap carries, for one change of that member's card.</summary>
    internal string CodeOfTap(WeComMember member, ChatEntry entry) => NewCode(sent[entry.MsgId!], member);

    /// <summary>A passive update: it uses the tap's code up.</summary>
    internal void Spend(WeComMember member, string? value, Action<ShownCard> change)
    {
        if (value is null || !codes.TryGetValue(value, out var code) || code.Spent || !code.Message.Shown.TryGetValue(member, out var entry))
        {
            platform.Book.Broken(15, "a card was updated passively and by its response_code");
            return;
        }

        code.Spent = true;
        Change(member, entry, change);
    }

    /// <summary>Cuts as the platform does: at a byte, through the middle of a character.</summary>
    internal string Cut(string text, string what, int bytes = TextBytes)
    {
        if (!platform.Strict.TextLength || Encoding.UTF8.GetByteCount(text) <= bytes)
            return text;
        platform.Book.Broken(14, $"{what} is longer than {bytes} bytes and is shown cut");
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text).AsSpan(0, bytes));
    }

    private static string Id(int length) => RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", length);

    private bool Covers(ResponseCode code, WeComMember member) => !platform.Strict.OwnCodesOnly || code.Of is null || code.Of == member;

    private void Apply(ShownCard card, JsonObject? replacement, string? words)
    {
        if (replacement is not null)
            card.Replace(replacement);
        else if (card.Type == "vote_interaction")
            platform.Book.Broken(15, "button.replace_name leaves a vote card as it was");
        else
            card.ReplaceButtons(words!);
    }

    private static void Change(WeComMember member, ChatEntry entry, Action<ShownCard> change)
    {
        if (entry.Recalled || entry.Card is not { } card)
            return;
        change(card);
        member.Touched(entry);
    }

    private string NewCode(SentMessage message, WeComMember? of)
    {
        var value = Id(72);
        codes[value] = new(message, of, platform.Time.GetUtcNow());
        return value;
    }

    private static void CheckAgent(ApiRequest request, JsonObject json)
    {
        if (json["agentid"] is not JsonValue agent || !int.TryParse(agent.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            throw new RefusedException(41011, "missing agentid", rule: 12);
        if (id != request.AgentId)
            throw new RefusedException(301002, "not allow operate another agent with this accesstoken");
    }

    private (List<WeComMember> Members, JsonObject Answer) Recipients(JsonObject json)
    {
        var users = Split(json, "touser");
        var parties = Split(json, "toparty");
        var tags = Split(json, "totag");
        if (users.Length + parties.Length + tags.Length == 0)
            throw new RefusedException(82001, "touser & toparty & totag all empty", rule: 12);
        if (users.Length > MostMembers)
            throw new RefusedException(40032, "invalid userid list size", rule: 12);
        if (parties.Length > MostParties || tags.Length > MostParties)
            throw new RefusedException(82003, "invalid party or tag list size", rule: 12);
        var members = new List<WeComMember>();
        List<string> badUsers = [], badParties = [];
        if (users is ["@all"])
        {
            members.AddRange(platform.Members.Where(member => member.SeesApp));
        }
        else
        {
            foreach (var id in users)
            {
                if (platform.Find(id) is { SeesApp: true } member)
                    members.Add(member);
                else
                    badUsers.Add(id.ToLowerInvariant());
            }
        }

        foreach (var id in parties)
        {
            if (platform.Departments.FirstOrDefault(one => one.Id.ToString(CultureInfo.InvariantCulture) == id) is { } department)
                members.AddRange(platform.Members.Where(member => member.SeesApp && member.Departments.Contains(department.Id)));
            else
                badParties.Add(id);
        }

        var answer = new JsonObject { ["invaliduser"] = string.Join('|', badUsers.Distinct()), ["invalidparty"] = string.Join('|', badParties), ["invalidtag"] = string.Join('|', tags), ["unlicenseduser"] = "" };
        return ([.. members.Distinct()], answer);
    }

    private static string[] Split(JsonObject json, string name) => json.TextOrNone(name)?.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private Func<long, string, ChatEntry> Read(JsonObject json)
    {
        var type = json.Text("msgtype");
        var now = platform.Time.GetUtcNow();
        Func<long, string, ChatEntry> Entry(string text, string? mediaId = null, string? url = null) =>
            (number, msgId) => new ChatEntry(number, now, EntryKind.Sent, type, text) { MediaId = mediaId, Url = url, MsgId = msgId };
        switch (type)
        {
            case "text":
            case "markdown":
                var content = json.Object(type).TextOrNone("content");
                if (string.IsNullOrWhiteSpace(content))
                    throw new RefusedException(44004, "empty content", rule: 14);
                return Entry(Cut(content, $"a {type}"));
            case "image" or "voice" or "file" or "video":
                var id = json.Object(type).Text("media_id");
                platform.Media.Need(id);
                return Entry(type switch { "image" => "[图片]", "voice" => "[语音]", "video" => "[视频]", _ => "[文件]" }, id);
            case "textcard":
                return Article(json.Object("textcard"), Entry);
            case "news":
                var articles = json.Object("news").Array("articles");
                if (articles.Count is < 1 or > 8)
                    throw new RefusedException(45008, "article limit", rule: 14);
                return Article(articles[0], Entry);
            case "template_card":
                var card = json.Object("template_card");
                Cards.Check(card, replaces: false);
                if (platform.Strict.Cards && card.TextOrNone("task_id") is { } task && tasks.Contains(task))
                    throw new RefusedException(40058, $"invalid Request Parameter: task_id {task} is not unique", rule: 15);
                return (number, msgId) => new ChatEntry(number, now, EntryKind.Sent, type, card["main_title"].TextOrNone("title") ?? "") { Card = new(card), MsgId = msgId };
            default:
                throw new RefusedException(40008, "invalid message type", rule: 14);
        }
    }

    private Func<long, string, ChatEntry> Article(JsonNode? article, Func<string, string?, string?, Func<long, string, ChatEntry>> entry)
    {
        var title = article.TextOrNone("title") is { Length: > 0 } words ? words : throw new RefusedException(41016, "missing title", rule: 14);
        var url = article.TextOrNone("url") is { Length: > 0 } address ? address : throw new RefusedException(41010, "missing url", rule: 14);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            throw new RefusedException(40054, "invalid sub button url domain", rule: 14);
        var description = Cut(article.TextOrNone("description") ?? "", "a description", DescriptionBytes);
        return entry($"{Cut(title, "a title", TitleBytes)}\n{description}".TrimEnd(), null, Cut(url, "a url"));
    }

    private static bool Checks(JsonObject json) => json["enable_duplicate_check"]?.ToString() == "1";

    /// <summary>The answer to something that was sent before and is dropped now; none when it is new.</summary>
    private JsonObject? Duplicate(JsonObject json, string body)
    {
        if (!Checks(json))
            return null;
        var seconds = json["duplicate_check_interval"] is JsonValue asked && asked.TryGetValue<int>(out var number) ? number : DuplicateCheckWhenUnsaid;
        if (seconds > LongestDuplicateCheck)
            throw new RefusedException(40058, "invalid Request Parameter: duplicate_check_interval", rule: 12);
        if (!duplicates.TryGetValue(body, out var before) || platform.Time.GetUtcNow() - before.At > TimeSpan.FromSeconds(seconds))
            return null;
        var answer = (JsonObject)before.Answer.DeepClone();
        if (platform.Strict.DuplicatesHaveNoCode)
            answer.Remove("response_code");
        return answer;
    }

    private sealed record SentMessage(DateTimeOffset At, string MsgId)
    {
        public Dictionary<WeComMember, ChatEntry> Shown { get; } = [];
    }

    /// <summary>A code for one change; of a message to all who got it, or of a tap to who tapped.</summary>
    private sealed record ResponseCode(SentMessage Message, WeComMember? Of, DateTimeOffset At)
    {
        public bool Spent { get; set; }
    }
}
