using System.Diagnostics;
using Bot.Emulators.WeChat;
using Bot.Tests.Channels.Web;

namespace Bot.Tests.Channels.WeChat.Emulator;

/// <summary>A service made of npm's wechat-crypto understands the emulator, and is understood.</summary>
public sealed class AgainstNpm
{
    [Fact]
    public async Task Pushes_open_and_replies_are_read()
    {
        var node = Installed.Node();
        Installed.OrSkip(Installed.Module("wechat-crypto"));
        await using var platform = new WeChatPlatform();
        using var service = Process.Start(new ProcessStartInfo(node, ["wechat-service.cjs", platform.Account.Token, platform.Account.EncodingAesKey, platform.Account.AppId])
        {
            WorkingDirectory = Installed.NodeFolder,
            RedirectStandardOutput = true,
        })!;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            platform.Callback.SendTo(new Uri($"http://127.0.0.1:{await service.StandardOutput.ReadLineAsync(patience.Token)}/wechat"));
            var user = platform.NewUser();

            Assert.Equal($"{platform.Account.AppId} 欢迎", (await user.Follow()).Text);
            Assert.Equal($"{platform.Account.AppId} 在吗 😀👍🏽", (await user.Write("在吗 😀👍🏽")).Text);
            Assert.Empty(platform.Violations);
        }
        finally
        {
            service.Kill();
        }
    }
}
