using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>What an app may read of the company's people: those in its visible range. Who left is not there, who is disabled is.</summary>
internal sealed class Contacts(WeComPlatform platform)
{
    private const int LargestPage = 10_000;
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (WeComMember Member, DateTimeOffset At)> codes = new(StringComparer.Ordinal);

    public string CodeFor(WeComMember member)
    {
        var code = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 43);
        lock (platform.Gate)
            codes[code] = (member, platform.Time.GetUtcNow());
        return code;
    }

    public JsonObject SignedIn(ApiRequest request)
    {
        if (!codes.Remove(request.Query("code") ?? "", out var asked) || platform.Time.GetUtcNow() - asked.At > CodeLife)
            throw new RefusedException(40029, "invalid code");
        return new JsonObject { ["userid"] = asked.Member.UserId, ["user_ticket"] = RandomNumberGenerator.GetHexString(64) };
    }

    public JsonObject User(ApiRequest request)
    {
        if (request.AgentId is null)
            throw new RefusedException(48002, "api forbidden");
        var member = platform.Find(request.Query("userid") ?? throw new RefusedException(40003, "invalid userid", rule: 12));
        if (member is null || member.Standing == Standing.Left)
            throw new RefusedException(60111, "userid not found");
        if (!member.InRange)
            throw new RefusedException(60011, "no privilege to access/modify contact/party/agent");
        var json = Brief(member);
        (json["position"], json["status"], json["isleader"], json["main_department"]) = (member.Position, (int)member.Standing, 0, member.Departments[0]);
        return json;
    }

    public JsonObject UserIds(ApiRequest request)
    {
        if (request.AgentId is not null && platform.Strict.ListsNeedContactsSecret)
            throw new RefusedException(48002, "api forbidden");
        var json = request.Json();
        var limit = json["limit"] is JsonValue asked && asked.TryGetValue<int>(out var number) ? number : LargestPage;
        if (limit is < 1 or > LargestPage)
            throw new RefusedException(40058, "invalid Request Parameter: limit", rule: 12);
        var from = int.TryParse(json.TextOrNone("cursor"), NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) ? cursor : 0;
        var all = Readable(request).SelectMany(member => member.Departments.Select(department => new JsonObject { ["userid"] = member.UserId.ToLowerInvariant(), ["department"] = department })).ToArray();
        return new JsonObject
        {
            ["next_cursor"] = from + limit < all.Length ? (from + limit).ToString(CultureInfo.InvariantCulture) : "",
            ["dept_user"] = new JsonArray([.. all.Skip(from).Take(limit)]),
        };
    }

    public JsonObject UsersOf(ApiRequest request)
    {
        if (!int.TryParse(request.Query("department_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || platform.Departments.All(one => one.Id != id))
            throw new RefusedException(60003, "department not found");
        return new JsonObject { ["userlist"] = new JsonArray([.. Readable(request).Where(member => member.Departments.Contains(id)).Select(Brief)]) };
    }

    public JsonObject Departments(ApiRequest request) => new()
    {
        ["department"] = new JsonArray([.. Below(request).Select(one => new JsonObject { ["id"] = one.Id, ["name"] = one.Name, ["parentid"] = one.ParentId, ["order"] = 100_000_000 - one.Id, ["department_leader"] = new JsonArray() })]),
    };

    public JsonObject DepartmentIds(ApiRequest request) => new()
    {
        ["department_id"] = new JsonArray([.. Below(request).Select(one => new JsonObject { ["id"] = one.Id, ["parentid"] = one.ParentId, ["order"] = 100_000_000 - one.Id })]),
    };

    private IEnumerable<WeComMember> Readable(ApiRequest request) => platform.Members.Where(member => member.Standing != Standing.Left && (request.AgentId is null || member.InRange));

    private IEnumerable<Department> Below(ApiRequest request)
    {
        var all = platform.Departments;
        if (!int.TryParse(request.Query("id"), NumberStyles.None, CultureInfo.InvariantCulture, out var top))
            return all;
        var ids = new HashSet<int> { top };
        while (all.FirstOrDefault(one => ids.Contains(one.ParentId) && !ids.Contains(one.Id)) is { } child)
            ids.Add(child.Id);
        return all.Where(one => ids.Contains(one.Id));
    }

    private static JsonObject Brief(WeComMember member) => new()
    {
        ["userid"] = member.UserId.ToLowerInvariant(),
        ["name"] = member.Name,
        ["department"] = new JsonArray([.. member.Departments.Select(id => JsonValue.Create(id))]),
    };
}
