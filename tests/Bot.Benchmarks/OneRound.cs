using System.Data.Common;
using System.Diagnostics;
using Bot.Domain;
using Bot.Domain.Calendar;
using Bot.Domain.Forms;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Benchmarks;

/// <summary>
/// The daily round through ten thousand to a million tasks of two hundred thousand enterprises on a SQLite file: nine in ten are published, the
/// others are ahead or wait for result and publication. First a round that raises what it finds, then one that finds nothing new, as on any morning.
/// </summary>
internal static class OneRound
{
    private const int Units = 100;
    private const int Inspectors = 20;
    private const int TasksAnEnterprise = 5;

    public static async Task Measure()
    {
        Console.WriteLine("tasks        first round   raised    next round   peak memory");
        foreach (var tasks in new[] { 10_000, 100_000, 1_000_000 })
            await Measure(tasks);
    }

    private static async Task Measure(int tasks)
    {
        await using var district = await District.Open(tasks);
        var sweep = district.Services.GetRequiredService<DailySweep>();
        var (first, raised) = await Timed(sweep);
        var (next, _) = await Timed(sweep);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024;
        Console.WriteLine(FormattableString.Invariant($"{tasks,9} {first.TotalSeconds,10:0.0} s {raised,9} {next.TotalSeconds,11:0.0} s {peak,10} MB"));
    }

    private static async Task<(TimeSpan Took, int Raised)> Timed(DailySweep sweep)
    {
        var began = Stopwatch.GetTimestamp();
        var raised = await sweep.Run(CancellationToken.None);
        return (Stopwatch.GetElapsedTime(began), raised);
    }

    internal static async Task Fill(ServiceProvider services, int tasks)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SupervisionDb>();
        await db.Database.OpenConnectionAsync();
        await Run(db, "PRAGMA synchronous=OFF");
        await using var whole = await db.Database.BeginTransactionAsync();
        for (var unit = 0; unit < Units; unit++)
        {
            db.Add(new Domain.People.Unit($"U{unit:000}", $"单位{unit}", "district", "市场监管", "12345"));
            db.Add(new Domain.People.Person($"L{unit:000}", "负责人", Domain.Commands.ActorRole.UnitLeader, $"U{unit:000}"));
            db.Add(new Domain.People.Person($"C{unit:000}", "联络员", Domain.Commands.ActorRole.UnitLiaison, $"U{unit:000}"));
            for (var i = 0; i < Inspectors; i++)
                db.Add(new Domain.People.Person($"I{unit:000}{i:00}", "检查人员", Domain.Commands.ActorRole.Inspector, $"U{unit:000}").WithCertificate($"99{unit:000}{i:00}", new DateOnly(2029, 12, 31), "有效"));
        }

        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();

