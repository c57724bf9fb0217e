using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>A contact of the enterprise, or a supervisor, lets somebody in or does not (decision 8).</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Supervisor)]
public sealed record ConfirmBinding(Actor By, string BindingId, bool Agree) : ICommand<BindingConfirmed>;

public sealed record BindingConfirmed(string BindingId, string EnterpriseName, string PersonName, bool Agreed) : IReceipt
{
    string IReceipt.Subject => BindingId;
}

internal sealed class ConfirmBindingHandler(ISupervisionDb db, RulePack rules, DeadlineBook deadlines, NoticeBoard notices, ChinaClock clock)
    : IRequestHandler<ConfirmBinding, BindingConfirmed>
{
    /// <summary>The same words for a request that is not there and one that is not yours: its number must tell a stranger nothing.</summary>
    private static readonly Rule OnlyByContacts = new("没有等您确认的这个绑定申请，请核对编号。", "D15") { Boundary = true };

    public async Task<BindingConfirmed> Handle(ConfirmBinding command, CancellationToken cancellationToken)
    {
        var binding = await db.Bindings.FindAsync([command.BindingId], cancellationToken);
        OnlyByContacts.Require(binding is not null);
        var contacts = await db.ContactsOf(binding!.EnterpriseId, cancellationToken);
        OnlyByContacts.Require(command.By.Role == ActorRole.Supervisor || contacts.Contains(command.By.PersonId ?? ""));
        if (command.Agree)
            binding.Agree(command.By.PersonId!, clock.UtcNow);
        else
            binding.Refuse(command.By.PersonId!, clock.UtcNow);

        await deadlines.Meet(RequestBindingHandler.DeadlineKind, binding.Id, cancellationToken);
        var person = await db.People.SingleAsync(p => p.Id == binding.PersonId, cancellationToken);
        var enterprise = await db.Enterprises.SingleAsync(e => e.Id == binding.EnterpriseId, cancellationToken);
        if (command.Agree)
        {
            person.ActFor(enterprise.Id);
            await notices.Owe(
                person.Id, "N31", $"N31:{binding.Id}", binding.Id, new Dictionary<string, string> { ["enterprise"] = enterprise.Name }, cancellationToken, actions: ["检查预告", "申请行政指导"]);
        }
        else
        {
            await notices.Owe(person.Id, "N32", $"N32:{binding.Id}", binding.Id, BindingEnded.Fields(enterprise.Name, "没有得到同意", rules), cancellationToken);
        }

        return new BindingConfirmed(binding.Id, enterprise.Name, person.Name, command.Agree);
    }
}

internal static class BindingEnded
{
    public static Dictionary<string, string> Fields(string enterprise, string why, RulePack rules) => new()
    {
        ["enterprise"] = enterprise,
        ["why"] = why,
        ["justice"] = rules.SupervisionOffice.Name,
        ["phone"] = rules.SupervisionOffice.Phone,
    };
}
