using Bot.Domain.People;

namespace Bot.Domain.Tests.People;

public sealed class CheckingCreditCodes
{
    [Theory]
    [InlineData("91350100M000100Y43")]
    [InlineData("91321299MA7CLA010M")]
    [InlineData("91321299MA7CLA2B5T")]
    [InlineData("92321299MA7CLC3D3P")]
    [InlineData("93321299MA7CLE4F1L")]
    [InlineData("52321299MJ7CLG5H2M")]
    [InlineData("9132129907CLK8MX8B")]
    public void A_code_with_the_right_check_character_is_one(string text) => Assert.Equal(text, CreditCode.From(text)?.Value);

    [Theory]
    [InlineData("91350100M000100Y4Z")]
    [InlineData("91321299MA7CLA010N")]
    [InlineData("91321299AM7CLA2B5T")]
    [InlineData("92321299MA7COC3D3P")]
    [InlineData("93321299MA7CLE4F1")]
    [InlineData("52321399MJ7CLG5H2M")]
    [InlineData("91321299ma7cla010m")]
    [InlineData("")]
    public void Anything_else_is_not(string text) => Assert.Null(CreditCode.From(text));

    [Fact]
    public void Every_single_wrong_character_is_noticed()
    {
        const string code = "91321299MA7CLA010M";

        var accepted = from place in Enumerable.Range(0, code.Length)
                       from character in CreditCode.Alphabet
                       where character != code[place] && CreditCode.From(code[..place] + character + code[(place + 1)..]) is not null
                       select (place, character);

        Assert.Empty(accepted);
    }
}
