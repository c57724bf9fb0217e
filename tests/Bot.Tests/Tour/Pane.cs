using Microsoft.Playwright;

namespace Bot.Tests.Tour;

/// <summary>One side of the page: says something, and waits for words that were not there before.</summary>
internal sealed class Pane(IPage page, string side)
{
    private int heard;

    public async Task Hears(string words)
    {
        var lines = page.Locator($"{side} .line.bot");
        for (var after = heard; ; after = await lines.CountAsync())
        {
            await lines.Nth(after).WaitForAsync();
            for (var i = after; i < await lines.CountAsync(); i++)
            {
                if ((await lines.Nth(i).InnerTextAsync()).Contains(words, StringComparison.Ordinal))
                {
                    heard = i + 1;
                    return;
                }
            }
        }
    }

    public async Task Presses(string button, string answer)
    {
        heard = await page.Locator($"{side} .line.bot").CountAsync();
        await page.Locator($"{side} button").GetByText(button, new() { Exact = true }).Last.ClickAsync();
        await Hears(answer);
    }

    public async Task Says(string words, string answer)
    {
        heard = await page.Locator($"{side} .line.bot").CountAsync();
        await page.Locator($"{side} textarea").FillAsync(words);
        await page.Locator($"{side} textarea").PressAsync("Enter");
        await Hears(answer);
    }
}
