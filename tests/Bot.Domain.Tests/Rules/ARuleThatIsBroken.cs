using Bot.Domain.Rules;

namespace Bot.Domain.Tests.Rules;

public sealed class ARuleThatIsBroken
{
    private static readonly Rule RepliedOnce = new("这份申请已经答复过，请改用补充答复。", "J18");

    [Fact]
    public void Tells_its_sentence_and_which_rule_it_was()
    {
        var broken = Assert.Throws<RuleBrokenException>(() => RepliedOnce.Require(false));

        Assert.Same(RepliedOnce, broken.Rule);
        Assert.Equal("这份申请已经答复过，请改用补充答复。", broken.Message);
        Assert.Equal("J18", broken.Rule.Clause);
    }

    [Fact]
    public void Tells_the_sentence_of_the_case_when_there_is_one()
    {
        var broken = Assert.Throws<RuleBrokenException>(() => RepliedOnce.Require(false, "11月20日已经答复，请改用补充答复。"));

        Assert.Equal("11月20日已经答复，请改用补充答复。", broken.Message);
    }

    [Fact]
    public void A_rule_that_holds_says_nothing()
    {
        RepliedOnce.Require(true);
        RepliedOnce.Require(true, "不会说出来");
    }
}
