using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using MediatR;

namespace Bot.Domain.People;

/// <summary>
/// An account on a channel is gone, blocked or taken out of the app's sight: whoever it belonged to has no access by it from now on, and what is owed to
/// them finds another way or is reported as undeliverable. The roster itself stays.
/// </summary>
/// <param name="By">The service: the platform's word is carried out, nobody's wish.</param>
/// <param name="Account">The address.</param>
/// <param name="At">When it happened, by the platform's clock (UTC).</param>
/// <param name="How">Whether it may come back.</param>
[Allowed]
public sealed record StopAccess(Actor By, Address Account, DateTime At, AccessEnd How) : ICommand<AccessChanged>, IRecordsItself;

public enum AccessEnd
{
    /// <summary>Blocked, or out of sight: the platform may give it back to the same person.</summary>
    ForNow,

    /// <summary>The account is gone; whoever gets its id one day is somebody else until the roster says otherwise.</summary>
    ForGood,

    /// <summary>An account with this id was made just now: it is not that of who had it before.</summary>
    MadeAnew,
}

/// <summary>The account may use the app again.</summary>
[Allowed]
public sealed record ResumeAccess(Actor By, Address Account, DateTime At) : ICommand<AccessChanged>, IRecordsItself;

/// <summary>The account has another id. An id that the roster gives to somebody else is given to nobody until the roster is right again.</summary>
[Allowed]
public sealed record RenameAccount(Actor By, Address Account, string NewId, DateTime At) : ICommand<AccessChanged>, IRecordsItself;

/// <param name="PersonId">Whose access changed; null when nothing did, be it that it was known already.</param>
/// <param name="Conflict">The roster and the platform disagree about who somebody is: access of both was stopped.</param>
public sealed record AccessChanged(string? PersonId, bool Conflict = false) : IReceipt
{
    string IReceipt.Subject => PersonId ?? "";
}

internal sealed class StopAccessHandler(ISupervisionDb db, AuditTrail trail) : IRequestHandler<StopAccess, AccessChanged>
{
    public async Task<AccessChanged> Handle(StopAccess command, CancellationToken cancellationToken)
    {
        if (await db.Addresses.FindAsync([command.Account.Channel, command.Account.ExternalId], cancellationToken) is not { } address || address.AccessChangedAt > command.At)
            return new AccessChanged(null);
        var stopped = command.How != AccessEnd.MadeAnew && address.Stop(command.At);
        if (command.How == AccessEnd.ForGood || (command.How == AccessEnd.MadeAnew && address.StoppedFor is not null))
            db.Addresses.Remove(address);
        if (!stopped)
            return new AccessChanged(null);
        trail.Add(command.By.PersonId!, nameof(StopAccess), address.StoppedFor!, command.Account.Channel);
        return new AccessChanged(address.StoppedFor);
    }
}

internal sealed class ResumeAccessHandler(ISupervisionDb db, AuditTrail trail, ChinaClock clock) : IRequestHandler<ResumeAccess, AccessChanged>
{
    public async Task<AccessChanged> Handle(ResumeAccess command, CancellationToken cancellationToken)
    {
        if (await db.Addresses.FindAsync([command.Account.Channel, command.Account.ExternalId], cancellationToken) is not { } address || !address.Resume(command.At, clock.UtcNow))
            return new AccessChanged(null);
        trail.Add(command.By.PersonId!, nameof(ResumeAccess), address.PersonId!, command.Account.Channel);
        return new AccessChanged(address.PersonId);
    }
}

internal sealed class RenameAccountHandler(ISupervisionDb db, AuditTrail trail) : IRequestHandler<RenameAccount, AccessChanged>
{
    public async Task<AccessChanged> Handle(RenameAccount command, CancellationToken cancellationToken)
    {
        var (channel, former) = command.Account;
        if (former == command.NewId
            || await db.Addresses.FindAsync([channel, former], cancellationToken) is not { } address
            || address.AccessChangedAt > command.At)
            return new AccessChanged(null);

        var owner = address.PersonId ?? address.StoppedFor;
        if (await db.Addresses.FindAsync([channel, command.NewId], cancellationToken) is { } present)
        {
            if (present.PersonId is { } other && other != owner)
                return Disagree(command, address, present);
            db.Addresses.Remove(present);
            await db.SaveChanges(cancellationToken);
        }

        db.Addresses.Remove(address);
        db.Addresses.Add(address.Renamed(command.NewId, command.At));
        if (owner is not null)
            trail.Add(command.By.PersonId!, nameof(RenameAccount), owner, channel);
        return new AccessChanged(owner);
    }

    private AccessChanged Disagree(RenameAccount command, ChannelAddress former, ChannelAddress present)
    {
        foreach (var address in (ChannelAddress[])[former, present])
        {
            if (address.Stop(command.At))
                trail.Add(command.By.PersonId!, nameof(StopAccess), address.StoppedFor!, command.Account.Channel);
        }

        return new AccessChanged(former.StoppedFor, Conflict: true);
    }
}
