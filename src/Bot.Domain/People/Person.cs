using Bot.Domain.Commands;

namespace Bot.Domain.People;

/// <summary>A person the registry knows: an official from the roster, a legal observer, or an enterprise's contact.</summary>
public sealed class Person
{
    private Person()
    {
    }

    public Person(string id, string name, ActorRole role, string? unitId = null, string? title = null)
    {
        (Id, Name, Role, UnitId, Title) = (id, name, role, unitId, title);
    }

    public string Id { get; private set; } = "";
    public string Name { get; private set; } = "";
    public ActorRole Role { get; private set; }
    public string? UnitId { get; private set; }
    public string? Title { get; private set; }
    public string? Phone { get; set; }

    /// <summary>行政执法证: number, last valid day and state as the imported roster gives them (domain.md 4.2).</summary>
    public string? CertificateNumber { get; private set; }
    public DateOnly? CertificateValidTo { get; private set; }
    public string? CertificateStatus { get; private set; }

    /// <summary>A legal observer's term of office, both days included (S08).</summary>
    public DateOnly? TermFrom { get; private set; }
    public DateOnly? TermTo { get; private set; }

    /// <summary>Which of several bound enterprises the person acts for now (C1).</summary>
    public string? CurrentEnterpriseId { get; set; }

    /// <summary>投诉处理专岗: the only supervisors who read what is said about bribes (S37); set by the roster.</summary>
    public bool OnComplaintDesk { get; set; }

    /// <summary>When this official wants reminders on a working day, China time; null takes the rule pack's time.</summary>
    public TimeOnly? RemindAt { get; set; }

    /// <summary>Does not want the monthly case (S45).</summary>
    public bool WithoutMonthlyCase { get; set; }

    /// <summary>A member of the public whose first binding was agreed to (C1).</summary>
    public void ActFor(string enterpriseId)
    {
        if (Role == ActorRole.Public)
            Role = ActorRole.EnterpriseUser;
        CurrentEnterpriseId ??= enterpriseId;
    }

    /// <summary>Who has given no name, and who has gone.</summary>
    public const string Unnamed = "访客";
    public const string Gone = "已注销用户";

    /// <summary>What somebody calls himself who has given no name before; nobody changes the name that others know.</summary>
    public void IsCalled(string name)
    {
        if (Name == Unnamed)
            Name = name;
    }

    /// <summary>A binding has ended; after the last one nobody speaks for an enterprise any more.</summary>
    public void NoLongerActsFor(string enterpriseId, bool last)
    {
        if (CurrentEnterpriseId == enterpriseId)
            CurrentEnterpriseId = null;
        if (last && Role == ActorRole.EnterpriseUser)
            Role = ActorRole.Public;
    }

    /// <summary>What leads to the person goes; the row stays for the cases that point at it.</summary>
    internal void Erase(string name) => (Name, Phone) = (name, null);

    public Person WithCertificate(string? number, DateOnly? validTo, string? status)
    {
        (CertificateNumber, CertificateValidTo, CertificateStatus) = (number, validTo, status);
        return this;
    }

    /// <summary>Whether the day lies in the term of office, which counts from its first to its last day (S08).</summary>
    public bool InOfficeOn(DateOnly day) => TermFrom <= day && day <= TermTo;

    public Person WithTerm(DateOnly from, DateOnly to)
    {
        (TermFrom, TermTo) = (from, to);
        return this;
    }
}

/// <summary>Ties an address on a channel to a person. The channel proved the address; the tie was made by import, binding or roster.</summary>
public sealed class ChannelAddress
{
    private ChannelAddress()
    {
    }

    public ChannelAddress(string channel, string externalId, string? personId)
    {
        (Channel, ExternalId, PersonId) = (channel, externalId, personId);
    }

    public string Channel { get; private set; } = "";
    public string ExternalId { get; private set; } = "";
    public string? PersonId { get; set; }

    /// <summary>The last message from this address, UTC; decides windows and whether somebody is there just now.</summary>
    public DateTime? LastSeenAt { get; set; }

    /// <summary>How many messages nobody asked for the platform still takes after the person's last message, and until when (UTC).</summary>
    public int MessagesLeft { get; private set; }
    public DateTime? MessagesUntil { get; private set; }

    /// <summary>The same for the short time after a tapped menu or a scanned code.</summary>
    public int TapsLeft { get; private set; }
    public DateTime? TapsUntil { get; private set; }

    /// <summary>The platform says that nothing reaches this address; nothing is sent there until the person comes back.</summary>
    public DateTime? UnreachableSince { get; private set; }

    /// <summary>Something could not be delivered and waits for the person to come back.</summary>
    public bool Awaited { get; private set; }

    /// <summary>Somebody who was awaited came back (UTC) and what is still relevant was not yet tried again.</summary>
    public DateTime? CameBackAt { get; private set; }

    /// <summary>Whether the platform knows this address as one of somebody who is bound to an enterprise, and shows the menu for those.</summary>
    public bool ShownAsBound { get; set; }

    /// <summary>Whose this was until the platform said that they may not use it any more; null while they may.</summary>
    public string? StoppedFor { get; private set; }

    /// <summary>When the platform last said who may use this (UTC, by its clock): what it says late does not undo what it said since.</summary>
    public DateTime? AccessChangedAt { get; private set; }

    /// <summary>The person lost the account behind this address: it leads to nobody from now on. False when it led to nobody, or something newer is known.</summary>
    internal bool Stop(DateTime at)
    {
        if (AccessChangedAt > at)
            return false;
        AccessChangedAt = at;
        if (PersonId is null)
            return false;
        (PersonId, StoppedFor) = (null, PersonId);
        return true;
    }

    /// <summary>The person may use it again; what could not be delivered meanwhile is tried again.</summary>
    internal bool Resume(DateTime at, DateTime now)
    {
        if (AccessChangedAt > at)
            return false;
        AccessChangedAt = at;
        if (StoppedFor is null)
            return false;
        (PersonId, StoppedFor, CameBackAt, UnreachableSince) = (StoppedFor, null, now, null);
        return true;
    }

    /// <summary>The same account under another name.</summary>
    internal ChannelAddress Renamed(string externalId, DateTime at) => new(Channel, externalId, PersonId)
    {
        LastSeenAt = LastSeenAt,
        UnreachableSince = UnreachableSince,
        Awaited = Awaited,
        CameBackAt = CameBackAt,
        StoppedFor = StoppedFor,
        AccessChangedAt = at,
    };

    public void Await() => Awaited = true;

    public void Lose(DateTime at) => UnreachableSince ??= at;

    public void Welcomed() => CameBackAt = null;
}
