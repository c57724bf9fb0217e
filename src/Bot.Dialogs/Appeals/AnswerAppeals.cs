using Bot.Dialogs.Conversations;
using Bot.Domain.Appeals;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;

namespace Bot.Dialogs.Appeals;

/// <summary>C8, the justice bureau's part: 申诉台账, and the answer to one appeal (W38).</summary>
public static class AnswerAppeals
{
    private const int Longest = 2000;
    private const int ListedAtMost = 10;
    private const int Offered = 3;

    public static Conversation Conversation { get; } = new("AnswerAppeals", "申诉台账", "这一步", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text is "申诉台账" or "申诉" || AppealReference.Opens(text),
        Browsing = ["which", "step"],
    };

    /// <summary>From the list of what is to be done: which one is meant is clear already.</summary>
    internal static async Task About(Chat chat, string id)
    {
        var appeal = await chat.Look(new ReadAppeal(chat.Visitor, id));
        var waits = appeal.Stage == AppealStage.Received && DateOnly.FromDateTime(chat.StartedAt) <= appeal.BasisDue;
        var files = $"{FileLinks.Of(chat, "企业材料", appeal.FileIds)}{FileLinks.Of(chat, "单位材料", appeal.BasisFileIds)}";
        if (!appeal.IsOpen || waits)
        {
            chat.Say($"{Shown(appeal)}{files}\n{(appeal.IsOpen ? $"检查单位最迟{ChineseDates.WithWeekday(appeal.BasisDue)}提供依据；提供了会告诉您，逾期没有提供的可以直接答复。" : $"{appeal.Stage.Name()}。{appeal.Answer}")}", "申诉台账");
            return;
        }

        var said = AppealReference.Said(chat.Opening);
        var late = DateOnly.FromDateTime(chat.StartedAt) > appeal.ReplyDue;
        Option[] options =
        [
            new Option("kept", "维持原结果", "维持"),
            new Option("corrected", "请单位更正", "更正"),
            new Option("leave", "返回台账", "返回"),
            .. files.Length > 0 ? [AppealReference.Files] : Array.Empty<Option>(),
        ];
        var step = said ?? await chat.Choose("step", $"{Shown(appeal)}\n{(late ? $"应于{ChineseDates.WithWeekday(appeal.ReplyDue)}答复，已超期，请尽快答复。" : $"最迟{ChineseDates.WithWeekday(appeal.ReplyDue)}答复。")}", options);
        while (step == AppealReference.Files.Code)
            step = await chat.Choose("step", $"{appeal.AppealId} 的照片和文件，只给办理人员看，请勿转发：{files}", options);
        if (step == "leave")
        {
            chat.Say("好的。", "申诉台账");
            return;
        }

        var finding = await chat.Ask("finding", $"{(said is null ? "" : $"{Shown(appeal)}\n")}查明的情况？", Longest);
        var reason = await chat.Ask("reason", "理由？", Longest);
        var outcome = step == "corrected" ? AppealOutcome.Corrected : AppealOutcome.Kept;
        var send = await chat.Review(
            "review",
            "答复会发给企业和检查单位，并写明行政复议、诉讼等途径：",
            [new ReviewItem("step", "结论", outcome.Name()), new ReviewItem("finding", "查明", finding), new ReviewItem("reason", "理由", reason)],
            submit: "答复",
            drop: "不答复");
        if (!send)
        {
            chat.Say("好的，没有答复。", $"打开 {appeal.AppealId}");
            return;
        }

        var handled = await chat.Send(new AnswerAppeal(chat.Visitor, appeal.AppealId, outcome, finding, reason));
        chat.Say($"{handled.Number} 已答复，已告知企业和检查单位。", "申诉台账");
    }

    private static async Task Play(Chat chat)
    {
        if (AppealReference.In(chat.Opening) is { } named)
        {
            await About(chat, named);
            return;
        }

        var open = await chat.Look(new OpenAppeals(chat.Visitor));
        if (open.Count == 0)
        {
            chat.Say("现在没有在办的申诉。", "投诉台账");
            return;
        }

        var lines = open.Take(ListedAtMost).Select(appeal => $"{appeal.AppealId} {appeal.EnterpriseName}，{appeal.TaskId}，{appeal.UnitName}，{appeal.Stage.Name()}，最迟{ChineseDates.WithWeekday(appeal.ReplyDue)}");
        var more = open.Count > ListedAtMost ? $"\n另有{open.Count - ListedAtMost}件，按收到先后排在后面。" : "";
        var id = await chat.Ask(
            "which",
            $"在办申诉{open.Count}件：\n{string.Join('\n', lines)}{more}\n回复“打开”加编号办理。",
            said => AppealReference.In(said.Text) ?? Read.No<string>("请回复“打开”加编号，例如“打开 A26-3”。"),
            takesAnything: false,
            [.. open.Take(Offered).Select(appeal => $"打开 {appeal.AppealId}")]);
        await About(chat, id);
    }

    private static string Shown(AppealView appeal)
    {
        var lines = new List<string>
        {
            $"{appeal.AppealId}（{appeal.Number}）：{appeal.EnterpriseName}对{appeal.UnitName}{ChineseDates.Short(appeal.InspectedOn)}的检查（{appeal.TaskId}）有异议。",
            $"原结果：{appeal.Result}",
            $"理由：{appeal.Text}{(appeal.EvidenceCount > 0 ? $"（材料{appeal.EvidenceCount}份）" : "")}",
        };
        if (appeal.AppellantName is not null)
            lines.Add($"申诉人（对检查单位保密）：{string.Join('，', new[] { appeal.AppellantName, appeal.AppellantPhone }.OfType<string>())}");
        if (appeal.Basis is not null)
            lines.Add($"检查单位提供的依据：{appeal.Basis}\n说明：{appeal.Explanation}{(appeal.BasisFileIds.Count > 0 ? $"（材料{appeal.BasisFileIds.Count}份）" : "")}");
        return string.Join('\n', lines);
    }
}
