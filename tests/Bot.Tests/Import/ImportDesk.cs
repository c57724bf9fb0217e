using System.Text;
using Bot.CommandLine;
using Bot.Domain;
using Bot.Domain.Calendar;
using Bot.Domain.Monitoring;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Bot.Import;
using Bot.Storage;
using Bot.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Import;

/// <summary>A folder with files to import, and an empty database to import them into.</summary>
internal sealed class ImportDesk : IAsyncDisposable
{
    private readonly Databases database;
    private readonly ServiceProvider services;
    private readonly string folder = Directory.CreateTempSubdirectory("import").FullName;

    private ImportDesk(Databases database)
    {
        this.database = database;
        Directory.CreateDirectory(Path.Combine(folder, "rules"));
        foreach (var part in (string[])["holidays", "forms", "letters"])
            Directory.CreateDirectory(Path.Combine(folder, part));
        foreach (var file in (string[])[.. Directory.EnumerateFiles(Manifests.Path("rules")), .. Directory.EnumerateFiles(Manifests.Path("forms")), .. Directory.EnumerateFiles(Manifests.Path("letters")), Manifests.Path("notices.json"), Manifests.Path("holidays", "2025.json")])
            File.Copy(file, Path.Combine(folder, Path.GetRelativePath(Manifests.Path(""), file)));
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(new HandTime("2026-11-22 10:00"))
            .AddSingleton<ChinaClock>()
            .AddSingleton(RulePack.Load(Manifests.Path("rules"), "yunlan"))
            .AddSingleton(new CalendarBook(new WorkingCalendar(HolidayNotices.Load(Manifests.Path("holidays")))))
            .AddSingleton(NoticeWording.Load(Manifests.Path("notices.json")))
            .AddSingleton(RiskIndicators.Load(Manifests.Folder))
            .AddStorage(database.Location)
            .AddDomain()
            .BuildServiceProvider();
    }

    public static async Task<ImportDesk> Open(DatabaseKind kind = DatabaseKind.Sqlite)
    {
        var desk = new ImportDesk(await Databases.Fresh(kind));
        await desk.services.GetRequiredService<Schema>().BringUpToDate(TestContext.Current.CancellationToken);
        return desk;
    }

    public string Write(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text.ReplaceLineEndings("\r\n"), encoding ?? new UTF8Encoding(false));
        return path;
    }

    public async Task<Imported> Import(string name, string text, bool dryRun = false, Encoding? encoding = null) =>
        await Importing.Take(services.GetRequiredService<Transactions>(), Write(name, text, encoding), Kind.OfFile(name)!, dryRun, TestContext.Current.CancellationToken);

    /// <summary>The lines that are wrong, as an operator reads them.</summary>
    public async Task<IReadOnlyList<string>> Refused(string name, string text) => [.. (await Import(name, text)).Bad.Select(bad => bad.ToString())];

    public T Look<T>(Func<SupervisionDb, T> look)
    {
        using var scope = services.CreateScope();
        return look(scope.ServiceProvider.GetRequiredService<SupervisionDb>());
    }

    /// <summary>The whole command; gives its exit code.</summary>
    public Task<int> Run(string file, params string[] options)
    {
        var asked = Asked.Read(["import", file, .. options]);
        Assert.Null(asked.Mistake);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Database"] = database.Location.ConnectionString,
            ["Manifests"] = folder,
        }).Build();
        return ImportErrand.Run(new Settings(configuration, demo: false), asked, TestContext.Current.CancellationToken);
    }

    public string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([folder, .. parts]);

    public async Task TakeUnitsAndEnterprises()
    {
        await Import("units.csv", "单位编号,单位名称,层级,执法领域,电话\nU1,青榆镇人民政府,镇,综合行政执法,0000-1");
        await Import("enterprises.csv", $"企业编号,企业名称,统一社会信用代码\nE1,北屿纸制品有限公司,{GoodFiles.Code}");
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
