using Bot.Demo;
using Bot.Testing;
using Bot.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat.Talks;

/// <summary>The invented district as it stands on Sunday 22 November 2026 at ten, loaded once; every talk begins with a copy of its own.</summary>
internal static class LoadedDistrict
{
    public const string Now = "2026-11-22 10:00";

    private const string Name = "bot.db";

    /// <summary>Whoever has an address at the account is reached there alone: the second one, on the web, is the demonstration's.</summary>
    public const string OnlyAtTheAccount = """DELETE FROM "Addresses" WHERE "Channel" = 'web' AND "PersonId" IN (SELECT "PersonId" FROM "Addresses" WHERE "Channel" = 'wechat')""";

    /// <summary>Officials are reached in the company's app, everybody else on the web: the account is not in these talks.</summary>
    public const string OnlyInTheCompany =
        """DELETE FROM "Addresses" WHERE "Channel" = 'wechat'; DELETE FROM "Addresses" WHERE "Channel" = 'web' AND "PersonId" IN (SELECT "PersonId" FROM "Addresses" WHERE "Channel" = 'wecom')""";

    private static readonly Lazy<Task<string>> Loaded = new(Load);

    /// <summary>A folder with a fresh copy, in which people are reached as <paramref name="reached"/> leaves it; the folder is the caller's to delete.</summary>
    public static async Task<string> Copy(string reached = OnlyAtTheAccount)
    {
        var from = await Loaded.Value;
        var folder = Directory.CreateTempSubdirectory("bot-talk-").FullName;
        var file = Path.Combine(folder, Name);
        File.Copy(from, file);
        await Run(file, reached);
        return folder;
    }

    private static async Task<string> Load()
    {
        var folder = Directory.CreateTempSubdirectory("bot-district-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var time = new TalkTime(Now);
        await using (await RunningBot.Start(folder, time.RuleOver))
        {
        }

        var file = Path.Combine(folder, Name);
        await Run(file, "SELECT 1");
        return file;
    }

    private static async Task Run(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"{sql}; PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>
/// The clock of a talk: it stands where it was set, for the product and for the platform alike. Timers never ring, so that however busy the machine is
/// the platform's five seconds are never over.
/// </summary>
internal sealed class TalkTime : TimeProvider
{
    private readonly HandTime standing;
    private readonly DemoClock clock;

    public TalkTime(string chinaTime)
    {
        standing = new HandTime(chinaTime, timers: true);
        clock = new DemoClock(standing, standing.GetUtcNow().UtcDateTime);
    }

    public override long TimestampFrequency => standing.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => standing.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => standing.CreateTimer(callback, state, dueTime, period);

    public void Advance(TimeSpan span) => clock.Set(clock.GetUtcNow().UtcDateTime + span);

    /// <summary>Puts the service under this clock and gives it the district.</summary>
    public void RuleOver(IServiceCollection services)
    {
        services.AddDemo((Settings)services.Single(service => service.ServiceType == typeof(Settings)).ImplementationInstance!);
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(this);
    }
}
