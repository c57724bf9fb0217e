using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Bot.Domain.Audit;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Commands;

/// <summary>
/// Writes down and counts every try to do what one's role may not, or to open what is another's or is not there: the two are told in the same words
/// and look the same from here (D15). Of who tried something without a name nothing is written (W28).
/// </summary>
public sealed partial class WatchedBoundary<TRequest, TResponse>(AuditTrail trail) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        try
        {
            return await next();
        }
        catch (RuleBrokenException refused) when (refused.Rule.Boundary && request is ICommanded)
        {
            var command = request.GetType().Name;
            BoundaryFigures.Refused(command);
            var by = request is IMayBeAnonymous { Anonymous: true } ? null : ((ICommanded)request).By.PersonId;
            trail.Add(by ?? AuditTrail.AnonymousActor, "Refuse", AskedFor(request), command);
            throw;
        }
    }

    /// <summary>What was asked for, where it has the shape of an id; whatever else somebody typed is not kept.</summary>
    private static string AskedFor(TRequest request) => request.GetType().GetProperties()
        .Where(property => property.PropertyType == typeof(string) && property.Name.EndsWith("Id", StringComparison.Ordinal))
        .Select(property => (string?)property.GetValue(request))
        .FirstOrDefault(id => id is not null && ShapeOfId().IsMatch(id)) ?? "";

    [GeneratedRegex("^[A-Za-z0-9-]{1,40}$")]
    private static partial Regex ShapeOfId();
}

internal static class BoundaryFigures
{
    private static readonly Counter<long> Total = new Meter("Bot").CreateCounter<long>("bot_refused_beyond_total", description: "Tries to do or see what is not one's own, by command.");

    public static void Refused(string command) => Total.Add(1, new KeyValuePair<string, object?>("command", command));
}
