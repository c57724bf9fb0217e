using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;

namespace Bot.Dialogs.Complaints;

/// <summary>请评价本次办理 (N12): whether the complainant is content with how it was handled; who is not can have it taken up again.</summary>
public static partial class RateTheHandling
{
    private const int Listed = 5;

    public static Conversation Conversation { get; } = new("RateTheHandling", "评价办理", "这次评价", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver],
        Opens = text => text is "评价办理" or "评价本次办理" or "评价投诉办理" || Given(text) is not null,
        Fleeting = true,
    };

    /// <summary>As the desk and the complainant read it.</summary>
    internal static string InChinese(this HandlingGrade grade) => grade switch
    {
        HandlingGrade.Satisfied => "满意",
        HandlingGrade.Fairly => "基本满意",
        _ => "不满意",
    };

    private static async Task Play(Chat chat)
    {
        var answered = (await chat.Look(new MyComplaints(chat.Visitor))).Where(complaint => complaint.Answer is not null).ToList();
        if (answered.Count == 0)
        {
            chat.Say("没有查到您已办结的实名投诉。匿名投诉请发查询码，看过结果就能评价；评价检查请回复“评价检查”。", "评价检查", "办理进度");
            return;
        }

        var open = answered.Where(complaint => complaint.Grade is null).ToList();
        var from = open.Count > 0 ? open : answered;
        var id = from.Count == 1
            ? from[0].ComplaintId
            : await chat.Choose("which", "评价哪一件的办理？", [.. from.Take(Listed).Select(complaint => new Option(complaint.ComplaintId, $"{complaint.Number}，{complaint.Kind.InChinese()}"))]);
        await Rate(chat, id, Given(chat.Opening), "还没有解决的，请回复“仍未解决”，我们会复核。");
    }

    /// <summary>Also for who came by look-up code: <paramref name="complaint"/> is a number or the code.</summary>
    internal static async Task Rate(Chat chat, string complaint, HandlingGrade? given, string otherwise)
    {
        var grade = given ?? Enum.Parse<HandlingGrade>(await chat.Choose(
            "grade",
            "您对这次办理满意吗？",
            new Option(nameof(HandlingGrade.Satisfied), "满意", "很满意", "非常满意", "比较满意"),
            new Option(nameof(HandlingGrade.Fairly), "基本满意", "一般", "还行", "还可以"),
            new Option(nameof(HandlingGrade.Dissatisfied), "不满意", "不太满意", "很不满意", "非常不满意", "不")));
        await chat.Send(new RateComplaintHandling(chat.Visitor, complaint, grade));
        chat.Say(grade == HandlingGrade.Dissatisfied ? $"已记下“不满意”，很抱歉没有办好。{otherwise}" : $"已记下“{grade.InChinese()}”，谢谢您。");
    }

    private static HandlingGrade? Given(string text) => Grading().Match(text) is not { Success: true } said ? null : said.Groups["how"].Value switch
    {
        "不" or "很不" or "不太" or "非常不" => HandlingGrade.Dissatisfied,
        "基本" => HandlingGrade.Fairly,
        _ => HandlingGrade.Satisfied,
    };

    /// <summary>办理很满意; 处理结果不满意 asks for more than a mark and is 仍未解决.</summary>
    [GeneratedRegex(@"^(?:我)?(?:对)?(?:这次|本次|投诉)?(?:的)?办理(?:情况|结果)?(?<how>很不|不太|非常不|不|基本|很|非常|比较|)满意$")]
    private static partial Regex Grading();
}
