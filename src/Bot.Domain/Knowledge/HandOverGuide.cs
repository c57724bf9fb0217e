using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Previews;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Knowledge;

/// <summary>Sends the guide of the enterprise's trade after a preview that went out without it (S19).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record HandOverGuide(Actor By, string TaskId) : ICommand<GuideHandedOver>;

/// <param name="TaskId">The inspection.</param>
/// <param name="Title">The guide.</param>
/// <param name="Told">How many contacts of the enterprise were told.</param>
public sealed record GuideHandedOver(string TaskId, string Title, int Told) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

/// <summary>Part of the daily round: inspectors whose preview went out without the guide that its trade has are reminded (S19). Safe to repeat.</summary>
[Allowed]
public sealed record RemindOfGuides(Actor By) : ICommand<GuidesMissing>, IRecordsItself;

public sealed record GuidesMissing(int Previews) : IReceipt
{
    string IReceipt.Subject => "";
}

internal sealed class HandOverGuideHandler(ISupervisionDb db, NoticeBoard notices, PreviewDesk previews, ChinaClock clock) :
    IRequestHandler<HandOverGuide, GuideHandedOver>,
    IRequestHandler<RemindOfGuides, GuidesMissing>
{
    private static readonly Rule OwnUnit = new("没有找到这个检查任务，或者它不由您的单位办理。", "D15") { Boundary = true };
    private static readonly Rule AfterPreview = new("这次检查还没有发预告，发预告时会带上合规指引。", "S19");
    private static readonly Rule WithGuide = new("资料库里还没有这个行业的合规指引。", "S19");
    private static readonly Rule Once = new("这个行业的合规指引已经发给企业了，不用再发。", "S19");

    public async Task<GuideHandedOver> Handle(HandOverGuide command, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == command.TaskId, cancellationToken);
        OwnUnit.Require(task is not null && task.UnitId == command.By.UnitId);
        var preview = await previews.Latest(task!, cancellationToken);
        AfterPreview.Require(preview is not null && !task!.IsSurprise);
        Once.Require(preview!.Guide is null);
        var guide = await TradeGuide.Of(db, task!.EnterpriseId, cancellationToken);
        WithGuide.Require(guide is not null);

        preview.GoesWith(guide!.Title);
        var contacts = await db.ContactsOf(task.EnterpriseId, cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["unit"] = await db.Units.Where(u => u.Id == task.UnitId).Select(u => u.Name).FirstAsync(cancellationToken),
            ["date"] = new VisitTime(preview.ScheduledOn, preview.HalfDay).Words,
            ["title"] = guide.Title,
            ["source"] = guide.Source,
        };
        foreach (var person in contacts)
            await notices.Owe(person, "N132", $"N132:{preview.Id}:{person}", task.Id, fields, cancellationToken, actions: [$"看《{guide.Title}》"]);
        return new GuideHandedOver(task.Id, guide.Title, contacts.Count);
    }

    public async Task<GuidesMissing> Handle(RemindOfGuides command, CancellationToken cancellationToken)
    {
        var trades = (await db.KnowledgeEntries.AsNoTracking().Where(e => e.Kind == KnowledgeKind.Guide).Select(e => e.Trades).ToListAsync(cancellationToken)).SelectMany(names => names).Distinct().ToList();
        if (trades.Count == 0)
            return new GuidesMissing(0);
        var missing = await (from preview in db.Previews.AsNoTracking()
                             where preview.Guide == null
                             join task in db.Tasks.AsNoTracking() on preview.TaskId equals task.Id
                             where task.Stage == InspectionStage.Previewed && task.ScheduledOn >= clock.Today && !db.Previews.Any(later => later.TaskId == preview.TaskId && later.Version > preview.Version)
                             join enterprise in db.Enterprises.AsNoTracking() on task.EnterpriseId equals enterprise.Id
                             where trades.Contains(enterprise.Industry)
                             orderby preview.Id
                             select new { preview.Id, preview.TaskId, task.InspectorIds, enterprise.Name, enterprise.Industry }).ToListAsync(cancellationToken);
        foreach (var one in missing)
        {
            var fields = new Dictionary<string, string> { ["task"] = one.TaskId, ["enterprise"] = one.Name, ["trade"] = one.Industry };
            foreach (var person in one.InspectorIds)
                await notices.Owe(person, "N131", $"N131:{one.Id}:{person}", one.TaskId, fields, cancellationToken, digest: true, actions: [$"补送指引 {one.TaskId}"]);
        }

        return new GuidesMissing(missing.Count);
    }
}

internal static class TradeGuide
{
    /// <summary>The first guide of the enterprise's own trade; null where there is none.</summary>
    public static async Task<KnowledgeEntry?> Of(ISupervisionDb db, string enterpriseId, CancellationToken cancellationToken)
    {
        var trade = await db.Enterprises.Where(e => e.Id == enterpriseId).Select(e => e.Industry).FirstOrDefaultAsync(cancellationToken);
        return string.IsNullOrEmpty(trade)
            ? null
            : await db.KnowledgeEntries.AsNoTracking().Where(e => e.Kind == KnowledgeKind.Guide && e.Trades.Contains(trade)).OrderBy(e => e.Place).ThenBy(e => e.Key).FirstOrDefaultAsync(cancellationToken);
    }
}
