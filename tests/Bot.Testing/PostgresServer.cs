using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bot.Testing;

/// <summary>The server named by <c>BOT_TEST_POSTGRES</c>, or a private one in a temporary folder for as long as the tests run.</summary>
internal static class PostgresServer
{
    /// <summary>Null when there is neither.</summary>
    public static Lazy<Task<string?>> ConnectionString { get; } = new(Find);

    private static async Task<string?> Find()
    {
        if (Environment.GetEnvironmentVariable("BOT_TEST_POSTGRES") is { Length: > 0 } given)
            return given;
        return Binaries() is { } binaries ? await Start(binaries) : null;
    }

    private static string? Binaries()
    {
        const string debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(debian) ? Directory.GetDirectories(debian).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [];
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return installed.Concat(onPath).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "pg_ctl")) && File.Exists(Path.Combine(folder, "initdb")));
    }

    private static async Task<string> Start(string binaries)
    {
        var data = Path.Combine(Path.GetTempPath(), $"bot-postgres-{Guid.NewGuid():N}");
        var port = FreePort();
        var control = Path.Combine(binaries, "pg_ctl");
        await Run(Path.Combine(binaries, "initdb"), "-D", data, "-U", "bot", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");

        // The tests end the service's process, never the server's: it may skip its fsyncs.
        var settings = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data} -c fsync=off -c max_connections=300";
        await Run(control, "-D", data, "-l", Path.Combine(data, "log"), "-o", settings, "-s", "-w", "start");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Run(control, "-D", data, "-m", "immediate", "-s", "-w", "stop").GetAwaiter().GetResult();
            Directory.Delete(data, recursive: true);
        };
        return $"Host=127.0.0.1;Port={port};Username=bot;Database=postgres";
    }

    private static async Task Run(string program, params IEnumerable<string> arguments)
    {
        // The server refuses to run as root, so root becomes the user that the package made.
        var start = Environment.UserName == "root"
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", program, .. arguments])
            : new ProcessStartInfo(program, arguments);

        // What the server inherits must not be a pipe that somebody reads to its end.
        (start.RedirectStandardInput, start.WorkingDirectory) = (true, Path.GetTempPath());
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
