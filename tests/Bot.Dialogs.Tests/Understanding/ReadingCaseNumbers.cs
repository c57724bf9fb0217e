using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Tests.Understanding;

public sealed class ReadingCaseNumbers
{
    [Theory]
    [InlineData("云监投〔2026〕041号", "云监投〔2026〕041号")]
    [InlineData("查一下云监投[2026]041号", "云监投〔2026〕041号")]
    [InlineData("云监投(2026)041", "云监投〔2026〕041号")]
    [InlineData("云监投（２０２６）第041号办得怎么样", "云监投〔2026〕041号")]
    [InlineData("帮我看看 云指【2026】58号", "云指〔2026〕58号")]
    [InlineData("签发 云司监建〔2026〕第7号", "云司监建〔2026〕7号")]
    [InlineData("区纪委监委 2026-11-20 云司函〔2026〕31号", "云司函〔2026〕31号")]
    public void A_number_is_found_in_any_brackets(string text, string expected) => Assert.Equal(expected, CaseNumbers.Find(text));

    [Theory]
    [InlineData("我的投诉呢")]
    [InlineData("(2026)")]
    [InlineData("〔26〕041号")]
    [InlineData("((((((((")]
    public void No_number_is_invented(string text) => Assert.Null(CaseNumbers.Find(text));

    [Fact]
    public void Leading_zeros_and_the_word_for_number_do_not_matter_in_comparing()
    {
        Assert.True(CaseNumbers.Same("云监投[2026]41号", "云监投〔2026〕041号"));
        Assert.True(CaseNumbers.Same("云司监建〔2026〕第7号", "云司监建(2026)7号"));
        Assert.False(CaseNumbers.Same("云监投〔2026〕041号", "云监投〔2025〕041号"));
    }

    [Theory]
    [InlineData("查进度G1", "G1")]
    [InlineData("打开k3", "K3")]
    [InlineData("M2怎么处理", "M2")]
    [InlineData("T305结果录入", "T305")]
    [InlineData("SV1什么情况", "SV1")]
    [InlineData("ＳＶ１", "SV1")]
    public void A_handle_is_found(string text, string expected) => Assert.Equal(expected, CaseNumbers.Handle(text));

    [Theory]
    [InlineData("REC-0617")]
    [InlineData("91321299MA9001HM4Q")]
    [InlineData("7K3F-92QX")]
    [InlineData("A1")]
    [InlineData("G")]
    public void Other_letters_and_digits_are_no_handle(string text) => Assert.Null(CaseNumbers.Handle(text));

    [Theory]
    [InlineData("7K3F-92QX", "7K3F-92QX")]
    [InlineData("7k3f92qx", "7K3F-92QX")]
    [InlineData("查询码是 5M2R XX81 谢谢", "5M2R-XX81")]
    [InlineData("５Ｍ２Ｒ－ＸＸ８１", "5M2R-XX81")]
    public void A_look_up_code_is_found(string text, string expected) => Assert.Equal(expected, CaseNumbers.LookupCode(text));

    [Theory]
    [InlineData("99020001")]
    [InlineData("password")]
    [InlineData("91321299MA9001HM4Q")]
    [InlineData("7K3F-92Q")]
    [InlineData("2026-1120")]
    [InlineData("7K3F-92QO")]
    public void Other_runs_are_no_look_up_code(string text) => Assert.Null(CaseNumbers.LookupCode(text));
}
