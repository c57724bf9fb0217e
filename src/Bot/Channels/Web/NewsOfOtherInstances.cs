using Bot.Storage;
using Npgsql;

namespace Bot.Channels.Web;

/// <summary>
/// On PostgreSQL several instances serve one conversation: what any of them commits is announced by the database, and the streams open here
/// look for it. With SQLite there is one instance, and nothing to hear.
/// </summary>
internal sealed partial class NewsOfOtherInstances(Connections connections, WebStreams streams, ILogger<NewsOfOtherInstances> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (connections.Kind != DatabaseKind.Postgres)
            return;
        using var pause = new PeriodicTimer(Pause);
        do
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (Exception lost) when (lost is NpgsqlException or IOException && !stoppingToken.IsCancellationRequested)
            {
                LogLost(log, lost.GetType().Name);
            }
        }
        while (await pause.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Listen(CancellationToken stoppingToken)
    {
        await using var connection = (NpgsqlConnection)connections.Create();
        await connection.OpenAsync(stoppingToken);
        connection.Notification += (_, news) => streams.Signal(news.Payload);
        await using (var listen = connection.CreateCommand())
        {
            listen.CommandText = "LISTEN web_activities";
            await listen.ExecuteNonQueryAsync(stoppingToken);
        }

        // What was announced while nobody listened.
        streams.SignalAll();
        while (true)
            await connection.WaitAsync(stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "News of other instances interrupted: {Why}")]
    private static partial void LogLost(ILogger logger, string why);
}
