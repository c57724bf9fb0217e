using System.Diagnostics;
using Bot.Domain;
using Bot.Domain.Calendar;
using Bot.Domain.Inspections;
using Bot.Domain.Merging;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Bot.Storage;
using Bot.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Benchmarks;

/// <summary>
/// What it costs to hold one new task against the unfinished ones (J26), on a SQLite file with ten thousand, a hundred thousand and a million of them,
/// five to an enterprise: the whole call, with all that is found, each time in a scope of its own as a command has it. The limit is 5 ms.
/// </summary>
internal static class MatchOneTask
{
    private const int PerEnterprise = 5;
    private const int Runs = 200;
    private static readonly DateOnly Today = new(2026, 11, 18);

    public static async Task Measure()
    {
        // The first round only warms up.
        foreach (var (tasks, shown) in new[] { (10_000, false), (10_000, true), (100_000, true), (1_000_000, true) })
        {
            await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
            var time = new HandTime("2026-11-18 10:00");
            await using var services = new ServiceCollection()
                .AddLogging(logging => logging.ClearProviders())
                .AddDomain()
                .AddStorage(database.Location)
                .AddSingleton<TimeProvider>(time)
                .AddSingleton(new ChinaClock(time))
                .AddSingleton(RulePack.Load(Manifests.Path("rules"), "yunlan"))
                .AddSingleton(new CalendarBook(new WorkingCalendar(HolidayNotices.Load(Manifests.Path("holidays")))))
                .AddSingleton(NoticeWording.Load(Manifests.Path("notices.json")))
                .BuildServiceProvider();
            await services.GetRequiredService<Schema>().BringUpToDate(CancellationToken.None);
            await Fill(database, tasks);

            await Many(services, tasks, Runs, near: true);
            await Many(services, tasks, Runs, near: false);
            var alone = await Many(services, tasks, Runs, near: false);
            var prompted = await Many(services, tasks, Runs, near: true);
            if (shown)
                Console.WriteLine(FormattableString.Invariant($"{tasks,9:N0} unfinished tasks: nothing near {alone.Median:0.00} ms (processor {alone.Processor:0.00} ms), four near and a prompt made {prompted.Median:0.00} ms (processor {prompted.Processor:0.00} ms)"));
        }
    }

    private static async Task<(double Median, double Processor)> Many(IServiceProvider services, int tasks, int runs, bool near)
    {
        var took = new List<double>();
        var processor = TimeSpan.Zero;
        for (var i = 0; i < runs; i++)
        {
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SupervisionDb>().Database.OpenConnectionAsync();
            var task = New(FormattableString.Invariant($"N{i}"), 7919L * i % (tasks / PerEnterprise), near ? Today.AddDays(30) : Today.AddDays(200));
            var matching = scope.ServiceProvider.GetRequiredService<Matching>();
            var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            var prompt = await matching.Match(task, CancellationToken.None);
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            processor += Environment.CpuUsage.TotalTime - before;
            if (prompt is not null != near)
                throw new InvalidOperationException("The match is not what it should be.");
        }

        took.Sort();
        return (took[took.Count / 2], processor.TotalMilliseconds / runs);
    }

    private static InspectionTask New(string id, long enterprise, DateOnly on) =>
        new(new TaskFacts(id, InspectionType.Daily, "U1", FormattableString.Invariant($"E{enterprise}"), on, Today) { ItemIds = ["IT1"], InspectorIds = ["I1", "I2"] });

    /// <summary>Straight into the tables: what is measured is the matching.</summary>
    private static async Task Fill(Databases database, int tasks)
    {
        await using var connection = new SqliteConnection(database.Location.ConnectionString);
        await connection.OpenAsync();
        await using var model = new SupervisionDb(new DbContextOptionsBuilder<SupervisionDb>().UseSqlite(connection).Options);
        await using var transaction = await model.Database.BeginTransactionAsync();
        model.AddRange(new Domain.People.Unit("U1", "甲局", "district", "甲", "1"), new Domain.People.Unit("U2", "乙局", "district", "乙", "2"), new InspectionItem("IT1", "U1", "事项", "依据"));
        model.AddRange(
            new Domain.People.Person("L1", "甲联", Domain.Commands.ActorRole.UnitLiaison, "U1"),
            new Domain.People.Person("L2", "乙联", Domain.Commands.ActorRole.UnitLiaison, "U2"),
            New("model", 0, Today.AddDays(400)));
        await model.SaveChangesAsync();
        await Sql(model, FormattableString.Invariant($"""
            INSERT INTO "Enterprises" SELECT {Columns(model, typeof(Domain.People.Enterprise), ("Id", "'E' || n.i"), ("CreditCode", "'C' || n.i"))}
            FROM (WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {tasks / PerEnterprise}) SELECT i FROM n) n
            """));
        await Sql(model, FormattableString.Invariant($"""
            INSERT INTO "Tasks" SELECT {Columns(model, typeof(InspectionTask), ("Id", "'T' || n.i"), ("UnitId", "'U2'"), ("EnterpriseId", $"'E' || (n.i / {PerEnterprise})"), ("ScheduledOn", $"date('2026-12-16', '+' || (n.i % {PerEnterprise}) || ' days')"))}
            FROM (WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {tasks}) SELECT i FROM n) n
            """));
        await transaction.CommitAsync();
        await Sql(model, "ANALYZE");
    }

    private static string Columns(SupervisionDb model, Type type, params (string Name, string Sql)[] own)
    {
        var entity = model.Model.FindEntityType(type)!;
        return string.Join(", ", TableColumns(model, entity.GetTableName()!).Select(column =>
            own.FirstOrDefault(one => one.Name == column).Sql
            ?? (type == typeof(InspectionTask) ? $"(SELECT \"{column}\" FROM \"Tasks\" WHERE \"Id\" = 'model')" : Blank(entity, column))));
    }

    private static string Blank(Microsoft.EntityFrameworkCore.Metadata.IEntityType entity, string column) =>
        entity.FindProperty(column)!.IsNullable ? "NULL" : entity.FindProperty(column)!.ClrType == typeof(string) ? "''" : "0";

    private static List<string> TableColumns(SupervisionDb model, string table) =>
        [.. model.Database.SqlQuery<string>($"SELECT name AS Value FROM pragma_table_info({table}) ORDER BY cid")];

    private static async Task Sql(SupervisionDb model, string sql) => await model.Database.ExecuteSqlRawAsync(sql);
}
