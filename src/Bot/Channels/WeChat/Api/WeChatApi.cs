using System.Globalization;
using System.Text.Json;
using Bot.Channels.Calls;

namespace Bot.Channels.WeChat.Api;

/// <summary>
/// The calls that the service makes to the official account's platform. Each throws <see cref="PlatformRefusedException"/> when the platform says no and
/// <see cref="PlatformUnreachableException"/> when it says nothing. Waits for the network and for the shared token: never inside a piece of work of
/// <see cref="Storage.Transactions"/>.
/// </summary>
public sealed class WeChatApi : IDisposable
{
    /// <summary>The name of the platform in alarms and figures.</summary>
    public const string Platform = "wechat";

    /// <summary>A customer-service text, in bytes of UTF-8 (customer-service messages).</summary>
    public const int LongestText = 2048;

    /// <summary>A scene, in characters, and its life (QR code with scene).</summary>
    public const int LongestScene = 64;
    public static readonly TimeSpan LongestQrCode = TimeSpan.FromDays(30);

    /// <summary>What is sent may be 2 MB by the stricter of two sayings; what people send us may have 10 MB (media).</summary>
    public const int LargestUpload = 2 * 1024 * 1024;

    /// <summary>For so long a media id is good for (media).</summary>
    public static readonly TimeSpan MediaKept = TimeSpan.FromDays(3);

    private const string CustomSend = "/cgi-bin/message/custom/send";

    private readonly PlatformLine line;
    private readonly WeChatAccount account;

    internal WeChatApi(PlatformLine line, WeChatAccount account) => (this.line, this.account) = (line, account);

    /// <summary>Whether customer-service messages can be sent at present, as far as the platform has said.</summary>
    public bool TakesTexts => !line.Brakes.Hold(CustomSend);

    /// <summary>A customer-service text. Done twice it arrives twice: not sent again by itself once it may have gone out.</summary>
    public Task SendText(string openid, string text, CancellationToken cancellationToken) =>
        line.Post(CustomSend, new { touser = openid, msgtype = "text", text = new { content = text } }, CallEffect.Once, cancellationToken);

    public Task SendImage(string openid, string mediaId, CancellationToken cancellationToken) =>
        line.Post(CustomSend, new { touser = openid, msgtype = "image", image = new { media_id = mediaId } }, CallEffect.Once, cancellationToken);

    /// <summary>A text with words to tap; a tap comes as a text message that names the item's id.</summary>
    public Task SendMenu(string openid, string head, IReadOnlyList<MenuItem> items, string tail, CancellationToken cancellationToken)
    {
        var menu = new { head_content = head, list = items.Select(item => new { id = item.Id, content = item.Words }), tail_content = tail };
        return line.Post(CustomSend, new { touser = openid, msgtype = "msgmenu", msgmenu = menu }, CallEffect.Once, cancellationToken);
    }

    /// <summary>
    /// A template message; its delivery is told later under the number given back. The platform sends one <paramref name="clientMsgId"/> once to one
    /// person within ten minutes, so it is tried again by itself (template messages).
    /// </summary>
    public async Task<long> SendTemplate(
        string openid, string templateId, string? url, IReadOnlyDictionary<string, string> data, string clientMsgId, CancellationToken cancellationToken)
    {
        var message = new Dictionary<string, object>
        {
            ["touser"] = openid,
            ["template_id"] = templateId,
            ["data"] = Values(data),
            ["client_msg_id"] = clientMsgId,
        };
        if (url is not null)
            message["url"] = url;
        var answer = await line.Post("/cgi-bin/message/template/send", message, CallEffect.Same, cancellationToken);
        return answer.Number("msgid") ?? 0;
    }

    /// <summary>A subscription notice: each uses up one acceptance of this person for this template (subscription notices).</summary>
    public Task SendSubscription(string openid, string templateId, string? page, IReadOnlyDictionary<string, string> data, CancellationToken cancellationToken)
    {
        var message = new Dictionary<string, object> { ["touser"] = openid, ["template_id"] = templateId, ["data"] = Values(data) };
        if (page is not null)
            message["page"] = page;
        return line.Post("/cgi-bin/message/subscribe/bizsend", message, CallEffect.Once, cancellationToken);
    }

    /// <summary>Publishes the menu that everybody sees.</summary>
    public Task CreateMenu(string json, CancellationToken cancellationToken) =>
        line.PostJson("/cgi-bin/menu/create", "", RawJson.Rewrite(json), CallEffect.Same, cancellationToken);

    /// <summary>Publishes a menu for those whom its <c>matchrule</c> fits; there has to be one for everybody first. Gives its id.</summary>
    public async Task<string> AddConditionalMenu(string json, CancellationToken cancellationToken)
    {
        var answer = await line.PostJson("/cgi-bin/menu/addconditional", "", RawJson.Rewrite(json), CallEffect.Once, cancellationToken);
        return answer.Text("menuid") ?? answer.Number("menuid")?.ToString(CultureInfo.InvariantCulture) ?? "";
    }

    public Task DeleteConditionalMenu(string menuId, CancellationToken cancellationToken) =>
        line.Post("/cgi-bin/menu/delconditional", new { menuid = menuId }, CallEffect.Same, cancellationToken);

    /// <summary>Takes away all menus, the conditional ones too.</summary>
    public Task DeleteMenu(CancellationToken cancellationToken) => line.Get("/cgi-bin/menu/delete", "", cancellationToken);

    /// <summary>The menus as the platform has them, as JSON; refused with 46003 when there is none.</summary>
    public async Task<string> GetMenu(CancellationToken cancellationToken) => (await line.Get("/cgi-bin/menu/get", "", cancellationToken)).Json.GetRawText();

