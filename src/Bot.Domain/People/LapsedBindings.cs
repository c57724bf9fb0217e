using Bot.Domain.Calendar;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>Part of the sweep: binding requests whose deadline has passed end, and who asked is told. A consent given late is refused without it too.</summary>
internal sealed class LapsedBindings(ISupervisionDb db, RulePack rules, NoticeBoard notices, ChinaClock clock)
{
    public async Task End(CancellationToken cancellationToken)
    {
        var today = clock.Today;
        var late = await db.Deadlines
            .Where(d => d.Kind == RequestBindingHandler.DeadlineKind && d.MetAt == null && d.DroppedAt == null && d.DueOn < today)
            .ToListAsync(cancellationToken);
        foreach (var deadline in late)
        {
            deadline.Drop(clock.UtcNow);
            var binding = await db.Bindings.SingleAsync(b => b.Id == deadline.SubjectId, cancellationToken);
            binding.Expire();
            var enterprise = await db.Enterprises.SingleAsync(e => e.Id == binding.EnterpriseId, cancellationToken);
            await notices.Owe(
                binding.PersonId, "N32", $"N32:{binding.Id}", binding.Id, BindingEnded.Fields(enterprise.Name, "到期没有人确认，已自动失效", rules), cancellationToken, actions: ["绑定企业", "人工帮助"]);
        }
    }
}
