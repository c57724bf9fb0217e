using Bot.Domain.Commands;
using MediatR;

namespace Bot.Domain.Results;

/// <summary>Which entry of the three lists each problem fits, if one does (W23). The inspector decides whether its conditions hold.</summary>
[Allowed(ActorRole.Inspector)]
public sealed record LookUpLeniency(Actor By, IReadOnlyList<string> Problems) : IQuery<IReadOnlyList<LenientEntry?>>;

internal sealed class LookUpLeniencyHandler(LeniencyLists lists) : IRequestHandler<LookUpLeniency, IReadOnlyList<LenientEntry?>>
{
    public Task<IReadOnlyList<LenientEntry?>> Handle(LookUpLeniency query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LenientEntry?>>([.. query.Problems.Select(lists.For)]);
}
