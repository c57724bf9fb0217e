using Bot.Dialogs.Conversations;
using Bot.Dialogs.Guidance;
using Bot.Dialogs.Meetings;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.JointActions;

namespace Bot.Dialogs.JointActions;

/// <summary>S44: the justice bureau plans a joint supervision action with lead, members and dates.</summary>
public static class StartJointAction
{
    private const int LongestField = 50;

    public static Conversation Conversation { get; } = new("StartJointAction", "发起联合行动", "这次联合行动", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text is "发起联合行动" or "发起联合监督行动" or "新的联合行动",
    };

    private static async Task Play(Chat chat)
    {
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        var field = await chat.Ask("field", "在哪个重点领域？例如“危险化学品”。", LongestField);
        var lead = await chat.Ask("lead", "哪个单位牵头？", said => NamingAUnit.Read(said, units));
        var members = await chat.Ask("members", "哪些单位参加？用顿号隔开。", said => NamingUnits.Read(said, units));
        var from = await chat.Ask("from", "从哪天开始？", said => Day(said, chat.Calendar));
        var to = await chat.Ask("to", "到哪天结束？", said => Day(said, chat.Calendar) is { Understood: true } end && end.Value < from ? Read.No<DateOnly>($"结束不能早于{ChineseDates.WithWeekday(from)}。") : Day(said, chat.Calendar));
        var measures = await chat.Ask("measures", "要做哪些事？", 1000);
        var sure = await chat.Review(
            "plan",
            "联合监督行动：",
            [
                new ReviewItem("field", "领域", field),
                new ReviewItem("lead", "牵头", NamingAUnit.Name(lead, units)),
                new ReviewItem("members", "参加", NamingUnits.Names(members, units)),
                new ReviewItem("from", "开始", ChineseDates.LongWithWeekday(from)),
                new ReviewItem("to", "结束", ChineseDates.LongWithWeekday(to)),
                new ReviewItem("measures", "内容", measures),
            ],
            "发出",
            "不发");
        if (!sure)
        {
            chat.Say("好的，没有发出。");
            return;
        }

        var planned = await chat.Send(new PlanJointAction(chat.Visitor, new JointActionFacts(field, lead, members, from, to, measures)));
        chat.Say($"已发出，{planned.Number}，通知各单位负责人和联络员{planned.Told}人。结束后说“结束联合行动 {planned.ActionId}”登记结果。", "联合行动");
    }

    private static Read<DateOnly> Day(Said said, WorkingCalendar calendar) =>
        Dates.Of(said.Text, said.ChinaNow, Facing.Future, calendar)?.On is { } day && day >= DateOnly.FromDateTime(said.ChinaNow) ? day : Read.No<DateOnly>("请说今天以后的一天，例如“下周一”“12月31日”。");
}

/// <summary>S44: what is under way, and its end.</summary>
public static class SeeJointActions
{
    private const string End = "结束联合行动";

    public static Conversation Conversation { get; } = new("SeeJointActions", "联合行动", "这次查看", Play)
    {
        Roles = [ActorRole.Supervisor, ActorRole.UnitLeader, ActorRole.UnitLiaison],
        Opens = text => text is "联合行动" or "联合监督行动" or "联合监督",
    };

    public static Conversation Ending { get; } = new("EndJointAction", End, "这次登记", Close)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text.StartsWith(End, StringComparison.Ordinal) && text.Length > End.Length,
    };

    private static async Task Play(Chat chat)
    {
        var actions = await chat.Look(new Bot.Domain.JointActions.JointActions(chat.Visitor));
        var may = chat.Visitor.Role == ActorRole.Supervisor;
        chat.Say(
            actions.Count == 0
                ? "现在没有联合监督行动。"
                : string.Join("\n\n", actions.Select(action => $"{action.Number} {action.Field}，{ChineseDates.Short(action.From)}至{ChineseDates.Short(action.To)}\n牵头：{action.Lead}；参加：{string.Join('、', action.Members)}\n内容：{action.Measures}")),
            may ? ["发起联合行动", .. actions.Take(3).Select(action => $"{End} {action.Id}")] : []);
    }

    private static async Task Close(Chat chat)
    {
        var outcome = await chat.Ask("outcome", "结果怎么样？请写明查了什么、发现什么、怎么处理。", 1000);
        var closed = await chat.Send(new CloseJointAction(chat.Visitor, chat.Opening[End.Length..].Trim(), outcome));
        chat.Say($"{closed.Number} 已登记结束。");
    }
}
