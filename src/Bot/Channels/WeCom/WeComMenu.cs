using Bot.Channels.AppMenus;
using Bot.Domain.Manifests;

namespace Bot.Channels.WeCom;

/// <summary>
/// The app's menu (<c>manifests/wecom/menu.json</c>). Everybody who sees the app sees the same: what a word does is decided by the role of who taps it.
/// </summary>
internal sealed record WeComMenu(IReadOnlyList<MenuButton> Buttons)
{
    public const string FileName = "wecom/menu.json";

    private static readonly MenuNames Names = new(ButtonBytes: 16, ButtonShown: 4, EntryBytes: 40, EntryShown: 8);

    /// <exception cref="ManifestException">The file is wrong.</exception>
    public static WeComMenu Load(string manifests) => MenuFile.Load(manifests, FileName, Read);

    public static IReadOnlyList<ManifestProblem> Check(string manifests) => MenuFile.Check(manifests, FileName, Read);

    internal static WeComMenu Read(ManifestFile file)
    {
        file.Root.AllowOnly("notice", "menu");
        if (!file.Root.Has("menu"))
            file.Root.Report("缺少“menu”：应用的菜单");
        return new WeComMenu(file.Root.Child("menu") is { } list ? MenuButtons.Read(list, Names) : []);
    }
}
