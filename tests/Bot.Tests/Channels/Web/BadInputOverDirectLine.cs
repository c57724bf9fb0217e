using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Channels.Web;
using Bot.Testing;
using Bot.Tests.Hosting;

namespace Bot.Tests.Channels.Web;

/// <summary>"A clear Chinese answer or a problem document, nothing changed."</summary>
public sealed class BadInputOverDirectLine : IAsyncLifetime
{
    private const string Secret = "a secret of the tests";
    private RunningBot bot = null!;
    private WebClient client = null!;

    public async ValueTask InitializeAsync()
    {
        bot = await RunningBot.Start(settings: $"--DirectLine:Secret={Secret}");
        client = await WebClient.Visit(bot);
        await client.Start();
    }

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("nonsense", HttpStatusCode.Forbidden)]
    [InlineData("a.b.c", HttpStatusCode.Forbidden)]
    public async Task Without_a_good_token_nothing_is_answered(string? token, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/directline/conversations");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await bot.Client.SendAsync(request);

        await Refuses(response, status);
    }

    [Fact]
    public async Task An_expired_token_is_refused_but_finds_its_visitor_again()
    {
        var yesterday = new HandTime("2020-01-01 00:00");
        yesterday.Set(DateTime.SpecifyKind(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(8 - 30), DateTimeKind.Unspecified).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
        var expired = new DirectLineTokens(Secret, yesterday).Issue(client.Conversation, UserOf(client));

        var late = new WebClient(bot, expired, client.Conversation);
        using var response = await late.Send(HttpMethod.Get, $"/conversations/{client.Conversation}");
        await Refuses(response, HttpStatusCode.Forbidden);
        var resumed = await WebClient.Visit(bot, expired);
        Assert.Equal(client.Conversation, resumed.Conversation);
    }

    [Fact]
    public async Task A_bound_persons_expired_token_does_not_come_back_as_a_visitor()
    {
        var other = WebClient.For(bot, "P-1");

        Assert.NotEqual(other.Conversation, (await WebClient.Visit(bot, other.Token)).Conversation);
    }

    [Fact]
    public async Task Another_persons_conversation_looks_like_none()
    {
        var other = await WebClient.Visit(bot);
        await other.Start();
        foreach (var path in (string[])[$"/conversations/{client.Conversation}", $"/conversations/{client.Conversation}/activities", "/conversations/c-none"])
        {
            using var response = await other.Send(HttpMethod.Get, path);
            await Refuses(response, HttpStatusCode.NotFound);
        }

        using var posted = await other.Send(HttpMethod.Post, $"/conversations/{client.Conversation}/activities", new StringContent("{}", Encoding.UTF8, "application/json"));
        await Refuses(posted, HttpStatusCode.NotFound);
        Assert.Single(await client.History());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"text":"a","text":"b"}""")]
    [InlineData("""{"text":"half a character \ud800"}""")]
    public async Task What_is_no_activity_is_refused(string body)
    {
        using var response = await client.Send(HttpMethod.Post, $"/conversations/{client.Conversation}/activities", new StringContent(body, Encoding.UTF8, "application/json"));

        await Refuses(response, HttpStatusCode.BadRequest);
        Assert.Single(await client.History());
    }

    [Fact]
    public async Task A_body_beyond_measure_is_refused()
    {
        using var response = await client.Post(WebClient.Message(new string('长', 200_000)));

        await Refuses(response, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("😀😀😀")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("' OR 1=1; --")]
    [InlineData("asdfghjkl")]
    public async Task Strange_words_are_answered_and_shown_as_they_are(string text)
    {
        await client.Say(text);

        var history = await client.History();
        Assert.Equal(text, (string?)history[1]["text"]);
        Assert.Equal("plain", (string?)history[1]["textFormat"]);
        Assert.Equal("bot", (string?)history[2]["from"]!["role"]);
    }

    [Fact]
    public async Task Five_thousand_characters_are_taken()
    {
        await client.Say(new string('查', 5000));

        Assert.True((await client.History()).Count >= 3);
    }

    [Fact]
    public async Task Control_characters_are_taken_out()
    {
        using var content = new StringContent("""{"type":"message","text":"你\u0000好\u0007\u202e吗？\r\n再见"}""", Encoding.UTF8, "application/json");
        using var response = await client.Send(HttpMethod.Post, $"/conversations/{client.Conversation}/activities", content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("你好吗？\n再见", (string?)(await client.History())[1]["text"]);
    }

    [Theory]
    [InlineData("""{"type":"message"}""")]
    [InlineData("""{"type":"message","text":"","attachments":[{"contentType":"audio/amr","contentUrl":"https://evil.example/a.amr"}]}""")]
    [InlineData("""{"type":"message","text":123,"channelData":"x","value":[1,2]}""")]
    public async Task Stickers_and_voice_without_words_get_an_answer(string activity)
    {
        using var response = await client.Send(HttpMethod.Post, $"/conversations/{client.Conversation}/activities", new StringContent(activity, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var history = await client.History();
        Assert.Null(history[1]["attachments"]);
        Assert.Equal("bot", (string?)history[2]["from"]!["role"]);
    }

    [Fact]
    public async Task Too_many_messages_are_refused_with_400_because_429_leaves_the_clients_waiting()
    {
        await using var strict = await RunningBot.Start(settings: "--DirectLine:PostsPerMinute=3");
        var person = await WebClient.Visit(strict);
        await person.Start();
        for (var i = 0; i < 3; i++)
            await person.Say("你好");

        using var response = await person.Post(WebClient.Message("你好"));
        await Refuses(response, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Only_the_secret_makes_tokens_for_others()
    {
        using var asPerson = await client.Send(HttpMethod.Post, "/tokens/generate");
        await Refuses(asPerson, HttpStatusCode.Forbidden);

        var server = new WebClient(bot, Secret, "");
        var session = await server.Ask(HttpMethod.Post, "/tokens/generate", new StringContent("""{"user":{"id":"P-7"}}""", Encoding.UTF8, "application/json"));
        Assert.Equal(DirectLineTokens.LastingConversation("P-7"), (string?)session["conversationId"]);
    }

    [Fact]
    public async Task A_token_is_renewed_and_the_old_one_goes_on_until_its_end()
    {
        var renewed = await client.Ask(HttpMethod.Post, "/tokens/refresh");
        using var again = await client.Send(HttpMethod.Post, "/tokens/refresh");

        Assert.Equal(client.Conversation, (string?)renewed["conversationId"]);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private static string UserOf(WebClient person)
    {
        new DirectLineTokens(Secret, TimeProvider.System).ReadToken(person.Token, out var token);
        return token.User;
    }

    private static async Task Refuses(HttpResponseMessage response, HttpStatusCode status)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(body)!;
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", (string?)problem["detail"]);
        Assert.Equal((string?)problem["detail"], (string?)problem["error"]!["message"]);
        Assert.NotEmpty((string)problem["error"]!["code"]!);
    }
}
