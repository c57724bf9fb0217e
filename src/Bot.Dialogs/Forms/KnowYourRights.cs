using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Forms;

namespace Bot.Dialogs.Forms;

/// <summary>S34: what inspectors are bound to, as the rule pack has it, and what an enterprise may insist on.</summary>
public static class KnowYourRights
{
    public static Conversation Conversation { get; } = new("KnowYourRights", "检查纪律", "这次查看", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor],
        Opens = text => text is "检查纪律" or "五个严禁" or "八个不得" or "五个严禁八个不得" or "五个严禁是什么" or "八个不得是什么" or "我有什么权利" or "我的权利" or "企业权利",
    };

    private static async Task Play(Chat chat)
    {
        var headings = await chat.Look(new PointsOfConduct(chat.Visitor));
        var points = headings.Select(heading => heading.Points.Count == 0
            ? $"“{heading.Heading}”：本地还没有录入全文，以国务院办公厅《关于严格规范涉企行政检查的意见》（国办发〔2024〕54号）原文为准。"
            : $"“{heading.Heading}”：\n{string.Join('\n', heading.Points.Select((point, i) => $"{i + 1}. {point}"))}");
        chat.Say(
            $"{string.Join('\n', points)}\n您可以：要求检查人员两人以上、主动出示执法证件、扫码入企并说明事项和依据；不出示的，可以拒绝接受检查；检查前看预告，对结果有异议可以申诉；发现违反纪律的，随时投诉，可以匿名。",
            chat.Visitor.Role is ActorRole.EnterpriseUser or ActorRole.Public ? ["核验检查人员", "投诉检查行为"] : []);
    }
}
