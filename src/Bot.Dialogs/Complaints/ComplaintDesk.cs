using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Guidance;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Guidance;

namespace Bot.Dialogs.Complaints;

/// <summary>C26: the justice bureau's desk. Every opening is recorded; what is said about bribes opens for the desk alone.</summary>
public static partial class ComplaintDesk
{
    private const int ListedAtMost = 10;
    private const string Word = "投诉台账";
    private const int LongestName = 15;

    public static Conversation Conversation { get; } = new("ComplaintDesk", Word, "这一步", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text is Word or "投诉" || (text.StartsWith(Word, StringComparison.Ordinal) && text.Length <= Word.Length + LongestName) || Names(text),
        Browsing = ["which", "step"],
    };

    /// <summary>打开 K26-50.</summary>
    internal static bool Names(string text) => Opening().IsMatch(text);

    private static async Task Play(Chat chat)
    {
        var id = Opening().Match(chat.Opening) is { Success: true } opening ? opening.Groups["id"].Value : await Pick(chat);
        if (id.Length > 0)
            await About(chat, id);
    }

    /// <summary>From the list of what is to be done: which one is meant is clear already.</summary>
    internal static async Task About(Chat chat, string id)
    {
        var complaint = await chat.Send(new OpenComplaint(chat.Visitor, id.ToUpperInvariant()));
        var steps = Steps(complaint);
        var said = Opening().Match(chat.Opening).Groups["act"].Value == "受理" && steps.Any(one => one.Code == "accept") ? "accept" : null;
        var step = said ?? await chat.Choose("step", Shown(chat, complaint), steps);
        while (step == "files")
            step = await chat.Choose("step", $"{complaint.ComplaintId} 的照片和文件，只给办理人员看，请勿转发：{FileLinks.Of(chat, "附件", complaint.FileIds)}", steps);
        switch (step)
        {
            case "accept":
                var accepted = await chat.Send(new AcceptComplaint(chat.Visitor, complaint.ComplaintId));
                var contact = complaint is { Anonymous: false, ContactDue: { } first } ? $"{Until(chat, first, "首次联系")}，" : "";
                chat.Say($"已受理，{Told(accepted)}。{contact}{(accepted.ReplyDue is { } reply ? Until(chat, reply, "答复", !contact.StartsWith("最迟", StringComparison.Ordinal)) : "")}。", $"打开 {complaint.ComplaintId}");
                break;
            case "ask" or "contact":
                await Contact(chat, complaint);
                break;
            case "difficult":
                var difficult = await chat.Send(new MarkDifficult(chat.Visitor, complaint.ComplaintId));
                chat.Say($"已按复杂投诉办理，答复期限改为{ChineseDates.WithWeekday(difficult.ReplyDue)}，{Told(difficult)}。");
                break;
            case "extend":
                var reason = await chat.Ask("reason", "请写延长的理由，会告诉投诉人。");
                var extended = await chat.Send(new ExtendComplaint(chat.Visitor, complaint.ComplaintId, reason));
                chat.Say($"已延长到{ChineseDates.WithWeekday(extended.ReplyDue)}，{Told(extended)}。只能延长这一次。");
                break;
            case "resolve":
                await Resolve(chat, complaint);
                break;
            case "transfer":
                await Transfer(chat, complaint);
                break;
            case "join":
                var joined = await chat.Send(new JoinComplaints(chat.Visitor, complaint.ComplaintId, complaint.AlikeId!));
                chat.Say($"已并案，按 {joined.Number} 办理，最迟{ChineseDates.WithWeekday(joined.ReplyDue)}答复；两件的投诉人都会得到结果。", $"打开 {joined.ComplaintId}");
                break;
            case "apart":
                await chat.Send(new KeepApart(chat.Visitor, complaint.ComplaintId, complaint.AlikeId!));
                chat.Say($"好的，{complaint.ComplaintId}和{complaint.AlikeId}分别办理，不再提示。", $"打开 {complaint.ComplaintId}");
                break;
            case "aside":
                var because = await chat.Ask("because", "请用一句话说明回避的理由。回避后您看不到这件投诉，由其他人员接着办。");
                await chat.Send(new StandAside(chat.Visitor, complaint.ComplaintId, because));
                chat.Say("已登记回避，转由其他人员办理，期限不变。", "投诉台账");
                break;
            default:
                chat.Say("好的。", "投诉台账");
                break;
        }
    }

