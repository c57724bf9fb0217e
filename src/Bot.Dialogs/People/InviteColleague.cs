using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.People;

namespace Bot.Dialogs.People;

/// <summary>"邀请同事": somebody in charge gets a one-time code for a colleague. The turn that holds it is deleted soon from what is kept.</summary>
public static class InviteColleague
{
    private static readonly string[] Words = ["邀请同事", "邀请", "邀请人", "邀请同事绑定", "邀请员工", "加一位同事", "添加同事", "发绑定码", "发邀请码", "要绑定码"];

    public static Conversation Conversation { get; } = new("InviteColleague", "邀请同事", "这次邀请", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Opens = text => Words.Contains(text, StringComparer.Ordinal),
        Browsing = ["role"],
        Fleeting = true,
    };

    /// <summary>The code in words and as a picture.</summary>
    internal static Reply Shown(BindingCodeIssued issued, string whom, string how) =>
        new($"绑定码：{issued.Code}\n给{issued.EnterpriseName}{whom}用，{ChineseDates.WithWeekday(issued.LastDay)}24时前有效，只能用一次。{how}对方对我说“绑定码 {issued.Code}”就可以绑定。\n码只显示这一次，请现在就转给对方，不要发到群里。")
        {
            Picture = BindingCode.Scene(issued.Code),
        };

    private static async Task Play(Chat chat)
    {
        if (await WithoutEnterprise.Tell(chat, "邀请同事要先绑定企业。"))
            return;
        var us = await chat.Look(new MyColleagues(chat.Visitor));
        if (!us.MayInvite)
        {
            chat.Say("邀请同事由贵单位已绑定的法定代表人或安全/合规负责人办理。同事也可以自己说“绑定企业”申请，您来确认。", "单位人员");
            return;
        }

        var role = await chat.Choose("role", $"邀请同事绑定{us.EnterpriseName}。同事的身份是？", [.. ContactRoles.All.Select(one => new Option(one, one))]);
        var issued = await chat.Send(new IssueBindingCode(chat.Visitor, role));
        chat.Say(Shown(issued, $"的{role}", "请发给同事本人："));
    }
}

/// <summary>"发绑定码 企业名称": the bureau's code for an enterprise that has nobody yet.</summary>
public static class GiveFirstCode
{
    private const string Lead = "发绑定码";

    public static Conversation Conversation { get; } = new("GiveFirstCode", "发绑定码", "这次发码", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text.StartsWith(Lead, StringComparison.Ordinal),
        Browsing = ["which", "enterprise"],
        Fleeting = true,
    };

    private static async Task Play(Chat chat)
    {
        var words = chat.Opening[Lead.Length..].Trim(' ', ':', ',');
        if (words.StartsWith('给'))
            words = words[1..].Trim();
        if (words.Length == 0)
            words = await chat.Ask("which", "给哪家企业发绑定码？请发企业名称（可以只写一部分）或统一社会信用代码。", said => Answers.Text(said, 60));
        var found = await chat.Look(new EnterprisesByName(chat.Visitor, Normalise.Text(words)));
        if (found.Count == 0)
        {
            chat.Say($"没有查到“{words}”。请核对名称或统一社会信用代码；名录里没有的，请先导入名录。", Lead);
            return;
        }

        var id = found.Count == 1 ? found[0].Id : await chat.Choose("enterprise", "是哪一家？", [.. found.Select(one => new Option(one.Id, one.Name))]);
        var issued = await chat.Send(new IssueBindingCode(chat.Visitor, null, id));
        chat.Say(InviteColleague.Shown(issued, "", "请核实对方是这家企业的人，再当面、电话或书面交给他："));
    }
}
