using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;

namespace Bot.Dialogs.FrontDesk;

/// <summary>Answers to general questions that may come in the middle of anything. Every number is the rule pack's, with the place it comes from.</summary>
internal static class SideAnswers
{
    /// <summary>The answer, or null when the question is none of these.</summary>
    public static string? To(SideQuestion question, string text, Surroundings world) => question switch
    {
        SideQuestion.QuietDays => QuietDays(text, world),
        SideQuestion.OfficeHours => OfficeHours(world),
        SideQuestion.HowCounted => HowCounted(world),
        SideQuestion.Confidentiality => $"投诉的内容只由{world.Rules.SupervisionOffice.Name}办理，您的身份对被投诉单位保密。匿名咨询转给管这件事的单位答复，不带您的身份。选择匿名的，不保存您的账号，只能凭查询码查看结果。评价时，检查单位看不到是谁写的。",
        SideQuestion.Consequences => $"不会。咨询、投诉、评价、不同意指导走访都是您的权利，不影响信用，也不影响检查安排。担心的话可以匿名；如遇刁难，请直接告诉{world.Rules.SupervisionOffice.Name}，电话{world.Rules.SupervisionOffice.Phone}。",
        SideQuestion.HowLong => HowLong(world.Rules),
        SideQuestion.Basis => Basis(world.Rules),
        SideQuestion.LookupCodes => $"匿名提交后会得到一个查询码，{world.Rules.LookupCodeKept.Period}内有效，到期内容删除。没有码就无法再查到，这也是为了保护您；可以重新提交。",
        _ => null,
    };

    public static string QuietDays(string text, Surroundings world)
    {
        if (world.Rules.QuietDays is not { } quiet)
            return $"{world.Rules.DistrictName}的文件没有规定企业安静日。检查前会发检查预告。";
        var today = DateOnly.FromDateTime(world.ChinaNow);
        var asked = Dates.Of(text, world.ChinaNow, Facing.Near, world.Calendar)?.On ?? today;
        var name = asked == today ? $"今天（{ChineseDates.Short(today)}）" : ChineseDates.WithWeekday(asked);
        return $"企业安静日是每月{quiet.From}日到{quiet.To}日，日常检查不安排在这几天。{name}{(quiet.Covers(asked) ? "在" : "不在")}安静日内。投诉举报、监测异常等需立即检查的和已备案的专项检查除外。（{quiet.Document} {quiet.Clause}）";
    }

    public static string Basis(RulePack rules)
    {
        var papers = string.Join("；", rules.Documents.Take(2).Select(paper => $"《{paper.Title}》{paper.Number}（{paper.Status}）"));
        var quiet = rules.QuietDays is { } days ? $"\n安静日：{days.Document} {days.Clause}。" : "";
        return $"依据：{papers}。{quiet}\n行政指导{rules.GuidanceReply.Period}内答复：{rules.GuidanceReply.Source}。\n抽查结果{rules.Publication.Period}内公示：{rules.Publication.Source}。\n某一次检查的依据，写在它的检查预告里。";
    }

    private static string OfficeHours(Surroundings world)
    {
        var hours = world.Rules.OfficeHours;
        var spans = string.Join("、", hours.Spans.Select(span => $"{ChineseDates.Time(span.From)}—{ChineseDates.Time(span.To)}"));
        if (hours.IsOpen(world.ChinaNow, world.Calendar))
            return $"办公时间是工作日{spans}，现在正在办公。我随时都在。";
        var next = hours.NextOpening(world.ChinaNow, world.Calendar);
        var day = DateOnly.FromDateTime(next);
        return $"办公时间是工作日{spans}，现在不在办公时间，下次是{ChineseDates.WithWeekday(day)}{ChineseDates.Time(TimeOnly.FromDateTime(next))}。我随时都在，可以先留言。";
    }

    private static string HowCounted(Surroundings world)
    {
        var today = DateOnly.FromDateTime(world.ChinaNow);
        var due = world.Calendar.Due(today, world.Rules.GuidanceReply.Period);
        return $"收到当天不算，从第二天起数工作日；周末和放假不计，调休上班计入，最后一天24时为止。比如今天收到、{world.Rules.GuidanceReply.Period}：{world.Calendar.Explain(today, due)}";
    }

    private static string HowLong(RulePack rules) =>
        $"行政指导和咨询：{rules.GuidanceReply.Period}内答复。\n投诉：{rules.ComplaintContact.Period}内联系您，一般{rules.ComplaintReply.Period}、复杂{rules.ComplaintReplyDifficult.Period}内答复。\n结果申诉：{rules.AppealReply.Period}内答复。\n人工留言：{rules.HelpReply.Period}内回复。\n绑定申请：{rules.BindingConfirmation.Period}没有确认会失效，可以重来。\n都从收到的第二天起算。";
}
