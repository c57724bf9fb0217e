using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Supervision;

/// <summary>报请区政府: writes the draft of the report with the whole course of the case. Whether it goes out is decided outside (S17).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ReportToGovernment(Actor By, string CaseId) : ICommand<LetterIssued>;

/// <summary>Puts the decision on record that the district government has made and served. The program makes none (S17).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record RecordDecision(Actor By, string CaseId, [property: AtMost(60)] string Number, DateOnly IssuedOn, DateOnly ServedOn) : ICommand<SupervisionMoved>;

/// <summary>What followed a decision: 通报批评, 约谈, 暂扣证件 …, for the register of measures (S22).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record RecordMeasure(Actor By, string CaseId, [property: AtMost(500)] string Measure) : ICommand<SupervisionMoved>;

[Allowed(ActorRole.Supervisor)]
public sealed record CloseAfterDecision(Actor By, string CaseId, [property: AtMost(1000)] string Finding) : ICommand<SupervisionMoved>;

internal sealed class AskForDecision(ISupervisionDb db, RulePack rules, SupervisionDesk desk) :
    IRequestHandler<ReportToGovernment, LetterIssued>,
    IRequestHandler<RecordDecision, SupervisionMoved>,
    IRequestHandler<RecordMeasure, SupervisionMoved>,
    IRequestHandler<CloseAfterDecision, SupervisionMoved>
{
    private static readonly Rule DecisionOnce = new("这个决定书文号已经登记在别的事项上，一个文号只能用一次。", "S17");

    public async Task<LetterIssued> Handle(ReportToGovernment command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        SupervisionCase.FollowedUpFirst.Require(one.Stage == SupervisionStage.NotCorrected);
        var paper = desk.Paper(PaperKind.Report);
        var (number, _) = await desk.Number(paper, "report", null, cancellationToken);
        var steps = await db.SupervisionSteps.Where(step => step.CaseId == one.Id).OrderBy(step => step.Ordinal).ToListAsync(cancellationToken);
        one.ReportToGovernment(number, command.By.PersonId!, desk.Today);
        var unit = await desk.UnitName(one.UnitId, cancellationToken);
        var letter = desk.Print(
            one.Id,
            one.Letters + 1,
            paper,
            number,
            new Dictionary<string, string>
            {
                ["区政府"] = $"{rules.DistrictName}人民政府",
                ["单位"] = unit,
                ["问题"] = one.Problem,
                ["经过"] = SupervisionDesk.Numbered([.. Course(one, unit, steps)]),
                ["复查情况"] = steps.Last(step => step.Deed == SupervisionDeed.FollowUp).Text,
                ["依据"] = one.DraftRule,
                ["预警日期"] = ChineseDates.Long(one.OpenedOn),
                ["预警文号"] = one.Number,
            },
            command.By);
        return new LetterIssued(one.Id, letter.Id, paper.Name, number, letter.Token, desk.Today);
    }

    public async Task<SupervisionMoved> Handle(RecordDecision command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        SupervisionCase.ReportedFirst.Require(one.Stage == SupervisionStage.BeforeGovernment);
        var number = PaperNumber.Read(command.Number);
        SupervisionCase.DecisionOnPaper.Require(number is not null);
        var paper = desk.Paper(PaperKind.Decision);
        var printed = paper.Print(number!.Series, number.Year, number.Sequence);
        DecisionOnce.Require(!await db.SupervisionCases.AnyAsync(c => c.DecisionNumber == printed, cancellationToken));
        one.RecordDecision(printed, command.IssuedOn, command.ServedOn, command.By.PersonId!, desk.Today);
        await desk.TellUnit(
            one,
            "N120",
            "1",
            new Dictionary<string, string>
            {
                ["government"] = $"{rules.DistrictName}人民政府",
                ["docName"] = paper.Name,
                ["number"] = printed,
                ["served"] = ChineseDates.Short(command.ServedOn),
                ["letter"] = one.LetterNumber!,
                ["problem"] = one.Problem,
            },
            cancellationToken);
        return Moved(one);
    }

    public async Task<SupervisionMoved> Handle(RecordMeasure command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        one.TakeMeasure(command.Measure, command.By.PersonId!, desk.Today);
        return Moved(one);
    }

    public async Task<SupervisionMoved> Handle(CloseAfterDecision command, CancellationToken cancellationToken)
    {
        var one = await desk.ForSupervisor(command.CaseId, cancellationToken);
        one.CloseAfterDecision(command.Finding, command.By.PersonId!, desk.Today);
        return Moved(one);
    }

    /// <summary>What the government needs to know of it, in the order in which it happened.</summary>
    private IEnumerable<string> Course(SupervisionCase one, string unit, IReadOnlyList<SupervisionStep> steps)
    {
        foreach (var step in steps)
        {
            var said = step.Text.TrimEnd('。');
            var words = step.Deed switch
            {
                SupervisionDeed.Warning => $"{desk.Justice}向{unit}发出预警提醒（{one.Number}）：{string.Join('；', one.Facts)}",
                SupervisionDeed.Answer => $"{unit}说明：{said}",
                SupervisionDeed.Disagreement => $"{unit}提出不同意见：{said}",
                SupervisionDeed.Uncorrected => $"核实认定：{said}",
                SupervisionDeed.Served => $"送达{desk.LetterOf(one).Name}（{one.LetterNumber}），建议：{one.DraftAdvice.TrimEnd('。')}",
                SupervisionDeed.Objection => $"{unit}提出异议：{said}",
                SupervisionDeed.ObjectionAnswered => $"答复异议：{said}",
                SupervisionDeed.Rectification => $"{unit}报告整改情况：{said}",
                _ => null,
            };
            if (words is not null)
                yield return $"{ChineseDates.Long(step.On)}，{words}。";
        }
    }

    private static SupervisionMoved Moved(SupervisionCase one) => new(one.Id, one.Number, one.Stage, null);
}
