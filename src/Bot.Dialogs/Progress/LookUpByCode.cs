using Bot.Dialogs.Complaints;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Dialogs.Unlicensed;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Guidance;
using Bot.Domain.Progress;

namespace Bot.Dialogs.Progress;

/// <summary>C33: a look-up code shows how an anonymous complaint or question stands, and lets its owner go on with it.</summary>
public static class LookUpByCode
{
    public static Conversation Conversation { get; } = new("LookUpByCode", "凭码查询", "这次查询", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver],
        Opens = text => LookupCode.Read(text) is not null || AsksWithoutCode(text),
        Fleeting = true,
        TakesEvidence = true,
    };

    private static readonly string[] Before = ["之前", "上次", "以前", "原来", "前几天", "昨天"];
    private static readonly string[] GoingOn = ["补充", "查", "看", "结果", "进度", "回复", "答复", "撤"];

    /// <summary>C32: 我之前匿名投诉的想补充.</summary>
    private static bool AsksWithoutCode(string text) =>
        text is "凭码查询" or "查询码" or "凭码"
        || (text.Length <= 30 && text.Contains("匿名", StringComparison.Ordinal)
            && Before.Any(word => text.Contains(word, StringComparison.Ordinal)) && GoingOn.Any(word => text.Contains(word, StringComparison.Ordinal)));

    private static async Task Play(Chat chat)
    {
        chat.Hide();
        var code = LookupCode.Read(chat.Opening) ?? await chat.Ask(
            "code",
            "请输查询码（如 7K3F-92QX）。",
            said => LookupCode.Read(said.Text) ?? Read.No<string>("这不像查询码。查询码是8位数字和字母，如 7K3F-92QX；忘了就回复“码忘了”。"));
        var found = await chat.Send(new Bot.Domain.Progress.LookUpByCode(chat.Visitor, code));
        if (found.Complaint is { } complaint)
            await Complaint(chat, code, complaint);
        else if (found.Report is { } report)
            chat.Say(ReportUnlicensedBusiness.Standing(report));
        else if (found.IsQuestion)
            await Question(chat, await chat.Look(new GuidanceByCode(chat.Visitor, code)), code);
        else
            chat.Say("没有查到这个查询码，请核对后再发一次。查询码区分数字和字母，没有字母I、O。");
    }

    private static async Task Complaint(Chat chat, string code, ComplaintProgress complaint)
    {
        var due = complaint.ReplyDue is { } on ? $"，最迟{ChineseDates.WithWeekday(on)}答复" : "";
        var state = $"您反映的“{complaint.Kind.InChinese()}”（{ChineseDates.Short(complaint.ReceivedOn)}收到）：{complaint.Stage}{due}。{complaint.Answer}";
        if (complaint.Question is { } question)
            state += $"\n办理人员想了解：{question}";
        if (complaint is { IsOpen: false, Answer: null })
        {
            chat.Say(state);
            return;
        }

        var wish = complaint.IsOpen
            ? await chat.Choose("wish", state, new Option("add", "补充"), new Option("leave", "知道了", "好", "好的", "谢谢"), new Option("withdraw", "撤回投诉", "撤诉"))
            : await chat.Choose("wish", state, new Option("leave", "知道了", "好", "好的", "谢谢", "有"), new Option("again", "仍未解决", "没有"), new Option("rate", "评价办理"));
        switch (wish)
        {
            case "add":
                await FollowUpComplaint.Supplement(chat, code, anonymous: true);
                break;
            case "again":
                await FollowUpComplaint.Reopen(chat, code);
                break;
            case "rate":
                await RateTheHandling.Rate(chat, code, null, "还没有解决的，请再发一次查询码，选“仍未解决”，我们会复核。");
                break;
            case "withdraw":
                await FollowUpComplaint.Withdraw(chat, code, anonymous: true);
                break;
            default:
                chat.Say("好的，请保存好查询码。");
                break;
        }
    }

    private static async Task Question(Chat chat, GuidanceView question, string code)
    {
        if (question.Answer is not { } first)
        {
            chat.Say($"您的匿名咨询已转{question.UnitName}，还没有答复，{(question.IsOverdue ? $"应于{ChineseDates.WithWeekday(question.DueOn)}答复，已经超期，对不起，正在催办" : $"最迟{ChineseDates.WithWeekday(question.DueOn)}答复")}。");
            return;
        }

        if (question.FollowUps is [.., { Answer: null }])
        {
            chat.Say($"您的匿名咨询已答复：{Words(question.FollowUps.LastOrDefault(exchange => exchange.Answer is not null)?.Answer ?? first)}\n您的追问还没有答复，{(question.IsOverdue ? $"应于{ChineseDates.WithWeekday(question.DueOn)}答复，已经超期，对不起，正在催办" : $"最迟{ChineseDates.WithWeekday(question.DueOn)}答复")}。");
            return;
        }

        var latest = question.FollowUps.LastOrDefault(exchange => exchange.Answer is not null)?.Answer ?? first;
        var wish = await chat.Ask(
            "helpful",
            $"您的匿名咨询已答复：{Words(latest)}有帮助吗？[1]有 [2]没有 [3]追问",
            ReadWish,
            takesAnything: false,
            "有",
            "没有",
            "追问");
        if (wish.Asks)
        {
            var again = wish.Question.Length > 0 ? wish.Question : await chat.Ask("again", "请说要追问什么。");
            var asked = await chat.Send(new AskFollowUpByCode(chat.Visitor, code, again));
            chat.Say($"追问已提交，最迟{ChineseDates.WithWeekday(asked.DueOn)}答复，还用这个查询码。");
            return;
        }

        chat.Say(wish.Helped ? "好的，有需要再来。" : "抱歉没有帮上。可以追问，也可以重新提问，或回复“人工”。");
    }

    private static string Words(GuidanceAnswer answer)
    {
        var basis = answer.Basis.Length > 0 ? $"依据：{answer.Basis.TrimEnd('。')}。" : "";
        var steps = answer.Steps.Length > 0 ? $"建议这样做：{answer.Steps.TrimEnd('。')}。" : "";
        return $"{answer.Text.TrimEnd('。')}。{basis}{steps}";
    }

    private static Read<Wish> ReadWish(Said said)
    {
        if (Numbers.ChoiceAndRest(said.Text, 3) is (3, var question))
            return new Wish(false, true, question);
        if (said.Text.StartsWith("追问", StringComparison.Ordinal))
            return new Wish(false, true, said.Text["追问".Length..].Trim(' ', ':', '：', ',', '，'));
        return Numbers.Choice(said.Text, 3) switch
        {
            1 => new Wish(true, false, ""),
            2 => new Wish(false, false, ""),
            3 => new Wish(false, true, ""),
            _ => said.Text is "有" or "有用" or "有帮助" or "谢谢" ? new Wish(true, false, "")
                : said.Text is "没有" or "没用" or "没帮助" or "没有帮助" ? new Wish(false, false, "")
                : Read.No<Wish>("请回复“有”“没有”，或“追问”加上问题。"),
        };
    }

    private sealed record Wish(bool Helped, bool Asks, string Question);
}

