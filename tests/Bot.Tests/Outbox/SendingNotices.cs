using Bot.Domain;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Forms;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Domain.Supervision;
using Bot.Outbox;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Outbox;

/// <summary>domain.md 5.6: once each, not at night, officials in one morning list, given up only when somebody is told.</summary>
public sealed class SendingNotices : IAsyncLifetime
{
    private readonly HandTime time = new("2026-11-23 10:00");
    private readonly RecordingChannel web = new("web");
    private readonly RecordingChannel phone = new("wechat") { Rings = true };
    private ServiceProvider services = null!;
    private Databases database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [ClassData(typeof(EveryDatabase))]
    public async Task A_notice_goes_out_once(DatabaseKind kind)
    {
        await Start(kind);
        await Owe("E1", "k1");
        await Owe("E1", "k1");

        await Work();
        await Work();

        Assert.Equal(["E1: 甲最迟乙24时，还有1个工作日。点此办理。"], web.Sent);
    }

    [Theory]
    [ClassData(typeof(EveryDatabase))]
    public async Task What_one_commit_owes_a_person_arrives_in_that_order(DatabaseKind kind)
    {
        await Start(kind);
        string[] objects = [.. Enumerable.Range(1, 20).Select(i => $"第{i}件")];
        await services.GetRequiredService<Transactions>().Run("owe", async (work, token) =>
        {
            foreach (var it in objects)
                await work.Services.GetRequiredService<NoticeBoard>().Owe("E1", "N7", it, "X1", new Dictionary<string, string> { ["object"] = it, ["due"] = "乙", ["left"] = "1" }, token);
            return 0;
        }, Token);

        await Work();

        Assert.Equal(objects, web.Sent.Select(sent => sent["E1: ".Length..sent.IndexOf("最迟", StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("2026-11-23 20:59", "2026-11-23 20:59")]
    [InlineData("2026-11-23 21:00", "2026-11-24 08:00")]
    [InlineData("2026-11-24 07:59", "2026-11-24 08:00")]
    [InlineData("2026-11-22 10:00", "2026-11-22 10:00")]
    public async Task An_enterprise_is_not_woken_at_night(string owedAt, string sentAt) => await IsSentAt("E1", owedAt, sentAt, digest: false);

    [Theory]
    [InlineData("2026-11-22 10:00", "2026-11-23 08:00")]
    [InlineData("2026-10-01 10:00", "2026-10-08 08:00")]
    [InlineData("2026-09-20 10:00", "2026-09-20 10:00")]
    [InlineData("2026-11-20 22:00", "2026-11-23 08:00")]
    public async Task An_official_is_left_alone_on_days_off_but_not_on_a_make_up_Sunday(string owedAt, string sentAt) => await IsSentAt("I1", owedAt, sentAt, digest: false);

    [Fact]
    public async Task An_emergency_goes_out_at_any_hour()
    {
        await Start(DatabaseKind.Sqlite);
        time.JumpTo("2026-11-22 23:30");
        await Owe("I1", "k1", urgent: true);

        await Work();

        Assert.Single(web.Sent);
    }

    [Fact]
    public async Task Who_is_in_the_talk_just_now_is_not_kept_waiting()
    {
        await Start(DatabaseKind.Sqlite);
        time.JumpTo("2026-11-22 10:00");
        web.Open.Add("I1");
        await Owe("I1", "k1");

        await Work();

        Assert.Single(web.Sent);
    }

    /// <summary>A preview on a page that nobody has open is an inspection that nobody prepares for; which row lies first in the table says nothing.</summary>
    [Theory]
    [ClassData(typeof(EveryDatabase))]
    public async Task What_rings_in_a_pocket_goes_before_a_page_that_nobody_looks_at(DatabaseKind kind)
    {
        await Start(kind);
        await Phone("E1");
        await Owe("E1", "k1");
        await Work();
        Assert.Equal((1, 0), (phone.Sent.Count, web.Sent.Count));

        web.Open.Add("E1");
        await Owe("E1", "k2");
        await Work();
        Assert.Equal((1, 1), (phone.Sent.Count, web.Sent.Count));
    }

    [Fact]
    public async Task What_did_not_ring_this_time_rings_later_and_only_at_last_lies_on_the_page()
    {
        await Start(DatabaseKind.Sqlite);
        await Phone("E1");
        phone.Answer = _ => Delivery.Failed;
        await Owe("E1", "k1");
        for (var tries = 1; tries <= 7; tries++)
        {
            await Work();
            Assert.Equal((tries, 0), (phone.Tried.Count, web.Sent.Count));
            time.Advance(TimeSpan.FromHours(1));
        }

        await Work();

        Assert.Equal((8, 1), (phone.Tried.Count, web.Sent.Count));
    }

    [Fact]
    public async Task Who_comes_into_the_talk_later_gets_what_was_held_back()
    {
        await Start(DatabaseKind.Sqlite);
        time.JumpTo("2026-11-22 10:00");
        await Owe("I1", "k1");
        await Work();
        Assert.Empty(web.Sent);

        web.Open.Add("I1");
        await Work();
        await Work();

        Assert.Single(web.Sent);
    }

    [Fact]
    public void A_full_stop_that_somebody_wrote_is_not_doubled()
    {
        var wording = new NoticeWording([new NoticeTemplate("N9", "", "", "依据：{basis}；建议：{advice}。请整改", ["advice", "basis"], "")]);

        Assert.Equal("依据：第三条；建议：全员培训。请整改", wording.Render("N9", new Dictionary<string, string> { ["basis"] = "第三条。", ["advice"] = "全员培训。" }));
    }

    [Fact]
    public void What_several_say_at_their_end_is_said_once_for_the_list()
    {
        var (lines, tails) = DigestLines.Of(
        [
            "T1公示已于11月20日到期，现超期1个工作日，已同时告知经办人、司法局。请尽快办理，或说明原因。",
            "T2回填最迟11月24日24时，还有1个工作日。点此办理。",
            "T3公示已于11月19日到期，现超期2个工作日，已同时告知经办人、司法局。请尽快办理，或说明原因。",
        ]);

        Assert.Equal(["T1公示已于11月20日到期，现超期1个工作日。", "T2回填最迟11月24日24时，还有1个工作日。", "T3公示已于11月19日到期，现超期2个工作日。"], lines);
        Assert.Equal(["已同时告知经办人、司法局。请尽快办理，或说明原因。"], tails);
    }

    [Fact]
    public async Task Reminders_of_one_morning_come_as_one_message()
    {
        await Start(DatabaseKind.Sqlite);
        time.JumpTo("2026-11-21 10:00");
        foreach (var key in new[] { "a", "b", "c" })
            await Owe("I1", key, digest: true);

        await services.GetRequiredService<DueWork>().RunUntil(ChinaClock.ToUtc(new DateOnly(2026, 11, 23), new TimeOnly(12, 0)), at => time.Set(ChinaClock.ToChina(at).ToString("s")), Token);

        var sent = Assert.Single(web.Sent);
        Assert.Equal("I1: 今日提醒（3件）\n1. 甲最迟乙24时，还有1个工作日。\n2. 甲最迟乙24时，还有1个工作日。\n3. 甲最迟乙24时，还有1个工作日。", sent);
        Assert.All(await Notices(), notice => Assert.Equal(NoticeState.Sent, notice.State));
    }

    [Fact]
    public async Task However_many_officials_get_a_list_each_gets_one_and_all_of_it()
    {
        await Start(DatabaseKind.Sqlite);
        time.JumpTo("2026-11-21 10:00");
        var many = Enumerable.Range(0, 90).Select(i => $"M{i}").ToList();
        await services.GetRequiredService<Transactions>().Run("people", (work, _) =>
        {
            var db = work.Services.GetRequiredService<SupervisionDb>();
            db.AddRange(many.Select(id => new Person(id, id, ActorRole.Inspector, "U1")));
            db.AddRange(many.Select(id => new ChannelAddress("web", id, id)));
            return Task.FromResult(0);
        }, Token);
        foreach (var key in new[] { "a", "b", "c" })
        {
            foreach (var person in many)
                await Owe(person, key + person, digest: true);
        }

        await services.GetRequiredService<DueWork>().RunUntil(ChinaClock.ToUtc(new DateOnly(2026, 11, 23), new TimeOnly(12, 0)), at => time.Set(ChinaClock.ToChina(at).ToString("s")), Token);

        Assert.Equal(many.Count, web.Sent.Count);
        Assert.All(web.Sent, sent => Assert.Contains("今日提醒（3件）", sent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_fails_is_tried_again_later_and_at_last_a_supervisor_is_told()
    {
        await Start(DatabaseKind.Sqlite);
        web.Answer = to => to == "E1" ? Delivery.Failed : Delivery.Sent;
        await Owe("E1", "k1");

        await services.GetRequiredService<DueWork>().RunUntil(ChinaClock.ToUtc(new DateOnly(2026, 11, 24), new TimeOnly(12, 0)), at => time.Set(ChinaClock.ToChina(at).ToString("s")), Token);

        Assert.Equal(8, web.Tried.Count(to => to == "E1"));
        Assert.Contains(await Notices(), notice => notice is { PersonId: "E1", State: NoticeState.Parked });
        Assert.Contains(web.Sent, text => text.StartsWith("S1: 有一条通知", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_cannot_be_sent_does_not_hold_up_the_others()
    {
        await Start(DatabaseKind.Sqlite);
        web.Answer = to => to == "E1" ? throw new InvalidOperationException("poison") : Delivery.Sent;
        await Owe("E1", "k1");
        await Owe("E2", "k2");

        await Work();

        Assert.Single(web.Sent, text => text.StartsWith("E2:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_to_reach_is_told_to_a_supervisor_at_once()
    {
        await Start(DatabaseKind.Sqlite);
        await Owe("E3", "k1");

        await Work();

        Assert.Contains(web.Sent, text => text.StartsWith("S1: 有一条通知（临期提醒", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_crash_after_sending_sends_again_under_the_same_id()
    {
        await Start(DatabaseKind.Sqlite);
        await Owe("E1", "k1");
        await Work();
        await services.GetRequiredService<Transactions>().Run(
            "crash",
            async (work, token) => await work.Services.GetRequiredService<SupervisionDb>().Database.ExecuteSqlRawAsync("UPDATE \"Notices\" SET \"State\" = 'Owed'", token),
            Token);
        time.Advance(TimeSpan.FromMinutes(3));

        await Work();

        Assert.Equal(2, web.Ids.Count);
        Assert.Single(web.Ids.Distinct());
    }

    [Fact]
    public async Task A_list_sent_again_with_one_more_reminder_is_another_message()
    {
        await Start(DatabaseKind.Sqlite);
        foreach (var key in new[] { "a", "b" })
            await Owe("I1", key, digest: true);
        await Work();
        await services.GetRequiredService<Transactions>().Run(
            "crash",
            async (work, token) => await work.Services.GetRequiredService<SupervisionDb>().Database.ExecuteSqlRawAsync("UPDATE \"Notices\" SET \"State\" = 'Owed'", token),
            Token);
        await Owe("I1", "c", digest: true);
        time.Advance(TimeSpan.FromMinutes(3));

        await Work();

        Assert.Equal(2, web.Ids.Distinct().Count());
    }

    [Theory]
    [ClassData(typeof(EveryDatabase))]
    public async Task What_was_to_be_forgotten_is_forgotten_as_time_goes_by(DatabaseKind kind)
    {
        await Start(kind);
        var transactions = services.GetRequiredService<Transactions>();
        var soon = time.GetUtcNow().UtcDateTime.AddMinutes(30);
        await transactions.Run("talk", async (work, token) => await work.Rows.AppendActivity("c1", "a1", "匿名", soon, soon, token), Token);
        time.Advance(TimeSpan.FromMinutes(31));

        await Work();

        Assert.Empty(await transactions.Read((rows, token) => rows.ActivitiesAfter("c1", 0, 10, token), Token));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (services is not null)
            await services.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
    }

    private async Task IsSentAt(string person, string owedAt, string sentAt, bool digest)
    {
        await Start(DatabaseKind.Sqlite);
        time.JumpTo(owedAt);
        await Owe(person, "k1", digest: digest);
        var times = new List<string>();
        web.OnSend = () => times.Add(ChinaClock.ToChina(time.GetUtcNow().UtcDateTime).ToString("yyyy-MM-dd HH:mm"));

        await services.GetRequiredService<DueWork>().RunUntil(time.GetUtcNow().UtcDateTime.AddDays(10), at => time.Set(ChinaClock.ToChina(at).ToString("s")), Token);

        Assert.Equal(sentAt, times[web.Sent.FindIndex(text => text.Contains('甲', StringComparison.Ordinal))]);
        Assert.Single(web.Sent, text => text.Contains('甲', StringComparison.Ordinal));
    }

    private async Task Start(DatabaseKind kind)
    {
        database = await Databases.Fresh(kind);
        services = new ServiceCollection()
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
            .AddSingleton<IChannel>(web)
            .AddSingleton<IChannel>(phone)
            .AddSingleton(new Settings(new ConfigurationBuilder().Build(), demo: false))
            .AddOutbox()
            .BuildServiceProvider();
        await services.GetRequiredService<Schema>().BringUpToDate(Token);
        await services.GetRequiredService<Transactions>().Run("people", (work, _) =>
        {
            var db = work.Services.GetRequiredService<SupervisionDb>();
            db.AddRange(
                new Person("E1", "甲", ActorRole.EnterpriseUser),
                new Person("E2", "乙", ActorRole.EnterpriseUser),
                new Person("E3", "丙", ActorRole.EnterpriseUser),
                new Person("I1", "丁", ActorRole.Inspector, "U1"),
                new Person("S1", "戊", ActorRole.Supervisor));
            db.AddRange(new[] { "E1", "E2", "I1", "S1" }.Select(id => new ChannelAddress("web", id, id)));
            return Task.FromResult(0);
        }, Token);
    }

    private async Task Phone(string personId) => await services.GetRequiredService<Transactions>().Run("phone", (work, _) =>
    {
        work.Services.GetRequiredService<SupervisionDb>().Add(new ChannelAddress("wechat", $"phone-{personId}", personId));
        return Task.FromResult(0);
    }, Token);

    private async Task Owe(string personId, string key, bool urgent = false, bool digest = false) =>
        await services.GetRequiredService<Transactions>().Run("owe", async (work, token) =>
        {
            var fields = new Dictionary<string, string> { ["object"] = "甲", ["due"] = "乙", ["left"] = "1" };
            await work.Services.GetRequiredService<NoticeBoard>().Owe(personId, "N7", key, "X1", fields, token, urgent, digest);
            return 0;
        }, Token);

    private Task Work() => services.GetRequiredService<DueWork>().Run(Token);

    private async Task<List<Notice>> Notices()
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SupervisionDb>().Notices.ToListAsync(Token);
    }

    private sealed class RecordingChannel(string name) : IChannel
    {
        private readonly Lock door = new();

        public List<string> Sent { get; } = [];

        public List<string> Tried { get; } = [];

        public List<string> Ids { get; } = [];

        public HashSet<string> Open { get; } = [];

        public Func<string, Delivery> Answer { get; set; } = _ => Delivery.Sent;

        public Action OnSend { get; set; } = () => { };

        public string Name => name;

        public bool ShowsPresence => true;

        public bool Rings { get; init; }

        public bool IsOpen(Address to) => Open.Contains(to.ExternalId);

        public Task<Handed> Send(Address to, OutgoingMessage message, CancellationToken cancellationToken)
        {
            lock (door)
            {
                Tried.Add(to.ExternalId);
                var answer = Answer(to.ExternalId);
                if (answer == Delivery.Sent)
                {
                    Sent.Add($"{to.ExternalId}: {message.Text}");
                    Ids.Add(message.Id);
                    OnSend();
                }

                return Task.FromResult(new Handed(answer, "不通"));
            }
        }
    }
}
