using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bot.Domain.Commands;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Channels.WeCom.Talks;

/// <summary>
/// Plays a talk of officials as it is written down, and writes down what really happened at every desk. A line:
/// <list type="bullet">
/// <item><c>在场：魏亦舟、秦文漪</c> whose desks are looked at; everybody else of the company gets their things unseen;</item>
/// <item><c>魏亦舟：待办</c> somebody says something at their desk, or, somebody of an enterprise, on the web; <c>⏎</c> is a new line in it;</item>
/// <item><c>秦文漪：[点 同意审批]</c> taps the newest card that offers it; the other acts in brackets are those that <see cref="Do"/> knows;</item>
/// <item><c>平台：[下次发送 45009]</c> the platform refuses; <c>@ 2026-11-24 09:00</c> the clock is moved forward; <c># …</c> says what it is about;</item>
/// <item>indented lines are what the desks then show: what was answered, <c>▣</c> a card, <c>○</c> whose desk, when somebody else's,
/// <c>卡片更新</c> what now stands on a card. Numbers that are drawn by lot are shown as <c>〈码〉</c>, and <c>{码}</c> says the one that was shown last.</item>
/// </list>
/// </summary>
internal sealed partial class Transcript(Company company)
{
    /// <summary>Stands where somebody could not do what the talk asks of them.</summary>
    public const string Impossible = "！做不到：";

