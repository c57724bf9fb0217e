using Bot.Channels.WeCom;
using Microsoft.Extensions.Configuration;

namespace Bot.Tests.Channels.WeCom;

/// <summary>A wrong setting of the app refuses the start in one line that names it and never says its value.</summary>
public sealed class SettingUpTheApp
{
    private static readonly Dictionary<string, string?> Good = new()
    {
        ["WeCom:CorpId"] = "ww5e1f0a2b3c4d5e6f",
        ["WeCom:AgentId"] = "1000002",
        ["WeCom:Secret"] = "0123456789abcdef-_0123456789abcdefABCDEFGHI",
        ["WeCom:Token"] = "emulatorToken2026",
        ["WeCom:EncodingAESKey"] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    };

    [Fact]
    public void A_right_app_is_read_and_shows_its_ids_only()
    {
        var account = Read([]);

        Assert.Equal("ww5e1f0a2b3c4d5e6f/1000002", account.ToString());
        Assert.Equal(new Uri("https://qyapi.weixin.qq.com"), account.ApiBase);
        Assert.Equal(30, account.MessagesPerMinute);
        Assert.Equal(1000, account.MessagesPerHour);
        Assert.Null(account.ContactsSecret);
    }

    [Fact]
    public void Without_a_secret_it_can_only_answer() => Assert.Null(Read(new() { ["WeCom:Secret"] = "" }).Secret);

    [Fact]
    public void Older_companies_begin_with_wx_and_a_private_deployment_may_have_a_path()
    {
        var account = Read(new() { ["WeCom:CorpId"] = "wx5e1f0a2b3c4d5e6f", ["WeCom:ApiBase"] = "https://chat.example.cn/wecom-api" });

        Assert.Equal("wx5e1f0a2b3c4d5e6f", account.CorpId);
        Assert.Equal("/wecom-api", account.ApiBase.AbsolutePath);
    }

    [Theory]
    [InlineData("CorpId", "abc")]
    [InlineData("CorpId", "")]
    [InlineData("AgentId", "")]
    [InlineData("AgentId", "an app")]
    [InlineData("AgentId", "-5")]
    [InlineData("Secret", "short")]
    [InlineData("ContactsSecret", "a secret with blanks")]
    [InlineData("Token", "")]
    [InlineData("Token", "a token with blanks")]
    [InlineData("EncodingAESKey", "")]
    [InlineData("EncodingAESKey", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEF=")]
    [InlineData("PreviousEncodingAESKey", "abcdef")]
    [InlineData("ApiBase", "qyapi.weixin.qq.com")]
    [InlineData("Proxy", "ftp://proxy")]
    [InlineData("MessagesPerMinute", "0")]
    [InlineData("MessagesPerHour", "many")]
    public void A_wrong_one_is_named(string name, string value)
    {
        var wrong = Assert.Throws<WrongSettingException>(() => Read(new() { [$"WeCom:{name}"] = value }));

        Assert.StartsWith($"WeCom:{name} 不对：", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
        if (value.Length > 3)
            Assert.DoesNotContain(value, wrong.Message, StringComparison.Ordinal);
    }

    private static WeComAccount Read(Dictionary<string, string?> changed) =>
        WeComAccount.Read(new ConfigurationBuilder().AddInMemoryCollection(Good).AddInMemoryCollection(changed).Build());
}
