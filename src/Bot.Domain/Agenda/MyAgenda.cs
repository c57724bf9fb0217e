using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Meetings;
using Bot.Domain.People;
using Bot.Domain.Previews;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Agenda;

/// <summary>
/// One's own calendar, a month back and half a year ahead. Inspectors: where they go themselves; leaders and liaisons: their unit, as lead or along;
/// all officials: what they owe, and the quiet days. An enterprise's people: what was announced to them and the answers they wait for; an inspection
/// without preview is in no enterprise's calendar, and nothing tells that it was left out (J19).
/// </summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record MyAgenda(Actor By) : IQuery<AgendaView>;

/// <param name="From">The first day looked at.</param>
/// <param name="To">The last one.</param>
/// <param name="Entries">In the order of their days.</param>
public sealed record AgendaView(DateOnly From, DateOnly To, IReadOnlyList<AgendaEntry> Entries);

internal sealed class MyAgendaHandler(ISupervisionDb db, IMediator mediator, RulePack rules, CalendarBook calendars, ChinaClock clock) : IRequestHandler<MyAgenda, AgendaView>
{
    private const int DaysBack = 30;
    private const int DaysAhead = 180;

    private static readonly TimeOnly Reminded = new(9, 0);

    public async Task<AgendaView> Handle(MyAgenda query, CancellationToken cancellationToken)
    {
        var (from, to) = (clock.Today.AddDays(-DaysBack), clock.Today.AddDays(DaysAhead));
        var entries = query.By.IsOfficial
            ? [.. await Inspections(query.By, from, to, cancellationToken), .. await Deadlines(query.By, from, to, cancellationToken), .. QuietMonths(from, to)]
            : await OfEnterprises(query.By, from, to, cancellationToken);
        entries = [.. entries, .. await Meetings(query.By, from, to, cancellationToken)];
        return new AgendaView(from, to, [.. entries.OrderBy(entry => entry.On).ThenBy(entry => entry.Uid, StringComparer.Ordinal)]);
    }

    private async Task<IEnumerable<AgendaEntry>> Meetings(Actor by, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var me = by.PersonId ?? "";
        return (await db.Meetings.AsNoTracking().Where(m => m.On >= from && m.On <= to && (m.InvitedIds.Contains(me) || m.CalledById == me)).ToListAsync(cancellationToken)).Select(meeting => SeeMeetingsHandler.Entry(meeting, rules));
    }

    private async Task<IEnumerable<AgendaEntry>> Inspections(Actor by, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var (me, unit) = (by.PersonId, by.UnitId);
        var within = db.Tasks.AsNoTracking().Where(t => t.ScheduledOn >= from && t.ScheduledOn <= to);
        var mine = by.Role switch
        {
            ActorRole.Inspector => within.Where(t => t.InspectorIds.Contains(me!) || t.RegisteredBy == me),
            ActorRole.UnitLeader or ActorRole.UnitLiaison when unit is not null => within.Where(t => t.UnitId == unit || t.JointUnitIds.Contains(unit)),
            _ => within.Where(_ => false),
        };
        var tasks = await mine.ToListAsync(cancellationToken);
        var names = await Names(tasks, tasks.SelectMany(task => task.ItemIds), tasks.SelectMany(task => task.InspectorIds), cancellationToken);
        return tasks.Select(task => OfOfficial(task, names, unit));
    }

    private AgendaEntry OfOfficial(InspectionTask task, Names names, string? unit)
    {
        var enterprise = names.Enterprise(task.EnterpriseId);
        var along = unit is not null && task.UnitId != unit;
        return OnItsDay(
            new AgendaEntry(Uid($"inspection:{task.Id}"), AgendaKind.Inspection, task.ScheduledOn, $"{(along ? "参加联合检查" : task.IsJoint ? "联合检查" : "检查")} {task.Id} {enterprise}"),
            task.HalfDay) with
        {
            Place = names.PlaceOf(task.EnterpriseId),
            Standing = task.Stage switch
            {
                InspectionStage.Merged or InspectionStage.Exempted or InspectionStage.Withdrawn => AgendaStanding.Cancelled,
                InspectionStage.Registered or InspectionStage.Submitted => AgendaStanding.Tentative,
                _ => AgendaStanding.Certain,
            },
            Details = Lines(
                $"{task.Type.Name()}，{task.Stage.Name()}",
                $"检查单位：{names.Units([task.UnitId, .. task.JointUnitIds])}",
                task.ItemIds.Count == 0 ? "" : $"检查事项：{names.Items(task.ItemIds)}",
                task.InspectorIds.Count == 0 ? "" : $"检查人员：{names.People(task.InspectorIds)}",
                task.IsSurprise ? "免预告：检查前请不要告知企业。" : "",
                task.MergedIntoTaskId is { } lead ? $"已并入任务 {lead}。" : "",
                $"在对话里说“任务 {task.Id}”查看和办理。"),
        };
    }

