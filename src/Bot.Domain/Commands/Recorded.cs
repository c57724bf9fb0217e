using Bot.Domain.Audit;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Commands;

/// <summary>After a command: one audit entry, one save. The surrounding transaction belongs to the turn.</summary>
public sealed class Recorded<TRequest, TResponse>(ISupervisionDb db, AuditTrail trail) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommand<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        TResponse response;
        try
        {
            response = await next();
        }
        catch (RuleBrokenException)
        {
            // Everything earlier in this turn is saved already; what is still pending belongs to the refused command.
            db.ForgetChanges();
            throw;
        }

        if (request is not IRecordsItself)
            Record(request, response);
        await db.SaveChanges(cancellationToken);
        return response;
    }

    private void Record(ICommand<TResponse> command, TResponse response)
    {
        var anonymous = command is IMayBeAnonymous { Anonymous: true };
        trail.Add(
            anonymous ? AuditTrail.AnonymousActor : command.By.PersonId ?? AuditTrail.UnknownActor,
            command.GetType().Name,
            (response as IReceipt)?.Subject ?? "");
    }
}
