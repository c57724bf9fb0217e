using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bot.Channels.Web;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Storage;
using Bot.Tests.Hosting;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using WebClient = Bot.Tests.Channels.Web.WebClient;

namespace Bot.Tests.Demo;

/// <summary>The demonstration as a visitor has it: over HTTP, each persona in a web conversation of their own.</summary>
internal sealed class DemoBot : IAsyncDisposable
{
    private DemoBot(RunningBot running) => Running = running;

    public RunningBot Running { get; }

    public static async Task<DemoBot> Start(DatabaseLocation? database = null) => new(await RunningBot.Start(
        settings: database is null ? ["--demo"] : ["--demo", $"--ConnectionStrings:Database={database.ConnectionString}"]));

    public async Task<IReadOnlyList<JsonObject>> Personas() =>
        [.. (await Running.Client.GetFromJsonAsync<JsonArray>("/demo/personas"))!.Select(persona => persona!.AsObject())];

    /// <summary>A persona with the token that the page would use.</summary>
    public async Task<WebClient> Be(string id)
    {
        var persona = (await Personas()).Single(persona => (string?)persona["id"] == id);
        return new WebClient(Running, (string)persona["token"]!, DirectLineTokens.LastingConversation(id));
    }

    /// <summary>Says one thing after another, as the person at the page.</summary>
    public async Task Say(string id, params IEnumerable<string> words)
    {
        var client = await Be(id);
        await client.Start();
        foreach (var said in words)
            await client.Say(said);
    }

    /// <summary>What the bot has told a persona about a case on its own account, oldest first.</summary>
    public async Task<IReadOnlyList<string>> Told(string id, string number)
    {
        var client = await Be(id);
        await client.Start();
        return [.. (await client.History()).Select(activity => (string?)activity["text"] ?? "").Where(text => text.Contains(number, StringComparison.Ordinal))];
    }

    public async Task<string> Clock() => (string)(await Running.Client.GetFromJsonAsync<JsonObject>("/demo/clock"))!["now"]!;

    public Task<HttpResponseMessage> Move(string now) => Running.Client.PostAsJsonAsync("/demo/clock", new { now });

    public async Task MoveTo(string now)
    {
        using var moved = await Move(now);
        Assert.True(moved.StatusCode == HttpStatusCode.OK, await moved.Content.ReadAsStringAsync());
    }

    public T Look<T>(Func<SupervisionDb, T> look)
    {
        using var scope = Running.Services.CreateScope();
        return look(scope.ServiceProvider.GetRequiredService<SupervisionDb>());
    }

    /// <summary>庄亦舟 of the first enterprise asks the emergency bureau.</summary>
    public Task<GuidanceReceipt> AskForGuidance() => Running.Services.GetRequiredService<Transactions>().Run(
        "test",
        (work, token) => work.Services.GetRequiredService<IMediator>().Send(
            new RequestGuidance(new Actor("C001", ActorRole.EnterpriseUser, "庄亦舟", new Address("web", "C001"), "E001"), "U02", "有限空间作业审批单没有模板"), token),
        TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
