using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Unit = Bot.Domain.People.Unit;

namespace Bot.Domain.Previews;

/// <summary>Tells the enterprise what will be inspected, against which standards, and whom to call (J16); again when something changed.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record SendPreview(Actor By, string TaskId) : ICommand<PreviewReceipt>;

/// <param name="TaskId">The inspection.</param>
/// <param name="Version">1, and more when it was sent again.</param>
/// <param name="Told">How many contacts of the enterprise were told.</param>
/// <param name="Late">Sent later than the rule pack wants it.</param>
public sealed record PreviewReceipt(string TaskId, int Version, int Told, bool Late) : IReceipt
{
    public string Subject => TaskId;
}

internal sealed class SendPreviewHandler(ISupervisionDb db, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock) : IRequestHandler<SendPreview, PreviewReceipt>
{
    private static readonly Rule OwnUnit = new("没有找到这个检查任务，或者它不由您的单位办理。", "D15");
    private static readonly Rule NeverWhenWaived = new("这次检查已同意免预告，不能发送预告，也请勿向检查对象透露。", "J19");
    private static readonly Rule BeforeInspection = new("这次检查已经开始或结束，不用再发预告。", "J16");
    private static readonly Rule Approved = new("任务还没有批准，批准后才能发送预告。", "J16");
    private static readonly Rule WithItems = new("预告缺少检查事项，请先在任务里选择检查事项。", "J16");
    private static readonly Rule WithStandards = new("预告缺少合规标准，请先补上标准。", "J16");
    private static readonly Rule WithContact = new("预告缺少联系人和电话，请先指定检查人员并登记电话。", "J16");
    private static readonly Rule OncePerContent = new("预告已经发送，内容没有变化，不用重发。", "J16");
    private static readonly Rule ToSomebody = new("这家企业还没有联系人绑定，预告发不出去，请电话或书面告知。", "J16");

    public async Task<PreviewReceipt> Handle(SendPreview command, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == command.TaskId, cancellationToken);
        OwnUnit.Require(command.By == Actor.Service ? task is not null : task?.UnitId == command.By.UnitId);
        NeverWhenWaived.Require(!task!.IsSurprise);
        BeforeInspection.Require(task is { ScannedInAt: null, CompletedOn: null } && task.ScheduledOn >= clock.Today);
        Approved.Require(task.ApprovedOn is not null);

        var items = await db.Items.Where(i => task.ItemIds.Contains(i.Id)).OrderBy(i => i.Id).ToListAsync(cancellationToken);
        WithItems.Require(items.Count > 0 && items.Count == task.ItemIds.Count);
        var bare = items.Where(item => item.Standards.Count == 0).Select(item => item.Name).ToList();
        WithStandards.Require(bare.Count == 0, $"预告缺少合规标准：{string.Join('、', bare)}。请先在事项清单里补上标准。");
        var unit = await db.Units.FirstAsync(u => u.Id == task.UnitId, cancellationToken);
        var inspectors = await db.People.Where(p => task.InspectorIds.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        var contact = PreviewContact.Of(inspectors, unit);
        WithContact.Require(contact is not null);

        var earlier = await db.Previews.Where(p => p.TaskId == task.Id).OrderBy(p => p.Version).ToListAsync(cancellationToken);
        OncePerContent.Require(earlier.Count == 0 || !earlier[^1].SaysTheSameAs(task, contact!));
        var contacts = await db.Bindings.Where(b => b.EnterpriseId == task.EnterpriseId && b.State == BindingState.Active).Select(b => b.PersonId).Distinct().ToListAsync(cancellationToken);
        ToSomebody.Require(contacts.Count > 0);

        // A preview sent before this service knew the task counts as the first one.
        var version = earlier.Count > 0 ? earlier[^1].Version + 1 : task.PreviewSentOn is null ? 1 : 2;
        var preview = new Preview(task, version, contact!, clock.UtcNow);
        db.Previews.Add(preview);
        task.Previewed(clock.Today);
        await Tell(preview, task, unit, items, inspectors, contacts, cancellationToken);
        var late = clock.Today > calendars.Current.Before(task.ScheduledOn, rules.PreviewAtLatestBefore.Period.Amount);
        return new PreviewReceipt(task.Id, version, contacts.Count, late);
    }

    private async Task Tell(Preview preview, InspectionTask task, Unit unit, List<InspectionItem> items, List<Person> inspectors, List<string> contacts, CancellationToken cancellationToken)
    {
        const int standardsNamed = 3;
        var standards = items.SelectMany(item => item.Standards).ToList();
        var enterprise = await db.Enterprises.Where(e => e.Id == task.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["enterprise"] = (preview.Changed ? "【变更】" : "") + enterprise,
            ["unit"] = unit.Name,
            ["date"] = ChineseDates.LongWithWeekday(task.ScheduledOn) + task.HalfDay,
            ["type"] = InspectionWords.Of(task.Type),
            ["items"] = string.Join('、', items.Select(item => item.Name)),
            ["standards"] = string.Join('；', standards.Take(standardsNamed)) + (standards.Count > standardsNamed ? " 等" : ""),
            ["inspectors"] = string.Join('、', inspectors.Select(person => person.Name)),
            ["contact"] = preview.Contact,
        };
        foreach (var person in contacts)
        {
            await notices.Owe(
                person,
                "N1",
                $"N1:{preview.Id}:{person}",
                task.Id,
                fields,
                cancellationToken,
                actions: [$"查看详情 {task.Id}", $"改期 {task.Id}", "申请行政指导", "投诉", "核验"]);
        }
    }
}

/// <summary>Whom an enterprise may call about an inspection.</summary>
internal static class PreviewContact
{
    /// <summary>The first inspector who has a telephone, else one of them at the unit's.</summary>
    public static string? Of(IReadOnlyList<Person> inspectors, Unit unit)
    {
        if (inspectors.Count == 0)
            return null;
        var reachable = inspectors.FirstOrDefault(person => !string.IsNullOrEmpty(person.Phone));
        if (reachable is not null)
            return $"{reachable.Name} {reachable.Phone}";
        return unit.Phone.Length == 0 ? null : $"{inspectors[0].Name} {unit.Phone}";
    }
}
