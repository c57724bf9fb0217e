using System.Globalization;
using Bot.Domain;
using Bot.Domain.Calendar;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Duties;
using Bot.Domain.Figures;
using Bot.Domain.Forms;
using Bot.Domain.Knowledge;
using Bot.Domain.Merging;
using Bot.Domain.Monitoring;
using Bot.Domain.Notices;
using Bot.Domain.Observers;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Bot.Domain.SpotChecks;
using Bot.Domain.Supervision;
using Bot.Domain.Sweep;
using Bot.Domain.Visits;
using Bot.Storage;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Testing;

/// <summary>
/// The real handlers, pipeline and database of a small invented district, at a time the test sets. The database is SQLite in memory, or the
/// one given: then it has the service's own schema and every command runs in a transaction of the service's kind.
/// </summary>
public sealed class Office : IDisposable
{
    private readonly SqliteConnection? memory;
    private readonly ServiceProvider services;

    public Office(string now = "2026-11-20 10:00", string district = "yunlan", Databases? database = null, Action<IServiceCollection>? also = null)
    {
        Time = new HandTime(now);
        Rules = RulePack.Load(Manifests.Path("rules"), district);
        Calendars = new CalendarBook(new WorkingCalendar(HolidayNotices.Load(Manifests.Path("holidays"))));
        var collection = new ServiceCollection()
            .AddDomain()
            .AddLogging()
            .AddSingleton(Rules)
            .AddSingleton(Calendars)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(new ChinaClock(Time))
            .AddSingleton(NoticeWording.Load(Manifests.Path("notices.json")))
            .AddSingleton(LeniencyLists.Load(Manifests.Path("lists")))
            .AddSingleton(FormBook.Load(Manifests.Path("forms"), Rules))
            .AddSingleton(RiskIndicators.Load(Manifests.Folder))
            .AddSingleton(PaperBook.Load(Manifests.Folder));
        if (database is null)
        {
            memory = new SqliteConnection("Data Source=:memory:");
            memory.Open();
            collection.AddDbContext<SupervisionDb>(options => options.UseSqlite(memory));
            collection.AddScoped<ISupervisionDb>(provider => provider.GetRequiredService<SupervisionDb>());
        }
        else
        {
            collection.AddStorage(database.Location);
        }

        also?.Invoke(collection);
        services = collection.BuildServiceProvider();
        if (database is null)
            Use(db => db.Database.EnsureCreated());
        else
            services.GetRequiredService<Schema>().BringUpToDate(CancellationToken.None).GetAwaiter().GetResult();
    }

    public HandTime Time { get; }

    public RulePack Rules { get; }

    public CalendarBook Calendars { get; }

    public IServiceProvider Services => services;

    /// <summary>Sends one command or query in a unit of its own, as a turn does.</summary>
    public Task<T> Send<T>(IRequest<T> request) => SendAs("office", request);

    /// <summary>The same in the order of <paramref name="key"/>: what has different keys runs at the same time.</summary>
    public async Task<T> SendAs<T>(string key, IRequest<T> request)
    {
        if (services.GetService<Transactions>() is { } transactions)
            return await transactions.Run(key, (work, token) => work.Services.GetRequiredService<IMediator>().Send(request, token), CancellationToken.None);
        using var scope = services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    /// <summary>Makes the daily round through the books, as the service does every morning, and gives how many matters it raised.</summary>
    public async Task<int> Round()
    {
        while ((await Send(new SettleByBooks(Actor.Service))).Count > 0)
        {
        }

        string? after = null;
        do
            after = (await Send(new MatchImported(Actor.Service, after))).Next;
        while (after is not null);
        await Send(new AskForPlans(Actor.Service));
        await Send(new TellOfAlarmingVisits(Actor.Service));
        await Send(new WatchObservationPeriods(Actor.Service));
        await TellDuties();
        await Send(new OfferObservations(Actor.Service));
        await Send(new AskForSelfChecks(Actor.Service));
        await TellFigures();
        await Send(new TellMonthlyCase(Actor.Service));
        await Send(new RemindOfGuides(Actor.Service));
        var raised = 0;
        await using var scope = services.CreateAsyncScope();
        await foreach (var matters in scope.ServiceProvider.GetRequiredService<DayRound>().Find(CancellationToken.None))
            raised += (await Send(new RaiseMatters(Actor.Service, matters))).Count;
        await foreach (var findings in scope.ServiceProvider.GetRequiredService<ClueBooks>().Find(CancellationToken.None))
            await Send(new RecordClues(Actor.Service, findings));
        await Send(new TellOfNewClues(Actor.Service));
        await Send(new LookForCommonProblems(Actor.Service));
        await Send(new TellMonthlyReview(Actor.Service));
        await Send(new WatchSpotChecks(Actor.Service));
        return raised;
    }

    /// <summary>Last month's four figures, as the daily round tells them.</summary>
    public async Task TellDuties()
    {
        if (await Send(new DutiesToTell(Actor.Service)) is { } read)
            await Send(new TellDutiesOfMonth(Actor.Service, read));
    }

    /// <summary>Last month's figures and places, as the daily round tells them.</summary>
    public async Task TellFigures()
    {
        if (await Send(new FiguresToTell(Actor.Service)) is { } read)
            await Send(new TellFiguresOfMonth(Actor.Service, read));
    }

    public void Add(params object[] entities) => Use(db =>
    {
        db.AddRange(entities);
        db.SaveChanges();
        return 0;
    });

    public T Use<T>(Func<SupervisionDb, T> look)
    {
        using var scope = services.CreateScope();
        return look(scope.ServiceProvider.GetRequiredService<SupervisionDb>());
    }

    public async Task<T> Use<T>(Func<SupervisionDb, Task<T>> look)
    {
        using var scope = services.CreateScope();
        return await look(scope.ServiceProvider.GetRequiredService<SupervisionDb>());
    }

    /// <summary>Adds a person with an address on the web channel and gives the actor that a channel would make of them.</summary>
    public Actor Person(string id, string name, ActorRole role, string? unitId = null, string? enterpriseId = null)
    {
        Add(new Person(id, name, role, unitId) { CurrentEnterpriseId = enterpriseId }, new ChannelAddress("web", id, id));
        if (enterpriseId is not null)
            Add(new Binding($"B-{id}", id, enterpriseId, "办事人员", BindingState.Active, Time.GetUtcNow().UtcDateTime, null));
        return new Actor(id, role, name, new Address("web", id), enterpriseId, unitId);
    }

    /// <summary>Gives an inspector a certificate (行政执法证), or another one.</summary>
    public void Certify(string personId, string number, string validTo = "2029-12-31", string status = "有效") => Use(db =>
    {
        db.People.Single(person => person.Id == personId).WithCertificate(number, DateOnly.ParseExact(validTo, "yyyy-MM-dd", CultureInfo.InvariantCulture), status);
        return db.SaveChanges();
    });

    /// <summary>Takes in the shipped library.</summary>
    public Task<KnowledgeTakenIn> TakeInKnowledge() =>
        Send(new TakeInKnowledge(Actor.Service, KnowledgeFolder.Load(Manifests.Folder, services.GetRequiredService<LeniencyLists>())));

    public static Actor Visitor(string externalId = "v1") => new(null, ActorRole.Public, "访客", new Address("web", externalId));

    public void Dispose()
    {
        services.Dispose();
        memory?.Dispose();
    }
}
