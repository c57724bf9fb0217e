using Microsoft.Playwright;

namespace Bot.Tests.Channels.Web;

/// <summary>Debian's Chromium without a window, without a sandbox of its own and without calls home.</summary>
internal static class Browsers
{
    public const float Patience = 60_000;

    public static Task<IBrowser> Launch(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Installed.Chromium,
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });

    public static async Task<IPage> Open(IBrowser browser, string address, int width = 1280, int height = 860)
    {
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(address);
        return page;
    }
}
