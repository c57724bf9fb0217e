using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Files;
using Bot.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Dialogs.Tests.Plans;

/// <summary>A liaison at the desk who can send tables.</summary>
internal sealed class PlanDesk : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plans").FullName;
    private readonly Dictionary<Actor, Talk> talks = [];
    private int files;

    public PlanDesk(string now)
    {
        Yunlan = new Yunlan(now, also: services => services
            .AddSingleton(new FileStore(new Settings(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Files"] = folder }).Build(), demo: false)))
            .AddPlanSheets());
        Office = Yunlan.Office;
    }

    public Yunlan Yunlan { get; }

    public Office Office { get; }

    public async Task<string> Hear(string line, Actor? who = null) => await Of(who).Hear(line);

    public Task<string> Play(string script, Actor? who = null) => Of(who).Play(script);

    /// <summary>Sends a file as a channel would: stored, its kind known by its content.</summary>
    public async Task<string> Send(string name, byte[] content, Actor? who = null)
    {
        var sender = who ?? Yunlan.SafetyLiaison;
        var kept = await Office.Services.GetRequiredService<FileStore>().Keep(name, new MemoryStream(content), TestContext.Current.CancellationToken);
        var replies = await Of(who).Take(new Incoming(sender.Address, $"file{++files}", "", Office.Time.GetUtcNow().UtcDateTime) { Files = [kept] });
        return string.Join('\n', replies.Select(reply => reply.Text));
    }

    public void Dispose()
    {
        Yunlan.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private Talk Of(Actor? who)
    {
        var actor = who ?? Yunlan.SafetyLiaison;
        if (!talks.TryGetValue(actor, out var talk))
            talks.Add(actor, talk = new Talk(Office, actor));
        return talk;
    }
}
