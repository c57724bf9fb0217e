using System.Data.Common;
using System.Diagnostics;
using Bot.Domain;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Duties;
using Bot.Domain.Figures;
using Bot.Domain.Notices;
using Bot.Domain.Reports;
using Bot.Domain.Rules;
using Bot.Storage;
using Bot.Testing;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Benchmarks;

/// <summary>
/// What a leader and the justice bureau ask in chat, a report's draft, and what the daily round tells of a month, over a year of ten thousand to a million
/// tasks of a hundred units, each task with its result and one in seven rated. For comparison one plain statement that counts the same month's visits.
/// </summary>
internal static class FiguresOfAYear
{
    private const int Units = 100;
    private const int Times = 5;
    private const string Month = "2026-06";
    private static readonly Actor Leader = new("L001", ActorRole.UnitLeader, "负责人", new Address("web", "L001"), null, "U001");

    public static async Task Measure(DatabaseKind kind, params int[] sizes)
    {
        Console.WriteLine($"{kind}: median of {Times} times, and the time of this process's processors alone, in ms");
        Console.WriteLine("tasks      of the month     own month       its list        district         quarter            year          report     plain month   ratio    read to tell   told in   peak memory");
        foreach (var tasks in sizes)
            await Measure(kind, tasks);
    }

    private static async Task Measure(DatabaseKind kind, int tasks)
    {
        await using var database = await Databases.Fresh(kind);
        var time = new HandTime("2026-12-01 08:00");
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
        await Fill(services, kind, tasks);

        var plain = await Median(() => Plain(services));
        var own = await Median(() => Ask(services, new FiguresOfUnit(Leader, "U001", Month)));
        var list = await Median(() => Ask(services, new FigureList(Leader, "U001", Month, Domain.Figures.Measure.Results)));
        var month = await Median(() => Ask(services, new FiguresOfDistrict(Actor.Service, Month)));
        var quarter = await Median(() => Ask(services, new FiguresOfDistrict(Actor.Service, "2026-Q2")));
        var year = await Median(() => Ask(services, new FiguresOfDistrict(Actor.Service, "2026")));
        var report = await Median(() => Ask(services, new DraftReport(Actor.Service, Month, JointOverYear: true)));
        var toTell = await Median(async () =>
        {
            await Ask(services, new DutiesToTell(Actor.Service));
            await Ask(services, new FiguresToTell(Actor.Service));
        });
        var told = await Tell(services);
        var ofMonth = (await Ask(services, new FiguresOfDistrict(Actor.Service, Month))).District[Domain.Figures.Measure.Visits].Part;
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024;
        Console.WriteLine(FormattableString.Invariant(
            $"{tasks,9} {ofMonth,13} {own} {list} {month} {quarter} {year} {report} {plain} {own.Took / plain.Took,7:0.0} {toTell} {told,9:0.0} {peak,10} MB"));
    }

    /// <summary>The first time, which also compiles the queries, is not counted.</summary>
    private static async Task<Cost> Median(Func<Task> asked)
    {
        await asked();
        var took = new List<double>();
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await asked();
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        took.Sort();
        return new Cost(took[took.Count / 2], (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Times);
    }

    private static async Task<T> Ask<T>(IServiceProvider services, IRequest<T> query)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(query);
    }

    /// <summary>How long the two transactions that tell a hundred units' leaders keep others waiting.</summary>
    private static async Task<double> Tell(IServiceProvider services)
    {
        var (duties, figures) = (await Ask(services, new DutiesToTell(Actor.Service)), await Ask(services, new FiguresToTell(Actor.Service)));
        var transactions = services.GetRequiredService<Transactions>();
        var began = Stopwatch.GetTimestamp();
        var first = await transactions.RunLong("sweep", (work, token) => work.Services.GetRequiredService<IMediator>().Send(new TellDutiesOfMonth(Actor.Service, duties!), token), CancellationToken.None);
        var second = await transactions.RunLong("sweep", (work, token) => work.Services.GetRequiredService<IMediator>().Send(new TellFiguresOfMonth(Actor.Service, figures!), token), CancellationToken.None);
        return (first.Units, second.Units) == (Units, Units) ? Stopwatch.GetElapsedTime(began).TotalMilliseconds : throw new InvalidOperationException("Not every leader was told.");
    }

