using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Appeals;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;

namespace Bot.Dialogs.Complaints;

/// <summary>What a named complainant says to a complaint that is under way: 补充, 撤回投诉, 仍未解决 (N11, N12).</summary>
public static partial class FollowUpComplaint
{
    /// <summary>The global word that leaves a conversation; with none open it is about what was handed in.</summary>
    private const string Bare = "撤回";

    private const string NotTaken = "这是查询码，没有记进这件投诉；要查那件请说“凭码查询”。";

    public static Conversation Conversation { get; } = new("FollowUpComplaint", "补充投诉", "这次补充", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver],
        Opens = text => text is "补充" or "补充材料" or "补充投诉" or "仍未解决" or "撤回投诉" or "撤诉" or "我要撤回投诉" or Bare || Words(text) is not null,
        Fleeting = true,
        TakesEvidence = true,
    };

    private static async Task Play(Chat chat)
    {
        if (Code().IsMatch(chat.Opening))
        {
            chat.Say(NotTaken, "凭码查询");
            return;
        }

        var (reopen, withdraw) = (chat.Opening == "仍未解决", chat.Opening.Contains('撤'));
        var mine = (await chat.Look(new MyComplaints(chat.Visitor))).Where(complaint => reopen ? complaint.Answer is not null : complaint.IsOpen).ToList();
        if (mine.Count == 0 && chat.Opening == Bare)
        {
            await NothingToWithdraw(chat);
            return;
        }

        if (mine.Count == 0)
        {
            chat.Say($"没有查到您{(reopen ? "已办结" : "正在办理")}的实名投诉。匿名投诉请发查询码。", "投诉检查行为", "办理进度");
            return;
        }

        var id = mine.Count == 1
            ? mine[0].ComplaintId
            : await chat.Choose("which", "是哪一件？", [.. mine.Take(5).Select(complaint => new Option(complaint.ComplaintId, $"{complaint.Number}，{complaint.Kind.InChinese()}"))]);
        if (withdraw)
            await Withdraw(chat, id);
        else if (reopen)
            await Reopen(chat, id);
        else
            await Supplement(chat, id, told: Words(chat.Opening));
    }

    private static async Task NothingToWithdraw(Chat chat)
    {
        var appeals = chat.Visitor.Role == ActorRole.EnterpriseUser ? await chat.Look(new MyAppeals(chat.Visitor)) : [];
        if (appeals.Any(appeal => appeal.IsOpen))
            chat.Say("要撤回正在办理的申诉，请说“撤回申诉”。", "撤回申诉");
        else
            chat.Say("好的，现在没有正在办的事。需要时随时叫我。");
    }

    /// <summary>Also for who came by look-up code: <paramref name="complaint"/> is a number or the code.</summary>
    internal static async Task Supplement(Chat chat, string complaint, bool anonymous = false, string? told = null)
    {
        if (told is not null)
            chat.Known("supplement", new Supplement(told, []));
        var more = await chat.AskForMore("supplement", $"请说要补充的内容，也可以发照片。{(anonymous ? "照片会去掉拍摄位置等信息。" : "")}不补充了就回复“没有”。", refuse: said => Code().IsMatch(said.Text) ? NotTaken : null);
        if (more.Text.Length == 0 && more.Files.Count == 0)
        {
            chat.Say("好的，没有补充。");
            return;
        }

        if (anonymous && more.Files.Count > 0
            && await chat.Choose("mask", "照片里若能认出您本人或员工，建议遮挡后重发。要换一张吗？", new Option("no", "不用", "不换", "不", "没有", "否"), new Option("yes", "换一张", "换", "要", "是")) == "yes")
        {
            var masked = await chat.AskForMore("masked", "请发遮挡后的照片，原来的不保存。");
            more = more with { Files = masked.Files };
        }

        await chat.Send(new SupplementComplaint(chat.Visitor, complaint, more.Text, [.. more.Files.Select(file => file.Id)]));
        chat.Say("已补充，办理人员会看到。");
    }

    internal static async Task Reopen(Chat chat, string complaint)
    {
        var why = await chat.Ask("why", "很抱歉没有解决好。请说哪里还没有解决，我们会复核。");
        var reopened = await chat.Send(new ReopenComplaint(chat.Visitor, complaint, why));
        chat.Say($"已转复核，最迟{ChineseDates.WithWeekday(reopened.ReplyDue!.Value)}答复。您也可以依法申请行政复议、提起行政诉讼或拨打12345。");
    }

    internal static async Task Withdraw(Chat chat, string complaint, bool anonymous = false)
    {
        // A stray 提交 or 好的 must not end a complaint; 撤回 alone is the global word that leaves any conversation.
        var sure = await chat.Choose(
            "withdraw",
            new Reply("确定撤回这件投诉吗？撤回后不再办理，以后可以重新投诉。") { WhenLeft = "好的，没有撤回，投诉继续办理。" },
            new Option("yes", "确定撤回", "确认撤回", "确定", "是", "是的"),
            new Option("no", "不撤回", "不", "不撤", "先不撤", "否", "算了", "不用了"));
        if (sure == "no")
        {
            chat.Say("好的，没有撤回，投诉继续办理。");
            return;
        }

        var withdrawn = await chat.Send(new WithdrawComplaint(chat.Visitor, complaint));
        chat.Say(anonymous ? "已撤回，不再办理。" : $"{withdrawn.Number} 已撤回。");
    }

    /// <summary>What was said along with the wish: 我想补充 他姓王.</summary>
    private static string? Words(string text) => Adding().Match(text) is { Success: true } found ? found.Groups["words"].Value : null;

    [GeneratedRegex(@"^(?:我)?(?:想|要|再|还想|还要)?补充(?:一下|一点|说明|投诉)?[ ,，:：。]+(?<words>.*\S.*)$", RegexOptions.Singleline)]
    private static partial Regex Adding();

    /// <summary>A look-up code leads to somebody's anonymous case: it must not stand in the record of another (W28).</summary>
    [GeneratedRegex(@"(?<![A-Za-z0-9-])(?=[A-Za-z0-9-]*[A-Za-z])(?=[A-Za-z0-9-]*[0-9])[A-Za-z0-9]{4}-[A-Za-z0-9]{4}(?![A-Za-z0-9-])")]
    private static partial Regex Code();
}
