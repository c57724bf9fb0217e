using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Previews;

/// <summary>The enterprise cannot receive the inspectors that day and says when it could; the unit decides (J16, W05).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record WishOtherTime(Actor By, string TaskId, string Wish) : ICommand<OtherTimeReceipt>;

public sealed record OtherTimeReceipt(string TaskId, string UnitName, string Contact) : IReceipt
{
    public string Subject => TaskId;
}

internal sealed class WishOtherTimeHandler(ISupervisionDb db, NoticeBoard notices, ChinaClock clock) : IRequestHandler<WishOtherTime, OtherTimeReceipt>
{
    private static readonly Rule OwnPreview = new("没有找到这次检查的预告，说“检查预告”可以看到近期的检查。", "J16");
    private static readonly Rule WithWish = new("请说明哪天不方便、什么时候可以。", "W05");

    public async Task<OtherTimeReceipt> Handle(WishOtherTime command, CancellationToken cancellationToken)
    {
        WithWish.Require(!string.IsNullOrWhiteSpace(command.Wish));
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == command.TaskId && t.EnterpriseId == command.By.EnterpriseId, cancellationToken);
        OwnPreview.Require(task is { IsSurprise: false, PreviewSentOn: not null, CompletedOn: null } && task.ScheduledOn >= clock.Today);
        var unit = await db.Units.FirstAsync(u => u.Id == task!.UnitId, cancellationToken);
        var inspectors = await db.People.Where(p => task!.InspectorIds.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        var preview = await db.Previews.Where(p => p.TaskId == task!.Id).OrderByDescending(p => p.Version).FirstOrDefaultAsync(cancellationToken);
        if (preview is null)
            db.Previews.Add(preview = new Preview(task!, 1, PreviewContact.Of(inspectors, unit) ?? $"{unit.Name} {unit.Phone}", clock.UtcNow));
        preview.Wish(command.Wish.Trim());

        var enterprise = await db.Enterprises.Where(e => e.Id == task!.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken);
        var liaisons = await db.People.Where(p => p.UnitId == unit.Id && p.Role == ActorRole.UnitLiaison).Select(p => p.Id).ToListAsync(cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["enterprise"] = enterprise,
            ["task"] = task!.Id,
            ["date"] = ChineseDates.WithWeekday(task.ScheduledOn) + task.HalfDay,
            ["wish"] = preview.OtherTimeWished!,
        };
        foreach (var person in task.InspectorIds.Concat(liaisons).Distinct())
            await notices.Owe(person, "N1b", $"N1b:{preview.Id}:{person}", task.Id, fields, cancellationToken);
        return new OtherTimeReceipt(task.Id, unit.Name, preview.Contact);
    }
}
