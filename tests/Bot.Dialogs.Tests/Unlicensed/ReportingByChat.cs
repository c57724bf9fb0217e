using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Unlicensed;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Unlicensed;

/// <summary>D22: whoever knows of a business without licence tells the town in a few answers; the town settles it in the same chat.</summary>
public sealed class ReportingByChat : IDisposable
{
    private readonly Office office = new("2026-11-20 16:00");
    private readonly Actor enterprise;
    private readonly Actor liaison;
    private readonly Actor supervisor;

    public ReportingByChat()
    {
        office.Add(
            new Enterprise("E1", "云澜区青榆精密机械有限公司", "91321299MA7CLA010M"),
            new Unit("U01", "云澜区市场监督管理局", "district", "市场监管", "0000-86000100"),
            new Unit("U10", "青榆镇人民政府", "town", "综合行政执法", "0000-86001000"),
            new Unit("U11", "石桥河镇人民政府", "town", "综合行政执法", "0000-86001100"),
            new Unit("U12", "望岚街道办事处", "subdistrict", "综合行政执法", "0000-86001200"));
        enterprise = office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1");
        liaison = office.Person("LI-U12", "钱子衿", ActorRole.UnitLiaison, "U12");
        office.Person("LI-U11", "柳牧野", ActorRole.UnitLiaison, "U11");
        supervisor = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
    }

    [Fact]
    public async Task D22_a_free_sentence_begins_it_and_the_code_brings_the_towns_answer()
    {
        const string script = """
            U: 楼下有家饭店没有营业执照
            B: 谢谢您反映，不用提供名称和信用代码。在政府指定的场所和时间卖农副产品、日常生活用品，或者凭手艺做便民劳务的，依法不算无证无照经营。
            B: 这次举报您希望：
               [1]实名（结果发给您，您的身份保密） [2]匿名（用查询码看结果）
            U: 匿名
            B: 在哪个镇或街道？
               [1]青榆镇 [2]石桥河镇 [3]望岚街道
               [青榆镇] [石桥河镇] [望岚街道]
            U: 不清楚
            B: 可以看附近的路牌、门牌或手机地图上写的镇街。
               [1]青榆镇 [2]石桥河镇 [3]望岚街道
               实在不清楚，请拨打12345说明位置。
            U: 好像是望岚
            B: 具体在什么位置？路名、门牌、附近的标志都行。
            U: 望岚路8号楼一层，超市旁边
            B: 可以再补充，也可以发照片。没有就回复“没有”。
            U: [图片]
            B: 收到1张，还要补充吗？没有就回复“没有”。
            U: 没有
            B: 请看一遍（匿名）。会保存的：您写的内容、照片、提交的日期、查询码的密文；不保存您是谁、从哪里发来、几点发来，对话记录半小时后删除：
               1. 镇街：望岚街道办事处
               2. 位置：望岚路8号楼一层，超市旁边
               3. 情况：楼下有家饭店没有营业执照（照片1张）
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 1
            B: 已转望岚街道办事处核实，15个工作日内有结果，最迟12月11日（周五）。查询码 ※，请保存，只有凭它能看到结果。为保护您，除提交日期外，没有保存能看出您是谁的信息。
            """;
        var talk = new Talk(office, enterprise);
        var heard = await talk.Play(script);
        Assert.Equal(script, heard);

        Assert.True(talk.Fleeting);
        Assert.DoesNotContain("P1", talk.Stored!, StringComparison.Ordinal);
        var report = office.Use(db => db.UnlicensedReports.Single());
        Assert.Equal(("U12", null, 1), (report.UnitId, report.PersonId, report.EvidenceIds.Count));

        const string town = """
            U: 今日待办
            B: 今天（11月20日，周五）没有必须今天办的事。以后到期1件，最早12月11日（周五）。
            """;
        Assert.StartsWith(town, await new Talk(office, liaison).Play(town), StringComparison.Ordinal);
        const string settling = """
            U: 打开 Z26-1
            B: Z26-1 云证照举〔2026〕1号，匿名，11月20日收到。已留痕您的查看。
               镇街：望岚街道办事处
               位置：望岚路8号楼一层，超市旁边
               情况：楼下有家饭店没有营业执照（附件1份）
               最迟12月11日（周五）24时前告知结果。属于部门职权的，应当及时通报有关部门（无证无照经营查处办法第八条）。
               [1]写明结果办结 [2]不在本镇街，转交 [3]先不办
            U: 1
            B: 核实的结果是？
               [1]属实，已依法处理 [2]属实，已督促办理证照 [3]已通报有关部门查处 [4]经核实有证照，或依法不需要证照 [5]经核实没有发现
            U: 2
            B: 请写明核实和处理的情况，会告诉举报人。
            U: 已上门指导，经营者11月23日提交了执照申请
            B: 请看一遍，会告诉举报人：
               1. 结果：属实，已督促办理证照
               2. 情况：已上门指导，经营者11月23日提交了执照申请
               办结吗？要修改请说“改第1项”。[1]办结 [2]修改 [3]不办结
            U: 办结
            B: 云证照举〔2026〕1号 已办结，举报人凭查询码可以看到。
            """;
        Assert.Equal(settling, await new Talk(office, liaison).Play(settling));
    }