    private static async Task Plain(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SupervisionDb>();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText =
            """
            SELECT "CompletedOn", "UnitId", count(*), count("ScannedInAt") FROM "Tasks"
            WHERE "CompletedOn" >= '2026-06-01' AND "CompletedOn" <= '2026-06-30' AND "Stage" <> 'Merged' GROUP BY "CompletedOn", "UnitId"
            """;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
        }
    }

    private static async Task Fill(ServiceProvider services, DatabaseKind kind, int tasks)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SupervisionDb>();
        await db.Database.OpenConnectionAsync();
        if (kind == DatabaseKind.Sqlite)
            await Run(db, "PRAGMA synchronous=OFF");
        await using (var whole = await db.Database.BeginTransactionAsync())
        {
            for (var unit = 0; unit < Units; unit++)
            {
                db.Add(new Domain.People.Unit($"U{unit:000}", $"单位{unit}", "district", "市场监管", "12345"));
                db.Add(new Domain.People.Person($"L{unit:000}", "负责人", ActorRole.UnitLeader, $"U{unit:000}"));
            }

            db.Add(new Domain.People.Enterprise("E0", "企业0", "0"));
            db.Add(new Domain.Inspections.InspectionTask(new Domain.Inspections.TaskFacts("T0", Domain.Inspections.InspectionType.Daily, "U000", "E0", new DateOnly(2026, 6, 1), new DateOnly(2026, 5, 1))
            {
                ItemIds = ["IT-1"],
                InspectorIds = ["I00000", "I00001"],
                ApprovedOn = new DateOnly(2026, 5, 2),
                PreviewSentOn = new DateOnly(2026, 5, 3),
            }));
            await db.SaveChangesAsync();
            foreach (var sql in Rows(new Words(kind, db), tasks))
                await Run(db, sql);
            await whole.CommitAsync();
        }

        await Run(db, kind == DatabaseKind.Sqlite ? "ANALYZE" : "VACUUM ANALYZE");
    }

    /// <summary>A year of tasks, the same number each day, each unit on each day; the first one as the service writes it, copied by the database.</summary>
    private static IEnumerable<string> Rows(Words words, int tasks)
    {
        var ended = FormattableString.Invariant($"i / 100 * 365 / {tasks / 100}");
        var numbers = FormattableString.Invariant($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {tasks})");
        yield return $"""
            INSERT INTO "Tasks" ({words.Columns("Tasks")}) {numbers}
            SELECT {words.Columns(
                "Tasks",
                ("Id", words.Padded("T", "i", 7)),
                ("UnitId", words.Padded("U", $"i % {Units}", 3)),
                ("EnterpriseId", "'E' || (i % 200000)"),
                ("Stage", "CASE WHEN i % 20 = 1 THEN 'Previewed' WHEN i % 250 = 2 THEN 'Exempted' WHEN i % 250 = 3 THEN 'Merged' ELSE 'Published' END"),
                ("ScheduledOn", words.Day("2025-12-01", ended)),
                ("JointUnitIds", $"CASE WHEN i % 20 = 7 THEN {words.OneUnit} ELSE {words.NoUnits} END"),
                ("ScannedInAt", $"CASE WHEN i % 20 <> 1 AND i % 50 <> 9 THEN {words.Moment("2025-12-01", ended)} END"),
                ("CompletedOn", $"CASE WHEN i % 20 <> 1 AND i % 250 <> 2 THEN {words.Day("2025-12-01", ended)} END"),
                ("ResultEnteredOn", $"CASE WHEN i % 20 <> 1 AND i % 250 <> 2 AND i % 500 <> 11 THEN {words.Day("2025-12-01", $"{ended} + i / 7 % 8")} END"),
                ("PublishedOn", $"CASE WHEN i % 20 <> 1 AND i % 250 <> 2 AND i % 250 <> 12 THEN {words.Day("2025-12-01", $"{ended} + 8 + i / 11 % 24")} END"),
                ("NotPublishedBecause", "CASE WHEN i % 500 = 12 THEN '涉及商业秘密' END"))}
            FROM n, "Tasks" WHERE "Id" = 'T0'
            """;
        yield return $"""
            INSERT INTO "Enterprises" ({words.Columns("Enterprises")}) {numbers}
            SELECT {words.Columns("Enterprises", ("Id", "'E' || i"), ("Name", "'企业' || i"), ("CreditCode", "'X' || i"))} FROM n, "Enterprises" WHERE "Id" = 'E0' AND i < 200000
            """;
        yield return $"""
            INSERT INTO "Results" ("TaskId", "UnitId", "CountsFrom", "Kind", "Text", "EnteredById", "EnteredAt", "Minor", "Penalty", "AwaitsLeader", "Advice")
            SELECT "Id", "UnitId", "ResultEnteredOn", 'NothingFound', '', 'I00000', {words.At}, {words.No}, "Id" LIKE '%33', {words.No}, {words.NoUnits} FROM "Tasks" WHERE "ResultEnteredOn" IS NOT NULL
            """;
        yield return """
            INSERT INTO "Feedback" ("Id", "TaskId", "UnitId", "Score", "Text", "GivenOn")
            SELECT 'F-' || "Id", "Id", "UnitId", 4, '', "ResultEnteredOn" FROM "Tasks" WHERE "ResultEnteredOn" IS NOT NULL AND CAST(substr("Id", 2) AS integer) % 7 = 3
            """;
        yield return $"""
            INSERT INTO "Deadlines" ("Id", "Kind", "SubjectId", "Title", "UnitId", "HandlerIds", "OtherUnitIds", "StartedOn", "Amount", "PeriodUnit", "Clause", "DueOn", "FirstDueOn", "Provisional", "MetAt", "StepsDone")
            SELECT 'guidance.reply:G' || "Id", 'guidance.reply', 'G' || "Id", '指导申请', "UnitId", {words.NoUnits}, {words.NoUnits}, "CompletedOn", 2, 'WorkingDays', 'S18', {words.Later}, {words.Later}, {words.No}, {words.At}, 0
            FROM "Tasks" WHERE "CompletedOn" IS NOT NULL AND CAST(substr("Id", 2) AS integer) % 100 = 13
            """;
    }

    private static async Task Run(SupervisionDb db, string sql)
    {
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Cost(double Took, double Processor)
    {
        public override string ToString() => FormattableString.Invariant($"{Took,7:0.0} ({Processor,6:0.0})");
    }

    /// <summary>The same in the words of each database.</summary>
    private sealed record Words(DatabaseKind Kind, SupervisionDb Db)
    {
        private bool Sqlite => Kind == DatabaseKind.Sqlite;

        public string No => Sqlite ? "0" : "false";
        public string NoUnits => Sqlite ? "'[]'" : "'{}'::text[]";
        public string OneUnit => Sqlite ? "'[\"U007\"]'" : "'{U007}'::text[]";
        public string At => Sqlite ? "\"CompletedOn\" || ' 06:00:00'" : "\"CompletedOn\" + interval '6 hours'";
        public string Later => Sqlite ? "date(\"CompletedOn\", '+2 day')" : "\"CompletedOn\" + 2";

        public string Padded(string head, string number, int width) =>
            Sqlite ? FormattableString.Invariant($"printf('{head}%0{width}d', {number})") : FormattableString.Invariant($"'{head}' || lpad(({number})::text, {width}, '0')");

        public string Day(string first, string plus) => Sqlite ? $"date('{first}', '+' || ({plus}) || ' day')" : $"(DATE '{first}' + ({plus})::int)";

        public string Moment(string first, string plus) => Sqlite ? $"{Day(first, plus)} || ' 01:30:00'" : $"{Day(first, plus)} + interval '90 minutes'";

        /// <summary>The columns of a table, some of them with another value in their place.</summary>
        public string Columns(string table, params (string Name, string Sql)[] instead)
        {
            var columns = Db.Model.GetEntityTypes().Single(entity => entity.GetTableName() == table).GetProperties().Select(property => property.GetColumnName()).Where(column => column != "xmin");
            return string.Join(", ", columns.Select(column => Array.Find(instead, value => value.Name == column).Sql ?? $"\"{column}\""));
        }
    }
}
