using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Unlicensed;

/// <summary>Who looks into a report, who may see it, and how its reporter hears of it (D22).</summary>
public sealed class UnlicensedDesk(ISupervisionDb db, DeadlineBook deadlines, NoticeBoard notices)
{
    public const string ResultDeadline = "unlicensed.result";

    /// <summary>The same words for a report that is not there and one of another town.</summary>
    public static readonly Rule Found = new("没有查到这件举报，请核对编号。", "D15") { Boundary = true };
    public static readonly Rule InATown = new("没有找到这个镇街，请从列表里选。", "D22");

    private static readonly string[] Levels = ["town", "subdistrict"];

    internal static IQueryable<Unit> Towns(ISupervisionDb db) => db.Units.Where(u => Levels.Contains(u.Level)).OrderBy(u => u.Id);

    internal async Task<Unit> Town(string id, CancellationToken cancellationToken)
    {
        var town = await Towns(db).FirstOrDefaultAsync(u => u.Id == id, cancellationToken);
        InATown.Require(town is not null);
        return town!;
    }

    internal Task<string> TownName(UnlicensedReport report, CancellationToken cancellationToken) => db.Units.Where(u => u.Id == report.UnitId).Select(u => u.Name).FirstAsync(cancellationToken);

    /// <summary>Towns see and handle their own, the justice bureau reads all.</summary>
    internal async Task<UnlicensedReport> ForHandling(Actor by, string id, CancellationToken cancellationToken)
    {
        var report = await db.UnlicensedReports.FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        Found.Require(report is not null && (by.Role == ActorRole.Supervisor || report.UnitId == by.UnitId));
        return report!;
    }

    /// <summary>The town's liaison, without one its leader, without one the justice bureau: somebody hears of it.</summary>
    internal async Task<IReadOnlyList<string>> Handlers(string unitId, CancellationToken cancellationToken)
    {
        foreach (var role in (ActorRole[])[ActorRole.UnitLiaison, ActorRole.UnitLeader])
        {
            if (await db.OfficialsOf(unitId, role, cancellationToken) is { Count: > 0 } people)
                return people;
        }

        return await db.Supervisors(cancellationToken);
    }

    internal async Task<Deadline> Deadline(UnlicensedReport report, CancellationToken cancellationToken) =>
        (await deadlines.Find(ResultDeadline, report.Id, cancellationToken))!;

    /// <summary>N180, without a word of what was said: an anonymous one goes out at the full hour (W28).</summary>
    internal async Task TellTown(UnlicensedReport report, Deadline deadline, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["no"] = report.Number,
            ["id"] = report.Id,
            ["how"] = report.Anonymous ? "匿名" : "实名，身份保密",
            ["due"] = ChineseDates.Due(deadline.DueOn, deadline.Provisional),
        };
        foreach (var person in deadline.HandlerIds)
        {
            var key = FormattableString.Invariant($"N180:{report.Id}:{report.Moves}:{person}");
            await notices.Owe(person, "N180", key, report.Id, fields, cancellationToken, unrushed: report is { Anonymous: true, Moves: 0 }, actions: [$"打开 {report.Id}"]);
        }
    }

    /// <summary>To a named reporter; who stayed anonymous looks it up by code.</summary>
    internal async Task TellReporter(UnlicensedReport report, string kind, string version, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        if (report.PersonId is { } person)
            await notices.Owe(person, kind, $"{kind}:{report.Id}:{version}", report.Id, fields, cancellationToken);
    }
}
