using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Previews;
using Bot.Files;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Storage;
using Bot.Turns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Turns;

/// <summary>Who unfollows takes along what leads to the person; the cases stay (W28, D15).</summary>
public sealed class LeavingAChannel
{
    private const string OpenId = "oLeaverOf0000000000000000001";
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[200]];

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task No_table_knows_address_name_or_number_any_more_and_the_case_is_whole(DatabaseKind kind)
    {
        await using var desk = await Desk.Open(kind);
        await desk.Bind("韩梅梅");
        var proof = await desk.Photo();
        await desk.Complain(proof);
        await desk.Say("转人工");
        await desk.Say("1");
        await desk.Say("请给我回电");
        await desk.Say("13912345678");
        await desk.AskWithPhoto(await desk.Photo());
        Assert.Contains(await desk.Rows(), row => row.Text.Contains("韩梅梅", StringComparison.Ordinal));
        Assert.Contains(await desk.Rows(), row => row.Text.Contains("13912345678", StringComparison.Ordinal));

        var left = await desk.Leave();

        Assert.True(left.PersonErased);
        foreach (var trace in (string[])[OpenId, "韩梅梅", "13912345678"])
            Assert.DoesNotContain(await desk.Rows(), row => row.Text.Contains(trace, StringComparison.Ordinal));
        var complaint = desk.Office.Use(db => db.Complaints.Single());
        Assert.Equal([proof.Id], complaint.EvidenceIds);
        Assert.NotNull(desk.Office.Use(db => db.HelpRequests.SingleOrDefault()));
        Assert.NotEmpty(desk.Office.Use(db => db.Deadlines.Where(d => d.SubjectId == complaint.Id).ToList()));
        Assert.True((await desk.Office.Services.GetRequiredService<Bot.Audit.AuditCheck>().Run(TestContext.Current.CancellationToken)).Whole);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Photos_of_what_was_never_handed_in_go_and_evidence_stays(DatabaseKind kind)
    {
        await using var desk = await Desk.Open(kind);
        await desk.Bind("韩梅梅");
        var proof = await desk.Photo();
        await desk.Complain(proof);
        var draft = await desk.Photo();
        await desk.AskWithPhoto(draft);

        var left = await desk.Leave();

        Assert.Equal([draft.Id], left.FilesOfNoCase);
        Assert.Null(await desk.Files.Find(draft.Id, TestContext.Current.CancellationToken));
        Assert.NotNull(await desk.Files.Find(proof.Id, TestContext.Current.CancellationToken));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_preview_on_its_way_is_withdrawn_and_unit_and_bureau_are_told(DatabaseKind kind)
    {
        await using var desk = await Desk.Open(kind);
        await desk.Bind("韩梅梅");
        await desk.Preview();

        await desk.Leave();

        var notices = desk.Office.Use(db => db.Notices.ToList());
        Assert.Equal(NoticeState.Withdrawn, notices.Single(n => n.Kind == "N1").State);
        Assert.Equal("LI", notices.Single(n => n.Kind == "N21").PersonId);
        Assert.Equal("SJ1", notices.Single(n => n.Kind == "N42").PersonId);
        Assert.All(desk.Office.Use(db => db.Bindings.ToList()), binding => Assert.Equal(BindingState.Ended, binding.State));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Coming_back_is_coming_new_and_leaving_twice_is_leaving_once(DatabaseKind kind)
    {
        await using var desk = await Desk.Open(kind);
        await desk.Bind("韩梅梅");
        await desk.Leave();
        Assert.False((await desk.Leave()).PersonErased);

        var heard = await desk.Say("检查预告");

        Assert.DoesNotContain("恒砺", heard, StringComparison.Ordinal);
        var actor = await desk.Office.Services.GetRequiredService<Transactions>().Read((rows, token) => rows.Actor(new Address("wechat", OpenId), token), TestContext.Current.CancellationToken);
        Assert.Equal((null, ActorRole.Public), (actor.PersonId, actor.Role));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Who_was_locked_for_guessing_stays_locked_and_nothing_says_who_it_was(DatabaseKind kind)
    {
        await using var desk = await Desk.Open(kind);
        for (var i = 0; i < WrongTries.Most; i++)
            await desk.Say("绑定码 2A3B4-C5D6E");
        await desk.Leave();

        Assert.Contains("后再试", await desk.Say("绑定码 2A3B4-C5D6E"), StringComparison.Ordinal);
        await desk.Leave();
        Assert.DoesNotContain(await desk.Rows(), row => row.Text.Contains(OpenId, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Who_can_still_be_reached_on_the_web_only_loses_the_address(DatabaseKind kind)
    {
        await using var desk = await Desk.Open(kind);
        await desk.Bind("韩梅梅");
        var person = desk.Office.Use(db => db.Addresses.Single(a => a.ExternalId == OpenId).PersonId);
        desk.Office.Add(new ChannelAddress("web", "w1", person));

        Assert.False((await desk.Leave()).PersonErased);

        Assert.Equal("韩梅梅", desk.Office.Use(db => db.People.Single(p => p.Id == person).Name));
        Assert.Equal(BindingState.Active, desk.Office.Use(db => db.Bindings.Single(b => b.PersonId == person).State));
        Assert.DoesNotContain(await desk.Rows(), row => row.Text.Contains(OpenId, StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task An_official_keeps_the_place_on_the_roster(DatabaseKind kind)
    {
        await using var desk = await Desk.Open(kind);
        desk.Office.Add(new Person("I9", "何安宁", ActorRole.Inspector, "U02") { Phone = "13800000001" }, new ChannelAddress("wechat", OpenId, "I9"));

        Assert.False((await desk.Leave()).PersonErased);

        Assert.Equal(("何安宁", "13800000001"), desk.Office.Use(db => db.People.Where(p => p.Id == "I9").Select(p => new ValueTuple<string, string?>(p.Name, p.Phone)).Single()));
        Assert.False(desk.Office.Use(db => db.Addresses.Any(a => a.ExternalId == OpenId)));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Others_whose_address_ends_alike_keep_their_replies(DatabaseKind kind)
    {
        await using var desk = await Desk.Open(kind);
        var neighbour = "2" + OpenId;
        await desk.Say("你好");
        await desk.Say("你好", from: neighbour, messageId: "1:" + neighbour);

        await desk.Leave();

        Assert.Equal("1:" + neighbour, Assert.Single(await desk.Rows(), row => row.Table == "seen_messages").Text.Split('|')[1]);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task The_same_scan_pushed_twice_binds_once(DatabaseKind kind)
    {
        await using var desk = await Desk.Open(kind);
        var code = await desk.Code();

        var first = await desk.Scan(code, "scan-1");
        var again = await desk.Scan(code, "scan-1");
        await desk.Say("3", messageId: "yes:" + OpenId);
        var repeated = await desk.Say("3", messageId: "yes:" + OpenId);

        Assert.False(first.Repeated);
        Assert.True(again.Repeated);
        Assert.Equal(first.Replies.Select(reply => reply.Text), again.Replies.Select(reply => reply.Text));
        Assert.StartsWith("绑定成功", repeated, StringComparison.Ordinal);
        Assert.Single(desk.Office.Use(db => db.Bindings.ToList()));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Of_eight_who_use_one_code_at_the_same_instant_one_is_bound(DatabaseKind kind)
    {
        await using var desk = await Desk.Open(kind);
        var code = await desk.Code();
        var transactions = desk.Office.Services.GetRequiredService<Transactions>();

        var bound = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => transactions.Run(
            $"web:v{i}",
            (work, token) => work.Services.GetRequiredService<MediatR.IMediator>().Send(new BindByCode(Office.Visitor($"v{i}"), code, ContactRoles.Clerk), token),
            TestContext.Current.CancellationToken)));

        Assert.Single(bound, one => one.BindingId is not null);
        Assert.Single(desk.Office.Use(db => db.Bindings.ToList()));
    }

    private sealed class Desk : IAsyncDisposable
    {
        private readonly Databases database;
        private readonly string folder = Directory.CreateTempSubdirectory("bot-files-").FullName;
        private int messages;

        private Desk(Databases database)
        {
            this.database = database;
            var settings = new Settings(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Files"] = folder }).Build(), demo: false);
            Office = new Office("2026-11-20 10:00", database: database, also: services => services.AddSingleton(settings).AddSingleton<FileStore>().AddTurns());
            Office.Add(
                new Unit("U02", "云澜区应急管理局", "district", "应急管理", "0000-86000200"),
                new Enterprise("E1", "云澜区恒砺金属制品有限公司", "91321299MA7CLA010M"),
                new InspectionItem("IT1", "U02", "工贸企业安全生产检查", "《中华人民共和国安全生产法》") { Standards = ["有限空间有辨识台账"] });
            Supervisor = Office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
            Inspector = Office.Person("I1", "何安宁", ActorRole.Inspector, "U02");
            Office.Person("LI", "沈知微", ActorRole.UnitLiaison, "U02");
        }

        public Office Office { get; }

        public FileStore Files => Office.Services.GetRequiredService<FileStore>();

        private Actor Supervisor { get; }

        private Actor Inspector { get; }

        public static async Task<Desk> Open(DatabaseKind kind) => new(await Databases.Fresh(kind));

        public async Task<string> Say(string text, string from = OpenId, string? messageId = null, params IReadOnlyList<Evidence> files)
        {
            var taken = await Take(new Incoming(new Address("wechat", from), messageId ?? $"{++messages}:{from}", text, Now) { Files = files });
            return Counter.Text(taken);
        }

        public Task<Taken> Scan(string code, string event_) => Take(new Incoming(new Address("wechat", OpenId), $"{event_}:{OpenId}", "", Now) { Scene = BindingCode.Scene(code) });

        public Task<LeftChannel> Leave() => Office.Services.GetRequiredService<TakeLeave>().Take(new Address("wechat", OpenId), null, TestContext.Current.CancellationToken);

        public Task<List<(string Table, string Text)>> Rows() => EveryRow.Of(Office);

        public async Task<string> Code() => (await Office.Send(new IssueBindingCode(Supervisor, null, "E1"))).Code;

        public async Task Bind(string name)
        {
            await Scan(await Code(), "bind");
            Assert.StartsWith("绑定成功", await Say($"3 {name}"), StringComparison.Ordinal);
        }

        public Task<Evidence> Photo() => Files.Keep("现场.png", new MemoryStream(Png), TestContext.Current.CancellationToken);

        public async Task Complain(Evidence proof)
        {
            var person = Office.Use(db => db.Addresses.Single(a => a.ExternalId == OpenId).PersonId);
            await Office.Send(new Bot.Domain.Complaints.FileComplaint(
                new Actor(person, ActorRole.EnterpriseUser, "韩梅梅", new Address("wechat", OpenId), "E1"),
                new Bot.Domain.Complaints.ComplaintFacts(Bot.Domain.Complaints.ComplaintKind.Other, null, null, null, "没出示证件") { EvidenceIds = [proof.Id] },
                Anonymous: false,
                "韩梅梅",
                "13912345678"));
        }

        public async Task AskWithPhoto(Evidence photo)
        {
            await Say("我要投诉");
            await Say("", files: photo);
        }

        public async Task Preview()
        {
            Office.Add(new InspectionTask(new TaskFacts("T1", InspectionType.Daily, "U02", "E1", new DateOnly(2026, 12, 18), new DateOnly(2026, 11, 2))
            {
                HalfDay = "上午",
                ItemIds = ["IT1"],
                InspectorIds = ["I1"],
                ApprovedOn = new DateOnly(2026, 11, 4),
                ApprovedBy = "L1",
            }));
            await Office.Send(new SendPreview(Inspector, "T1"));
        }

        public async ValueTask DisposeAsync()
        {
            Office.Dispose();
            await database.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }

        private DateTime Now => Office.Time.GetUtcNow().UtcDateTime;

        private Task<Taken> Take(Incoming incoming) => Office.Services.GetRequiredService<TakeTurn>().Take(incoming, null, TestContext.Current.CancellationToken);
    }
}
