using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Results;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Results;

/// <summary>C16: publishes a result, or asks the leader to keep it from publication (D17).</summary>
public static class PublishTheResult
{
    private const int Longest = 300;
    private const string Lead = "公示";
    private const string Withhold = "不公示";

    private static readonly Rule SomethingToPublish = new("现在没有等您公示的结果。", "D17");
    private static readonly Rule StillToPublish = new("这个任务没有等您公示的结果：可能已经公示，可能结果还没有回填，也可能它不由您的单位办理。", "D17");

    public static Conversation Conversation { get; } = new("PublishTheResult", "结果公示", "这次公示", Play)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLiaison],
        Opens = text => text is "结果公示" or Lead or Withhold || ((text.StartsWith(Lead, StringComparison.Ordinal) || text.StartsWith(Withhold, StringComparison.Ordinal)) && TaskNumbers.In(text) is not null),
        Browsing = ["which", "wish"],
    };

    internal static async Task About(Chat chat, string taskId)
    {
        var one = (await chat.Look(new ResultsToPublish(chat.Visitor))).FirstOrDefault(result => result.TaskId == taskId);
        StillToPublish.Require(one is not null);
        await Decide(chat, one!, null);
    }

    internal static async Task Play(Chat chat)
    {
        var results = await chat.Look(new ResultsToPublish(chat.Visitor));
        var named = TaskNumbers.In(chat.Opening);
        SomethingToPublish.Require(named is not null || results.Count > 0);
        var id = named ?? (results.Count == 1 ? results[0].TaskId : await chat.Choose("which", $"等公示的有{results.Count}件，先看哪件？", [.. results.Take(9).Select(one => new Option(one.TaskId, $"{one.TaskId} {one.EnterpriseName}（{Left(one)}）", one.TaskId))]));
        var result = results.FirstOrDefault(one => one.TaskId == id);
        StillToPublish.Require(result is not null);
        var wish = named is null ? null : chat.Opening.StartsWith(Withhold, StringComparison.Ordinal) ? "withhold" : chat.Opening.StartsWith(Lead, StringComparison.Ordinal) ? "publish" : null;
        await Decide(chat, result!, wish);
    }

    private static async Task Decide(Chat chat, ResultToPublish result, string? wish)
    {
        if (result.WithholdingWanted is { } asked)
        {
            chat.Say($"{result.TaskId}的不公示申请（{asked}）在等单位负责人确认，确认前不能公示。");
            return;
        }

        wish ??= await chat.Choose(
            "wish",
            $"{result.TaskId} {result.EnterpriseName}，检查于{ChineseDates.Short(result.EndedOn)}结束，结果：{result.Result}，应在{ChineseDates.Due(result.Due)}前公示，{Left(result)}。",
            new Option("publish", "公示", "现在公示"),
            new Option("withhold", "不宜公开", "不公示"),
            new Option("later", "晚点", "以后", "先不"));
        if (wish == "later")
        {
            chat.Say($"好的，{ChineseDates.WithWeekday(result.Due.On)}24时前公示即可，到期前会提醒您。", $"公示 {result.TaskId}");
        }
        else if (wish == "withhold")
        {
            var given = chat.Opening.StartsWith(Withhold, StringComparison.Ordinal) && TaskNumbers.In(chat.Opening) is { } named ? chat.Opening[(chat.Opening.IndexOf(named, StringComparison.OrdinalIgnoreCase) + named.Length)..].Trim(' ', ',', ':') : "";
            var ground = given.Length > 0 ? given : await chat.Ask("ground", "请写明依法不宜公开的理由，由单位负责人确认。", Longest);
            await chat.Send(new KeepFromPublication(chat.Visitor, result.TaskId, ground));
            chat.Say($"已报单位负责人确认。确认前公示期限照算：{ChineseDates.Due(result.Due)}。");
        }
        else
        {
            var published = await chat.Send(new PublishResult(chat.Visitor, result.TaskId));
            chat.Say(published.OnTime ? $"{published.TaskId}已公示，按期。" : $"{published.TaskId}已公示，期限是{ChineseDates.WithWeekday(published.DueOn)}，已超期。");
        }
    }

    private static string Left(ResultToPublish result) => result.Left switch
    {
        < 0 => $"已超期{-result.Left}个工作日",
        0 => "今天到期",
        _ => $"剩{result.Left}个工作日",
    };
}

/// <summary>The leader's word on an opinion that differs from an earlier one (W31), and on keeping a result from publication (D17).</summary>
public static class DecideOnResult
{
    private const int Longest = 300;

    private static readonly string[] Leads = ["同意结论", "退回结论", "同意不公示", "应当公示"];

    public static Conversation Conversation { get; } = new("DecideOnResult", "确认结果", "这次确认", Play)
    {
        Roles = [ActorRole.UnitLeader],
        Opens = text => Array.Exists(Leads, lead => text.StartsWith(lead, StringComparison.Ordinal)) && TaskNumbers.In(text) is not null,
    };

    private static async Task Play(Chat chat)
    {
        var id = TaskNumbers.In(chat.Opening)!;
        switch (Leads.First(lead => chat.Opening.StartsWith(lead, StringComparison.Ordinal)))
        {
            case "同意结论":
                var decided = await chat.Send(new DecideResult(chat.Visitor, id, true));
                chat.Say($"{id}的结论已确认并发给企业，公示期限{ChineseDates.Due(decided.PublishBy!)}。");
                break;
            case "退回结论":
                var reason = await chat.Ask("reason", "请写明退回的理由，经办人会看到。", Longest);
                await chat.Send(new DecideResult(chat.Visitor, id, false, reason));
                chat.Say($"{id}的结论已退回经办人，回填时限不变。");
                break;
            case "同意不公示":
                await chat.Send(new ConfirmWithholding(chat.Visitor, id, true));
                chat.Say($"已确认：{id}的结果依法不公示，不再提醒。");
                break;
            default:
                var kept = await chat.Send(new ConfirmWithholding(chat.Visitor, id, false));
                chat.Say($"已告知经办人：{id}的结果应当公示，期限{ChineseDates.WithWeekday(kept.PublishBy!.Value)}。");
                break;
        }
    }
}
