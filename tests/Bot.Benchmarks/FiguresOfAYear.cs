using System.Diagnostics;
using Bot.Domain;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Figures;
using Bot.Domain.Notices;
using Bot.Domain.Reports;
using Bot.Domain.Rules;
using Bot.Storage;
using Bot.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Benchmarks;

/// <summary>The district's figures of a month, a quarter and a year, and a report's draft, over ten thousand to a million tasks of a hundred units on a SQLite file.</summary>
internal static class FiguresOfAYear
{
    public static async Task Measure()
    {
        Console.WriteLine("tasks          month      quarter         year       report   peak memory");
        foreach (var tasks in new[] { 10_000, 100_000, 1_000_000 })
            await Measure(tasks);
    }

    private static async Task Measure(int tasks)
    {
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        var time = new HandTime("2026-11-23 08:00");
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
        await OneRound.Fill(services, tasks);

        var month = await Timed(services, new FiguresOfDistrict(Actor.Service, "2026-06"));
        var quarter = await Timed(services, new FiguresOfDistrict(Actor.Service, "2026-Q2"));
        var year = await Timed(services, new FiguresOfDistrict(Actor.Service, "2026"));
        var report = await Timed(services, new DraftReport(Actor.Service, "2026-06", JointOverYear: true));
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024;
        Console.WriteLine(FormattableString.Invariant($"{tasks,9} {month,10:0.00} s {quarter,10:0.00} s {year,10:0.00} s {report,10:0.00} s {peak,10} MB"));
    }

    /// <summary>Seconds of the second time: the first also compiles the queries.</summary>
    private static async Task<double> Timed<T>(ServiceProvider services, IRequest<T> query)
    {
        await Ask(services, query);
        var began = Stopwatch.GetTimestamp();
        await Ask(services, query);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task Ask<T>(ServiceProvider services, IRequest<T> query)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(query);
    }
}
