using Bot.Domain.Complaints;
using Bot.Domain.Door;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Door;

/// <summary>C7: who stands at the door (J19, J30, S24).</summary>
public sealed class VerifyingByChat : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-22 10:00");

    [Fact]
    public async Task C7_two_people_at_the_door_a_number_an_excuse_a_call_and_a_complaint_with_all_of_it()
    {
        const string script =
            """
            U: 门口两个人说是应急局的
            B: 请问能看到检查码或证号吗？[1]扫检查码 [2]输证号 [3]都没有
               [扫检查码] [输证号] [都没有]
            U: 2 99020001005
            B: 99020001005：在册，云澜区应急管理局，何安宁，证件有效。
               请核对照片和人是否一致。
               今天没有查到云澜区应急管理局对贵单位登记的检查任务。
               [打给该局核实] [现在投诉] [知道了]
            U: 他们说是紧急检查
            B: 紧急情况可以先检查，但应当场发起扫码，事后补办审批。请对方现在扫码，扫码后我会立刻把人员和事项发给您。
            U: 另一个没证
            B: 检查应有两名以上持证人员，并主动出示证件；不出示的，您有权拒绝接受检查。需要 [1]打给该局核实 [2]现在投诉 吗？
            U: 1
            B: 云澜区应急管理局值班电话 0000-86000200。核实后需要投诉，回复“投诉”即可，我会带入刚才的内容。
            U: 投诉
            B: 给您添麻烦了，刚才的内容我都带上了。这次投诉您希望：
               [1]实名（便于核实，您的信息对被投诉单位保密） [2]匿名（用查询码看结果）
            U: 1
            B: 可以再补充经过，也可以发照片。没有就回复“没有”。
            U: 没有
            B: 请看一遍（实名）。只有办理人员能看到您是谁：
               1. 单位：云澜区应急管理局
               2. 经过：门口两个人说是应急局的
               99020001005：在册，云澜区应急管理局，何安宁，证件有效。
               请核对照片和人是否一致。
               今天没有查到云澜区应急管理局对贵单位登记的检查任务。
               对方说：他们说是紧急检查
               另一个没证
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            B: 已登记，编号 云监投〔2026〕001号。云澜区司法局11月23日前与您联系，一般5个工作日内（11月27日前）答复，情况复杂的15个工作日内。您的身份对被投诉单位保密。
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Qinghe).Play(script));
        var complaint = yunlan.Office.Use(db => db.Complaints.Single());
        Assert.Equal((ComplaintKind.NoScanOrCertificate, "U02", new DateOnly(2026, 11, 22)), (complaint.Kind, complaint.AgainstUnitId, complaint.OccurredOn));
    }

    [Fact]
    public async Task An_unknown_number_is_said_plainly_with_the_right_to_refuse_and_the_units_telephone()
    {
        // S24
        const string script =
            """
            U: 核验
            B: 请问能看到检查码或证号吗？[1]扫检查码 [2]输证号 [3]都没有
            U: 2
            B: 请发执法证上的编号，可以一次发几个；只知道姓名的，请发“姓名 张三”。
            U: 99020001005 99999999999
            B: 99020001005：在册，云澜区应急管理局，何安宁，证件有效。
               99999999999：未查到有效证件，您可以拒绝接受检查并在此投诉。
               请核对照片和人是否一致。
               今天没有查到云澜区应急管理局对贵单位登记的检查任务。
               云澜区应急管理局值班电话 0000-86000200。
            U: 姓名 江雨晴
            B: 江雨晴：在册，江临市云澜生态环境局，证件有效。
               请核对照片和人是否一致。
               今天没有查到江临市云澜生态环境局对贵单位登记的检查任务。
            U: 知道了
            B: 好的。人与证不符、事项不符，随时可以再核验或投诉。
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Qinghe).Play(script));
    }

    [Fact]
    public async Task The_code_is_scanned_and_the_enterprise_sees_who_has_come()
    {
        // J30, S30
        var code = await Shown();
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);

        var heard = await talk.Hear($"[扫码: {InspectionCode.Scene(code)}]");

        Assert.Equal(
            "核对无误：云澜区应急管理局今天到贵单位检查，任务T101，10:00已登记到场。\n检查人员：\n· 何安宁 99020001005 证件有效\n· 许如山 99020001006 证件有效\n检查事项：工贸企业安全生产检查（依据：《中华人民共和国安全生产法》）\n请核对照片和人是否一致。单位电话 0000-86000200。",
            heard);
        Assert.Equal(["P001"], yunlan.Told("N14"));
        Assert.True(talk.Fleeting);
    }

    [Theory]
    [InlineData("检查码 {0}")]
    [InlineData("{0}")]
    public async Task The_code_may_be_typed_too(string said)
    {
        var code = await Shown();

        var heard = await new Talk(yunlan.Office, yunlan.Shiqiaohe).Hear(said.Replace("{0}", code, StringComparison.Ordinal));

        Assert.StartsWith("这个检查码是云澜区应急管理局的，但登记的检查对象不是贵单位", heard, StringComparison.Ordinal);
        Assert.DoesNotContain("青禾", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passer_by_may_check_a_code_and_a_number()
    {
        var code = await Shown();
        var talk = new Talk(yunlan.Office, Office.Visitor());

        Assert.Contains("您还没有绑定企业", await talk.Hear($"检查码 {code}"), StringComparison.Ordinal);
        var number = await talk.Hear("99020001005");
        Assert.StartsWith("99020001005：在册，云澜区应急管理局，何安宁，证件有效。", number, StringComparison.Ordinal);
        Assert.DoesNotContain("检查任务", number, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whether_somebody_is_inspected_tomorrow_or_by_surprise_is_not_found_out_here()
    {
        // J19
        yunlan.Inspection("T102", waived: true, previewed: false, but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 22) });

        var heard = await new Talk(yunlan.Office, yunlan.Qinghe).Hear("查一下这个执法证 99020001005");

        Assert.Contains("今天没有查到云澜区应急管理局对贵单位登记的检查任务", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_codes_ends_after_a_few()
    {
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);
        for (var i = 0; i < 5; i++)
            Assert.StartsWith("这个检查码用不了", await talk.Hear($"检查码 {InspectionCode.New()}"), StringComparison.Ordinal);

        Assert.StartsWith("检查码输错次数太多", await talk.Hear($"检查码 {InspectionCode.New()}"), StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();

    private async Task<string> Shown()
    {
        yunlan.Inspection(but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 22) });
        return (await yunlan.Office.Send(new IssueInspectionCode(yunlan.Safety, "T101"))).Code;
    }
}
