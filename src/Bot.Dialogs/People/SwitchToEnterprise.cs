using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Domain.People;

namespace Bot.Dialogs.People;

/// <summary>C1: acts for another of one's own enterprises.</summary>
public static class SwitchToEnterprise
{
    public static Conversation Conversation { get; } = new("SwitchEnterprise", "切换企业", "这次切换", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Intents = [Intents.SwitchEnterprise],
        Browsing = ["enterprise"],
    };

    private static async Task Play(Chat chat)
    {
        var mine = (await chat.Look(new MyEnterprises(chat.Visitor))).Where(enterprise => enterprise.State == BindingState.Active).ToList();
        if (mine.Count < 2)
        {
            chat.Say(mine.Count == 0 ? "您还没有绑定企业。" : $"您只绑定了{mine[0].Name}一家。要加一家，请说“绑定企业”。", "绑定企业");
            return;
        }

        var chosen = await chat.Choose("enterprise", "换到哪一家？", [.. mine.Select(enterprise => new Option(enterprise.EnterpriseId, enterprise.Name))]);
        var switched = await chat.Send(new SwitchEnterprise(chat.Visitor, chosen));
        chat.Say($"现在为{switched.Name}办事。", "检查预告", "办理进度");
    }
}
