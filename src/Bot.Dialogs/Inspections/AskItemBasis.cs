using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;

namespace Bot.Dialogs.Inspections;

/// <summary>凭什么: whoever is inspected asks for the entry of the published list and its basis (W02).</summary>
public static partial class AskItemBasis
{
    public static Conversation Conversation { get; } = new("AskItemBasis", "检查事项依据", "这次查询", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor],
        Opens = text => Question().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        var match = Question().Match(chat.Opening);
        var words = new[] { match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value }.First(part => part.Length > 0);
        var found = await chat.Look(new BasisOfItem(chat.Visitor, words));
        chat.Say(string.Join('\n', found.Select(item => $"{item.Name}（{item.ItemId}，{item.UnitName}）：依据{item.Basis}。{(item.Content.Length > 0 ? $"检查内容：{item.Content}。" : "")}")));
    }

    [GeneratedRegex("^(?:凭什么(?:来)?(?:查|检查)(?:我们|我)?的?(.{2,20}?)(?:呢|啊|吗)?[?？]?|事项依据 ?(.{2,30})|(?!(?:这次|本次|上次|这个|所有)?(?:检查)?事项)(.{2,20}?)(?:检查)?事项的?依据(?:是什么|是啥)?[?？]?)$")]
    private static partial Regex Question();
}

/// <summary>The justice bureau reviews what units put on their lists, and closes what lost its basis (D03, D06).</summary>
public static partial class ReviewItems
{
    private const int LongestReason = 300;
    private const int Most = 10;

    public static Conversation Conversation { get; } = new("ReviewItems", "事项审核", "这次审核", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text is "事项审核" or "待审事项" || Step().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        var step = Step().Match(chat.Opening);
        if (!step.Success)
        {
            await List(chat);
            return;
        }

        var id = step.Groups[2].Value;
        var receipt = step.Groups[1].Value switch
        {
            "通过事项" => await chat.Send(new ApproveItem(chat.Visitor, id)),
            "退回事项" => await chat.Send(new ReturnItem(chat.Visitor, id, await chat.Ask("why", "请写退回的理由，单位会看到。", LongestReason))),
            _ => await chat.Send(new RepealItem(chat.Visitor, id, await chat.Ask("why", "请写废止或修订的情况，单位会看到。", LongestReason))),
        };
        var tasks = receipt.OpenTasks.Count == 0 ? "" : $"还有{receipt.OpenTasks.Count}个任务用到它：{string.Join('、', receipt.OpenTasks.Take(Most))}，请单位处理。";
        chat.Say($"{receipt.Name}（{receipt.ItemId}）已{step.Groups[1].Value[..2]}，单位联络员会收到。{tasks}");
    }

    private static async Task List(Chat chat)
    {
        var items = await chat.Look(new ItemsToReview(chat.Visitor));
        if (items.Count == 0)
        {
            chat.Say("没有待审核的检查事项。");
            return;
        }

        var lines = items.Take(Most).Select(item => $"{item.Id} {item.UnitName}：{item.Name}；依据{item.Basis}；内容：{Or(item.Content)}；方式：{Or(item.Method)}");
        chat.Say($"待审核的检查事项{items.Count}个：\n{string.Join('\n', lines)}", [.. items.Take(3).SelectMany(item => (string[])[$"通过事项 {item.Id}", $"退回事项 {item.Id}"])]);
    }

    private static string Or(string text) => text.Length > 0 ? text : "没有写";

    [GeneratedRegex("^(通过事项|退回事项|废止事项) ?([-0-9A-Za-z]{2,40})$")]
    private static partial Regex Step();
}
