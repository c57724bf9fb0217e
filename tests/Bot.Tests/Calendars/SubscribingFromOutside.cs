using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Bot.Calendars;
using Bot.Domain.Agenda;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Meetings;
using Bot.Domain.People;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.Web;
using Bot.Tests.Hosting;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Unit = Bot.Domain.People.Unit;

namespace Bot.Tests.Calendars;

/// <summary>The feed as a phone has it: over HTTP, read by ical.js and node-ical.</summary>
public sealed class SubscribingFromOutside : IAsyncLifetime
{
    private static readonly Actor Inspector = new("I1", ActorRole.Inspector, "何安宁", new Address("wecom", "heanning"), UnitId: "U1");
    private static readonly Actor Enterprise = new("P1", ActorRole.EnterpriseUser, "周青禾", new Address("wechat", "oQinghe"), "E1");

    private readonly HandTime time = new("2026-09-17 10:00");
    private RunningBot bot = null!;

    public async ValueTask InitializeAsync()
    {
        bot = await RunningBot.Start(exchange: services => services.AddSingleton(new ChinaClock(time)));
        await Write(db => db.AddRange(
            new Unit("U1", "云澜区应急管理局", Unit.DistrictLevel, "应急管理", "0000-86000200"),
            new Enterprise("E1", "云澜区青禾;特种\\钢锭, 有限公司", "91321299MA9001HM4Q") { Town = "石桥河镇" },
            new Person("I1", "何安宁", ActorRole.Inspector, "U1"),
            new Person("P1", "周青禾", ActorRole.EnterpriseUser) { CurrentEnterpriseId = "E1" },
            new ChannelAddress("wecom", "heanning", "I1"),
            new ChannelAddress("wechat", "oQinghe", "P1"),
            new Binding("B1", "P1", "E1", "办事人员", BindingState.Active, DateTime.UnixEpoch, null),
            new InspectionItem("IT1", "U1", "工贸企业安全生产检查", "《中华人民共和国安全生产法》"),
            Task("T101", InspectionType.Daily, waived: false),
            Task("T102", InspectionType.Special, waived: true)));
    }

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    [Fact]
    public async Task Both_readers_understand_days_hours_alarms_and_quiet_days()
    {
        await Owe();
        var read = await Read(await Link(Inspector));

        Assert.Equal("PUBLISH", (string?)read["method"]);
        Assert.Contains("何安宁", (string?)read["name"], StringComparison.Ordinal);
        var (inspection, same) = (Of(read, "byIcalJs", "inspection:T101"), Of(read, "byNodeIcal", "inspection:T101"));
        foreach (var one in new[] { inspection, same })
        {
            // 09:00 to 12:00 in Shanghai.
            Assert.Equal(("2026-10-13T01:00:00.000Z", "2026-10-13T04:00:00.000Z"), ((string?)one["start"], (string?)one["end"]));
            Assert.Equal("云澜区青禾;特种\\钢锭, 有限公司（石桥河镇）", (string?)one["place"]);
            Assert.Contains("\n检查事项：工贸企业安全生产检查\n", (string?)one["details"], StringComparison.Ordinal);
            Assert.Equal((0, "CONFIRMED", "OPAQUE"), ((int)one["sequence"]!, (string?)one["status"], (string?)one["transparency"]));
        }

        Assert.Contains("免预告", (string?)Of(read, "byIcalJs", "inspection:T102")["details"], StringComparison.Ordinal);
        var deadline = Of(read, "byIcalJs", "task.result:T305");

        // Due on Sunday 20 September, a working day by the holiday notice; the Saturday before is none.
        Assert.Equal(("2026-09-20", "2026-09-21", "TRANSPARENT"), ((string?)deadline["start"], (string?)deadline["end"], (string?)deadline["transparency"]));
        Assert.Equal(["2026-09-18T01:00:00.000Z", "2026-09-20T01:00:00.000Z"], deadline["alarms"]!.AsArray().Select(at => (string?)at));
        Assert.True((bool)Of(read, "byNodeIcal", "task.result:T305")["wholeDay"]!);
        var quiet = Of(read, "byIcalJs", "quiet:2026-10");
        Assert.Equal("TRANSPARENT", (string?)quiet["transparency"]);
        Assert.Equal("2026-10-01", (string?)quiet["start"]);
        Assert.Equal(read["byIcalJs"]!.AsArray().Count, read["byNodeIcal"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_moved_and_a_cancelled_inspection_are_newer_versions_of_the_same_entry()
    {
        var link = await Link(Inspector);
        await Read(link);
        time.Set("2026-09-18 10:00");
        await Write(db =>
        {
            db.Tasks.Single(task => task.Id == "T101").Move(new DateOnly(2026, 10, 10), "下午");
            db.Tasks.Single(task => task.Id == "T102").Withdraw("不查了");
        });

        var read = await Read(link);

        // 10 October is a Saturday on which offices work; the inspection is on it as it is on any day.
        var moved = Of(read, "byIcalJs", "inspection:T101");
        Assert.Equal(("2026-10-10T05:30:00.000Z", 1, "TENTATIVE"), ((string?)moved["start"], (int)moved["sequence"]!, (string?)moved["status"]));
        Assert.Equal("2026-09-18T02:00:00.000Z", (string?)moved["changed"]);
        Assert.Equal(("CANCELLED", 1), ((string?)Of(read, "byNodeIcal", "inspection:T102")["status"], (int)Of(read, "byNodeIcal", "inspection:T102")["sequence"]!));
    }

    [Fact]
    public async Task An_enterprise_reads_its_announced_inspection_and_no_other()
    {
        var events = (await Read(await Link(Enterprise)))["byIcalJs"]!.AsArray();

        Assert.Equal("inspection:T101@yunlan", (string?)Assert.Single(events)!["uid"]);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var link = await Link(Inspector);
        using var first = await bot.Client.GetAsync(link);
        Assert.Equal((HttpStatusCode.OK, "text/calendar", "utf-8"), (first.StatusCode, first.Content.Headers.ContentType!.MediaType, first.Content.Headers.ContentType.CharSet));
        Assert.Contains("private", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        time.Set("2026-09-17 16:00");
        Assert.Equal(HttpStatusCode.NotModified, (await Again(link, first.Headers.ETag!)).StatusCode);
        await Write(db => db.Tasks.Single(task => task.Id == "T101").Withdraw("不查了"));
        Assert.Equal(HttpStatusCode.OK, (await Again(link, first.Headers.ETag!)).StatusCode);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_the_address_looks_like_any_address_that_is_not_there()
    {
        var old = await Link(Inspector);
        var current = await Link(Inspector);
        var elsewhere = await Body("/calendars/nothing");

        foreach (var wrong in new[] { old, $"/calendar/{LinkSecret.New()}.ics", "/calendar/x.ics", $"/calendar/{new string('长', 43)}.ics", current.Replace(".ics", "", StringComparison.Ordinal) })
            Assert.Equal(elsewhere, await Body(wrong));

        Assert.Equal(HttpStatusCode.OK, (await bot.Client.GetAsync(current)).StatusCode);
        await Send(new StopAccess(Actor.Service, Inspector.Address, time.GetUtcNow().UtcDateTime, AccessEnd.ForNow));
        Assert.Equal(elsewhere, await Body(current));
        Assert.StartsWith("404 application/problem+json", elsewhere, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_is_told_to_come_again_later()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i <= CalendarRoutes.PerMinute; i++)
        {
            using var answer = await bot.Client.GetAsync("/calendar/x.ics");
            answers.Add(answer.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Equal(HttpStatusCode.NotFound, answers[0]);
    }

    [Fact]
    public async Task S43_a_meetings_calendar_file_is_read_in_the_time_of_Shanghai()
    {
        await Write(db => db.AddRange(new Person("S1", "顾司正", ActorRole.Supervisor), new Person("LI1", "沈知微", ActorRole.UnitLiaison, "U1")));
        var bureau = new Actor("S1", ActorRole.Supervisor, "顾司正", new Address("wecom", "gusizheng"));
        var called = await Send(new CallMeeting(bureau, MeetingKind.Consultation, "第三季度会商", new MeetingTime(new DateOnly(2026, 9, 20), new TimeOnly(14, 0), new TimeOnly(16, 30), "区司法局三楼"), "扫码入企；并办提示", [], "", "https://yunlan.example"));
        var token = Assert.Single(await Send(new MyMeetings(bureau, called.MeetingId))).Token;

        var read = await Read($"/meetings/{token}.ics");

        foreach (var one in new[] { Of(read, "byIcalJs", $"meeting:{called.MeetingId}"), Of(read, "byNodeIcal", $"meeting:{called.MeetingId}") })
        {
            Assert.Equal(("2026-09-20T06:00:00.000Z", "2026-09-20T08:30:00.000Z", "区司法局三楼"), ((string?)one["start"], (string?)one["end"], (string?)one["place"]));
            Assert.Contains("议程：扫码入企；并办提示", (string?)one["details"], StringComparison.Ordinal);
            Assert.Equal("OPAQUE", (string?)one["transparency"]);
        }

        await Send(new CancelMeeting(bureau, called.MeetingId, "另行通知"));
        Assert.Contains("STATUS:CANCELLED", await bot.Client.GetStringAsync($"/meetings/{token}.ics"), StringComparison.Ordinal);
        Assert.StartsWith("404", await Body($"/meetings/{token[..^1]}x.ics"), StringComparison.Ordinal);
        Assert.StartsWith("404", await Body("/meetings/x.ics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S02_the_pack_for_the_joint_meeting_is_a_word_document_until_its_time_is_over()
    {
        await Write(db => db.Add(new Person("S1", "顾司正", ActorRole.Supervisor)));
        var made = await Send(new MakeMeetingPack(new Actor("S1", ActorRole.Supervisor, "顾司正", new Address("wecom", "gusizheng"))));

        using var answer = await bot.Client.GetAsync($"/packs/{made.Token}");
        Assert.Equal("application/vnd.openxmlformats-officedocument.wordprocessingml.document", answer.Content.Headers.ContentType?.ToString());
        Assert.True(answer.Headers.CacheControl!.NoStore);

        time.Set("2026-09-19 10:01");
        Assert.StartsWith("404", await Body($"/packs/{made.Token}"), StringComparison.Ordinal);
        Assert.StartsWith("404", await Body("/packs/x"), StringComparison.Ordinal);
    }

    private static InspectionTask Task(string id, InspectionType type, bool waived) => new(new TaskFacts(id, type, "U1", "E1", new DateOnly(2026, 10, 13), new DateOnly(2026, 9, 1))
    {
        HalfDay = "上午",
        ItemIds = ["IT1"],
        InspectorIds = ["I1"],
        ApprovedOn = new DateOnly(2026, 9, 2),
        ApprovedBy = "L1",
        PreviewSentOn = waived ? null : new DateOnly(2026, 9, 3),
        PreviewWaived = waived,
    });

    private static JsonNode Of(JsonNode read, string reader, string id) => read[reader]!.AsArray().Single(entry => (string?)entry!["uid"] == $"{id}@yunlan")!;

    private async Task<string> Link(Actor by) => $"/calendar/{(await Send(new MakeCalendarLink(by))).Secret}.ics";

    private async Task<JsonNode> Read(string link)
    {
        var node = Installed.Node();
        Installed.OrSkip(Installed.Module("ical.js"), Installed.Module("node-ical"));
        var file = Path.Combine(bot.Folder, "feed.ics");
        await File.WriteAllBytesAsync(file, await bot.Client.GetByteArrayAsync(link));
        using var reader = Process.Start(new ProcessStartInfo(node, ["calendar.cjs", file]) { WorkingDirectory = Installed.NodeFolder, RedirectStandardOutput = true })!;
        return JsonNode.Parse(await reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task<HttpResponseMessage> Again(string link, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.IfNoneMatch.Add(tag);
        return await bot.Client.SendAsync(request);
    }

    private async Task<string> Body(string address)
    {
        using var answer = await bot.Client.GetAsync(address);
        return $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType} {await answer.Content.ReadAsStringAsync()}";
    }

    private Task<T> Send<T>(IRequest<T> request) => bot.Services.GetRequiredService<Transactions>().Run(
        "test", (work, token) => work.Services.GetRequiredService<IMediator>().Send(request, token), TestContext.Current.CancellationToken);

    private Task Write(Action<SupervisionDb> write) => bot.Services.GetRequiredService<Transactions>().Run(
        "test",
        async (work, token) =>
        {
            var db = work.Services.GetRequiredService<SupervisionDb>();
            write(db);
            return await db.SaveChangesAsync(token);
        },
        TestContext.Current.CancellationToken);

    private Task Owe() => bot.Services.GetRequiredService<Transactions>().Run(
        "test",
        (work, token) =>
        {
            var limit = work.Services.GetRequiredService<Domain.Rules.RulePack>().ResultEntry with { Period = new Period(2, PeriodUnit.WorkingDays) };
            work.Services.GetRequiredService<DeadlineBook>().OpenFrom(new DateOnly(2026, 9, 17), "task.result", limit, "T305", "任务T305结果回填", "U1", ["I1"]);
            return work.Services.GetRequiredService<SupervisionDb>().SaveChangesAsync(token);
        },
        TestContext.Current.CancellationToken);
}
