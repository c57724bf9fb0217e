using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.People;

/// <summary>
/// Somebody in charge invites a colleague to the own enterprise; the justice bureau gives the first code to an enterprise that has nobody yet (decision 8).
/// </summary>
/// <param name="By">Who invites.</param>
/// <param name="ContactRole">As what the newcomer will speak for the enterprise; the bureau leaves it open.</param>
/// <param name="EnterpriseId">Named by the bureau only; a contact invites to the enterprise that is being acted for.</param>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Supervisor)]
public sealed record IssueBindingCode(Actor By, string? ContactRole, string? EnterpriseId = null) : ICommand<BindingCodeIssued>;

/// <param name="Code">7KQ2M-4XF9T; told here and nowhere again.</param>
/// <param name="EnterpriseId">Whom it opens.</param>
/// <param name="EnterpriseName">The same in words.</param>
/// <param name="LastDay">The last day on which it can be used.</param>
public sealed record BindingCodeIssued(string Code, string EnterpriseId, string EnterpriseName, DateOnly LastDay) : IReceipt
{
    string IReceipt.Subject => EnterpriseId;
}

internal sealed class IssueBindingCodeHandler(ISupervisionDb db, RulePack rules, CalendarBook calendars, ChinaClock clock) : IRequestHandler<IssueBindingCode, BindingCodeIssued>
{
    private static readonly Rule ForAnEnterprise = new("请先选定是哪一家企业，再发绑定码。", "D15");
    private static readonly Rule Licensed = new("这个对象没有统一社会信用代码，不能绑定。领到执照后，请先更新名录。", "D15");
    private static readonly Rule OnlyByWhoIsInCharge = new("邀请同事由贵单位已绑定的法定代表人或安全/合规负责人办理。同事也可以自己发“绑定企业”申请，您来确认。", "D15");
    private static readonly Rule OnlyToTheFirst = new("这家企业已经有联系人，请由联系人邀请同事；联系人都联系不上的，请对方发“绑定企业”申请，您来确认。", "D15");
    private static readonly Rule OfAKnownRole = new("身份是法定代表人、安全/合规负责人或办事人员之一，请重新选择。", "D15");
    private static readonly Rule NotTooMany = new("今天发的绑定码已经够多了，请明天再发。", "D15");

    public async Task<BindingCodeIssued> Handle(IssueBindingCode command, CancellationToken cancellationToken)
    {
        var bureau = command.By.Role == ActorRole.Supervisor;
        var enterpriseId = bureau ? command.EnterpriseId : command.By.EnterpriseId;
        var enterprise = await db.Enterprises.FirstOrDefaultAsync(e => e.Id == enterpriseId, cancellationToken);
        ForAnEnterprise.Require(enterprise is not null);
        Licensed.Require(enterprise!.CreditCode is not null);
        var bindings = await db.ActiveBindings(enterprise.Id, cancellationToken);
        if (bureau)
            OnlyToTheFirst.Require(bindings.Count == 0);
        else
            OnlyByWhoIsInCharge.Require(bindings.MayAdmit(command.By.PersonId));
        OfAKnownRole.Require(command.ContactRole is { } role ? ContactRoles.All.Contains(role) : bureau);

        var midnight = ChinaClock.ToUtc(clock.Today, TimeOnly.MinValue);
        var most = (bureau ? rules.BindingCodesPerDayOfBureau : rules.BindingCodesPerDay).Value;
        var today = await db.BindingCodes.CountAsync(c => c.IssuedById == command.By.PersonId && c.IssuedAt >= midnight, cancellationToken);
        NotTooMany.Require(today < most, $"今天已经发了{most}个绑定码，请明天再发。急的话，请对方发“绑定企业”申请，您来确认。");

        var code = BindingCode.New();
        var lastDay = calendars.Current.Due(clock.Today, rules.BindingCodeValid.Period).On;
        db.BindingCodes.Add(new BindingCode(
            BindingCode.HashOf(code), enterprise.Id, command.ContactRole, command.By.PersonId!, clock.UtcNow, ChinaClock.ToUtc(lastDay.AddDays(1), TimeOnly.MinValue)));
        return new BindingCodeIssued(code, enterprise.Id, enterprise.Name, lastDay);
    }
}

/// <summary>Enterprises by credit code or a part of the name, for who gives the first code.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record EnterprisesByName(Actor By, string Words) : IQuery<IReadOnlyList<NamedEnterprise>>;

public sealed record NamedEnterprise(string Id, string Name);

internal sealed class EnterprisesByNameHandler(ISupervisionDb db) : IRequestHandler<EnterprisesByName, IReadOnlyList<NamedEnterprise>>
{
    private const int Most = 9;

    public async Task<IReadOnlyList<NamedEnterprise>> Handle(EnterprisesByName query, CancellationToken cancellationToken)
    {
        var code = query.Words.ToUpperInvariant();
        return await db.Enterprises
            .Where(e => e.CreditCode == code || e.Name.Contains(query.Words))
            .OrderBy(e => e.Name.Length).ThenBy(e => e.Id)
            .Take(Most)
            .Select(e => new NamedEnterprise(e.Id, e.Name))
            .ToListAsync(cancellationToken);
    }
}
