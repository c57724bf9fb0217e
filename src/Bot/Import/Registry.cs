using System.Linq.Expressions;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Drawing;
using Bot.Domain.Inspections;
using Bot.Domain.Merging;
using Bot.Domain.Monitoring;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Domain.Transfers;
using Bot.Domain.Visits;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Bot.Import;

/// <summary>
/// What the registry knows while a file is taken in; what the file adds or changes is put on the database context and stored, or let go of, by
/// whoever opened it.
/// </summary>
internal sealed class Registry
{
    private readonly SupervisionDb db;
    private readonly DateTime now;
    private readonly Dictionary<string, string> firstPlace = new(StringComparer.Ordinal);
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private Dictionary<string, Unit> unitsById = [];
    private Dictionary<string, string> ownerOfCode = [];
    private Dictionary<(string Channel, string ExternalId), string?> ownerOfAddress = [];
    private HashSet<string> units = [];
    private HashSet<string> enterprises = [];
    private HashSet<string> people = [];
    private HashSet<string> items = [];
    private HashSet<string> tasks = [];
    private HashSet<string> plans = [];
    private HashSet<string> visits = [];
    private HashSet<string> reports = [];
    private HashSet<(string Source, string Id)> anomalies = [];
    private HashSet<string> prompts = [];
    private HashSet<string> tickets = [];
    private HashSet<string> industryAndTrade = [];
    private HashSet<string> bindings = [];
    private HashSet<string> conflicts = [];
    private Dictionary<string, InspectionItem> itemsBefore = [];
    private readonly Dictionary<(Type Kind, string Id), uint> versions = [];

    private Registry(SupervisionDb db, DateTime now, RiskIndicators indicators) => (this.db, this.now, Indicators) = (db, now, indicators);

    public DateTime Now => now;

    public RiskIndicators Indicators { get; }

    public IReadOnlySet<string> Units => units;

    public IReadOnlySet<string> Enterprises => enterprises;

    public IReadOnlySet<string> People => people;

    public IReadOnlySet<string> Items => items;

    public IReadOnlySet<string> Plans => plans;

    /// <summary>Entries of the lists as they were, null for new ones, and as they are (D07).</summary>
    public List<(InspectionItem? Before, InspectionItem Now)> Entries { get; } = [];

    public List<InspectionPlan> PlansTaken { get; } = [];

    /// <summary>Anomalies that the file reports for the first time (W21).</summary>
    public List<Anomaly> AnomaliesTaken { get; } = [];

    /// <summary>Inspections that the file reports for the first time (J01).</summary>
    public List<ReportedInspection> ReportsTaken { get; } = [];

    /// <summary>Tickets of 12345 that the file brings for the first time (S07).</summary>
    public List<HotlineTicket> TicketsTaken { get; } = [];

    /// <summary>What the reconsideration body hands over (S05); what is known already is passed over when it is taken in.</summary>
    public List<Referral> ReferralsTaken { get; } = [];

    /// <summary>The units whose inspectors the file brings up to date, and whether it brings enterprises (D09).</summary>
    public HashSet<string> UnitsOfPeople { get; } = new(StringComparer.Ordinal);

    public bool TookEnterprises { get; private set; }

    public IReadOnlySet<string> Tasks => tasks;

    public int Added { get; private set; }

    public int Changed { get; private set; }

    public static async Task<Registry> Open(SupervisionDb db, DateTime now, RiskIndicators indicators, CancellationToken cancellationToken)
    {
        var registry = new Registry(db, now, indicators)
        {
            unitsById = await db.Units.ToDictionaryAsync(unit => unit.Id, cancellationToken),
            ownerOfCode = await db.Enterprises.Where(e => e.CreditCode != null).Select(e => new { e.CreditCode, e.Id }).ToDictionaryAsync(e => e.CreditCode!, e => e.Id, cancellationToken),
            enterprises = await db.Enterprises.Select(e => e.Id).ToHashSetAsync(cancellationToken),
            ownerOfAddress = await db.Addresses.AsNoTracking().ToDictionaryAsync(a => (a.Channel, a.ExternalId), a => a.PersonId ?? a.StoppedFor, cancellationToken),
            people = await db.People.Select(person => person.Id).ToHashSetAsync(cancellationToken),
            itemsBefore = await db.Items.AsNoTracking().ToDictionaryAsync(item => item.Id, cancellationToken),
            conflicts = (await db.Conflicts.Select(c => new { c.PersonId, c.EnterpriseId }).ToListAsync(cancellationToken)).Select(c => $"{c.PersonId}:{c.EnterpriseId}").ToHashSet(),
            tasks = await db.Tasks.Select(task => task.Id).ToHashSetAsync(cancellationToken),
            plans = await db.Plans.Select(plan => plan.Id).ToHashSetAsync(cancellationToken),
            visits = await db.Visits.Select(visit => visit.Id).ToHashSetAsync(cancellationToken),
            reports = await db.ReportedInspections.Select(report => report.Id).ToHashSetAsync(cancellationToken),
            anomalies = (await db.Anomalies.Select(anomaly => new { anomaly.Source, anomaly.SourceId }).ToListAsync(cancellationToken)).Select(anomaly => (anomaly.Source, anomaly.SourceId)).ToHashSet(),
            tickets = await db.Complaints.Where(c => c.HotlineTicket != null).Select(c => c.HotlineTicket!).ToHashSetAsync(cancellationToken),
            prompts = await db.MergePrompts.Select(prompt => prompt.Id).ToHashSetAsync(cancellationToken),
            industryAndTrade = await db.Enterprises.Where(e => e.IndustryAndTrade).Select(e => e.Id).ToHashSetAsync(cancellationToken),
            bindings = await db.Bindings.Select(binding => binding.Id).ToHashSetAsync(cancellationToken),
        };
        if (db.Database.IsNpgsql())
            await registry.ReadVersions(cancellationToken);
        registry.items = [.. registry.itemsBefore.Keys];
        registry.units = [.. registry.unitsById.Keys];
        return registry;
    }

