using System.Text;
using System.Text.Json.Nodes;
using Bot.Domain.Manifests;

namespace Bot.Channels.AppMenus;

/// <summary>A tappable line of a menu: words that are said for the person, or a page that opens.</summary>
internal sealed record MenuEntry(string Name, string? Say, string? Page);

/// <summary>A button at the bottom of the chat: with a list above it, or itself an entry.</summary>
internal sealed record MenuButton(string Name, IReadOnlyList<MenuEntry> Entries, MenuEntry? Itself);

/// <summary>How long a name may be: bytes beyond which the platform refuses it, and Chinese characters that a phone shows.</summary>
internal sealed record MenuNames(int ButtonBytes, int ButtonShown, int EntryBytes, int EntryShown);

/// <summary>The buttons of a menu as an operator writes them, and as both platforms take them: three with up to five lines each.</summary>
internal static class MenuButtons
{
    private const int MostButtons = 3;
    private const int MostEntries = 5;
    private const int KeyBytes = 128;
    private const int PageBytes = 1024;

    public static IReadOnlyList<MenuButton> Read(ManifestNode list, MenuNames names)
    {
        var buttons = list.Items().Select(node => Button(node, names)).ToList();
        if (buttons.Count is 0 or > MostButtons)
            list.Report($"一级菜单应有1到{MostButtons}个，这里有{buttons.Count}个");
        return buttons;
    }

    /// <summary>The body that publishes them; words are said by their key.</summary>
    public static JsonObject Body(IReadOnlyList<MenuButton> buttons) => new() { ["button"] = new JsonArray([.. buttons.Select(Button)]) };

    private static MenuButton Button(ManifestNode node, MenuNames names)
    {
        node.AllowOnly("name", "entries", "say", "page");
        var name = Name(node, names.ButtonBytes, names.ButtonShown);
        if (!node.Has("entries"))
            return new MenuButton(name, [], Entry(node, name));
        if (node.Has("say") || node.Has("page"))
            node.Report("有下级菜单的按钮不能再写“say”或“page”");
        var entries = node.Items("entries").Select(entry => Entry(entry, names)).ToList();
        if (entries.Count is 0 or > MostEntries)
            node.Report($"二级菜单应有1到{MostEntries}个，这里有{entries.Count}个");
        return new MenuButton(name, entries, null);
    }

    private static MenuEntry Entry(ManifestNode node, MenuNames names)
    {
        node.AllowOnly("name", "say", "page");
        return Entry(node, Name(node, names.EntryBytes, names.EntryShown));
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

    private static JsonObject Button(MenuButton button)
    {
        if (button.Itself is { } itself)
            return Entry(itself);
        return new JsonObject { ["name"] = button.Name, ["sub_button"] = new JsonArray([.. button.Entries.Select(Entry)]) };
    }

    private static JsonObject Entry(MenuEntry entry) => entry.Say is { } words
        ? new JsonObject { ["type"] = "click", ["name"] = entry.Name, ["key"] = words }
        : new JsonObject { ["type"] = "view", ["name"] = entry.Name, ["url"] = entry.Page };
}
