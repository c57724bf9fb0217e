using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Channels.Calls;

namespace Bot.Channels.WeCom.Api;

/// <summary>
/// The calls that the service makes to WeCom. Each throws <see cref="PlatformRefusedException"/> when the platform says no and
/// <see cref="PlatformUnreachableException"/> when it says nothing. Waits for the network and for the shared token: never inside a piece of work of
/// <see cref="Storage.Transactions"/>. Userids are given and told in lower case.
/// </summary>
public sealed class WeComApi : IDisposable
{
    /// <summary>The name of the platform in alarms, figures and addresses.</summary>
    public const string Platform = "wecom";

    /// <summary>A text, in bytes of UTF-8; what is longer the platform cuts without a word (sending).</summary>
    public const int LongestText = 2048;

    /// <summary>How many members one message goes to at most (sending).</summary>
    public const int MostRecipients = 1000;

    /// <summary>For so long a message can be taken back, and a response code updates a card (template cards).</summary>
    public static readonly TimeSpan Recallable = TimeSpan.FromHours(24);
    public static readonly TimeSpan Updatable = TimeSpan.FromHours(72);

    /// <summary>For so long a media id is good for (media).</summary>
    public static readonly TimeSpan MediaKept = TimeSpan.FromDays(3);

    /// <summary>For at most so long the platform drops a message that is the same byte for byte (sending).</summary>
    public static readonly TimeSpan LongestSameness = TimeSpan.FromHours(4);

    internal const string MessageSend = "/cgi-bin/message/send";
    private const int IdsInAPage = 10000;
    private const int MostPages = 100;
    private const string SignInHost = "https://open.weixin.qq.com";

    private readonly PlatformLine line;
    private readonly PlatformLine contacts;
    private readonly WeComAllowance allowance;
    private readonly WeComAccount account;

    internal WeComApi(PlatformLine line, PlatformLine contacts, WeComAllowance allowance, WeComAccount account) =>
        (this.line, this.contacts, this.allowance, this.account) = (line, contacts, allowance, account);

    /// <summary>Whether messages can be sent at present, as far as the platform has said: there is a secret, and nobody has told us to stop.</summary>
    public bool TakesMessages => account.Secret is not null && !line.Brakes.Hold(MessageSend);

    /// <summary>
    /// Sends a message to members: <paramref name="message"/> is <c>msgtype</c> and the object of that name, such as
    /// <c>{"msgtype":"text","text":{"content":"…"}}</c>. With <paramref name="sameWithin"/> the platform drops a message that is the same byte for byte
    /// in that time: it is then tried again by itself, and may be by the caller, when the outcome is unknown. Without it, a message that may have
    /// arrived is not sent again. Some of those named may be unreached though all went well: see <see cref="WeComSent.Unreached"/>.
    /// </summary>
    /// <exception cref="WeComFullException">One of them has got as much as the platform delivers for now; nothing was sent to anybody.</exception>
    public async Task<WeComSent> Send(IReadOnlyList<string> members, JsonObject message, TimeSpan? sameWithin, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(members.Count is > 0 and <= MostRecipients, true, nameof(members));
        var body = new JsonObject { ["touser"] = string.Join('|', members) };
        foreach (var field in message)
            body[field.Key] = field.Value?.DeepClone();
        body["agentid"] = account.AgentId;
        if (sameWithin is { } span)
        {
            body["enable_duplicate_check"] = 1;
            body["duplicate_check_interval"] = (int)Math.Clamp(span.TotalSeconds, 1, LongestSameness.TotalSeconds);
        }

        line.Brakes.Check(MessageSend);
        var answer = await allowance.Within(
            members, token => line.Post(MessageSend, body, sameWithin is null ? CallEffect.Once : CallEffect.Same, token), cancellationToken);
        return new WeComSent(answer.Text("msgid"), answer.Text("response_code"), Names(answer, "invaliduser", "unlicenseduser"));
    }

    /// <summary>
    /// Replaces the buttons of a card by one grey text. A response code comes from sending and with every tap; it is good once and for
    /// <see cref="Updatable"/>. The card changes for <paramref name="members"/> only. Gives those whom it did not reach.
    /// </summary>
    public Task<IReadOnlyList<string>> UpdateCard(string responseCode, IReadOnlyList<string> members, string replaceButtonsBy, CancellationToken cancellationToken) =>
        Update(responseCode, members, new("button", new JsonObject { ["replace_name"] = replaceButtonsBy }), cancellationToken);

