using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bot.CommandLine;
using Bot.Domain.Commands;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bot.Benchmarks;

/// <summary>
/// The morning list of five thousand officials, six matters each: composed, written down and handed over to a platform that takes every message at once. The
/// bare calls to that platform, one for each official, stand beside it. Service, platform and clock are one process, so that its memory is an upper bound.
/// </summary>
internal static class OneMorning
{
    private const int Officials = 5_000;
    private const int MattersEach = 6;
    private const string Evening = "2026-11-22 20:00";
    private const string Morning = "2026-11-23 09:05";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static long taken;

    public static async Task Measure()
    {
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        using var platform = new HttpListener();
        var (platformAt, serviceAt) = ($"http://127.0.0.1:{FreePort()}", $"http://127.0.0.1:{FreePort()}");
        platform.Prefixes.Add(platformAt + "/");
        platform.Start();
        var answering = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TakeEverything(platform)));
        var files = Directory.CreateTempSubdirectory("bot-files-").FullName;
        var clock = new HandTime(Evening);
        await using var service = Program.Build(
            Asked.Read(
            [
                $"--Urls={serviceAt}", $"--ConnectionStrings:Database={database.Location.ConnectionString}", $"--Manifests={Manifests.Folder}", $"--Files={files}",
                "--WeCom:CorpId=ww1234567890abcdef", "--WeCom:AgentId=1000002", $"--WeCom:Secret={new string('s', 43)}", "--WeCom:Token=benchtoken",
                $"--WeCom:EncodingAESKey={new string('a', 43)}", $"--WeCom:ApiBase={platformAt}", "--WeCom:NoticesPerSecond=10000", "--Logging:LogLevel:Default=Warning",
            ]),
            services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        await service.StartAsync();
        try
        {
            await Owe(database);
            var before = Memory();
            clock.Set(Morning);
            Interlocked.Exchange(ref taken, 0);
            var (began, worked) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
            service.Services.GetRequiredService<Ticking>().Nudge();
            while (Left(database) > 0)
            {
                if (Stopwatch.GetElapsedTime(began) > Patience)
                    throw new TimeoutException($"{Left(database)} notices are left.");
                await Task.Delay(200);
            }

            var (took, cpu) = (Stopwatch.GetElapsedTime(began), Process.GetCurrentProcess().TotalProcessorTime - worked);
            var bare = await BareCalls(platformAt);
            Console.WriteLine(FormattableString.Invariant($"{Officials} officials, {Officials * MattersEach} matters: {took.TotalSeconds:0.0} s, {cpu.TotalSeconds:0.0} s of CPU, {Interlocked.Read(ref taken) - Officials} messages"));
            Console.WriteLine(FormattableString.Invariant($"{Officials} bare calls: {bare.TotalSeconds:0.0} s; ratio {took / bare:0.0}"));
            Console.WriteLine(FormattableString.Invariant($"memory before {before / 1e6:0} MB, most {Memory() / 1e6:0} MB"));
        }
        finally
        {
            await service.StopAsync();
            platform.Stop();
            await answering;
            Directory.Delete(files, recursive: true);
        }
    }

    private static long Memory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private static async Task Owe(Databases database)
    {
        await People.Add(database, Officials, ActorRole.Inspector, "U01");
        await Execute(
            database,
            $"""
            INSERT INTO "Addresses" ("Channel", "ExternalId", "PersonId", "MessagesLeft", "TapsLeft", "Awaited", "ShownAsBound") SELECT 'wecom', 'user' || "Id", "Id", 0, 0, 0, 0 FROM "People";
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MattersEach})
            INSERT INTO "Notices" ("Id", "Key", "PersonId", "Kind", "Text", "Fields", "Actions", "SubjectId", "Urgent", "Digest", "CreatedAt", "State", "Attempts", "NextAttemptAt")
            SELECT upper(substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-' || substr(h, 13, 4) || '-' || substr(h, 17, 4) || '-' || substr(h, 21)),
                   "Id" || ':' || i, "Id", 'N7', '任务T' || i || '的检查结果最迟11月25日（周三）24时，还有2个工作日。点此办理。', json_object('object', '任务T' || i || '的检查结果', 'due', '11月25日', 'left', '2'),
                   '["打开 T' || i || '"]', 'T' || i, 0, 1, '2026-11-22 12:00:00', 'Owed', 0, '2026-11-22 12:00:00'
            FROM (SELECT p."Id", n.i, hex(randomblob(16)) AS h FROM "People" p, n);
            """);
    }

    private static async Task Execute(Databases database, string sql)
    {
        await using var connection = new SqliteConnection(database.Location.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static long Left(Databases database)
    {
        using var connection = new SqliteConnection(database.Location.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT count(*) FROM "Notices" WHERE "State" <> 'Sent'""";
        return (long)command.ExecuteScalar()!;
    }

    private static async Task TakeEverything(HttpListener platform)
    {
        while (platform.IsListening)
        {
            try
            {
                var context = await platform.GetContextAsync();
                await context.Request.InputStream.CopyToAsync(Stream.Null);
                var number = Interlocked.Increment(ref taken);
                var answer = Encoding.UTF8.GetBytes(FormattableString.Invariant($$"""{"errcode":0,"errmsg":"ok","access_token":"t","expires_in":7200,"msgid":"m{{number}}","response_code":"r{{number}}"}"""));
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

    /// <summary>What the calls alone take, sixteen at a time as the service makes them.</summary>
    private static async Task<TimeSpan> BareCalls(string platform)
    {
        using var http = new HttpClient { BaseAddress = new Uri(platform) };
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, Officials), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, token) =>
        {
            using var body = new StringContent(FormattableString.Invariant($$$"""{"touser":"user{{{number}}}","msgtype":"text","agentid":1000002,"text":{"content":"{{{new string('字', 400)}}}"}}"""), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri("/cgi-bin/message/send?access_token=t", UriKind.Relative), body, token);
            await answer.Content.ReadAsStringAsync(token);
        });
        return Stopwatch.GetElapsedTime(began);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
