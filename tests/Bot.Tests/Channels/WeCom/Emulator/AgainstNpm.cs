using System.Diagnostics;
using Bot.Emulators.WeCom;
using Bot.Tests.Channels.Web;

namespace Bot.Tests.Channels.WeCom.Emulator;

/// <summary>A service made of npm's @wecom/crypto understands the emulator, and is understood.</summary>
public sealed class AgainstNpm
{
    [Fact]
    public async Task The_address_is_verified_pushes_open_and_replies_are_read()
    {
        var node = Installed.Node();
        Installed.OrSkip(Installed.Module("@wecom", "crypto"));
        await using var platform = new WeComPlatform();
        using var service = Process.Start(new ProcessStartInfo(node, ["wecom-service.cjs", platform.App.Token, platform.App.EncodingAesKey, platform.App.CorpId])
        {
            WorkingDirectory = Installed.NodeFolder,
            RedirectStandardOutput = true,
        })!;
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            platform.Callback.SendTo(new Uri($"http://127.0.0.1:{await service.StandardOutput.ReadLineAsync(patience.Token)}/wecom"));
            var member = platform.NewMember("魏亦舟", "WeiYizhou");

            Assert.True(await platform.Callback.Verify(patience.Token));
            Assert.Equal($"{platform.App.CorpId} 在吗 😀👍🏽", (await member.Say("在吗 😀👍🏽")).Text);
            Assert.Equal($"{platform.App.CorpId} 欢迎", (await member.Open()).Text);
            Assert.Empty(platform.Violations);
        }
        finally
        {
            service.Kill();
        }
    }
}
