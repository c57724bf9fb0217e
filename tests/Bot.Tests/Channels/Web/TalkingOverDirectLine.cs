using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Bot.Channels.Web;
using Bot.Dialogs.Conversations;
using Bot.Storage;
using Bot.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.Web;

/// <summary>The protocol as its official clients use it, seen from outside without their help.</summary>
public sealed class TalkingOverDirectLine : IAsyncLifetime
{
    private RunningBot bot = null!;
    private WebClient client = null!;

    public async ValueTask InitializeAsync()
    {
        bot = await RunningBot.Start(settings: "--DirectLine:Secret=a secret of the tests");
        client = await WebClient.Visit(bot);
    }

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    [Fact]
    public async Task A_conversation_is_created_once_and_then_found_again()
    {
        using var first = await client.Send(HttpMethod.Post, "/conversations");
        using var second = await client.Send(HttpMethod.Post, "/conversations");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        var session = JsonNode.Parse(await second.Content.ReadAsStringAsync())!;
        Assert.Equal(client.Conversation, (string?)session["conversationId"]);
        Assert.StartsWith("ws://", (string?)session["streamUrl"], StringComparison.Ordinal);
        Assert.True((int)session["expires_in"]! > 3600);
    }

    [Fact]
    public async Task The_greeting_comes_first_and_once_with_the_menu_as_buttons()
    {
        await client.Start();
        await client.Start();

        var history = await client.History();
        Assert.Single(history);
        Assert.Equal("bot", (string?)history[0]["from"]!["role"]);
        Assert.True(((string)history[0]["text"]!).Split('\n').Length <= 5);
        var buttons = history[0]["suggestedActions"]!["actions"]!.AsArray();
        Assert.NotEmpty(buttons);
        Assert.All(buttons, button => Assert.Equal((string?)button!["title"], (string?)button["value"]));
    }

    [Fact]
    public async Task The_echo_carries_the_clients_id_and_what_the_server_knows_of_the_sender()
    {
        await client.Start();
        using var stream = await client.Listen();
        await client.Post(new
        {
            type = "message",
            text = "你好",
            id = "mine",
            timestamp = "1999-01-01T00:00:00Z",
            from = new { id = "somebody else", role = "bot" },
            serviceUrl = "https://evil.example/",
            channelData = new Dictionary<string, object> { ["clientActivityID"] = "c1", ["webchat:sequence-id"] = 7, ["webChat"] = "x" },
        });

        var heard = await stream.Until(activity => (string?)activity["channelData"]?["clientActivityID"] == "c1");
        var echo = heard.Single(activity => (string?)activity["channelData"]?["clientActivityID"] == "c1");
        Assert.StartsWith("v-", (string?)echo["from"]!["id"], StringComparison.Ordinal);
        Assert.Equal("user", (string?)echo["from"]!["role"]);
        Assert.NotEqual("mine", (string?)echo["id"]);
        Assert.StartsWith("20", (string?)echo["timestamp"], StringComparison.Ordinal);
        Assert.Null(echo["serviceUrl"]);
        Assert.Equal(["clientActivityID"], echo["channelData"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task Times_go_strictly_forward_in_a_conversation()
    {
        await client.Start();
        for (var i = 0; i < 5; i++)
            await client.Say($"第{i}句");

        var times = (await client.History()).Select(activity => (string)activity["timestamp"]!).ToArray();
        Assert.True(times.Length >= 11);
        Assert.Equal(times.Distinct().Order(StringComparer.Ordinal), times);
    }

    [Fact]
    public async Task The_same_message_five_times_is_one_message()
    {
        await client.Start();
        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.Say("你好", "same")));

        Assert.Single(ids.Distinct());
        Assert.Single(await client.History(), activity => (string?)activity["from"]!["role"] == "user");
    }

    [Fact]
    public async Task After_a_lost_socket_everything_said_meanwhile_arrives_once()
    {
        await client.Start();
        var stream = await client.Listen();
        await client.Say("第一句", "m1");
        await stream.Until(activity => (string?)activity["replyToId"] is not null);
        stream.Abort();
        var position = (await client.Ask(HttpMethod.Get, $"/conversations/{client.Conversation}/activities"))["watermark"]!.ToString();

        await client.Say("第二句", "m2");
        using var again = await client.Listen(position);
        await client.Say("第三句", "m3");

        var heard = await again.Until(activity => (string?)activity["channelData"]?["clientActivityID"] == "m3");
        Assert.Equal(["m2", "m3"], heard.Select(activity => (string?)activity["channelData"]?["clientActivityID"]).OfType<string>());
    }

    [Fact]
    public async Task Two_tabs_see_each_other()
    {
        await client.Start();
        using var one = await client.Listen();
        using var two = await client.Listen();
        await client.Say("你好", "both");

        await one.Until(activity => (string?)activity["channelData"]?["clientActivityID"] == "both");
        await two.Until(activity => (string?)activity["channelData"]?["clientActivityID"] == "both");
    }

    [Fact]
    public async Task Typing_reaches_the_open_page_and_no_history()
    {
        await client.Start();
        using var stream = await client.Listen();
        await stream.Until(activity => (string?)activity["from"]!["role"] == "bot");
        using var typing = await client.Post(new { type = "typing", channelData = new { clientActivityID = "t1" } });
        using var happening = await client.Post(new { type = "event", name = "webchat/join", channelData = new { clientActivityID = "e1" } });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (typing.StatusCode, happening.StatusCode));
        var heard = await stream.Until(activity => (string?)activity["type"] == "event");
        Assert.Equal(["typing", "event"], heard.Select(activity => (string?)activity["type"]));
        Assert.All(await client.History(), activity => Assert.Equal("message", (string?)activity["type"]));
    }