    private static async Task<string> Pick(Chat chat)
    {
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        var whose = NamingAUnit.After(Word, chat, units) is { } unit ? NamingAUnit.Name(unit, units) : null;
        var open = (await chat.Look(new ComplaintsForSupervisor(chat.Visitor))).Where(line => whose is null || line.UnitName == whose).ToList();
        if (open.Count == 0)
        {
            chat.Say(whose is null ? "现在没有在办的投诉。" : $"现在没有在办的、关于{whose}的投诉。说“{Word}”看全部。");
            return "";
        }

        var lines = open.Take(ListedAtMost).Select(line =>
            $"{line.ComplaintId} {line.Kind.InChinese()}，{(line.Anonymous ? "匿名" : line.ByHotline ? "12345" : "实名")}，{line.UnitName ?? "单位不明"}，{(line.Stage == ComplaintStage.Received ? "待受理" : "办理中")}"
            + (line.Due is { } due ? $"，{(line.Late ? "已超期，应于" : "最迟")}{ChineseDates.WithWeekday(due)}" : ""));
        var more = open.Count > ListedAtMost ? $"\n另有{open.Count - ListedAtMost}件，按时限排在后面。" : "";
        return await chat.Ask(
            "which",
            $"{(whose is null ? "" : $"{whose}：")}在办投诉{open.Count}件：\n{string.Join('\n', lines)}{more}\n回复“打开”加编号办理。",
            ReadWhich,
            takesAnything: false,
            [.. open.Take(3).Select(line => $"打开 {line.ComplaintId}")]);
    }

    private static Read<string> ReadWhich(Said said) =>
        Opening().Match(said.Text) is { Success: true } opening ? opening.Groups["id"].Value
        : Bare().IsMatch(said.Text) ? said.Text
        : Read.No<string>("请回复“打开”加编号，例如“打开 K26-50”。");

    /// <summary>A day that is over is not said as one that is still to come.</summary>
    private static string Until(Chat chat, DateOnly due, string what, bool first = true) =>
        due < DateOnly.FromDateTime(chat.StartedAt) ? $"应于{ChineseDates.WithWeekday(due)}{what}，已超期，请尽快办理" : $"{(first ? "最迟" : "")}{ChineseDates.WithWeekday(due)}{what}";

    private static string Shown(Chat chat, OpenedComplaint complaint)
    {
        var secret = complaint.Kind == ComplaintKind.Integrity ? "本类只限专岗查看，" : "";
        var who = complaint.Anonymous ? "匿名" : complaint.HotlineTicket is { } ticket ? $"12345转来（工单{ticket}）" : "实名（对被投诉单位保密）";
        var facts = new List<string> { $"{complaint.ComplaintId} {complaint.Kind.InChinese()}，{who}。{secret}已留痕您的查看。" };
        if (complaint.UnitName is not null)
            facts.Add($"被投诉单位：{complaint.UnitName}");
        if (complaint.OccurredOn is { } on)
            facts.Add($"时间：{ChineseDates.Short(on)}{(complaint.OccurredAt is { } at ? $" {ChineseDates.Time(at)}" : "")}");
        facts.Add($"内容：{complaint.Text}{(complaint.EvidenceCount > 0 ? $"（附件{complaint.EvidenceCount}份）" : "")}");
        facts.AddRange(complaint.Remarks.Select(Line));
        if (complaint.Answer is { } answer)
            facts.Add($"{(complaint.AnsweredOn is { } answered ? ChineseDates.Short(answered) : "")}办结：{answer}");
        if (complaint.Grade is { } grade)
            facts.Add($"投诉人对办理的评价：{grade.InChinese()}");
        if (State(complaint) is { Length: > 0 } state)
            facts.Add(state);
        if (complaint.Alike is { } alike)
            facts.Add($"可能是同一件事：{alike}");
        if (complaint.HotlineTicket is not null)
            facts.Add($"投诉人由12345回访{(complaint.EnterpriseName is { } name ? $"，企业：{name}" : "")}");
        else if (!complaint.Anonymous)
            facts.Add($"投诉人：{string.Join('，', new[] { complaint.ComplainantName, complaint.ComplainantPhone, complaint.EnterpriseName }.OfType<string>())}");
        if (complaint.ContactDue is { } contact)
            facts.Add($"{Until(chat, contact, "首次联系")}{(complaint.Stage == ComplaintStage.Received ? "或告知受理" : "")}");
        if (complaint.ReplyDue is { } reply)
            facts.Add(Until(chat, reply, "答复"));
        return string.Join('\n', facts);
    }

    /// <summary>Who spoke is told by side alone; the complainant's name stands in one place.</summary>
    private static string Line(OpenedRemark remark) => ChineseDates.Short(remark.On) + remark.Word switch
    {
        ComplaintWord.Question => $"办理单位问：{remark.Text}",
        ComplaintWord.Contact => $"办理单位联系：{remark.Text}",
        ComplaintWord.Answer => $"办结（投诉人未认可）：{remark.Text}",
        ComplaintWord.NotSettled => $"投诉人：仍未解决，{remark.Text}",
        _ => $"投诉人补充：{remark.Text}{(remark.FileCount > 0 ? $"（附件{remark.FileCount}份）" : "")}",
    };

    /// <summary>What the steps below do not say by themselves.</summary>
    private static string State(OpenedComplaint complaint) => complaint.Stage switch
    {
        ComplaintStage.Accepted when complaint.Reviews > 0 => "状态：复核中",
        ComplaintStage.Resolved => "状态：已办结",
        ComplaintStage.Withdrawn => $"状态：投诉人{Ended(complaint)}撤回，不再办理",
        ComplaintStage.Transferred => $"状态：{Ended(complaint)}已移送",
        ComplaintStage.Joined => "状态：已并案办理",
        _ => "",
    };

