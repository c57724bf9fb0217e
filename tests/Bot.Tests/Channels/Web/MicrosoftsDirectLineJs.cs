using System.Diagnostics;
using System.Text.Json.Nodes;

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
