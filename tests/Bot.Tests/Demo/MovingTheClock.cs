using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Demo;
using Bot.Domain.Notices;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Demo;

/// <summary>The clock of the demonstration (contract.md): forward through all that becomes due, back only to begin elsewhere.</summary>
public sealed class MovingTheClock
{
    [Fact]
    public async Task A_request_before_the_spring_festival_is_reminded_of_once_and_then_escalates()
    {
        const string number = "云指〔2026〕58号";
        await using var demo = await DemoBot.Start();
        await demo.MoveTo("2026-02-13T16:00:00+08:00");
        await demo.Say("C001", "申请行政指导", "应急管理局", "有限空间作业审批单没有模板", "还要问单位", "提交", "怎么算出来的");

        Assert.Contains(await demo.Told("C001", number), text => text.Contains("最迟2月24日（周二）答复", StringComparison.Ordinal) && text.Contains("2个工作日", StringComparison.Ordinal));
        Assert.Contains(
            await demo.Told("C001", number),
            text => text.Contains("第1个工作日2月14日", StringComparison.Ordinal) && text.Contains("第2个工作日2月24日", StringComparison.Ordinal));

        // Half way, and on the morning of the due day: the handler alone, once each.
        await demo.MoveTo("2026-02-24T12:00:00+08:00");
        Assert.Equal(["I05"], await Hearing(demo, number, "还有1个工作日"));
        Assert.Equal(["I05"], await Hearing(demo, number, "24时到期，请今天办理"));
        Assert.Empty(await Hearing(demo, number, "超期"));

        // Overdue by one working day: handler and liaison; by two: the leader; by three: the justice bureau.
        await demo.MoveTo("2026-02-25T12:00:00+08:00");
        Assert.Equal(["I05", "LI-U02"], await Hearing(demo, number, "超期1个工作日"));
        await demo.MoveTo("2026-03-02T12:00:00+08:00");
        Assert.Equal(["L-U02"], await Hearing(demo, number, "超期2个工作日"));
        Assert.Equal(["SJ1", "SJ2", "SJ3"], await Hearing(demo, number, "超期3个工作日"));
        Assert.Equal(["I05", "L-U02", "LI-U02", "SJ1", "SJ2", "SJ3"], await Hearing(demo, number, "超期"));
        Assert.Equal(["I05"], await Hearing(demo, number, "还有"));
    }

    [Fact]
    public async Task One_long_move_tells_each_thing_in_the_words_of_its_own_day()
    {
        await using var demo = await DemoBot.Start();
        await demo.MoveTo("2026-02-13T16:00:00+08:00");
        var receipt = await demo.AskForGuidance();

        await demo.MoveTo("2026-03-02T12:00:00+08:00");

        Assert.Equal(["I05"], Reminded(demo, receipt.Id, "N7"));
        Assert.Equal(["I05"], Reminded(demo, receipt.Id, "N7b"));
        Assert.Equal(["I05", "L-U02", "LI-U02", "SJ1", "SJ2", "SJ3"], Reminded(demo, receipt.Id, "N8"));

        // The request itself, two reminders, one escalation: four messages, each on its own.
        Assert.Equal(4, (await demo.Told("I05", receipt.Number)).Count);
    }

