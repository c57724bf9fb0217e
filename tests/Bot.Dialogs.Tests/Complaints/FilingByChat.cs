using Bot.Dialogs.Complaints;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Complaints;

/// <summary>C4, C32.</summary>
public sealed class FilingByChat : IDisposable
{
    private readonly Office office = new("2026-11-22 16:00");
    private readonly Actor enterprise;

    public FilingByChat()
    {
        office.Add(
            new Enterprise("E1", "云澜区青榆精密机械有限公司", "91321299MA7CLA010M"),
            new Unit("U01", "云澜区市场监督管理局", "district", "市场监管", "0000-86000100"),
            new Unit("U04", "云澜区消防救援大队", "district", "消防救援", "0000-86000400"),
            new Unit("U06", "云澜区城市管理局", "district", "城市管理", "0000-86000600"),
            new NumberSeries("云监投", 2026, 49));
        enterprise = office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1");
        office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
    }

    [Fact]
    public async Task C4_an_anonymous_complaint_from_its_opening_words_to_the_code()
    {
        const string script = """
            U: 他们没亮证没扫码就进来
            B: 给您添麻烦了，我帮您记下来。
            B: 这次投诉您希望：
               [1]实名（便于核实，您的信息对被投诉单位保密） [2]匿名（用查询码看结果）
            U: 2
            B: 发生在哪天？记不清可以说“记不清”。
            U: 就今天下午三点
            B: 今天（11月22日，周日）15时。是哪个单位？不知道可以说“不清楚”。
               [不清楚]
            U: 好像是城管
            B: 可以再补充经过，也可以发照片。没有就回复“没有”。
            U: 两个人 没说要查什么
            B: 请看一遍（匿名）。会保存的：您写的内容、照片、提交的日期、查询码的密文；不保存您是谁、从哪里发来、几点发来，对话记录半小时后删除：
               1. 单位：云澜区城市管理局
               2. 时间：11月22日15时
               3. 情况：未亮证、未扫码、未说明检查内容（您说：他们没亮证没扫码就进来）
               4. 经过：两个人 没说要查什么
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
               [提交] [修改] [不提交]
            U: 1
            B: 已登记。查询码 ※，请保存，只有凭它能看到结果。云澜区司法局工作人员会在11月23日前告知是否受理，一般5个工作日内（11月27日前）有结果。为保护您，除提交日期外，没有保存能看出您是谁的信息。
            """;
        var talk = new Talk(office, enterprise);

        Assert.Equal(script, await talk.Play(script));

        Assert.True(talk.Fleeting);
        var complaint = office.Use(db => db.Complaints.Single());
        Assert.Equal((ComplaintKind.NoScanOrCertificate, "U06", null), (complaint.Kind, complaint.AgainstUnitId, complaint.PersonId));
        Assert.Equal("他们没亮证没扫码就进来\n两个人 没说要查什么", complaint.Text);
        Assert.DoesNotContain("P1", talk.Stored!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task C4_a_named_complaint_with_photos_corrections_and_an_unknown_unit()
    {
        const string script = """
            U: 我要投诉
            B: 给您添麻烦了，我帮您记下来。
            B: 这次投诉您希望：
               [1]实名（便于核实，您的信息对被投诉单位保密） [2]匿名（用查询码看结果）
            U: 实名
            B: 发生了什么？一两句话就行。
            U: 一个月来查了三次，太频繁
            B: 发生在哪天？记不清可以说“记不清”。
            U: 不好说
            B: 没认出日期。可以说“今天下午三点”“上周三”“11月20日”，记不清就说“记不清”。
            U: 11月20日
            B: 11月20日（周五）。是哪个单位？不知道可以说“不清楚”。
            U: 穿制服的
            B: 没认出是哪个单位。可以说“城管”“消防”“市场监管”这样的叫法，不知道就回复“不清楚”。
            U: 不清楚
            B: 可以再补充经过，也可以发照片。没有就回复“没有”。
            U: [图片]
            B: 收到1张，还要补充吗？没有就回复“没有”。
            U: 没有
            B: 请看一遍（实名）。只有办理人员能看到您是谁：
               1. 单位：不清楚
               2. 时间：11月20日
               3. 情况：重复或频繁检查（您说：一个月来查了三次，太频繁）
               4. 经过：照片1张
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 改第1项 消防
            B: 请看一遍（实名）。只有办理人员能看到您是谁：
               1. 单位：云澜区消防救援大队
               2. 时间：11月20日
               3. 情况：重复或频繁检查（您说：一个月来查了三次，太频繁）
               4. 经过：照片1张
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            B: 已登记，编号 云监投〔2026〕050号。云澜区司法局11月23日前与您联系，一般5个工作日内（11月27日前）答复，情况复杂的15个工作日内。您的身份对被投诉单位保密。
            """;

        Assert.Equal(script, await new Talk(office, enterprise).Play(script));
        Assert.Single(office.Use(db => db.Complaints.Single().EvidenceIds));
    }

    [Fact]
    public async Task C4_a_day_and_a_unit_told_in_the_story_are_not_asked_for_but_can_be_changed()
    {
        const string script = """
            U: 昨天下午三点城管两个人进来，没亮证没扫码
            B: 给您添麻烦了，我帮您记下来。
            B: 这次投诉您希望：
               [1]实名（便于核实，您的信息对被投诉单位保密） [2]匿名（用查询码看结果）
            U: 2
            B: 可以再补充经过，也可以发照片。没有就回复“没有”。
            U: 没有
            B: 请看一遍（匿名）。会保存的：您写的内容、照片、提交的日期、查询码的密文；不保存您是谁、从哪里发来、几点发来，对话记录半小时后删除：
               1. 单位：云澜区城市管理局
               2. 时间：11月21日15时
               3. 情况：未亮证、未扫码（您说：昨天下午三点城管两个人进来，没亮证没扫码）
               4. 经过：未补充
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 改第2项
            B: 发生在哪天？记不清可以说“记不清”。
            U: 前天
            B: 请看一遍（匿名）。会保存的：您写的内容、照片、提交的日期、查询码的密文；不保存您是谁、从哪里发来、几点发来，对话记录半小时后删除：
               1. 单位：云澜区城市管理局
               2. 时间：11月20日
               3. 情况：未亮证、未扫码（您说：昨天下午三点城管两个人进来，没亮证没扫码）
               4. 经过：未补充
               提交吗？要修改请说“改第1项”。[1]提交 [2]修改 [3]不提交
            U: 提交
            """;
        var talk = new Talk(office, enterprise);

        Assert.StartsWith(script, await talk.Play(script), StringComparison.Ordinal);
        Assert.Equal(("U06", (DateOnly?)new DateOnly(2026, 11, 20)), office.Use(db => ValueTuple.Create(db.Complaints.Single().AgainstUnitId, db.Complaints.Single().OccurredOn)));
    }

    [Fact]
    public async Task Going_back_asks_for_what_the_story_had_told()
    {
        var talk = new Talk(office, enterprise);
        await talk.Say("昨天下午城管进来，没亮证没扫码");
        await talk.Say("2");

        Assert.Contains("是哪个单位", await talk.Hear("返回"), StringComparison.Ordinal);
        Assert.Contains("发生在哪天", await talk.Hear("返回"), StringComparison.Ordinal);
        Assert.Contains("可以再补充经过", await talk.Hear("前天"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("上周三城管来过，昨天消防又来，都没亮证", "发生在哪天")]
    [InlineData("昨天城管和消防一起来的，没亮证", "是哪个单位")]
    public async Task Of_two_days_or_two_units_in_a_story_none_is_guessed(string story, string question)
    {
        var talk = new Talk(office, enterprise);
        await talk.Say(story);

        Assert.Contains(question, await talk.Hear("匿名"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hints_at_bribes_go_to_the_desk_and_say_so()
    {
        var talk = new Talk(office, enterprise);

        var said = await talk.Hear("检查的问我要两条烟");
        foreach (var line in new[] { "实名", "昨天", "消防", "没有", "提交" })
            said += "\n" + await talk.Hear(line);

        Assert.Contains("绝不会转给被投诉", said, StringComparison.Ordinal);
        Assert.Contains("涉嫌索要好处", said, StringComparison.Ordinal);
        Assert.Equal(ComplaintKind.Integrity, office.Use(db => db.Complaints.Single().Kind));
        Assert.Equal(["SJ1"], office.Use(db => db.Notices.Select(n => n.PersonId).ToList()));
    }

    [Fact]
    public async Task A_stranger_who_signs_gives_a_name_and_perhaps_a_phone()
    {
        var talk = new Talk(office, Office.Visitor("openid-5"));
        foreach (var line in new[] { "他们没亮证就进来查", "1", "今天", "城管", "没有" })
            await talk.Say(line);

        Assert.Contains("单位：云澜区城市管理局", await talk.Hear("李华 13800000000"), StringComparison.Ordinal);
        Assert.Contains("编号 云监投〔2026〕050号", await talk.Hear("提交"), StringComparison.Ordinal);
        Assert.Equal(("李华", "13800000000"), office.Use(db => db.People.Where(p => p.Name == "李华").Select(p => ValueTuple.Create(p.Name, p.Phone!)).Single()));
    }

    [Theory]
    [InlineData("等下 匿名的话你们能查到我吗")]
    [InlineData("他们会不会报复我们")]
    public async Task Who_asks_for_their_own_safety_is_answered_and_that_is_no_complaint(string question)
    {
        var talk = new Talk(office, enterprise);
        foreach (var line in new[] { "投诉检查行为", "1" })
            await talk.Say(line);

        Assert.Contains("——回到刚才：发生了什么", await talk.Hear(question), StringComparison.Ordinal);
        foreach (var line in new[] { "城管没亮证就进来", "昨天", "没有" })
            await talk.Say(line);
        await talk.Hear("提交");

        Assert.Equal("城管没亮证就进来", office.Use(db => db.Complaints.Single().Text));
    }

    [Theory]
    [InlineData("1", "还是匿名吧", "请看一遍（匿名）")]
    [InlineData("1", "不要实名了", "请看一遍（匿名）")]
    [InlineData("2", "实名吧", "请看一遍（实名）")]
    [InlineData("2", "算了，不匿名了", "请看一遍（实名）")]
    public async Task With_or_without_a_name_can_be_changed_at_any_step_and_nothing_said_is_lost(string first, string change, string review)
    {
        var lines = new[] { "城管没亮证就进来", "昨天", "没有" };
        for (var after = 0; after <= lines.Length; after++)
        {
            var talk = new Talk(office, enterprise);
            foreach (var line in new[] { "投诉检查行为", first }.Concat(lines.Take(after)))
                await talk.Say(line);
            var heard = await talk.Hear(change);
            foreach (var line in lines.Skip(after))
                heard += await talk.Hear(line);

            Assert.Contains("好的，这次投诉改为", heard, StringComparison.Ordinal);
            Assert.Contains(review, heard, StringComparison.Ordinal);
            Assert.Contains("（您说：城管没亮证就进来）", heard, StringComparison.Ordinal);
        }

        Assert.Empty(office.Use(db => db.GuidanceRequests.ToList()));
    }

    [Fact]
    public async Task A_complaint_that_was_announced_as_anonymous_can_be_signed_after_all()
    {
        var talk = new Talk(office, enterprise);
        foreach (var line in new[] { "匿名投诉，城管昨天没亮证就进来", "实名吧", "没有" })
            await talk.Say(line);

        await talk.Hear("提交");

        Assert.Equal("P1", office.Use(db => db.Complaints.Single().PersonId));
    }

    [Theory]
    [InlineData("没有")]
    [InlineData("没有了")]
    [InlineData("没了")]
    [InlineData("不改")]
    public async Task Nothing_to_change_at_the_review_throws_nothing_away(string nothing)
    {
        var talk = new Talk(office, enterprise);
        foreach (var line in new[] { "昨天城管进来，没亮证", "1", "没有" })
            await talk.Say(line);

        Assert.Contains("没有要改的就回复“提交”", await talk.Hear(nothing), StringComparison.Ordinal);
        await talk.Hear("提交");

        Assert.Single(office.Use(db => db.Complaints.ToList()));
    }

    [Theory]
    [InlineData("要我交200块钱不开票，还说不交就封店")]
    [InlineData("逼我们买他指定的灭火器")]
    public async Task Money_and_goods_demanded_are_for_the_special_post_alone(string story)
    {
        var talk = new Talk(office, enterprise);
        foreach (var line in new[] { "投诉检查行为", "1", $"城管{story}", "昨天", "没有" })
            await talk.Say(line);

        await talk.Hear("提交");

        Assert.Equal(ComplaintKind.Integrity, office.Use(db => db.Complaints.Single().Kind));
    }

    [Theory]
    [InlineData("要我们交罚款200块", ComplaintKind.Other)]
    [InlineData("态度恶劣", ComplaintKind.RudeConduct)]
    public void What_only_looks_like_money_demanded_is_not(string story, ComplaintKind kind) => Assert.Equal(kind, WhatHappened.In(story).Kind);

    [Fact]
    public async Task The_day_in_a_review_is_changed_by_the_name_people_give_it()
    {
        var talk = new Talk(office, enterprise);
        foreach (var line in new[] { "投诉检查行为", "1", "城管没亮证", "大前天吧，不对是前天", "没有" })
            await talk.Say(line);

        Assert.Contains("2. 时间：11月21日", await talk.Hear("改一下日期 改成昨天"), StringComparison.Ordinal);
        Assert.Contains("2. 时间：11月20日", await talk.Hear("日期改成前天"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_has_not_come_is_asked_again()
    {
        var talk = new Talk(office, enterprise);
        await talk.Say("他们没亮证就进来查");
        await talk.Say("2");

        Assert.Contains("还没有到", await talk.Hear("明天"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-21 02:00", "现在是夜间，已经收下；工作人员11月23日（周一）09:00上班后处理。")]
    [InlineData("2026-11-23 21:30", "工作人员11月24日（周二）09:00上班后处理。")]
    [InlineData("2026-02-14 02:00", "工作人员2月14日（周六）09:00上班后处理。")] // the make-up Saturday before Spring Festival
    public async Task At_night_the_receipt_comes_at_once_and_says_when_somebody_is_at_work(string now, string note)
    {
        // W01
        office.Time.Set(now);
        var talk = new Talk(office, enterprise);
        foreach (var line in new[] { "他们没亮证就进来查", "1", "昨天", "城管", "没有" })
            await talk.Say(line);

        Assert.Contains(note, await talk.Hear("提交"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complaint_against_everybody_who_could_handle_it_is_sent_elsewhere_and_nothing_of_it_stays()
    {
        // S37
        var talk = new Talk(office, enterprise);
        foreach (var line in new[] { "司法局沈宛青收了他们的红包", "2", "昨天", "不清楚", "没有" })
            await talk.Say(line);

        Assert.Contains("请直接向区纪委监委（12388）或12345反映", await talk.Hear("提交"), StringComparison.Ordinal);
        Assert.Equal(0, office.Use(db => db.Complaints.Count()));
    }

    [Fact]
    public async Task Not_submitting_leaves_nothing()
    {
        var talk = new Talk(office, enterprise);
        foreach (var line in new[] { "他们没亮证就进来查", "2", "今天", "城管", "没有" })
            await talk.Say(line);

        Assert.Contains("没有提交", await talk.Hear("3"), StringComparison.Ordinal);
        Assert.Equal(0, office.Use(db => db.Complaints.Count()));
    }

    public void Dispose() => office.Dispose();
}
