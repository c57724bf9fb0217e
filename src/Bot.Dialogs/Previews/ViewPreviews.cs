using Bot.Dialogs.Conversations;
using Bot.Dialogs.Guidance;
using Bot.Dialogs.Knowledge;
using Bot.Dialogs.People;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Knowledge;
using Bot.Domain.Previews;

namespace Bot.Dialogs.Previews;

/// <summary>C2: what is going to be inspected, how to prepare, and a self-check that only the enterprise sees (J16, J17).</summary>
public static class ViewPreviews
{
    private const string Details = "查看详情";

    public static Conversation Conversation { get; } = new("ViewPreviews", "检查预告", "这次查看", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Intents = [Intents.ViewPreview],
        Browsing = ["which", "wish"],
        Opens = text => text is "检查预告" or "看预告" || IsPreparing(text) || text.StartsWith(Details, StringComparison.Ordinal),
    };

    /// <summary>The inspection that is meant: the one named, the only one, or the one chosen; null when none was previewed.</summary>
    internal static async Task<PreviewCard?> Choose(Chat chat)
    {
        if (await WithoutEnterprise.Tell(chat, "检查预告只发给已绑定的企业。"))
            return null;
        var cards = await chat.Look(new UpcomingInspections(chat.Visitor));
        if (cards.Count == 0)
        {
            // The same words whether nothing is planned or a surprise inspection is (J19).
            chat.Tell($"近期没有发给{await WithoutEnterprise.Name(chat)}的检查预告。收到预告，我会马上发给您。有人上门检查时，请他们出示执法证和检查码；没有出示的，可以在这里投诉。");
            return null;
        }

        if (cards.FirstOrDefault(card => Names(chat.Opening, card)) is { } named)
            return named;
        if (cards.Count == 1)
            return cards[0];
        var taskId = await chat.Choose("which", $"{await WithoutEnterprise.Name(chat)}近期有{cards.Count}次检查，看哪一次？", [.. cards.Take(9).Select(card => new Option(card.TaskId, $"{When(card)}，{card.UnitName}"))]);
        return cards.First(card => card.TaskId == taskId);
    }

    internal static string When(PreviewCard card) => ChineseDates.WithWeekday(card.On) + card.HalfDay;

    private static async Task Play(Chat chat)
    {
        if (await Choose(chat) is not { } card)
            return;
        if (IsPreparing(chat.Opening))
        {
            await Prepare(chat, card);
            return;
        }

        var count = (await chat.Look(new UpcomingInspections(chat.Visitor))).Count;
        var first = count == 1 ? "贵单位近期有1次检查：" : "";
        var guide = (await chat.Look(new KnowledgeOfTrade(chat.Visitor, KnowledgeKind.Guide))).Own is [var own, ..] ? own : null;
        Option[] ofTrade = guide is null ? [] : [new Option("guide", "看合规指引", "合规指引", "指引")];
        var words = $"{first}{(card.Changed ? "【变更】" : "")}{When(card)}，{Who(card)}，{string.Join('、', card.Items.Select(item => item.Name))}。";
        while (true)
        {
            var wish = await chat.Choose(
                "wish",
                new Reply(words) { Card = Card(card) },
                [
                    new Option("items", "看检查什么", "检查什么", "查什么", "依据"),
                    new Option("prepare", "怎么准备", "准备", "自查"),
                    .. ofTrade,
                    new Option("time", "时间不方便", "改期", "不方便", "换时间"),
                    new Option("contact", "联系谁", "联系", "电话"),
                    new Option("done", "知道了", "好", "好的", "谢谢", "没有了"),
                ]);
            switch (wish)
            {
                case "items":
                    chat.Say($"{Items(card)}\n检查人员：{string.Join('、', card.Inspectors)}，到场应主动出示证件并扫码。");
                    break;
                case "guide":
                    chat.Say(KnowledgeWords.Whole(guide!));
                    break;
                case "contact":
                    chat.Say($"联系人：{card.Contact}（{card.UnitName}）。");
                    break;
                case "prepare":
                    await Prepare(chat, card);
                    return;
                case "time":
                    await WishForAnotherTime.About(chat, card);
                    return;
                default:
                    chat.Say("好的，有变化我会马上告诉您。");
                    return;
            }

            words = "还想看什么？";
        }
    }

