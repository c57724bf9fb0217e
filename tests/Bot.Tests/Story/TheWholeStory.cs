using Bot.Storage;
using Bot.Testing;

namespace Bot.Tests.Story;

/// <summary>
/// One inspection as everybody lives through it, enterprises in WeChat and officials in WeCom, both emulated and strict: from the filed plan to the answered
/// complaint (J08, J10, J13, J16, J25, J28, J30, J32, J37, W37). What was said is kept in docs/story.md; BOT_WRITE_STORY=1 writes it anew.
/// </summary>
public sealed class TheWholeStory
{
    private const string Fire = "邵子衿";
    private const string FireInspector = "钱亦舟";
    private const string Liaison = "孟仲平";
    private const string Inspector = "魏亦舟";
    private const string Leader = "秦文漪";
    private const string Enterprise = "季启明";
    private const string Bureau = "范景行";
    private const string Auditor = "沈宛青";

    private static readonly Character[] Cast =
    [
        new(Enterprise, "云澜区溪桥铝合金压延有限公司的联系人", Official: false),
        new(Inspector, "云澜区应急管理局执法人员", Official: true),
        new("顾予宁", "云澜区应急管理局执法人员", Official: true),
        new(Leader, "云澜区应急管理局负责人", Official: true),
        new(Liaison, "云澜区应急管理局联络员", Official: true),
        new(FireInspector, "云澜区消防救援大队执法人员", Official: true),
        new("周沐辰", "云澜区消防救援大队执法人员", Official: true),
        new("柏若安", "云澜区消防救援大队负责人", Official: true),
        new(Fire, "云澜区消防救援大队联络员", Official: true),
        new(Bureau, "云澜区司法局监督人员（投诉处理岗）", Official: true),
        new(Auditor, "云澜区司法局监督人员", Official: true),
        new("柏砚秋", "云澜区司法局监督人员", Official: true),
    ];

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Everybody_does_their_part_where_they_are(DatabaseKind kind)
    {
        await using var both = await BothPlatforms.Open(kind);
        var story = new Teller(both, Cast);
        var file = Repository.Path("docs", "story.md");
        var writing = kind == DatabaseKind.Sqlite && Environment.GetEnvironmentVariable("BOT_WRITE_STORY") == "1";
        try
        {
            await Tell(story);
        }
        finally
        {
            if (writing)
                await File.WriteAllTextAsync(file, story.Told.TrimEnd() + "\n", CancellationToken.None);
        }

        Assert.Equal((await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"), story.Told.TrimEnd() + "\n");
        Assert.Empty(both.Account.Violations);
        Assert.Empty(both.Company.Violations);
        Assert.Empty(both.Company.Discarded);
        Assert.All(both.Account.Book.Deliveries.Concat(both.Company.Book.Deliveries), delivery => Assert.False(delivery.FailureShown));
        Assert.DoesNotContain(both.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
        var audit = await both.Audit();
        Assert.True(audit.Whole, audit.ToString());
    }

    private static async Task Tell(Teller story)
    {
        story.Write(
            $"""
            # 一次检查的全过程

            企业在微信公众号里，执法人员、联络员、负责人和司法局在企业微信里，各自手机和电脑上真实出现的每一句话、每一张卡片。
            本页由测试 `TheWholeStory` 在仿真的两个平台上（加密、严格模式）跑出来，不是手写的；说法改了，用 `BOT_WRITE_STORY=1` 重新生成。

            **地区、单位、企业、人员、证号、文号全部虚构。** 随机的检查码写作〈码〉。`这样` 的字是可以点的；引用块是助手说的，“→ 某人”表示同时到了别人那里。

            | 谁 | 是谁 | 在哪里 |
            | --- | --- | --- |
            {string.Join('\n', Cast.Select(one => $"| {one.Name} | {one.Who} | {(one.Official ? "企业微信" : "微信公众号")} |"))}
            """);
        await story.Later("2026-11-23 09:00");
        await APlanIsFiled(story);
        await AQuietDayIsRefusedAndTheInspectionMoved(story);
        await TheLeaderApprovesOnTheCard(story);
        await TheEnterpriseAsksAndIsAnswered(story);
        await TwoUnitsBecomeOneVisit(story);
        await TheCodeIsVerifiedAtTheDoor(story);
        await TheResultIsEnteredAndRated(story);
        await AComplaintIsAnswered(story);
        await AClueBecomesALetter(story);
    }

    private static async Task APlanIsFiled(Teller story)
    {
        story.Write("## 一、计划备案");
        await story.Picks(Fire, "检查计划", "看哪个计划");
        await story.Says(Fire, "司法局备案 P-U04-2026-S1", "已报云澜区司法局备案");
        await story.Taps(Auditor, "计划备案，请审查", "审查", "是否合法、合理、协调");
        await story.Taps(Auditor, "都可以", "已记录");
        await story.Taps(Fire, "公告计划", "已记录公告");
    }

    private static async Task AQuietDayIsRefusedAndTheInspectionMoved(Teller story)
    {
        story.Write("## 二、登记，安静日被挡下，改期");
        await story.Says(Inspector, "登记任务 12月3日上午 溪桥铝合金 工贸企业安全生产", "最早12月16日（周三）");
        await story.Taps(Inspector, "改16日", "检查人员？");
        await story.Says(Inspector, "我和顾工", "2人证件有效");
        await story.Taps(Inspector, "提交报审", "编号 T26-1");
    }

    private static async Task TheLeaderApprovesOnTheCard(Teller story)
    {
        story.Write("## 三、负责人在卡片上批准，预告到企业");
        await story.Taps(Leader, "待您审批：任务T26-1", "同意", "检查预告已发给企业1位联系人");
    }

    private static async Task TheEnterpriseAsksAndIsAnswered(Teller story)
    {
        story.Write("## 四、企业看预告、自查、申请行政指导，得到答复");
        await story.Picks(Enterprise, "检查预告", "12月16日");
        await story.Taps(Enterprise, "怎么准备", "请逐项自查");
        await story.Says(Enterprise, "第三项我们没有", "现在申请吗");
        await story.Taps(Enterprise, "申请", "想问什么");
        await story.Says(Enterprise, "有限空间作业审批单由谁签字，要保存多久？", "最迟11月25日（周三）");
        await story.Taps(Inspector, "新的行政指导申请", "现在答复", "请写答复");
        await story.Says(Inspector, "由作业负责人签字，保存一年\n依据：《工贸企业有限空间作业安全规定》\n建议：用我局网站上的模板", "发送前预览");
        await story.Taps(Inspector, "发送", "已发送给企业，按期");
        await story.Taps(Enterprise, "有用 G26-58", "谢谢");
    }

    private static async Task TwoUnitsBecomeOneVisit(Teller story)
    {
        story.Write("## 五、另一个单位也要来，两家并成一次");
        await story.Says(FireInspector, "登记任务 专项 12月17日 溪桥铝合金 消防监督检查", "检查人员？");
        await story.Says(FireInspector, "1、2", "云澜区应急管理局12月16日也要查这家企业");
        await story.Taps(FireInspector, "提交报审", "M26-1");
        await story.Taps(Liaison, "并办提示M26-1", "同意并办", "等待");
        await story.Taps(Fire, "并办提示M26-1", "同意并办", "任务T26-2并入T26-1");
        await story.Taps(Leader, "待您审批：任务T26-1", "同意", "检查预告已发给企业1位联系人");
    }

    private static async Task TheCodeIsVerifiedAtTheDoor(Teller story)
    {
        story.Write("## 六、到了门口：检查码核验，扫码登记到场");
        await story.Later("2026-12-16 08:45", "T26-", "M26-1", "G26-58", "P-U04-2026-S1");
        await story.Says(Inspector, "出示检查码 T26-1", "检查码：");
        await story.ScansTheCode(Enterprise, "核对无误");
        await story.Taps(Enterprise, "知道了", "随时可以再核验");
    }

    private static async Task TheResultIsEnteredAndRated(Teller story)
    {
        story.Write("## 七、结果和评价");
        await story.Says(Inspector, "回填 T26-1", "T26-1 结果");
        await story.Says(Inspector, "3 台账不全，12月25日前", "台账不全（依据：");
        await story.Taps(Inspector, "提交", "公示期限为1月14日");
        await story.Says(Enterprise, "评价 T26-1", "1—5分");
        await story.Says(Enterprise, "4分，两家一次看完挺好", "提交吗");
        await story.Taps(Enterprise, "提交", "检查单位看不到是谁评的");
    }

    private static async Task AComplaintIsAnswered(Teller story)
    {
        story.Write("## 八、一件投诉和它的答复");
        await story.Picks(Enterprise, "投诉检查行为", "这次投诉您希望");
        await story.Says(Enterprise, "1", "发生了什么");
        await story.Says(Enterprise, "消防的检查人员说话很凶，一直吼我们的电工", "发生在哪天");
        await story.Says(Enterprise, "今天上午", "可以再补充经过");
        await story.Says(Enterprise, "没有", "请看一遍");
        await story.Taps(Enterprise, "提交", "云监投〔2026〕049号");
        await story.Says(Bureau, "打开 K26-49", "态度生硬");
        await story.Taps(Bureau, "受理", "已受理");
        await story.Taps(Bureau, "打开 K26-49", "首次联系");
        await story.Taps(Bureau, "联系投诉人", "请写要问");
        await story.Says(Bureau, "请问当时是检查到哪个环节？有没有同事在场？", "已登记联系");
        await story.Says(Enterprise, "办理进度", "办理人员问：请问当时是检查到哪个环节");
        await story.Says(Enterprise, "补充", "要补充的内容");
        await story.Says(Enterprise, "查配电房的时候，电工和仓管都在", "已补充");
        await story.Says(Enterprise, "没有", "好的");
        await story.Later("2026-12-18 10:00", "T26-", "K26-49", "049号");
        await story.Says(Bureau, "打开 K26-49", "查配电房的时候");
        await story.Taps(Bureau, "办结", "查明的情况");
        await story.Says(Bureau, "现场录像显示言语不当", "怎么处理的");
        await story.Says(Bureau, "已约谈检查人员，由消防救援大队当面致歉", "依据");
        await story.Says(Bureau, "检查应当严格规范公正文明", "办结内容会告诉投诉人");
        await story.Taps(Bureau, "办结", "已办结");
        await story.Says(Enterprise, "办理进度", "约谈");
    }

    private static async Task AClueBecomesALetter(Teller story)
    {
        story.Write("## 九、一条监督线索：预警、建议书、整改、复查、报请");
        await story.Says(Auditor, "监督线索", "等处理的线索");
        await story.Says(Auditor, "发预警给消防", "什么问题");
        await story.Says(Auditor, "检查人员言语不当", "请写事实");
        await story.Says(Auditor, "12月16日检查时言语不当，已查实；同行人员没有制止", "依据哪条规定");
        await story.Says(Auditor, "《云澜区涉企行政检查规则》：检查应当严格规范公正文明", "用什么方式提醒");
        await story.Says(Auditor, "平台", "发出以后单位负责人和联络员都会收到");
        await story.Says(Auditor, "发出预警", "SV26-14");
        await story.Says(Fire, "SV26-14", "前说明情况和整改措施");
        await story.Says(Fire, "1 已当面致歉，本周全员培训", "有佐证吗");
        await story.Says(Fire, "没有", "请核对");
        await story.Says(Fire, "提交", "已提交");
        await story.Says(Auditor, "打开 SV26-14", "单位已说明");
        await story.Says(Auditor, "认定未改正", "请写核实");
        await story.Says(Auditor, "抽看12月18日的录像，仍有言语不当", "请核对");
        await story.Says(Auditor, "告知单位", "已认定未改正");
        await story.Says(Auditor, "起草建议书 SV26-14", "请写监督建议");
        await story.Says(Auditor, "全员培训，向企业公开监督电话", "草稿已生成");
        await story.Says(Auditor, "签发", "请再确认");
        await story.Says(Auditor, "确认", "已送达");
        await story.Says(Fire, "已收到 SV26-14", "已签收");
        await story.Says(Fire, "提交整改 SV26-14", "请写整改情况");
        await story.Says(Fire, "已全员培训，公布监督电话", "有佐证吗");
        await story.Says(Fire, "没有", "请核对");
        await story.Says(Fire, "提交", "已提交整改情况");
        await story.Later("2027-01-13 10:00", "SV26-14");
        await story.Says(Auditor, "登记复查结果 SV26-14", "复查结果");
        await story.Says(Auditor, "未整改", "请写复查的情况");
        await story.Says(Auditor, "抽看1月5日至8日4次检查，1次仍有言语不当", "请核对");
        await story.Says(Auditor, "告知单位", "已认定未整改");
        await story.Says(Auditor, "报请区政府 SV26-14", "写报告稿");
        await story.Says(Auditor, "写报告稿", "报告稿已写好");
    }
}
