using Bot.Channels.WeCom;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Emulators.WeCom;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeCom;

/// <summary>The real service behind the emulator's WeCom, both going by one clock that the test moves, with a few officials on its roster.</summary>
internal sealed class StaffedBot : IAsyncDisposable
{
    private StaffedBot(RunningBot bot, WeComPlatform platform, HandTime time, LogLines log) => (Bot, Platform, Time, Log) = (bot, platform, time, log);

    public RunningBot Bot { get; }

    public WeComPlatform Platform { get; }

    public HandTime Time { get; }

    public LogLines Log { get; }

    public WeComTurns Turns => Bot.Services.GetRequiredService<WeComTurns>();

    public RollCall Roll => Bot.Services.GetRequiredService<RollCall>();

    public Transactions Transactions => Bot.Services.GetRequiredService<Transactions>();

    public static async Task<StaffedBot> Start(CompanyApp? app = null, HandTime? time = null, WeComPlatform? platform = null, params IReadOnlyList<string> settings)
    {
        time ??= new HandTime("2026-11-23 10:00", timers: true);
        platform ??= await new WeComPlatform(app, time).Start();
        var log = new LogLines();
        var bot = await RunningBot.Start(
            exchange: services =>
            {
                services.AddSingleton<TimeProvider>(time);
                services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(log);
            },
            settings: [.. platform.Settings, .. settings]);
        platform.Callback.SendTo(new Uri(bot.Address, "wecom"));
        return new StaffedBot(bot, platform, time, log);
    }

    /// <summary>A member of the company whom the roster names.</summary>
    public async Task<WeComMember> Official(string name = "魏亦舟", ActorRole role = ActorRole.Inspector, string? userId = null)
    {
        var member = Platform.NewMember(name, userId);
        await Enter(member.UserId, name, role);
        return member;
    }

    /// <summary>Puts somebody on the roster under a userid; gives the person's id.</summary>
    public Task<string> Enter(string userId, string name, ActorRole role) => Transactions.Run(
        "roster",
        async (work, token) =>
        {
            var db = work.Services.GetRequiredService<SupervisionDb>();
            var id = "p-" + userId.ToLowerInvariant();
            if (await db.Units.FindAsync(["U01"], token) is null)
                db.AddRange(new Unit("U01", "云澜区应急管理局", "district", "应急管理", "0000-86000100"), PlanInOrder());
            db.People.Add(new Person(id, name, role, role == ActorRole.Supervisor ? null : "U01"));
            db.Addresses.Add(new ChannelAddress("wecom", userId.ToLowerInvariant(), id));
            return id;
        },
        CancellationToken.None);

    /// <summary>The unit's plan of the year, with nothing that the bureau would have to look into.</summary>
    private static InspectionPlan PlanInOrder()
    {
        var plan = new InspectionPlan("P-U01-2026", "U01", 2026, PlanKind.Annual, "2026年度行政检查计划", new DateOnly(2026, 1, 20));
        plan.FileWithSuperior("district", "苏应急备〔2026〕1号", new DateOnly(2026, 1, 22));
        plan.FileWithJustice("district", new DateOnly(2026, 1, 26));
        plan.Publish(new DateOnly(2026, 1, 28));
        return plan;
    }

    /// <summary>Who the service takes a userid for; null when nobody.</summary>
    public Task<string?> PersonBehind(string userId) => Transactions.Read(async (rows, token) => (await rows.Actor(new Address("wecom", userId.ToLowerInvariant()), token)).PersonId, CancellationToken.None);

    public T Ask<T>(string sql) => Rows.Ask<T>(Bot.Folder, sql);

    /// <summary>Everything that a push may leave behind.</summary>
    public string Traces() => string.Join(' ', ((string[])["seen_messages", "talk_states", "late_replies", "wechat_unknown_pushes", "wecom_cards"])
        .Select(table => $"{table}={Ask<long>($"SELECT count(*) FROM {table}")}"));

    public Task<string> Metrics() => Bot.Client.GetStringAsync(new Uri("metrics", UriKind.Relative));

    /// <summary>Holds up every transaction until what is given back is disposed.</summary>
    public Task<IAsyncDisposable> HoldUp() => Rows.HoldUp(Transactions);

    public async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await Platform.DisposeAsync();
    }
}
