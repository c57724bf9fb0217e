using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Workbench;

namespace Bot.Dialogs.Todo;

/// <summary>"工作台": the one-time link to the officials' page. The turn that holds it is deleted soon from what is kept.</summary>
public static class OpenTheWorkbench
{
    /// <summary>Where the page is found.</summary>
    public const string Path = "/console";

    private static readonly string[] Words = ["工作台", "打开工作台", "进入工作台", "工作台链接", "登录工作台"];

    public static Conversation Conversation { get; } = new("OpenTheWorkbench", "工作台", "这次打开", Play)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor],
        Opens = text => Words.Contains(text, StringComparer.Ordinal),
        Fleeting = true,
    };

    private static async Task Play(Chat chat)
    {
        if (chat.Pages is not { } root)
        {
            chat.Say("工作台还不能用：系统还没有设置访问地址，请联系管理员。在这里说“今日待办”可以看到您的事项。", "今日待办");
            return;
        }

        var issued = await chat.Send(new IssueWorkbenchTicket(chat.Visitor));
        chat.Say($"工作台链接（{issued.Minutes}分钟内有效，只能用一次，请不要转发）：\n{root}{Path}/enter?ticket={issued.Ticket}");
    }
}
