using Bot.Domain.Complaints;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Knowledge;

/// <summary>W25, W35: what the documents promise beside inspections has a door of its own.</summary>
public sealed class BeingHeard : IDisposable
{
    private readonly Yunlan yunlan = new();

    [Theory]
    [InlineData("他们搞一刀切，整条街都停产")]
    [InlineData("只罚不管，罚完就走")]
    public async Task W25_fines_in_place_of_care_are_a_kind_of_complaint_of_their_own(string what)
    {
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);
        foreach (var line in (string[])["投诉", "匿名", what, "昨天", "应急管理局", "没有", "提交"])
            await talk.Say(line);

        Assert.Equal(ComplaintKind.FinesForIncome, yunlan.Office.Use(db => db.Complaints.Single().Kind));
        Assert.Equal(ComplaintKind.FinesForIncome, ComplaintKinds.Of("一刀切/以罚代管"));
    }

    [Fact]
    public async Task W35_the_message_board_takes_a_message_at_once_and_gives_a_receipt_with_a_day()
    {
        var talk = new Talk(yunlan.Office, yunlan.Qinghe);

        Assert.Equal("请说要点，我转给工作人员。", await talk.Hear("惠企留言"));
        Assert.StartsWith("已留言，编号 R-0001，11月23日前联系您。", await talk.Hear("园区能不能统一办一次特种设备检验"), StringComparison.Ordinal);
        Assert.Equal("好，将在这里回复您。", await talk.Hear("不留"));
    }

    public void Dispose() => yunlan.Dispose();
}
