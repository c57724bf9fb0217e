using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Appeals;

/// <summary>Who has to do with an appeal, and how each of them hears of it.</summary>
internal sealed class AppealDesk(ISupervisionDb db, DeadlineBook deadlines, NoticeBoard notices)
{
    public const string BasisDeadline = "appeal.basis";
    public const string ReplyDeadline = "appeal.reply";

    /// <summary>The same words for an appeal that is not there and one that is another's.</summary>
    private static readonly Rule Found = new("没有查到这件申诉，请核对编号，例如“打开 A26-3”。", "D15") { Boundary = true };

    public Task<Appeal> ForHandling(string appealId, CancellationToken cancellationToken) => Sole(db.Appeals, appealId, cancellationToken);

    public Task<Appeal> OfUnit(Actor by, string appealId, CancellationToken cancellationToken) =>
        Sole(db.Appeals.Where(a => by.UnitId != null && a.UnitId == by.UnitId), appealId, cancellationToken);

    public Task<Appeal> OfEnterprise(Actor by, string appealId, CancellationToken cancellationToken) =>
        Sole(db.Appeals.Where(a => by.EnterpriseId != null && a.EnterpriseId == by.EnterpriseId), appealId, cancellationToken);

    public async Task<DateOnly> BasisDue(Appeal appeal, CancellationToken cancellationToken) =>
        (await deadlines.Find(BasisDeadline, appeal.Id, cancellationToken))!.DueOn;

    public async Task<DateOnly> ReplyDue(Appeal appeal, CancellationToken cancellationToken) =>
        (await deadlines.Find(ReplyDeadline, appeal.Id, cancellationToken))!.DueOn;

    public async Task TellBureau(Appeal appeal, string kind, Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        foreach (var supervisor in await db.Supervisors(cancellationToken))
            await notices.Owe(supervisor, kind, $"{kind}:{appeal.Id}:{appeal.Stage}:{supervisor}", appeal.Id, fields, cancellationToken, actions: $"打开 {appeal.Id}");
    }

    public async Task TellUnit(Appeal appeal, string kind, IEnumerable<string> people, Dictionary<string, string> fields, CancellationToken cancellationToken, params string[] actions)
    {
        foreach (var person in people.Distinct())
            await notices.Owe(person, kind, $"{kind}:{appeal.Id}:{person}", appeal.Id, fields, cancellationToken, actions: actions);
    }

    /// <summary>Who appealed is told, and whoever else speaks for the enterprise.</summary>
    public async Task TellEnterprise(Appeal appeal, string kind, Dictionary<string, string> fields, CancellationToken cancellationToken, params string[] actions)
    {
        foreach (var contact in (await db.ContactsOf(appeal.EnterpriseId, cancellationToken)).Append(appeal.PersonId).Distinct())
            await notices.Owe(contact, kind, $"{kind}:{appeal.Id}:{contact}", appeal.Id, fields, cancellationToken, actions: actions);
    }

    /// <summary>Who inspected knows the basis; who speaks for the unit sees to it.</summary>
    public async Task<IReadOnlyList<string>> OwingBasis(string unitId, IEnumerable<string> inspectorIds, CancellationToken cancellationToken)
    {
        var liaisons = await db.OfficialsOf(unitId, ActorRole.UnitLiaison, cancellationToken);
        return [.. inspectorIds.Concat(liaisons).Distinct()];
    }

    private static async Task<Appeal> Sole(IQueryable<Appeal> among, string appealId, CancellationToken cancellationToken)
    {
        var appeal = await among.FirstOrDefaultAsync(a => a.Id == appealId || a.Number == appealId, cancellationToken);
        Found.Require(appeal is not null);
        return appeal!;
    }
}
