using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Bot.Channels.Callbacks;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Storage;
using Bot.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Benchmarks;

/// <summary>
/// How long callbacks take while a hundred thousand notices go out, beside how long they take without: the service in a process of its own on a
/// SQLite file, a platform that takes every message at once, sixty-four people who talk without a pause.
/// </summary>
internal static class WhileNoticesGoOut
{
    private const int Notices = 100_000;
    private const int AtOnce = 64;
    private const int Rounds = 3;
    private const string Token = "benchtoken";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(4);
    private static readonly string[] Lines = ["匿名咨询", "仓库堆放高度有什么要求", "提交", "谢谢"];
    private static long lastMessage = 23000000000000001;

    public static async Task Measure()
    {
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        await Prepare(database);
        using var platform = new HttpListener();
        var (platformAt, serviceAt) = ($"http://127.0.0.1:{FreePort()}", $"http://127.0.0.1:{FreePort()}");
        platform.Prefixes.Add(platformAt + "/");
        platform.Start();
        var answering = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TakeEverything(platform)));
        var files = Directory.CreateTempSubdirectory("bot-files-").FullName;
        using var service = Process.Start(new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Bot.dll"), "--Urls", serviceAt, "--ConnectionStrings:Database", database.Location.ConnectionString,
            "--Manifests", Manifests.Folder, "--Files", files, "--WeChat:AppId", "wx1234567890abcdef", "--WeChat:AppSecret", "benchsecret", "--WeChat:Token", Token,
            "--WeChat:ApiBase", platformAt,
        ])
        { RedirectStandardOutput = true })!;
        service.OutputDataReceived += (_, _) => { };
        service.BeginOutputReadLine();
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri(serviceAt), Timeout = TimeSpan.FromSeconds(30) };
            await Started(http);
            await Talk(http, WarmUp);
            var without = await Several(http);
            await Owe(database);
            await Waiting(() => Sent(database) > 0);
            var before = Sent(database);
            var began = Stopwatch.GetTimestamp();
            var meanwhile = await Several(http);
            var sent = Sent(database) - before;
            Print("without notices", without);
            Print("while they go out", meanwhile);
            Console.WriteLine(FormattableString.Invariant($"p99 ratio {meanwhile.P99 / without.P99:0.00}; {sent} notices went out meanwhile, {sent / Stopwatch.GetElapsedTime(began).TotalSeconds:0} a second, {Notices - before - sent} were left"));
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
            platform.Stop();
            await answering;
            Directory.Delete(files, recursive: true);
        }
    }

    /// <summary>People who talked just now and may be written to.</summary>
    private static async Task Prepare(Databases database)
    {
        await using var services = new ServiceCollection().AddLogging().AddStorage(database.Location).AddSingleton(TimeProvider.System).AddSingleton(new ChinaClock(TimeProvider.System)).BuildServiceProvider();
        await services.GetRequiredService<Schema>().BringUpToDate(CancellationToken.None);
        await People.Add(database, Notices, ActorRole.EnterpriseUser);
        await Execute(
            database,
            """
            INSERT INTO "Addresses" ("Channel", "ExternalId", "PersonId", "LastSeenAt", "MessagesLeft", "MessagesUntil", "TapsLeft", "Awaited", "ShownAsBound")
            SELECT 'wechat', 'o' || "Id", "Id", datetime('now'), 5, datetime('now', '+2 days'), 0, 0, 0 FROM "People";
            """);
    }

    private static Task Owe(Databases database) => Execute(
        database,
        """
        INSERT INTO "Notices" ("Id", "Key", "PersonId", "Kind", "Text", "Fields", "Actions", "SubjectId", "Urgent", "Digest", "CreatedAt", "State", "Attempts", "NextAttemptAt")
        SELECT upper(substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-' || substr(h, 13, 4) || '-' || substr(h, 17, 4) || '-' || substr(h, 21)),
               "Id", "Id", 'N38', '您有一件事要办。', '{}', '[]', "Id", 1, 0, datetime('now', '-1 minute'), 'Owed', 0, datetime('now', '-1 minute')
        FROM (SELECT "Id", hex(randomblob(16)) AS h FROM "People");
        """);

    private static async Task Execute(Databases database, string sql)
    {
        await using var connection = new SqliteConnection(database.Location.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static long Sent(Databases database)
    {
        using var connection = new SqliteConnection(database.Location.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT count(*) FROM "Notices" WHERE "SentAt" IS NOT NULL""";
        return (long)command.ExecuteScalar()!;
    }

    private static async Task TakeEverything(HttpListener platform)
    {
        var answer = """{"errcode":0,"errmsg":"ok","access_token":"t","expires_in":7200}"""u8.ToArray();
        while (platform.IsListening)
        {
            try
            {
                var context = await platform.GetContextAsync();
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(answer);
                context.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private static Task Started(HttpClient http) => Waiting(() =>
    {
        try
        {
            Say(http, "o-first", 0).GetAwaiter().GetResult();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    });

    private static async Task Waiting(Func<bool> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(2))
                throw new TimeoutException("The service does not do what is waited for.");
            await Task.Delay(100);
        }
    }

    /// <summary>The round in the middle: one that the machine disturbed must not count.</summary>
    private static async Task<(double P50, double P99, int Count)> Several(HttpClient http)
    {
        var rounds = new List<(double P50, double P99, int Count)>();
        for (var round = 0; round < Rounds; round++)
        {
            var taken = await Talk(http, Round);
            taken.Sort();
            rounds.Add((taken[taken.Count / 2], taken[taken.Count * 99 / 100], taken.Count));
        }

        return rounds.OrderBy(round => round.P99).ElementAt(Rounds / 2);
    }

    /// <summary>How long each callback took, in milliseconds.</summary>
    private static async Task<List<double>> Talk(HttpClient http, TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        var taken = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            var mine = new List<double>();
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                var from = $"v{RandomNumberGenerator.GetInt32(20_000)}";
                for (var line = 0; line < Lines.Length; line++)
                {
                    var sent = Stopwatch.GetTimestamp();
                    await Say(http, from, line);
                    mine.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                }
            }

            return mine;
        }));
        return [.. taken.SelectMany(mine => mine)];
    }

    private static async Task Say(HttpClient http, string from, int line)
    {
        var (now, number) = (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), Interlocked.Increment(ref lastMessage));
        var signature = new byte[CallbackSignature.Length];
        CallbackSignature.Write(signature, Encoding.ASCII.GetBytes(Token), Encoding.ASCII.GetBytes(now), "123"u8);
        using var body = new StringContent(
            $"<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName><FromUserName><![CDATA[{from}]]></FromUserName><CreateTime>{now}</CreateTime>"
            + $"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{Lines[line]}]]></Content><MsgId>{number}</MsgId></xml>",
            Encoding.UTF8,
            "text/xml");
        using var answer = await http.PostAsync(new Uri($"/wechat?signature={Encoding.ASCII.GetString(signature)}&timestamp={now}&nonce=123", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Print(string what, (double P50, double P99, int Count) round) =>
        Console.WriteLine(FormattableString.Invariant($"{what,-20} p50 {round.P50,6:0.0} ms  p99 {round.P99,6:0.0} ms  {round.Count / Round.TotalSeconds,6:0} callbacks a second"));
}
