using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;

namespace Bot.Domain.Inspections;

/// <summary>What is wrong with somebody as an inspector on a day.</summary>
public enum InspectorFault
{
    /// <summary>Not an inspector of the roster, or without a certificate: auxiliary staff, grid workers (S24).</summary>
    NoCertificate,

    /// <summary>The certificate ends before that day (J05, S23).</summary>
    Expired,

    /// <summary>The certificate is suspended or withdrawn (S22).</summary>
    Suspended,
}

/// <summary>Whether these people may make this visit: at least two with a certificate that is valid on the day.</summary>
/// <param name="Faults">Who may not go, and why.</param>
/// <param name="Qualified">How many may go.</param>
/// <param name="Needed">How many the pack asks for.</param>
public sealed record TeamRuling(IReadOnlyList<(Person Person, InspectorFault Fault)> Faults, int Qualified, int Needed)
{
    private const string InForce = "有效";

    public bool Allows => Faults.Count == 0 && Qualified >= Needed;

    public static TeamRuling Of(IReadOnlyCollection<Person> team, DateOnly day, RulePack rules)
    {
        var faults = team.Select(person => (person, FaultOf(person, day))).Where(found => found.Item2 is not null).Select(found => (found.person, found.Item2!.Value)).ToList();
        return new TeamRuling(faults, team.Count - faults.Count, rules.InspectorsAtLeast.Value);
    }

    /// <summary>Null when the person may inspect on that day.</summary>
    public static InspectorFault? FaultOf(Person person, DateOnly day)
    {
        if (person.Role != ActorRole.Inspector || string.IsNullOrEmpty(person.CertificateNumber))
            return InspectorFault.NoCertificate;
        if (person.CertificateValidTo is { } last && last < day)
            return InspectorFault.Expired;
        return person.CertificateStatus is { } status && status != InForce ? InspectorFault.Suspended : null;
    }
}
