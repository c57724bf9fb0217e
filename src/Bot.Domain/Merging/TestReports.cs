using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Merging;

/// <summary>Notes a test or appraisal made in the course of an inspection. Within a year the same item is not sampled again without a reason (W10).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record NoteTestReport(Actor By, string TaskId, string ItemId, TestKind Kind, DateOnly On, string Institute, string ReportNumber, string Conclusion, string? AgainBecause = null) : ICommand<TestReportNoted>;

public sealed record TestReportNoted(string ReportId, string TaskId) : IReceipt
{
    public string Subject => TaskId;
}

/// <summary>The test reports of this year about an enterprise, each a line that says who tested what and when (W10).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record TestReportsAbout(Actor By, string EnterpriseId) : IQuery<IReadOnlyList<string>>;

internal sealed class NoteTestReportHandler(ISupervisionDb db, ChinaClock clock) : IRequestHandler<NoteTestReport, TestReportNoted>
{
    private const int Longest = 300;

    private static readonly Rule OwnTask = new("没有找到这个检查任务，或者您的单位没有参加。", "D15");
    private static readonly Rule OwnItem = new("任务里没有这个事项，请看任务的检查事项。", "W10");
    private static readonly Rule NotAhead = new("报告日期不能晚于今天。", "W10");
    private static readonly Rule Complete = new("请写明出具机构和结论。", "W10");
    private static readonly Rule NotTooLong = new("内容太长，每项请控制在300字以内。", "W10");
    private static readonly Rule OnceAYear = new("本年度已有这个事项的检验、检测或鉴定结果，请直接采用；确需再做，请写明理由。", "W10");

    public async Task<TestReportNoted> Handle(NoteTestReport command, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == command.TaskId, cancellationToken);
        OwnTask.Require(task is not null && command.By.UnitId is { } unit && (task.UnitId == unit || task.JointUnitIds.Contains(unit)));
        OwnItem.Require(task!.ItemIds.Contains(command.ItemId));
        NotAhead.Require(command.On <= clock.Today);
        Complete.Require(!string.IsNullOrWhiteSpace(command.Institute) && !string.IsNullOrWhiteSpace(command.Conclusion));
        NotTooLong.Require(new[] { command.Institute, command.ReportNumber, command.Conclusion, command.AgainBecause ?? "" }.All(text => text.Length <= Longest));
        var item = await db.Items.Where(i => i.Id == command.ItemId).Select(i => i.Name).FirstAsync(cancellationToken);
        var earlier = await TestReports.Lines(db, task.EnterpriseId, [item], command.On.Year, cancellationToken);
        OnceAYear.Require(earlier.Count == 0 || !string.IsNullOrWhiteSpace(command.AgainBecause), $"{string.Join('；', earlier)}，请直接采用；确需再做，请写明理由。");
        var report = new TestReport($"TR-{Guid.CreateVersion7():N}", task.Id, command.By.UnitId!, task.EnterpriseId, item, command.Kind, command.On)
        {
            Institute = command.Institute.Trim(),
            ReportNumber = command.ReportNumber.Trim(),
            Conclusion = command.Conclusion.Trim(),
            AgainBecause = command.AgainBecause?.Trim(),
        };
        db.TestReports.Add(report);
        return new TestReportNoted(report.Id, task.Id);
    }
}

internal sealed class TestReportsAboutHandler(ISupervisionDb db, ChinaClock clock) : IRequestHandler<TestReportsAbout, IReadOnlyList<string>>
{
    public async Task<IReadOnlyList<string>> Handle(TestReportsAbout query, CancellationToken cancellationToken) =>
        await TestReports.Lines(db, query.EnterpriseId, items: null, clock.Today.Year, cancellationToken);
}

internal static class TestReports
{
    /// <summary>生态环境8月12日已出具检测报告（水污染防治检查）.</summary>
    public static async Task<IReadOnlyList<string>> Lines(ISupervisionDb db, string enterpriseId, IReadOnlyCollection<string>? items, int year, CancellationToken cancellationToken)
    {
        var (from, to) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var reports = await db.TestReports.AsNoTracking().Where(report => report.EnterpriseId == enterpriseId && report.On >= from && report.On <= to).OrderBy(report => report.On).ToListAsync(cancellationToken);
        var units = await db.Units.AsNoTracking().Where(unit => reports.Select(report => report.UnitId).Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, cancellationToken);
        return [.. reports.Where(report => items is null || items.Contains(report.ItemName))
            .Select(report => $"{MergeRegister.Short(units[report.UnitId])}{ChineseDates.Short(report.On)}已出具{report.Kind.Name()}报告（{report.ItemName}）")];
    }
}
