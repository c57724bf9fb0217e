using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Visits;

/// <summary>征求同意: a unit asks an enterprise whether it may come for guidance and the like (N17, J33). Named by <paramref name="VisitId"/>, it asks again for another day.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLiaison)]
public sealed record AskConsent(Actor By, VisitKind Kind, string Enterprise, DateOnly On, string HalfDay, string Content, string? VisitId = null) : ICommand<ConsentAsked>;

/// <param name="VisitId">V26-7.</param>
/// <param name="EnterpriseName">Who was asked.</param>
/// <param name="Told">How many contacts were told; without any, nobody can agree here.</param>
public sealed record ConsentAsked(string VisitId, string EnterpriseName, int Told) : IReceipt
{
    string IReceipt.Subject => VisitId;
}

internal sealed class AskConsentHandler(ISupervisionDb db, NoticeBoard notices, RulePack rules, ChinaClock clock) : IRequestHandler<AskConsent, ConsentAsked>
{
    private const int Longest = 200;

    private static readonly Rule OfAKnownKind = new("请选行政指导、辅导、走访或观摩。", "J33");
    private static readonly Rule OneEnterprise = new("没有查到这家企业，或者名称对应好几家。请写企业编号或全称。", "J33");
    private static readonly Rule NotInThePast = new("日期已经过了，请写今天或以后的日期。", "J33");
    private static readonly Rule WithContent = new("请用一句话写明内容（最多200字），企业会看到。", "J33");
    private static readonly Rule SomebodyToAsk = new("这家企业还没有联系人绑定，没法在这里征求同意。请电话或书面征求，并留存记录。", "J33");
    private static readonly Rule OwnVisit = new("没有找到这次走访，或者它不是您的单位安排的。", "D15") { Boundary = true };

    public async Task<ConsentAsked> Handle(AskConsent command, CancellationToken cancellationToken)
    {
        OfAKnownKind.Require(Enum.IsDefined(command.Kind));
        NotInThePast.Require(command.On >= clock.Today);
        var content = command.Content.Trim();
        WithContent.Require(content.Length is > 0 and <= Longest);
        var visit = await Named(command, cancellationToken);
        visit.Ask(command.On, command.HalfDay is "上午" or "下午" ? command.HalfDay : "", content, command.By.PersonId!);

        var enterprise = await db.Enterprises.FirstAsync(e => e.Id == visit.EnterpriseId, cancellationToken);
        var contacts = await db.ContactsOf(enterprise.Id, cancellationToken);
        SomebodyToAsk.Require(contacts.Count > 0);
        var unit = await db.Units.Where(u => u.Id == visit.UnitId).Select(u => u.Name).FirstAsync(cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["unit"] = unit,
            ["date"] = ChineseDates.WithWeekday(visit.On) + visit.HalfDay,
            ["name"] = visit.Kind.Name(),
            ["content"] = content.TrimEnd('。'),
            ["visit"] = visit.Id,
        };
        foreach (var contact in contacts)
        {
            await notices.Owe(
                contact, "N17", FormattableString.Invariant($"N17:{visit.Id}:{visit.Asked}:{contact}"), visit.Id, fields, cancellationToken, actions: [$"同意 {visit.Id}", $"不同意 {visit.Id}", $"换时间 {visit.Id}"]);
        }

        return new ConsentAsked(visit.Id, enterprise.Name, contacts.Count);
    }

    private async Task<Visit> Named(AskConsent command, CancellationToken cancellationToken)
    {
        if (command.VisitId is { } id)
        {
            var known = await db.Visits.FirstOrDefaultAsync(v => v.Id == id, cancellationToken);
            OwnVisit.Require(known is not null && known.UnitId == command.By.UnitId);
            return known!;
        }

        var asked = command.Enterprise.Trim();
        var found = await db.Enterprises.Where(e => e.Id == asked || e.CreditCode == asked || e.Name.Contains(asked)).OrderBy(e => e.Id).Take(2).ToListAsync(cancellationToken);
        OneEnterprise.Require(asked.Length > 0 && found.Count == 1);
        var number = await Numbers.Take(db, rules.Series("visit"), "V", clock.Today.Year, 1, cancellationToken);
        var visit = new Visit(number.Id, command.By.UnitId!, found[0].Id, command.Kind, command.On);
        db.Visits.Add(visit);
        return visit;
    }
}
