using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Domain.Previews;

namespace Bot.Dialogs.Previews;

/// <summary>C9 in its simplest form: the enterprise says when it could, the unit decides (J16, W05).</summary>
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
        if (card.OtherTimeWished is { } earlier)
            chat.Say($"您之前说过：{earlier}。");
        var quiet = chat.Rules.QuietDays is { } days ? $"（每月{days.From}日到{days.To}日是安静日，不安排日常检查）" : "";
        var wish = await chat.Ask("otherTime", $"{ViewPreviews.When(card)}的检查，什么原因不方便，哪天可以？{quiet}", LongestWish);
        var receipt = await chat.Send(new WishOtherTime(chat.Visitor, card.TaskId, wish));
        chat.Say($"已转给{receipt.UnitName}，是否调整由单位决定，改了会重发预告。着急可以直接联系：{receipt.Contact}。");
    }

    private static async Task Play(Chat chat)
    {
        if (await ViewPreviews.Choose(chat) is { } card)
            await About(chat, card);
    }
}
