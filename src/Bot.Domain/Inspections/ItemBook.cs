using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Inspections;

/// <summary>Keeps what an entry of a list read on each day, and tells the unit when it changes (D07).</summary>
public sealed class ItemBook(ISupervisionDb db, NoticeBoard notices, ChinaClock clock)
{
    /// <summary>A new entry, or one that reads otherwise than before.</summary>
    /// <param name="before">Null for a new one.</param>
    /// <param name="now">As it reads now.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task Keep(InspectionItem? before, InspectionItem now, CancellationToken cancellationToken)
    {
        var changes = before is null ? [] : Changes(before, now);
        if (before is not null && changes.Count == 0)
            return;
        var today = clock.Today;
        var version = db.ItemVersions.Local.FirstOrDefault(v => v.ItemId == now.Id && v.From == today)
            ?? await db.ItemVersions.FirstOrDefaultAsync(v => v.ItemId == now.Id && v.From == today, cancellationToken);
        if (version is null)
            db.ItemVersions.Add(new ItemVersion(now, today));
        else
            version.Take(now);
        if (before is not null)
            await Tell(now, string.Join('；', changes), cancellationToken);
    }

    internal async Task Tell(InspectionItem item, string change, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string> { ["item"] = item.Name, ["number"] = item.Id, ["change"] = change.TrimEnd('。') };
        foreach (var liaison in await db.OfficialsOf(item.UnitId, ActorRole.UnitLiaison, cancellationToken))
            await notices.Owe(liaison, "N19d", $"N19d:{item.Id}:{clock.UtcNow:yyyyMMddHHmmss}:{liaison}", item.Id, fields, cancellationToken, digest: true);
    }

    private static List<string> Changes(InspectionItem before, InspectionItem now)
    {
        var changes = new List<string>();
        Compare("名称", before.Name, now.Name);
        Compare("依据", before.Basis, now.Basis);
        Compare("内容", before.Content, now.Content);
        Compare("方式", before.Method, now.Method);
        Compare("废止日期", Day(before.RepealedOn), Day(now.RepealedOn));
        return changes;

        void Compare(string what, string old, string current)
        {
            if (old != current)
                changes.Add($"{what}由“{(old.Length > 0 ? old : "无")}”改为“{(current.Length > 0 ? current : "无")}”");
        }
    }

    private static string Day(DateOnly? day) => day is { } on ? ChineseDates.Long(on) : "";
}
