using Bot.Domain.Rules;
using Bot.Domain.Visits;
using Bot.Testing;

namespace Bot.Domain.Tests.Visits;

/// <summary>J32, J33, J34: guidance and calls need consent and must not become inspections.</summary>
public sealed class VisitingWithConsent : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-20 10:00");

    [Fact]
    public async Task The_enterprise_is_asked_what_for_and_told_that_a_refusal_has_no_consequence()
    {
        // J33
        var asked = await Ask();

        Assert.Equal(("V26-1", 1), (asked.VisitId, asked.Told));
        Assert.Equal("云澜区应急管理局拟于11月26日（周四）上午到贵单位开展行政指导（不是检查），内容：喷涂车间通风。是否同意？请回复“同意 V26-1”“不同意 V26-1”或“换时间 V26-1”。不同意不影响信用和检查安排；不回复视为不同意。", yunlan.Notice("N17", "P001"));
    }

    [Fact]
    public async Task No_answer_and_a_refusal_are_no_consent()
    {
        // J33
        await Ask();
        yunlan.Office.Time.Set("2026-11-26 09:00");
        await Refused(new StartVisit(yunlan.Safety, "V26-1"), "J33", "还没有同意");
        await yunlan.Office.Send(new AnswerVisit(yunlan.Qinghe, "V26-1", Consent.Refused));
        Assert.Contains("不同意，请不要前往", yunlan.Notice("N68", "I05"), StringComparison.Ordinal);

        await Refused(new StartVisit(yunlan.Safety, "V26-1"), "J33", "不得改为检查");
        await Refused(new RecordVisit(yunlan.Safety, "V26-1", "看了车间"), "J33", "还没有开始");
    }

    [Theory]
    [InlineData("2026-11-25 09:00", false)]
    [InlineData("2026-11-26 09:00", true)]
    [InlineData("2026-11-27 09:00", false)]
    public async Task With_consent_it_begins_on_its_day_only(string now, bool begins)
    {
        // J33
        await Ask();
        await yunlan.Office.Send(new AnswerVisit(yunlan.Qinghe, "V26-1", Consent.Given));
        yunlan.Office.Time.Set(now);

        if (begins)
            Assert.Empty((await yunlan.Office.Send(new StartVisit(yunlan.Safety, "V26-1"))).Flagged);
        else
            await Refused(new StartVisit(yunlan.Safety, "V26-1"), "J33", "今天不是企业同意的日子");
    }

    [Fact]
    public async Task Another_day_is_asked_for_anew()
    {
        // J33
        await Ask();
        await Refused(new AnswerVisit(yunlan.Qinghe, "V26-1", Consent.OtherTime), "J33", "什么时候方便");
        await yunlan.Office.Send(new AnswerVisit(yunlan.Qinghe, "V26-1", Consent.OtherTime, "11月30日（周一）"));
        Assert.Contains("希望换时间：11月30日（周一）", yunlan.Notice("N68", "I05"), StringComparison.Ordinal);

        await yunlan.Office.Send(new AskConsent(yunlan.Safety, VisitKind.Guidance, "", new DateOnly(2026, 11, 30), "下午", "喷涂车间通风", "V26-1"));

        Assert.Contains("11月30日（周一）下午", yunlan.Notice("N17", "P001"), StringComparison.Ordinal);
        Assert.Equal(Consent.NotGiven, yunlan.Office.Use(db => db.Visits.Single().Consent));
    }

    [Fact]
    public async Task Words_of_an_inspection_in_the_notes_are_put_before_a_person()
    {
        // J32
        await Begun();

        var recorded = await yunlan.Office.Send(new RecordVisit(yunlan.Safety, "V26-1", "对喷涂车间拍照取证，责令停用"));

        Assert.Equal(["取证", "责令"], recorded.Flagged.Except(["拍照取证"]));
        Assert.Equal(["L-U02", "S1"], yunlan.Told("N69"));
        Assert.Contains("走访记录中出现“拍照取证”", yunlan.Notice("N69", "S1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_tap_of_the_enterprise_tells_the_bureau_and_the_leader()
    {
        // J32
        await Begun();

        await yunlan.Office.Send(new CallItInspection(yunlan.Qinghe, "V26-1"));
        await yunlan.Office.Send(new CallItInspection(yunlan.Qinghe, "V26-1", "翻了台账还要签字"));

        Assert.Equal(["L-U02", "S1"], yunlan.Told("N69"));
        Assert.Equal([VisitAlert.EnterpriseSaysInspection], yunlan.Office.Use(db => db.Visits.Single().Alerts));
        await Refused(new CallItInspection(yunlan.Shiqiaohe, "V26-1"), "D15", "没有找到这次走访");
    }

    [Fact]
    public async Task What_was_seen_is_first_to_be_put_right()
    {
        // J34
        await Begun();
        await Refused(new TurnVisitIntoCase(yunlan.Safety, "V26-1"), "J34", "没有记录线索");
        await yunlan.Office.Send(new NoteCorrection(yunlan.Safety, "V26-1", "标签缺失", false, "补贴标签", new DateOnly(2026, 12, 3)));
        Assert.Contains("请在12月3日（周四）前改正：补贴标签", yunlan.Notice("N60", "P001"), StringComparison.Ordinal);

        await Refused(new TurnVisitIntoCase(yunlan.Safety, "V26-1"), "J34", "请先提示改正");
        yunlan.Office.Time.Set("2026-12-03 17:00");
        await Refused(new TurnVisitIntoCase(yunlan.Safety, "V26-1"), "J34", "请先提示改正");
        yunlan.Office.Time.Set("2026-12-04 09:00");
        await yunlan.Office.Send(new TurnVisitIntoCase(yunlan.Safety, "V26-1"));
        Assert.Empty(yunlan.Office.Use(db => db.Visits.Single().Alerts));
    }

    [Fact]
    public async Task What_is_urgent_may_become_enforcement_at_once()
    {
        // J34
        await Begun();
        await yunlan.Office.Send(new NoteCorrection(yunlan.Safety, "V26-1", "疏散通道被锁，人员在内", true, "立即打开", new DateOnly(2026, 11, 26)));

        await yunlan.Office.Send(new TurnVisitIntoCase(yunlan.Safety, "V26-1"));

        Assert.Empty(yunlan.Office.Use(db => db.Visits.Single().Alerts));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_and_leaves_nothing()
    {
        await Refused(Asking(enterprise: "云澜区"), "J33", "好几家");
        await Refused(Asking(enterprise: "E999"), "J33", "没有查到");
        await Refused(Asking(on: new DateOnly(2026, 11, 19)), "J33", "已经过了");
        await Refused(Asking(content: " "), "J33", "内容");
        await Refused(Asking(kind: (VisitKind)9), "J33", "请选");
        yunlan.Office.Add(new Bot.Domain.People.Enterprise("X01", "桥南路18号小型加工点", null));
        await Refused(Asking(enterprise: "X01"), "J33", "还没有联系人");
        await Refused(new AnswerVisit(yunlan.Qinghe, "V26-1", Consent.Given), "D15", "没有找到这次走访");

        Assert.Empty(yunlan.Office.Use(db => db.Visits.ToList()));
    }

    public void Dispose() => yunlan.Dispose();

    private AskConsent Asking(VisitKind kind = VisitKind.Guidance, string enterprise = "E001", DateOnly? on = null, string content = "喷涂车间通风") =>
        new(yunlan.Safety, kind, enterprise, on ?? new DateOnly(2026, 11, 26), "上午", content);

    private Task<ConsentAsked> Ask() => yunlan.Office.Send(Asking());

    private async Task Begun()
    {
        await Ask();
        await yunlan.Office.Send(new AnswerVisit(yunlan.Qinghe, "V26-1", Consent.Given));
        yunlan.Office.Time.Set("2026-11-26 09:00");
        await yunlan.Office.Send(new StartVisit(yunlan.Safety, "V26-1"));
    }

    private async Task Refused<T>(MediatR.IRequest<T> command, string clause, string because)
    {
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(command));
        Assert.Equal(clause, broken.Rule.Clause);
        Assert.Contains(because, broken.Message, StringComparison.Ordinal);
    }
}