    /// <summary>The line's id, which no other line of the file may have.</summary>
    public string Once(Line line, Column column)
    {
        var id = line.Text(column);
        if (id.Length > 0 && !firstPlace.TryAdd(id, line.Place))
            line.Report(column, $"“{id}”和{firstPlace[id]}重复");
        return id;
    }

    public string? OwnerOfCode(string code) => ownerOfCode.GetValueOrDefault(code);

    /// <summary>Whether an enterprise belongs to 工贸 (J29); null for one that is not known.</summary>
    public bool? MechanismOf(string enterpriseId) => enterprises.Contains(enterpriseId) ? industryAndTrade.Contains(enterpriseId) : null;

    public string? OwnerOfAddress(string channel, string externalId) => ownerOfAddress.GetValueOrDefault((channel, externalId));

    public void Put(Unit unit)
    {
        if (unitsById.TryGetValue(unit.Id, out var known))
        {
            unit.GuidanceDeskPersonId = known.GuidanceDeskPersonId;
            db.Entry(known).CurrentValues.SetValues(unit);
            Changed++;
            return;
        }

        unitsById.Add(unit.Id, unit);
        Put(unit, unit.Id, units);
    }

    public void Put(Enterprise enterprise)
    {
        TookEnterprises = true;
        if (Put(enterprise, enterprise.Id, enterprises) && enterprise.CreditCode is not null)
            ownerOfCode.TryAdd(enterprise.CreditCode, enterprise.Id);
    }

    /// <summary>What a person has chosen in talk stays as it is.</summary>
    public void Put(Person person)
    {
        if (person is { Role: ActorRole.Inspector, UnitId: { } unit })
            UnitsOfPeople.Add(unit);
        if (Put(person, person.Id, people) || db.Entry(person) is not { State: EntityState.Modified } entry)
            return;
        entry.Property(p => p.CurrentEnterpriseId).IsModified = false;
        entry.Property(p => p.RemindAt).IsModified = false;
    }

    public void Put(InspectionItem item)
    {
        var before = itemsBefore.GetValueOrDefault(item.Id);
        if (before is not null)
            item.Remember(before);
        if (Put(item, item.Id, items) || before is not null)
            Entries.Add((before, item));
    }

    public void Put(ConflictOfInterest conflict)
    {
        var id = $"{conflict.PersonId}:{conflict.EnterpriseId}";
        if (conflicts.Contains(id))
            return;
        Put(conflict, id, conflicts);
    }

    /// <summary>What this service knows of a task and the other system's file does not say stays as it is.</summary>
    public void Put(TaskFacts said)
    {
        var facts = said.AsOf(now, ChinaClock.ToChinaDate(now));
        if (taken.Contains(facts.Id) || !tasks.Contains(facts.Id))
        {
            Put(new InspectionTask(facts), facts.Id, tasks);
            return;
        }

        taken.Add(facts.Id);
        var task = db.Tasks.Find(facts.Id)!;
        var before = (task.UnitId, task.ResultEnteredOn);
        task.TakeOver(facts);
        if (before != (task.UnitId, task.ResultEnteredOn))
        {
            db.Results.Find(task.Id)?.CountAs(task);
            db.Feedback.FirstOrDefault(f => f.TaskId == task.Id)?.CountFor(task.UnitId);
        }

        Changed++;
    }

    /// <summary>What this service knows of a plan and the other system's file does not say stays as it is.</summary>
    public void Put(InspectionPlan plan)
    {
        if (taken.Contains(plan.Id) || !plans.Contains(plan.Id))
        {
            Put(plan, plan.Id, plans);
        }
        else
        {
            taken.Add(plan.Id);
            db.Plans.Find(plan.Id)!.TakeOver(plan);
            Changed++;
        }

        PlansTaken.Add(plan);
    }

