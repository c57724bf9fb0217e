using Bot.Domain.Inspections;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Inspections;

/// <summary>W02, D03, D06: the ground of an inspection item, and the justice bureau's review of the lists.</summary>
public sealed class AskingForTheBasis : IDisposable
{
    private readonly Yunlan yunlan = new();

    [Theory]
    [InlineData("凭什么查我们粉尘防爆？")]
    [InlineData("凭什么查粉尘防爆")]
    [InlineData("事项依据 粉尘防爆")]
    [InlineData("粉尘防爆检查事项的依据是什么")]
    public async Task W02_the_entry_and_its_basis_are_said(string asked) =>
        Assert.Equal("粉尘防爆检查（IT-U02-2，云澜区应急管理局）：依据《中华人民共和国安全生产法》。", await new Talk(yunlan.Office, yunlan.Qinghe).Hear(asked));

    [Theory]
    [InlineData("检查事项依据")]
    [InlineData("这次检查事项的依据是什么")]
    public async Task W02_who_names_no_item_hears_of_the_rules_and_not_of_some_item(string asked) =>
        Assert.DoesNotContain("IT-", await new Talk(yunlan.Office, yunlan.Qinghe).Hear(asked), StringComparison.Ordinal);

    [Fact]
    public async Task W02_what_is_on_no_list_is_said_to_be_no_ground() =>
        Assert.Contains("没有“停车秩序”这个检查事项。没有公布的事项不能检查", await new Talk(yunlan.Office, yunlan.Qinghe).Hear("凭什么查停车秩序"), StringComparison.Ordinal);

    [Fact]
    public async Task D06_D03_the_bureau_approves_and_repeals_in_talk()
    {
        yunlan.Office.Add(new InspectionItem("IT-U02-7", "U02", "有限空间作业检查", "《安全生产法》第四十三条") { Content = "作业审批", Method = "现场检查", Published = true });
        var talk = new Talk(yunlan.Office, yunlan.Bureau);

        Assert.Contains("待审核的检查事项1个：\nIT-U02-7", await talk.Hear("事项审核"), StringComparison.Ordinal);
        Assert.Contains("已通过", await talk.Hear("通过事项 IT-U02-7"), StringComparison.Ordinal);
        await talk.Say("废止事项 IT-U02-7");
        Assert.Contains("已废止", await talk.Hear("法律修订，第四十三条改为第四十六条"), StringComparison.Ordinal);
        Assert.Equal("没有待审核的检查事项。", await talk.Hear("事项审核"));
    }

    public void Dispose() => yunlan.Dispose();
}
