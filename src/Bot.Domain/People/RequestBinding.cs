using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>
/// Asks to speak for an enterprise. A credit code is public and proves nothing, so somebody who already speaks for the enterprise must agree;
/// where nobody does yet, the justice bureau verifies (design.md decision 8).
/// </summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public)]
public sealed record RequestBinding(Actor By, string CreditCode, [property: AtMost(50)] string ContactRole, [property: AtMost(50)] string? Name = null) : ICommand<BindingRequested>;

/// <param name="BindingId">The request, for 同意绑定 B26-1.</param>
/// <param name="EnterpriseName">Whom the person wants to speak for.</param>
/// <param name="AskedContact">Whether a contact of the enterprise was asked; otherwise the justice bureau.</param>
/// <param name="ExpiresOn">The last day on which the request can be agreed to.</param>
public sealed record BindingRequested(string BindingId, string EnterpriseName, bool AskedContact, DateOnly ExpiresOn) : IReceipt
{
    string IReceipt.Subject => BindingId;
}

internal sealed class RequestBindingHandler(ISupervisionDb db, RulePack rules, DeadlineBook deadlines, NoticeBoard notices, ChinaClock clock)
    : IRequestHandler<RequestBinding, BindingRequested>
{
    public const string DeadlineKind = "binding.confirm";

    private static readonly Rule Registered = new("没有查到这个统一社会信用代码，请核对后再试。", "D15");
    private static readonly Rule NotBoundYet = new("您已经绑定这家企业了，不用再绑定。", "D15");

    public async Task<BindingRequested> Handle(RequestBinding command, CancellationToken cancellationToken)
    {
        var enterprise = await db.Enterprises.FirstOrDefaultAsync(e => e.CreditCode == command.CreditCode, cancellationToken);
        Registered.Require(enterprise is not null);
        var person = await db.Introduce(command.By, command.Name, phone: null, cancellationToken);
        var contacts = await db.ContactsOf(enterprise!.Id, cancellationToken);
        NotBoundYet.Require(!contacts.Contains(person.Id));
        if (command.Name is { } name)
            person.IsCalled(name);

        var waiting = await db.Bindings.FirstOrDefaultAsync(
            b => b.PersonId == person.Id && b.EnterpriseId == enterprise.Id && b.State == BindingState.Waiting && b.ExpiresAt > clock.UtcNow, cancellationToken);
        if (waiting is not null)
            return new BindingRequested(waiting.Id, enterprise.Name, contacts.Count > 0, waiting.LastDay!.Value);

        var asked = contacts.Count > 0
            ? contacts
            : await db.Supervisors(cancellationToken);
        var number = await Numbers.Take(db, "绑定", "B", clock.Today.Year, 1, cancellationToken);
        var due = deadlines.Open(DeadlineKind, rules.BindingConfirmation, number.Id, $"绑定申请 {number.Id}", null, asked);
        db.Bindings.Add(new Binding(
            number.Id, person.Id, enterprise.Id, command.ContactRole, BindingState.Waiting, clock.UtcNow, ChinaClock.ToUtc(due.On.AddDays(1), TimeOnly.MinValue)));
        foreach (var id in asked)
        {
            await notices.Owe(
                id,
                "N30",
                $"N30:{number.Id}:{id}",
                number.Id,
                new Dictionary<string, string>
                {
                    ["who"] = command.Name ?? "一位用户（未留姓名）",
                    ["role"] = command.ContactRole,
                    ["enterprise"] = enterprise.Name,
                    ["due"] = ChineseDates.Short(due.On),
                    ["no"] = number.Id,
                },
                cancellationToken,
                actions: [$"同意绑定 {number.Id}", $"不同意绑定 {number.Id}"]);
        }

        return new BindingRequested(number.Id, enterprise.Name, contacts.Count > 0, due.On);
    }
}
