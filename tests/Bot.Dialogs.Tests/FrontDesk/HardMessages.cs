using System.Text.Json;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Testing;

namespace Bot.Dialogs.Tests.FrontDesk;

/// <summary>The hard, ambiguous and out-of-scope messages of utterances-hard.json, each handled as its row says.</summary>
public sealed class HardMessages : IDisposable
{
    private static readonly Dictionary<string, string> Texts = Read();

    private readonly Office office = new("2026-11-20 10:00");
    private readonly Talk talk;

    public HardMessages() => talk = New(ActorRole.EnterpriseUser);

    [Fact]
    public async Task H01_they_came_again_is_asked_back()
    {
        Assert.Equal("您是想：\n[1]投诉检查行为\n[2]评价检查\n[3]检查预告", await Hear("H01"));
        Assert.StartsWith("近期有1次检查", await talk.Hear("3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task H03_a_bare_number_with_nothing_open_shows_the_menu()
    {
        var reply = Assert.Single(await talk.Say(Texts["H03"]));

        Assert.Contains("请选择要办的事", reply.Text, StringComparison.Ordinal);
        Assert.Contains("投诉检查行为", reply.Actions);
        Assert.Null(Held());
    }

    [Fact]
    public async Task H05_no_thanks_is_a_no_to_a_question_the_end_of_a_draft_and_good_bye_else()
    {
        Assert.StartsWith("好的，再见", await Hear("H05"), StringComparison.Ordinal);
        foreach (var line in (string[])["不想留名字问个事", "合同", "学徒工签什么合同"]) await talk.Hear(line);
        Assert.Equal("没有提交。", await Hear("H05"));
        await talk.Hear("申请行政指导");
        Assert.StartsWith("好的，这次申请没有提交，内容已清除", await Hear("H05"), StringComparison.Ordinal);
        await talk.Hear("申请行政指导");
        await talk.Hear("1");
        Assert.StartsWith("好的，这次申请没有提交，内容已清除", await Hear("H05"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task H07_a_change_of_mind_drops_the_draft_and_answers()
    {
        Assert.StartsWith("企业安静日是每月1日到15日", await Hear("H07"), StringComparison.Ordinal);
        await talk.Hear("我要投诉");

        var heard = await Hear("H07");

        Assert.StartsWith("好的，这次投诉没有提交，草稿已清除。\n企业安静日是每月1日到15日", heard, StringComparison.Ordinal);
        Assert.Null(Held());
    }

    [Fact]
    public async Task H09_danger_comes_first_and_the_question_stays_open()
    {
        await talk.Hear("我要投诉");

        var replies = await talk.Say(Texts["H09"]);

        Assert.Contains("119", replies[0].Text, StringComparison.Ordinal);
        Assert.Contains("110", replies[0].Text, StringComparison.Ordinal);
        Assert.Equal(["告诉云澜区司法局"], replies[1].Actions);
        Assert.StartsWith("回到刚才：实名还是匿名？", replies[2].Text, StringComparison.Ordinal);
        Assert.Equal("请说要点。", await talk.Hear("告诉云澜区司法局"));
    }

    [Fact]
    public async Task H11_an_integrity_clue_goes_to_the_justice_bureau_alone()
    {
        var heard = await Hear("H11");

        Assert.Contains("司法局专岗受理，可依规移送纪检监察机关，绝不会转给被投诉单位；可以匿名", heard, StringComparison.Ordinal);
        Assert.Equal("Complaint", Held()?.Conversation);
    }

    [Theory]
    [InlineData("H13", "投诉人的信息保密")]
    [InlineData("H15", "每次检查评一次")]
    [InlineData("H17", "12315")]
    [InlineData("H19", "12348")]
    [InlineData("H27", "匿名咨询和投诉")]
    [InlineData("H37", "只认企业微信")]
    [InlineData("H41", "不得接受馈赠和宴请")]
    public async Task H13_to_H41_what_is_refused_is_refused_kindly_with_a_way_on(string id, string says)
    {
        Assert.Contains(says, await Hear(id), StringComparison.Ordinal);
        Assert.Null(Held());
    }

    [Fact]
    public async Task H21_a_wish_for_another_day_is_passed_on_with_the_rule()
    {
        var heard = await Hear("H21");

        Assert.Contains("企业安静日是每月1日到15日", heard, StringComparison.Ordinal);
        Assert.Contains("由检查单位决定，答复前原时间有效", heard, StringComparison.Ordinal);
        Assert.Equal("请说要点。", await talk.Hear("1"));
    }

    [Fact]
    public async Task H23_a_limit_across_the_holidays_is_counted_out()
    {
        office.Time.Set("2026-02-10 09:00");

        var heard = await Hear("H23");

        Assert.Contains("2026年2月14日（周六）提出的行政指导申请，2个工作日内答复，最迟2月25日（周三）", heard, StringComparison.Ordinal);
        Assert.Contains("（春节）", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H25_the_character_that_cannot_be_is_named()
    {
        var heard = await Hear("H25");

        Assert.Contains("第12位是字母O", heard, StringComparison.Ordinal);
        Assert.EndsWith("请发18位统一社会信用代码。", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H29_a_picture_is_kept_and_asked_about()
    {
        var heard = await talk.Hear("[图片: 检查通知书]");

        Assert.Contains("投诉", heard, StringComparison.Ordinal);
        foreach (var line in (string[])["投诉检查行为", "1", "昨天", "没出示证件"]) heard = await talk.Hear(line);
        Assert.StartsWith("已收到1张图片。", heard, StringComparison.Ordinal);
        Assert.Contains("4. 图片：1张", await talk.Hear("没有"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("H31")]
    [InlineData("😀😀")]
    [InlineData("👍🏻")]
    public async Task H31_what_cannot_be_read_gets_three_likely_choices(string id)
    {
        await talk.Hear("你好");

        var reply = (await talk.Say(Texts.GetValueOrDefault(id, id)))[^1];

        Assert.StartsWith("没听明白", reply.Text, StringComparison.Ordinal);
        Assert.Equal(3, reply.Actions.Count);
    }

    [Fact]
    public async Task H33_an_injection_is_plain_text_and_gets_help()
    {
        var heard = await Hear("H33");

        Assert.Contains("可以这样说", heard, StringComparison.Ordinal);
        Assert.DoesNotContain("有限公司", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H35_a_formula_is_only_an_opinion()
    {
        await talk.Hear("意见反馈");

        Assert.Equal("已收到：=HYPERLINK(\"x\") 我的意见", await Hear("H35"));
    }

    [Fact]
    public async Task H37_in_WeCom_an_official_is_not_turned_away() =>
        Assert.DoesNotContain("只认企业微信", await New(ActorRole.Inspector).Hear(Texts["H37"]), StringComparison.Ordinal);

    [Fact]
    public async Task H39_three_pieces_are_one_sentence()
    {
        await talk.Hear("你好");
        await talk.Hear("我");
        office.Time.Advance(TimeSpan.FromSeconds(2));
        await talk.Hear("要");
        office.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.StartsWith("实名还是匿名？", await talk.Hear("投诉"), StringComparison.Ordinal);
        Assert.Equal("我要投诉", Held()!.Opening);
    }

    [Fact]
    public async Task Stickers_and_voice_get_a_kind_sentence()
    {
        Assert.Contains("请用文字", await talk.Hear("[表情]"), StringComparison.Ordinal);
        Assert.Contains("用文字", await talk.Hear("[语音]"), StringComparison.Ordinal);
        await talk.Hear("我要投诉");
        Assert.EndsWith("实名还是匿名？\n[1]实名 [2]匿名", await talk.Hear("[语音]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_person_hears_in_five_lines_what_can_be_done_and_gets_the_menu()
    {
        var reply = Assert.Single(await talk.Say("嗨哟喂呀"));

        Assert.InRange(reply.Text.Split('\n').Length, 2, 5);
        Assert.Contains("2个工作日", reply.Text, StringComparison.Ordinal);
        Assert.Contains("申请行政指导", reply.Actions);
    }

    public void Dispose() => office.Dispose();

    private static Dictionary<string, string> Read()
    {
        using var json = typeof(HardMessages).Assembly.GetManifestResourceStream("utterances-hard.json")!;
        return JsonDocument.Parse(json).RootElement.EnumerateArray().ToDictionary(row => row.GetProperty("id").GetString()!, row => row.GetProperty("text").GetString()!);
    }

    private Talk New(ActorRole role) => new(office, Office.Visitor() with { Role = role }, SampleConversations.List);

    private Task<string> Hear(string id) => talk.Hear(Texts[id]);

    private Journal? Held() => TalkState.Read(talk.Stored).Held;
}
