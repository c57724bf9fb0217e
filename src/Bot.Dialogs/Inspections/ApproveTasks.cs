using System.Globalization;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Previews;

namespace Bot.Dialogs.Inspections;

/// <summary>C19: what waits for the leader: tasks, waivers, made-up approvals, exemptions (J10, J12, J14, J19, J21, J23).</summary>
public static class ApproveTasks
{
    private const string Agree = "同意审批";
    private const string Return = "退回审批";
    private const int LongestReason = 500;
    private const int Listed = 9;

    public static Conversation Conversation { get; } = new("ApproveTasks", "待我审批", "这次审批", Play)
    {
        Roles = [ActorRole.UnitLeader],
        Intents = [Intents.LeaderApprove],
        Browsing = ["which"],
        Opens = text => text == "待我审批" || (Array.Exists(["审批", Agree, Return], lead => text.StartsWith(lead, StringComparison.Ordinal)) && TaskReference.In(text) is not null),
    };

    /// <summary>From a notice or the list of what is to be done: which one is meant is clear already.</summary>
    internal static async Task About(Chat chat, string id)
    {
        if ((await chat.Look(new ToApprove(chat.Visitor))).FirstOrDefault(card => card.Task.Id == id) is { } card)
            chat.Say(await Decide(chat, id, card), "待我审批");
        else
            await FollowApproval.Show(chat, id);
    }

    private static async Task Play(Chat chat)
    {
        if (chat.Opening.StartsWith(Agree, StringComparison.Ordinal) || chat.Opening.StartsWith(Return, StringComparison.Ordinal))
        {
            await AtOnce(chat, TaskReference.In(chat.Opening)!);
            return;
        }

        if (TaskReference.In(chat.Opening) is { } named)
            chat.Known("which", named);
        var lead = "";
        while (true)
        {
            var waiting = await chat.Look(new ToApprove(chat.Visitor));
            if (waiting.Count == 0 && TaskReference.In(chat.Opening) is null && lead.Length == 0)
            {
                chat.Tell("现在没有待您审批的事。");
                return;
            }

            if (waiting.Count == 0 && lead.Length > 0)
            {
                chat.Say($"{lead}没有其他待您审批的事了。");
                return;
            }

            var id = await chat.Ask("which", lead + List(waiting), said => ReadWhich(said, waiting), takesAnything: false, [.. waiting.Take(Listed).Select(card => card.Task.Id), "稍后"]);
            if (id.Length == 0)
            {
                chat.Say("好的，说“待我审批”可以接着办。");
                return;
            }

            lead = await Decide(chat, id, waiting.FirstOrDefault(card => card.Task.Id == id));
        }
    }

    /// <summary>The decision is in the words already. Where it takes more than a yes or no, the whole question is asked; where it was taken meanwhile, that is said.</summary>
    private static async Task AtOnce(Chat chat, string id)
    {
        if ((await chat.Look(new ToApprove(chat.Visitor))).FirstOrDefault(card => card.Task.Id == id) is not { } card)
        {
            await FollowApproval.Show(chat, id);
            return;
        }

        var agrees = chat.Opening.StartsWith(Agree, StringComparison.Ordinal);
        var ways = Ways(card.Kind, card.Task);
        if (!agrees || card.Task.WaiverWanted is null)
        {
            var words = chat.Opening[(chat.Opening.IndexOf(id, StringComparison.OrdinalIgnoreCase) + id.Length)..];
            if (ReadDecision(new Said((agrees ? "同意" : "退回") + words, [], chat.StartedAt), ways, card.Task, card.Kind) is { Understood: true, Value: { } decision })
                chat.Known("decision", decision);
        }

        chat.Say(await Decide(chat, id, card), "待我审批");
    }

