using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Unlicensed;

namespace Bot.Dialogs.Unlicensed;

/// <summary>D22, the other side: a town settles what was reported to it or hands it to the right town; the justice bureau sees the ledger.</summary>
public static partial class HandleUnlicensedReports
{
    private const string Ledger = "无证经营举报";
    private const int ListedAtMost = 10;
    private const int LongestResult = 1000;
    private const int LongestReason = 200;

    public static Conversation Conversation { get; } = new("HandleUnlicensedReports", Ledger, "这一步", Play)
    {
        Roles = [ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor],
        Intents = [Intents.HandleUnlicensed],
        Opens = text => text is Ledger or "无证举报" or "无照经营举报" or "举报台账" || Names(text),
        Browsing = ["which", "step"],
    };

    /// <summary>打开 Z26-3, 办结 Z26-3.</summary>
    internal static bool Names(string text) => Opening().IsMatch(text);

    internal static async Task About(Chat chat, string id)
    {
        var report = await chat.Send(new OpenUnlicensed(chat.Visitor, id.ToUpperInvariant()));
        if (report.Outcome is not null || chat.Visitor.Role == ActorRole.Supervisor)
        {
            chat.Say(Shown(report), Ledger);
            return;
        }

        var act = Opening().Match(chat.Opening).Groups["act"].Value;
        var tapped = act is "办结" or "转交";
        var step = tapped ? act : await chat.Choose(
            "step",
            Shown(report),
            new Option("办结", "写明结果办结", "办结", "结果"),
            new Option("转交", "不在本镇街，转交", "转交", "转", "不在这里"),
            new Option("", "先不办", "返回", "知道了"));
        if (step.Length == 0)
            chat.Say($"好的。最迟{ChineseDates.WithWeekday(report.DueOn)}24时告知结果。", $"打开 {report.ReportId}");
        else if (step == "办结")
            await Settle(chat, report, tapped);
        else
            await Move(chat, report, tapped);
    }

    private static async Task Play(Chat chat)
    {
        if (Opening().Match(chat.Opening) is { Success: true } opening)
        {
            await About(chat, opening.Groups["id"].Value);
            return;
        }

        var book = await chat.Look(new UnlicensedLedger(chat.Visitor));
        var sum = $"今年收到{book.ReceivedThisYear}件，已有结果{book.SettledThisYear}件。";
        if (book.Open.Count == 0)
        {
            chat.Tell($"现在没有待核实的无证经营举报。{sum}");
            return;
        }

        var lines = book.Open.Take(ListedAtMost).Select(line =>
            $"{line.ReportId} {line.TownName}，{(line.Anonymous ? "匿名" : "实名")}，{ChineseDates.Short(line.ReceivedOn)}收到，{(line.Late ? "已超期，应于" : "最迟")}{ChineseDates.WithWeekday(line.DueOn)}");
        var more = book.Open.Count > ListedAtMost ? $"\n另有{book.Open.Count - ListedAtMost}件，按时限排在后面。" : "";
        var id = await chat.Ask(
            "which",
            $"待核实的无证经营举报{book.Open.Count}件：\n{string.Join('\n', lines)}{more}\n{sum}回复“打开”加编号查看。",
            ReadWhich,
            takesAnything: false,
            [.. book.Open.Take(3).Select(line => $"打开 {line.ReportId}")]);
        await About(chat, id);
    }

