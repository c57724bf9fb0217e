using System.Globalization;
using Bot.Channels.WeChat;
using Bot.Channels.WeChat.Api;
using Bot.Dialogs.Conversations;
using Bot.Domain;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Forms;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Domain.Supervision;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat.Emulator;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat.Sending;

/// <summary>The outbox and the channel of the official account on a real database, before an emulated platform; the clock is the test's.</summary>
internal sealed class SendingDesk : IAsyncDisposable
{
    private readonly Databases database;
    private readonly StandIn silent;
    private readonly ServiceProvider services;

    private SendingDesk(Databases database, WeChatPlatform platform, StandIn silent, ServiceProvider services, HandTime time)
    {
        (this.database, Platform, this.silent, this.services, Time) = (database, platform, silent, services, time);
    }

    public WeChatPlatform Platform { get; }

    public HandTime Time { get; }

    public IServiceProvider Services => services;

    public Transactions Transactions => services.GetRequiredService<Transactions>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<SendingDesk> Open(DatabaseKind kind = DatabaseKind.Sqlite, params IReadOnlyList<(string Key, string Value)> settings)
    {
        var database = await Databases.Fresh(kind);
        var time = new HandTime("2026-11-23 10:00");
        var platform = await new WeChatPlatform(time: time).Start(cancellationToken: Token);
        platform.Templates.Add("tpl-inspection", "检查计划通知", "检查单位:{{thing1.DATA}}\n检查时间:{{date2.DATA}}\n检查事项:{{thing3.DATA}}\n联系人:{{thing4.DATA}}");
        platform.Templates.Add("tpl-progress", "业务办理进度通知", "业务名称:{{thing1.DATA}}\n进度:{{phrase2.DATA}}\n时间:{{date3.DATA}}\n备注:{{thing4.DATA}}");
        platform.Templates.HoldReports = true;
        var silent = await StandIn.Silent();
        platform.Callback.SendTo(silent.Address);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["PublicUrl"] = "https://bot.example",
                ["WeChat:AppId"] = platform.Account.AppId,
                ["WeChat:AppSecret"] = platform.Account.AppSecret,
                ["WeChat:Token"] = platform.Account.Token,
                ["WeChat:ApiBase"] = platform.ApiBase.ToString(),
                ["WeChat:Templates:检查"] = "tpl-inspection",
                ["WeChat:Templates:进度"] = "tpl-progress",
            }.Concat(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
                .GroupBy(setting => setting.Key, StringComparer.Ordinal).Select(same => same.Last())).Build();
        var collection = new ServiceCollection()
            .AddLogging()
            .AddDomain()
            .AddStorage(database.Location)
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(new ChinaClock(time))
            .AddSingleton(RulePack.Load(Manifests.Path("rules"), "yunlan"))
            .AddSingleton(new CalendarBook(new WorkingCalendar(HolidayNotices.Load(Manifests.Path("holidays")))))
            .AddSingleton(NoticeWording.Load(Manifests.Path("notices.json")))
            .AddSingleton(PaperBook.Load(Manifests.Folder))
            .AddSingleton(FormBook.Load(Manifests.Path("forms"), RulePack.Load(Manifests.Path("rules"), "yunlan")))
            .AddSingleton(new Settings(configuration, demo: false))
            .AddSingleton(WeChatAccount.Read(configuration))
            .AddOutbox();
        collection.AddWeChatApi(WeChatAccount.Read(configuration));
        collection.AddWeChatSending(Manifests.Folder, WeChatAccount.Read(configuration));
        var services = collection.BuildServiceProvider();
        await services.GetRequiredService<Schema>().BringUpToDate(Token);
        var desk = new SendingDesk(database, platform, silent, services, time);
        await desk.Change(db => db.AddRange(
            new Unit("U1", "应急管理局", "district", "安全", "0523-88880100"),
            new Enterprise("C1", "云兰精工有限公司", "91320000MA00000001"),
            new InspectionTask(new TaskFacts("T1", InspectionType.Daily, "U1", "C1", new DateOnly(2026, 12, 18), new DateOnly(2026, 11, 20))),
            new Person("S1", "监督员", ActorRole.Supervisor),
            new Person("L1", "联络员", ActorRole.UnitLiaison, "U1"),
            new Person("L2", "别处的联络员", ActorRole.UnitLiaison, "U2")));
        return desk;
    }

    /// <summary>A person who follows the account, bound to the enterprise.</summary>
    public async Task<WeChatUser> Contact(string personId, string name, string? phone = null, bool follows = true)
    {
        var user = Platform.NewUser(name);
        if (follows)
            await user.Follow();
        await Change(db => db.AddRange(
            new Person(personId, name, ActorRole.EnterpriseUser) { Phone = phone },
            new ChannelAddress("wechat", user.OpenId, personId),
            new Binding("B" + personId, personId, "C1", "办事人员", BindingState.Active, Time.GetUtcNow().UtcDateTime, null)));

        // What following opened is over.
        Time.Advance(TimeSpan.FromMinutes(2));
        return user;
    }

    /// <summary>The person writes: the platform opens its window, and the service notes it in its books.</summary>
    public async Task Writes(WeChatUser user, DateTime? at = null, int messages = 5)
    {
        var now = Time.GetUtcNow().UtcDateTime;
        await user.Write("你好", at is { } stamp ? new Stamp(stamp) : null);
        await Saw(user, new Allowance(messages, (at ?? now) + TimeSpan.FromHours(48), Brief: false));
    }

    public Task Saw(WeChatUser user, Allowance? allowance) => Rows(rows => rows.SawAddress(new Address("wechat", user.OpenId), Time.GetUtcNow().UtcDateTime, allowance, Token));

    /// <summary>Owes a preview of the task.</summary>
    public Task Owe(string personId, string key, string subject = "T1", string kind = "N1", string? text = null, bool urgent = true) => Transactions.Run(
        "owe",
        async (work, token) =>
        {
            var fields = new Dictionary<string, string>
            {
                ["enterprise"] = "云兰精工有限公司",
                ["unit"] = "应急管理局",
                ["date"] = "2026年12月18日（周五）上午",
                ["type"] = "日常检查",
                ["items"] = text ?? "工贸企业安全生产检查",
                ["standards"] = "特种作业有审批",
                ["inspectors"] = "魏亦舟、顾予宁",
                ["contact"] = "魏亦舟 0523-88880102",
                ["no"] = "云监投〔2026〕042号",
                ["due"] = "12月1日",
                ["reason"] = "情况复杂",
                ["object"] = "甲",
                ["left"] = "1",
                ["guide"] = "",
            };
            await work.Services.GetRequiredService<NoticeBoard>().Owe(personId, kind, key, subject, fields, token, urgent: urgent, actions: ["改期 T1", "投诉"]);
            return 0;
        },
        Token);

    public Task Work() => services.GetRequiredService<DueWork>().Run(Token);

    /// <summary>Moves the clock through everything that is due until then.</summary>
    public Task WorkUntil(DateTime until) => services.GetRequiredService<DueWork>().RunUntil(until, at => Time.Set(ChinaClock.ToChina(at).ToString("s", CultureInfo.InvariantCulture)), Token);

    public async Task<Notice> Notice(string key) => (await Notices()).Single(notice => notice.Key == key);

    public async Task<List<Notice>> Notices()
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SupervisionDb>().Notices.AsNoTracking().ToListAsync(Token);
    }

    public async Task<ChannelAddress> Address(WeChatUser user)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SupervisionDb>().Addresses.AsNoTracking().SingleAsync(a => a.ExternalId == user.OpenId, Token);
    }

    /// <summary>The platform reports on the template message that a notice went out in.</summary>
    public async Task Report(string key, WeChatUser user, string status)
    {
        var receipt = (await Notice(key)).Receipt!;
        await Rows(rows => PlatformReports.Finished(rows, user.OpenId, receipt["wechat:".Length..], status, Time.GetUtcNow().UtcDateTime, Token));
    }

    /// <summary>As if the service had died after the platform took everything and before that was written down.</summary>
    public Task ForgetThatItWent() => Transactions.Run(
        "crash",
        (work, token) => work.Services.GetRequiredService<SupervisionDb>().Database.ExecuteSqlRawAsync("UPDATE \"Notices\" SET \"State\" = 'Owed'", token),
        Token);

    public Task Rows(Func<HotRows, Task> use) => Transactions.Run(
        "test",
        async (work, _) =>
        {
            await use(work.Rows);
            return 0;
        },
        Token);

    public Task Change(Action<SupervisionDb> change) => Transactions.Run(
        "test",
        (work, _) =>
        {
            change(work.Services.GetRequiredService<SupervisionDb>());
            return Task.FromResult(0);
        },
        Token);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Platform.DisposeAsync();
        await silent.DisposeAsync();
        await database.DisposeAsync();
    }
}