    /// <summary>Everything that steers the talk is in the recorded decision: the list is another one once something is decided.</summary>
    private static async Task<string> Decide(Chat chat, string id, ApprovalCard? card)
    {
        var task = card?.Task ?? await chat.Look(new TaskDetail(chat.Visitor, id));
        var kind = card?.Kind;
        var ways = Ways(kind, task);
        var decision = await chat.Ask("decision", $"{Describe(kind, task, chat)}\n{ReadingTasks.Numbered(ways, way => way.Label)}", said => ReadDecision(said, ways, task, kind), takesAnything: false, [.. ways.Select(way => way.Label)]);
        var words = decision.Words;
        if (words.Length == 0 && decision.NeedsWords)
            words = await chat.Ask("words", decision.Way is "approve" or "waive" ? "请写明同意的理由，会留痕。" : "请写明理由，经办人会看到。", LongestReason);
        switch (decision.Way)
        {
            case "approve":
                return Approved(await chat.Send(new ApproveTask(chat.Visitor, id, words)));
            case "waive":
                await chat.Send(new WaivePreview(chat.Visitor, id, words));
                await chat.Send(new ApproveTask(chat.Visitor, id, words));
                return $"已批准{id}并同意免预告，预告不发；已提醒经办人不得向检查对象透露。";
            case "return":
                await chat.Send(new ReturnTask(chat.Visitor, id, words));
                return $"已退回经办人，理由“{words}”。";
            case "makeUp":
                var made = await chat.Send(new MakeUpApproval(chat.Visitor, id));
                return $"已办结，留痕{ChineseDates.WithTime(made.DoneAt)}。";
            case "returnReport":
                await chat.Send(new ReturnUrgentReport(chat.Visitor, id, words));
                return $"已退回经办人重新报告，理由“{words}”，期限不变。";
            case "exempt":
                await chat.Send(new ExemptFromVisit(chat.Visitor, id, words));
                return $"已同意{id}免予现场检查，理由已留痕。";
            case "keep":
                await chat.Send(new RefuseExemption(chat.Visitor, id, words));
                return $"已告知经办人仍要现场检查，理由“{words}”。";
            default:
                return "好的，先放着。";
        }
    }

    private static string Approved(ApprovalReceipt receipt) => receipt switch
    {
        { Surprise: true } => $"已批准{receipt.TaskId}，免预告，请勿向检查对象透露。",
        { PreviewTold: > 0 } => $"已批准{receipt.TaskId}，检查预告已发给企业{receipt.PreviewTold.ToString(CultureInfo.InvariantCulture)}位联系人。",
        { PreviewHindered: { } why } => $"已批准{receipt.TaskId}。预告没有发出：{why}",
        _ => $"已批准{receipt.TaskId}。",
    };

    private static string List(IReadOnlyList<ApprovalCard> waiting) =>
        $"待您审批{waiting.Count}件：{string.Join('；', waiting.Take(Listed).Select((card, i) => $"{i + 1}. {Line(card)}"))}。请回复序号。";

    private static string Line(ApprovalCard card) => card.Kind switch
    {
        ApprovalKind.MakeUp or ApprovalKind.MakeUpUnreported => $"{card.Task.Id} 紧急检查补办{(card.DueOn is { } due ? $"，应于{ChineseDates.Short(due)}前办结" : "")}",
        ApprovalKind.Exemption => $"{card.Task.Id} {card.Task.Enterprise}，拟免予现场检查",
        _ => $"{card.Task.Id} {card.Task.Enterprise}，{ChineseDates.Short(card.Task.On)}，{card.Task.Type.Name()}{Flag(card.Task)}",
    };

    private static string Flag(TaskView task) => (task.Quiet switch
    {
        QuietDayRuling.NotFiled => "，在安静日内，未备案",
        QuietDayRuling.Blocked => "，在安静日内",
        QuietDayRuling.Filed => "，在安静日内，已备案",
        _ => "",
    }) + (task.WaiverWanted is null ? "" : "，申请免预告") + (task.Checks.Any(check => check is { Kind: CheckKind.Frequency, Weight: CheckWeight.NeedsLeader }) ? "，超频次上限" : "");

