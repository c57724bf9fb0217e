using Bot.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Hosting;

/// <summary>The real service on a port of its own and in a folder of its own.</summary>
public sealed class RunningBot : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;
    private readonly bool ownsFolder;

    private RunningBot(WebApplication app, string folder, bool ownsFolder)
    {
        (this.app, this.folder, this.ownsFolder) = (app, folder, ownsFolder);
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => app.Services;

    public string Folder => folder;

    public static async Task<RunningBot> Start(
        string? folder = null, Action<IServiceCollection>? exchange = null, int port = 0, params IEnumerable<string> settings)
    {
        var own = folder is null;
        folder ??= Directory.CreateTempSubdirectory("bot").FullName;
        var asked = Asked.Read(
        [
            $"--Urls=http://127.0.0.1:{port}",
            $"--Manifests={Testing.Manifests.Folder}",
            $"--Files={Path.Combine(folder, "files")}",
            $"--ConnectionStrings:Database=Data Source={Path.Combine(folder, "bot.db")}",
            "--Logging:LogLevel:Default=Warning",
            .. settings,
        ]);
        Assert.Null(asked.Mistake);
        var app = Program.Build(asked, exchange);
        await app.StartAsync();
        return new RunningBot(app, folder, own);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsFolder)
            Directory.Delete(folder, recursive: true);
    }
}
