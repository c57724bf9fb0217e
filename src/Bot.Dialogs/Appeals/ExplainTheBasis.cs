using Bot.Dialogs.Conversations;
using Bot.Domain.Appeals;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;

namespace Bot.Dialogs.Appeals;

/// <summary>C8, the unit's part: gives the basis of a result that an enterprise objects to, and says why (W38).</summary>
public static class ExplainTheBasis
{
    private const int LongestBasis = 1000;
    private const int LongestWords = 2000;
    private const int Listed = 9;

    public static Conversation Conversation { get; } = new("ExplainTheBasis", "申诉依据", "这次说明", Play)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLiaison, ActorRole.UnitLeader],
        Opens = text => text is "申诉依据" or "提供依据" or "申诉" || AppealReference.Opens(text),
        Browsing = ["which", "step"],
        TakesEvidence = true,
    };

    /// <summary>From the list of what is to be done: which one is meant is clear already.</summary>
    internal static async Task About(Chat chat, string id)
    {
        var appeal = await chat.Look(new ReadAppeal(chat.Visitor, id));
        var shown = $"{appeal.AppealId}（{appeal.Number}）：{appeal.EnterpriseName}对{ChineseDates.Short(appeal.InspectedOn)}的检查（{appeal.TaskId}）有异议。\n原结果：{appeal.Result}\n理由：{appeal.Text}{(appeal.EvidenceCount > 0 ? $"（材料{appeal.EvidenceCount}份）" : "")}";
        if (appeal.Stage != AppealStage.Received)
        {
            chat.Say($"{shown}{FileLinks.Of(chat, "材料", appeal.FileIds)}\n{appeal.Stage.Name()}。{appeal.Answer}");
            return;
        }

        var asked = chat.Opening.StartsWith(AppealReference.Explains, StringComparison.Ordinal);
        var late = DateOnly.FromDateTime(chat.StartedAt) > appeal.BasisDue;
        var due = late
            ? $"应于{ChineseDates.WithWeekday(appeal.BasisDue)}前提供检查依据并说明，已超期，请尽快提供"
            : $"请于{ChineseDates.WithWeekday(appeal.BasisDue)}前提供检查依据并说明";
        Option[] options =
        [
            new Option("explain", "提供依据", "说明", "现在说明"),
            new Option("leave", "先不办", "返回", "等会儿"),
            .. appeal.FileIds.Count > 0 ? [AppealReference.Files] : Array.Empty<Option>(),
        ];
        var step = asked ? "explain" : await chat.Choose("step", $"{shown}\n{due}。申诉是企业的权利，不得因此增加检查。", options);
        while (step == AppealReference.Files.Code)
            step = await chat.Choose("step", $"{appeal.AppealId} 的照片和文件，只给办理人员看，请勿转发：{FileLinks.Of(chat, "材料", appeal.FileIds)}", options);
        if (step == "leave")
        {
            chat.Say(late ? "好的，已经超期，请尽快提供。" : "好的，到期前我会提醒您。");
            return;
        }

        var basis = await chat.Ask("basis", $"{(asked ? $"{shown}\n" : "")}检查依据？请写法律、法规、规章或标准的名称和条款。", LongestBasis);
        var words = await chat.Ask("words", "情况说明？企业会看到。", LongestWords);
        var more = await chat.AskForMore("files", "有检查记录、照片等材料可以现在发，没有就回复“没有”。");
        var send = await chat.Review(
            "review",
            "依据和说明会发给企业和司法局：",
            [new ReviewItem("basis", "依据", basis), new ReviewItem("words", "说明", words), new ReviewItem("files", "材料", more.Files.Count > 0 ? $"{more.Files.Count}份" : "没有")]);
        if (!send)
        {
            chat.Say($"好的，没有提交。最迟{ChineseDates.WithWeekday(appeal.BasisDue)}提供。", $"打开 {appeal.AppealId}");
            return;
        }

        var handled = await chat.Send(new ExplainBasis(chat.Visitor, appeal.AppealId, basis, words, [.. more.Files.Select(file => file.Id)]));
        chat.Say($"已提交，{chat.Rules.SupervisionOffice.Name}最迟{ChineseDates.WithWeekday(handled.ReplyDue!.Value)}答复企业，也会告诉您结果。");
    }

    private static async Task Play(Chat chat)
    {
        if (AppealReference.In(chat.Opening) is { } named)
        {
            await About(chat, named);
            return;
        }

        var open = await chat.Look(new AppealsAgainstUs(chat.Visitor));
        if (open.Count == 0)
        {
            chat.Say("现在没有等本单位提供依据的申诉。", "今日待办");
            return;
        }

        var id = open.Count == 1
            ? open[0].AppealId
            : await chat.Choose("which", $"等本单位提供依据的申诉有{open.Count}件，先看哪件？", [.. open.Take(Listed).Select(appeal => new Option(appeal.AppealId, $"{appeal.AppealId} {appeal.EnterpriseName}，最迟{ChineseDates.WithWeekday(appeal.BasisDue)}", appeal.AppealId))]);
        await About(chat, id);
    }
}