    [Fact]
    public async Task Empty_frames_are_signs_of_life_and_nothing_else()
    {
        await client.Start();
        using var stream = await client.Listen();
        await stream.Send("");
        await stream.Send("not even json");
        await client.Say("你好", "alive");

        await stream.Until(activity => (string?)activity["channelData"]?["clientActivityID"] == "alive");
    }

    [Fact]
    public async Task History_outlives_a_restart_and_the_conversation_goes_on()
    {
        var folder = Directory.CreateTempSubdirectory("bot").FullName;
        try
        {
            string token;
            await using (var before = await RunningBot.Start(folder, settings: "--DirectLine:Secret=lasting"))
            {
                var person = await WebClient.Visit(before);
                await person.Start();
                await person.Say("第一句", "before");
                token = person.Token;
            }

            await using var after = await RunningBot.Start(folder, settings: "--DirectLine:Secret=lasting");
            var back = await WebClient.Visit(after, token);
            using var stream = await back.Listen();
            await back.Say("第二句", "after");
            var heard = await stream.Until(activity => (string?)activity["channelData"]?["clientActivityID"] == "after");
            Assert.Contains(heard, activity => (string?)activity["channelData"]?["clientActivityID"] == "before");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Streams_close_within_a_second_when_the_service_stops()
    {
        var other = await RunningBot.Start();
        var person = await WebClient.Visit(other);
        await person.Start();
        using var stream = await person.Listen();
        await stream.Next();

        var watch = Stopwatch.StartNew();
        var stopping = other.DisposeAsync().AsTask();
        Assert.Null(await stream.Next());
        await stopping;
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), watch.Elapsed.ToString());
    }

    [Fact]
    public async Task A_notice_is_posted_once_and_reaches_the_open_page()
    {
        var person = WebClient.For(bot, "P-1");
        await person.Start();
        using var stream = await person.Listen();
        var channel = bot.Services.GetRequiredService<WebChannel>();
        var notice = new Reply("检查预告") { Card = new Card("检查预告", "消防", [new Fact("日期", "2026年3月4日")]) { Buttons = ["申请行政指导"] } };
        for (var i = 0; i < 2; i++)
        {
            await bot.Services.GetRequiredService<Transactions>().Run(
                "notice",
                async (work, token) =>
                {
                    await channel.Post(work.Rows, "P-1", notice, "n-1", token);
                    return true;
                },
                default);
            channel.Show("P-1");
        }

        var heard = await stream.Until(activity => (string?)activity["id"] == "n-1");
        var card = heard.Single(activity => (string?)activity["id"] == "n-1")["attachments"]![0]!;
        Assert.Equal(Activities.HeroCard, (string?)card["contentType"]);
        Assert.Contains("日期：2026年3月4日", (string?)card["content"]!["text"], StringComparison.Ordinal);
        Assert.Equal("imBack", (string?)card["content"]!["buttons"]![0]!["type"]);
        Assert.Single(await person.History(), activity => (string?)activity["id"] == "n-1");
    }
}