    private static async Task Settle(Chat chat, OpenedUnlicensed report, bool fromCard)
    {
        var outcome = Enum.Parse<UnlicensedOutcome>(await chat.Choose(
            "outcome",
            $"{(fromCard ? $"{Shown(report)}\n" : "")}核实的结果是？",
            new Option(nameof(UnlicensedOutcome.DealtWith), UnlicensedOutcome.DealtWith.InChinese(), "属实", "已处理"),
            new Option(nameof(UnlicensedOutcome.LicenceApplied), UnlicensedOutcome.LicenceApplied.InChinese(), "督促办理", "办照"),
            new Option(nameof(UnlicensedOutcome.DepartmentTold), UnlicensedOutcome.DepartmentTold.InChinese(), "通报", "部门"),
            new Option(nameof(UnlicensedOutcome.NoneNeeded), UnlicensedOutcome.NoneNeeded.InChinese(), "有证照", "有执照", "不需要"),
            new Option(nameof(UnlicensedOutcome.NotFound), UnlicensedOutcome.NotFound.InChinese(), "没有发现", "没发现")));
        var result = await chat.Ask(
            "result",
            outcome == UnlicensedOutcome.DepartmentTold ? "通报了哪个部门、哪天通报的？会告诉举报人。" : "请写明核实和处理的情况，会告诉举报人。",
            LongestResult);
        if (!await chat.Review("review", "请看一遍，会告诉举报人：", [new ReviewItem("outcome", "结果", outcome.InChinese()), new ReviewItem("result", "情况", result)], submit: "办结", drop: "不办结"))
        {
            chat.Say("好的，没有办结。", $"打开 {report.ReportId}");
            return;
        }

        var settled = await chat.Send(new SettleUnlicensed(chat.Visitor, report.ReportId, outcome, result));
        chat.Say($"{settled.Number} 已办结{(settled.Late ? "，超过了期限" : "")}，{(settled.Anonymous ? "举报人凭查询码可以看到" : "已告知举报人")}。", Ledger);
    }

    private static async Task Move(Chat chat, OpenedUnlicensed report, bool fromCard)
    {
        var towns = (await chat.Look(new TownsOfDistrict(chat.Visitor))).Where(town => town.Id != report.TownId).ToList();
        if (towns.Count == 0)
        {
            chat.Say("没有别的镇街可以转。属于部门职权的，请办结时选“已通报有关部门查处”。", $"办结 {report.ReportId}");
            return;
        }

        var to = await chat.Ask(
            "to",
            $"{(fromCard ? $"{Shown(report)}\n" : "")}转给哪个镇街？{ReportUnlicensedBusiness.Choices(towns)}",
            said => ReportUnlicensedBusiness.ReadTown(said, towns),
            takesAnything: false,
            [.. towns.Take(3).Select(ReportUnlicensedBusiness.Short)]);
        var reason = await chat.Ask("reason", "请用一句话说明理由，举报人也会看到。", LongestReason);
        var moved = await chat.Send(new MoveUnlicensed(chat.Visitor, report.ReportId, to, reason));
        chat.Say($"已转{moved.TownName}，期限不变，仍是{ChineseDates.WithWeekday(moved.DueOn)}24时前{(moved.Anonymous ? "" : "；已告知举报人")}。", Ledger);
    }

    private static string Shown(OpenedUnlicensed report)
    {
        var facts = new List<string>
        {
            $"{report.ReportId} {report.Number}，{(report.Anonymous ? "匿名" : "实名（请为举报人保密）")}，{ChineseDates.Short(report.ReceivedOn)}收到。已留痕您的查看。",
            $"镇街：{report.TownName}",
            $"位置：{report.Place}",
            $"情况：{report.Text}{(report.EvidenceCount > 0 ? $"（附件{report.EvidenceCount}份）" : "")}",
        };
        if (report.ReporterName is { } name)
            facts.Add($"举报人：{string.Join('，', new[] { name, report.ReporterPhone }.OfType<string>())}");
        facts.Add(report.Outcome is { } outcome
            ? $"结果：{outcome.InChinese()}。{report.Result!.TrimEnd('。')}。"
            : $"{(report.Late ? "已超期，应于" : "最迟")}{ChineseDates.WithWeekday(report.DueOn)}24时前告知结果。属于部门职权的，应当及时通报有关部门（无证无照经营查处办法第八条）。");
        return string.Join('\n', facts);
    }

    private static Read<string> ReadWhich(Said said) =>
        Opening().Match(said.Text) is { Success: true } opening ? opening.Groups["id"].Value
        : Bare().IsMatch(said.Text) ? said.Text
        : Read.No<string>("请回复“打开”加编号，例如“打开 Z26-3”。");

    [GeneratedRegex(@"^(?<act>打开|办理|核实|查看|办结|转交)\s*(?:举报)?\s*(?<id>[Zz][0-9]{2}-[0-9]{1,6})$")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^[Zz][0-9]{2}-[0-9]{1,6}$")]
    private static partial Regex Bare();
}