    /// <summary>As before, but the whole card: <paramref name="card"/> is the object <c>template_card</c>.</summary>
    public Task<IReadOnlyList<string>> UpdateCard(string responseCode, IReadOnlyList<string> members, JsonObject card, CancellationToken cancellationToken) =>
        Update(responseCode, members, new("template_card", card.DeepClone()), cancellationToken);

    /// <summary>Takes a message back within <see cref="Recallable"/>; what has reached the WeChat plug-in stays there.</summary>
    public Task Recall(string messageId, CancellationToken cancellationToken) =>
        line.Post("/cgi-bin/message/recall", new { msgid = messageId }, CallEffect.Same, cancellationToken);

    /// <summary>
    /// A member, or null when there is none of that name whom the app may see: not in the company, left, or outside of the visible range.
    /// </summary>
    public async Task<WeComUser?> User(string userId, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await line.Get("/cgi-bin/user/get", $"userid={Uri.EscapeDataString(userId)}", cancellationToken);
            return new WeComUser(
                (answer.Text("userid") ?? userId).ToLowerInvariant(),
                answer.Text("name") ?? "",
                Numbers(answer.Json, "department"),
                (WeComStatus)(answer.Number("status") ?? (long)WeComStatus.Active));
        }
        catch (PlatformRefusedException refused) when (refused.Action == PlatformAction.Unreachable)
        {
            return null;
        }
    }

    /// <summary>Whether <see cref="UserIds"/> may be asked: the platform answers it only to the secret of contact synchronisation.</summary>
    public bool ListsEverybody => account.ContactsSecret is not null;

    /// <summary>The userids of all members of the company, whether the app may see them or not. Needs <c>WeCom:ContactsSecret</c>.</summary>
    public async Task<IReadOnlySet<string>> UserIds(CancellationToken cancellationToken)
    {
        var all = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await contacts.Post("/cgi-bin/user/list_id", Page(cursor), CallEffect.None, cancellationToken);
            all.UnionWith(Entries(answer.Json, "dept_user").Select(entry => Text(entry, "userid").ToLowerInvariant()));
            if (answer.Text("next_cursor") is not { Length: > 0 } next)
                return all;
            cursor = next;
        }

        throw new PlatformUnreachableException(contacts.Platform, "/cgi-bin/user/list_id", "成员名单没有尽头", false);
    }

    /// <summary>The departments whom the app may see, all levels.</summary>
    public async Task<IReadOnlyList<WeComDepartment>> Departments(CancellationToken cancellationToken)
    {
        var answer = await line.Get("/cgi-bin/department/simplelist", "", cancellationToken);
        return [.. Entries(answer.Json, "department_id").Select(entry => new WeComDepartment(
            PlatformAnswer.NumberOf(entry, "id") ?? 0, PlatformAnswer.NumberOf(entry, "parentid") ?? 0))];
    }

    /// <summary>The userids of a department's own members, without those of the departments below it.</summary>
    public async Task<IReadOnlyList<string>> Members(long department, CancellationToken cancellationToken)
    {
        var answer = await line.Get("/cgi-bin/user/simplelist", string.Create(CultureInfo.InvariantCulture, $"department_id={department}"), cancellationToken);
        return [.. Entries(answer.Json, "userlist").Select(entry => Text(entry, "userid").ToLowerInvariant())];
    }

    /// <summary>
    /// Who came back from <see cref="SignInPage"/> with this code, which is good once and for five minutes; null when it is nobody of the company.
    /// Refused with <see cref="PlatformDetail.RestartAuthorisation"/> when the code is not good.
    /// </summary>
    public async Task<string?> WhoIs(string code, CancellationToken cancellationToken)
    {
        var answer = await line.Get("/cgi-bin/auth/getuserinfo", $"code={Uri.EscapeDataString(code)}", cancellationToken);
        return (answer.Text("userid") ?? answer.Text("UserId"))?.ToLowerInvariant();
    }

    /// <summary>Where a browser inside WeCom is sent to learn who its owner is; it comes back to <paramref name="back"/> with <c>code</c> and <c>state</c>.</summary>
    public Uri SignInPage(Uri back, string state)
    {
        var host = account.ApiBase == new Uri(WeComAccount.DefaultApiBase) ? SignInHost : account.ApiBase.AbsoluteUri.TrimEnd('/');
        return new Uri(string.Create(
            CultureInfo.InvariantCulture,
            $"{host}/connect/oauth2/authorize?appid={account.CorpId}&redirect_uri={Uri.EscapeDataString(back.AbsoluteUri)}&response_type=code&scope=snsapi_base&state={Uri.EscapeDataString(state)}&agentid={account.AgentId}#wechat_redirect"));
    }

    /// <summary>A file that somebody sent, within three days; its size and kind are not checked yet. Refused with 40007 when it is gone.</summary>
    public Task<PlatformMedia> DownloadMedia(string mediaId, CancellationToken cancellationToken) =>
        line.DownloadMedia("/cgi-bin/media/get", mediaId, cancellationToken);

    /// <summary>Uploads a file for three days and gives its media id. The name, ASCII, is what the reader sees.</summary>
    public async Task<string> UploadMedia(WeComMediaKind kind, byte[] file, string fileName, string contentType, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(file.Length, kind.MoreThanBytes, nameof(file));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(file.Length, kind.MostBytes, nameof(file));
        var answer = await line.Upload("/cgi-bin/media/upload", $"type={kind.Name}", () => MediaForm.Of(file, fileName, contentType), cancellationToken);
        return answer.Text("media_id") ?? "";
    }

    /// <summary>Publishes the app's menu.</summary>
    public Task CreateMenu(string json, CancellationToken cancellationToken) =>
        line.PostJson("/cgi-bin/menu/create", AgentQuery, RawJson.Rewrite(json), CallEffect.Same, cancellationToken);

    /// <summary>The menu as the platform has it, as JSON.</summary>
    public async Task<string> GetMenu(CancellationToken cancellationToken) => (await line.Get("/cgi-bin/menu/get", AgentQuery, cancellationToken)).Json.GetRawText();

    public Task DeleteMenu(CancellationToken cancellationToken) => line.Get("/cgi-bin/menu/delete", AgentQuery, cancellationToken);

    public void Dispose()
    {
        line.Dispose();
        contacts.Dispose();
    }

    private string AgentQuery => string.Create(CultureInfo.InvariantCulture, $"agentid={account.AgentId}");

    private async Task<IReadOnlyList<string>> Update(
        string responseCode, IReadOnlyList<string> members, KeyValuePair<string, JsonNode> what, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(members.Count is > 0 and <= MostRecipients, true, nameof(members));
        var body = new JsonObject
        {
            ["userids"] = new JsonArray([.. members.Select(member => (JsonNode)member)]),
            ["agentid"] = account.AgentId,
            ["response_code"] = responseCode,
            [what.Key] = what.Value,
        };
        try
        {
            return Names(await line.Post("/cgi-bin/message/update_template_card", body, CallEffect.Same, cancellationToken), "invaliduser");
        }
        catch (PlatformRefusedException used) when (used.MayHaveHappenedBefore)
        {
            // The code is used up: by the try that got no answer.
            return [];
        }
    }

    private static object Page(string? cursor) => cursor is null ? new { limit = IdsInAPage } : new { cursor, limit = IdsInAPage };

    /// <summary>Lists of members come joined by bars, or as arrays (template cards, update).</summary>
    private static List<string> Names(PlatformAnswer answer, params ReadOnlySpan<string> fields)
    {
        var names = new List<string>();
        foreach (var field in fields)
        {
            if (!answer.Json.TryGetProperty(field, out var value))
                continue;
            if (value.ValueKind == JsonValueKind.Array)
                names.AddRange(value.EnumerateArray().Select(name => name.ToString().ToLowerInvariant()));
            else if (value.ValueKind == JsonValueKind.String)
                names.AddRange(value.GetString()!.ToLowerInvariant().Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }

        return names;
    }

    private static List<JsonElement> Entries(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static List<long> Numbers(JsonElement json, string name) =>
        [.. Entries(json, name).Where(entry => entry.ValueKind == JsonValueKind.Number).Select(entry => entry.GetInt64())];
}

/// <summary>
/// What became of a message: its id, the code by which an interactive card can be updated once, and those named whom it could not reach though the
/// platform says that all went well. It is not to be sent again because of them (WeCom, error codes).
/// </summary>
public sealed record WeComSent(string? MessageId, string? ResponseCode, IReadOnlyList<string> Unreached);

/// <summary>A member, as far as an app is told; the platform tells a self-built app no phone and no picture.</summary>
public sealed record WeComUser(string UserId, string Name, IReadOnlyList<long> Departments, WeComStatus Status);

public enum WeComStatus
{
    Active = 1,
    Disabled = 2,
    Inactive = 4,
    Left = 5,
}

public sealed record WeComDepartment(long Id, long ParentId);

/// <summary>A kind of file and its limits (media).</summary>
public sealed record WeComMediaKind(string Name, int MoreThanBytes, int MostBytes)
{
    private const int Megabyte = 1024 * 1024;
    private const int NothingBelow = 5;

    public static readonly WeComMediaKind Image = new("image", NothingBelow, 10 * Megabyte);
    public static readonly WeComMediaKind File = new("file", NothingBelow, 20 * Megabyte);
}
