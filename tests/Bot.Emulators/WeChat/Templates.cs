using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>A template of the account's library; its content has lines such as <c>检查单位:{{thing1.DATA}}</c>.</summary>
public sealed partial record Template(string Id, string Title, string Content)
{
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; } = [.. Line().Matches(Content).Select(match => KeyValuePair.Create(match.Groups[2].Value, match.Groups[1].Value))];

    [GeneratedRegex(@"^\s*(.*?)[:：]?\s*\{\{(\w+)\.DATA\}\}", RegexOptions.Multiline)]
    private static partial Regex Line();
}

/// <summary>How the platform reports on a template message.</summary>
public enum Reported
{
    Success,
    UserBlock,
    SystemFailed,
}

/// <summary>Template messages: fields by their prefix, idempotent for ten minutes, reported later (rule 7); and subscription notices (rule 8).</summary>
public sealed class Templates
{
    private static readonly TimeSpan Idempotent = TimeSpan.FromMinutes(10);

    private readonly WeChatPlatform platform;
    private readonly Dictionary<string, Template> known = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), (DateTimeOffset At, long Id)> sent = [];
    private readonly List<Func<Task>> held = [];

    internal Templates(WeChatPlatform platform) => this.platform = platform;

    /// <summary>How many of 1 deliveries end as "failed: system failed".</summary>
    public double SystemFailures { get; set; }

    /// <summary>Reports are kept back until <see cref="ReleaseReports"/>, for late ones and other orders.</summary>
    public bool HoldReports { get; set; }

    public void Add(string id, string title, string content)
    {
        lock (platform.Gate)
            known[id] = new(id, title, content);
    }

    /// <summary>Pushes the reports that were kept back, the last first when asked.</summary>
    public async Task ReleaseReports(bool lastFirst = false)
    {
        Func<Task>[] all;
        lock (platform.Gate)
        {
            all = lastFirst ? [.. Enumerable.Reverse(held)] : [.. held];
            held.Clear();
        }

        foreach (var report in all)
            await report();
    }

    internal JsonObject List(ApiRequest request) => new()
    {
        ["template_list"] = new JsonArray([.. known.Values.Select(template => new JsonObject
        {
            ["template_id"] = template.Id,
            ["title"] = template.Title,
            ["primary_industry"] = "",
            ["deputy_industry"] = "",
            ["content"] = template.Content,
            ["example"] = "",
        })]),
    };

    internal JsonObject Send(ApiRequest request)
    {
        var json = request.Json(literally: platform.Strict.RawUtf8);
        var user = platform.Find(json.Text("touser")) ?? throw new RefusedException(40003, "invalid openid");
        var template = Known(json);
        var fields = Fields(json, template, dropFirstAndRemark: true);
        if (!user.Follows)
            throw new RefusedException(43004, "require subscribe");
        var now = platform.Time.GetUtcNow();
        var clientId = json.TextOrNone("client_msg_id");
        if (clientId is not null && sent.TryGetValue((clientId, user.OpenId), out var before) && now - before.At <= Idempotent)
            return new JsonObject { ["msgid"] = before.Id };
        var id = platform.NextNumber();
        if (clientId is not null)
            sent[(clientId, user.OpenId)] = (now, id);
        var reported = user.Blocks ? Reported.UserBlock : platform.Faults.Happens(SystemFailures) ? Reported.SystemFailed : Reported.Success;
        if (reported == Reported.Success)
            user.Show(BubbleKind.Template, template.Title, card: new(template.Title, fields, json.TextOrNone("url")));
        ReportLater(() => Finished(user, id, reported));
        return new JsonObject { ["msgid"] = id };
    }

    internal JsonObject SendSubscription(ApiRequest request)
    {
        var json = request.Json(literally: platform.Strict.RawUtf8);
        var user = platform.Find(json.Text("touser")) ?? throw new RefusedException(40003, "invalid openid");
        var template = Known(json);
        var fields = Fields(json, template, dropFirstAndRemark: false);
        if (!user.TakeAccepted(template.Id))
            throw new RefusedException(43101, "user refuse to accept the msg");
        user.Show(BubbleKind.Subscription, template.Title, card: new(template.Title, fields, json.TextOrNone("page")));
        var id = platform.NextNumber();
        ReportLater(() => user.Event("subscribe_msg_sent_event", new XElement(
            "SubscribeMsgSentEvent",
            new XElement("List", Marks.Text("TemplateId", template.Id), Marks.Text("MsgID", id.ToString(CultureInfo.InvariantCulture)), Marks.Text("ErrorCode", "0"), Marks.Text("ErrorStatus", "success")))));
        return [];
    }

    private Template Known(JsonObject json) => known.TryGetValue(json.Text("template_id"), out var template) ? template : throw new RefusedException(40037, "invalid template_id");

    private void ReportLater(Func<Task> report)
    {
        if (HoldReports)
            held.Add(report);
        else
            platform.InBackground(report);
    }

    private static Task<Delivery> Finished(WeChatUser user, long id, Reported reported) => user.Event(
        "TEMPLATESENDJOBFINISH",
        new XElement("MsgID", id),
        Marks.Text("Status", reported switch
        {
            Reported.Success => "success",
            Reported.UserBlock => "failed:user block",
            _ => "failed: system failed",
        }));

    private List<KeyValuePair<string, string>> Fields(JsonObject json, Template template, bool dropFirstAndRemark)
    {
        var data = json.Object("data");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in data)
        {
            if (dropFirstAndRemark && key is "first" or "remark")
                platform.Book.Broken(7, $"{key} is dropped by the platform");
            else
                values[key] = value.Text("value");
        }

        if (platform.Strict.TemplateFields)
        {
            foreach (var key in template.Fields.Select(field => field.Key).Except(values.Keys, StringComparer.Ordinal).Concat(values.Keys.Except(template.Fields.Select(field => field.Key), StringComparer.Ordinal)))
                throw new RefusedException(47003, $"argument invalid! data.{key}.value is empty", rule: 7);
            foreach (var (key, value) in values)
            {
                if (!TemplateFields.Takes(key, value))
                    throw new RefusedException(47003, $"argument invalid! data.{key}.value invalid", rule: 7);
            }
        }

        return [.. template.Fields.Select(field => KeyValuePair.Create(field.Value, values.GetValueOrDefault(field.Key, "")))];
    }
}