    private static string Ended(OpenedComplaint complaint) => complaint.EndedOn is { } on ? ChineseDates.Short(on) : "";

    private static Option[] Steps(OpenedComplaint complaint) =>
    [
        .. Handling(complaint),
        .. complaint.AlikeId is { } alike ? (Option[])[new("join", $"与{alike}并案", "并案", "并"), new("apart", "不是同一件事", "不并", "不是")] : [],
        .. complaint.Stage is ComplaintStage.Received or ComplaintStage.Accepted ? (Option[])[new("aside", "回避")] : [],
        .. complaint.FileIds.Count > 0 ? (Option[])[new("files", "查看附件", "看附件", "看照片", "查看照片", "照片", "看图片", "附件")] : [],
    ];

    private static Option[] Handling(OpenedComplaint complaint) => (complaint.Stage, complaint.Kind) switch
    {
        (ComplaintStage.Received or ComplaintStage.Accepted, ComplaintKind.Integrity) =>
            [new("transfer", "移送登记", "移送"), new("ask", "补充材料"), new("contact", "联系投诉人", "联系")],
        (ComplaintStage.Received, _) =>
            [new("accept", "受理"), new("contact", "联系投诉人", "联系"), new("difficult", "认定复杂", "复杂")],
        (ComplaintStage.Accepted, _) =>
            [new("resolve", "办结"), new("contact", "联系投诉人", "联系"), new("difficult", "认定复杂", "复杂"), new("extend", "延长", "延期")],
        _ => [new("leave", "返回台账", "返回")],
    };

    private static async Task Contact(Chat chat, OpenedComplaint complaint)
    {
        var question = await chat.Ask("question", complaint.Anonymous ? "请写要问的话，投诉人凭查询码可以看到。" : "请写要问投诉人的话，我会发给对方。");
        var handled = await chat.Send(new ContactComplainant(chat.Visitor, complaint.ComplaintId, question));
        chat.Say($"已登记联系，{Told(handled)}。");
    }

    private static async Task Resolve(Chat chat, OpenedComplaint complaint)
    {
        var finding = await chat.Ask("finding", "查明的情况？");
        var action = await chat.Ask("action", "怎么处理的？");
        var reason = await chat.Ask("reason", "理由和依据？");
        var sure = await chat.Review(
            "review",
            "办结内容会告诉投诉人：",
            [new("finding", "查明", finding), new("action", "处理", action), new("reason", "理由", reason)],
            submit: "办结",
            drop: "不办结");
        if (!sure)
        {
            chat.Say("好的，没有办结。");
            return;
        }

        var resolved = await chat.Send(new ResolveComplaint(chat.Visitor, complaint.ComplaintId, finding, action, reason));
        chat.Say($"{resolved.Number} 已办结，{Told(resolved)}。");
    }

    private static async Task Transfer(Chat chat, OpenedComplaint complaint)
    {
        var paper = await chat.Ask("paper", "请录移送机关、文号、日期。被投诉单位不会收到任何提示。", ReadPaper, takesAnything: true);
        await chat.Send(new TransferComplaint(chat.Visitor, complaint.ComplaintId, paper.Organ, paper.Document, paper.On));
        var tell = await chat.Choose("tell", "已登记。是否告知投诉人“已按规定移送”？", new Option("yes", "告知"), new Option("no", "暂不"));
        if (tell == "no")
        {
            chat.Say("好的，暂不告知。");
            return;
        }

        var told = await chat.Send(new TellOfTransfer(chat.Visitor, complaint.ComplaintId));
        chat.Say(told.Anonymous ? "已登记告知，投诉人凭查询码可以看到。" : "已告知。");
    }

    private static Read<Paper> ReadPaper(Said said)
    {
        var document = CaseNumbers.Find(said.Text);
        var moment = said.Day(Facing.Past);
        if (document is null || moment is null)
            return Read.No<Paper>($"还缺{(document is null ? "文号" : "日期")}。请这样写：区纪委监委 2026-11-20 云司函〔2026〕31号。");
        var organ = Organ().Match(said.Text);
        return organ.Success ? new Paper(organ.Value, document, moment.On) : Read.No<Paper>("还缺移送机关。请这样写：区纪委监委 2026-11-20 云司函〔2026〕31号。");
    }

    private static string Told(ComplaintHandled handled) => handled.ByHotline ? "请在12345系统同步告知" : handled.Anonymous ? "投诉人凭查询码可以看到" : "已告知投诉人";

    private sealed record Paper(string Organ, string Document, DateOnly On);

    [GeneratedRegex(@"^(?<act>打开|办理|查看|受理)\s*(?:投诉)?\s*(?<id>[Kk][0-9]+(?:-[0-9]+)?|\S*〔\d{4}〕\d+号)$")]
    private static partial Regex Opening();

    [GeneratedRegex(@"^[Kk][0-9]+(?:-[0-9]+)?$")]
    private static partial Regex Bare();

    [GeneratedRegex(@"[\u4e00-\u9fff]*(?:纪委监委|纪委|监委|纪检监察组|纪检组|检察院|公安局|公安分局|派驻组)[\u4e00-\u9fff]*")]
    private static partial Regex Organ();
}
