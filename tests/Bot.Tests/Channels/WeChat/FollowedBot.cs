using Bot.Channels.WeChat;
using Bot.Emulators.WeChat;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat;

/// <summary>The real service behind the emulator's platform, both going by one clock that the test moves.</summary>
internal sealed class FollowedBot : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private FollowedBot(RunningBot bot, WeChatPlatform platform, HandTime time, LogLines log) => (Bot, Platform, Time, Log) = (bot, platform, time, log);

    public RunningBot Bot { get; }

    public WeChatPlatform Platform { get; }

    public HandTime Time { get; }

    public LogLines Log { get; }

    public WeChatTurns Turns => Bot.Services.GetRequiredService<WeChatTurns>();

    public LateReplies LateReplies => Bot.Services.GetRequiredService<LateReplies>();

    public Transactions Transactions => Bot.Services.GetRequiredService<Transactions>();

    public static async Task<FollowedBot> Start(OfficialAccount? account = null, HandTime? time = null, params IReadOnlyList<string> settings)
    {
        time ??= new HandTime("2026-11-23 10:00", timers: true);
        var platform = await new WeChatPlatform(account, time).Start();
        var log = new LogLines();
        var bot = await RunningBot.Start(
            exchange: services =>
            {
                services.AddSingleton<TimeProvider>(time);
                services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(log);
            },
            settings: [.. platform.Settings, .. settings]);
        platform.Callback.SendTo(new Uri(bot.Address, "wechat"));
        return new FollowedBot(bot, platform, time, log);
    }

    /// <summary>Somebody who follows and has been greeted.</summary>
    public async Task<WeChatUser> Follower()
    {
        var user = Platform.NewUser();
        await user.Follow();
        return user;
    }

    /// <summary>What one query of the database file says.</summary>
    public T Ask<T>(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Bot.Folder, "bot.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)Convert.ChangeType(command.ExecuteScalar()!, typeof(T), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Everything that a push may leave behind.</summary>
    public string Traces() => string.Join(' ', ((string[])["seen_messages", "talk_states", "late_replies", "wechat_unknown_pushes", "audit", "delivery_reports"])
        .Select(table => $"{table}={Ask<long>($"SELECT count(*) FROM {table}")}"));

    /// <summary>Holds up every transaction until what is given back is disposed.</summary>
    public async Task<IAsyncDisposable> HoldUp()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hold = new Hold();
        hold.Held = Transactions.Run(
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

    /// <summary>Waits for what another thread is about to do.</summary>
    public static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Platform.DisposeAsync();
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
