using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Emulators.WeCom;
using Bot.Storage;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeCom.Talks;

/// <summary>Two people act at the same moment on the same matter: it is done once, both are told kindly, and both cards show the same (J10, J18, J25).</summary>
public sealed class TwoOfficialsAtOnce
{
    private static readonly Actor Inspector = new("I05", ActorRole.Inspector, "魏亦舟", new Address("wecom", "demo-wecom-i05"), UnitId: "U02");
    private static readonly string[] Enterprises = ["E016", "E018", "E007", "E011", "E019", "E026"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Two_leaders_decide_on_one_task(DatabaseKind kind) // J10
    {
        await using var company = await Opened(kind);
        var (first, second) = await Leaders(company);
        foreach (var (enterprise, round) in Enterprises.Select((one, i) => (one, i)))
        {
            var id = await Submitted(company, enterprise, round);
            var (mine, theirs) = (first.Card(id), second.Card(id));
            var (heard, heardToo) = (first.Received.Count, second.Received.Count);
            if (round % 2 == 0)
            {
                await Task.WhenAll(first.Tap(mine, "同意"), second.Tap(theirs, "同意"));
            }
            else
            {
                await second.Tap(theirs, "退回");
                await company.Settle();
                heardToo = second.Received.Count;
                await Task.WhenAll(first.Tap(mine, "同意"), second.Say("人员安排不合适"));
            }

            await company.Settle();
            Assert.Equal(1, await Done(company, id, "ApproveTask", "ReturnTask"));
            Assert.True(first.Received.Count > heard && second.Received.Count > heardToo, $"round {round}: somebody heard nothing");
            Assert.Contains(mine.GreyText, new[] { "已批准", "已退回" });
            Assert.Equal((mine.GreyText, mine.Description), (theirs.GreyText, theirs.Description));
            company.Time.Advance(TimeSpan.FromMinutes(2));
        }

        Kindly(company, first, second);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task The_inspector_moves_the_task_while_the_leader_approves_it(DatabaseKind kind) // J10, J13
    {
        await using var company = await Opened(kind);
        var (leader, _) = await Leaders(company);
        var inspector = company.Desk("魏亦舟")!;
        foreach (var (enterprise, round) in Enterprises.Select((one, i) => (one, i)))
        {
            var id = await Submitted(company, enterprise, round);
            var card = leader.Card(id);
            var (heard, heardToo) = (leader.Received.Count, inspector.Received.Count);
            await Task.WhenAll(leader.Tap(card, "同意"), inspector.Say($"{id}改到12月31日下午"));
            await company.Settle();

            Assert.True(leader.Received.Count > heard && inspector.Received.Count > heardToo, $"round {round}: somebody heard nothing");
            Assert.Contains(card.GreyText, new[] { "已批准", "已改期，见新的卡片" });
            var task = await company.Change(db => db.Tasks.AsNoTracking().SingleAsync(one => one.Id == id, Token));
            var open = leader.Cards.Where(one => one.Usable && one.Title == $"待您审批：任务{id}").ToList();
            if (task.Stage == InspectionStage.Submitted)
                Assert.Contains("12月31日", Assert.Single(open).Lines.Single(line => line.Key == "日期").Value, StringComparison.Ordinal);
            else
                Assert.Empty(open);
            company.Time.Advance(TimeSpan.FromMinutes(2));
        }

        Kindly(company, leader, inspector);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Two_liaisons_answer_one_prompt(DatabaseKind kind) // J25, J28
    {
        await using var company = await Opened(kind);
        var (market, health, city, street) = (company.Desk("尹承礼")!, company.Desk("葛朝闻")!, company.Desk("柏立言")!, company.Desk("钱子衿")!);
        await Task.WhenAll(market.Say("同意并办 M3"), health.Say("同意并办 M3"), city.Say("同意并办 M4"), street.Say("不并 M4"));
        await company.Settle();
        await Task.WhenAll(street.Say("街道要配合人口普查，时间对不上"), city.Say("打开 M4"));
        await company.Settle();

        Assert.Equal(2, await Done(company, "M3", "AgreeToMerge"));
        Assert.Equal(1, await Done(company, "M4", "AgreeToMerge"));
        Assert.Equal(1, await Done(company, "M4", "DeclineMerge"));
        Assert.Contains(new[] { market, health }, desk => desk.Received.Any(entry => entry.Plain.Contains("T107并入T106", StringComparison.Ordinal)));
        var told = await company.Change(db => db.Notices.AsNoTracking().Where(notice => notice.Kind == "N5b" && notice.SubjectId == "M3").Select(notice => notice.PersonId).ToListAsync(Token));
        Assert.Equal(told.Distinct(StringComparer.Ordinal), told);
        Assert.Contains("LI-U07", told);
        Assert.All(new[] { market, health, city, street }, desk => Assert.NotEmpty(desk.Received));
        Kindly(company, market, health, city, street);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Two_handlers_answer_one_question(DatabaseKind kind) // J18
    {
        await using var company = await Opened(kind);
        var (desk, liaison) = (company.Desk("魏亦舟")!, company.Desk("孟仲平")!);
        for (var round = 1; round <= 4; round++)
        {
            foreach (var said in new[] { "申请行政指导", "应急管理局", $"第{round}个问题：审批单谁来签字？", "提交" })
                await company.OnTheWeb("庄亦舟", said);
            await company.Settle();
            var (mine, theirs) = (desk.Card("新的行政指导申请"), liaison.Card("新的行政指导申请"));
            await Task.WhenAll(desk.Tap(mine, "现在答复"), liaison.Tap(theirs, "现在答复"));
            await Task.WhenAll(desk.Say("由作业负责人签字。\n依据：《工贸企业有限空间作业安全规定》"), liaison.Say("作业负责人签字。\n依据：《工贸企业有限空间作业安全规定》"));
            await company.Settle();
            var (heard, heardToo) = (desk.Received.Count, liaison.Received.Count);
            await Task.WhenAll(desk.Tap("发送"), liaison.Tap("发送"));
            await company.Settle();

            var id = $"G26-{57 + round}";
            Assert.Equal(1, await Done(company, id, "AnswerGuidance"));
            Assert.True(desk.Received.Count > heard && liaison.Received.Count > heardToo, $"round {round}: somebody heard nothing");
            Assert.Equal("已答复", mine.GreyText);
            Assert.Equal((mine.GreyText, mine.Description), (theirs.GreyText, theirs.Description));
            company.Time.Advance(TimeSpan.FromMinutes(2));
        }

        Kindly(company, desk, liaison);
    }

    private static async Task<Company> Opened(DatabaseKind kind)
    {
        var company = await Company.Open(kind);
        await company.MoveTo("2026-11-23 09:00");
        return company;
    }

    /// <summary>The leader, and somebody who has become the deputy.</summary>
    private static async Task<(WeComMember First, WeComMember Second)> Leaders(Company company)
    {
        await company.Change(db => db.People.Where(person => person.Name == "孟仲平").ExecuteUpdateAsync(set => set.SetProperty(person => person.Role, ActorRole.UnitLeader), Token));
        return (company.Desk("秦文漪")!, company.Desk("孟仲平")!);
    }

    private static async Task<string> Submitted(Company company, string enterprise, int round)
    {
        var draft = new TaskDraft(InspectionType.Daily, InspectionGround.Plan, enterprise, new DateOnly(2026, 12, 16).AddDays(round < 3 ? round : round + 2))
        {
            HalfDay = "上午",
            ItemIds = ["IT-U02-1"],
            InspectorIds = ["I05", "I06"],
            PlanId = "P-U02-2026",
        };
        var id = await company.Bot.Services.GetRequiredService<Transactions>().Run(
            "registered",
            async (work, token) =>
            {
                var mediator = work.Services.GetRequiredService<IMediator>();
                var registered = await mediator.Send(new RegisterTask(Inspector, draft), token);
                await mediator.Send(new SubmitTask(Inspector, registered.TaskId), token);
                return registered.TaskId;
            },
            Token);
        await company.Settle();
        company.GoOn();
        return id;
    }

    private static Task<long> Done(Company company, string subject, params string[] actions) => company.Change(db => db.Database
        .SqlQueryRaw<long>("""SELECT count(*) AS "Value" FROM audit WHERE subject = {0} AND (',' || {1} || ',') LIKE ('%,' || action || ',%')""", subject, string.Join(',', actions))
        .SingleAsync(Token));

    private static void Kindly(Company company, params WeComMember[] desks)
    {
        Assert.All(desks.SelectMany(desk => desk.Received), Readable.Check);
        Assert.Empty(company.Platform.Violations);

        // Of two who collide in the database one is run again; the library tells of the collision as an error.
        Assert.DoesNotContain(company.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && !line.StartsWith("Error Microsoft.EntityFrameworkCore.", StringComparison.Ordinal));
    }
}
