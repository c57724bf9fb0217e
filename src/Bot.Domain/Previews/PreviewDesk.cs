using Bot.Domain.Calendar;
using Bot.Domain.Inspections;
using Bot.Domain.Knowledge;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;
using Unit = Bot.Domain.People.Unit;

namespace Bot.Domain.Previews;

/// <summary>What stands in the way of a preview, in words that say what to do.</summary>
internal sealed record Hindrance(Rule Rule, string Sentence);

/// <summary>A preview as it would go out now.</summary>
internal sealed record PreviewDraft(InspectionTask Task, Unit Unit, IReadOnlyList<InspectionItem> Items, IReadOnlyList<Person> Inspectors, string? Contact, IReadOnlyList<string> Contacts, int Version, Hindrance? Hindrance);

/// <summary>How sending went by itself.</summary>
internal sealed record PreviewOutcome(int Told, string? Hindered);

/// <summary>Writes, sends and cancels previews (J16, J17, J19), for a command and after an approval.</summary>
internal sealed class PreviewDesk(ISupervisionDb db, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock)
{
    private static readonly Rule NeverWhenWaived = new("这次检查已同意免预告，不能发送预告，也请勿向检查对象透露。", "J19");
    private static readonly Rule BeforeInspection = new("这次检查已经开始、结束或取消，不用再发预告。", "J16");
    private static readonly Rule Approved = new("任务还没有批准，批准后才能发送预告。", "J16");
    private static readonly Rule WithItems = new("预告缺少检查事项，请先在任务里选择检查事项。", "J16");
    private static readonly Rule WithStandards = new("预告缺少合规标准，请先补上标准。", "J16");
    private static readonly Rule WithContact = new("预告缺少联系人和电话，请先指定检查人员并登记电话。", "J16");
    private static readonly Rule OncePerContent = new("预告已经发送，内容没有变化，不用重发。", "J16");
    private static readonly Rule ToSomebody = new("这家企业还没有联系人绑定，预告发不出去，请电话或书面告知。", "J16");

