using Bot.Dialogs.Appeals;
using Bot.Dialogs.Complaints;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Guidance;
using Bot.Dialogs.Understanding;
using Bot.Dialogs.Unlicensed;
using Bot.Domain.Appeals;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using Bot.Domain.Unlicensed;

namespace Bot.Dialogs.Progress;

/// <summary>C6: how far a request or complaint is, how its date was counted, and what to do when the answer is late.</summary>
public static class CheckProgress
{
    private const int Listed = 9;

    private static readonly string[] OfStanding = ["怎么样了", "怎样了", "咋样", "进度", "进展", "到哪", "办得", "办到", "有结果", "有消息", "有答复", "有回复", "答复了", "回复了", "还没"];

    public static Conversation Conversation { get; } = new("CheckProgress", "办理进度", "这次查询", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver],
        Intents = [Intents.CheckProgress],
        Browsing = ["which", "wish"],
        Opens = text => text is "办理进度" or "催一下" || AsksHowCounted(text) || AsksOfAppeal(text) || (text.Length <= 20 && GuidanceReference.In(text) is not null),
        TakesEvidence = true,
    };

    private static async Task Play(Chat chat)
    {
        var cases = await chat.Look(new MyCases(chat.Visitor));
        if (AsksHowCounted(chat.Opening))
        {
            await Explain(chat, cases);
            return;
        }

        if (await Choose(chat, cases) is not { } line)
            return;
        if (line.Kind == CaseKind.Complaint)
            await Complaint(chat, line);
        else if (line.Kind == CaseKind.Appeal)
            await Appeal(chat, line);
        else if (line.Kind == CaseKind.Unlicensed)
            chat.Tell(ReportUnlicensedBusiness.Standing((await chat.Look(new MyUnlicensed(chat.Visitor))).First(one => one.ReportId == line.Id)));
        else
            await Guidance(chat, line.Id);
    }

    private static async Task<CaseLine?> Choose(Chat chat, IReadOnlyList<CaseLine> cases)
    {
        if (Reference(chat.Opening) is { } reference)
        {
            var named = cases.FirstOrDefault(line => line.Id == reference || CaseNumbers.Same(line.Number, reference));
            if (named is null)
                chat.Tell($"在您的事项里没有找到 {reference}，请核对编号。匿名提交的，请直接发查询码。");
            return named;
        }

        if (cases.Count == 0)
        {
            chat.Tell("您还没有提交过申请或投诉。匿名提交的，请直接发查询码（如 7K3F-92QX）。");
            return null;
        }

        if (AsksOfAppeal(chat.Opening) && cases.Where(line => line.Kind == CaseKind.Appeal).ToList() is { Count: > 0 } appeals)
            cases = appeals;

        // Somebody who asks why nothing comes means what is late.
        var late = cases.Where(line => line.Overdue).ToList();
        var likely = late.Count > 0 ? late : cases.Where(line => line.Open).ToList();
        if (likely.Count == 0)
            return cases[0];
        if (likely.Count == 1)
            return likely[0];
        var id = await chat.Choose("which", $"您有{likely.Count}件在办，查哪一件？", [.. likely.Take(Listed).Select(line => new Option(line.Id, $"{line.Number}，{line.About}", line.Id, line.Number))]);
        return likely.First(line => line.Id == id);
    }

    private static async Task Complaint(Chat chat, CaseLine line)
    {
        var mine = (await chat.Look(new Bot.Domain.Complaints.MyComplaints(chat.Visitor))).FirstOrDefault(complaint => complaint.ComplaintId == line.Id);
        var about = $"您{ChineseDates.WithWeekday(line.ReceivedOn)}反映的“{line.About}”（{line.Number}）：{line.State}";
        if (mine?.Answer is { } answer)
        {
            chat.Tell($"{about}。{answer}仍未解决的，请说“仍未解决”。");
            return;
        }

        if (!line.Open && mine is { IsOpen: false })
        {
            chat.Tell(mine.Withdrawn ? $"{about}，不再办理；有新的情况可以重新投诉。" : $"{about}。由{line.Unit}办理。");
            return;
        }

        var due = line.DueOn is { } on ? line.Overdue ? $"，应于{ChineseDates.WithWeekday(on)}答复，已经超期，对不起" : $"，最迟{ChineseDates.WithWeekday(on)}答复" : "";
        var asked = mine?.Question is { } question ? $"办理人员问：{question}\n" : "";
        chat.Tell($"{about}{due}。{asked}由{line.Unit}办理，需要补充请说“补充”。");
    }

    private static async Task Appeal(Chat chat, CaseLine line)
    {
        var appeal = (await chat.Look(new MyAppeals(chat.Visitor))).First(one => one.AppealId == line.Id);
        var basis = appeal.Basis is { } given ? $"\n{appeal.UnitName}提供的依据：{given}\n说明：{appeal.Explanation}" : appeal.IsOpen ? $"\n{appeal.UnitName}最迟{ChineseDates.WithWeekday(appeal.BasisDue)}提供依据。" : "";
        var answer = appeal.Answer is { } words ? $"\n{words}\n仍不同意，已收到行政处罚等决定的，可以依法申请行政复议或提起行政诉讼，期限以决定书写明的为准。" : "";
        var due = appeal.IsOpen ? line.Overdue ? $"，应于{ChineseDates.WithWeekday(appeal.ReplyDue)}答复，已经超期，对不起" : $"，最迟{ChineseDates.WithWeekday(appeal.ReplyDue)}答复" : "";
        chat.Tell($"您{ChineseDates.WithWeekday(appeal.FiledOn)}提出的{line.About}（{appeal.Number}）：{line.State}{due}。{basis}{answer}");
    }

    private static async Task Guidance(Chat chat, string id)
    {
        var request = await chat.Look(new GuidanceProgress(chat.Visitor, id));
        if (!request.AwaitsAnswer)
        {
            await ReactToAnswer.Show(chat, request);
            return;
        }

        // Who only looks has not asked anybody to hurry; 怎么还没回 has (C6).
        var urged = request.IsOverdue && Urges(chat.Opening);
        var words = urged ? $"{Standing(request)}{await Urge(chat, request)}" : Standing(request);
        while (true)
        {
            var wish = await chat.Ask("wish", $"{words}您可以：{Choices(request, urged)}", said => ReadWish(said, request, urged), takesAnything: false, [.. Wishes(request, urged), "怎么算出来的"]);
            switch (wish)
            {
                case "count":
                    words = $"{request.HowCounted}\n";
                    break;
                case "urge":
                    chat.Say(await Urge(chat, request));
                    return;
                case "human":
                    chat.Say($"好的，点“人工帮助”就能转过去，也可以拨打{request.UnitName}电话{request.UnitPhone}。", "人工帮助");
                    return;
                case "complain":
                    await FileComplaint.FromGuidance(chat, request);
                    return;
                default:
                    chat.Say("好的，有了答复我会马上发给您。");
                    return;
            }
        }
    }

    private static async Task<string> Urge(Chat chat, GuidanceView request)
    {
        try
        {
            var urged = await chat.Send(new UrgeGuidance(chat.Visitor, request.Id));
            return urged.BureauTold
                ? $"我已提醒{urged.UnitName}{(urged.LeaderTold ? "负责人" : "经办人")}并报{chat.Rules.SupervisionOffice.Name}。"
                : $"已提醒{urged.UnitName}经办人{(urged.LeaderTold ? "和负责人" : "")}，请您再等一等。";
        }
        catch (RuleBrokenException refused)
        {
            return refused.Message;
        }
    }

    private static async Task Explain(Chat chat, IReadOnlyList<CaseLine> cases)
    {
        var latest = cases.Where(line => line.Kind == CaseKind.Guidance).OrderByDescending(line => line.ReceivedOn).ThenByDescending(line => line.Id.Length).ThenByDescending(line => line.Id, StringComparer.Ordinal).FirstOrDefault();
        if (latest is null)
        {
            var today = DateOnly.FromDateTime(chat.StartedAt);
            chat.Tell($"收到当天不算，从第二天起数工作日；周末和放假不计，调休上班计入。比如今天收到、{chat.Rules.GuidanceReply.Period}：{chat.Calendar.Explain(today, chat.Calendar.Due(today, chat.Rules.GuidanceReply.Period))}");
            return;
        }

        var request = await chat.Look(new GuidanceProgress(chat.Visitor, latest.Id));
        chat.Tell($"{request.Number}，{request.Limit}：{request.HowCounted}依据：{chat.Rules.GuidanceReply.Source}。");
    }

    private static string Standing(GuidanceView request)
    {
        var due = ChineseDates.Due(request.DueOn, request.Provisional);
        var received = request.FollowUps is [.., { Answer: null } followUp] ? $"{ChineseDates.WithWeekday(followUp.ReceivedOn)}追问" : $"{ChineseDates.WithWeekday(request.ReceivedOn)}收到";
        var now = request switch
        {
            { IsOverdue: true, OverdueBy: > 0 } => $"现在已超期{request.OverdueBy}个工作日，对不起。",
            { IsOverdue: true } => "期限已过，对不起。",
            { LeftDays: 0 } => "今天24时前会有答复。",
            _ => $"还有{request.LeftDays}个工作日。",
        };
        return $"您的申请 {request.Number}，{received}，{request.Limit}，{request.UnitName}最迟{due}答复，{now}";
    }

    private static string[] Wishes(GuidanceView request, bool urged) => (request.IsOverdue, urged) switch
    {
        (true, true) => ["继续等", "转人工", "改为投诉"],
        (true, false) => ["继续等", "催一下", "转人工", "改为投诉"],
        _ => ["继续等", "催一下", "转人工"],
    };

    private static string Choices(GuidanceView request, bool urged) => string.Join(' ', Wishes(request, urged).Select((wish, i) => $"[{i + 1}]{wish}"));

    private static Read<string> ReadWish(Said said, GuidanceView request, bool urged)
    {
        var wishes = Wishes(request, urged);
        var text = Numbers.Choice(said.Text, wishes.Length) is { } number ? wishes[number - 1] : said.Text;
        if (AsksHowCounted(text))
            return "count";
        if (text is "继续等" or "等" or "再等等" or "好" or "好的" or "知道了" or "谢谢")
            return "wait";
        if (request.IsOverdue && text.Contains("投诉", StringComparison.Ordinal))
            return "complain";
        if (Urges(text))
            return "urge";
        return text.Contains("人工", StringComparison.Ordinal) ? "human" : Read.No<string>($"请回复 {Choices(request, urged)}，也可以问“怎么算出来的”。");
    }

    private static bool Urges(string text) =>
        text.Contains('催') || (text.Contains("还没", StringComparison.Ordinal) && (text.Contains("怎么", StringComparison.Ordinal) || text.Contains("为什么", StringComparison.Ordinal) || text.Contains('都', StringComparison.Ordinal)));

    /// <summary>我的申诉怎么样了: how it stands, not a new one.</summary>
    private static bool AsksOfAppeal(string text) =>
        text.Length <= 20 && text.Contains("申诉", StringComparison.Ordinal) && OfStanding.Any(word => text.Contains(word, StringComparison.Ordinal));

    private static string? Reference(string opening) => GuidanceReference.In(opening) ?? AppealReference.In(opening) ?? CaseNumbers.Find(opening);

    private static bool AsksHowCounted(string text) =>
        text.Length <= 12 && (text.Contains("怎么算", StringComparison.Ordinal) || text.Contains("算出来", StringComparison.Ordinal));
}
