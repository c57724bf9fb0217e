using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Forms;

/// <summary>A form for those who fill it in, or who send it out.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.LegalObserver, ActorRole.UnitLeader, ActorRole.Supervisor)]
public sealed record FindForm(Actor By, string FormId) : IQuery<Form>;

/// <summary>The points of conduct that inspectors are bound to, by heading, as the justice bureau entered them from the official text (S34).</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor)]
public sealed record PointsOfConduct(Actor By) : IQuery<IReadOnlyList<ConductHeading>>;

/// <param name="Heading">五个严禁.</param>
/// <param name="Points">Empty while the bureau has not entered the text.</param>
public sealed record ConductHeading(string Heading, IReadOnlyList<string> Points);

internal sealed class FindFormHandler(FormBook forms, RulePack rules) : IRequestHandler<FindForm, Form>, IRequestHandler<PointsOfConduct, IReadOnlyList<ConductHeading>>
{
    private static readonly Rule KnownForm = new("没有这份表，请联系司法局。", "S09");

    public Task<Form> Handle(FindForm query, CancellationToken cancellationToken)
    {
        var form = forms.Find(query.FormId);
        KnownForm.Require(form is not null && (form.For == query.By.Role || query.By.Role == ActorRole.Supervisor));
        return Task.FromResult(form!);
    }

    public Task<IReadOnlyList<ConductHeading>> Handle(PointsOfConduct query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConductHeading>>([.. rules.PointHeadings.Select(heading => new ConductHeading(heading, rules.Points(heading)))]);
}