    /// <summary>The id of the tag of that name, which is made when there is none.</summary>
    public async Task<long> Tag(string name, CancellationToken cancellationToken)
    {
        var tags = await line.Get("/cgi-bin/tags/get", "", cancellationToken);
        if (tags.Json.TryGetProperty("tags", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var tag in list.EnumerateArray())
            {
                if (tag.TryGetProperty("name", out var found) && found.GetString() == name && PlatformAnswer.NumberOf(tag, "id") is { } id)
                    return id;
            }
        }

        var made = await line.Post("/cgi-bin/tags/create", new { tag = new { name } }, CallEffect.Once, cancellationToken);
        return PlatformAnswer.NumberOf(made.Json.GetProperty("tag"), "id") ?? 0;
    }

    /// <summary>Who has several tags sees the menu of the one put on last.</summary>
    public Task TagUser(string openid, long tag, CancellationToken cancellationToken) =>
        line.Post("/cgi-bin/tags/members/batchtagging", new { openid_list = new[] { openid }, tagid = tag }, CallEffect.Same, cancellationToken);

    public Task UntagUser(string openid, long tag, CancellationToken cancellationToken) =>
        line.Post("/cgi-bin/tags/members/batchuntagging", new { openid_list = new[] { openid }, tagid = tag }, CallEffect.Same, cancellationToken);

    /// <summary>A code to scan that carries a scene; the numeric kind overflows and is not used (QR code with scene).</summary>
    public async Task<QrCode> CreateQrCode(string scene, TimeSpan lives, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scene.Length is > 0 and <= LongestScene, true, nameof(scene));
        var seconds = (int)Math.Clamp(lives.TotalSeconds, 1, LongestQrCode.TotalSeconds);
        var answer = await line.Post(
            "/cgi-bin/qrcode/create",
            new { expire_seconds = seconds, action_name = "QR_STR_SCENE", action_info = new { scene = new { scene_str = scene } } },
            CallEffect.Same,
            cancellationToken);
        var ticket = answer.Text("ticket") ?? "";
        var picture = new Uri($"{PictureHost.AbsoluteUri.TrimEnd('/')}/cgi-bin/showqrcode?ticket={Uri.EscapeDataString(ticket)}");
        return new QrCode(ticket, answer.Text("url") ?? "", picture, TimeSpan.FromSeconds(answer.Number("expire_seconds") ?? seconds));
    }

    /// <summary>A file that somebody sent, within three days; its size and kind are not checked yet. Refused with 40007 when it is gone.</summary>
    public Task<PlatformMedia> DownloadMedia(string mediaId, CancellationToken cancellationToken) =>
        line.DownloadMedia("/cgi-bin/media/get", mediaId, cancellationToken);

    /// <summary>Uploads an image for three days and gives its media id. <paramref name="fileName"/> is ASCII.</summary>
    public async Task<string> UploadMedia(byte[] image, string fileName, string contentType, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(image.Length, LargestUpload);
        var answer = await line.Upload("/cgi-bin/media/upload", "type=image", () => MediaForm.Of(image, fileName, contentType), cancellationToken);
        return answer.Text("media_id") ?? "";
    }

    public void Dispose() => line.Dispose();

    /// <summary>Where the platform's pushes come from: a sign, not a gate (callback source addresses). Entries may be ranges.</summary>
    public async Task<IReadOnlyList<string>> GetCallbackIps(CancellationToken cancellationToken)
    {
        var answer = await line.Get("/cgi-bin/getcallbackip", "", cancellationToken);
        return !answer.Json.TryGetProperty("ip_list", out var list) ? []
            : list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(entry => entry.GetString() ?? "")]
            : (list.GetString() ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>What is left of the day's calls of an API, whose path begins with a slash.</summary>
    public async Task<ApiQuota> GetQuota(string path, CancellationToken cancellationToken)
    {
        var answer = await line.Post("/cgi-bin/openapi/quota/get", new { cgi_path = path }, CallEffect.None, cancellationToken);
        var quota = answer.Json.TryGetProperty("quota", out var found) ? found : answer.Json;
        return new ApiQuota(PlatformAnswer.NumberOf(quota, "daily_limit") ?? 0, PlatformAnswer.NumberOf(quota, "used") ?? 0, PlatformAnswer.NumberOf(quota, "remain") ?? 0);
    }

    /// <summary>Sets all counts of the day back to 0. Ten times a month, so only ever when a person asks for it (quotas).</summary>
    public async Task ClearQuota(CancellationToken cancellationToken)
    {
        await line.Post("/cgi-bin/clear_quota", new { appid = account.AppId }, CallEffect.Once, cancellationToken);
        line.Brakes.Release(WeChatErrors.QuotaOfTheDay);
    }

    /// <summary>Pictures of codes come from another host than the calls, unless everything comes from one of the operator's choice.</summary>
    private Uri PictureHost => account.ApiBase == new Uri(WeChatAccount.DefaultApiBase) ? new Uri("https://mp.weixin.qq.com") : account.ApiBase;

    private static Dictionary<string, Dictionary<string, string>> Values(IReadOnlyDictionary<string, string> data) =>
        data.ToDictionary(field => field.Key, field => new Dictionary<string, string> { ["value"] = field.Value });
}

/// <summary>An item of a menu message: tapped, it says <see cref="Words"/> and names <see cref="Id"/>.</summary>
public sealed record MenuItem(string Id, string Words);

/// <summary>A code to scan: <see cref="Url"/> is what it says, for drawing it oneself; <see cref="Picture"/> is where it can be seen.</summary>
public sealed record QrCode(string Ticket, string Url, Uri Picture, TimeSpan Lives);

/// <summary>What an API may be called on one day, and what is left.</summary>
public sealed record ApiQuota(long DailyLimit, long Used, long Left);
