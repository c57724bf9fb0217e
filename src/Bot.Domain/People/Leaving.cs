using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>What ends with a binding, whoever ends it: at once, and so that no preview is lost.</summary>
internal sealed class Leaving(ISupervisionDb db, DeadlineBook deadlines, NoticeBoard notices, NoticeWording wording)
{
    /// <summary>Ends a binding that holds or waits. Gives how many others still speak for the enterprise.</summary>
    public async Task<int> End(Binding binding, string why, CancellationToken cancellationToken)
    {
        var held = binding.State == BindingState.Active;
        binding.Move(BindingState.Ended);
        if (!held)
        {
            await Settle(binding, cancellationToken);
            return 0;
        }

        var person = await db.People.SingleAsync(p => p.Id == binding.PersonId, cancellationToken);
        var bound = (await db.Bindings.Where(b => b.PersonId == person.Id && b.State == BindingState.Active).ToListAsync(cancellationToken)).Where(b => b.State == BindingState.Active).ToList();
        person.NoLongerActsFor(binding.EnterpriseId, bound.Count == 0);
        var codes = await db.BindingCodes.Where(c => c.IssuedById == person.Id && c.EnterpriseId == binding.EnterpriseId && c.UsedAt == null).ToListAsync(cancellationToken);
        db.BindingCodes.RemoveRange(codes);

        var left = (await db.ActiveBindings(binding.EnterpriseId, cancellationToken)).Select(b => b.PersonId).Where(id => id != person.Id).Distinct().ToList();
        await WithdrawPreviews(person.Id, binding.EnterpriseId, left.Count == 0, why, cancellationToken);
        var bureau = await Bureau(cancellationToken);
        if (left.Count == 0)
            await Tell(bureau, binding, cancellationToken);
        foreach (var request in await db.Bindings.Where(b => b.EnterpriseId == binding.EnterpriseId && b.State == BindingState.Waiting).ToListAsync(cancellationToken))
            (await deadlines.Find(RequestBindingHandler.DeadlineKind, request.Id, cancellationToken))?.HandTo(left.Count > 0 ? left : bureau);
        return left.Count;
    }

    /// <summary>What was asked for and waits for consent is not needed any more.</summary>
    private async Task Settle(Binding waiting, CancellationToken cancellationToken)
    {
        await deadlines.Drop(RequestBindingHandler.DeadlineKind, waiting.Id, cancellationToken);
        foreach (var asked in await db.Notices.Where(n => n.SubjectId == waiting.Id && n.State == NoticeState.Owed).ToListAsync(cancellationToken))
            asked.Withdraw();
    }

    /// <summary>A preview that was on its way to who has gone, and that nobody else has, is not a preview: the unit is told to use phone or paper.</summary>
    private async Task WithdrawPreviews(string personId, string enterpriseId, bool nobodyLeft, string why, CancellationToken cancellationToken)
    {
        var owed = await db.Notices.Where(n => n.PersonId == personId && n.State == NoticeState.Owed).ToListAsync(cancellationToken);
        var subjects = owed.Select(n => n.SubjectId).Distinct().ToArray();
        var tasks = await db.Tasks.Where(t => t.EnterpriseId == enterpriseId && subjects.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellationToken);
        foreach (var notice in owed.Where(n => tasks.ContainsKey(n.SubjectId)))
        {
            notice.Withdraw();
            if (!nobodyLeft)
                continue;
            var fields = new Dictionary<string, string>
            {
                ["name"] = wording.Templates.FirstOrDefault(t => t.Id == notice.Kind)?.Name ?? notice.Kind,
                ["subject"] = notice.SubjectId,
                ["reason"] = why,
                ["phones"] = "",
            };
            foreach (var official in await Officials(tasks[notice.SubjectId].UnitId, cancellationToken))
                await notices.Owe(official, "N21", $"undelivered:{notice.Kind}:{notice.SubjectId}:{official}:{notice.Id:N}", notice.SubjectId, fields, cancellationToken, digest: true);
        }
    }

    /// <summary>The unit's liaison, without one its leader, without one the justice bureau: a report that nobody reads is none.</summary>
    private async Task<List<string>> Officials(string unitId, CancellationToken cancellationToken)
    {
        foreach (var role in (ActorRole[])[ActorRole.UnitLiaison, ActorRole.UnitLeader])
        {
            var people = await db.People.Where(p => p.Role == role && p.UnitId == unitId).Select(p => p.Id).ToListAsync(cancellationToken);
            if (people.Count > 0)
                return people;
        }

        return await Bureau(cancellationToken);
    }

    private Task<List<string>> Bureau(CancellationToken cancellationToken) =>
        db.Supervisors(cancellationToken);

    private async Task Tell(List<string> bureau, Binding binding, CancellationToken cancellationToken)
    {
        var enterprise = await db.Enterprises.FirstOrDefaultAsync(e => e.Id == binding.EnterpriseId, cancellationToken);
        if (enterprise is null)
            return;
        foreach (var id in bureau)
        {
            await notices.Owe(
                id,
                "N42",
                $"N42:{binding.Id}:{id}",
                enterprise.Id,
                new Dictionary<string, string> { ["enterprise"] = enterprise.Name, ["code"] = enterprise.CreditCode ?? enterprise.Name },
                cancellationToken,
                digest: true,
                actions: [$"发绑定码 {enterprise.CreditCode ?? enterprise.Name}"]);
        }
    }
}
