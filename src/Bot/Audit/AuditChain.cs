using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bot.Domain.Audit;
using Bot.Storage;

namespace Bot.Audit;

/// <summary>One row of the chain as stored. Its time is text, so that both databases give back exactly what was hashed.</summary>
public sealed record AuditRow(long Seq, string At, string Actor, string Action, string Subject, string Detail, string PreviousHash, string Hash);

/// <summary>Where the chain ends. Kept in a row of its own, so that cutting off the tail is noticed.</summary>
public sealed record AuditEnd(long Seq, string Hash);

public enum AuditFlaw
{
    None,

    /// <summary>A row is not what was written, or stands in another's place.</summary>
    Changed,

    /// <summary>A row between others is gone.</summary>
    Removed,

    /// <summary>A row was put in, or stands twice.</summary>
    Inserted,

    /// <summary>The last rows are gone, or the stored end was changed.</summary>
    CutOff,
}

/// <summary>Whether the chain is whole; if not, the first row that is not as it was written.</summary>
public sealed record AuditFinding(AuditFlaw Flaw, long Row, AuditEnd End)
{
    public bool Whole => Flaw == AuditFlaw.None;

    public override string ToString() => Flaw switch
    {
        AuditFlaw.None => $"审计链完整：共{End.Seq}行，末行校验值{End.Hash}。",
        AuditFlaw.Changed => $"审计链第{Row}行被改动或调换。",
        AuditFlaw.Removed => $"审计链第{Row}行缺失。",
        AuditFlaw.Inserted => $"审计链第{Row}行是插入的或重复的。",
        _ => $"审计链从第{Row}行起的末尾与记录的终点不符（应止于第{End.Seq}行）。",
    };
}

/// <summary>
/// The ledger that nobody can quietly change (D15): each row carries the SHA-256 of itself and of the row before. Appended in the
/// transaction of what it tells about; only one transaction at a time can append.
/// </summary>
public static class AuditChain
{
    public const string Beginning = "0000000000000000000000000000000000000000000000000000000000000000";

    public static async Task Append(HotRows rows, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
            return;
        var end = await rows.AuditEnd(forAppending: true, cancellationToken);
        foreach (var entry in entries)
        {
            var row = Link(end, entry);
            await rows.AppendAudit(row, cancellationToken);
            end = new AuditEnd(row.Seq, row.Hash);
        }

        await rows.MoveAuditEnd(end, cancellationToken);
    }

    /// <summary>Reads the whole chain, a row at a time. The rows must come from one transaction, or an append meanwhile looks like a flaw.</summary>
    public static async Task<AuditFinding> Verify(HotRows rows, CancellationToken cancellationToken)
    {
        var end = await rows.AuditEnd(forAppending: false, cancellationToken);
        var before = new AuditEnd(0, Beginning);
        await foreach (var row in rows.AuditRows(cancellationToken))
        {
            if (row.Seq > before.Seq + 1)
                return new AuditFinding(AuditFlaw.Removed, before.Seq + 1, end);
            if (row.Seq <= before.Seq || row.Seq > end.Seq)
                return new AuditFinding(AuditFlaw.Inserted, row.Seq, end);
            if (row.PreviousHash != before.Hash || row.Hash != Hash(row))
                return new AuditFinding(AuditFlaw.Changed, row.Seq, end);
            before = new AuditEnd(row.Seq, row.Hash);
        }

        return before == end ? new AuditFinding(AuditFlaw.None, 0, end) : new AuditFinding(AuditFlaw.CutOff, before.Seq + 1, end);
    }

    private static AuditRow Link(AuditEnd end, AuditEntry entry)
    {
        var at = entry.At.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var row = new AuditRow(end.Seq + 1, at, entry.Actor, entry.Action, entry.Subject, entry.Detail, end.Hash, "");
        return row with { Hash = Hash(row) };
    }

    /// <summary>Each field with its length before it: moving a character from one field to the next changes the hash.</summary>
    private static string Hash(AuditRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, row.Seq);
        hash.AppendData(number);
        foreach (var field in (ReadOnlySpan<string>)[row.PreviousHash, row.At, row.Actor, row.Action, row.Subject, row.Detail])
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt64BigEndian(number, bytes.Length);
            hash.AppendData(number);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