/// <summary>"我忘了码怎么办", "码会过期吗": what a look-up code is and is not (C31, C33).</summary>
public static class AboutCodes
{
    private static readonly string[] Lost = ["忘", "丢", "找不到", "没记", "没保存", "弄没"];
    private static readonly string[] Expiry = ["过期", "有效", "多久", "失效"];

    public static Conversation Conversation { get; } = new("AboutCodes", "查询码说明", "这次查询", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver],
        Fleeting = true,
        Opens = text => text.Length <= 20 && text.Contains('码') && !text.Contains("扫码", StringComparison.Ordinal) && !text.Contains("代码", StringComparison.Ordinal) && !text.Contains("绑定", StringComparison.Ordinal)
            && (Lost.Any(word => text.Contains(word, StringComparison.Ordinal)) || Expiry.Any(word => text.Contains(word, StringComparison.Ordinal))),
    };

    private static Task Play(Chat chat)
    {
        var lost = Lost.Any(word => chat.Opening.Contains(word, StringComparison.Ordinal));
        if (lost)
            chat.Say("没有码就无法再查到，这也是为了保护您；可以重新提问。需要登记企业办理的事，可随时绑定企业。", "匿名咨询", "绑定企业");
        else
            chat.Say($"办完后{chat.Rules.LookupCodeKept.Period.Amount}天内有效，之后内容会删除，只留统计。");
        return Task.CompletedTask;
    }
}
