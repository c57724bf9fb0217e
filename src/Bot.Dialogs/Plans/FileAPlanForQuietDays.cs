using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Plans;

namespace Bot.Dialogs.Plans;

/// <summary>The justice bureau files a special plan, after which its inspections may take place on quiet days (J14).</summary>
public static class FileAPlanForQuietDays
{
    private const string Opening = "备案 ";
    private const string AtOnce = "同意备案 ";

    public static Conversation Conversation { get; } = new("FileForQuietDays", "安静日备案", "这次备案", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => (text.StartsWith(Opening, StringComparison.Ordinal) && text.Length > Opening.Length) || (text.StartsWith(AtOnce, StringComparison.Ordinal) && text.Length > AtOnce.Length),
    };

    private static async Task Play(Chat chat)
    {
        var agreed = chat.Opening.StartsWith(AtOnce, StringComparison.Ordinal);
        var plan = await chat.Look(new PlanDetail(chat.Visitor, chat.Opening[(agreed ? AtOnce : Opening).Length..].Trim().ToUpperInvariant()));
        if (!agreed && !await chat.Confirm("file", $"《{plan.Title}》（{plan.UnitName}）申请在安静日实施。同意备案吗？备案后这个计划的检查可以在安静日实施。"))
        {
            chat.Say("好的，没有备案。需要时回复“备案”加计划编号。");
            return;
        }

        var filed = await chat.Send(new FileForQuietDays(chat.Visitor, plan.Id));
        chat.Say($"《{filed.Title}》已备案，备案日期{ChineseDates.Long(filed.FiledOn!.Value)}，已告知申请单位。");
    }
}
