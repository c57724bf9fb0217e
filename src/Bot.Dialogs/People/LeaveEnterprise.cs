using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Domain.People;

namespace Bot.Dialogs.People;

/// <summary>C11: ends one's own binding, chosen from several.</summary>
public static class LeaveEnterprise
{
    private const string Yes = "解绑";
    private const string No = "不解绑";
    private const string Kept = "解绑后不再收到消息，您提交过的投诉仍可凭编号由您本人查询。";

    public static Conversation Conversation { get; } = new("LeaveEnterprise", "解除绑定", "这次解绑", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public],
        Intents = [Intents.Unbind],
        Browsing = ["enterprise"],
    };

    private static async Task Play(Chat chat)
    {
        var mine = (await chat.Look(new MyEnterprises(chat.Visitor))).Where(enterprise => enterprise.State == BindingState.Active).ToList();
        if (mine.Count == 0)
        {
            chat.Say("您现在没有绑定企业。要删除您的姓名和电话，请说“删除我的信息”；不想再收到消息，取消关注就可以。", EraseDetails.Words, "绑定企业");
            return;
        }

        var chosen = mine[0];
        if (mine.Count > 1)
        {
            var id = await chat.Choose("enterprise", $"您绑定了{mine.Count}家，解除哪一家？", [.. mine.Select(enterprise => new Option(enterprise.EnterpriseId, enterprise.Name))]);
            chosen = mine.First(enterprise => enterprise.EnterpriseId == id);
        }

        var lead = mine.Count == 1 ? $"您绑定了1家：{chosen.Name}。要解绑吗？" : $"要解除{chosen.Name}的绑定吗？";
        var last = chosen.Others > 0 ? "" : $"您是这家企业唯一的联系人，解绑后检查预告没有人接收，我会告诉{chat.Rules.SupervisionOffice.Name}；最好先说“邀请同事”。";
        if (!await chat.Confirm("sure", $"{lead}{Kept}{last}[1]{Yes} [2]{No}", Yes, No))
        {
            chat.Say("好的，没有解绑。");
            return;
        }

        var left = await chat.Send(new Unbind(chat.Visitor, chosen.EnterpriseId));
        chat.Say($"已解绑{left.EnterpriseName}。需要删除您的姓名和电话，请回复“{EraseDetails.Words}”，不回复就保留。", EraseDetails.Words);
    }
}

/// <summary>C11: "删除我的信息".</summary>
public static class EraseDetails
{
    internal const string Words = "删除我的信息";

    public static Conversation Conversation { get; } = new("EraseDetails", Words, "这次删除", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public],
        Opens = text => text is Words or "删除我的姓名和电话" or "删除我的电话" or "删除我的姓名" or "删除个人信息",
        Browsing = ["sure"],
    };

    private static async Task Play(Chat chat)
    {
        if (await chat.Choose("sure", "要删除您的姓名和电话吗？", new Option("erase", "删除", "删", "是", "好", "好的"), new Option("keep", "保留", "不删", "不", "否", "不用")) == "keep")
        {
            chat.Say("好的，都保留着。");
            return;
        }

        await chat.Send(new EraseMyDetails(chat.Visitor));
        chat.Say("已删除。依法须保存的办理记录会去掉您的联系方式。");
    }
}
