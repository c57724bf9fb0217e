using Bot.Dialogs.Conversations;
using Bot.Dialogs.Inspections;
using Bot.Domain.Commands;
using Bot.Domain.Previews;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Previews;

/// <summary>C9, the unit's side: agree, say why not, or offer times to choose from (W05).</summary>
public static class AnswerWishForTime
{
    private const string Answer = "答复改期";
    private const int LongestReason = 300;
    private static readonly Rule SomethingOpen = new("现在没有等您单位答复的改期意愿。", "W05");

    public static Conversation Conversation { get; } = new("AnswerWishForTime", "答复改期", "这次答复", Play)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison],
        Browsing = ["which"],
        Opens = text => text.StartsWith(Answer, StringComparison.Ordinal),
    };

    private static async Task Play(Chat chat)
    {
        if (TaskReference.In(chat.Opening) is { } named)
            chat.Known("which", named);
        var wishes = await chat.Look(new WishesToAnswer(chat.Visitor));
        var id = await chat.Ask("which", List(wishes), said => ReadWhich(said, wishes), takesAnything: false, [.. wishes.Take(9).Select(wish => wish.TaskId)]);
        var card = wishes.FirstOrDefault(wish => wish.TaskId == id);
        var way = await chat.Ask(
            "way",
            $"{Describe(id, card)}\n{ReadingTasks.Numbered(Ways(card), way => way.Label)}",
            said => Answers.Choice(said, Ways(card)),
            takesAnything: false,
            [.. Ways(card).Select(one => one.Label)]);
        await Do(chat, id, way);
    }

    private static async Task Do(Chat chat, string id, string way)
    {
        switch (way)
        {
            case "agree":
                Agreed(chat, await chat.Send(new AgreeToOtherTime(chat.Visitor, id)));
                break;
            case "other":
                var time = await chat.Ask("time", "改到哪天？比如“12月21日下午”。", ReadingTasks.Time);
                Agreed(chat, await chat.Send(new AgreeToOtherTime(chat.Visitor, id, time.On, time.HalfDay)));
                break;
            case "offer":
                var times = await chat.Ask("times", "请写两到三个时间，用顿号隔开，比如“12月22日上午、12月23日下午”。", ReadTimes);
                await chat.Send(new OfferTimes(chat.Visitor, id, times));
                chat.Say("已发给企业选择，选定以前原时间有效。");
                break;
            default:
                await chat.Send(new RefuseOtherTime(chat.Visitor, id, await chat.Ask("because", "请写明不能改期的理由，企业会看到。", LongestReason)));
                chat.Say("已答复企业，原时间不变。");
                break;
        }
    }

    private static void Agreed(Chat chat, WishReceipt receipt) =>
        chat.Say($"已改为{receipt.Time.Words}，{(receipt.PreviewTold > 0 ? "检查预告已更新并重发企业" : "预告没有发出，请电话告知企业")}。", $"任务 {receipt.TaskId}");

    private static string List(IReadOnlyList<WishCard> wishes)
    {
        SomethingOpen.Require(wishes.Count > 0);
        return $"等答复的改期意愿{wishes.Count}件：{string.Join('；', wishes.Take(9).Select((wish, i) => $"{i + 1}. {wish.TaskId} {wish.Enterprise}，原定{wish.Planned.Words}"))}。请回复序号。";
    }

    private static string Describe(string id, WishCard? card)
    {
        SomethingOpen.Require(card is not null);
        return $"{id}：{card!.Enterprise}，原定{card.Planned.Words}。企业说：{card.Wish}{(card.Wished is { } wished ? $"（希望改到{wished.Words}）" : "")}";
    }

    private static Option[] Ways(WishCard? card) => card?.Wished is null
        ? [new("other", "改到别的时间", "同意", "改期"), new("offer", "提出几个时间", "提时间"), new("refuse", "不能改", "不同意", "不行")]
        : [new("agree", "同意", "可以", "好", "行"), new("offer", "提出几个时间", "提时间"), new("refuse", "不能改", "不同意", "不行"), new("other", "改到别的时间")];

    private static Read<List<VisitTime>> ReadTimes(Said said)
    {
        var times = said.Text.Split(['、', ',', '，', ';', '；', '或', '和'], StringSplitOptions.RemoveEmptyEntries).Select(part => ReadingTasks.Time(part, said.ChinaNow, said.Calendar)).ToList();
        return times.Count > 0 && times.TrueForAll(time => time is not null) ? times.ConvertAll(time => time!) : Read.No<List<VisitTime>>("没认出全部时间，请写成“12月22日上午、12月23日下午”。");
    }

    private static Read<string> ReadWhich(Said said, IReadOnlyList<WishCard> wishes)
    {
        if (TaskReference.In(said.Text) is { } named)
            return named;
        return Understanding.Numbers.Choice(said.Text, Math.Min(wishes.Count, 9)) is { } number ? wishes[number - 1].TaskId : Read.No<string>("请回复序号或任务编号。");
    }
}
