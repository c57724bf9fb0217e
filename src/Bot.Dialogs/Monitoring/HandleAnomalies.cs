using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Monitoring;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Monitoring;

/// <summary>A liaison takes a proposal from monitoring up, and an inspector registers the task with its facts filled in; or sets it aside with a reason (W21, W22).</summary>
public static partial class HandleAnomalies
{
    private const string Word = "监测建议";
    private const string Accept = "受理";
    private const string SetAside = "搁置";
    private const int Longest = 500;
    private const int Listed = 9;

    private static readonly Rule Waiting = new("没有找到这条监测建议，可能已经处理，或者它不由您的单位处理。说“监测建议”可以看到等处理的。", "W21");

    public static Conversation Conversation { get; } = new("HandleAnomalies", Word, "这次处理", Play)
    {
        Roles = [ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Supervisor],
        Opens = text => text == Word || (In(text) is not null && (text.StartsWith(Accept, StringComparison.Ordinal) || text.StartsWith(SetAside, StringComparison.Ordinal) || text.StartsWith(Word, StringComparison.Ordinal))),
        Browsing = ["which", "wish"],
    };

    /// <summary>The number of an anomaly in a message: Y26-1.</summary>
    internal static string? In(string text) => Number().Match(text) is { Success: true } found ? found.Value.ToUpperInvariant() : null;

    private static async Task Play(Chat chat)
    {
        var waiting = await chat.Look(new AnomalyProposals(chat.Visitor));
        if (chat.Visitor.Role == ActorRole.Supervisor)
        {
            chat.Tell(waiting.Count == 0 ? "现在没有等单位处理的监测建议。" : string.Join('\n', waiting.Select(Line)));
            return;
        }

        if (In(chat.Opening) is null && waiting.Count == 0)
        {
            chat.Tell("本单位现在没有等处理的监测建议。");
            return;
        }

        var id = In(chat.Opening) ?? (waiting.Count == 1 ? waiting[0].Id : await chat.Choose("which", $"等处理的监测建议{waiting.Count}条，看哪一条？", [.. waiting.Take(Listed).Select(one => new Option(one.Id, $"{one.Id} {one.EnterpriseName}", one.Id))]));
        var proposal = waiting.FirstOrDefault(one => one.Id == id);
        Waiting.Require(proposal is not null);
        var wish = chat.Opening.StartsWith(Accept, StringComparison.Ordinal) ? Accept
            : chat.Opening.StartsWith(SetAside, StringComparison.Ordinal) ? SetAside
            : await chat.Choose("wish", $"{Line(proposal!)}\n是否临时检查由贵单位决定，企业已收到先自查的提示。", new Option(Accept, "受理，交人登记任务", Accept), new Option(SetAside, "搁置并写理由", SetAside), new Option("leave", "先不处理", "先不"));
        switch (wish)
        {
            case Accept:
                var inspectors = proposal!.Inspectors;
                var to = await chat.Choose("to", $"{Line(proposal)}\n交给谁登记临时检查任务？", [.. inspectors.Take(Listed).Select(person => new Option(person.Key, person.Value, person.Value))]);
                var accepted = await chat.Send(new AcceptAnomaly(chat.Visitor, id, to));
                chat.Say($"已受理{id}，{accepted.InspectorName}会收到，企业、事由和来源编号已填好，登记后照常报单位负责人审批。");
                break;
            case SetAside:
                var because = await chat.Ask("because", $"{Line(proposal!)}\n为什么不检查？请写明理由。", Longest);
                await chat.Send(new SetAsideAnomaly(chat.Visitor, id, because));
                chat.Say($"已搁置{id}，理由已留存。");
                break;
            default:
                chat.Say("好的。", Word);
                break;
        }
    }

    private static string Line(AnomalyProposal one) => $"{one.Id} {one.EnterpriseName}：{one.InWords}。";

    [GeneratedRegex(@"(?<![A-Za-z0-9])[Yy][0-9]{1,4}-[0-9]{1,6}(?![A-Za-z0-9])")]
    private static partial Regex Number();
}