    private static string Describe(ApprovalKind? kind, TaskView task, Chat chat)
    {
        var what = $"{task.Id}：{task.Enterprise}，{new VisitTime(task.On, task.HalfDay).Words}，{task.Type.Name()}，事项：{string.Join('、', task.Items)}，人员：{string.Join('、', task.Inspectors)}。";
        switch (kind)
        {
            case ApprovalKind.MakeUp:
                return $"{task.Id}：{(task.ScannedInAt is { } at ? ChineseDates.WithTime(ChinaClock.ToChina(at)) : ChineseDates.Short(task.On))} 紧急检查，{task.UrgentReport}经办已书面报告。";
            case ApprovalKind.MakeUpUnreported:
                return $"{task.Id}：紧急检查，{task.Explanation}。经办还没有书面报告事由和结果，报告后才能补办审批。";
            case ApprovalKind.Exemption:
                return $"{what}拟免予现场检查，须您同意。{(task.ExemptionReason is { Length: > 0 } why ? $"理由：{why}。" : "经办没有写理由。")}";
            case ApprovalKind.Task:
                var basis = task.PlanTitle is { } plan ? $"依据《{plan}》。" : $"{task.Ground.Name()}{(task.SourceNumber is { } source ? $"（{source}）" : "")}：{task.Explanation}。";
                var remark = task.Remark is null ? "" : $"经办说明：{task.Remark}。";
                var waiver = task.WaiverWanted is null ? "" : $"申请免预告，理由：{task.WaiverWanted}。";
                var blocked = task.Quiet == QuietDayRuling.NotFiled ? $"未报{chat.Rules.SupervisionOffice.Name}备案，未备案前不能批准。" : "";
                return $"{what}{basis}{string.Concat(task.Checks.Where(check => check.Kind != CheckKind.QuietDay || task.Quiet != QuietDayRuling.NotFiled).Select(check => check.Words))}{(blocked.Length > 0 ? $"{ChineseDates.Short(task.On)}在安静日内，{blocked}" : "")}{remark}{waiver}";
            default:
                return $"{what}现在是“{task.Stage.Name()}”，没有要您审批的。";
        }
    }

    private static List<Option> Ways(ApprovalKind? kind, TaskView task)
    {
        var later = new Option("later", "稍后", "先放着", "不");
        switch (kind)
        {
            case ApprovalKind.MakeUp:
                return [new("makeUp", "同意补办", "同意", "批准"), new("returnReport", "不同意", "退回"), later];
            case ApprovalKind.Exemption:
                return [new("exempt", "同意免予", "同意", "批准"), new("keep", "不同意", "退回"), later];
            case ApprovalKind.Task when task.Checks.Any(check => check.Weight == CheckWeight.Blocks):
                return [new("return", "退回并说明", "退回", "不同意", "先去备案"), later];
            case ApprovalKind.Task when task.WaiverWanted is not null:
                return [new("waive", "同意并免预告", "同意免预告", "同意免予预告"), new("approve", "同意，仍发预告", "同意", "批准"), new("return", "退回", "不同意"), later];
            case ApprovalKind.Task:
                return [new("approve", "同意", "批准", "好", "行"), new("return", "退回", "不同意", "不批"), later];
            default:
                return [later];
        }
    }

    private static Read<Decision> ReadDecision(Said said, List<Option> ways, TaskView task, ApprovalKind? kind)
    {
        var (text, words) = (said.Text, "");
        if (Numbers.ChoiceAndRest(text, ways.Count) is var (choice, rest) && choice > 0)
            return Of(ways[choice - 1].Code, rest);
        // The longest words count: 同意并免预告 is not 同意 with something behind it.
        var (named, lead) = ways.SelectMany(way => way.Also.Append(way.Label).Select(word => (Way: way, Lead: Normalise.Text(word))))
            .Where(one => text.StartsWith(one.Lead, StringComparison.Ordinal))
            .OrderByDescending(one => one.Lead.Length)
            .FirstOrDefault();
        if (named is not null)
        {
            words = text[lead.Length..].TrimStart(' ', ',', ':', '。', '，');
            return Of(named.Code, words.StartsWith("理由是", StringComparison.Ordinal) ? words[3..] : words);
        }

        return Answers.Choice(said, ways) is { Understood: true, Value: { } code } ? Of(code, "") : Read.No<Decision>($"请回复1到{ways.Count}的数字，退回的可以写“2 理由”。");

        Decision Of(string code, string told) => new(code, told.Trim(), code switch
        {
            "approve" => kind == ApprovalKind.Task && task.Checks.Any(check => check.Weight == CheckWeight.NeedsLeader),
            "makeUp" or "exempt" or "later" => false,
            _ => true,
        });
    }

    private static Read<string> ReadWhich(Said said, IReadOnlyList<ApprovalCard> waiting)
    {
        if (TaskReference.In(said.Text) is { } named)
            return named;
        if (Numbers.Choice(said.Text, Math.Min(waiting.Count, Listed)) is { } number)
            return waiting[number - 1].Task.Id;
        return YesNo.Of(said.Text) == false || said.Text is "稍后" or "知道了" ? "" : Read.No<string>("请回复序号或任务编号，先不办就说“稍后”。");
    }

    private sealed record Decision(string Way, string Words, bool NeedsWords);
}
