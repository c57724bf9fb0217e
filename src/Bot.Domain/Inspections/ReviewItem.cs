using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Inspections;

/// <summary>The justice bureau has reviewed an entry of a unit's list; from now on it may be inspected (D06).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ApproveItem(Actor By, string ItemId) : ICommand<ItemReceipt>;

/// <summary>The justice bureau sends an entry back to its unit (D06).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ReturnItem(Actor By, string ItemId, string Because) : ICommand<ItemReceipt>;

/// <summary>The basis of an entry no longer holds; new tasks cannot name it (D03).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record RepealItem(Actor By, string ItemId, string Because) : ICommand<ItemReceipt>;

/// <param name="ItemId">IT-U02-1.</param>
/// <param name="Name">Its name.</param>
/// <param name="OpenTasks">Inspections still ahead that name it; their units have to look at them.</param>
public sealed record ItemReceipt(string ItemId, string Name, IReadOnlyList<string> OpenTasks) : IReceipt
{
    string IReceipt.Subject => ItemId;
}

/// <summary>What waits for the justice bureau's review (D06).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record ItemsToReview(Actor By) : IQuery<IReadOnlyList<ItemToReview>>;

public sealed record ItemToReview(string Id, string UnitName, string Name, string Basis, string Content, string Method);

internal sealed class ReviewItemHandler(ISupervisionDb db, ItemBook book, ChinaClock clock) :
    IRequestHandler<ApproveItem, ItemReceipt>,
    IRequestHandler<ReturnItem, ItemReceipt>,
    IRequestHandler<RepealItem, ItemReceipt>,
    IRequestHandler<ItemsToReview, IReadOnlyList<ItemToReview>>
{
    private const int LongestReason = 300;

    private static readonly Rule Known = new("没有这个检查事项，请核对编号。", "D06");
    private static readonly Rule ShortReason = new("理由请控制在300字以内。", "D06");

    public async Task<ItemReceipt> Handle(ApproveItem command, CancellationToken cancellationToken)
    {
        var item = await Item(command.ItemId, cancellationToken);
        item.Approve();
        await book.Tell(item, "司法局审核通过，可以列入计划和任务", cancellationToken);
        return new ItemReceipt(item.Id, item.Name, []);
    }

    public async Task<ItemReceipt> Handle(ReturnItem command, CancellationToken cancellationToken)
    {
        var item = await Item(command.ItemId, cancellationToken);
        var because = Reason(command.Because);
        item.Return(because);
        await book.Tell(item, $"司法局退回：{because}", cancellationToken);
        return new ItemReceipt(item.Id, item.Name, await OpenTasks(item, cancellationToken));
    }

    public async Task<ItemReceipt> Handle(RepealItem command, CancellationToken cancellationToken)
    {
        var item = await Item(command.ItemId, cancellationToken);
        var because = Reason(command.Because);
        item.Repeal(because, clock.Today);
        if (await db.ItemVersions.FirstOrDefaultAsync(v => v.ItemId == item.Id && v.From == clock.Today, cancellationToken) is { } version)
            version.Take(item);
        else
            db.ItemVersions.Add(new ItemVersion(item, clock.Today));
        await book.Tell(item, $"依据已修订或废止，新任务不能再选，请确认：{because}", cancellationToken);
        return new ItemReceipt(item.Id, item.Name, await OpenTasks(item, cancellationToken));
    }

    public async Task<IReadOnlyList<ItemToReview>> Handle(ItemsToReview query, CancellationToken cancellationToken) =>
        await db.Items.Where(item => item.Review == ItemReview.Pending && item.RepealedOn == null)
            .OrderBy(item => item.Id)
            .Join(db.Units, item => item.UnitId, unit => unit.Id, (item, unit) => new ItemToReview(item.Id, unit.Name, item.Name, item.Basis, item.Content, item.Method))
            .ToListAsync(cancellationToken);

    private async Task<InspectionItem> Item(string id, CancellationToken cancellationToken)
    {
        var item = await db.Items.FirstOrDefaultAsync(i => i.Id == id, cancellationToken);
        Known.Require(item is not null);
        return item!;
    }

    private Task<List<string>> OpenTasks(InspectionItem item, CancellationToken cancellationToken) =>
        db.Tasks.Where(t => t.UnitId == item.UnitId && t.ScheduledOn >= clock.Today && t.CompletedOn == null && t.ItemIds.Contains(item.Id)).OrderBy(t => t.Id).Select(t => t.Id).ToListAsync(cancellationToken);

    private static string Reason(string because)
    {
        var clean = because.Trim();
        ShortReason.Require(clean.Length <= LongestReason);
        return clean;
    }
}