    private static bool IsPreparing(string text) => text is "自查" or "自查清单" or "看自查清单" or "怎么准备" or "怎么准备检查" or "检查怎么准备" or "要准备什么" or "需要准备什么";

    private static async Task Prepare(Chat chat, PreviewCard card)
    {
        if (card.SelfCheck.Count == 0)
        {
            chat.Say($"单位没有列出自查清单，可以问联系人：{card.Contact}，也可以申请行政指导。", "申请行政指导");
            return;
        }

        var lines = string.Join('\n', card.SelfCheck.Select((line, i) => $"{i + 1}. {line.Standard}{Mark(line.Done)}"));
        var ask = $"这次主要看{card.SelfCheck.Count}项：\n{lines}\n请逐项自查，只有贵单位自己能看到。比如回复“1、2做到了”“第三项没有”“都做到了”，查完说“好了”。";
        while (true)
        {
            var said = await chat.Ask("tick", ask, read => SelfCheckWords.Read(read, card.SelfCheck.Count), takesAnything: false, "都做到了", "好了");
            if (said.Done.Count + said.Missing.Count == 0)
            {
                chat.Say("好的，自查情况已留在这里，随时可以再改。", "检查预告", "申请行政指导");
                return;
            }

            foreach (var line in said.Done)
                await chat.Send(new NoteSelfCheck(chat.Visitor, card.TaskId, line, true));
            foreach (var line in said.Missing)
                await chat.Send(new NoteSelfCheck(chat.Visitor, card.TaskId, line, false));
            ask = "已记下。还有别的项就接着说，没有就说“好了”。";
            if (said.Missing.Count == 0)
                continue;
            var apply = await chat.Choose(
                "apply",
                $"第{string.Join('、', said.Missing)}项已记下“未做到”。可以先改正；需要帮忙可申请行政指导，{chat.Rules.GuidanceReply.Period}内答复。现在申请吗？",
                new Option("yes", "申请", "要", "是", "好", "好的", "现在申请"),
                new Option("no", "先不用", "不用", "不", "先不", "不要", "不申请"));
            if (apply == "yes")
            {
                await AskForGuidance.About(chat, card);
                return;
            }
        }
    }

    private static string Mark(bool? done) => done switch
    {
        true => "（已做到）",
        false => "（未做到）",
        _ => "",
    };

    private static string Who(PreviewCard card) => card.JointUnits.Count == 0 ? card.UnitName : $"{card.UnitName}会同{string.Join('、', card.JointUnits)}";

    private static string Items(PreviewCard card) => string.Join('\n', card.Items.Select(item =>
        $"{item.Name}：{(item.Content.Length > 0 ? $"{item.Content}。" : "")}依据{item.Basis}。")) + (card.SelfCheck.Count == 0 ? "" : $"\n标准：{string.Join('；', card.SelfCheck.Select(line => line.Standard))}。");

    private static Card Card(PreviewCard card) => new(
        $"{When(card)} {card.Type}",
        Who(card),
        [
            new Fact("检查事项", string.Join('、', card.Items.Select(item => item.Name))),
            new Fact("检查人员", string.Join('、', card.Inspectors)),
            new Fact("联系人", card.Contact),
        ])
    {
        Lines = [.. card.SelfCheck.Select(line => line.Standard)],
    };

    private static bool Names(string opening, PreviewCard card) =>
        opening.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(word => card.Replaces.Append(card.TaskId).Contains(word, StringComparer.OrdinalIgnoreCase));
}
