using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Bot.Emulators.WeCom;
using Bot.Testing;
using Bot.Tests.Channels.Callbacks;
using Bot.Tests.Channels.Web;

namespace Bot.Tests.Channels.WeCom;

/// <summary>npm's @wecom/crypto, unchanged, drives the callback from outside and opens its replies (channels D).</summary>
public sealed class DrivenByNpm
{
    private const string OtherChannel = "mp";

    public static TheoryData<string> Vectors =>
        [.. OpeningEnvelopes.Named("vectors").Where(name => (string?)OpeningEnvelopes.Vector(name)["channel"] != OtherChannel), "pub-wecom-echostr", "pub-wecom-message"];

    public static TheoryData<string> Negatives => [.. OpeningEnvelopes.Named("negatives").Where(name => ((string)OpeningEnvelopes.Vector(name)["token"]!).StartsWith("wecom", StringComparison.Ordinal))];

    [Fact]
    public async Task Every_reply_opens_and_carries_the_right_ids()
    {
        await using var bot = await StaffedBot.Start();
        var official = await bot.Official();
        var app = bot.Platform.App;
        var seconds = bot.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

        var lines = await Drive(bot, app, official.UserId, seconds);

        Assert.Equal("end", (string?)lines[^1]["what"]);
        Assert.True((bool)lines[0]["right"]!);
        var replies = lines[1..^1];
        Assert.Equal(5, replies.Length);
        Assert.All(replies[..^1], reply =>
        {
            Assert.Equal((200, true, app.CorpId), ((int)reply["status"]!, (bool)reply["signed"]!, (string)reply["receiver"]!));
            Assert.Equal((official.UserId, app.CorpId, "text", seconds), ((string)reply["to"]!, (string)reply["from"]!, (string)reply["type"]!, (string)reply["created"]!));
            Assert.NotEmpty((string)reply["content"]!);
        });
        Assert.Equal((200, true), ((int)replies[^1]["status"]!, (bool)replies[^1]["empty"]!));
    }

    [Theory, MemberData(nameof(Vectors))]
    public async Task Every_vector_is_taken_from_outside(string name)
    {
        var vector = OpeningEnvelopes.Vector(name);
        await using var bot = await Behind(vector);

        var lines = await Drive(bot, AppOf(vector), "", "", name);

        Assert.All(lines.Where(line => (string?)line["what"] is "same" or "verified"), line => Assert.True((bool)line["right"]!));
        Assert.Equal(200, (int)lines[^2]["status"]!);
        Assert.All(lines.Where(line => (bool?)line["empty"] == false), line => Assert.Equal((true, (string)vector["receiveId"]!), ((bool)line["signed"]!, (string)line["receiver"]!)));
    }

    [Theory, MemberData(nameof(Negatives))]
    public async Task Every_broken_one_is_refused_from_outside(string name)
    {
        var vector = OpeningEnvelopes.Vector(name);
        await using var bot = await Behind(vector);
        var before = bot.Traces();

        var lines = await Drive(bot, AppOf(vector), "", "", name);

        Assert.InRange((int)lines[^2]["status"]!, 400, 403);
        Assert.Equal(before, bot.Traces());
    }

    private static async Task<StaffedBot> Behind(JsonNode vector)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse((string)vector["timestamp"]!, CultureInfo.InvariantCulture)).ToOffset(TimeSpan.FromHours(8));
        return await StaffedBot.Start(AppOf(vector), new HandTime(at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), timers: true));
    }

    private static CompanyApp AppOf(JsonNode vector)
    {
        var plain = (string?)vector["plaintext"] ?? "";
        var agent = plain.Split("<AgentID>") is [_, var rest] ? rest.Split('<')[0] : "1000002";
        return new CompanyApp
        {
            CorpId = (string)vector["receiveId"]!,
            Token = (string)vector["token"]!,
            EncodingAesKey = (string)vector["encodingAesKey"]!,
            AgentId = int.Parse(agent.Replace("<![CDATA[", "", StringComparison.Ordinal).Replace("]]>", "", StringComparison.Ordinal), CultureInfo.InvariantCulture),
        };
    }

    private static async Task<JsonNode[]> Drive(StaffedBot bot, CompanyApp app, string userId, string seconds, params string[] vectors)
    {
        var node = Installed.Node();
        Installed.OrSkip(Installed.Module("@wecom", "crypto"));
        using var client = Process.Start(new ProcessStartInfo(
            node,
            [
                "wecom-callback.cjs", new Uri(bot.Bot.Address, "wecom").ToString(), app.Token, app.EncodingAesKey, app.CorpId,
                app.AgentId.ToString(CultureInfo.InvariantCulture), userId, seconds, .. vectors,
            ])
        {
            WorkingDirectory = Installed.NodeFolder,
            RedirectStandardOutput = true,
        })!;
        var said = await client.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
