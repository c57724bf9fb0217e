using Bot.Domain.Commands;
using Bot.Domain.Figures;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Figures;

/// <summary>S39: a unit sees its figures before they are sent and may object once to each; the objection goes along.</summary>
public sealed class ObjectingToFigures : IDisposable
{
    private readonly Yunlan yunlan = new("2026-12-01 08:00");

    public ObjectingToFigures()
    {
        yunlan.Inspection("T303", but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 17), CompletedOn = new DateOnly(2026, 11, 17), Result = "未发现问题", ResultEnteredOn = new DateOnly(2026, 11, 18) });
        yunlan.Inspection("T304", but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 18), CompletedOn = new DateOnly(2026, 11, 18), ScannedInAt = new HandTime("2026-11-18 09:30").GetUtcNow().UtcDateTime });
    }

    // S39, W40
    [Fact]
    public async Task S39_W40_the_leader_is_told_on_the_first_working_day_with_place_and_until_when_to_object()
    {
        await yunlan.Office.TellFigures();
        await yunlan.Office.TellFigures();

        Assert.Equal(["L-U02", "L-U09"], yunlan.Told("N170"));
        Assert.Equal(
            """
            云澜区应急管理局2026年11月监管数据（报送前请核对）：
            检查2次，扫码1/2，预告2/2，结果按期1/2。
            规范办理率50.0%（2/4），第1名（共1个单位）。
            认为数据有误的，可在12月4日（周五）前对每一项提一次异议，异议随报告一并报送。
            """.ReplaceLineEndings("\n"),
            yunlan.Notice("N170", "L-U02"));
    }

    // S39: what is told is read before it is written, by each instance for itself
    [Fact]
    public async Task S39_two_instances_that_have_read_the_same_month_tell_it_once()
    {
        var (one, other) = (await yunlan.Office.Send(new FiguresToTell(Actor.Service)), await yunlan.Office.Send(new FiguresToTell(Actor.Service)));

        Assert.Equal(2, (await yunlan.Office.Send(new TellFiguresOfMonth(Actor.Service, one!))).Units);
        Assert.Equal(0, (await yunlan.Office.Send(new TellFiguresOfMonth(Actor.Service, other!))).Units);
        Assert.Null(await yunlan.Office.Send(new FiguresToTell(Actor.Service)));
        Assert.Equal(["L-U02", "L-U09"], yunlan.Told("N170"));
    }

    [Fact]
    public async Task S39_what_was_read_on_the_last_morning_of_a_month_is_not_told_of_the_next_one()
    {
        var november = await yunlan.Office.Send(new FiguresToTell(Actor.Service));
        yunlan.Office.Time.Set("2027-01-04 08:00");

        Assert.Equal(0, (await yunlan.Office.Send(new TellFiguresOfMonth(Actor.Service, november!))).Units);
        Assert.Empty(yunlan.Told("N170"));
    }

    [Fact]
    public async Task S39_each_figure_may_be_objected_to_once_with_a_reason_and_the_answer_comes_back()
    {
        var objected = await yunlan.Office.Send(new ObjectToFigure(yunlan.SafetyLeader, "2026-11", Measure.Scanned, "T303当天系统故障，有执法记录仪"));
        Assert.Equal("1/2", objected.Shown);
        await Refused("每项只能提一次", new ObjectToFigure(yunlan.SafetyLeader, "2026-11", Measure.Scanned, "再说一次"));
        await Refused("请写明异议的理由", new ObjectToFigure(yunlan.SafetyLeader, "2026-11", Measure.Results, " "));
        await yunlan.Office.Send(new ObjectToFigure(yunlan.SafetyLeader, "2026-11", Measure.Results, "节假日未扣除"));

        Assert.Contains(yunlan.Office.Use(db => db.Notices.Where(n => n.Kind == "N171" && n.PersonId == "S1").Select(n => n.Text).ToList()), text => text.Contains("扫码1/2”提出异议：T303当天系统故障", StringComparison.Ordinal));
        var open = await yunlan.Office.Send(new OpenObjections(yunlan.Bureau));
        Assert.Equal([Measure.Scanned, Measure.Results], open.Select(line => line.Measure).Order());

        await yunlan.Office.Send(new SettleObjection(yunlan.Bureau, objected.ObjectionId, false, "记录仪编号没有登记"));
        await Refused("已经答复过", new SettleObjection(yunlan.Bureau, objected.ObjectionId, true, "改主意"));
        Assert.Contains("未采纳。记录仪编号没有登记", yunlan.Notice("N172", "L-U02"), StringComparison.Ordinal);
        var own = await yunlan.Office.Send(new FiguresOfUnit(yunlan.SafetyLeader, "U02", "2026-11"));
        Assert.Contains(own.Objections, line => line.InWords == "扫码1/2：T303当天系统故障，有执法记录仪（12月1日提出，未采纳：记录仪编号没有登记）");
        Assert.Equal((1, 2), (own.Unit[Measure.Scanned].Part, own.Unit[Measure.Scanned].Whole));
    }

    [Fact]
    public async Task S39_not_before_the_month_is_over_and_not_after_the_last_day()
    {
        yunlan.Office.Time.Set("2026-11-30 23:59");
        await Refused("只能对已经结束的月份", new ObjectToFigure(yunlan.SafetyLeader, "2026-11", Measure.Scanned, "不对"));
        await Refused("只能对已经结束的月份", new ObjectToFigure(yunlan.SafetyLeader, "2026-Q3", Measure.Scanned, "不对"));

        yunlan.Office.Time.Set("2026-12-05 00:01");
        await Refused("到12月4日（周五）为止", new ObjectToFigure(yunlan.SafetyLeader, "2026-11", Measure.Scanned, "不对"));
    }

    [Fact]
    public async Task S39_over_National_Day_the_days_of_objection_are_counted_from_the_first_working_day()
    {
        // 8 and 9 October work, the 10th is a make-up Saturday, the 11th is off
        yunlan.Office.Time.Set("2026-10-12 10:00");
        await yunlan.Office.Send(new ObjectToFigure(yunlan.SafetyLeader, "2026-09", Measure.Scanned, "不对"));
        yunlan.Office.Time.Set("2026-10-13 10:00");
        await Refused("到10月12日（周一）为止", new ObjectToFigure(yunlan.SafetyLeader, "2026-09", Measure.Results, "不对"));
    }

    [Fact]
    public async Task Nobody_but_the_units_leader_objects_and_nobody_but_the_bureau_settles()
    {
        foreach (var other in new[] { yunlan.Safety, yunlan.SafetyLiaison, yunlan.Bureau, yunlan.Qinghe })
            await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new ObjectToFigure(other, "2026-11", Measure.Scanned, "不对")));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new SettleObjection(yunlan.SafetyLeader, "U02:2026-11:Scanned", true, "对")));
    }

    // J39, C20
    [Fact]
    public async Task J39_the_leader_wants_it_in_writing_and_reads_what_the_inspector_says()
    {
        yunlan.Office.Time.Set("2026-11-22 10:00");
        var demanded = await yunlan.Office.Send(new DemandExplanation(yunlan.SafetyLeader, "T303"));
        Assert.Equal(new DateOnly(2026, 11, 24), demanded.Due.On);
        Assert.Contains("请于11月24日（周二）前回复“说明 T303”", yunlan.Notice("N173", "I05"), StringComparison.Ordinal);
        await Refused("已经要求说明过了", new DemandExplanation(yunlan.SafetyLeader, "T303"));
        await Refused("不是贵单位的", new DemandExplanation(yunlan.TransportLeader, "T303"));

        yunlan.Office.Time.Set("2026-11-24 23:00");
        await Refused("请写明情况", new GiveExplanation(yunlan.Safety, "T303", ""));
        await Refused("没有等您说明的事", new GiveExplanation(yunlan.Ecology, "T303", "我说"));
        Assert.True((await yunlan.Office.Send(new GiveExplanation(yunlan.Safety, "T303", "企业停电，扫码设备没电"))).OnTime);
        await Refused("没有等您说明的事", new GiveExplanation(yunlan.Safety, "T303", "再说"));

        Assert.Contains("何安宁就任务T303（云澜区青禾特种钢锭铸造有限公司，11月17日）说明：企业停电，扫码设备没电", yunlan.Notice("N174", "L-U02"), StringComparison.Ordinal);
        Assert.Equal("企业停电，扫码设备没电", yunlan.Office.Use(db => db.Deadlines.Single(d => d.Id == "task.explanation:T303").DelayReason));
    }

    [Fact]
    public async Task C20_a_task_is_urged_once_a_day()
    {
        await yunlan.Office.Send(new UrgeTask(yunlan.SafetyLeader, "T303"));
        await yunlan.Office.Send(new UrgeTask(yunlan.SafetyLeader, "T303"));
        Assert.Equal(["I05", "I06"], yunlan.Told("N175"));

        yunlan.Office.Time.Set("2026-12-02 08:00");
        await yunlan.Office.Send(new UrgeTask(yunlan.SafetyLeader, "T303"));
        Assert.Equal(4, yunlan.Told("N175").Count);
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Refused<T>(string sentence, MediatR.IRequest<T> command) =>
        Assert.Contains(sentence, (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command))).Message, StringComparison.Ordinal);
}
