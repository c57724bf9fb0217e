using System.Globalization;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Monitoring;

/// <summary>
/// Takes an anomaly in: the enterprise is asked to look for itself first, the unit gets a proposal, never a task (W21). The same enterprise and indicator
/// again within the pack's time is kept and told to nobody (W22).
/// </summary>
public sealed class AnomalyDesk(ISupervisionDb db, NoticeBoard notices, RiskIndicators indicators, RulePack rules)
{
    public async Task Take(Anomaly anomaly, CancellationToken cancellationToken)
    {
        var indicator = indicators.Named(anomaly.Indicator)!;
        var unit = await db.Units.Where(u => u.Field == indicator.Field && u.Level == Unit.DistrictLevel).OrderBy(u => u.Id).FirstAsync(cancellationToken);
        var number = await Numbers.Take(db, rules.Series("anomaly"), "Y", Calendar.ChinaClock.ToChinaDate(anomaly.SeenAt).Year, 1, cancellationToken);
        var repeated = await ToldShortlyBefore(anomaly, cancellationToken);
        anomaly.Take(number.Id, number.Printed, unit.Id, repeated);
        db.Anomalies.Add(anomaly);
        if (!repeated)
            await Tell(anomaly, indicator, cancellationToken);
    }

    /// <summary>In either direction: reports do not always arrive in their order.</summary>
    private async Task<bool> ToldShortlyBefore(Anomaly anomaly, CancellationToken cancellationToken)
    {
        var (from, to) = (anomaly.SeenAt.AddHours(-rules.AnomalyRepeatHours.Value), anomaly.SeenAt.AddHours(rules.AnomalyRepeatHours.Value));
        return db.Anomalies.Local.Any(other => other.EnterpriseId == anomaly.EnterpriseId && other.Indicator == anomaly.Indicator && other.State != AnomalyState.Repeated && other.SeenAt >= from && other.SeenAt <= to)
            || await db.Anomalies.AnyAsync(other => other.EnterpriseId == anomaly.EnterpriseId && other.Indicator == anomaly.Indicator && other.State != AnomalyState.Repeated && other.SeenAt >= from && other.SeenAt <= to, cancellationToken);
    }

    private async Task Tell(Anomaly anomaly, RiskIndicator indicator, CancellationToken cancellationToken)
    {
        var fields = await Fields(anomaly, cancellationToken);
        fields["selfCheck"] = indicator.SelfCheck.TrimEnd('。');
        foreach (var contact in await db.ContactsOf(anomaly.EnterpriseId, cancellationToken))
            await notices.Owe(contact, "N56", $"N56:{anomaly.Id}:{contact}", anomaly.Id, fields, cancellationToken, urgent: anomaly.Urgent, actions: ["申请行政指导"]);
        var liaisons = await db.OfficialsOf(anomaly.UnitId, ActorRole.UnitLiaison, cancellationToken);
        foreach (var person in liaisons.Count > 0 ? liaisons : await db.OfficialsOf(anomaly.UnitId, ActorRole.UnitLeader, cancellationToken))
            await notices.Owe(person, "N55", $"N55:{anomaly.Id}:{person}", anomaly.Id, fields, cancellationToken, urgent: anomaly.Urgent, actions: [$"受理 {anomaly.Id}", $"搁置 {anomaly.Id}"]);
    }

    internal async Task<Dictionary<string, string>> Fields(Anomaly anomaly, CancellationToken cancellationToken) => new()
    {
        ["id"] = anomaly.Id,
        ["number"] = anomaly.Number,
        ["enterprise"] = await db.Enterprises.Where(e => e.Id == anomaly.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken),
        ["indicator"] = anomaly.Indicator,
        ["value"] = anomaly.Value,
        ["finding"] = anomaly.InWords,
        ["hours"] = rules.AnomalyRepeatHours.Value.ToString(CultureInfo.InvariantCulture),
    };
}