    [Fact]
    public async Task D22_a_code_shows_how_it_stands()
    {
        var receipt = await office.Send(new ReportUnlicensed(enterprise, "U12", "望岚路8号", "卖熟食", [], Anonymous: true));
        var talk = new Talk(office, Office.Visitor("elsewhere"));

        Assert.Equal("您11月20日举报的无证经营（云证照举〔2026〕1号）由望岚街道办事处核实，最迟12月11日（周五）告诉您结果。", await talk.Hear(receipt.Code!));
        office.Time.Set("2026-12-14 09:00");
        Assert.Contains("已经超期，对不起", await talk.Hear(receipt.Code!), StringComparison.Ordinal);
        await office.Send(new SettleUnlicensed(liaison, receipt.ReportId, UnlicensedOutcome.NotFound, "现场已关门"));
        Assert.Contains("经核实没有发现。现场已关门。", await talk.Hear(receipt.Code!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task D22_a_stranger_leaves_a_name_the_wrong_town_hands_it_on_and_the_progress_shows_it()
    {
        const string script = """
            U: 举报无证经营
            B: 谢谢您反映，不用提供名称和信用代码。在政府指定的场所和时间卖农副产品、日常生活用品，或者凭手艺做便民劳务的，依法不算无证无照经营。
            B: 这次举报您希望：
               [1]实名（结果发给您，您的身份保密） [2]匿名（用查询码看结果）
            U: 1
            B: 在哪个镇或街道？
               [1]青榆镇 [2]石桥河镇 [3]望岚街道
            U: 市场监管局
            B: 没认出是哪个镇街。
               [1]青榆镇 [2]石桥河镇 [3]望岚街道
            U: 3
            B: 具体在什么位置？路名、门牌、附近的标志都行。
            U: 河边修理铺
            B: 是什么情况？比如卖什么、做什么，大概多久了。
            U: 修电动车，没挂执照，半年了
            B: 可以再补充，也可以发照片。没有就回复“没有”。
            U: 没有
            B: 怎么称呼您？方便的话留个电话，例如“王芳 13800000000”。只有办理人员能看到。
            U: 周女士
            B: 请看一遍（实名）。只有办理人员能看到您是谁：
               1. 镇街：望岚街道办事处
               2. 位置：河边修理铺
               3. 情况：修电动车，没挂执照，半年了
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 改第2项 桥头第二家修理铺
            B: 请看一遍（实名）。只有办理人员能看到您是谁：
               1. 镇街：望岚街道办事处
               2. 位置：桥头第二家修理铺
               3. 情况：修电动车，没挂执照，半年了
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            B: 已登记，编号 云证照举〔2026〕1号，已转望岚街道办事处核实，15个工作日内告诉您结果，最迟12月11日（周五）。您的身份保密。
            """;
        var visitor = Office.Visitor("wx-1");
        Assert.Equal(script, await new Talk(office, visitor).Play(script));

        const string moving = """
            U: 转交 Z26-1
            B: Z26-1 云证照举〔2026〕1号，实名（请为举报人保密），11月20日收到。已留痕您的查看。
               镇街：望岚街道办事处
               位置：桥头第二家修理铺
               情况：修电动车，没挂执照，半年了
               举报人：周女士
               最迟12月11日（周五）24时前告知结果。属于部门职权的，应当及时通报有关部门（无证无照经营查处办法第八条）。
               转给哪个镇街？
               [1]青榆镇 [2]石桥河镇
            U: 石桥河
            B: 请用一句话说明理由，举报人也会看到。
            U: 桥头属石桥河镇
            B: 已转石桥河镇人民政府，期限不变，仍是12月11日（周五）24时前；已告知举报人。
            """;
        Assert.Equal(moving, await new Talk(office, liaison).Play(moving));
        var reporter = visitor with { PersonId = office.Use(db => db.UnlicensedReports.Single().PersonId) };
        Assert.Equal("您11月20日举报的无证经营（云证照举〔2026〕1号）已转石桥河镇人民政府（桥头属石桥河镇），最迟12月11日（周五）告诉您结果。", await new Talk(office, reporter).Hear("办理进度"));
    }

    [Fact]
    public async Task D22_the_bureau_sees_the_ledger_and_reads_without_the_reporters_name()
    {
        await office.Send(new ReportUnlicensed(enterprise, "U12", "望岚路8号", "卖熟食", [], Anonymous: false));
        const string script = """
            U: 待核实的无证经营举报有哪些
            B: 待核实的无证经营举报1件：
               Z26-1 望岚街道办事处，实名，11月20日收到，最迟12月11日（周五）
               今年收到1件，已有结果0件。回复“打开”加编号查看。
               [打开 Z26-1]
            U: 打开 Z26-1
            B: Z26-1 云证照举〔2026〕1号，实名（请为举报人保密），11月20日收到。已留痕您的查看。
               镇街：望岚街道办事处
               位置：望岚路8号
               情况：卖熟食
               最迟12月11日（周五）24时前告知结果。属于部门职权的，应当及时通报有关部门（无证无照经营查处办法第八条）。
            """;

        Assert.Equal(script, await new Talk(office, supervisor).Play(script));
        Assert.Contains("没有查到这件举报", await new Talk(office, liaison).Hear("打开 Z26-9"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complaint_that_is_about_a_business_without_licence_goes_over_to_it()
    {
        var talk = new Talk(office, enterprise);
        await talk.Hear("我要投诉");
        await talk.Hear("匿名");

        Assert.Contains("转过去办吗", await talk.Hear("隔壁开饭店的没有执照"), StringComparison.Ordinal);
        Assert.Contains("在哪个镇或街道", await talk.Hear("转过去办"), StringComparison.Ordinal);
        await talk.Hear("1");
        await talk.Hear("青榆路1号");
        Assert.Contains("青榆镇人民政府", await talk.Hear("没有"), StringComparison.Ordinal);
        Assert.Contains("查询码", await talk.Hear("提交"), StringComparison.Ordinal);
        Assert.Equal("隔壁开饭店的没有执照", office.Use(db => db.UnlicensedReports.Single()).Text);
        Assert.Equal(0, office.Use(db => db.Complaints.Count()));
    }

    [Fact]
    public async Task An_opinion_about_one_is_shown_the_way()
    {
        var talk = new Talk(office, enterprise);
        await talk.Hear("意见反馈");
        await talk.Hear("路边摊没有证照天天卖");

        Assert.Equal(["举报无证经营"], (await talk.Say("1"))[^1].Actions);
    }

    [Fact]
    public async Task Where_no_town_takes_part_it_says_whom_to_call()
    {
        using var empty = new Office("2026-11-20 16:00");

        Assert.Contains("12345", await new Talk(empty, Office.Visitor()).Hear("举报无证经营"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("没有营业执照的店")]
    [InlineData("有人在小区里无证卖熟食")]
    [InlineData("我们小区楼下开了个没执照的麻将馆")]
    [InlineData("我要举报一家黑诊所")]
    [InlineData("对面那家美容院什么证都没有，能不能管管")]
    [InlineData("隔壁厂没办执照就开工了")]
    [InlineData("匿名反映一个无照经营的加工点")]
    [InlineData("村里有人私自开加油站 没有许可证")]
    [InlineData("无照经营怎么举报")]
    public void Free_sentences_open_it(string text)
    {
        Assert.Null(Special.Of(text));
        Assert.Equal(Intents.ReportUnlicensed, IntentRecogniser.Load(Phrases.Shipped).Recognise(text, Audience.Public).Intent);
    }

    [Theory]
    [InlineData("我们还没领营业执照")]
    [InlineData("没有营业执照能绑吗")]
    [InlineData("没有营业执照可以投诉吗")]
    [InlineData("他们没亮证没扫码就进来")]
    [InlineData("检查人员没有执法证")]
    [InlineData("我举报的无证经营有结果了吗")]
    public void Other_talk_of_licences_does_not(string text) =>
        Assert.NotEqual(Intents.ReportUnlicensed, IntentRecogniser.Load(Phrases.Shipped).Recognise(text, Audience.Enterprise).Intent);

    public void Dispose() => office.Dispose();
}
