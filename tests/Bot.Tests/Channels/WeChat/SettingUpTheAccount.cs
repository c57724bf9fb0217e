using Bot.Channels.WeChat;
using Microsoft.Extensions.Configuration;

namespace Bot.Tests.Channels.WeChat;

/// <summary>A wrong setting refuses the start in one line that names it and never says its value.</summary>
public sealed class SettingUpTheAccount
{
    private static readonly Dictionary<string, string?> Good = new()
    {
        ["WeChat:AppId"] = "wx5e1f0a2b3c4d5e6f",
        ["WeChat:AppSecret"] = "0123456789abcdef0123456789abcdef",
        ["WeChat:Token"] = "emulatorToken2026",
        ["WeChat:EncodingAESKey"] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    };

    [Fact]
    public void A_right_account_is_read_and_shows_its_app_id_only()
    {
        var account = Read([]);

        Assert.Equal("wx5e1f0a2b3c4d5e6f", account.ToString());
        Assert.NotNull(account.Key);
        Assert.Equal(new Uri("https://api.weixin.qq.com"), account.ApiBase);
        Assert.Equal(5, account.MessagesPer48Hours);
        Assert.Equal(TimeSpan.FromHours(1), account.RefuseClockDifference);
    }

    [Theory]
    [InlineData("AppId", "abc")]
    [InlineData("AppSecret", "short")]
    [InlineData("Token", "ab")]
    [InlineData("Token", "")]
    [InlineData("Token", "a token with blanks")]
    [InlineData("EncodingAESKey", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEF")]
    [InlineData("EncodingAESKey", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEF=")]
    [InlineData("PreviousEncodingAESKey", "abc")]
    [InlineData("ApiBase", "api.weixin.qq.com")]
    [InlineData("Proxy", "ftp://proxy")]
    [InlineData("MessagesPer48Hours", "many")]
    [InlineData("MessagesPer48Hours", "0")]
    [InlineData("RefuseClockDifferenceMinutes", "-1")]
    public void A_wrong_one_is_named(string name, string value)
    {
        var wrong = Assert.Throws<WrongSettingException>(() => Read(new() { [$"WeChat:{name}"] = value }));

        Assert.StartsWith($"WeChat:{name} 不对：", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
        if (value.Length > 3)
            Assert.DoesNotContain(value, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_previous_key_needs_a_present_one() =>
        Assert.Throws<WrongSettingException>(() => Read(new() { ["WeChat:EncodingAESKey"] = "", ["WeChat:PreviousEncodingAESKey"] = Good["WeChat:EncodingAESKey"] }));

    private static WeChatAccount Read(Dictionary<string, string?> changed) =>
        WeChatAccount.Read(new ConfigurationBuilder().AddInMemoryCollection(Good).AddInMemoryCollection(changed).Build());
}
