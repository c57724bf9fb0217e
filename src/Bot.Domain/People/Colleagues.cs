using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>Who speaks for the own enterprise, and as what.</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record MyColleagues(Actor By) : IQuery<Colleagues>;

/// <param name="EnterpriseName">The enterprise that is being acted for.</param>
/// <param name="People">Everybody bound to it, the first one first.</param>
/// <param name="MayInvite">Whether the asker may let others in.</param>
public sealed record Colleagues(string EnterpriseName, IReadOnlyList<Colleague> People, bool MayInvite);

public sealed record Colleague(string BindingId, string Name, string ContactRole, bool IsMe, bool MayBeRemoved);

/// <summary>Somebody in charge takes a colleague out, at once.</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record RemoveColleague(Actor By, string BindingId) : ICommand<ColleagueRemoved>;

public sealed record ColleagueRemoved(string BindingId, string Name, string EnterpriseName) : IReceipt
{
    string IReceipt.Subject => BindingId;
}

internal sealed class ColleaguesHandler(ISupervisionDb db, RulePack rules, Leaving leaving, NoticeBoard notices) :
    IRequestHandler<MyColleagues, Colleagues>,
    IRequestHandler<RemoveColleague, ColleagueRemoved>
{
    private static readonly Rule OfAnEnterprise = new("请先绑定企业，或选一家企业再看。", "D15");
    private static readonly Rule StillThere = new("没有这位联系人，可能已经解除绑定。说“单位人员”可以看现在有谁。", "D15");
    private static readonly Rule OnlyByWhoIsInCharge = new("移除联系人由贵单位已绑定的法定代表人或安全/合规负责人办理；法定代表人只能由法定代表人移除，自己离开请说“解除绑定”。", "D15");

    public async Task<Colleagues> Handle(MyColleagues query, CancellationToken cancellationToken)
    {
        OfAnEnterprise.Require(query.By.EnterpriseId is not null);
        var bindings = await db.ActiveBindings(query.By.EnterpriseId!, cancellationToken);
        OfAnEnterprise.Require(bindings.Exists(b => b.PersonId == query.By.PersonId));
        var ids = bindings.Select(b => b.PersonId).ToArray();
        var names = await db.People.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var enterprise = await db.Enterprises.Where(e => e.Id == query.By.EnterpriseId).Select(e => e.Name).SingleAsync(cancellationToken);
        return new Colleagues(
            enterprise,
            [
                .. bindings
                    .OrderBy(b => b.RequestedAt).ThenBy(b => b.Id, StringComparer.Ordinal)
                    .Select(b => new Colleague(b.Id, names[b.PersonId], b.ContactRole, b.PersonId == query.By.PersonId, bindings.MayRemove(query.By.PersonId, b))),
            ],
            bindings.MayAdmit(query.By.PersonId));
    }

    public async Task<ColleagueRemoved> Handle(RemoveColleague command, CancellationToken cancellationToken)
    {
        OfAnEnterprise.Require(command.By.EnterpriseId is not null);
        var bindings = await db.ActiveBindings(command.By.EnterpriseId!, cancellationToken);
        var binding = bindings.Find(b => b.Id == command.BindingId);
        StillThere.Require(binding is not null);
        OnlyByWhoIsInCharge.Require(bindings.MayRemove(command.By.PersonId, binding!));
        await leaving.End(binding!, "收件人已被企业移除", cancellationToken);
        var person = await db.People.SingleAsync(p => p.Id == binding!.PersonId, cancellationToken);
        var enterprise = await db.Enterprises.SingleAsync(e => e.Id == binding!.EnterpriseId, cancellationToken);
        await notices.Owe(
            person.Id,
            "N44",
            $"N44:{binding!.Id}",
            binding.Id,
            new Dictionary<string, string> { ["enterprise"] = enterprise.Name, ["justice"] = rules.SupervisionOffice.Name, ["phone"] = rules.SupervisionOffice.Phone },
            cancellationToken);
        return new ColleagueRemoved(binding.Id, person.Name, enterprise.Name);
    }
}
