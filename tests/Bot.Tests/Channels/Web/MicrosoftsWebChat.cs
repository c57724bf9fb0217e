using Microsoft.Playwright;

namespace Bot.Tests.Channels.Web;

/// <summary>botframework-webchat from npm, unmodified, in a real browser on a page of another site.</summary>
public sealed class MicrosoftsWebChat
{
    private const string Bubble = ".webchat__basic-transcript__activity";
    private const string Button = ".webchat__suggested-actions__button";

    [Fact]
    public async Task Shows_greeting_buttons_card_and_photo_and_comes_back_after_a_restart()
    {
        var bundle = Installed.Module("botframework-webchat", "dist", "webchat.js");
        Installed.OrSkip(Installed.Chromium, bundle);
        await using var bot = new RestartableBot();
        await bot.Start();
        var person = WebClient.For(bot.Now, "P-1");
        await using var site = await OtherSite.Start(
            bundle,
            $$"""
            <div id="chat" style="height: 600px"></div>
            <script>
              const directLine = WebChat.createDirectLine({ domain: '{{bot.Now.Address}}v3/directline', token: '{{person.Token}}', conversationId: '{{person.Conversation}}', watermark: '0' });
              WebChat.renderWebChat({ directLine, locale: 'zh-CN', styleOptions: { sendAttachmentOn: 'attach' } }, document.getElementById('chat'));
            </script>
            """);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browsers.Launch(playwright);
        var page = await Browsers.Open(browser, site.Urls.Single());

        await page.Locator(Bubble).First.WaitForAsync();
        Assert.Contains("您好", await page.Locator(Bubble).First.InnerTextAsync(), StringComparison.Ordinal);
        var first = page.Locator(Button).First;
        var words = await first.InnerTextAsync();
        await first.ClickAsync();
        await page.Locator(Bubble).Nth(2).WaitForAsync();
        Assert.Contains(words, await page.Locator(Bubble).Nth(1).InnerTextAsync(), StringComparison.Ordinal);

        await OtherSite.PostCard(bot, "P-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "申请行政指导", Exact = true }).First.WaitForAsync();

        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "现场.png", MimeType = "image/png", Buffer = OtherSite.Pixel });
        await page.Locator($"{Bubble} img[alt*='现场']").Or(page.Locator($"{Bubble} img[src*='/attachments/']")).First.WaitForAsync();

        await bot.Restart();
        await WebClient.For(bot.Now, "P-1").Say("重启以后");
        await page.Locator(Bubble).Filter(new() { HasText = "重启以后" }).First.WaitForAsync();

        await page.ReloadAsync();
        await page.Locator(Bubble).Filter(new() { HasText = "重启以后" }).First.WaitForAsync();
        Assert.Equal(1, await page.Locator(Bubble).Filter(new() { HasText = "重启以后" }).CountAsync());
    }
}
