using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Inspections;

/// <summary>D03, D05–D07, W02: entries of the lists are reviewed, change, are repealed, and answer the question of the ground.</summary>
public sealed class ReviewingItems : IDisposable
{
    private readonly Yunlan yunlan = new();

    private static InspectionItem Pending(string content = "作业审批") =>
        new("IT-U02-7", "U02", "有限空间作业检查", "《安全生产法》第四十三条") { Content = content, Method = "现场检查", Published = true };

    [Fact]
    public async Task D06_an_entry_is_not_selectable_before_the_justice_bureau_has_approved_it()
    {
        yunlan.Office.Add(Pending());
        var today = new DateOnly(2026, 11, 22);
        Assert.False(Item().Selectable(today));
        Assert.Equal("待司法局审核", Item().WhyNotSelectable(today));
        Assert.Equal(["IT-U02-7"], (await yunlan.Office.Send(new ItemsToReview(yunlan.Bureau))).Select(item => item.Id));

        await yunlan.Office.Send(new ApproveItem(yunlan.Bureau, "IT-U02-7"));

        Assert.True(Item().Selectable(today));
        Assert.Contains("审核通过", yunlan.Notice("N19d", "LI-U02"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task D06_only_the_justice_bureau_reviews()
    {
        yunlan.Office.Add(Pending());

        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new ApproveItem(yunlan.SafetyLeader, "IT-U02-7")));

        Assert.Equal(ItemReview.Pending, Item().Review);
    }

    [Fact]
    public async Task D05_an_entry_without_content_is_not_approved()
    {
        yunlan.Office.Add(Pending(content: ""));

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new ApproveItem(yunlan.Bureau, "IT-U02-7")));

        Assert.Equal("D05", refused.Rule.Clause);
    }

    [Fact]
    public async Task D03_a_repealed_basis_closes_the_entry_for_new_tasks_and_names_the_tasks_that_have_it()
    {
        yunlan.Inspection();

        var receipt = await yunlan.Office.Send(new RepealItem(yunlan.Bureau, "IT-U02-1", "法律已修订"));

        Assert.Equal(["T101"], receipt.OpenTasks);
        Assert.False(Item("IT-U02-1").Selectable(new DateOnly(2026, 11, 22)));
        Assert.True(Item("IT-U02-1").Selectable(new DateOnly(2026, 11, 21)));
        Assert.Contains("请确认：法律已修订", yunlan.Notice("N19d", "LI-U02"), StringComparison.Ordinal);
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new RepealItem(yunlan.Bureau, "IT-U02-1", "再来一次")));
    }

    [Fact]
    public async Task W02_whoever_asks_for_the_ground_gets_the_entry_and_its_basis()
    {
        var found = await yunlan.Office.Send(new BasisOfItem(yunlan.Qinghe, "粉尘防爆"));

        Assert.Equal([("粉尘防爆检查", "《中华人民共和国安全生产法》", "云澜区应急管理局")], found.Select(item => (item.Name, item.Basis, item.UnitName)));
    }

    [Theory]
    [InlineData("排队礼仪")]
    [InlineData("检")]
    [InlineData("")]
    public async Task W02_what_is_on_no_list_is_refused(string words)
    {
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new BasisOfItem(yunlan.Qinghe, words)));

        Assert.Equal("W02", refused.Rule.Clause);
    }

    [Fact]
    public async Task W02_an_entry_that_is_not_in_force_is_no_ground()
    {
        yunlan.Office.Add(Pending());

        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new BasisOfItem(yunlan.Qinghe, "有限空间作业")));
    }

    public void Dispose() => yunlan.Dispose();

    private InspectionItem Item(string id = "IT-U02-7") => yunlan.Office.Use(db => db.Items.Single(item => item.Id == id));
}
