using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeCom;

/// <summary>The app's menu; there is one for everybody.</summary>
public sealed class AppMenu
{
    private readonly WeComPlatform platform;
    private JsonArray? published;

    internal AppMenu(WeComPlatform platform) => this.platform = platform;

    public IReadOnlyList<MenuEntry> Entries
    {
        get
        {
            lock (platform.Gate)
                return MenuEntry.Read(published ?? []);
        }
    }

    internal JsonObject Create(ApiRequest request)
    {
        CheckAgent(request);
        var buttons = request.Json().Array("button");
        if (platform.Strict.MenuLimits)
            MenuCheck.Check(buttons, longestTop: 16, longestEntry: 40);
        published = (JsonArray)buttons.DeepClone();
        platform.Changed(null);
        return [];
    }

    internal JsonObject Get(ApiRequest request)
    {
        CheckAgent(request);
        return new JsonObject { ["button"] = (published ?? throw new RefusedException(46003, "menu no exist")).DeepClone() };
    }

    internal JsonObject Delete(ApiRequest request)
    {
        CheckAgent(request);
        published = null;
        platform.Changed(null);
        return [];
    }

    private static void CheckAgent(ApiRequest request)
    {
        if (!int.TryParse(request.Query("agentid"), NumberStyles.None, CultureInfo.InvariantCulture, out var agent))
            throw new RefusedException(41011, "missing agentid", rule: 12);
        if (agent != request.AgentId)
            throw new RefusedException(301002, "not allow operate another agent with this accesstoken");
    }
}
