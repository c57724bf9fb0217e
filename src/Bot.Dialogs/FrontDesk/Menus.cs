using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;

namespace Bot.Dialogs.FrontDesk;

/// <summary>The menu of each role (domain.md 5.1), and the first words.</summary>
public static class Menus
{
    public static IReadOnlyList<string> Of(ActorRole role) => role switch
    {
        ActorRole.EnterpriseUser => ["检查预告", "申请行政指导", "投诉检查行为", "评价检查", "办理进度", "意见反馈", "绑定企业", "人工帮助"],
        ActorRole.Inspector => ["今日待办", "指导答复"],
        ActorRole.UnitLeader or ActorRole.UnitLiaison => ["今日待办", "指导答复"],
        ActorRole.Supervisor => ["今日待办", "投诉台账"],
        ActorRole.LegalObserver => ["提交观察意见", "匿名咨询", "意见反馈"],
        _ => ["匿名咨询", "投诉检查行为", "绑定企业", "意见反馈", "人工帮助"],
    };

    public static Reply Greeting(Actor visitor)
    {
        var what = visitor.Role switch
        {
            ActorRole.EnterpriseUser => "我可以：查看检查预告、申请行政指导（2个工作日内答复）、投诉、评价、查进度。",
            ActorRole.Inspector => "我会提醒您快到期的事，您可以在这里答复企业的指导申请。",
            ActorRole.UnitLeader or ActorRole.UnitLiaison => "我会提醒本单位快到期和超期的事。",
            ActorRole.Supervisor => "您可以在这里查看每日情况，办理投诉举报。",
            ActorRole.LegalObserver => "您可以在这里提交观察意见。",
            _ => "我可以：匿名答疑、接收对检查行为的投诉、帮您绑定企业。",
        };
        return new Reply($"您好，{visitor.Name}。我是涉企行政检查服务助手。\n{what}\n直接说要办的事，或点下面的按钮；随时可以说“取消”“返回”“菜单”“人工”。")
        {
            Actions = Of(visitor.Role),
        };
    }

    public static Reply NotUnderstood(Actor visitor) =>
        new("没听明白。您可以换个说法，或者选一项：") { Actions = [.. Of(visitor.Role).Take(3)] };
}