    public async Task<PreviewDraft> Draft(InspectionTask task, CancellationToken cancellationToken)
    {
        var items = await db.Items.Where(i => task.ItemIds.Contains(i.Id)).OrderBy(i => i.Id).ToListAsync(cancellationToken);
        var unit = await db.Units.FirstAsync(u => u.Id == task.UnitId, cancellationToken);
        var inspectors = await db.People.Where(p => task.InspectorIds.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        var contact = PreviewContact.Of(inspectors, unit);
        var latest = await Latest(task, cancellationToken);
        var contacts = await db.ContactsOf(task.EnterpriseId, cancellationToken);

        // A preview sent before this service knew the task counts as the first one.
        var version = latest is not null ? latest.Version + 1 : task.PreviewSentOn is null ? 1 : 2;
        var bare = items.Where(item => item.Standards.Count == 0).Select(item => item.Name).ToList();
        Hindrance? hindrance = 0 switch
        {
            _ when task.IsSurprise => Because(NeverWhenWaived),
            _ when !task.Stage.IsAhead() || task.CompletedOn is not null || task.ScheduledOn < clock.Today => Because(BeforeInspection),
            _ when task.ApprovedOn is null => Because(Approved),
            _ when items.Count == 0 || items.Count != task.ItemIds.Count => Because(WithItems),
            _ when bare.Count > 0 => new Hindrance(WithStandards, $"预告缺少合规标准：{string.Join('、', bare)}。请先在事项清单里补上标准。"),
            _ when contact is null => Because(WithContact),
            _ when latest?.SaysTheSameAs(task, contact) == true => Because(OncePerContent),
            _ when contacts.Count == 0 => Because(ToSomebody),
            _ => null,
        };
        return new PreviewDraft(task, unit, items, inspectors, contact, contacts, version, hindrance);
    }

    /// <summary>Sends what nothing hinders.</summary>
    public async Task<PreviewReceipt> Send(PreviewDraft draft, CancellationToken cancellationToken)
    {
        var preview = new Preview(draft.Task, draft.Version, draft.Contact!, clock.UtcNow);
        db.Previews.Add(preview);
        draft.Task.Previewed(clock.Today);
        preview.GoesWith((await TradeGuide.Of(db, draft.Task.EnterpriseId, cancellationToken))?.Title);
        await Tell(preview, draft, cancellationToken);
        var late = clock.Today > calendars.Current.Before(draft.Task.ScheduledOn, rules.PreviewAtLatestBefore.Period.Amount);
        return new PreviewReceipt(draft.Task.Id, draft.Version, draft.Contacts.Count, late);
    }

    /// <summary>
    /// The preview goes out as soon as the task is approved, and again after a change that was approved (J16). What looks into a complaint or an
    /// anomaly has none. When it cannot go out the inspectors are told why, and that they have to use the telephone or paper.
    /// </summary>
    public async Task<PreviewOutcome> SendAfterApproval(InspectionTask task, CancellationToken cancellationToken)
    {
        if (task.IsSurprise || (task.Type == InspectionType.AdHoc && (await Replaced(task, cancellationToken)).Count == 0))
            return new PreviewOutcome(0, null);
        var draft = await Draft(task, cancellationToken);
        if (draft.Hindrance is null)
        {
            await Send(draft, cancellationToken);
            return new PreviewOutcome(draft.Contacts.Count, null);
        }

        if (draft.Hindrance.Rule == OncePerContent)
        {
            task.Previewed(task.PreviewSentOn!.Value);
            return new PreviewOutcome(draft.Contacts.Count, null);
        }

        var fields = new Dictionary<string, string> { ["task"] = task.Id, ["why"] = draft.Hindrance.Sentence };
        foreach (var person in TaskRegister.Handlers(task))
            await notices.Owe(person, "N1f", $"N1f:{task.Id}:{draft.Version}:{person}", task.Id, fields, cancellationToken);
        return new PreviewOutcome(0, draft.Hindrance.Sentence);
    }

    /// <summary>Keeps what an enterprise was told elsewhere before the task changes: it goes on reading that until a new preview goes out.</summary>
    public async Task KeepWhatWasSent(InspectionTask task, CancellationToken cancellationToken)
    {
        if (task.PreviewSentOn is not { } sentOn || task.IsSurprise || await Latest(task, cancellationToken) is not null)
            return;
        var unit = await db.Units.FirstAsync(u => u.Id == task.UnitId, cancellationToken);
        var inspectors = await db.People.Where(p => task.InspectorIds.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        db.Previews.Add(new Preview(task, 1, PreviewContact.Of(inspectors, unit) ?? $"{unit.Name} {unit.Phone}", ChinaClock.ToUtc(sentOn, TimeOnly.MinValue)));
    }

    /// <summary>The inspection falls away: whoever was told of it is told so, with the reason.</summary>
    public async Task Cancel(InspectionTask task, string because, CancellationToken cancellationToken)
    {
        if (task.PreviewSentOn is null || task.IsSurprise)
            return;
        var latest = await Latest(task, cancellationToken);
        var unit = await db.Units.FirstAsync(u => u.Id == task.UnitId, cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["enterprise"] = await db.Enterprises.Where(e => e.Id == task.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken),
            ["unit"] = unit.Name,
            ["date"] = new VisitTime(latest?.ScheduledOn ?? task.ScheduledOn, latest?.HalfDay ?? task.HalfDay).Words,
            ["type"] = task.Type.Name(),
            ["reason"] = because.TrimEnd('。'),
            ["contact"] = latest?.Contact ?? $"{unit.Name} {unit.Phone}",
        };
        foreach (var contact in await db.ContactsOf(task.EnterpriseId, cancellationToken))
            await notices.Owe(contact, "N1g", $"N1g:{task.Id}:{contact}", task.Id, fields, cancellationToken);
    }

    public async Task<Preview?> Latest(InspectionTask task, CancellationToken cancellationToken) =>
        db.Previews.Local.Where(p => p.TaskId == task.Id).MaxBy(p => p.Version)
        ?? await db.Previews.Where(p => p.TaskId == task.Id).OrderByDescending(p => p.Version).FirstOrDefaultAsync(cancellationToken);

    /// <summary>The inspections that are done in this one's course and of which the enterprise was told before (J26, J28).</summary>
    private async Task<List<InspectionTask>> Replaced(InspectionTask task, CancellationToken cancellationToken)
    {
        var merged = await db.Tasks.Where(t => t.MergedIntoTaskId == task.Id && t.PreviewSentOn != null).ToListAsync(cancellationToken);
        merged.AddRange(db.Tasks.Local.Where(t => t.MergedIntoTaskId == task.Id && t.PreviewSentOn is not null && !merged.Contains(t)));
        return merged.FindAll(t => !t.IsSurprise);
    }

    /// <summary>The days and units that the enterprise read before, the leading inspection's own among them.</summary>
    private async Task<string> NamesOf(InspectionTask task, List<InspectionTask> replaced, Preview preview, CancellationToken cancellationToken)
    {
        var names = new List<(DateOnly On, string Words)>();
        foreach (var one in task.PreviewSentOn is not null && preview.Changed ? [task, .. replaced] : replaced)
        {
            var version = preview.Version - 1;
            var told = one == task
                ? db.Previews.Local.FirstOrDefault(p => p.TaskId == task.Id && p.Version == version) ?? await db.Previews.FirstOrDefaultAsync(p => p.TaskId == task.Id && p.Version == version, cancellationToken)
                : await Latest(one, cancellationToken);
            var unit = await db.Units.Where(u => u.Id == one.UnitId).Select(u => u.Name).FirstAsync(cancellationToken);
            names.Add((told?.ScheduledOn ?? one.ScheduledOn, $"{ChineseDates.Short(told?.ScheduledOn ?? one.ScheduledOn)}{unit}的检查"));
        }

        return string.Join('、', names.OrderBy(name => name.On).Select(name => name.Words));
    }

    private static Hindrance Because(Rule rule) => new(rule, rule.Sentence);

    private async Task Tell(Preview preview, PreviewDraft draft, CancellationToken cancellationToken)
    {
        const int standardsNamed = 3;
        var (task, standards) = (draft.Task, draft.Items.SelectMany(item => item.Standards).ToList());
        var enterprise = await db.Enterprises.Where(e => e.Id == task.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["enterprise"] = (preview.Changed ? "【变更】" : "") + enterprise,
            ["unit"] = draft.Unit.Name,
            ["date"] = ChineseDates.LongWithWeekday(task.ScheduledOn) + task.HalfDay,
            ["type"] = task.Type.Name(),
            ["items"] = string.Join('、', draft.Items.Select(item => item.Name)),
            ["standards"] = string.Join('；', standards.Take(standardsNamed)) + (standards.Count > standardsNamed ? " 等" : ""),
            ["inspectors"] = string.Join('、', draft.Inspectors.Select(person => person.Name)),
            ["contact"] = preview.Contact,
            ["guide"] = preview.Guide is { } guide ? $"\n本行业有《{guide}》，回复“合规指引”就能看。" : "",
        };
        var joint = await db.Units.Where(u => task.JointUnitIds.Contains(u.Id)).OrderBy(u => u.Id).Select(u => u.Name).ToListAsync(cancellationToken);
        fields["unit"] += joint.Count > 0 ? $"会同{string.Join('、', joint)}" : "";
        var replaced = await Replaced(task, cancellationToken);
        if (replaced.Count > 0)
            fields["old"] = await NamesOf(task, replaced, preview, cancellationToken);

        foreach (var person in draft.Contacts)
        {
            await notices.Owe(
                person,
                replaced.Count > 0 ? "N1c" : "N1",
                $"N1:{preview.Id}:{person}",
                task.Id,
                fields,
                cancellationToken,
                actions: [$"查看详情 {task.Id}", $"改期 {task.Id}", "申请行政指导", "投诉", "核验"]);
        }
    }
}
