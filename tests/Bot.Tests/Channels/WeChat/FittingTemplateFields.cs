using System.Globalization;
using System.Text;
using System.Text.Json;
using Bot.Channels.WeChat;
using Bot.Domain.Notices;
using Bot.Emulators.WeChat;
using Bot.Testing;
using Microsoft.Extensions.Configuration;

namespace Bot.Tests.Channels.WeChat;

/// <summary>domain.md 5.6: short forms of notices; the platform refuses a whole message for one value that breaks its field's rule.</summary>
public sealed class FittingTemplateFields
{
    private static readonly DateOnly Today = new(2026, 12, 20);

    private static readonly string[] Keys =
        ["thing1", "short_thing2", "number3", "letter4", "symbol5", "character_string6", "time7", "date8", "amount9", "phone_number10", "car_number11", "name12", "phrase13"];

    /// <summary>What people and files put into fields: names, lists, emoji with joiners and skin, half characters, controls, dates of all kinds, nothing.</summary>
    private static readonly string[] Pieces =
    [
        "应急管理局", "工贸企业安全生产检查、特种设备使用检查", "2026年12月18日（周五）上午", "12月31日", "1月2日", "2月30日", "9:05", "24:00", "09:32", "24时", "下午", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "e\u0301\u0301\u0301",
        "\ud83d", "\ude00", "\n", "\r\n", "\t", "\0", "\u200b", "\ufffd", "\u2028", "　", " ", "，", "。", "…", "〔2026〕042号", "0523-88880000", "138 0000 0000", "+86", "Ａ１２", "-3.50", "￥12", "苏M12345", "abc", "O'Neil", "欧阳·娜娜",
        "~", "\"", "\\u4f60", "<a href=\"x\">", "٣", "１２月１８日", "9999年12月31日", "0000年1月1日", "", "99999999999999999999999999999999999",
    ];

