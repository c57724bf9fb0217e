using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Ratings;

/// <summary>Rates a finished inspection of one's own enterprise, or changes that rating while it may be changed (W37).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record RateInspection(Actor By, string TaskId, int Score, string Text, bool Anonymous) : ICommand<RatingReceipt>, IMayBeAnonymous;

/// <param name="TaskId">The inspection.</param>
/// <param name="Score">As it now stands.</param>
/// <param name="ChangeableUntil">The last day on which it may be changed.</param>
/// <param name="Changed">An earlier rating was replaced.</param>
public sealed record RatingReceipt(string TaskId, int Score, DateOnly ChangeableUntil, bool Changed) : IReceipt
{
    string IReceipt.Subject => TaskId;
}

internal sealed class RateInspectionHandler(ISupervisionDb db, RulePack rules, ChinaClock clock) : IRequestHandler<RateInspection, RatingReceipt>
{
    public static readonly Rule OwnInspection = new("只能评价到自己企业、已经结束的检查。", "W37");

    public async Task<RatingReceipt> Handle(RateInspection command, CancellationToken cancellationToken)
    {
        var (task, enterprise) = (command.TaskId, command.By.EnterpriseId);
        var unit = await db.Tasks.Where(t => t.Id == task && t.EnterpriseId == enterprise && t.CompletedOn != null && t.CompletedOn <= clock.Today).Select(t => t.UnitId).FirstOrDefaultAsync(cancellationToken);
        OwnInspection.Require(enterprise is not null && unit is not null);
        var person = command.Anonymous ? null : command.By.PersonId;
        var given = await db.Feedback.FirstOrDefaultAsync(f => f.TaskId == task, cancellationToken);
        if (given is null)
        {
            db.Feedback.Add(Feedback.Rate(task, unit!, command.Score, command.Text, person, clock.Today));
            return new RatingReceipt(task, command.Score, LastDay(clock.Today, rules), Changed: false);
        }

        var lastDay = LastDay(given.GivenOn, rules);
        given.Change(command.Score, command.Text, person, clock.Today, lastDay);
        return new RatingReceipt(task, command.Score, lastDay, Changed: true);
    }

    /// <summary>A right of the person, not an office's time limit: it ends on its very day, working day or not.</summary>
    internal static DateOnly LastDay(DateOnly givenOn, RulePack rules) => givenOn.AddDays(rules.RatingChangeable.Period.Amount);
}
