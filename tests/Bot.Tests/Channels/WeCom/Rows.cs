using Bot.Storage;
using Microsoft.Data.Sqlite;

namespace Bot.Tests.Channels.WeCom;

/// <summary>The database of a bot that runs.</summary>
internal static class Rows
{
    /// <summary>What one query of the database file says.</summary>
    public static T Ask<T>(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "bot.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)Convert.ChangeType(command.ExecuteScalar()!, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Holds up every transaction until what is given back is disposed.</summary>
    public static async Task<IAsyncDisposable> HoldUp(Transactions transactions)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hold = new Hold();
        hold.Held = transactions.Run(
            "held up",
            async (_, _) =>
            {
                entered.TrySetResult();
                await hold.Free.Task;
                return true;
            },
            CancellationToken.None);
        await entered.Task;
        return hold;
    }

    private sealed class Hold : IAsyncDisposable
    {
        public TaskCompletionSource Free { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Held { get; set; } = Task.FromResult(true);

        public async ValueTask DisposeAsync()
        {
            Free.TrySetResult();
            await Held;
        }
    }
}
