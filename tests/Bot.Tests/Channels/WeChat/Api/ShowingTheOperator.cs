using System.Net;
using Bot.Channels.Calls;
using Bot.Channels.WeChat.Api;
using Bot.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat.Api;

public sealed class ShowingTheOperator
{
    [Fact]
    public async Task A_blocked_interface_is_seen_in_the_readiness_and_the_figures_and_the_service_stays_ready()
    {
        await using var platform = await ScriptedPlatform.Start(TimeProvider.System);
        platform.Script("/cgi-bin/message/custom/send", """{"errcode":48004,"errmsg":"api forbidden"}""");
        await using var bot = await RunningBot.Start(settings:
        [
            $"--WeChat:AppId={Instance.AppId}",
            $"--WeChat:AppSecret={ScriptedPlatform.Secret}",
            "--WeChat:Token=callbacktoken",
            $"--WeChat:ApiBase={platform.Address}",
        ]);

        await Assert.ThrowsAsync<PlatformRefusedException>(() => bot.Services.GetRequiredService<WeChatApi>().SendText("o-person", "您好", default));
        using var ready = await bot.Client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var figures = await bot.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("48004", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("bot_platform_alarms_total{platform=\"wechat\",api=\"/cgi-bin/message/custom/send\",code=\"48004\"} 1", figures, StringComparison.Ordinal);
        Assert.Contains("bot_wechat_api_stopped{", figures, StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptedPlatform.Secret, figures, StringComparison.Ordinal);
    }
}