    public void Put(Visit visit) => Put(visit, visit.Id, visits);

    public bool HasUnitOf(string field) => unitsById.Values.Any(unit => unit.Field == field && unit.Level == Unit.DistrictLevel);

    /// <summary>What is known already is not news; an anomaly is told of, and gets its number, when the whole file is in order.</summary>
    public void Put(Anomaly anomaly)
    {
        if (!anomalies.Add((anomaly.Source, anomaly.SourceId)))
            return;
        AnomaliesTaken.Add(anomaly);
        Added++;
    }

    /// <summary>A ticket is taken once; a later file that brings it again says nothing new.</summary>
    public void Put(HotlineTicket ticket)
    {
        if (!tickets.Add(ticket.Ticket))
            return;
        TicketsTaken.Add(ticket);
        Added++;
    }

    /// <summary>A report is made once; a later file that brings it again says nothing new.</summary>
    public void Put(ReportedInspection report)
    {
        if (!reports.Contains(report.Id) && Put(report, report.Id, reports))
            ReportsTaken.Add(report);
    }

    /// <summary>A prompt that is known keeps what its units said here; only that it was handled over there is news.</summary>
    public void Put(MergePrompt prompt, DateTime? handledAt)
    {
        var known = prompts.Contains(prompt.Id) && taken.Add(prompt.Id);
        if (known)
        {
            prompt = db.MergePrompts.Find(prompt.Id)!;
            Changed++;
        }
        else
        {
            Put(prompt, prompt.Id, prompts);
        }

        if (handledAt is { } at && at <= now)
            prompt.HandledElsewhere(at);
    }

    public void PutAddress(string channel, string externalId, string personId)
    {
        if (ownerOfAddress.TryGetValue((channel, externalId), out var owner) && owner is not null)
            return;
        var address = new ChannelAddress(channel, externalId, null);
        if (ownerOfAddress.ContainsKey((channel, externalId)))
            AsRead(db.Addresses.Attach(address), AddressKey(channel, externalId));
        else
            db.Addresses.Add(address);
        db.Entry(address).Property(a => a.PersonId).CurrentValue = personId;
        ownerOfAddress[(channel, externalId)] = personId;
    }

    public void Bind(string personId, string enterpriseId, string contactRole)
    {
        var id = $"{personId}:{enterpriseId}";
        if (bindings.Add(id))
            db.Bindings.Add(new Binding(id, personId, enterpriseId, contactRole, BindingState.Active, now, expiresAt: null));
    }

    public void SeatAtGuidanceDesk(string unitId, string personId)
    {
        if (unitsById.TryGetValue(unitId, out var unit))
            unit.GuidanceDeskPersonId = personId;
    }

    /// <summary>True when it is new. A line without an id or with one that stands twice is in the report already.</summary>
    private bool Put(object entity, string id, HashSet<string> known)
    {
        if (!taken.Add(id))
            return false;
        var isNew = known.Add(id);
        if (isNew)
            Added++;
        else
            Changed++;
        var entry = db.Entry(entity);
        entry.State = isNew ? EntityState.Added : EntityState.Modified;
        if (!isNew)
            AsRead(entry, id);
        return isNew;
    }

    /// <summary>PostgreSQL refuses a row that somebody else changed meanwhile; a row put in the place of a known one was read as it stands now.</summary>
    private async Task ReadVersions(CancellationToken cancellationToken)
    {
        await Read(db.Enterprises, e => new(e.Id, EF.Property<uint>(e, "xmin")), cancellationToken);
        await Read(db.People, p => new(p.Id, EF.Property<uint>(p, "xmin")), cancellationToken);
        await Read(db.Items, i => new(i.Id, EF.Property<uint>(i, "xmin")), cancellationToken);
        await Read(db.Visits, v => new(v.Id, EF.Property<uint>(v, "xmin")), cancellationToken);
        foreach (var row in await db.Addresses.AsNoTracking().Select(a => new { a.Channel, a.ExternalId, Version = EF.Property<uint>(a, "xmin") }).ToListAsync(cancellationToken))
            versions[(typeof(ChannelAddress), AddressKey(row.Channel, row.ExternalId))] = row.Version;
    }

    private async Task Read<T>(IQueryable<T> rows, Expression<Func<T, KeyValuePair<string, uint>>> version, CancellationToken cancellationToken)
    {
        foreach (var (id, read) in await rows.Select(version).ToListAsync(cancellationToken))
            versions[(typeof(T), id)] = read;
    }

    private void AsRead(EntityEntry entry, string id)
    {
        if (versions.TryGetValue((entry.Metadata.ClrType, id), out var read))
            entry.Property("xmin").OriginalValue = read;
    }

    private static string AddressKey(string channel, string externalId) => $"{channel}:{externalId}";
}
