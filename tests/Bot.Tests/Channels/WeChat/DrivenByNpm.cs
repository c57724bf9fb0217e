using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Emulators.WeChat;
using Bot.Tests.Channels.Web;

namespace Bot.Tests.Channels.WeChat;

/// <summary>wechat-crypto and co-wechat from npm, unchanged, drive the callback from outside and open its replies.</summary>
public sealed class DrivenByNpm
{
    private const string OpenId = "oTestUser_0000000000000000001";

    [Theory]
    [InlineData(PushMode.Safe, 8)]
    [InlineData(PushMode.Plain, 4)]
    public async Task Every_reply_opens_and_carries_the_right_ids(PushMode mode, int pushes)
    {
        var node = Installed.Node();
        Installed.OrSkip(Installed.Module("wechat-crypto"), Installed.Module("co-wechat"));
        await using var bot = await FollowedBot.Start(new OfficialAccount { Mode = mode });
        var account = bot.Platform.Account;
        var seconds = bot.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

        using var client = Process.Start(new ProcessStartInfo(
            node,
            ["callback.cjs", new Uri(bot.Bot.Address, "wechat").ToString(), account.Token, mode == PushMode.Plain ? "" : account.EncodingAesKey, account.AppId, OpenId, seconds])
        {
            WorkingDirectory = Installed.NodeFolder,
            RedirectStandardOutput = true,
        })!;
        var said = await client.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();

        Assert.Equal("end", (string?)lines[^1]["what"]);
        Assert.True((bool)lines[0]["right"]!);
        var replies = lines[1..^1];
        Assert.Equal(pushes, replies.Length);
        Assert.All(replies, reply =>
        {
            Assert.Equal(200, (int)reply["status"]!);
            Assert.Equal((OpenId, account.OriginalId, "text", seconds), ((string)reply["to"]!, (string)reply["from"]!, (string)reply["type"]!, (string)reply["created"]!));
            Assert.NotEmpty((string)reply["content"]!);
            if (mode == PushMode.Safe)
                Assert.Equal((true, account.AppId), ((bool)reply["signed"]!, (string)reply["receiver"]!));
        });
    }
}