    [Fact]
    public void Whatever_the_value_the_field_takes_it()
    {
        // A fixed seed: a failure can be seen again.
        var dice = new Random(20261220);
        for (var i = 0; i < 100_000; i++)
        {
            var value = new StringBuilder();
            for (var pieces = dice.Next(0, 6); pieces > 0; pieces--)
                value.Append(Pieces[dice.Next(Pieces.Length)]);
            if (dice.Next(4) == 0)
                value.Append((char)dice.Next(char.MaxValue));
            var key = Keys[dice.Next(Keys.Length)];

            var fitted = TemplateField.Fit(key, value.ToString(), Today);

            Assert.True(TemplateField.Allows(key, fitted), $"{key}: {JsonSerializer.Serialize(value.ToString())} -> {JsonSerializer.Serialize(fitted)}");
            Assert.True(TemplateFields.Takes(key, fitted), $"The emulated platform refuses {key}: {JsonSerializer.Serialize(value.ToString())} -> {JsonSerializer.Serialize(fitted)}");
            Assert.False(fitted.AsSpan().ContainsAny("\r\n"), fitted);
            Assert.Equal(fitted, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(fitted)));
        }
    }

    [Theory]
    [InlineData("工贸企业安全生产检查、特种设备使用情况检查", "工贸企业安全生产检查…")]
    [InlineData("云兰区应急管理局危险化学品安全监督管理科的检查", "云兰区应急管理局危险化学品安全监督管理…")]
    [InlineData("刚好二十个字的一句话在这里不用缩短就好", "刚好二十个字的一句话在这里不用缩短就好")]
    [InlineData("第一行\n第二行", "第一行 第二行")]
    [InlineData("", "无")]
    public void A_long_text_is_cut_where_a_reader_pauses(string value, string fitted) => Assert.Equal(fitted, TemplateField.Fit("thing1", value, Today));

    [Theory]
    [InlineData("一二三四五六七八九十一二三四五六七八👨‍👩‍👧‍👦九十")]
    [InlineData("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦")]
    [InlineData("一二三四五六七八九十一二三四五六七八😀😀")]
    public void No_emoji_is_cut_in_half(string value)
    {
        var fitted = TemplateField.Fit("thing1", value, Today);

        Assert.StartsWith(fitted.TrimEnd('…'), value, StringComparison.Ordinal);
        var whole = StringInfo.ParseCombiningCharacters(value);
        Assert.Contains(fitted.TrimEnd('…').Length, whole.Append(value.Length));
    }

    [Theory]
    [InlineData("date1", "2026年12月18日（周五）上午", "2026年12月18日")]
    [InlineData("date1", "12月31日（周四）", "2026年12月31日")]
    [InlineData("date1", "1月4日（周一，暂定）", "2027年1月4日")]
    [InlineData("date1", "12月18日 09:32", "2026年12月18日 09:32")]
    [InlineData("date1", "2026-12-31", "2026年12月31日")]
    [InlineData("time1", "2026年12月18日（周五）上午", "2026年12月18日 00:00~2026年12月18日 12:00")]
    [InlineData("time1", "11月24日（周二）24时", "2026年11月24日 23:59")]
    [InlineData("time1", "9:05", "09:05")]
    [InlineData("phrase1", "已受理", "已受理")]
    [InlineData("phrase1", "已受理（追问）的事项", "已受理追问")]
    [InlineData("character_string1", "云监投〔2026〕042号", "2026-042")]
    [InlineData("number1", "约３件", "3")]
    [InlineData("phone_number1", "顾予宁 0523-88880000", "0523-88880000")]
    [InlineData("name1", "顾予宁 0523-88880000", "顾予宁 -")]
    [InlineData("amount1", "500.5元", "￥500.5元")]
    [InlineData("car_number1", "苏M12345", "苏M12345")]
    public void Each_kind_of_field_keeps_what_it_can_hold(string key, string value, string fitted) => Assert.Equal(fitted, TemplateField.Fit(key, value, Today));

    [Theory]
    [InlineData("thing1", "一二三四五六七八九十一二三四五六七八九十一")]
    [InlineData("phrase1", "已受理1")]
    [InlineData("phrase1", "一二三四五六")]
    [InlineData("character_string1", "第042号")]
    [InlineData("date1", "12月18日")]
    [InlineData("time1", "上午")]
    [InlineData("number1", "三")]
    [InlineData("thing1", "")]
    [InlineData("thing1", "一\n二")]
    public void A_value_that_the_platform_would_refuse_is_known(string key, string value) => Assert.False(TemplateField.Allows(key, value));

    [Fact]
    public void Every_notice_of_the_official_account_has_a_short_form_that_fits()
    {
        var wording = NoticeWording.Load(Manifests.Path("notices.json"));
        var ids = new ConfigurationBuilder()
            .AddInMemoryCollection(new[] { "检查", "进度", "答复" }.Select(name => KeyValuePair.Create(name, (string?)$"id-of-{name.Length}")))
            .Build();
        var book = TemplateBook.Load(Manifests.Folder, wording, ids);

        foreach (var notice in wording.Templates.Where(notice => book.Notice(notice.Id) is not null))
        {
            var fields = notice.Fields.ToDictionary(field => field, field => $"{field}的内容很长，长得放不进任何一个字段里去😀");
            foreach (var (key, value) in TemplateBook.Fill(book.Notice(notice.Id)!, JsonSerializer.Serialize(fields), Today))
                Assert.True(TemplateField.Allows(key, value), $"{notice.Id} {key}: {value}");
        }

        Assert.All(new[] { "N1", "N2", "N2c", "N3", "N3b", "N3c", "N11", "N12", "N15", "N30", "N31", "N32", "N34", "N35", "N36", "N39" }, kind => Assert.NotNull(book.Notice(kind)));
        Assert.Null(book.Notice("N7"));
    }

    [Fact]
    public void A_preview_reads_well_in_short()
    {
        var form = TemplateBook.Load(Manifests.Folder, NoticeWording.Load(Manifests.Path("notices.json")), new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("N1", (string?)"tpl")]).Build()).Notice("N1")!;
        var fields = new Dictionary<string, string>
        {
            ["unit"] = "应急管理局",
            ["date"] = "2026年12月18日（周五）上午",
            ["items"] = "工贸企业安全生产检查",
            ["contact"] = "魏亦舟 0523-88880102",
        };

        var values = TemplateBook.Fill(form, JsonSerializer.Serialize(fields), Today);

        Assert.Equal("tpl", form.Template.Id);
        Assert.Equal(["应急管理局", "2026年12月18日", "工贸企业安全生产检查", "魏亦舟 0523-88880102"], form.Template.Keys.Select(key => values[key]));
    }
}