        // The rows of a task and an enterprise as the service writes them, copied a million times by the database.
        var made = new Domain.Inspections.InspectionTask(new Domain.Inspections.TaskFacts("T0", Domain.Inspections.InspectionType.Daily, "U000", "E0", new DateOnly(2026, 6, 1), new DateOnly(2026, 5, 1))
        {
            ItemIds = ["IT-1"],
            InspectorIds = ["I00000", "I00001"],
            ApprovedOn = new DateOnly(2026, 5, 2),
            ApprovedBy = "L000",
            PreviewSentOn = new DateOnly(2026, 5, 3),
        });
        db.AddRange(made, new Domain.People.Enterprise("E0", "企业0", "0") { CreditLevel = "B" });
        await db.SaveChangesAsync();
        await Run(db, FormattableString.Invariant($"""
            INSERT INTO "Enterprises" ({Columns(db, "Enterprises")}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {tasks / TasksAnEnterprise - 1})
            SELECT {Columns(db, "Enterprises", ("Id", "'E' || i"), ("Name", "'企业' || i"), ("CreditCode", "'X' || i"))} FROM n, "Enterprises" WHERE "Id" = 'E0'
            """));
        await Run(db, FormattableString.Invariant($"""
            INSERT INTO "Tasks" ({Columns(db, "Tasks")}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {tasks - 1})
            SELECT {Columns(
                db,
                "Tasks",
                ("Id", "printf('T%07d', i)"),
                ("EnterpriseId", FormattableString.Invariant($"'E' || (i / {TasksAnEnterprise})")),
                ("UnitId", FormattableString.Invariant($"printf('U%03d', i % {Units})")),
                ("InspectorIds", FormattableString.Invariant($"printf('[\"I%03d%02d\",\"I%03d%02d\"]', i % {Units}, i % 9, i % {Units}, 10 + i % 9)")),
                ("Stage", "CASE i % 20 WHEN 0 THEN 'Previewed' WHEN 1 THEN 'Reported' ELSE 'Published' END"),
                ("ScheduledOn", "CASE i % 20 WHEN 0 THEN date('2026-12-16', '+' || (i / 20 % 14) || ' day') ELSE date('2026-01-05', '+' || (i % 300) || ' day') END"),
                ("CompletedOn", "CASE i % 20 WHEN 0 THEN NULL WHEN 1 THEN date('2026-11-02', '+' || (i / 20 % 14) || ' day') ELSE date('2026-01-05', '+' || (i % 300) || ' day') END"),
                ("ResultEnteredOn", "CASE i % 20 WHEN 0 THEN NULL ELSE '2026-11-18' END"),
                ("ScannedInAt", "CASE i % 20 WHEN 0 THEN NULL ELSE '2026-06-01 01:30:00' END"),
                ("PublishedOn", "CASE WHEN i % 20 > 1 THEN date('2026-01-20', '+' || (i % 300) || ' day') END"))}
            FROM n, "Tasks" WHERE "Id" = 'T0'
            """));

        // Most units keep to the quiet days: who was visited on one had complained.
        await Run(db, """UPDATE "Tasks" SET "Type" = 'AdHoc', "Ground" = 'Complaint' WHERE CAST(substr("CompletedOn", 9) AS INTEGER) <= 15""");
        await whole.CommitAsync();
        await Run(db, "ANALYZE");
    }

    /// <summary>The columns of a table, some of them with another value in their place.</summary>
    private static string Columns(SupervisionDb db, string table, params (string Name, string Sql)[] instead)
    {
        var columns = db.Model.GetEntityTypes().Single(entity => entity.GetTableName() == table).GetProperties().Select(property => property.GetColumnName());
        return string.Join(", ", columns.Select(column => Array.Find(instead, value => value.Name == column).Sql ?? $"\"{column}\""));
    }

    private static async Task Run(SupervisionDb db, string sql)
    {
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A district with so many tasks, in a database of its own.</summary>
    internal sealed class District : IAsyncDisposable
    {
        private readonly Databases database;
        private readonly ServiceProvider services;

        private District(Databases database, ServiceProvider services) => (this.database, this.services) = (database, services);

        public IServiceProvider Services => services;

        public static async Task<District> Open(int tasks)
        {
            var database = await Databases.Fresh(DatabaseKind.Sqlite);
            var time = new HandTime("2026-11-23 08:00");
            var services = new ServiceCollection()
                .AddLogging(logging => logging.ClearProviders())
                .AddDomain()
                .AddStorage(database.Location)
                .AddSingleton<TimeProvider>(time)
                .AddSingleton(new ChinaClock(time))
                .AddSingleton(RulePack.Load(Manifests.Path("rules"), "yunlan"))
                .AddSingleton(new CalendarBook(new WorkingCalendar(HolidayNotices.Load(Manifests.Path("holidays")))))
                .AddSingleton(NoticeWording.Load(Manifests.Path("notices.json")))
                .AddSingleton(FormBook.Load(Manifests.Path("forms"), RulePack.Load(Manifests.Path("rules"), "yunlan")))
                .AddSingleton<DailySweep>()
                .BuildServiceProvider();
            await services.GetRequiredService<Schema>().BringUpToDate(CancellationToken.None);
            await Fill(services, tasks);
            return new District(database, services);
        }

        public async Task Run(string sql)
        {
            await using var scope = services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<SupervisionDb>();
            await db.Database.OpenConnectionAsync();
            await OneRound.Run(db, sql);
        }

        public async Task<T> Use<T>(Func<SupervisionDb, Task<T>> look)
        {
            await using var scope = services.CreateAsyncScope();
            return await look(scope.ServiceProvider.GetRequiredService<SupervisionDb>());
        }

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
