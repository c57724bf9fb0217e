using System.Text;
using Bot.Domain.Manifests;

namespace Bot.Channels.WeChat;

/// <summary>A tappable line of the menu: words that are said for the person, or a page that opens.</summary>
internal sealed record MenuEntry(string Name, string? Say, string? Page);

/// <summary>A button at the bottom of the chat: with a list above it, or itself an entry.</summary>
internal sealed record MenuButton(string Name, IReadOnlyList<MenuEntry> Entries, MenuEntry? Itself);

/// <summary>
/// The account's menu (<c>manifests/wechat/menu.json</c>): the one for everybody, and the one for those who are bound to an enterprise, whom the
/// platform knows by a tag that we put on.
/// </summary>
internal sealed record WeChatMenu(IReadOnlyList<MenuButton> Everybody, IReadOnlyList<MenuButton> Bound, string? BoundTag)
{
    public const string FileName = "wechat/menu.json";

    private const int MostButtons = 3;
    private const int MostEntries = 5;
    private const int ButtonBytes = 16;
    private const int EntryBytes = 60;
    private const int ButtonShown = 4;
    private const int EntryShown = 8;
    private const int KeyBytes = 128;
    private const int PageBytes = 1024;
    private const int LongestTag = 30;

    /// <exception cref="ManifestException">The file is wrong.</exception>
    public static WeChatMenu Load(string manifests)
    {
        var file = ManifestFile.Open(Path.Combine(manifests, FileName), FileName);
        var menu = Read(file);
        file.ThrowIfBroken();
        return menu;
    }

    public static IReadOnlyList<ManifestProblem> Check(string manifests)
    {
        try
        {
            var file = ManifestFile.Open(Path.Combine(manifests, FileName), FileName);
            Read(file);
            return file.Problems;
        }
        catch (ManifestException broken)
        {
            return broken.Problems;
        }
    }

    internal static WeChatMenu Read(ManifestFile file)
    {
        file.Root.AllowOnly("notice", "default", "bound");
        if (!file.Root.Has("default"))
            file.Root.Report("缺少“default”：给所有人的菜单");
        var everybody = file.Root.Child("default") is { } list ? Buttons(list) : [];
        if (file.Root.Child("bound") is not { } bound)
            return new WeChatMenu(everybody, [], null);
        bound.AllowOnly("tag", "menu");
        var tag = bound.Text("tag");
        if (tag.Length > LongestTag)
            bound.Report($"标签名不能超过{LongestTag}个字");
        return new WeChatMenu(everybody, bound.Child("menu") is { } own ? Buttons(own) : Missing(bound), tag);
    }

    private static List<MenuButton> Missing(ManifestNode bound)
    {
        bound.Report("缺少“menu”");
        return [];
    }

    private static List<MenuButton> Buttons(ManifestNode list)
    {
        var buttons = list.Items().Select(Button).ToList();
        if (buttons.Count is 0 or > MostButtons)
            list.Report($"一级菜单应有1到{MostButtons}个，这里有{buttons.Count}个");
        return buttons;
    }

    private static MenuButton Button(ManifestNode node)
    {
        node.AllowOnly("name", "entries", "say", "page");
        var name = Name(node, ButtonBytes, ButtonShown);
        if (!node.Has("entries"))
            return new MenuButton(name, [], Entry(node, name));
        if (node.Has("say") || node.Has("page"))
            node.Report("有下级菜单的按钮不能再写“say”或“page”");
        var entries = node.Items("entries").Select(entry => Entry(entry)).ToList();
        if (entries.Count is 0 or > MostEntries)
            node.Report($"二级菜单应有1到{MostEntries}个，这里有{entries.Count}个");
        return new MenuButton(name, entries, null);
    }

    private static MenuEntry Entry(ManifestNode node)
    {
        node.AllowOnly("name", "say", "page");
        return Entry(node, Name(node, EntryBytes, EntryShown));
    }

    private static MenuEntry Entry(ManifestNode node, string name)
    {
        var (say, page) = (node.OptionalText("say"), node.OptionalText("page"));
        if (say is null == page is null)
            node.Report("应写“say”（点击后说的话）或“page”（点击后打开的网址）中的一个");
        if (say is not null && Encoding.UTF8.GetByteCount(say) > KeyBytes)
            node.Report($"“say”不能超过{KeyBytes}字节");
        if (page is not null && (Encoding.UTF8.GetByteCount(page) > PageBytes || !Uri.TryCreate(page, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http")))
            node.Report($"“page”应为 http 或 https 开头的网址，不超过{PageBytes}字节");
        return new MenuEntry(name, say, page);
    }

    private static string Name(ManifestNode node, int bytes, int shown)
    {
        var name = node.Text("name");
        if (Encoding.UTF8.GetByteCount(name) > bytes)
            node.Report($"菜单名“{name}”超过{bytes}字节，平台拒收");
        else if (Width(name) > shown * 2)
            node.Report($"菜单名“{name}”太长，手机上只显示前{shown}个字");
        return name;
    }

    /// <summary>In half characters, as a phone's screen has them.</summary>
    private static int Width(string name) => name.Sum(c => c <= '\u00ff' ? 1 : 2);
}
