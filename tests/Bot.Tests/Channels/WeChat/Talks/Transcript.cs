using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bot.Emulators.WeChat;

namespace Bot.Tests.Channels.WeChat.Talks;

/// <summary>
/// Plays a talk as it is written down, and writes down what really happened on every phone. A line:
/// <list type="bullet">
/// <item><c>庄亦舟：最近谁要来查</c> somebody says something at their phone, or, an official, at their desk; <c>⏎</c> is a new line in it;</item>
/// <item><c>庄亦舟：[点 提交]</c> and the other acts in brackets that <see cref="Do"/> knows;</item>
/// <item><c>@ 2026-11-24 09:00</c> the clock is moved forward; <c># …</c> says what it is about;</item>
/// <item>indented lines are what the phones then show. <c>[words]</c> can be tapped. Codes that are drawn by lot are shown as <c>〈码〉</c>,
/// and <c>{码}</c> says the one that was shown last.</item>
/// </list>
/// </summary>
internal sealed partial class Transcript(Account account)
{
    private const string Indent = "    ";
    private const string Emoji = "👷‍♀️🧯";

    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. Enumerable.Repeat((byte)0x11, 20_000)];

    private readonly StringBuilder written = new();
    private readonly Dictionary<string, long> shown = new(StringComparer.Ordinal);
    private string code = "";

    /// <summary>The talk, as far as it has come, with what was really shown in place of its indented lines.</summary>
    public string Heard => written.ToString().TrimEnd('\n') + "\n";

    public async Task Play(string script)
    {
        foreach (var user in account.Platform.Users)
            shown[user.OpenId] = user.Inbox.Count;
        foreach (var line in script.ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith(Indent, StringComparison.Ordinal)))
        {
            written.Append(line).Append('\n');
            if (line.StartsWith("@ ", StringComparison.Ordinal))
                await account.MoveTo(line[2..]);
            else if (Line().Match(line) is { Success: true } said)
                await Say(said.Groups["who"].Value, said.Groups["what"].Value.Replace('⏎', '\n').Replace("{码}", code, StringComparison.Ordinal));
            else
                continue;
            await account.Settle();
            Show(said: line.Split('：')[0]);
        }
    }

    private async Task Say(string who, string what)
    {
        account.GoOn();
        if (account.IsOfficial(who))
        {
            foreach (var reply in await account.AtTheDesk(who, what))
            {
                Write(reply.Text);
                if (reply.Actions.Count > 0)
                    Write(string.Join(' ', reply.Actions.Select(action => $"[{action}]")));
            }

            return;
        }

        var phone = account.Phone(who);
        shown.TryAdd(phone.OpenId, 0);
        var act = Act().Match(what);
        await (act.Success ? Do(phone, act.Groups["act"].Value, act.Groups["with"].Value) : phone.Write(what));
    }

    private async Task Do(WeChatUser phone, string act, string with)
    {
        switch (act)
        {
            case "关注":
                await phone.Follow(with.Length > 0 ? with : null);
                break;
            case "取消关注":
                await phone.Unfollow();
                break;
            case "扫码":
                await phone.Scan(with);
                break;
            case "菜单":
                await account.Menus();
                await phone.TapMenu(with);
                break;
            case "点":
                await phone.Tap(with);
                break;
            case "点最早的":
                await phone.Tap(phone.Inbox.SelectMany(bubble => bubble.Tappables).First(tappable => tappable.Caption == with));
                break;
            case "图片":
                await phone.SendPhoto(with switch
                {
                    "" => [.. Jpeg, .. Encoding.UTF8.GetBytes($"{shown.Values.Sum()}")],
                    "太大" => [.. Jpeg, .. new byte[10 * 1024 * 1024]],
                    _ => Encoding.UTF8.GetBytes("MZ 不是图片"),
                });
                break;
            case "过期的图片":
                await Push(phone, "image", Cdata("PicUrl", "http://mmbiz.example/1"), Cdata("MediaId", "gone"));
                break;
            case "语音":
                await phone.SendVoice([.. "#!AMR"u8], with.Length > 0 ? with : null);
                break;
            case "视频":
                await phone.SendVideo([0, 0, 0, 0x18, .. "ftypmp42"u8]);
                break;
            case "位置":
                await phone.SendLocation(32.5, 119.9, with);
                break;
            case "链接":
                await phone.SendLink(with, "说明", "https://example.com/a?b=1&c=2");
                break;
            case "表情":
                await phone.Write("【收到不支持的消息类型，暂无法显示】");
                break;
            case "没见过的消息":
                await Push(phone, "hologram", Cdata("Shape", "1"));
                break;
            case "没见过的事件":
                await phone.Event("wave_hand", Cdata("EventKey", "1"));
                break;
            case "长文":
                await phone.Write(string.Concat(Enumerable.Repeat(Emoji + "设备检修", 1000))[..int.Parse(with, CultureInfo.InvariantCulture)]);
                break;
            case "拉黑":
                phone.Blocks = true;
                break;
            default:
                throw new InvalidOperationException($"Nobody knows how to do “{act}”.");
        }
    }

    private Task Push(WeChatUser phone, string type, params XElement[] parts) => account.Platform.Callback.Push(
        phone,
        new XElement(
            "xml",
            Cdata("ToUserName", account.Platform.Account.OriginalId),
            Cdata("FromUserName", phone.OpenId),
            new XElement("CreateTime", account.Time.GetUtcNow().ToUnixTimeSeconds()),
            Cdata("MsgType", type),
            parts,
            new XElement("MsgId", account.Time.GetUtcNow().Ticks)).ToString(SaveOptions.DisableFormatting));

    private static XElement Cdata(string name, string value) => new(name, new XCData(value));

    /// <summary>What has come onto the phones since the last look.</summary>
    private void Show(string said)
    {
        foreach (var phone in account.Platform.Users.OrderByDescending(phone => phone.Name == said))
        {
            foreach (var bubble in phone.Inbox.Skip((int)shown.GetValueOrDefault(phone.OpenId)).Where(bubble => bubble.Kind != BubbleKind.Own))
            {
                Readable.Check(bubble);
                if (bubble.Kind != BubbleKind.Passive)
                    Write($"○ {phone.Name}收到{(bubble.Kind == BubbleKind.CustomerService ? "客服消息" : "模板消息")}：");
                Write(bubble.Card is { } card
                    ? $"【{card.Title}】\n{string.Join('\n', card.Lines.Select(line => $"{line.Key}：{line.Value}"))}{(card.Url is null ? "" : "\n（点开看全文）")}"
                    : Readable.Of(bubble));
            }

            shown[phone.OpenId] = phone.Inbox.Count;
        }
    }

    private void Write(string text)
    {
        if (Drawn().Matches(text) is [.., var last])
            code = last.Value;
        foreach (var line in Drawn().Replace(text, "〈码〉").ReplaceLineEndings("\n").Split('\n'))
            written.Append(Indent).Append(line).Append('\n');
    }

    [GeneratedRegex("^(?<who>[^：#@]{1,8})：(?<what>.+)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^\[(?<act>[^\] ]+) ?(?<with>[^\]]*)\]$")]
    private static partial Regex Act();

    [GeneratedRegex("(?<![0-9A-Z-])(?!7KQ2M-4XF9T|7K3F-92QX|7KQ2-M4XF-9T3C)(?:[0-9A-Z]{4}-[0-9A-Z]{4}(?:-[0-9A-Z]{4})?|[0-9A-Z]{5}-[0-9A-Z]{5})(?![0-9A-Z-])")]
    private static partial Regex Drawn();
}
