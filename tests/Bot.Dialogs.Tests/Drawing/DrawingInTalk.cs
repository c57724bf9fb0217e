using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Drawing;

/// <summary>D10–D12, D21, W07: a draw in talk, from the list to the hashes.</summary>
public sealed class DrawingInTalk : IDisposable
{
    private readonly Yunlan yunlan = new();

    public DrawingInTalk()
    {
        for (var i = 100; i < 140; i++)
            yunlan.Office.Add(new Enterprise($"E{i}", $"企业{i}", $"91321299MA9{i}") { Industry = "机械", CreditLevel = i == 139 ? "D" : "B", RiskLevel = "一般" });
        for (var i = 60; i < 64; i++)
            yunlan.Office.Add(new Person($"I{i}", $"人员{i}", ActorRole.Inspector, "U02").WithCertificate($"9902000{i}", new DateOnly(2029, 12, 31), "有效"));
    }

    [Fact]
    public async Task D10_D11_the_outlook_comes_before_the_draw_and_seed_and_hashes_with_it()
    {
        const string script =
            """
            U: 双随机抽取
            B: 从哪些对象里抽？说“全部”、镇街（如“青榆镇”）或行业（如“餐饮”）。
               [全部]
            U: 机械
            B: 抽查比例是多少？例如5%。
            U: 5%
            B: 名单40家，将抽2家；加上已有的，预计本年度平均每家现场检查0.05次。权重上调1家、下调0家，如企业139权重200%（信用D级）。
            B: 公开种子用什么？请用事先没有人能决定的数字，例如当天福利彩票的开奖号码，任何人都能用它重算出同样的结果。
            U: 双色球2026135期
            B: 确认按5%从“机械”抽取吗？抽取后不能重来。
               [抽取] [不抽]
            U: 抽取
            B: 已抽取，云检抽〔2026〕1号，从40家中抽中2家：
            ※
            ※
               种子：双色球2026135期
            ※
            ※
               请按名单登记任务，不在名单里的对象登记时要说明来源。
               [抽取结果 D26-1]
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.SafetyLiaison).Play(script));
    }

    [Fact]
    public async Task D10_the_record_is_drawn_again_when_it_is_looked_at()
    {
        var talk = new Talk(yunlan.Office, yunlan.SafetyLiaison);
        foreach (var line in (string[])["专项抽取", "机械", "10%", "双色球2026135期", "抽取"])
            await talk.Say(line);

        var said = await talk.Hear("抽取结果 D26-1");

        Assert.Contains("专项，从“机械”40家中按10%抽中4家", said, StringComparison.Ordinal);
        Assert.Contains("按种子和名单重算，结果一致", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task D11_objects_at_the_cap_are_named_before_anything_is_drawn()
    {
        yunlan.Inspection("T901", enterprise: "E101");
        yunlan.Inspection("T902", enterprise: "E101");
        var talk = new Talk(yunlan.Office, yunlan.SafetyLiaison);
        foreach (var line in (string[])["双随机抽取", "机械"])
            await talk.Say(line);

        Assert.Contains("企业1011家再检查一次就超过年度上限", (await talk.Hear("5%")).Replace("，", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await talk.Say("不抽这些企业");
        await talk.Say("双色球2026135期");
        Assert.Contains("从39家中抽中2家", await talk.Hear("抽取"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_understood_is_asked_again_and_no_is_no()
    {
        var talk = new Talk(yunlan.Office, yunlan.SafetyLiaison);
        foreach (var line in (string[])["双随机抽取", "机械"])
            await talk.Say(line);

        Assert.Contains("请写百分数", await talk.Hear("一些"), StringComparison.Ordinal);
        Assert.Contains("请写百分数", await talk.Hear("200%"), StringComparison.Ordinal);
        await talk.Say("5%");
        Assert.Contains("6到100个字", await talk.Hear("123"), StringComparison.Ordinal);
        await talk.Say("双色球2026135期");
        Assert.Contains("没有抽取", await talk.Hear("不抽"), StringComparison.Ordinal);
        Assert.Empty(yunlan.Office.Use(db => db.Draws.ToList()));
    }

    public void Dispose() => yunlan.Dispose();
}
