using Bot.Channels.Web;
using Bot.Dialogs.Conversations;
using Bot.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Bot.Tests.Channels.Web;

/// <summary>botframework-webchat from npm, unmodified, in a real browser on a page of another site.</summary>
public sealed class MicrosoftsWebChat
{
    private const float Patience = 60_000;
    private const string Bubble = ".webchat__basic-transcript__activity";
    private const string Button = ".webchat__suggested-actions__button";

    [Fact]
    public async Task Shows_greeting_buttons_card_and_photo_and_comes_back_after_a_restart()
    {
        var bundle = Installed.Module("botframework-webchat", "dist", "webchat.js");
        Installed.OrSkip(Installed.Chromium, bundle);
        await using var bot = new RestartableBot();
        await bot.Start();
        await using var site = await Site(bundle, WebClient.For(bot.Now, "P-1"), bot.Now.Address);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Installed.Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(site.Urls.Single());

        await page.Locator(Bubble).First.WaitForAsync();
        Assert.Contains("您好", await page.Locator(Bubble).First.InnerTextAsync(), StringComparison.Ordinal);
        var first = page.Locator(Button).First;
        var words = await first.InnerTextAsync();
        await first.ClickAsync();
        await page.Locator(Bubble).Nth(2).WaitForAsync();
        Assert.Contains(words, await page.Locator(Bubble).Nth(1).InnerTextAsync(), StringComparison.Ordinal);

        await PostCard(bot);
        await page.GetByRole(AriaRole.Button, new() { Name = "申请行政指导", Exact = true }).First.WaitForAsync();

        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "现场.png", MimeType = "image/png", Buffer = Pixel });
        await page.Locator($"{Bubble} img[alt*='现场']").Or(page.Locator($"{Bubble} img[src*='/attachments/']")).First.WaitForAsync();

        await bot.Restart();
        await WebClient.For(bot.Now, "P-1").Say("重启以后");
        await page.Locator(Bubble).Filter(new() { HasText = "重启以后" }).First.WaitForAsync();

        await page.ReloadAsync();
        await page.Locator(Bubble).Filter(new() { HasText = "重启以后" }).First.WaitForAsync();
        Assert.Equal(1, await page.Locator(Bubble).Filter(new() { HasText = "重启以后" }).CountAsync());
    }

    private static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static async Task PostCard(RestartableBot bot)
    {
        var channel = bot.Now.Services.GetRequiredService<WebChannel>();
        var card = new Reply("检查预告") { Card = new Card("检查预告", "消防", [new Fact("日期", "2026年3月4日")]) { Buttons = ["申请行政指导"] } };
        await bot.Now.Services.GetRequiredService<Transactions>().Run(
            "card",
            async (work, token) =>
            {
                await channel.Post(work.Rows, "P-1", card, "n-1", token);
                return true;
            },
            default);
        channel.Show("P-1");
    }

    /// <summary>Somebody else's page that embeds the chat.</summary>
    private static async Task<WebApplication> Site(string bundle, WebClient person, Uri bot)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.Urls.Add("http://127.0.0.1:0");
        site.MapGet("/webchat.js", () => Results.File(bundle, "text/javascript"));
        site.MapGet("/", () => Results.Content(
            $$"""
            <!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Web Chat</title>
            <div id="chat" style="height: 600px"></div>
            <script src="/webchat.js"></script>
            <script>
              const directLine = WebChat.createDirectLine({ domain: '{{bot}}v3/directline', token: '{{person.Token}}', conversationId: '{{person.Conversation}}', watermark: '0' });
              WebChat.renderWebChat({ directLine, locale: 'zh-CN', styleOptions: { sendAttachmentOn: 'attach' } }, document.getElementById('chat'));
            </script></html>
            """,
            "text/html; charset=utf-8"));
        await site.StartAsync();
        return site;
    }
}
