using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Reports;

/// <summary>全程记录: what was done to one task, by whom and when, what was owed by which day, who was told what, so that it can be shown what was known when (W42, D15, W30).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record TaskTrail(Actor By, string TaskId) : IQuery<Paper>;

/// <summary>Rows of the chain about some subjects, in order. Answered where the chain is kept.</summary>
public sealed record ReadDeeds(IReadOnlyList<string> Subjects) : IRequest<IReadOnlyList<DeedDone>>;

/// <param name="Seq">Its number in the chain.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Actor">A person's id, or the service.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">To what.</param>
/// <param name="Detail">A stage, a number.</param>
public sealed record DeedDone(long Seq, DateTime At, string Actor, string Action, string Subject, string Detail);

internal sealed class TaskTrailHandler(ISupervisionDb db, IMediator mediator, TaskRegister tasks, ChinaClock clock) : IRequestHandler<TaskTrail, Paper>
{
    private const string OfEnterprise = "企业联系人";

    /// <summary>What the enterprise does for itself: nobody of the unit learns who rated it, nor what was found in a self-check (W37, J17).</summary>
    private static readonly string[] OfTheEnterprise = ["RateInspection", "NoteSelfCheck"];

    public async Task<Paper> Handle(TaskTrail query, CancellationToken cancellationToken)
    {
        var task = await tasks.MayLook(query.By, query.TaskId, cancellationToken);
        var id = task.Id;
        var prompts = await db.MergePairs.AsNoTracking().Where(pair => pair.TaskId == id || pair.OtherTaskId == id).Select(pair => pair.PromptId).Distinct().ToListAsync(cancellationToken);
        var problems = await db.Problems.AsNoTracking().Where(problem => problem.TaskId == id).Select(problem => problem.Id).ToListAsync(cancellationToken);
        var subjects = (List<string>)[id, .. prompts, .. problems];
        var deeds = (await mediator.Send(new ReadDeeds(subjects), cancellationToken)).Where(deed => !OfTheEnterprise.Contains(deed.Action)).ToList();
        var deadlines = await db.Deadlines.AsNoTracking().Where(d => subjects.Contains(d.SubjectId)).OrderBy(d => d.StartedOn).ThenBy(d => d.Id).ToListAsync(cancellationToken);
        var notices = await db.Notices.AsNoTracking().Where(n => n.SubjectId == id).OrderBy(n => n.CreatedAt).ThenBy(n => n.Key).Select(n => new { n.CreatedAt, n.Kind, n.PersonId, n.State, n.SentAt, n.SentBy, n.Text }).ToListAsync(cancellationToken);
        var people = (List<string>)[.. deeds.Select(deed => deed.Actor), .. notices.Select(notice => notice.PersonId), .. task.InspectorIds, task.ApprovedBy ?? ""];
        var known = await db.People.AsNoTracking().Where(p => people.Contains(p.Id)).Select(p => new { p.Id, p.Name, p.Role }).ToListAsync(cancellationToken);
        var names = known.ToDictionary(p => p.Id, p => p.Role.IsOfficial() ? p.Name : OfEnterprise, StringComparer.Ordinal);
        var bureau = known.Where(p => p.Role == ActorRole.Supervisor).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);

