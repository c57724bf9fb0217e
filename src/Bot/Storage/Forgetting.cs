using Bot.Channels.WeCom;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;

namespace Bot.Storage;

/// <summary>Deletes what has been kept long enough: seen messages, old talk, and soon what was said in anonymous conversations (W28).</summary>
public sealed class Forgetting(Transactions transactions, Connections connections, RulePack rules, ChinaClock clock)
{
    private const int MostRounds = 20;

    /// <summary>What looks at all addresses, or at the whole log, is not done in every round: there may be many in a second.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private readonly Mixing mixing = new(transactions, connections, clock);
    private DateTime tidiedAt;
    private bool untidy;

    /// <summary>One at a time.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            if (await transactions.Run("forgetting", (work, token) => Round(work.Rows, clock.UtcNow, token), cancellationToken) == 0)
                break;
            untidy = true;
        }

        if ((clock.UtcNow - tidiedAt).Duration() < Pace)
            return;
        tidiedAt = clock.UtcNow;
        await transactions.Run("forgetting", (work, token) => work.Rows.BlurContacts(clock.UtcNow, token), cancellationToken);
        untidy |= await mixing.Run(cancellationToken);
        if (connections.Kind == DatabaseKind.Sqlite && untidy)
            untidy = !await EmptyLog(cancellationToken);
    }

    private async Task<int> Round(HotRows rows, DateTime now, CancellationToken cancellationToken)
    {
        var cut = 0;
        foreach (var (with, talk) in await rows.PausedTalks(now, cancellationToken))
        {
            var (left, until) = Left(with, talk);
            cut += await rows.CutTalk(with, until > now ? left : null, talk, until, cancellationToken);
        }

        return cut + await rows.Purge(now, cancellationToken);
    }

    /// <summary>What may stay of a talk after a pause, and until when; of that time only the day is kept.</summary>
    private (string? State, DateTime Until) Left(Address with, StoredTalk talk)
    {
        // What ends with a day has been cut already.
        if (talk.PurgeAt.TimeOfDay == TimeSpan.Zero || TalkState.Read(talk.State).AfterAPause(with.Channel == WeComChannel.ChannelName) is not { } left)
            return (null, talk.PurgeAt);
        var times = rules.Conversation;
        return (left.Write(), (talk.PurgeAt + (left.HasDrafts ? times.KeptFor : times.ContinueWithin)).Date.AddDays(1));
    }

    /// <summary>What was deleted still stands in the log of what was written, until that begins anew. False while somebody reads: the next time does it.</summary>
    private async Task<bool> EmptyLog(CancellationToken cancellationToken)
    {
        await using var connection = connections.Create();
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return await command.ExecuteScalarAsync(cancellationToken) is 0L;
    }
}
