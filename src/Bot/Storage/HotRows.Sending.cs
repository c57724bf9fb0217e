using System.Data;
using Bot.Domain.Commands;

namespace Bot.Storage;

/// <summary>A report of the platform on what it took from us.</summary>
public sealed record DeliveryReport(string Receipt, string ExternalId, string Status)
{
    public const string Success = "success";

    public bool Arrived => Status == Success;

    /// <summary>The person refuses messages; everything else is the platform's own failure.</summary>
    public bool Blocked => Status.Contains("block", StringComparison.OrdinalIgnoreCase);

    public string Why => Blocked ? "用户拒收" : $"平台报告发送失败（{Status}）";
}

/// <summary>What sending needs: reports of the platform, and how often people let us send what they subscribed to.</summary>
public sealed partial class HotRows
{
    /// <summary>Longer than a platform takes to report, and than we take to write down what it reports on.</summary>
    private static readonly TimeSpan ReportKept = TimeSpan.FromDays(3);

    /// <summary>Longer than anything is tried again.</summary>
    private static readonly TimeSpan BegunKept = TimeSpan.FromDays(3);

    /// <summary>Keeps what the platform reports, once, whether or not our own note of the message is already written.</summary>
    public async Task Reported(string receipt, string externalId, string status, DateTime at, CancellationToken cancellationToken) =>
        await Command(Statement.Reported, receipt, externalId, status, Milliseconds(at), Milliseconds(at + ReportKept)).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Reports on notices that still wait for one.</summary>
    public async Task<IReadOnlyList<DeliveryReport>> ReportsToTake(int atMost, CancellationToken cancellationToken)
    {
        var found = new List<DeliveryReport>();
        await using var reader = await Command(Statement.ReportsToTake, (long)atMost).ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(new DeliveryReport(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return found;
    }

    /// <summary>What the platform submitted has arrived.</summary>
    public async Task NoticeArrived(string receipt, CancellationToken cancellationToken) =>
        await Command(Statement.NoticeArrived, receipt).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Whether the platform would take a message nobody asked for now, and whether this one was begun before.</summary>
    public async Task<(bool Allowed, bool Begun)> SendStands(Address address, string messageId, DateTime now, CancellationToken cancellationToken)
    {
        var allowed = await Command(Statement.HasAllowance, address.Channel, address.ExternalId, now).ExecuteScalarAsync(cancellationToken) is not null;
        return (allowed, await Command(Statement.WasBegun, messageId).ExecuteScalarAsync(cancellationToken) is not null);
    }

    /// <summary>Notes that a message which cannot be sent twice is about to go out; false when that was noted before and nobody knows what became of it.</summary>
    public async Task<bool> BeginSend(string messageId, DateTime now, CancellationToken cancellationToken) =>
        await Command(Statement.BeginSend, messageId, Milliseconds(now + BegunKept)).ExecuteNonQueryAsync(cancellationToken) == 1;

    /// <summary>Since when it is open what became of a message; null when it was not begun.</summary>
    public async Task<DateTime?> BegunSince(string messageId, CancellationToken cancellationToken) =>
        await Command(Statement.BegunUntil, messageId).ExecuteScalarAsync(cancellationToken) is long until ? DateTime.UnixEpoch.AddMilliseconds(until) - BegunKept : null;

    /// <summary>The platform surely did not take it.</summary>
    public async Task TakeBackSend(string messageId, CancellationToken cancellationToken) =>
        await Command(Statement.TakeBackSend, messageId).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Adds to what a known person accepted; of strangers nothing is kept.</summary>
    public async Task AddAccepts(string externalId, string templateId, int accepts, CancellationToken cancellationToken) =>
        await Command(Statement.AddAccepts, externalId, templateId, (long)accepts).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Takes one accept; false when there is none left.</summary>
    public async Task<bool> TakeAccept(string externalId, string templateId, CancellationToken cancellationToken) =>
        await Command(Statement.TakeAccept, externalId, templateId).ExecuteNonQueryAsync(cancellationToken) == 1;

    /// <summary>The person refuses this template, or the platform knows of no accept.</summary>
    public async Task EndAccepts(string externalId, string templateId, CancellationToken cancellationToken) =>
        await Command(Statement.EndAccepts, externalId, templateId).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Forgets what a person accepted, with everything else that is known of them.</summary>
    public async Task ForgetAccepts(string externalId, CancellationToken cancellationToken) =>
        await Command(Statement.ForgetAccepts, externalId).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Takes a notice for sending until <paramref name="until"/>; false when somebody else has, or it is no longer owed.</summary>
    public async Task<bool> ClaimNotice(Guid id, DateTime was, DateTime until, CancellationToken cancellationToken) =>
        await Command(Statement.ClaimNotice, id, was, until).ExecuteNonQueryAsync(cancellationToken) == 1;

    /// <summary>Gives a notice the address of its page, unless it has one.</summary>
    public async Task OpenPage(Guid id, string token, DateTime until, CancellationToken cancellationToken) =>
        await Command(Statement.OpenPage, id, token, until).ExecuteNonQueryAsync(cancellationToken);

    /// <summary>Writes down that a notice went out; with a receipt it still waits for the platform's report.</summary>
    public async Task NoticeSent(Guid id, string channel, string messageId, string? receipt, DateTime at, CancellationToken cancellationToken) =>
        await Command(Statement.NoticeSent, id, receipt is null ? "Sent" : "Submitted", channel, messageId, receipt, at).ExecuteNonQueryAsync(cancellationToken);

    private sealed partial class Statement
    {
        public static readonly Statement Reported = new(
            "INSERT INTO delivery_reports (receipt, external_id, status, at, purge_at) VALUES (@p1, @p2, @p3, @p4, @p5) ON CONFLICT DO NOTHING",
            Text, Text, Text, Number, Number);

        public static readonly Statement ReportsToTake = new(
            """
            SELECT r.receipt, r.external_id, r.status FROM delivery_reports r JOIN "Notices" n ON n."Receipt" = r.receipt
            WHERE n."State" = 'Submitted' ORDER BY r.at LIMIT @p1
            """,
            Number);

        public static readonly Statement NoticeArrived = new(
            """UPDATE "Notices" SET "State" = 'Sent' WHERE "Receipt" = @p1 AND "State" = 'Submitted'""", Text);

        public static readonly Statement HasAllowance = new(
            """
            SELECT 1 FROM "Addresses" WHERE "Channel" = @p1 AND "ExternalId" = @p2 AND "UnreachableSince" IS NULL
              AND (("MessagesLeft" > 0 AND "MessagesUntil" > @p3) OR ("TapsLeft" > 0 AND "TapsUntil" > @p3))
            """,
            Text, Text, DbType.DateTime);

        public static readonly Statement WasBegun = new("SELECT 1 FROM begun_sends WHERE message_id = @p1", Text);

        public static readonly Statement BegunUntil = new("SELECT purge_at FROM begun_sends WHERE message_id = @p1", Text);

        public static readonly Statement BeginSend = new("INSERT INTO begun_sends (message_id, purge_at) VALUES (@p1, @p2) ON CONFLICT DO NOTHING", Text, Number);

        public static readonly Statement TakeBackSend = new("DELETE FROM begun_sends WHERE message_id = @p1", Text);

        public static readonly Statement PurgeBegun = new(
            """
            DELETE FROM begun_sends WHERE message_id IN (SELECT message_id FROM begun_sends WHERE purge_at <= @p1 ORDER BY purge_at LIMIT 500)
            """,
            Number);

        public static readonly Statement PurgeReports = new(
            """
            DELETE FROM delivery_reports WHERE receipt IN
            (SELECT receipt FROM delivery_reports WHERE purge_at <= @p1 ORDER BY purge_at LIMIT 500)
            """,
            Number);

        public static readonly Statement AddAccepts = new(
            """
            INSERT INTO subscription_accepts (external_id, template_id, accepts)
            SELECT @p1, @p2, @p3 WHERE EXISTS (SELECT 1 FROM "Addresses" WHERE "Channel" = 'wechat' AND "ExternalId" = @p1 AND "PersonId" IS NOT NULL)
            ON CONFLICT (external_id, template_id) DO UPDATE SET accepts = subscription_accepts.accepts + @p3
            """,
            Text, Text, Number);

        public static readonly Statement TakeAccept = new(
            "UPDATE subscription_accepts SET accepts = accepts - 1 WHERE external_id = @p1 AND template_id = @p2 AND accepts > 0", Text, Text);

        public static readonly Statement EndAccepts = new(
            "DELETE FROM subscription_accepts WHERE external_id = @p1 AND template_id = @p2", Text, Text);

        public static readonly Statement ForgetAccepts = new("DELETE FROM subscription_accepts WHERE external_id = @p1", Text);

        public static readonly Statement ClaimNotice = new(
            """UPDATE "Notices" SET "NextAttemptAt" = @p3 WHERE "Id" = @p1 AND "State" = 'Owed' AND "NextAttemptAt" = @p2""", DbType.Guid, DbType.DateTime, DbType.DateTime);

        public static readonly Statement OpenPage = new(
            """UPDATE "Notices" SET "PageToken" = @p2, "PageUntil" = @p3 WHERE "Id" = @p1 AND "PageToken" IS NULL""", DbType.Guid, Text, DbType.DateTime);

        public static readonly Statement NoticeSent = new(
            """
            UPDATE "Notices" SET "State" = @p2, "SentBy" = @p3, "SentAs" = @p4, "Receipt" = @p5, "SentAt" = @p6, "LastError" = NULL
            WHERE "Id" = @p1 AND "State" IN ('Owed', 'Withdrawn')
            """,
            DbType.Guid, Text, Text, Text, Text, DbType.DateTime);
    }
}
