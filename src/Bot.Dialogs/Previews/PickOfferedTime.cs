using Bot.Dialogs.Conversations;
using Bot.Dialogs.Inspections;
using Bot.Domain.Commands;
using Bot.Domain.Previews;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Previews;

/// <summary>C9, the enterprise's side: one of the times that the unit offers, or why none fits (W05).</summary>
public static class PickOfferedTime
{
    private const string Pick = "选时间";
    private const int LongestReason = 300;
    private static readonly Rule Offered = new("检查单位还没有提出可选的时间。说“检查预告”可以看到近期的检查。", "W05");

    public static Conversation Conversation { get; } = new("PickOfferedTime", "选检查时间", "这次选择", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Opens = text => text.StartsWith(Pick, StringComparison.Ordinal),
    };

    private static async Task Play(Chat chat)
    {
        var cards = (await chat.Look(new UpcomingInspections(chat.Visitor))).Where(card => card.TimesOffered.Count > 0).ToList();
        var id = TaskReference.In(chat.Opening) ?? cards.FirstOrDefault()?.TaskId ?? "";
        var card = cards.Find(one => one.TaskId == id);
        var choice = await chat.Ask(
            "choice",
            Describe(card),
            said => Which(said, card),
            takesAnything: false,
            [.. (card?.TimesOffered ?? []).Select(time => time.Words), "都不行"]);
        if (choice <= (card?.TimesOffered.Count ?? 0))
        {
            var receipt = await chat.Send(new PickTime(chat.Visitor, id, choice));
            chat.Say($"已改为{receipt.Time.Words}，检查预告已更新。", "检查预告");
            return;
        }

        await chat.Send(new NoTimeFits(chat.Visitor, id, await chat.Ask("because", "请说明原因和哪天可以，会转告检查单位。", LongestReason)));
        chat.Say("已转告检查单位，由单位再决定，答复前原时间有效。");
    }

    private static string Describe(PreviewCard? card)
    {
        Offered.Require(card is not null);
        return $"{card!.UnitName}的检查（原定{ViewPreviews.When(card)}）可以改到：\n{ReadingTasks.Numbered(card.TimesOffered.Select(time => time.Words).Append("都不行"), words => words)}";
    }

    /// <summary>The number of the time that was named by its day, or one more than there are for none of them.</summary>
    private static Read<int> Which(Said said, PreviewCard? card)
    {
        var times = card?.TimesOffered ?? [];
        if (Understanding.Numbers.Choice(said.Text, times.Count + 1) is { } number)
            return number;
        if (said.Text.Contains("不行", StringComparison.Ordinal) || said.Text.Contains("都不", StringComparison.Ordinal))
            return times.Count + 1;
        var around = times.Count > 0 ? times.Min(time => time.On).ToDateTime(TimeOnly.MinValue) : said.ChinaNow;
        var named = ReadingTasks.Time(said.Text, around, said.Calendar);
        var fitting = times.Where(time => named is not null && time.On == named.On && (named.HalfDay.Length == 0 || time.HalfDay == named.HalfDay)).ToList();
        return fitting.Count == 1 ? times.ToList().IndexOf(fitting[0]) + 1 : Read.No<int>("请回复序号选一个时间，都不合适就说“都不行”。");
    }
}
