using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Ratings;

/// <summary>意见反馈: an opinion or a suggestion to the justice bureau (S08, W37).</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver)]
public sealed record GiveFeedback(Actor By, string Text) : ICommand<FeedbackReceipt>;

public sealed record FeedbackReceipt(string FeedbackId, string Number) : IReceipt
{
    string IReceipt.Subject => FeedbackId;
}

internal sealed class GiveFeedbackHandler(ISupervisionDb db, RulePack rules, ChinaClock clock) : IRequestHandler<GiveFeedback, FeedbackReceipt>
{
    public async Task<FeedbackReceipt> Handle(GiveFeedback command, CancellationToken cancellationToken)
    {
        var number = await Numbers.Take(db, rules.Series("feedback"), "F", clock.Today.Year, 1, cancellationToken);
        db.Feedback.Add(Feedback.Opinion(number.Id, number.Printed, command.Text, command.By.PersonId, clock.Today));
        return new FeedbackReceipt(number.Id, number.Printed);
    }
}