/// <summary>What a value may be, by the first word of its key.</summary>
public static partial class TemplateFields
{
    public static bool Takes(string key, string value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Any(char.IsControl))
            return false;
        return key.TrimEnd("0123456789".ToCharArray()) switch
        {
            "thing" => value.Length <= 20,
            "short_thing" => value.Length <= 8,
            "number" => value.Length <= 32 && Number().IsMatch(value),
            "letter" => value.Length <= 32 && value.All(char.IsAsciiLetter),
            "symbol" => value.Length <= 5 && !value.Any(char.IsLetterOrDigit),
            "character_string" => value.Length <= 32 && value.All(one => one is > ' ' and <= '~' or ' '),
            "time" => Each(value, one => Time().IsMatch(one)),
            "date" => Each(value, one => Date().IsMatch(one)),
            "amount" => Amount().IsMatch(value),
            "phone_number" => value.Length <= 17 && value.All(one => char.IsAsciiDigit(one) || "+-()*# ".Contains(one, StringComparison.Ordinal)),
            "car_number" => CarNumber().IsMatch(value),
            "name" => value.Length <= (value.Any(Chinese) ? 10 : 20) && !value.Any(char.IsAsciiDigit),
            "phrase" => value.Length <= 5 && value.All(Chinese),
            _ => value.Length <= 20,
        };
    }

    private static bool Each(string value, Func<string, bool> right) => value.Split('~') is { Length: <= 2 } ends && ends.All(end => right(end.Trim()));

    private static bool Chinese(char one) => one is >= '\u4e00' and <= '\u9fff';

    [GeneratedRegex(@"^-?\d+(\.\d+)?$")]
    private static partial Regex Number();

    [GeneratedRegex(@"^((\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/]\d{1,2}[-/]\d{1,2})\s?)?([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$|^(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/]\d{1,2}[-/]\d{1,2})$")]
    private static partial Regex Time();

    [GeneratedRegex(@"^(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/]\d{1,2}[-/]\d{1,2})(\s?([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?$")]
    private static partial Regex Date();

    [GeneratedRegex(@"^[¥￥$€£]?\d{1,10}(\.\d+)?元?$")]
    private static partial Regex Amount();

    [GeneratedRegex(@"^[\u4e00-\u9fffA-Z0-9][A-Z0-9]{1,6}[\u4e00-\u9fffA-Z0-9]$")]
    private static partial Regex CarNumber();
}
