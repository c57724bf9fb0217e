using System.Net;
using System.Net.Sockets;
using Bot.Tests.Hosting;

namespace Bot.Tests.Channels.Web;

/// <summary>A service that can go down and come back at the same address with the same data.</summary>
internal sealed class RestartableBot : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bot").FullName;
    private readonly int port = FreePort();

    public RunningBot Now { get; private set; } = null!;

    public async Task Start() => Now = await RunningBot.Start(folder, port: port, settings: "--DirectLine:Secret=a secret that stays");

    public async Task Restart()
    {
        await Now.DisposeAsync();
        await Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Now.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
