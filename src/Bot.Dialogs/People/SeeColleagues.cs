using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.People;

namespace Bot.Dialogs.People;

/// <summary>"单位人员": who speaks for the own enterprise; somebody in charge may take one out.</summary>
public static class SeeColleagues
{
    private const int Listed = 9;
    private static readonly string[] Words = ["单位人员", "单位联系人", "我们单位有谁", "谁绑定了", "都有谁绑定了", "移除同事", "移除", "移除人员"];

    public static Conversation Conversation { get; } = new("SeeColleagues", "单位人员", "这次查看", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Opens = text => Words.Contains(text, StringComparer.Ordinal),
        Browsing = ["wish", "who"],
    };

    private static async Task Play(Chat chat)
    {
        if (await WithoutEnterprise.Tell(chat, "绑定企业以后才能看。"))
            return;
        var us = await chat.Look(new MyColleagues(chat.Visitor));
        var list = $"{us.EnterpriseName}的联系人（{us.People.Count}位）：\n{string.Join('\n', us.People.Select((one, i) => $"{i + 1}. {Called(one)}"))}";
        var removable = us.People.Where(one => one.MayBeRemoved).Take(Listed).ToList();
        if (!us.MayInvite || removable.Count == 0)
        {
            chat.Say(list, [.. us.MayInvite ? (string[])["邀请同事", "解除绑定"] : ["解除绑定"]]);
            return;
        }

        var wish = await chat.Choose("wish", new Reply(list), new Option("leave", "知道了", "好", "好的"), new Option("remove", "移除一位", "移除"), new Option("invite", "邀请同事", "邀请"));
        if (wish == "invite")
            chat.Say("好的，请说“邀请同事”，我来发绑定码。", "邀请同事");
        else if (wish == "remove")
            await Remove(chat, us, removable);
        else
            chat.Say("好的。");
    }

    private static async Task Remove(Chat chat, Colleagues us, IReadOnlyList<Colleague> removable)
    {
        var id = await chat.Choose("who", "移除哪一位？", [.. removable.Select(one => new Option(one.BindingId, Called(one), one.Name))]);
        var colleague = removable.First(one => one.BindingId == id);
        if (!await chat.Confirm("sure", $"移除{Called(colleague)}吗？移除后马上看不到{us.EnterpriseName}的任何内容，也不再收到检查预告。", "移除", "不移除"))
        {
            chat.Say("好的，没有移除。");
            return;
        }

        var removed = await chat.Send(new RemoveColleague(chat.Visitor, id));
        chat.Say($"已移除{Shown(removed.Name)}，马上生效。", "单位人员", "邀请同事");
    }

    private static string Called(Colleague one) => $"{Shown(one.Name)}（{one.ContactRole}{(one.IsMe ? "，您" : "")}）";

    private static string Shown(string name) => name == Person.Unnamed ? "未留姓名" : name;
}
