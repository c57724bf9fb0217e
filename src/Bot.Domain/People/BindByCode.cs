using System.Diagnostics.Metrics;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bot.Domain.People;

/// <summary>Says which enterprise a binding code opens, before anybody is bound. A command, because wrong codes are counted.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public)]
public sealed record CheckBindingCode(Actor By, string Code) : ICommand<BindingCodeChecked>;

/// <param name="EnterpriseName">Null when the code is of no use: wrong, used, expired or withdrawn, which is not told apart.</param>
/// <param name="ContactRole">What the code says the newcomer will be; null when the newcomer says it.</param>
/// <param name="AlreadyBound">The person speaks for this enterprise already; the code stays good for somebody else.</param>
public sealed record BindingCodeChecked(string? EnterpriseName, string? ContactRole, bool AlreadyBound);

/// <summary>Binds at once: that somebody holds the code is the proof that the enterprise, or the bureau, let him in (decision 8).</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public)]
public sealed record BindByCode(Actor By, string Code, string ContactRole, string? Name = null) : ICommand<BoundByCode>;

/// <param name="BindingId">Null when the code was of no use any more.</param>
/// <param name="EnterpriseName">For which enterprise the person speaks now.</param>
/// <param name="ContactRole">As what the person is bound now; a code's own word goes before the person's.</param>
/// <param name="IsCurrent">The person acts for this enterprise from now on, and not still for another one.</param>
public sealed record BoundByCode(string? BindingId, string EnterpriseName, string ContactRole, bool IsCurrent) : IReceipt
{
    string IReceipt.Subject => BindingId ?? "";
}

internal sealed class BindByCodeHandler(ISupervisionDb db, BindingCodes codes, Leaving leaving, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<CheckBindingCode, BindingCodeChecked>,
    IRequestHandler<BindByCode, BoundByCode>
{
    private static readonly Rule OfAKnownRole = new("身份是法定代表人、安全/合规负责人或办事人员之一，请重新选择。", "D15");

    public async Task<BindingCodeChecked> Handle(CheckBindingCode command, CancellationToken cancellationToken)
    {
        if (await codes.Find(command.By, command.Code, cancellationToken) is not var (code, enterprise))
            return new BindingCodeChecked(null, null, false);
        var bound = (await db.ContactsOf(enterprise.Id, cancellationToken)).Contains(command.By.PersonId ?? "");
        return new BindingCodeChecked(enterprise.Name, code.ContactRole, bound);
    }

    public async Task<BoundByCode> Handle(BindByCode command, CancellationToken cancellationToken)
    {
        OfAKnownRole.Require(ContactRoles.All.Contains(command.ContactRole));
        if (await codes.Find(command.By, command.Code, cancellationToken) is not var (code, enterprise))
            return new BoundByCode(null, "", "", false);
        var person = await db.Introduce(command.By, command.Name, phone: null, cancellationToken);
        if (command.Name is { } name)
            person.IsCalled(name);
        var earlier = await db.Bindings
            .Where(b => b.PersonId == person.Id && b.EnterpriseId == enterprise.Id && (b.State == BindingState.Active || b.State == BindingState.Waiting))
            .ToListAsync(cancellationToken);
        if (earlier.FirstOrDefault(b => b.State == BindingState.Active) is { } already)
            return new BoundByCode(already.Id, enterprise.Name, already.ContactRole, person.CurrentEnterpriseId == enterprise.Id);
        foreach (var waiting in earlier)
            await leaving.End(waiting, "", cancellationToken);

        code.Use(person.Id, clock.UtcNow);
        var number = await Numbers.Take(db, "绑定", "B", clock.Today.Year, 1, cancellationToken);
        var role = code.ContactRole ?? command.ContactRole;
        db.Bindings.Add(new Binding(number.Id, person.Id, enterprise.Id, role, BindingState.Active, clock.UtcNow, expiresAt: null));
        person.ActFor(enterprise.Id);
        await notices.Owe(
            code.IssuedById,
            "N41",
            $"N41:{number.Id}",
            number.Id,
            new Dictionary<string, string> { ["who"] = command.Name ?? "一位同事（未留姓名）", ["role"] = role, ["enterprise"] = enterprise.Name },
            cancellationToken,
            actions: ["单位人员"]);
        return new BoundByCode(number.Id, enterprise.Name, role, person.CurrentEnterpriseId == enterprise.Id);
    }
}

/// <summary>Finds a code that can be used, and counts those that cannot.</summary>
internal sealed partial class BindingCodes(ISupervisionDb db, RulePack rules, NoticeBoard notices, ChinaClock clock, ILogger<BindingCodes> log)
{
    private const string Tried = "binding";

    private static readonly Rule NotByTrying = new("绑定码输错次数太多，暂时不能再试。也可以发“绑定企业”申请，由贵单位联系人确认。", "D15");

    private static readonly Counter<long> Locked = new Meter("Bot").CreateCounter<long>("bot_binding_locks_total", description: "Addresses locked after wrong binding codes.");

    /// <exception cref="RuleBrokenException">Too many wrong codes came from this address.</exception>
    public async Task<(BindingCode Code, Enterprise Enterprise)?> Find(Actor by, string typed, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow;
        var tries = await WrongTries.Of(db, by.Address, Tried, cancellationToken);
        NotByTrying.Require(tries.HasRoom(now), $"绑定码输错次数太多，请{ChineseDates.Short(ChinaClock.ToChinaDate(tries.Until))}{ChineseDates.Time(TimeOnly.FromDateTime(ChinaClock.ToChina(tries.Until)))}后再试。也可以发“绑定企业”申请，由贵单位联系人确认。");
        var hash = BindingCode.HashOf(typed);
        var code = await db.BindingCodes.FirstOrDefaultAsync(c => c.Hash == hash, cancellationToken);
        var enterprise = code is null ? null : await db.Enterprises.FirstOrDefaultAsync(e => e.Id == code.EnterpriseId, cancellationToken);

        // Who scans the code again that let him in has not guessed.
        var again = code?.UsedById is { } user && user == by.PersonId && (await db.ContactsOf(code.EnterpriseId, cancellationToken)).Contains(user);
        if (code is not null && enterprise is not null && (code.IsOpen(now) || again))
            return (code, enterprise);

        tries.Note(db, now, TimeSpan.FromHours(rules.BindingLockHours.Value));
        if (!tries.HasRoom(now))
            await Alarm(cancellationToken);
        return null;
    }

    /// <summary>Once a day to each supervisor, however many addresses: guessing must not become a way to flood the bureau.</summary>
    private async Task Alarm(CancellationToken cancellationToken)
    {
        Locked.Add(1);
        LogLocked(WrongTries.Most, rules.BindingLockHours.Value);
        foreach (var id in await db.Supervisors(cancellationToken))
        {
            await notices.Owe(
                id,
                "N43",
                $"N43:{clock.Today:yyyyMMdd}:{id}",
                "",
                new Dictionary<string, string> { ["times"] = $"{WrongTries.Most}", ["hours"] = $"{rules.BindingLockHours.Value}" },
                cancellationToken,
                digest: true);
        }
    }

    /// <summary>Part of the sweep: a code that has run out is of no use, used or not.</summary>
    public async Task Forget(CancellationToken cancellationToken)
    {
        var now = clock.UtcNow;
        db.BindingCodes.RemoveRange(await db.BindingCodes.Where(c => c.ExpiresAt <= now).ToListAsync(cancellationToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Times} wrong binding codes from one address: locked for {Hours} hours.")]
    private partial void LogLocked(int times, int hours);
}
