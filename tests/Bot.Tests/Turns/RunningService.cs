using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bot.Testing;

namespace Bot.Tests.Turns;

/// <summary>The service as an operator runs it, in a process of its own that can be killed.</summary>
internal sealed class RunningService(Databases database, params IReadOnlyList<string> settings) : IAsyncDisposable
{
    public const string Secret = "a-secret-made-for-this-test-only-0123456789";

    private readonly int port = FreePort();
    private readonly string files = Directory.CreateTempSubdirectory("bot-files-").FullName;
    private readonly List<string> said = [];
    private TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    public Uri Url => new($"http://127.0.0.1:{port}");

    public async Task Start()
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "Bot.dll"),
            "--Urls", Url.ToString(),
            "--ConnectionStrings:Database", database.Location.ConnectionString,
            "--Manifests", Manifests.Folder,
            "--Files", files,
            "--DirectLine:Secret", Secret,
            "--DirectLine:PostsPerMinute", "100000",
            "--DirectLine:TokensPerMinute", "100000",
            .. settings,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) =>
        {
            Keep(line.Data);
            if (line.Data?.Contains("网页对话：开", StringComparison.Ordinal) == true)
                started.TrySetResult();
        };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Exited += (_, _) => started.TrySetException(new InvalidOperationException($"The service ended: {Said}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await started.Task;
        Starts++;
        ready.TrySetResult();
    }

    /// <summary>SIGKILL: nothing is said goodbye to, nothing is flushed.</summary>
    public async Task Kill()
    {
        ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public Task Ready => ready.Task;

    public string Said
    {
        get
        {
            lock (said)
                return string.Join('\n', said);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Directory.Delete(files, recursive: true);
    }

    private void Keep(string? line)
    {
        lock (said)
            said.Add(line ?? "");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
