using System.Globalization;
using System.Net.Http.Json;
using Bot.Tests.Hosting;
using Microsoft.Playwright;

namespace Bot.Tests.Tour;

/// <summary>What all tours do besides talking.</summary>
internal static class Stage
{
    /// <summary>A side of the demonstration's page becomes somebody else's.</summary>
    public static async Task<Pane> Become(IPage page, string side, string person, string name)
    {
        await page.Locator($"#who-{side[1..]}").SelectOptionAsync(person);
        await page.Locator($"{side} .line.bot").GetByText($"您好，{name}").First.WaitForAsync();
        return new Pane(page, side);
    }

    /// <summary>Moves the demonstration's clock forward.</summary>
    public static async Task MoveTo(RunningBot bot, IPage page, string time)
    {
        using var moved = await bot.Client.PostAsJsonAsync("/demo/clock", new { now = time }, TestContext.Current.CancellationToken);
        Assert.True(moved.IsSuccessStatusCode, string.Create(CultureInfo.InvariantCulture, $"{moved.StatusCode}"));
        await page.ReloadAsync();
    }

    /// <summary>With BOT_PICTURES set to a folder, the picture of that name is taken.</summary>
    public static async Task Picture(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("BOT_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    }
}
