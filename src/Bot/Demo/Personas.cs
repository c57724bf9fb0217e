using Bot.Channels.Web;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;

namespace Bot.Demo;

/// <summary>Somebody whom a visitor of the demonstration may be; the token opens that person's own web conversation (contract.md).</summary>
public sealed record Persona(string Id, string Name, string Role, string UnitOrEnterprise, string Token);

/// <summary>The cast, in the order of the outline: at least one of every actor, and last a passer-by nobody knows.</summary>
public sealed class Personas(DemoFiles files, IServiceScopeFactory scopes, DirectLineTokens tokens, RulePack rules, ChinaClock clock)
{
    private const string PasserBy = "demo-visitor";

    public async Task<IReadOnlyList<Persona>> List(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SupervisionDb>();
        var ids = files.Outline.Personas;
        var people = await db.People.Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, cancellationToken);
        var units = await db.Units.ToDictionaryAsync(unit => unit.Id, unit => unit.Name, cancellationToken);
        var enterprises = await db.Bindings.Where(binding => ids.Contains(binding.PersonId) && binding.State == BindingState.Active)
            .Join(db.Enterprises, binding => binding.EnterpriseId, enterprise => enterprise.Id, (binding, enterprise) => new { binding.PersonId, enterprise.Id, enterprise.Name })
            .OrderBy(bound => bound.Id)
            .ToListAsync(cancellationToken);

        var cast = new List<Persona>();
        foreach (var person in ids.Select(id => people.GetValueOrDefault(id)).OfType<Person>())
        {
            var place = person.Role switch
            {
                ActorRole.EnterpriseUser => Join([.. enterprises.Where(bound => bound.PersonId == person.Id).Select(bound => bound.Name)]),
                ActorRole.Supervisor => rules.SupervisionOffice.Name,
                ActorRole.LegalObserver => person.Title + (person.TermTo < clock.Today ? "，聘期已满" : ""),
                _ => units.GetValueOrDefault(person.UnitId ?? "", ""),
            };
            cast.Add(As(person.Id, person.Name, person.Role, place));
        }

        cast.Add(As(PasserBy, "过路人", ActorRole.Public, "没有登记的访客"));
        return cast;
    }

    private static string Join(List<string> names) => names.Count == 0 ? "还没有绑定企业" : string.Join('、', names);

    private Persona As(string id, string name, ActorRole role, string place) =>
        new(id, name, role.ToString(), place, tokens.Issue(DirectLineTokens.LastingConversation(id), id));
}