    private async Task<IEnumerable<AgendaEntry>> Deadlines(Actor by, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var (me, unit) = (by.PersonId, by.UnitId);
        var open = db.Deadlines.AsNoTracking().Where(d => d.MetAt == null && d.DroppedAt == null && d.DueOn >= from && d.DueOn <= to);
        var mine = by.Role is ActorRole.UnitLeader or ActorRole.UnitLiaison && unit is not null
            ? open.Where(d => d.UnitId == unit || d.OtherUnitIds.Contains(unit) || d.HandlerIds.Contains(me!))
            : open.Where(d => d.HandlerIds.Contains(me!));
        return (await mine.ToListAsync(cancellationToken)).Select(OfDeadline);
    }

    private AgendaEntry OfDeadline(Deadline deadline) => new(Uid(deadline.Id), AgendaKind.Deadline, deadline.DueOn, $"时限：{deadline.Title}{(deadline.Provisional ? "（暂定）" : "")}")
    {
        Details = Lines(
            $"最迟{ChineseDates.LongWithWeekday(deadline.DueOn)}24时办结。",
            deadline.Clause.Length == 0 ? "" : $"依据：{deadline.Clause}",
            deadline.Provisional ? "放假安排还没有发布，日期可能变动。" : "",
            $"在对话里说“打开 {deadline.SubjectId}”办理。"),
        Alarms = [ChinaClock.ToUtc(calendars.Current.AddWorkingDays(deadline.DueOn, -1), Reminded), ChinaClock.ToUtc(deadline.DueOn, Reminded)],
    };

