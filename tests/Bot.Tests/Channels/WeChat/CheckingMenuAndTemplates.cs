using Bot.Channels.WeChat;
using Bot.CommandLine;
using Bot.Domain.Manifests;
using Bot.Domain.Notices;
using Bot.Testing;

namespace Bot.Tests.Channels.WeChat;

/// <summary>What an operator edits is checked against the platform's limits before the platform refuses it (domain.md 5.1).</summary>
public sealed class CheckingMenuAndTemplates
{
    private static readonly NoticeWording Wording = NoticeWording.Load(Manifests.Path("notices.json"));

    [Fact]
    public void What_is_delivered_has_no_problem() => Assert.Empty(Errands.ManifestProblems(Manifests.Folder));

    [Fact]
    public void The_menu_has_three_times_five_entries_each_saying_its_own_words()
    {
        var menu = WeChatMenu.Load(Manifests.Folder);

        Assert.Equal(["查检查", "要服务", "我的"], menu.Everybody.Select(button => button.Name));
        Assert.All(menu.Everybody, button => Assert.Equal(5, button.Entries.Count));
        Assert.All(menu.Everybody.Concat(menu.Bound).SelectMany(button => button.Entries), entry => Assert.Equal(entry.Name, entry.Say));
        Assert.Equal("已绑定企业", menu.BoundTag);
    }

    [Theory]
    [InlineData("""{"default": []}""", "default", "1到3个")]
    [InlineData("""{}""", "文件开头", "缺少“default”")]
    [InlineData("""{"default": [{"name":"甲","say":"甲"},{"name":"乙","say":"乙"},{"name":"丙","say":"丙"},{"name":"丁","say":"丁"}]}""", "default", "这里有4个")]
    [InlineData("""{"default": [{"name":"很长的菜单名","say":"甲"}]}""", "default[0]", "超过16字节")]
    [InlineData("""{"default": [{"name":"五个汉字名","say":"甲"}]}""", "default[0]", "只显示前4个字")]
    [InlineData("""{"default": [{"name":"甲","entries":[{"name":"九个汉字的菜单名字","say":"甲"}]}]}""", "default[0].entries[0]", "只显示前8个字")]
    [InlineData("""{"default": [{"name":"甲","entries":[]}]}""", "default[0]", "1到5个")]
    [InlineData("""{"default": [{"name":"甲"}]}""", "default[0]", "“say”")]
    [InlineData("""{"default": [{"name":"甲","say":"甲","page":"https://a.example/"}]}""", "default[0]", "“say”")]
    [InlineData("""{"default": [{"name":"甲","page":"javascript:alert(1)"}]}""", "default[0]", "http")]
    [InlineData("""{"default": [{"name":"甲","url":"https://a.example/"}]}""", "default[0].url", "不认识")]
    [InlineData("""{"default": [{"name":"甲","say":"甲"}], "bound": {"menu": [{"name":"甲","say":"甲"}]}}""", "bound", "缺少“tag”")]
    [InlineData("""{"default": [{"name":"甲","say":"甲"}], "bound": {"tag": "乙"}}""", "bound", "缺少“menu”")]
    public void A_menu_that_the_platform_would_refuse_is_named_with_its_place(string json, string place, string reason)
    {
        var file = new ManifestFile("menu.json", json);
        WeChatMenu.Read(file);

        Assert.Contains(file.Problems, problem => problem.Place == place && problem.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"甲": {"title": "通知", "id": "", "keys": ["first"]}}""", """{"N1": {"template": "甲", "values": {"first": "{unit}"}}}""", "templates.甲.keys[0]", "不是平台的字段名")]
    [InlineData("""{"甲": {"title": "通知", "id": "", "keys": ["thing"]}}""", """{}""", "templates.甲.keys[0]", "不是平台的字段名")]
    [InlineData("""{"甲": {"title": "通知", "id": "", "keys": ["thing1", "thing1"]}}""", """{}""", "templates.甲", "写了两次")]
    [InlineData("""{"甲": {"title": "通知", "id": "含汉字", "keys": ["thing1"]}}""", """{}""", "templates.甲", "模板ID")]
    [InlineData("""{"甲": {"title": "通知", "id": "", "keys": ["thing1"]}}""", """{"N1": {"template": "乙", "values": {}}}""", "notices.N1", "templates 里没有“乙”")]
    [InlineData("""{"甲": {"title": "通知", "id": "", "keys": ["thing1"]}}""", """{"N1": {"template": "甲", "values": {"thing1": "{nobody}"}}}""", "notices.N1.values.thing1", "没有字段{nobody}")]
    [InlineData("""{"甲": {"title": "通知", "id": "", "keys": ["thing1"]}}""", """{"N1": {"template": "甲", "values": {"thing1": "{unit"}}}""", "notices.N1.values.thing1", "大括号")]
    [InlineData("""{"甲": {"title": "通知", "id": "", "keys": ["thing1", "date2"]}}""", """{"N1": {"template": "甲", "values": {"thing1": "{unit}"}}}""", "notices.N1", "缺少字段date2")]
    [InlineData("""{"甲": {"title": "通知", "id": "", "keys": ["thing1"]}}""", """{"N1": {"template": "甲", "values": {"thing1": "{unit}", "thing9": "{unit}"}}}""", "notices.N1.values.thing9", "没有字段thing9")]
    [InlineData("""{"甲": {"title": "通知", "id": "", "keys": ["phrase1"]}}""", """{"N1": {"template": "甲", "values": {"phrase1": "已受理OK"}}}""", "notices.N1.values.phrase1", "5个以内汉字")]
    [InlineData("""{"甲": {"title": "通知", "id": "", "keys": ["enum1"]}}""", """{"N1": {"template": "甲", "values": {"enum1": "{unit}"}}}""", "notices.N1.values.enum1", "列出的值")]
    [InlineData("""{"甲": {"title": "通知", "id": "", "keys": ["thing1"]}}""", """{"N99": {"template": "甲", "values": {"thing1": "甲"}}}""", "notices.N99", "没有通知N99")]
    [InlineData("""{}""", """{}""", "notices", "缺少N1（检查预告）")]
    public void A_short_form_that_the_platform_would_refuse_is_named_with_its_place(string templates, string notices, string place, string reason)
    {
        var file = new ManifestFile("templates.json", """{"templates": """ + templates + """, "notices": """ + notices + "}");
        TemplateBook.Read(file, Wording, null);

        Assert.Contains(file.Problems, problem => problem.Place == place && problem.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_26th_template_is_one_too_many()
    {
        var templates = string.Join(',', Enumerable.Range(1, 26).Select(i => $$"""
            "甲{{i}}": {"title": "通知", "id": "", "keys": ["thing1"]}
            """));
        var file = new ManifestFile("templates.json", $"{{\"templates\": {{{templates}}}, \"notices\": {{}}}}");
        TemplateBook.Read(file, Wording, null);

        Assert.Contains(file.Problems, problem => problem.Place == "templates" && problem.Reason.Contains("最多使用25个", StringComparison.Ordinal));
    }
}
