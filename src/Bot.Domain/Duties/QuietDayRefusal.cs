using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Duties;

/// <summary>What somebody wanted on a quiet day; goes along with the refusal (J13).</summary>
public sealed record QuietDayTry(string UnitId, string EnterpriseId, string? TaskId, DateOnly On);

/// <summary>安静日拦截: an inspection that was kept off a quiet day. The same wish of one day is one refusal, however often it is said (J02, J13).</summary>
public sealed class QuietDayRefusal
{
    private QuietDayRefusal()
    {
    }

    internal QuietDayRefusal(QuietDayTry tried, DateOnly refusedOn, string? personId)
    {
        Id = IdOf(tried, refusedOn);
        (UnitId, EnterpriseId, TaskId, WantedOn) = (tried.UnitId, tried.EnterpriseId, tried.TaskId, tried.On);
        (RefusedOn, PersonId) = (refusedOn, personId);
    }

    public string Id { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";

    /// <summary>The task that was to be moved there; null for one that was not yet registered.</summary>
    public string? TaskId { get; private set; }
    public DateOnly WantedOn { get; private set; }
    public DateOnly RefusedOn { get; private set; }
    public string? PersonId { get; private set; }

    internal static string IdOf(QuietDayTry tried, DateOnly refusedOn) => string.Create(CultureInfo.InvariantCulture, $"{tried.UnitId}:{tried.EnterpriseId}:{tried.On:yyyyMMdd}:{refusedOn:yyyyMMdd}");
}

/// <summary>Writes refusals down once each.</summary>
public sealed class QuietDayBook(ISupervisionDb db, ChinaClock clock)
{
    /// <summary>Gives the refusal's id, or null when it is in the book already.</summary>
    public async Task<string?> Note(QuietDayTry tried, string? personId, CancellationToken cancellationToken)
    {
        var id = QuietDayRefusal.IdOf(tried, clock.Today);
        if (db.QuietDayRefusals.Local.Any(refusal => refusal.Id == id) || await db.QuietDayRefusals.AnyAsync(refusal => refusal.Id == id, cancellationToken))
            return null;
        db.QuietDayRefusals.Add(new QuietDayRefusal(tried, clock.Today, personId));
        return id;
    }
}

/// <summary>Counts what a command was refused because of quiet days, after everything else that it had begun was let go of (J02).</summary>
public sealed class CountedQuietDays<TRequest, TResponse>(Lazy<ISupervisionDb> db, ChinaClock clock, AuditTrail trail) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        try
        {
            return await next();
        }
        catch (RuleBrokenException refused) when (refused.About is QuietDayTry && request is ICommanded)
        {
            var by = ((ICommanded)request).By.PersonId;
            if (await new QuietDayBook(db.Value, clock).Note((QuietDayTry)refused.About, by, cancellationToken) is { } id)
            {
                trail.Add(by ?? AuditTrail.UnknownActor, "RefuseOnQuietDay", id, request.GetType().Name);
                await db.Value.SaveChanges(cancellationToken);
            }

            throw;
        }
    }
}

/// <summary>In a talk a quiet day is refused before anything is registered; that counts like any other refusal (J02, J13).</summary>
[Allowed(ActorRole.Inspector)]
public sealed record NoteQuietDayRefusal(Actor By, string EnterpriseId, DateOnly On, InspectionType Type, InspectionGround Ground, string? PlanId) : ICommand<QuietDayRefusalNoted>;

public sealed record QuietDayRefusalNoted(string RefusalId) : IReceipt
{
    string IReceipt.Subject => RefusalId;
}

internal sealed class NoteQuietDayRefusalHandler(ISupervisionDb db, QuietDayBook book, RulePack rules, ChinaClock clock) : IRequestHandler<NoteQuietDayRefusal, QuietDayRefusalNoted>
{
    private static readonly Rule InUnit = new("您还不属于任何执法单位。", "J04");
    private static readonly Rule KnownEnterprise = new("没有找到这家企业，请核对名称或统一社会信用代码。", "J04");
    private static readonly Rule ReallyRefused = new("这一天不在企业安静日内，或者可以安排，没有拦截。", "J13");

    public async Task<QuietDayRefusalNoted> Handle(NoteQuietDayRefusal command, CancellationToken cancellationToken)
    {
        InUnit.Require(command.By.UnitId is not null);
        KnownEnterprise.Require(await db.Enterprises.AnyAsync(e => e.Id == command.EnterpriseId, cancellationToken));
        var filedOn = command.PlanId is null ? null : await db.Plans.Where(p => p.Id == command.PlanId).Select(p => p.JusticeFiledOn).FirstOrDefaultAsync(cancellationToken);
        ReallyRefused.Require(!QuietDayRulings.Of(command.Type, command.Ground, command.On, filedOn, rules).Allows());
        var tried = new QuietDayTry(command.By.UnitId!, command.EnterpriseId, null, command.On);
        await book.Note(tried, command.By.PersonId, cancellationToken);
        return new QuietDayRefusalNoted(QuietDayRefusal.IdOf(tried, clock.Today));
    }
}
