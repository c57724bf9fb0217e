using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Guidance;

/// <summary>Asks once more about an answer; the follow-up has a limit of its own, counted from its own receipt (J18).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record AskFollowUp(Actor By, string RequestId, string Question) : ICommand<FollowUpReceipt>;

/// <summary>The same for an anonymous question, which only its look-up code leads to (W28).</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record AskFollowUpByCode(Actor By, string Code, string Question) : ICommand<FollowUpReceipt>, IMayBeAnonymous
{
    public bool Anonymous => true;
}

public sealed record FollowUpReceipt(string Id, string Number, DateOnly DueOn, bool Provisional, string Limit, string HowCounted) : IReceipt
{
    public string Subject => Id;
}

internal sealed class AskFollowUpHandler(GuidanceRegister register, DeadlineBook deadlines, RulePack rules, CalendarBook calendars, ChinaClock clock) :
    IRequestHandler<AskFollowUp, FollowUpReceipt>,
    IRequestHandler<AskFollowUpByCode, FollowUpReceipt>
{
    private static readonly Rule WithQuestion = new("请写明还想问什么。", "J18");

    public async Task<FollowUpReceipt> Handle(AskFollowUp command, CancellationToken cancellationToken) =>
        await Ask(await register.OfEnterprise(command.By, command.RequestId, cancellationToken), command.Question, cancellationToken);

    public async Task<FollowUpReceipt> Handle(AskFollowUpByCode command, CancellationToken cancellationToken) =>
        await Ask(await register.ByCode(command.Code, cancellationToken), command.Question, cancellationToken);

    private async Task<FollowUpReceipt> Ask(GuidanceRequest request, string question, CancellationToken cancellationToken)
    {
        WithQuestion.Require(!string.IsNullOrWhiteSpace(question));
        var answered = await register.DeadlineOf(request, cancellationToken);
        var followUp = request.AskAgain(question.Trim(), rules.GuidanceFollowUps.Value, clock.UtcNow);
        var due = deadlines.Open(GuidanceDeadlines.FollowUpReply, rules.GuidanceFollowUpReply, followUp.Id, $"指导追问{request.Number}", request.UnitId, answered.HandlerIds);
        await register.TellUnit(request, await register.DeadlineOf(request, cancellationToken), cancellationToken);
        return new FollowUpReceipt(request.Id, request.Number, due.On, due.Provisional, rules.GuidanceFollowUpReply.Period.ToString(), calendars.Current.Explain(clock.Today, due));
    }
}
