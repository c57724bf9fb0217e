using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Figures;

/// <summary>A unit's leader objects to one of its figures of a month that is over (S39).</summary>
[Allowed(ActorRole.UnitLeader)]
public sealed record ObjectToFigure(Actor By, string Period, Measure Measure, string Reason) : ICommand<FigureObjected>;

/// <param name="ObjectionId">Which one.</param>
/// <param name="Shown">The figure as it stands.</param>
public sealed record FigureObjected(string ObjectionId, string Shown) : IReceipt
{
    string IReceipt.Subject => ObjectionId;
}

/// <summary>The justice bureau has looked into an objection.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record SettleObjection(Actor By, string ObjectionId, bool Upheld, string Answer) : ICommand<ObjectionSettled>;

public sealed record ObjectionSettled(string ObjectionId) : IReceipt
{
    string IReceipt.Subject => ObjectionId;
}

/// <summary>Objections that nobody has looked into yet, the oldest first.</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record OpenObjections(Actor By) : IQuery<IReadOnlyList<ObjectionLine>>;

internal sealed class ObjectToFigureHandler(ISupervisionDb db, FigureBooks books, ObjectionDays days, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<ObjectToFigure, FigureObjected>,
    IRequestHandler<SettleObjection, ObjectionSettled>,
    IRequestHandler<OpenObjections, IReadOnlyList<ObjectionLine>>
{
    private static readonly Rule OfAUnit = new("您还不属于任何执法单位。", "S39");
    private static readonly Rule FinishedMonth = new("只能对已经结束的月份的数据提异议；本月的数据还在变化，下月第一个工作日会发给您核对。", "S39");
    private static readonly Rule InTime = new("这个月的数据已经过了提异议的时间。", "S39");
    private static readonly Rule Once = new("这一项已经提过异议，每项只能提一次。", "S39");
    private static readonly Rule KnownObjection = new("没有这条数据异议，请说“数据异议”查看待核实的。", "S39");

    public async Task<FigureObjected> Handle(ObjectToFigure command, CancellationToken cancellationToken)
    {
        var unit = command.By.UnitId;
        OfAUnit.Require(unit is not null);
        var period = SeeFiguresHandler.Period(command.Period);
        FinishedMonth.Require(period.IsMonth && clock.Today > period.To);
        InTime.Require(days.OpenUntil(period) is not null, $"{period.Name}的数据异议到{ChineseDates.WithWeekday(days.LastDay(period))}为止，已经过了时间。确有错误的，请联系司法局更正。");
        var id = FigureObjection.IdOf(unit!, period, command.Measure);
        Once.Require(!await db.FigureObjections.AnyAsync(o => o.Id == id, cancellationToken));
        var own = (await books.Read(period, unit, cancellationToken)).Single(one => one.UnitId == unit);
        var objection = new FigureObjection(unit!, period, own[command.Measure], command.Reason, command.By.PersonId!, clock.Today);
        db.FigureObjections.Add(objection);
        var fields = Fields(ObjectionDays.Line(objection, own.Name));
        foreach (var supervisor in await db.Supervisors(cancellationToken))
            await notices.Owe(supervisor, "N171", $"N171:{objection.Id}:{supervisor}", objection.Id, fields, cancellationToken, actions: ["数据异议"]);
        return new FigureObjected(objection.Id, objection.Shown);
    }

    public async Task<ObjectionSettled> Handle(SettleObjection command, CancellationToken cancellationToken)
    {
        var objection = await db.FigureObjections.FirstOrDefaultAsync(o => o.Id == command.ObjectionId, cancellationToken);
        KnownObjection.Require(objection is not null);
        objection!.Settle(command.Upheld, command.Answer, command.By.PersonId!, clock.Today);
        var unit = await db.Units.SingleAsync(u => u.Id == objection.UnitId, cancellationToken);
        var fields = Fields(ObjectionDays.Line(objection, unit.Name));
        foreach (var leader in await db.OfficialsOf(objection.UnitId, ActorRole.UnitLeader, cancellationToken))
            await notices.Owe(leader, "N172", $"N172:{objection.Id}:{leader}", objection.Id, fields, cancellationToken);
        return new ObjectionSettled(objection.Id);
    }

    public async Task<IReadOnlyList<ObjectionLine>> Handle(OpenObjections query, CancellationToken cancellationToken)
    {
        var rows = await db.FigureObjections.AsNoTracking()
            .Where(o => o.Upheld == null)
            .Join(db.Units, o => o.UnitId, u => u.Id, (o, u) => new { Objection = o, Unit = u.Name })
            .ToListAsync(cancellationToken);
        return [.. rows.OrderBy(row => row.Objection.FiledOn).ThenBy(row => row.Objection.Id, StringComparer.Ordinal).Select(row => ObjectionDays.Line(row.Objection, row.Unit))];
    }

    private static Dictionary<string, string> Fields(ObjectionLine line) => new()
    {
        ["unit"] = line.UnitName,
        ["month"] = line.Period,
        ["figure"] = $"{line.Measure.Name()}{line.Shown}",
        ["reason"] = line.Reason,
        ["answer"] = line.Upheld switch { null => "", true => $"属实。{line.Answer}", _ => $"未采纳。{line.Answer}" },
    };
}
