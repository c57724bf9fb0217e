using Bot.Domain.Calendar;
using Bot.Domain.Progress;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Guidance;

/// <summary>Requests for guidance as lines of a list.</summary>
internal static class GuidanceLines
{
    private const int Excerpt = 16;

    public static async Task<IEnumerable<CaseLine>> OfEnterprise(ISupervisionDb db, string? enterpriseId, DateOnly today, CancellationToken cancellationToken)
    {
        if (enterpriseId is null)
            return [];
        var requests = await db.GuidanceRequests.Include(r => r.FollowUps).Where(r => r.EnterpriseId == enterpriseId).ToListAsync(cancellationToken);
        var ids = requests.SelectMany(r => r.FollowUps.Select(f => GuidanceDeadlines.IdOf(f)).Append(GuidanceDeadlines.IdOf(r))).ToList();
        var due = await db.Deadlines.Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.DueOn, cancellationToken);
        var unitIds = requests.Select(r => r.UnitId).Distinct().ToList();
        var units = await db.Units.Where(u => unitIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        return requests.Select(request =>
        {
            DateOnly? dueOn = request.AwaitsAnswer && due.TryGetValue(GuidanceDeadlines.Current(request), out var on) ? on : null;
            return new CaseLine(
                request.Id,
                request.Number,
                CaseKind.Guidance,
                About(request.Question),
                units[request.UnitId],
                ChinaClock.ToChinaDate(request.ReceivedAt),
                State(request),
                request.AwaitsAnswer,
                dueOn,
                dueOn < today);
        });
    }

    public static string State(GuidanceRequest request) =>
        request.Answer is null ? "待答复" : request.OpenFollowUp is not null ? "追问待答复" : "已答复";

    public static string About(string question)
    {
        var line = question.ReplaceLineEndings(" ");
        return line.Length <= Excerpt ? line : $"{line[..Excerpt]}…";
    }
}
