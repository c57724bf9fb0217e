using Bot.Dialogs.Conversations;
using Bot.Dialogs.Inspections;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Previews;

namespace Bot.Dialogs.Previews;

/// <summary>C9: the enterprise says when it could, the unit decides (J16, W05).</summary>
public static class WishForAnotherTime
{
    private const int LongestWish = 300;

    public static Conversation Conversation { get; } = new("WishForAnotherTime", "改期", "改期意愿", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Intents = [Intents.Reschedule],
        Opens = text => text == "改期" || text.StartsWith("改期 ", StringComparison.Ordinal),
    };

    internal static async Task About(Chat chat, PreviewCard card)
    {
        if (card.WishState == WishState.Offered)
        {
            chat.Say($"检查单位已经提出了可选的时间：{string.Join('、', card.TimesOffered.Select(time => time.Words))}。", $"选时间 {card.TaskId}");
            return;
        }

        if (card.OtherTimeWished is { } earlier)
            chat.Say($"您之前说过：{earlier}。");
        var quiet = chat.Rules.QuietDays is { } days ? $"（每月{days.From}日到{days.To}日是安静日，不安排日常检查）" : "";
        var reason = Reason(chat.Opening);
        var question = reason.Length > 0 ? $"{ViewPreviews.When(card)}，{card.UnitName}的检查。您方便的时间？{quiet}" : $"{ViewPreviews.When(card)}的检查，什么原因不方便，哪天可以？{quiet}";
        var answer = await chat.Ask("otherTime", question, LongestWish, [.. Near(chat, card).Select(day => ChineseDates.Short(day))]);
        var time = ReadingTasks.Time(answer, After(chat, card), chat.Calendar);
        var wish = reason.Length > 0 ? $"{reason}；希望{answer}" : answer;
        var receipt = await chat.Send(new WishOtherTime(chat.Visitor, card.TaskId, wish[..Math.Min(wish.Length, LongestWish)], time?.On, time?.HalfDay ?? ""));
        var asked = time is null ? "" : $"：希望改到{time.Words}";
        chat.Say($"已转给{receipt.UnitName}{asked}。是否调整由单位决定，答复前原时间有效，改了会重发预告。当天确实无人在场的，请留一位能配合的人员和电话。着急可以直接联系：{receipt.Contact}。");
    }

    /// <summary>The sentence that opened the talk, when it says more than that another time is wanted.</summary>
    private static string Reason(string opening)
    {
        const int shortest = 7;
        var words = TaskReference.Rest(opening).Replace(',', '，');
        return words.Length >= shortest && !words.StartsWith("改期", StringComparison.Ordinal) && !words.StartsWith("查看详情", StringComparison.Ordinal) ? words : "";
    }

    /// <summary>Working days outside the quiet days around the one planned (W05).</summary>
    private static IEnumerable<DateOnly> Near(Chat chat, PreviewCard card)
    {
        const int offered = 3;
        var tomorrow = DateOnly.FromDateTime(chat.StartedAt).AddDays(1);
        var from = card.On.AddDays(-1) < tomorrow ? tomorrow : card.On.AddDays(-1);
        return VisitDays.From(from, offered + 1, chat.Calendar, chat.Rules).Where(day => day != card.On).Take(offered);
    }

    /// <summary>"21日" means the one around the inspection, not the next one from today.</summary>
    private static DateTime After(Chat chat, PreviewCard card)
    {
        const int before = 10;
        var around = card.On.AddDays(-before).ToDateTime(TimeOnly.MinValue);
        return around < chat.StartedAt ? chat.StartedAt : around;
    }

    private static async Task Play(Chat chat)
    {
        if (await ViewPreviews.Choose(chat) is { } card)
            await About(chat, card);
    }
}