    private const string Indent = "    ";

    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, .. Enumerable.Repeat((byte)0x11, 20_000)];

    private readonly StringBuilder written = new();
    private readonly Dictionary<string, int> shown = new(StringComparer.Ordinal);
    private readonly Dictionary<ChatEntry, int> updates = [];
    private IReadOnlyList<string> present = [];
    private string code = "";

    /// <summary>The talk, as far as it has come, with what was really shown in place of its indented lines.</summary>
    public string Heard => written.ToString().TrimEnd('\n') + "\n";

    public async Task Play(string script)
    {
        foreach (var line in script.ReplaceLineEndings("\n").Split('\n').Where(line => !line.StartsWith(Indent, StringComparison.Ordinal)))
        {
            written.Append(line).Append('\n');
            if (line.StartsWith("@ ", StringComparison.Ordinal))
                await company.MoveTo(line[2..]);
            else if (Line().Match(line) is { Success: true } said)
                await Say(said.Groups["who"].Value, said.Groups["what"].Value.Replace('⏎', '\n').Replace("{码}", code, StringComparison.Ordinal));
            else
                continue;
            await company.Settle();
            Show(said: line.Split('：')[0]);
        }
    }

    private async Task Say(string who, string what)
    {
        if (who == "在场")
        {
            present = what.Split('、');
            return;
        }

        company.GoOn();
        var act = Act().Match(what);
        if (who == "平台")
        {
            Weather(act.Groups["act"].Value, int.Parse(act.Groups["with"].Value, CultureInfo.InvariantCulture));
            return;
        }

        if (company.IsOnTheWeb(who))
        {
            foreach (var reply in await company.OnTheWeb(who, what))
                Write(reply.Actions.Count > 0 ? $"{reply.Text}\n{string.Join(' ', reply.Actions.Select(action => $"[{action}]"))}" : reply.Text);
            return;
        }

        var desk = company.Desk(who) ?? company.Platform.NewMember(who, "NewMember");
        try
        {
            await (act.Success ? Do(desk, act.Groups["act"].Value, act.Groups["with"].Value) : desk.Say(what));
        }
        catch (InvalidOperationException impossible)
        {
            Write($"{Impossible}{impossible.Message}");
        }
    }

    /// <summary>Two dots part a name from what follows it.</summary>
    private async Task Do(WeComMember desk, string act, string with)
    {
        switch (act)
        {
            case "打开应用":
                await desk.Open();
                break;
            case "菜单":
                await company.Menus();
                await desk.TapMenu(with);
                break;
            case "点":
                await desk.Tap(with);
                break;
            case "选":
                var list = desk.Cards.Last(card => card.Usable && card.Questions.Count > 0);
                await desk.Submit(list, (list.Questions[0].Key, with));
                break;
            case "点旧的":
                await desk.Tap(desk.Cards.First(card => card.Buttons.Any(button => button.Text == with)), with, unaware: true);
                break;
            case "点两次":
                var twice = desk.Cards.Last(card => card.Usable && card.Buttons.Any(button => button.Text == with));
                await desk.Tap(twice, with);
                await desk.Tap(twice, with, unaware: true);
                break;
            case "点别人的":
                var card = company.Platform.Members.Where(other => other != desk).SelectMany(other => other.Cards).Last(one => one.Buttons.Any(button => button.Text == with));
                await desk.Event(
                    "template_card_event",
                    new XElement("EventKey", card.Buttons.First(button => button.Text == with).Key),
                    new XElement("TaskId", card.TaskId),
                    new XElement("CardType", card.Type),
                    new XElement("ResponseCode", "none"));
                break;
            case "图片":
                await desk.SendPhoto([.. Jpeg, .. Encoding.UTF8.GetBytes($"{shown.Values.Sum()}")]);
                break;
            case "语音":
                await desk.SendVoice([.. "#!AMR"u8]);
                break;
            case "视频":
                await desk.SendVideo([0, 0, 0, 0x18, .. "ftypmp42"u8]);
                break;
            case "位置":
                await desk.SendLocation(32.5, 119.9, with);
                break;
            case "链接":
                await desk.SendLink(with, "说明", "https://example.com/a?b=1&c=2");
                break;
            case "离职":
                await desk.Leave();
                break;
            case "移出可见范围":
                await desk.LoseSight();
                break;
            case "改任":
                await company.Change(db => db.People.Where(person => person.Name == desk.Name)
                    .ExecuteUpdateAsync(set => set.SetProperty(person => person.Role, Enum.Parse<ActorRole>(with)), TestContext.Current.CancellationToken));
                break;
            default:
                throw new InvalidOperationException($"Nobody knows how to do “{act}”.");
        }
    }

    private void Weather(string call, int errcode) => company.Platform.Faults.Next(
        call switch
        {
            "下次发送" => "message/send",
            "下次更新" => "message/update_template_card",
            _ => throw new InvalidOperationException($"The platform cannot fail at “{call}”."),
        },
        new Fault.Code(errcode));

    /// <summary>What has come onto the desks since the last look. What answers on the connection is there before what is sent.</summary>
    private void Show(string said)
    {
        foreach (var desk in company.Platform.Members.OrderByDescending(desk => desk.Name == said))
        {
            var all = desk.Received;
            foreach (var entry in all)
                Readable.Check(entry);
            if (present.Contains(desk.Name, StringComparer.Ordinal) || desk.Name == said)
            {
                var own = desk.Name == said;
                foreach (var entry in all.Skip(shown.GetValueOrDefault(desk.UserId)).OrderBy(entry => entry.Kind))
                {
                    Write($"{(own ? "" : $"○ {desk.Name}：")}{(entry.Card is null ? entry.Plain : $"▣ {entry.Plain}")}");
                    updates[entry] = entry.Card?.Updates ?? 0;
                }

                foreach (var entry in all.Where(entry => entry.Card is { } card && updates.TryGetValue(entry, out var before) && card.Updates > before))
                {
                    Write($"{(own ? "" : $"○ {desk.Name}：")}卡片更新：【{entry.Card!.Title}】{(entry.Card.GreyText is { } grey ? $"〖{grey}〗" : "")}{(entry.Card.GreyText?.StartsWith("已选", StringComparison.Ordinal) == true ? "" : entry.Card.Description)}");
                    updates[entry] = entry.Card.Updates;
                }
            }

            shown[desk.UserId] = all.Count;
        }
    }

    private void Write(string text)
    {
        if (Drawn().Matches(text) is [.., var last])
            code = last.Value;
        foreach (var line in Drawn().Replace(Address().Replace(text, "〈地址〉"), "〈码〉").ReplaceLineEndings("\n").Split('\n'))
            written.Append(Indent).Append(line).Append('\n');
    }

    [GeneratedRegex("^(?<who>[^：#@]{1,8})：(?<what>.+)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"^\[(?<act>[^\] ]+) ?(?<with>[^\]]*)\]$")]
    private static partial Regex Act();

    /// <summary>The unguessable end of a link to a paper.</summary>
    [GeneratedRegex("(?<=/letters/)[0-9A-Za-z_-]{43}")]
    private static partial Regex Address();

    [GeneratedRegex("(?<![0-9A-Z-])(?:[0-9A-Z]{4}-[0-9A-Z]{4}(?:-[0-9A-Z]{4})?|[0-9A-Z]{5}-[0-9A-Z]{5})(?![0-9A-Z-])")]
    private static partial Regex Drawn();
}
