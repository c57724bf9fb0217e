using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Figures;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Reports;

/// <summary>What kind of paper a link opens.</summary>
public enum DraftKind
{
    /// <summary>监督报告草稿 of a period.</summary>
    Report,

    /// <summary>全程记录 of one task.</summary>
    Trail,
}

/// <summary>As which kind of file.</summary>
public enum DraftForm
{
    Word,
    Excel,
}

/// <summary>
/// What a link to a draft holds: for one official, for two days, as often as they like. The paper is written when it is opened, with the rights and the books
/// of that moment; only a hash of the link is kept.
/// </summary>
public sealed class DraftLink
{
    private DraftLink()
    {
    }

    internal DraftLink(string hash, Holder holder, DraftKind kind, DraftForm form, string argument, DateTime expiresAt)
    {
        (Hash, Kind, Form, Argument, ExpiresAt) = (hash, kind, form, argument, expiresAt);
        (PersonId, Channel, Role, UnitId) = holder;
    }

    public string Hash { get; private set; } = "";
    public DraftKind Kind { get; private set; }
    public DraftForm Form { get; private set; }

    /// <summary>The period, or the task.</summary>
    public string Argument { get; private set; } = "";
    public string PersonId { get; private set; } = "";
    public string Channel { get; private set; } = "";
    public ActorRole Role { get; private set; }
    public string? UnitId { get; private set; }
    public DateTime ExpiresAt { get; private set; }

    public Holder Holder => new(PersonId, Channel, Role, UnitId);
}

/// <summary>The draft of a report, as a file that a person edits (C28, S38). <paramref name="JointOverYear"/>: the joint share counts the year, not the period alone.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record IssueReport(Actor By, string Period, DraftForm Form, bool JointOverYear) : ICommand<DraftIssued>;

/// <summary>One task's whole trail as a file (W42).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record IssueTrail(Actor By, string TaskId, DraftForm Form) : ICommand<DraftIssued>;

/// <param name="Secret">Stands in the link; told here and nowhere again.</param>
/// <param name="Hours">How long it is good.</param>
/// <param name="SubjectId">The period, or the task.</param>
public sealed record DraftIssued(string Secret, int Hours, string SubjectId) : IReceipt
{
    string IReceipt.Subject => SubjectId;
}

/// <summary>The paper of a link, written anew; refused when the link is unknown or over, or its person is not any more who it was made for.</summary>
[Allowed]
public sealed record OpenDraft(Actor By, string Secret) : IQuery<OpenedDraft>;

public sealed record OpenedDraft(DraftForm Form, Paper Paper);

internal sealed class DraftLinksHandler(ISupervisionDb db, IMediator mediator, TaskRegister tasks, ChinaClock clock) :
    IRequestHandler<IssueReport, DraftIssued>,
    IRequestHandler<IssueTrail, DraftIssued>,
    IRequestHandler<OpenDraft, OpenedDraft>
{
    private const string OverYear = ":year";

    private static readonly Rule StillGood = new("这个链接已经过期或不正确，请在企业微信里重新导出。", "D15");
    private static readonly TimeSpan Good = TimeSpan.FromHours(48);

    public Task<DraftIssued> Handle(IssueReport command, CancellationToken cancellationToken)
    {
        var period = SeeFiguresHandler.Period(command.Period);
        return Issue(command.By, DraftKind.Report, command.Form, period.Id + (command.JointOverYear ? OverYear : ""), period.Id, cancellationToken);
    }

    public async Task<DraftIssued> Handle(IssueTrail command, CancellationToken cancellationToken)
    {
        var task = await tasks.MayLook(command.By, command.TaskId, cancellationToken);
        return await Issue(command.By, DraftKind.Trail, command.Form, task.Id, task.Id, cancellationToken);
    }

    public async Task<OpenedDraft> Handle(OpenDraft query, CancellationToken cancellationToken)
    {
        var hash = LinkSecret.HashOf(query.Secret);
        var link = await db.DraftLinks.AsNoTracking().FirstOrDefaultAsync(l => l.Hash == hash, cancellationToken);
        StillGood.Require(link is not null && LinkSecret.Fits(link.Hash, query.Secret) && clock.UtcNow < link.ExpiresAt);
        var by = await link!.Holder.StillThere(db, cancellationToken);
        StillGood.Require(by is { IsOfficial: true });
        return new OpenedDraft(
            link.Form,
            link.Kind == DraftKind.Report
                ? await mediator.Send(new DraftReport(by!, link.Argument.Replace(OverYear, "", StringComparison.Ordinal), link.Argument.EndsWith(OverYear, StringComparison.Ordinal)), cancellationToken)
                : await mediator.Send(new TaskTrail(by!, link.Argument), cancellationToken));
    }

    private async Task<DraftIssued> Issue(Actor by, DraftKind kind, DraftForm form, string argument, string subject, CancellationToken cancellationToken)
    {
        var (secret, now) = (LinkSecret.New(), clock.UtcNow);
        db.DraftLinks.RemoveRange(await db.DraftLinks.Where(l => l.ExpiresAt <= now).ToListAsync(cancellationToken));
        db.DraftLinks.Add(new DraftLink(LinkSecret.HashOf(secret), Holder.Of(by), kind, form, argument, now + Good));
        return new DraftIssued(secret, (int)Good.TotalHours, subject);
    }
}
