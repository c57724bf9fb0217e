using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Previews;

/// <summary>The enterprise cannot receive the inspectors that day and says when it could; the unit decides (J16, W05).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record WishOtherTime(Actor By, string TaskId, string Wish, DateOnly? On = null, string HalfDay = "") : ICommand<OtherTimeReceipt>;

public sealed record OtherTimeReceipt(string TaskId, string UnitName, string Contact) : IReceipt
{
    public string Subject => TaskId;
}

internal sealed class WishOtherTimeHandler(ISupervisionDb db, PreviewDesk previews, NoticeBoard notices, RulePack rules, ChinaClock clock) : IRequestHandler<WishOtherTime, OtherTimeReceipt>
{
    private static readonly Rule OwnPreview = new("没有找到这次检查的预告，说“检查预告”可以看到近期的检查。", "J16") { Boundary = true };
    private static readonly Rule OutsideQuietDays = new("这一天在企业安静日内，不能安排日常检查，请换一天。", "J13");
    private static readonly Rule StillToCome = new("希望的日期已经过去，请换一天。", "W05");
    private static readonly Rule ShortWish = new("请把改期的意愿控制在300字以内。", "W05");
    private static readonly Rule WithWish = new("请说明哪天不方便、什么时候可以。", "W05");

    public async Task<OtherTimeReceipt> Handle(WishOtherTime command, CancellationToken cancellationToken)
    {
        const int longest = 300;
        WithWish.Require(!string.IsNullOrWhiteSpace(command.Wish));
        ShortWish.Require(command.Wish.Length <= longest);
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == command.TaskId && t.EnterpriseId == command.By.EnterpriseId, cancellationToken);
        OwnPreview.Require(task is { IsSurprise: false, PreviewSentOn: not null, CompletedOn: null } && task.ScheduledOn >= clock.Today);
        var unit = await db.Units.FirstAsync(u => u.Id == task!.UnitId, cancellationToken);
        StillToCome.Require(command.On is null || command.On >= clock.Today);
        OutsideQuietDays.Require(task!.Type != InspectionType.Daily || command.On is not { } day || rules.QuietDays?.Covers(day) != true);
        await previews.KeepWhatWasSent(task, cancellationToken);
        var preview = (await previews.Latest(task, cancellationToken))!;
        preview.Wish(command.Wish.Trim(), command.On, command.HalfDay);

        var enterprise = await db.Enterprises.Where(e => e.Id == task.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken);
        var liaisons = await db.OfficialsOf(unit.Id, ActorRole.UnitLiaison, cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["enterprise"] = enterprise,
            ["task"] = task.Id,
            ["date"] = ChineseDates.WithWeekday(task.ScheduledOn) + task.HalfDay,
            ["wish"] = preview.OtherTimeWished!,
        };
        foreach (var person in task.InspectorIds.Concat(liaisons).Distinct())
            await notices.Owe(person, "N1b", $"N1b:{preview.Id}:{person}", task.Id, fields, cancellationToken, actions: [$"答复改期 {task.Id}"]);
        return new OtherTimeReceipt(task.Id, unit.Name, preview.Contact);
    }
}
