using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Bot.Tests.Channels.Web;

/// <summary>botframework-directlinejs from npm, unmodified: greeting, buttons, a turn, a restart of the service, nothing lost or doubled.</summary>
public sealed class MicrosoftsDirectLineJs
{
    [Fact]
    public async Task Talks_and_finds_its_way_back_after_a_restart()
    {
        var node = Installed.Node();
        Installed.OrSkip(Installed.Module("botframework-directlinejs"), Installed.Module("ws"), Installed.Module("xhr2"));
        await using var bot = new RestartableBot();
        await bot.Start();
        var person = WebClient.For(bot.Now, "P-1");
        using var client = Process.Start(new ProcessStartInfo(node, ["directline.cjs", $"{bot.Now.Address}v3/directline", person.Token])
        {
            WorkingDirectory = Installed.NodeFolder,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var heard = await Until(client, "talked");
            var greeting = heard.First(line => Is(line, "activity"));
            Assert.Equal("bot", (string?)greeting["role"]);
            Assert.NotEmpty(greeting["buttons"]!.AsArray());

            await bot.Restart();
            await WebClient.For(bot.Now, "P-1").Say("重启以后");

            var rest = await Until(client, "end");
            Assert.Contains(heard.Concat(rest), line => Is(line, "posted") && (string)line["id"]! is { Length: > 0 } id && id != "retry");
            Assert.DoesNotContain(heard.Concat(rest), line => Is(line, "problem"));
            Assert.Single(rest, line => (string?)line["text"] == "重启以后");
        }
        finally
        {
            client.Kill();
        }
    }

    [Fact]
    public async Task In_a_browser_it_gets_greeting_buttons_card_and_upload_and_its_history_after_a_restart()
    {
        var bundle = Installed.Module("botframework-directlinejs", "dist", "directline.js");
        Installed.OrSkip(Installed.Chromium, bundle);
        await using var bot = new RestartableBot();
        await bot.Start();
        var person = WebClient.For(bot.Now, "P-2");
        await using var site = await OtherSite.Start(
            bundle,
            $$"""
            <script>
              const seen = [];
              const client = new DirectLine.DirectLine({ domain: '{{bot.Now.Address}}v3/directline', token: '{{person.Token}}', webSocket: true });
              client.activity$.subscribe(activity => seen.push(activity), problem => seen.push({ text: 'problem ' + problem }));
              const post = activity => new Promise((done, failed) => client.postActivity({ type: 'message', from: { id: 'me' }, ...activity }).subscribe(done, failed));
              const upload = (bytes, name) => post({ attachments: [{ contentType: 'image/png', name, contentUrl: URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/png' })) }] });
            </script>
            """);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browsers.Launch(playwright);
        var page = await Browsers.Open(browser, site.Urls.Single());

        await page.WaitForFunctionAsync("() => seen.some(a => a.from.role === 'bot' && a.text.includes('您好') && a.suggestedActions.actions.length > 0)");
        Assert.NotEmpty(await page.EvaluateAsync<string>("() => post({ text: seen[0].suggestedActions.actions[0].value })"));
        await page.WaitForFunctionAsync("() => seen.some(a => a.from.role === 'bot' && a.replyToId)");

        await OtherSite.PostCard(bot, "P-2");
        await page.WaitForFunctionAsync("() => seen.some(a => (a.attachments || []).some(card => card.contentType === 'application/vnd.microsoft.card.hero' && card.content.buttons[0].value === '申请行政指导'))");

        await page.EvaluateAsync<string>("bytes => upload(bytes, '现场.png')", OtherSite.Pixel.Select(one => (int)one).ToArray());
        await page.WaitForFunctionAsync("() => seen.some(a => a.from.role === 'user' && (a.attachments || []).some(file => file.name === '现场.png' && file.thumbnailUrl && !file.contentUrl.startsWith('blob:')))");

        await bot.Restart();
        await WebClient.For(bot.Now, "P-2").Say("重启以后");
        await page.WaitForFunctionAsync("() => seen.some(a => a.text === '重启以后')");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => seen.length - new Set(seen.map(a => a.id)).size"));
        Assert.False(await page.EvaluateAsync<bool>("() => seen.some(a => (a.text || '').startsWith('problem'))"));

        await page.ReloadAsync();
        await page.WaitForFunctionAsync("() => seen.some(a => a.text === '重启以后') && seen.some(a => (a.attachments || []).some(file => file.name === '现场.png'))");
    }

    private static bool Is(JsonNode line, string what) => (string?)line["what"] == what;

    private static async Task<List<JsonNode>> Until(Process client, string what)
    {
        // The client waits 3 to 15 s before it comes back, and 20 s more when the service was not there yet.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var heard = new List<JsonNode>();
        while (heard.Count == 0 || !Is(heard[^1], what))
            heard.Add(JsonNode.Parse(await client.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The client ended: " + string.Join('\n', heard)))!);
        return heard;
    }
}
