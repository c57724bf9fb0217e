using Bot.Domain.Calendar;

namespace Bot.Storage;

/// <summary>Deletes what has been kept long enough: seen messages, old talk, and soon what was said in anonymous conversations (W28).</summary>
public sealed class Forgetting(Transactions transactions, ChinaClock clock)
{
    private const int MostRounds = 20;

    public async Task Run(CancellationToken cancellationToken)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            if (await transactions.Run("forgetting", (work, token) => work.Rows.Purge(clock.UtcNow, token), cancellationToken) == 0)
                return;
        }
    }
}
