namespace Bot.Domain.Commands;

/// <summary>The seven kinds of people the service knows (design.md section 2). Names are part of the outside contract.</summary>
public enum ActorRole
{
    EnterpriseUser,
    Inspector,
    UnitLeader,
    UnitLiaison,
    Supervisor,
    LegalObserver,
    Public,
}

public static class ActorRoles
{
    /// <summary>Whether the role is held for a unit or the justice bureau, from the imported roster.</summary>
    public static bool IsOfficial(this ActorRole role) =>
        role is ActorRole.Inspector or ActorRole.UnitLeader or ActorRole.UnitLiaison or ActorRole.Supervisor;
}

/// <summary>Where a person can be reached: a channel's name (<c>web</c>, <c>wechat</c>, <c>wecom</c>) and the person's id on it.</summary>
public sealed record Address(string Channel, string ExternalId)
{
    public override string ToString() => $"{Channel}:{ExternalId}";
}

/// <summary>
/// Who gives a command, as the channel proved it and the registry knows it. <see cref="PersonId"/> is null for somebody the
/// registry does not know; <see cref="EnterpriseId"/> is the enterprise a bound person currently acts for.
/// </summary>
public sealed record Actor(string? PersonId, ActorRole Role, string Name, Address Address, string? EnterpriseId = null, string? UnitId = null)
{
    /// <summary>The service itself: sweeps, imports, demo loading.</summary>
    public static Actor Service { get; } = new("service", ActorRole.Supervisor, "系统", new Address("service", "service"));

    public bool IsOfficial => Role.IsOfficial();
}
