using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Sweep;

/// <summary>
/// Tells whom a matter concerns, or writes it into the book of deadlines that reminds and escalates. What was raised before is left alone, also
/// when another instance was quicker.
/// </summary>
[Allowed]
public sealed record RaiseMatters(Actor By, IReadOnlyList<Matter> Matters) : ICommand<MattersRaised>, IRecordsItself;

public sealed record MattersRaised(int Count) : IReceipt
{
    public string Subject => "";
}

internal sealed class RaiseMattersHandler(ISupervisionDb db, RulePack rules, ChinaClock clock, DeadlineBook deadlines, NoticeBoard board, AuditTrail trail)
    : MediatR.IRequestHandler<RaiseMatters, MattersRaised>
{
    public async Task<MattersRaised> Handle(RaiseMatters request, CancellationToken cancellationToken)
    {
        var matters = await DayRound.NotRaised(db, request.Matters, cancellationToken);
        var people = await Recipients(matters, cancellationToken);
        var open = await Opened(matters, cancellationToken);
        foreach (var matter in matters)
        {
            db.RaisedMatters.Add(new RaisedMatter(matter, clock.UtcNow));
            trail.Add(request.By.PersonId!, nameof(RaiseMatters), matter.SubjectId, matter.Kind.ToString());
            if (RaisedDeadlines.KindOf(matter) is { } kind && open.Add($"{kind}:{matter.SubjectId}"))
                Open(kind, matter);
            if (MatterWords.Of(matter.Kind) is { } words)
                Tell(matter, words, people);
        }

        return new MattersRaised(matters.Count);
    }

    private void Open(string kind, Matter matter) =>
        deadlines.OpenFrom(matter.StartedOn!.Value, kind, RaisedDeadlines.LimitOf(kind, rules), matter.SubjectId, RaisedDeadlines.Title(kind, matter.SubjectId), matter.UnitId, matter.HandlerIds);

    private void Tell(Matter matter, MatterWords words, Recipient[] people)
    {
        foreach (var personId in matter.Tell.SelectMany(target => Of(matter, target, people)).Distinct(StringComparer.Ordinal))
            board.OweNew(personId, words.Notice, $"{matter.Key}:{personId}", matter.SubjectId, matter.Fields, urgent: false, digest: true, words.Actions(matter));
    }

    private static IEnumerable<string> Of(Matter matter, ReminderTarget target, Recipient[] people) => target switch
    {
        ReminderTarget.Handler => matter.HandlerIds,
        ReminderTarget.Supervisor => people.Where(person => person.Role == ActorRole.Supervisor).Select(person => person.Id),
        _ => people
            .Where(person => person.Role == (target == ReminderTarget.Leader ? ActorRole.UnitLeader : ActorRole.UnitLiaison))
            .Where(person => person.UnitId == matter.UnitId || matter.OtherUnitIds.Contains(person.UnitId))
            .Select(person => person.Id),
    };

    private async Task<Recipient[]> Recipients(IReadOnlyList<Matter> matters, CancellationToken cancellationToken)
    {
        if (matters.Count == 0)
            return [];
        var units = matters.SelectMany(matter => matter.OtherUnitIds.Append(matter.UnitId)).Distinct().ToList();
        return await db.People.AsNoTracking()
            .Where(p => p.Role == ActorRole.Supervisor || ((p.Role == ActorRole.UnitLeader || p.Role == ActorRole.UnitLiaison) && units.Contains(p.UnitId)))
            .Select(p => new Recipient(p.Id, p.Role, p.UnitId))
            .ToArrayAsync(cancellationToken);
    }

    /// <summary>Deadlines that a command has opened in its own time are not opened again.</summary>
    private async Task<HashSet<string>> Opened(IReadOnlyList<Matter> matters, CancellationToken cancellationToken)
    {
        var ids = matters.Select(matter => RaisedDeadlines.KindOf(matter) is { } kind ? $"{kind}:{matter.SubjectId}" : null).OfType<string>().ToList();
        return ids.Count == 0 ? [] : [.. await db.Deadlines.AsNoTracking().Where(d => ids.Contains(d.Id)).Select(d => d.Id).ToListAsync(cancellationToken)];
    }

    private sealed record Recipient(string Id, ActorRole Role, string? UnitId);
}

/// <summary>Which notice says a matter, and what can be done from it.</summary>
internal sealed record MatterWords(string Notice, Func<Matter, IEnumerable<string>> Actions)
{
    private static readonly Dictionary<MatterKind, MatterWords> All = new()
    {
        [MatterKind.QuietDayBlocked] = new("N4", matter => [$"改期 {matter.SubjectId}"]),
        [MatterKind.QuietDayBlockedNotFiled] = new("N70", matter => [$"改期 {matter.SubjectId}"]),
        [MatterKind.RegisteredLate] = OfTask("N71"),
        [MatterKind.PreviewMissing] = OfTask("N72"),
        [MatterKind.PreviewWaiverInvalid] = OfTask("N73"),
        [MatterKind.InspectorsInvalid] = OfTask("N74"),
        [MatterKind.ExemptionNeedsLeader] = OfTask("N75"),
        [MatterKind.FrequencyCapExceeded] = OfTask("N76"),
        [MatterKind.SameYearRepeat] = OfTask("N77"),
        [MatterKind.NotScanned] = OfTask("N78"),
        [MatterKind.VisitToday] = OfTask("N79"),
        [MatterKind.CertificatesEnding] = Plain("N80"),
        [MatterKind.EntrustmentEnding] = Plain("N81"),
        [MatterKind.EntrustmentEnded] = Plain("N81"),
        [MatterKind.PlanNotFiled] = Plain("N82"),
        [MatterKind.PlanNotPublished] = Plain("N83"),
        [MatterKind.LiaisonMissing] = Plain("N84"),
        [MatterKind.MergePromptsToday] = new("N85", _ => ["并办提示"]),
        [MatterKind.DirectoryNotFresh] = Plain("N86"),
        [MatterKind.JointShareLow] = Plain("N87"),
        [MatterKind.AttentionToday] = Plain("N88"),
        [MatterKind.HighFrequencyEnterprise] = Plain("N18"),
        [MatterKind.MergePromptsUnseen] = new("N85b", _ => ["并办提示"]),
    };

    /// <summary>Null for what nobody is told: deadlines tell in their own time, and records are read.</summary>
    public static MatterWords? Of(MatterKind kind) => All.GetValueOrDefault(kind);

    private static MatterWords OfTask(string notice) => new(notice, matter => [$"打开 {matter.SubjectId}"]);

    private static MatterWords Plain(string notice) => new(notice, _ => ["今日待办"]);
}
