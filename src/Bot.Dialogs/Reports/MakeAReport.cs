using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Figures;
using Bot.Domain.Commands;
using Bot.Domain.Figures;
using Bot.Domain.Reports;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Reports;

/// <summary>C28: the draft of a report as a file that a person edits. The program counts and leaves the conclusions open (J39, S38).</summary>
public static partial class MakeAReport
{
    private const int EarlyDays = 5;

    private static readonly Rule HasAddress = new("报告还导不出：系统还没有设置访问地址，请联系管理员。说“统计”可以在这里看数据。", "S38");

    public static Conversation Conversation { get; } = new("MakeAReport", "监督报告", "这次导出", chat => About(chat, Period(chat)))
    {
        Roles = [ActorRole.Supervisor],
        Browsing = ["form"],
        Opens = text => Wanted().IsMatch(text),
        Fleeting = true,
    };

    internal static async Task About(Chat chat, ReportPeriod period)
    {
        HasAddress.Require(chat.Pages is not null);
        var today = DateOnly.FromDateTime(chat.StartedAt);
        var form = await chat.Choose(
            "form",
            $"口径：{period.Extent(today)}{(IsEarly(chat, today) && period == ReportPeriod.MonthOf(today).Before() ? "（月初默认出上月，要本月的请说“本月月报”）" : "")}。任务、扫码、并办、公示、指导、投诉、预警七部分，附单位排名、未办清单和单位异议。导出Word还是Excel？",
            new Option(nameof(DraftForm.Word), "Word", "word", "文档"),
            new Option(nameof(DraftForm.Excel), "Excel", "excel", "表格"));
        var year = (await chat.Look(new FiguresOfDistrict(chat.Visitor, ReportPeriod.Year(period.To.Year).Id))).District[Measure.Joint];
        var overYear = await chat.Choose("caliber", $"{JointWords.Of(year, overYear: true, chat.Rules)}。要改口径吗？", new Option("year", "不改", "不用", "否"), new Option("period", "改为本期", "改", "本期")) == "year";
        var issued = await chat.Send(new IssueReport(chat.Visitor, period.Id, Enum.Parse<DraftForm>(form), overYear));
        chat.Say($"已生成{period.Name}监督报告草稿，{issued.Hours}小时内有效，请不要转发：\n{DraftAddress.Of(chat.Pages!, issued)}\n请人工补“原因分析”和“下步建议”，系统不代写结论。", "数据异议");
    }

    private static ReportPeriod Period(Chat chat)
    {
        var today = DateOnly.FromDateTime(chat.StartedAt);
        return PeriodWords.In(chat.Opening, today)
            ?? (chat.Opening.Contains('季', StringComparison.Ordinal) ? ReportPeriod.QuarterOf(today) : IsEarly(chat, today) ? ReportPeriod.MonthOf(today).Before() : ReportPeriod.MonthOf(today));
    }

    /// <summary>In the first working days of a month nobody means the few days that it has: last month is offered, and said to be.</summary>
    private static bool IsEarly(Chat chat, DateOnly today) =>
        Enumerable.Range(1, today.Day).Count(day => chat.Calendar.IsWorkingDay(new DateOnly(today.Year, today.Month, day))) <= EarlyDays;

    [GeneratedRegex("^(?:请|帮我)?(?:出|生成|导出|做|写|要)?.{0,20}(?:(?:监督|分析|季度|月度|年度|工作)报告|月报|季报|年报)$|^(?:出|生成|导出|做).{0,16}报告$")]
    private static partial Regex Wanted();
}