        // What the justice bureau is told about the unit is not for the unit (J41).
        if (query.By.Role != ActorRole.Supervisor)
            notices.RemoveAll(notice => bureau.Contains(notice.PersonId));
        var unit = await db.Units.AsNoTracking().Where(u => u.Id == task.UnitId).Select(u => u.Name).SingleAsync(cancellationToken);
        var enterprise = await db.Enterprises.AsNoTracking().Where(e => e.Id == task.EnterpriseId).Select(e => e.Name).SingleAsync(cancellationToken);
        return new Paper(
            $"检查任务{id}全程记录",
            $"{unit} 对 {enterprise}，导出于{ChineseDates.Long(clock.Today)} {ChineseDates.Time(TimeOnly.FromDateTime(ChinaClock.ToChina(clock.UtcNow)))}，导出人{query.By.Name}。台账按时间顺序保存，不能修改。",
            [
                new PaperPart("一、现在的情况", [.. Facts(task, names)]),
                new PaperPart("二、办理经过", deeds.Count == 0 ? ["由其他平台导入，在本系统中没有办理记录。"] : [], deeds.Count == 0 ? null : new PaperTable(["序号", "时间", "办理人", "事项", "对象", "备注"], [.. deeds.Select(deed => Row(deed, names))])),
                new PaperPart("三、时限", deadlines.Count == 0 ? ["没有时限。"] : [], deadlines.Count == 0 ? null : new PaperTable(["事项", "起算", "到期", "依据", "办结", "说明"], [.. deadlines.Select(Row)])),
                new PaperPart(
                    "四、通知",
                    notices.Count == 0 ? ["没有发过通知。"] : ["企业一方的收件人不写姓名。"],
                    notices.Count == 0 ? null : new PaperTable(
                        ["产生", "种类", "收件人", "状态", "内容"],
                        [.. notices.Select(notice => (IReadOnlyList<string>)[Time(notice.CreatedAt), notice.Kind, names.GetValueOrDefault(notice.PersonId, OfEnterprise), State(notice.State, notice.SentAt), notice.Text])])),
            ]);
    }

    private static IEnumerable<string> Facts(InspectionTask task, Dictionary<string, string> names)
    {
        yield return $"类别：{task.Type.Name()}；事由：{task.Ground.Name()}{(task.SourceNumber is { } source ? $"（{source}）" : "")}；阶段：{task.Stage.Name()}";
        yield return $"登记：{ChineseDates.Long(task.RegisteredOn)}；检查日：{ChineseDates.Long(task.ScheduledOn)}{task.HalfDay}";
        yield return $"检查人员：{string.Join('、', task.InspectorIds.Select(id => names.GetValueOrDefault(id, id)))}";
        if (task.ApprovedOn is { } approved)
            yield return $"批准：{ChineseDates.Long(approved)}，{(task.ApprovedBy is { } by ? names.GetValueOrDefault(by, by) : "")}";
        if (task.PreviewSentOn is { } sent)
            yield return $"预告：{ChineseDates.Long(sent)}";
        if (task.PreviewWaived)
            yield return $"免预告：{task.PreviewWaiverReason}";
        if (task.ScannedInAt is { } scanned)
            yield return $"扫码：{Time(scanned)}";
        if (task.NoScanReason is { } reason)
            yield return $"未扫码：{reason}，执法记录仪{task.RecorderNumber}";
        if (task.ResultEnteredOn is { } entered)
            yield return $"结果：{task.Result}（{ChineseDates.Long(entered)}回填）";
        if (task.PublishedOn is { } published)
            yield return $"公示：{ChineseDates.Long(published)}";
        if (task.NotPublishedBecause is { } withheld)
            yield return $"不公示：{withheld}";
    }

    private static IReadOnlyList<string> Row(DeedDone deed, Dictionary<string, string> names) =>
        [deed.Seq.ToString(CultureInfo.InvariantCulture), Time(deed.At), Name(deed.Actor, names), DeedWords.Of(deed.Action), deed.Subject, deed.Detail];

    private static string Name(string actor, Dictionary<string, string> names) => actor == Actor.Service.PersonId ? "系统" : names.GetValueOrDefault(actor, "—");

    private static IReadOnlyList<string> Row(Deadline deadline) =>
    [
        deadline.Title,
        ChineseDates.Long(deadline.StartedOn),
        ChineseDates.Long(deadline.DueOn),
        deadline.Clause,
        deadline.MetAt is { } met ? $"{Time(met)}{(deadline.OnTime(ChinaClock.ToChinaDate(met)) ? "，按期" : "，超期")}" : deadline.DroppedAt is not null ? "已撤销" : "未办结",
        deadline.DelayReason ?? "",
    ];

    private static string State(NoticeState state, DateTime? sentAt) => sentAt is { } at ? $"已发出 {Time(at)}" : state == NoticeState.Owed ? "待发" : "未发出";

    private static string Time(DateTime utc) => ChinaClock.ToChina(utc).ToString("yyyy年M月d日 HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>What was done, in Chinese. Acts that people ask for most have words; any other has the name it has in the chain.</summary>
internal static class DeedWords
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["RegisterTask"] = "登记任务",
        ["StartUrgent"] = "登记紧急检查",
        ["SubmitTask"] = "报审",
        ["UrgeApproval"] = "催批",
        ["ApproveTask"] = "批准",
        ["ReturnTask"] = "退回",
        ["MoveTask"] = "改期",
        ["WithdrawTask"] = "撤回任务",
        ["ChangeTeam"] = "更换检查人员",
        ["ChangeItems"] = "更换检查事项",
        ["FileForQuietDays"] = "安静日备案",
        ["WaivePreview"] = "同意免预告",
        ["SendPreview"] = "发检查预告",
        ["WishOtherTime"] = "企业希望改期",
        ["OfferTimes"] = "提供可选时间",
        ["PickTime"] = "企业选定时间",
        ["NoTimeFits"] = "企业都不方便",
        ["AgreeToOtherTime"] = "同意改期",
        ["RefuseOtherTime"] = "不同意改期",
        ["IssueInspectionCode"] = "出示检查码",
        ["CheckInspectionCode"] = "企业核验检查码",
        ["ScanIn"] = "扫码到场",
        ["RecordNoScan"] = "登记未扫码原因",
        ["ReportUrgent"] = "紧急检查书面报告",
        ["ReturnUrgentReport"] = "退回紧急检查报告",
        ["MakeUpApproval"] = "补办审批",
        ["EnterResult"] = "回填结果",
        ["DecideResult"] = "负责人确认结论",
        ["GiveAdvice"] = "发改进建议",
        ["CloseProblem"] = "问题销号",
        ["InviteRating"] = "邀请评价",
        ["KeepFromPublication"] = "申请不公示",
        ["ConfirmWithholding"] = "确认不公示",
        ["PublishResult"] = "公示结果",
        ["SetObservationPeriod"] = "设观察期",
        ["NoteTestReport"] = "登记检验报告",
        ["ExemptFromVisit"] = "免予现场检查",
        ["RefuseExemption"] = "不同意免予检查",
        ["TransferSuspectedCrime"] = "移送涉嫌犯罪",
        ["FileAppeal"] = "企业申诉",
        ["AgreeToMerge"] = "同意并办",
        ["DeclineMerge"] = "不并办并说明",
        ["ProposeMergeDate"] = "并办改期",
        ["SettleMerge"] = "协调并办",
        ["UrgeMerge"] = "催办并办",
        ["RaiseMatters"] = "自动提醒",
        ["TakeDueSteps"] = "到期提醒",
        ["ExplainDelay"] = "说明超期原因",
        ["UrgeTask"] = "负责人催办",
        ["DemandExplanation"] = "要求书面说明",
        ["GiveExplanation"] = "书面说明",
        ["IssueTrail"] = "导出全程记录",
    };

    public static string Of(string action) => Known.GetValueOrDefault(action, action);
}
