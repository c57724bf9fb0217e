using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.HumanHelp;

namespace Bot.Dialogs.HumanHelp;

/// <summary>C12: says honestly when a person is there, and takes a message that is answered by a working day.</summary>
public static class LeaveMessage
{
    private const int LongestMessage = 1000;

    private static readonly string[] NoPhone = ["不留", "不用", "没有", "不方便", "不留了", "不了", "不"];

    public static Conversation Conversation { get; } = new("LeaveMessage", "人工帮助", "这条留言", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison],
        Intents = [Intents.Human],
        Opens = text => text is "人工" or "转人工" or "人工帮助" || IsBoard(text),
    };

    /// <summary>惠企留言板 (W35): whoever asks for it wants to write, not to wait for somebody.</summary>
    private static bool IsBoard(string text) => text is "惠企留言" or "惠企留言板" or "留言板" or "留言";

    private static async Task Play(Chat chat)
    {
        var hours = chat.Rules.OfficeHours;
        var now = chat.StartedAt;
        var today = DateOnly.FromDateTime(now);
        var due = chat.Calendar.Due(today, chat.Rules.HelpReply.Period).On;
        var spans = string.Join('、', hours.Spans.Select(span => $"{span.From:H\\:mm}—{span.To:H\\:mm}"));
        var open = hours.IsOpen(now, chat.Calendar) ? $"现在是人工服务时间（工作日{spans}）。" : $"现在是{ChineseDates.Weekday(today)}{now:H\\:mm}，人工在工作日{spans}。";
        var wish = IsBoard(chat.Opening) ? "message" : await chat.Choose(
            "wish",
            open,
            new Option("message", $"留言，{ChineseDates.Weekday(due)}（{ChineseDates.Short(due)}）前回复", "留言"),
            new Option("emergency", "紧急情况", "紧急", "着急"),
            new Option("bot", "继续问我", "继续"));
        switch (wish)
        {
            case "emergency":
                chat.Say($"有火情、险情、有人受伤，请马上拨打119、120或110，不要等这里的回复。\n检查现场有争议，可以拨打{chat.Rules.SupervisionOffice.Name}{chat.Rules.SupervisionOffice.Phone}，或12345。", "投诉检查行为");
                return;
            case "bot":
                chat.Say("好的，您请说。", "菜单");
                return;
        }

        var text = await chat.Ask("text", "请说要点，我转给工作人员。", LongestMessage);
        var receipt = await chat.Send(new Bot.Domain.HumanHelp.LeaveMessage(chat.Visitor, text));
        var phone = await chat.Ask("phone", $"已留言，编号 {receipt.Number}，{ChineseDates.Short(receipt.DueOn)}前联系您。留下电话更快，可以不留。", ReadPhone, takesAnything: false, "不留");
        if (phone.Length > 0)
            await chat.Send(new LeavePhone(chat.Visitor, receipt.HelpId, phone));
        chat.Say(phone.Length > 0 ? $"好，工作人员会打{phone}，也会在这里回复您。" : "好，将在这里回复您。");
    }

    private static Read<string> ReadPhone(Said said) =>
        Phones.In(said.Text) is { } phone ? phone
        : NoPhone.Contains(said.Text) || YesNo.Of(said.Text) == false ? ""
        : Read.No<string>("没认出电话号码。请发11位手机号或带区号的座机，不留就回复“不留”。");
}