    [Fact]
    public async Task A_fresh_district_can_begin_at_any_date_and_knows_nothing_that_comes_later()
    {
        await using var demo = await DemoBot.Start();

        await demo.MoveTo("2026-02-13T16:00:00+08:00");

        Assert.StartsWith("2026-02-13T16:00:", await demo.Clock(), StringComparison.Ordinal);
        Assert.EndsWith("+08:00", await demo.Clock(), StringComparison.Ordinal);
        Assert.Empty(demo.Look(db => db.GuidanceRequests.ToList()));
        Assert.Equal(["T501", "T502"], demo.Look(db => db.Tasks.Select(task => task.Id).OrderBy(id => id).ToList()));
        Assert.Null(demo.Look(db => db.Tasks.Single(task => task.Id == "T502").ApprovedOn));
        Assert.NotNull(demo.Look(db => db.Tasks.Single(task => task.Id == "T501").CompletedOn));
        await demo.MoveTo("2024-05-01T09:00:00+08:00");
        Assert.StartsWith("2024-05-01T09:00:", await demo.Clock(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_somebody_has_acted_there_is_no_way_back()
    {
        await using var demo = await DemoBot.Start();
        await demo.AskForGuidance();

        using var refused = await demo.Move("2026-11-22T09:00:00+08:00");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("只能往后拨", await Detail(refused), StringComparison.Ordinal);
        Assert.StartsWith("2026-11-22T10:", await demo.Clock(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_instant_is_refused_with_a_problem_that_says_what_to_do()
    {
        await using var demo = await DemoBot.Start();
        string[] bodies =
        [
            """{"now":"明天"}""", """{"now":"2026-12-01"}""", """{"now":5}""", "{}", "[]", "no json", "", """{"now":"2031-01-01T00:00:00+08:00"}""", """{"now":"2026-12-01T09:00:00"}""",
        ];

        foreach (var body in bodies)
        {
            using var refused = await demo.Running.Client.PostAsync("/demo/clock", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

            Assert.Equal((body, HttpStatusCode.BadRequest), (body, refused.StatusCode));
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
            Assert.NotEmpty(await Detail(refused));
        }

        Assert.StartsWith("2026-11-22T10:", await demo.Clock(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_moves_at_once_are_done_one_after_another()
    {
        await using var demo = await DemoBot.Start();
        var receipt = await demo.AskForGuidance();

        await Task.WhenAll(Enumerable.Repeat("2026-11-26T12:00:00+08:00", 4).Select(async now => (await demo.Move(now)).Dispose()));

        Assert.Equal(["I05", "L-U02", "LI-U02"], Reminded(demo, receipt.Id, "N8"));
    }

    [Fact]
    public async Task The_time_goes_on_after_a_restart_from_where_it_stood()
    {
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        await using (var first = await DemoBot.Start(database.Location))
            await first.MoveTo("2026-11-25T12:00:00+08:00");

        await using var second = await DemoBot.Start(database.Location);

        Assert.StartsWith("2026-11-25T12:0", await second.Clock(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_outlive_a_move_over_months()
    {
        await using var demo = await DemoBot.Start();
        var client = await demo.Be("C001");
        await client.Start();

        await demo.MoveTo("2027-06-01T09:00:00+08:00");

        Assert.NotEmpty(await client.History());
    }

    [Fact]
    public async Task Without_the_demonstration_there_are_no_such_routes()
    {
        await using var bot = await RunningBot.Start();

        using var clock = await bot.Client.GetAsync("/demo/clock", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, clock.StatusCode);
        Assert.Null(bot.Services.GetService<DemoClock>());
    }

    /// <summary>Which personas find these words about the case in their web conversations; one entry for each message.</summary>
    private static async Task<List<string>> Hearing(DemoBot demo, string number, string words)
    {
        var heard = new List<string>();
        foreach (var id in (await demo.Personas()).Select(persona => (string)persona["id"]!).Where(id => id != "C001").Order(StringComparer.Ordinal))
            heard.AddRange((await demo.Told(id, number)).Where(text => text.Contains(words, StringComparison.Ordinal)).Select(_ => id));
        return heard;
    }

    private static async Task<string> Detail(HttpResponseMessage problem) =>
        (string)(await problem.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["detail"]!;

    /// <summary>To whom a notice of this kind about the case is owed or was sent; one entry for each notice.</summary>
    private static List<string> Reminded(DemoBot demo, string caseId, string kind) => demo.Look(db => db.Notices
        .Where(notice => notice.SubjectId == caseId && notice.Kind == kind && notice.State != NoticeState.Withdrawn)
        .Select(notice => notice.PersonId)
        .OrderBy(id => id)
        .ToList());
}
