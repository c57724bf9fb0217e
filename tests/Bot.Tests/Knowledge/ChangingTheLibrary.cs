using Bot.Domain.Knowledge;
using Bot.Domain.Manifests;
using Bot.Domain.Results;
using Bot.Knowledge;
using Bot.Storage;
using Bot.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Tests.Knowledge;

/// <summary>S18: an operator changes a file and people find it a minute later, without a restart; a broken file changes nothing.</summary>
public sealed class ChangingTheLibrary : IDisposable
{
    private const string Guide = """{ "kind": "合规指引", "entries": [{ "id": "a", "title": "#", "points": ["一"], "source": "某局", "date": "2026-03-01" }] }""";

    private readonly DirectoryInfo manifests = Directory.CreateTempSubdirectory("bot-library-");
    private readonly HandTime time = new("2026-11-20 10:00", timers: true);

    [Fact]
    public async Task A_changed_file_is_found_without_a_restart_and_a_broken_one_changes_nothing()
    {
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        using var office = new Office(database: database);
        Write(Guide.Replace("#", "粉尘清扫", StringComparison.Ordinal));
        using var watch = Watch(office);
        await watch.StartingAsync(TestContext.Current.CancellationToken);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("粉尘清扫", await First(office, "粉尘清扫"));

        Write(Guide.Replace("#", "废水排放的台账", StringComparison.Ordinal));
        Assert.Equal("废水排放的台账", await Until(office, "废水排放", "废水排放的台账"));

        Write("{");
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("废水排放的台账", await First(office, "废水排放"));
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_service_does_not_start_on_half_of_a_library()
    {
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        using var office = new Office(database: database);
        Write("{");
        using var watch = Watch(office);

        await Assert.ThrowsAsync<ManifestException>(() => watch.StartingAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose() => manifests.Delete(recursive: true);

    private static async Task<string?> First(Office office, string words) =>
        (await office.Send(new SearchKnowledge(Office.Visitor(), words))).FirstOrDefault()?.Title;

    private KnowledgeWatch Watch(Office office) => new(
        new Settings(new ConfigurationBuilder().AddInMemoryCollection([new("Manifests", manifests.FullName)]).Build(), demo: false),
        LeniencyLists.Load(Path.Combine(manifests.FullName, "lists")),
        office.Services.GetRequiredService<Transactions>(),
        time,
        NullLogger<KnowledgeWatch>.Instance);

    private async Task<string?> Until(Office office, string words, string title)
    {
        string? found = null;
        for (var minute = 0; minute < 600 && found != title; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            found = await First(office, words);
        }

        return found;
    }

    private void Write(string json)
    {
        var folder = Directory.CreateDirectory(Path.Combine(manifests.FullName, "knowledge"));
        File.WriteAllText(Path.Combine(folder.FullName, "guides.json"), json);
    }
}
