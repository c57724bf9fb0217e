using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>The published menu and its variants for people with a tag (rules 9 and B5's limits).</summary>
public sealed class Menus
{
    private static readonly string[] RetiredRules = ["sex", "country", "province", "city", "language", "group_id"];

    private readonly WeChatPlatform platform;
    private readonly List<(long Id, int Tag, JsonArray Buttons)> conditional = [];
    private JsonArray? standard;

    internal Menus(WeChatPlatform platform) => this.platform = platform;

    /// <summary>The number of the menu as it stands now.</summary>
    public long Version { get; private set; } = 430_000_000;

    /// <summary>What the person sees: variants are tried from the newest back, by the last tag put on.</summary>
    public MenuEntry[] For(WeChatUser user)
    {
        lock (platform.Gate)
            return MenuEntry.Read(Match(user));
    }

    internal JsonObject Create(ApiRequest request)
    {
        var buttons = Checked(request);
        (standard, Version) = (buttons, Version + 1);
        platform.Changed(null);
        return [];
    }

    internal JsonObject Get(ApiRequest request)
    {
        var answer = new JsonObject { ["menu"] = new JsonObject { ["button"] = (standard ?? throw new RefusedException(46003, "menu no exist")).DeepClone(), ["menuid"] = Version } };
        if (conditional.Count > 0)
        {
            answer["conditionalmenu"] = new JsonArray([.. conditional.Select(one => new JsonObject
            {
                ["button"] = one.Buttons.DeepClone(),
                ["matchrule"] = new JsonObject { ["tag_id"] = one.Tag.ToString(CultureInfo.InvariantCulture) },
                ["menuid"] = one.Id,
            })]);
        }

        return answer;
    }

    internal JsonObject Delete(ApiRequest request)
    {
        standard = null;
        conditional.Clear();
        platform.Changed(null);
        return [];
    }

    internal JsonObject AddConditional(ApiRequest request)
    {
        if (standard is null)
            throw new RefusedException(65303, "there is no selfmenu, please create selfmenu first");
        var buttons = Checked(request);
        var rule = request.Json().Object("matchrule");
        if (RetiredRules.Any(rule.ContainsKey))
            throw new RefusedException(65320, "matchrule field is not supported any more");
        if (rule["tag_id"] is not { } tag || !int.TryParse(tag.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var tagId) || !platform.Tags.Has(tagId))
            throw new RefusedException(65304, "match rule empty");
        conditional.Add((++Version, tagId, buttons));
        platform.Changed(null);
        return new JsonObject { ["menuid"] = Version.ToString(CultureInfo.InvariantCulture) };
    }

    internal JsonObject DeleteConditional(ApiRequest request)
    {
        if (conditional.RemoveAll(one => one.Id.ToString(CultureInfo.InvariantCulture) == request.Json()["menuid"]?.ToString()) == 0)
            throw new RefusedException(65301, "not exist this menuid");
        platform.Changed(null);
        return [];
    }

    internal JsonObject TryMatch(ApiRequest request)
    {
        var user = platform.Find(request.Json().Text("user_id")) ?? throw new RefusedException(65302, "no such user");
        return new JsonObject { ["button"] = Match(user).DeepClone() };
    }

    private JsonArray Match(WeChatUser user)
    {
        var tag = user.TagsGuarded.Count > 0 ? user.TagsGuarded[^1] : -1;
        for (var index = conditional.Count - 1; index >= 0; index--)
        {
            if (conditional[index].Tag == tag)
                return conditional[index].Buttons;
        }

        return standard ?? [];
    }

    private JsonArray Checked(ApiRequest request)
    {
        if (platform.Strict.RawUtf8 && request.HasEscapes)
            throw new RefusedException(40033, "invalid charset. please check your request, if include \\uxxxx will create fail!", rule: 9);
        var buttons = request.Json().Array("button");
        if (!platform.Strict.MenuLimits)
            return (JsonArray)buttons.DeepClone();
        MenuCheck.Check(buttons, longestTop: 16, longestEntry: 60);
        return (JsonArray)buttons.DeepClone();
    }
}
