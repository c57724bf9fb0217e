using Bot.Dialogs.Conversations;
using Bot.Domain.People;

namespace Bot.Dialogs.People;

/// <summary>Who speaks for no enterprise yet learns so at the beginning, not after filling in a form; who speaks for two, which one is meant.</summary>
internal static class WithoutEnterprise
{
    public static async Task<bool> Tell(Chat chat, string why)
    {
        if (chat.Visitor.EnterpriseId is not null)
            return false;
        var mine = await chat.Look(new MyEnterprises(chat.Visitor));
        if (mine.Count(enterprise => enterprise.State == BindingState.Active) is > 0 and var bound)
        {
            chat.Say($"您绑定了{bound}家企业，请先选一家。", "切换企业");
            return true;
        }

        var waits = mine.Any(enterprise => enterprise.State == BindingState.Waiting);
        chat.Say($"{why}{(waits ? "您的绑定申请还在等对方确认。" : "请先绑定企业。")}匿名咨询和投诉现在就可以用。", waits ? "要等多久" : "绑定企业", "匿名咨询", "投诉检查行为");
        return true;
    }

    public static async Task<string> Name(Chat chat)
    {
        var mine = (await chat.Look(new MyEnterprises(chat.Visitor))).Where(enterprise => enterprise.State == BindingState.Active).ToList();
        return mine.Count > 1 && mine[0].Current ? mine[0].Name : "贵单位";
    }
}