    private IEnumerable<AgendaEntry> QuietMonths(DateOnly from, DateOnly to)
    {
        if (rules.QuietDays is not { } quiet)
            yield break;
        for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1))
        {
            var last = DateTime.DaysInMonth(month.Year, month.Month);
            var (first, end) = (month.AddDays(quiet.From - 1), month.AddDays(Math.Min(quiet.To, last) - 1));
            if (quiet.From <= last && end >= from && first <= to)
            {
                yield return new AgendaEntry(Uid(month.ToString("'quiet:'yyyy-MM", CultureInfo.InvariantCulture)), AgendaKind.QuietDays, first, "企业安静日（不开展日常检查）")
                {
                    LastDay = end,
                    Details = Lines($"每月{quiet}不开展日常检查。", $"依据：{quiet.Document} {quiet.Clause}"),
                };
            }
        }
    }

    private async Task<IReadOnlyList<AgendaEntry>> OfEnterprises(Actor by, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var entries = new Dictionary<string, AgendaEntry>(StringComparer.Ordinal);
        var enterprises = await db.Bindings.Where(b => b.PersonId == by.PersonId && b.State == BindingState.Active).Select(b => b.EnterpriseId).Distinct().ToListAsync(cancellationToken);
        foreach (var entry in await Announced(enterprises, from, to, cancellationToken))
            entries[entry.Uid] = entry;
        foreach (var enterprise in enterprises)
        {
            foreach (var line in await mediator.Send(new MyCases(by with { EnterpriseId = enterprise }), cancellationToken))
            {
                if (line.DueOn is { } due && due >= from && due <= to)
                    entries[Uid($"case:{line.Id}")] = OfCase(line, due);
            }
        }

        return [.. entries.Values];
    }

    private AgendaEntry OfCase(CaseLine line, DateOnly due) => new(Uid($"case:{line.Id}"), AgendaKind.Case, due, $"{line.Number} 最迟答复日")
    {
        Details = Lines($"{line.Unit}最迟{ChineseDates.LongWithWeekday(due)}24时前答复您。", $"在对话里说“进度 {line.Id}”查看。"),
    };

    private async Task<IEnumerable<AgendaEntry>> Announced(List<string> enterprises, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var told = (await db.Tasks.AsNoTracking()
                .Where(t => enterprises.Contains(t.EnterpriseId) && t.PreviewSentOn != null && t.ScheduledOn >= from && t.ScheduledOn <= to)
                .ToListAsync(cancellationToken))
            .FindAll(task => !task.IsSurprise);
        var ids = told.ConvertAll(task => task.Id);
        var previews = (await db.Previews.AsNoTracking().Where(p => ids.Contains(p.TaskId)).ToListAsync(cancellationToken))
            .GroupBy(preview => preview.TaskId, StringComparer.Ordinal)
            .ToDictionary(sent => sent.Key, sent => sent.MaxBy(preview => preview.Version)!, StringComparer.Ordinal);
        var leads = told.Select(task => task.MergedIntoTaskId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var waiting = await db.Tasks.Where(t => leads.Contains(t.Id) && (t.Stage == InspectionStage.Registered || t.Stage == InspectionStage.Submitted)).Select(t => t.Id).ToHashSetAsync(cancellationToken);
        var names = await Names(
            told,
            told.SelectMany(task => previews.GetValueOrDefault(task.Id)?.ItemIds ?? task.ItemIds),
            told.SelectMany(task => previews.GetValueOrDefault(task.Id)?.InspectorIds ?? task.InspectorIds),
            cancellationToken);
        return told.Select(task => OfEnterprise(task, previews.GetValueOrDefault(task.Id), waiting, names));
    }

    /// <summary>What the enterprise was told last: a change that is not approved yet does not show, and an inspection that joins another one holds until that one is announced.</summary>
    private AgendaEntry OfEnterprise(InspectionTask task, Preview? preview, HashSet<string> waiting, Names names)
    {
        var (items, inspectors) = (preview?.ItemIds ?? task.ItemIds, preview?.InspectorIds ?? task.InspectorIds);
        var gone = task.Stage is InspectionStage.Exempted or InspectionStage.Withdrawn || (task.Stage == InspectionStage.Merged && !waiting.Contains(task.MergedIntoTaskId ?? ""));
        var units = task.ApprovedOn is null ? names.Units([task.UnitId]) : names.Units([task.UnitId, .. task.JointUnitIds]);
        return OnItsDay(
            new AgendaEntry(Uid($"inspection:{task.Id}"), AgendaKind.Inspection, preview?.ScheduledOn ?? task.ScheduledOn, $"检查预告：{names.Units([task.UnitId])}（{task.Type.Name()}）"),
            preview?.HalfDay ?? task.HalfDay) with
        {
            Place = names.PlaceOf(task.EnterpriseId),
            Standing = gone ? AgendaStanding.Cancelled : AgendaStanding.Certain,
            Details = Lines(
                $"检查单位：{units}",
                items.Count == 0 ? "" : $"检查事项：{names.Items(items)}",
                inspectors.Count == 0 ? "" : $"检查人员：{names.People(inspectors)}",
                preview is null ? "" : $"联系：{preview.Contact}",
                "标准和自查清单请在对话里说“检查预告”查看。"),
        };
    }

    /// <summary>上午 and 下午 are the office hours of the district; a day without them is a whole one.</summary>
    private AgendaEntry OnItsDay(AgendaEntry entry, string halfDay)
    {
        var spans = rules.OfficeHours.Spans;
        var span = halfDay switch
        {
            "上午" => spans[0],
            "下午" => spans[^1],
            _ => null,
        };
        return entry with { From = span?.From, To = span?.To };
    }

    private async Task<Names> Names(List<InspectionTask> tasks, IEnumerable<string> items, IEnumerable<string> people, CancellationToken cancellationToken)
    {
        List<string> enterpriseIds = [.. tasks.Select(task => task.EnterpriseId).Distinct()], itemIds = [.. items.Distinct()], personIds = [.. people.Distinct()];
        var enterprises = await db.Enterprises.AsNoTracking().Where(e => enterpriseIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancellationToken);
        return new Names(
            enterprises,
            tasks.Count == 0 ? [] : await db.Units.AsNoTracking().ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken),
            await db.Items.AsNoTracking().Where(i => itemIds.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Name, cancellationToken),
            await db.People.AsNoTracking().Where(p => personIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken));
    }

    private string Uid(string id) => $"{id}@{rules.Id}";

    private static string Lines(params IEnumerable<string> lines) => string.Join('\n', lines.Where(line => line.Length > 0));
}

/// <summary>What the ids in tasks are called.</summary>
internal sealed class Names(Dictionary<string, Enterprise> enterprises, Dictionary<string, string> units, Dictionary<string, string> items, Dictionary<string, string> people)
{
    public string Enterprise(string id) => enterprises.TryGetValue(id, out var one) ? one.Name : id;

    /// <summary>The registry knows the town, not the street.</summary>
    public string PlaceOf(string id) => enterprises.TryGetValue(id, out var one) && one.Town.Length > 0 ? $"{one.Name}（{one.Town}）" : Enterprise(id);

    public string Units(IEnumerable<string> ids) => Listed(ids, units);

    public string Items(IEnumerable<string> ids) => Listed(ids, items);

    public string People(IEnumerable<string> ids) => Listed(ids, people);

    private static string Listed(IEnumerable<string> ids, Dictionary<string, string> names) => string.Join('、', ids.Select(id => names.GetValueOrDefault(id, id)));
}
