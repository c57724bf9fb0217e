using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Monitoring;

/// <summary>受理: the unit wants to inspect; the inspector named gets it with everything filled in, and registers the task (W21, J11).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record AcceptAnomaly(Actor By, string AnomalyId, string ToPersonId) : ICommand<AnomalyHandled>;

/// <summary>搁置 with a reason (W21).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record SetAsideAnomaly(Actor By, string AnomalyId, string Because) : ICommand<AnomalyHandled>;

/// <param name="AnomalyId">Y26-1.</param>
/// <param name="State">What became of it.</param>
/// <param name="InspectorName">Who registers the task; null when it was set aside.</param>
public sealed record AnomalyHandled(string AnomalyId, AnomalyState State, string? InspectorName) : IReceipt
{
    string IReceipt.Subject => AnomalyId;
}

/// <summary>The proposals that wait: a unit's own, for the justice bureau all, the oldest first.</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Supervisor)]
public sealed record AnomalyProposals(Actor By) : IQuery<IReadOnlyList<AnomalyProposal>>;

/// <param name="Id">Y26-1.</param>
/// <param name="EnterpriseName">Where.</param>
/// <param name="InWords">What was measured.</param>
/// <param name="Inspectors">Who of the unit could register the task, by id and name.</param>
public sealed record AnomalyProposal(string Id, string EnterpriseName, string InWords, IReadOnlyList<KeyValuePair<string, string>> Inspectors);

/// <summary>What an accepted anomaly brings to the registration of its task; for the inspectors of the unit.</summary>
[Allowed(ActorRole.Inspector)]
public sealed record AnomalyToRegister(Actor By, string AnomalyId) : IQuery<AnomalyFacts>;

public sealed record AnomalyFacts(string EnterpriseId, string EnterpriseName, string SourceNumber, string Explanation);

internal sealed class HandleAnomalyHandler(ISupervisionDb db, AnomalyDesk desk, NoticeBoard notices) :
    IRequestHandler<AcceptAnomaly, AnomalyHandled>,
    IRequestHandler<SetAsideAnomaly, AnomalyHandled>,
    IRequestHandler<AnomalyProposals, IReadOnlyList<AnomalyProposal>>,
    IRequestHandler<AnomalyToRegister, AnomalyFacts>
{
    private const int Longest = 500;
    private const int Shown = 20;

    private static readonly Rule OwnProposal = new("没有找到这条监测建议，或者它不由您的单位处理。说“监测建议”可以看到本单位的。", "D15") { Boundary = true };
    private static readonly Rule OwnInspector = new("请从本单位的执法人员里选一位来登记任务。", "W21");
    private static readonly Rule WithReason = new("搁置请写明理由（最多500字），会留存备查。", "W21");
    private static readonly Rule AcceptedFirst = new("这条监测建议还没有受理，或者已经登记任务。先由单位联络员受理，再登记任务。", "W21");

    public async Task<AnomalyHandled> Handle(AcceptAnomaly command, CancellationToken cancellationToken)
    {
        var anomaly = await Own(command.By, command.AnomalyId, cancellationToken);
        var inspector = await db.People.FirstOrDefaultAsync(p => p.Id == command.ToPersonId && p.Role == ActorRole.Inspector && p.UnitId == anomaly.UnitId, cancellationToken);
        OwnInspector.Require(inspector is not null);
        anomaly.Accept(command.By.PersonId!, inspector!.Id);
        await notices.Owe(inspector.Id, "N57", $"N57:{anomaly.Id}:{inspector.Id}", anomaly.Id, await desk.Fields(anomaly, cancellationToken), cancellationToken, urgent: anomaly.Urgent, actions: [$"登记任务 {anomaly.Id}"]);
        return new AnomalyHandled(anomaly.Id, anomaly.State, inspector.Name);
    }

    public async Task<AnomalyHandled> Handle(SetAsideAnomaly command, CancellationToken cancellationToken)
    {
        var anomaly = await Own(command.By, command.AnomalyId, cancellationToken);
        WithReason.Require(command.Because.Trim().Length is > 0 and <= Longest);
        anomaly.SetAside(command.By.PersonId!, command.Because.Trim());
        return new AnomalyHandled(anomaly.Id, anomaly.State, null);
    }

    public async Task<IReadOnlyList<AnomalyProposal>> Handle(AnomalyProposals query, CancellationToken cancellationToken)
    {
        var unit = query.By.Role == ActorRole.Supervisor ? null : query.By.UnitId ?? "";
        var waiting = await db.Anomalies.Where(a => a.State == AnomalyState.Proposed && (unit == null || a.UnitId == unit)).OrderBy(a => a.SeenAt).ThenBy(a => a.Id).Take(Shown).ToListAsync(cancellationToken);
        var (enterpriseIds, unitIds) = (waiting.ConvertAll(a => a.EnterpriseId), waiting.ConvertAll(a => a.UnitId));
        var names = await db.Enterprises.Where(e => enterpriseIds.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, cancellationToken);
        var inspectors = (await db.People.Where(p => p.Role == ActorRole.Inspector && p.CertificateNumber != null && unitIds.Contains(p.UnitId!)).OrderBy(p => p.Id).Select(p => new { p.Id, p.Name, p.UnitId }).ToListAsync(cancellationToken))
            .ToLookup(p => p.UnitId!, p => KeyValuePair.Create(p.Id, p.Name));
        return [.. waiting.Select(a => new AnomalyProposal(a.Id, names[a.EnterpriseId], a.InWords, [.. inspectors[a.UnitId]]))];
    }

    public async Task<AnomalyFacts> Handle(AnomalyToRegister query, CancellationToken cancellationToken)
    {
        var anomaly = await Own(query.By, query.AnomalyId, cancellationToken);
        AcceptedFirst.Require(anomaly.State == AnomalyState.Accepted);
        var name = await db.Enterprises.Where(e => e.Id == anomaly.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken);
        return new AnomalyFacts(anomaly.EnterpriseId, name, anomaly.Number, $"监测异常{anomaly.Id}：{anomaly.InWords}。");
    }

    private async Task<Anomaly> Own(Actor by, string anomalyId, CancellationToken cancellationToken)
    {
        var id = anomalyId.Trim().ToUpperInvariant();
        var anomaly = await db.Anomalies.FirstOrDefaultAsync(a => a.Id == id, cancellationToken);
        OwnProposal.Require(anomaly is not null && by.UnitId is not null && anomaly.UnitId == by.UnitId);
        return anomaly!;
    }
}
