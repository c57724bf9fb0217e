using System.Text;
using System.Text.Json.Nodes;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>Customer-service messages and the sign that somebody is typing.</summary>
internal sealed class CustomerService(WeChatPlatform platform)
{
    private const int TextBytes = 2048;
    private static readonly TimeSpan TypingNeeds = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TypingLasts = TimeSpan.FromSeconds(15);

    public JsonObject Send(ApiRequest request)
    {
        if (platform.Strict.RawUtf8 && request.HasEscapes)
            platform.Book.Broken(9, "characters of a message stand as \\uXXXX and are shown so");
        var json = request.Json(literally: platform.Strict.RawUtf8);
        var user = platform.Find(json.Text("touser")) ?? throw new RefusedException(40003, "invalid openid");
        var type = json.Text("msgtype");
        var show = Read(user, type, json);
        if (!user.Follows)
            throw new RefusedException(45015, "response out of time limit or subscription is canceled");
        var now = platform.Time.GetUtcNow();
        user.Allowances.Take(now);
        (user.LastExchange, user.TypingSince) = (now, null);
        show();
        return [];
    }

    public JsonObject Typing(ApiRequest request)
    {
        var json = request.Json();
        var user = platform.Find(json.Text("touser")) ?? throw new RefusedException(40003, "invalid openid");
        var now = platform.Time.GetUtcNow();
        switch (json.Text("command"))
        {
            case "CancelTyping":
                user.TypingSince = null;
                break;
            case "Typing" when user.LastExchange is not { } last || now - last > TypingNeeds:
                throw new RefusedException(45080, "no message exchanged in the last 30 seconds");
            case "Typing" when user.TypingSince is { } since && now - since < TypingLasts:
                throw new RefusedException(45081, "already typing");
            case "Typing":
                user.TypingSince = now;
                break;
            default:
                throw new RefusedException(45072, "invalid command", rule: 9);
        }

        platform.Changed(user.OpenId);
        return [];
    }

    private Action Read(WeChatUser user, string type, JsonObject json)
    {
        switch (type)
        {
            case "text":
                var content = json.Object("text").Text("content");
                Check(content);
                return () => user.Show(BubbleKind.CustomerService, content);
            case "image" or "voice":
                var media = json.Object(type).Text("media_id");
                platform.Media.Need(media);
                return () => user.Show(BubbleKind.CustomerService, type == "image" ? "[图片]" : "[语音]", media);
            case "video":
                platform.Media.Need(json.Object(type).Text("media_id"));
                platform.Media.Need(json.Object(type).Text("thumb_media_id"));
                return () => user.Show(BubbleKind.CustomerService, "[视频] " + json.Object(type).TextOrNone("title"), json.Object(type).Text("media_id"));
            case "music":
                platform.Media.Need(json.Object(type).Text("thumb_media_id"));
                return () => user.Show(BubbleKind.CustomerService, "[音乐] " + json.Object(type).TextOrNone("title"));
            case "news":
                var articles = json.Object("news").Array("articles");
                if (articles.Count != 1)
                    throw new RefusedException(45008, "article count out of limit", rule: 9);
                var link = articles[0].TextOrNone("url") is { } url ? $"\n<a href=\"{url}\">查看</a>" : "";
                return () => user.Show(BubbleKind.CustomerService, $"{articles[0].Text("title")}\n{articles[0].TextOrNone("description")}{link}");
            case "msgmenu":
                var menu = json.Object("msgmenu");
                var choices = menu.Array("list").Select(item => new Tappable(item.Text("content"), item!["id"]?.ToString() ?? throw new RefusedException(47001, "data format error: id", rule: 9), null)).ToArray();
                var text = string.Join('\n', new[] { menu.TextOrNone("head_content"), menu.TextOrNone("tail_content") }.Where(part => !string.IsNullOrEmpty(part)));
                Check(text + string.Concat(choices.Select(choice => choice.Caption)));
                return () => user.Show(BubbleKind.CustomerService, text, choices: choices);
            case "mpnews" or "mpnewsarticle" or "wxcard" or "miniprogrampage":
                json.Object(type);
                return () => user.Show(BubbleKind.CustomerService, $"[{type}]");
            default:
                throw new RefusedException(40008, "invalid message type", rule: 9);
        }
    }

    private void Check(string content)
    {
        if (string.IsNullOrWhiteSpace(content))
            throw new RefusedException(44004, "empty content", rule: 9);
        if (platform.Strict.TextLength && Encoding.UTF8.GetByteCount(content) > TextBytes)
            throw new RefusedException(45002, "content size out of limit", rule: 9);
    }
}
