using Bot.Domain.Appeals;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Guidance;
using Bot.Domain.Rules;
using Bot.Domain.Unlicensed;
using MediatR;

namespace Bot.Domain.Progress;

/// <summary>What one's own enterprise asked and what one complained about oneself: the open ones first, then the newest (C6).</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record MyCases(Actor By) : IQuery<IReadOnlyList<CaseLine>>;

public enum CaseKind
{
    Guidance,
    Complaint,
    Appeal,
    Unlicensed,
}

/// <summary>One case in a list.</summary>
/// <param name="Id">The short id: G26-58.</param>
/// <param name="Number">As printed: 云指〔2026〕58号.</param>
/// <param name="Kind">Which conversation goes on with it.</param>
/// <param name="About">The first words of what was asked, or what was complained about.</param>
/// <param name="Unit">Who has to act.</param>
/// <param name="ReceivedOn">The day in China.</param>
/// <param name="State">In words: 待答复, 已答复 …</param>
/// <param name="Open">Somebody still owes an answer.</param>
/// <param name="DueOn">By when, while open.</param>
/// <param name="Overdue">The last day is over.</param>
public sealed record CaseLine(string Id, string Number, CaseKind Kind, string About, string Unit, DateOnly ReceivedOn, string State, bool Open, DateOnly? DueOn, bool Overdue);

internal sealed class MyCasesHandler(ISupervisionDb db, IMediator mediator, RulePack rules, ChinaClock clock) : IRequestHandler<MyCases, IReadOnlyList<CaseLine>>
{
    public async Task<IReadOnlyList<CaseLine>> Handle(MyCases query, CancellationToken cancellationToken)
    {
        var guidance = await GuidanceLines.OfEnterprise(db, query.By.EnterpriseId, clock.Today, cancellationToken);
        var complaints = await mediator.Send(new MyComplaints(query.By), cancellationToken);
        var appeals = query.By.Role == ActorRole.EnterpriseUser ? await mediator.Send(new MyAppeals(query.By), cancellationToken) : [];
        var reports = await mediator.Send(new MyUnlicensed(query.By), cancellationToken);
        return [.. guidance.Concat(complaints.Select(Line)).Concat(appeals.Select(Line)).Concat(reports.Select(Line)).OrderByDescending(line => line.Open).ThenByDescending(line => line.ReceivedOn).ThenByDescending(line => line.Number, StringComparer.Ordinal)];
    }

    private CaseLine Line(ComplaintProgress complaint) => new(
        complaint.ComplaintId,
        complaint.Number,
        CaseKind.Complaint,
        complaint.Kind.InChinese(),
        rules.SupervisionOffice.Name,
        complaint.ReceivedOn,
        complaint.Stage,
        complaint.IsOpen,
        complaint.ReplyDue,
        complaint.ReplyDue < clock.Today);

    private CaseLine Line(AppealView appeal) => new(
        appeal.AppealId,
        appeal.Number,
        CaseKind.Appeal,
        $"对{appeal.TaskId}结果的申诉",
        rules.SupervisionOffice.Name,
        appeal.FiledOn,
        appeal.Stage.Name(),
        appeal.IsOpen,
        appeal.IsOpen ? appeal.ReplyDue : null,
        appeal.IsOpen && appeal.ReplyDue < clock.Today);

    private static CaseLine Line(UnlicensedProgress report) => new(
        report.ReportId,
        report.Number,
        CaseKind.Unlicensed,
        "无证经营举报",
        report.TownName,
        report.ReceivedOn,
        report.Answer is null ? "核实中" : "已有结果",
        report.Answer is null,
        report.DueOn,
        report.Late);
}
