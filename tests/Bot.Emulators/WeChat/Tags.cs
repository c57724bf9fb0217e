using System.Text.Json.Nodes;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>Tags of followers, which decide who sees which menu.</summary>
public sealed class Tags
{
    private const int FirstOwn = 100;

    private readonly WeChatPlatform platform;
    private readonly Dictionary<int, string> names = [];

    internal Tags(WeChatPlatform platform) => this.platform = platform;

    internal bool Has(int id) => names.ContainsKey(id);

    internal JsonObject Create(ApiRequest request)
    {
        var name = request.Json().Object("tag").Text("name");
        if (name.Length is 0 or > 30)
            throw new RefusedException(45158, "tag name is too long");
        if (names.ContainsValue(name))
            throw new RefusedException(45157, "invalid tag name, duplicated");
        if (names.Count >= 100)
            throw new RefusedException(45056, "too many tags");
        var id = FirstOwn + names.Count;
        names[id] = name;
        return new JsonObject { ["tag"] = new JsonObject { ["id"] = id, ["name"] = name } };
    }

    internal JsonObject Get(ApiRequest request) => new()
    {
        ["tags"] = new JsonArray([.. names.Select(tag => new JsonObject
        {
            ["id"] = tag.Key,
            ["name"] = tag.Value,
            ["count"] = platform.UsersGuarded.Count(user => user.TagsGuarded.Contains(tag.Key)),
        })]),
    };

    internal JsonObject PutOn(ApiRequest request) => Each(request, (user, tag) =>
    {
        if (!user.TagsGuarded.Contains(tag) && user.TagsGuarded.Count >= 20)
            throw new RefusedException(45059, "has too many tags");
        user.TagsGuarded.Remove(tag);
        user.TagsGuarded.Add(tag);
    });

    internal JsonObject TakeOff(ApiRequest request) => Each(request, (user, tag) => user.TagsGuarded.Remove(tag));

    internal JsonObject Of(ApiRequest request)
    {
        var user = platform.Find(request.Json().Text("openid")) ?? throw new RefusedException(40003, "invalid openid");
        return new JsonObject { ["tagid_list"] = new JsonArray([.. user.TagsGuarded.Select(tag => JsonValue.Create(tag))]) };
    }

    private JsonObject Each(ApiRequest request, Action<WeChatUser, int> act)
    {
        var json = request.Json();
        var tag = (int)json.Number("tagid");
        if (!names.ContainsKey(tag))
            throw new RefusedException(45159, "invalid tag");
        var people = json.Array("openid_list").Select(one => (string?)one).ToArray();
        if (people.Length is 0 or > 50)
            throw new RefusedException(40032, "invalid openid list size");
        foreach (var openId in people)
        {
            var user = platform.Find(openId ?? "");
            if (user is not { Follows: true })
                throw new RefusedException(40003, "invalid openid");
            act(user, tag);
            platform.Changed(user.OpenId);
        }

        return [];
    }
}
