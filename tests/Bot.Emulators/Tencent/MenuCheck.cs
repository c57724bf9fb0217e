using System.Text;
using System.Text.Json.Nodes;

namespace Bot.Emulators.Tencent;

/// <summary>A menu as both platforms want it; the lengths of names are each one's own, in bytes.</summary>
internal static class MenuCheck
{
    private static readonly string[] KeyTypes = ["click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select"];
    private static readonly string[] OtherTypes = ["view", "miniprogram", "view_miniprogram", "media_id", "article_id", "article_view_limited", "view_limited"];

    public static void Check(JsonArray buttons, int longestTop, int longestEntry)
    {
        if (buttons.Count is < 1 or > 3)
            throw new RefusedException(40016, "invalid button size", rule: 9);
        foreach (var button in buttons)
        {
            CheckName(button, longestTop, 40018);
            if (button!["sub_button"] is JsonArray { Count: > 0 } entries)
            {
                if (entries.Count > 5)
                    throw new RefusedException(40023, "invalid sub button size", rule: 9);
                foreach (var entry in entries)
                {
                    CheckName(entry, longestEntry, 40025);
                    CheckAction(entry, type: 40024, key: 40026, url: 40027);
                }
            }
            else
            {
                CheckAction(button, type: 40017, key: 40019, url: 40020);
            }
        }
    }

    private static void CheckName(JsonNode? button, int bytes, int code)
    {
        if (button.TextOrNone("name") is not { Length: > 0 } name || Encoding.UTF8.GetByteCount(name) > bytes)
            throw new RefusedException(code, "invalid button name size", rule: 9);
    }

    private static void CheckAction(JsonNode? button, int type, int key, int url)
    {
        var kind = button.TextOrNone("type");
        if (!KeyTypes.Contains(kind) && !OtherTypes.Contains(kind))
            throw new RefusedException(type, "invalid button type", rule: 9);
        if (KeyTypes.Contains(kind) && (button.TextOrNone("key") is not { Length: > 0 } word || Encoding.UTF8.GetByteCount(word) > 128))
            throw new RefusedException(key, "invalid button key size", rule: 9);
        if (kind is "view" or "miniprogram" && (button.TextOrNone("url") is not { Length: > 0 } address || Encoding.UTF8.GetByteCount(address) > 1024))
            throw new RefusedException(url, "invalid button url size", rule: 9);
        if (kind == "view" && !(Uri.TryCreate(button.TextOrNone("url"), UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"))
            throw new RefusedException(url == 40020 ? 40055 : 40054, "invalid button url domain", rule: 9);
    }
}

/// <summary>An entry of the menu at the foot of a chat.</summary>
public sealed record MenuEntry(string Name, string Type, string? Key, string? Url, IReadOnlyList<MenuEntry> Entries)
{
    internal static MenuEntry[] Read(JsonArray buttons) =>
    [
        .. buttons.Select(button => new MenuEntry(
            (string)button!["name"]!,
            (string?)button["type"] ?? "",
            (string?)button["key"],
            (string?)button["url"],
            button["sub_button"] is JsonArray entries ? Read(entries) : [])),
    ];
}
