using Bot.Channels.AppMenus;
using Bot.Domain.Manifests;

namespace Bot.Channels.WeChat;

/// <summary>
/// The account's menu (<c>manifests/wechat/menu.json</c>): the one for everybody, and the one for those who are bound to an enterprise, whom the
/// platform knows by a tag that we put on.
/// </summary>
internal sealed record WeChatMenu(IReadOnlyList<MenuButton> Everybody, IReadOnlyList<MenuButton> Bound, string? BoundTag)
{
    public const string FileName = "wechat/menu.json";

    private const int LongestTag = 30;
    private static readonly MenuNames Names = new(ButtonBytes: 16, ButtonShown: 4, EntryBytes: 60, EntryShown: 8);

    /// <exception cref="ManifestException">The file is wrong.</exception>
    public static WeChatMenu Load(string manifests) => MenuFile.Load(manifests, FileName, Read);

    public static IReadOnlyList<ManifestProblem> Check(string manifests) => MenuFile.Check(manifests, FileName, Read);

    internal static WeChatMenu Read(ManifestFile file)
    {
        file.Root.AllowOnly("notice", "default", "bound");
        if (!file.Root.Has("default"))
            file.Root.Report("缺少“default”：给所有人的菜单");
        var everybody = file.Root.Child("default") is { } list ? MenuButtons.Read(list, Names) : [];
        if (file.Root.Child("bound") is not { } bound)
            return new WeChatMenu(everybody, [], null);
        bound.AllowOnly("tag", "menu");
        var tag = bound.Text("tag");
        if (tag.Length > LongestTag)
            bound.Report($"标签名不能超过{LongestTag}个字");
        return new WeChatMenu(everybody, bound.Child("menu") is { } own ? MenuButtons.Read(own, Names) : Missing(bound), tag);
    }

    private static List<MenuButton> Missing(ManifestNode bound)
    {
        bound.Report("缺少“menu”");
        return [];
    }
}
