using Bot.Dialogs.Conversations;
using Bot.Domain.Agenda;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;

namespace Bot.Dialogs.Todo;

/// <summary>"我的日历": the link by which a phone or a mail program shows one's own inspections and deadlines. The turn that holds it is deleted soon from what is kept.</summary>
public static class SubscribeToCalendar
{
    /// <summary>Where the feed is found; its name is the secret.</summary>
    public const string Path = "/calendar";

    private const string Renew = "换一个日历链接";
    private const string End = "停用日历链接";

    private static readonly string[] Words = ["我的日历", "日历", "日历链接", "订阅日历", "日历订阅", "日历订阅链接"];
    private static readonly string[] Renewing = [Renew, "换日历链接", "更换日历链接", "重新生成日历链接", "日历链接泄露了"];
    private static readonly string[] Ending = [End, "停用日历", "取消日历订阅", "关闭日历链接"];

    public static Conversation Conversation { get; } = new("SubscribeToCalendar", "我的日历", "这次订阅", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor],
        Opens = text => Words.Contains(text, StringComparer.Ordinal) || Renewing.Contains(text, StringComparer.Ordinal) || Ending.Contains(text, StringComparer.Ordinal),
        Fleeting = true,
    };

    private static async Task Play(Chat chat)
    {
        if (Ending.Contains(chat.Opening, StringComparer.Ordinal))
        {
            var ended = await chat.Send(new EndCalendarLink(chat.Visitor));
            chat.Say(ended.Ended ? "日历链接已停用，订阅过的手机和电脑不会再更新。要重新订阅请说“我的日历”。" : "您还没有日历链接。要订阅请说“我的日历”。", "我的日历");
            return;
        }

        if (chat.Pages is not { } root)
        {
            chat.Say("日历链接还不能用：系统还没有设置访问地址，请联系管理员。");
            return;
        }

        if (Words.Contains(chat.Opening, StringComparer.Ordinal) && (await chat.Look(new MyCalendarLink(chat.Visitor))).MadeOn is { } made)
        {
            chat.Say($"您的日历链接是{ChineseDates.Long(made)}生成的，一直有效。为了安全，链接只在生成时显示一次；找不到了请说“{Renew}”，旧链接马上作废。", Renew, End);
            return;
        }

        var link = await chat.Send(new MakeCalendarLink(chat.Visitor));
        chat.Say(
            $"{(link.Replaced ? "旧链接已作废，新的日历链接：" : "您的日历链接：")}\n{root}{Path}/{link.Secret}.ics\n"
            + $"复制到手机或电脑日历的“订阅日历”里，就能看到{Contents(chat.Visitor)}，有变动会自动更新。\n链接就是钥匙，谁拿到都能看，请不要转发。只显示这一次，泄露了就说“{Renew}”。",
            Renew,
            End);
    }

    private static string Contents(Actor visitor) => visitor.IsOfficial ? "自己的检查、到期事项和企业安静日" : "已预告的检查和您在等的答复";
}
