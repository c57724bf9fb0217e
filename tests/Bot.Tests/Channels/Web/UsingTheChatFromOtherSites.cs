using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Channels.Web;
using Bot.Testing;
using Bot.Tests.Hosting;

namespace Bot.Tests.Channels.Web;

/// <summary>CORS for calls, the origin of sockets, and the minute that a stream ticket lives.</summary>
public sealed class UsingTheChatFromOtherSites : IAsyncLifetime
{
    private const string Secret = "a secret of the tests";
    private const string Site = "https://zwfw.example";
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
    [InlineData("POST", "conversations")]
    [InlineData("POST", "conversations/x/activities")]
    [InlineData("POST", "conversations/x/upload")]
    [InlineData("GET", "conversations/x")]
    public async Task The_preflight_of_the_official_client_passes(string method, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v3/directline/" + path);
        request.Headers.Add("Origin", Site);
        request.Headers.Add("Access-Control-Request-Method", method);
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,x-ms-bot-agent,x-requested-with");
        using var response = await bot.Client.SendAsync(request);

        Assert.True(response.IsSuccessStatusCode);
        Assert.Contains("x-requested-with", response.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
        Assert.NotEmpty(response.Headers.GetValues("Access-Control-Max-Age"));
    }

    [Fact]
    public async Task Errors_can_be_read_by_the_other_site_too()
    {
        using var response = await client.Send(HttpMethod.Get, "/conversations/c-none", origin: Site);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.NotEmpty(response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_ticket_serves_the_page_that_asked_for_it_and_no_other()
    {
        using var resumed = await client.Send(HttpMethod.Get, $"/conversations/{client.Conversation}", origin: Site);
        var address = (string)JsonNode.Parse(await resumed.Content.ReadAsStringAsync())!["streamUrl"]!;

        using var stream = await WebStream.Open(address, Site);
        Assert.NotNull(await stream.Next());
        await Assert.ThrowsAsync<WebSocketException>(() => WebStream.Open(address, "https://evil.example"));
    }

    [Fact]
    public async Task A_ticket_ends_after_a_minute_and_serves_its_own_conversation_only()
    {
        var past = new HandTime("2020-01-01 00:00");
        var old = new DirectLineTokens(Secret, past);
        old.ReadToken(old.Issue(client.Conversation, "v-1"), out var token);
        var stream = $"ws://{bot.Address.Authority}/v3/directline/conversations";

        await Assert.ThrowsAsync<WebSocketException>(() => WebStream.Open($"{stream}/{client.Conversation}/stream?t={old.Ticket(token, 0, null)}"));
        var fresh = new DirectLineTokens(Secret, TimeProvider.System).Ticket(token, 0, null);
        await Assert.ThrowsAsync<WebSocketException>(() => WebStream.Open($"{stream}/c-other/stream?t={fresh}"));
        await Assert.ThrowsAsync<WebSocketException>(() => WebStream.Open($"{stream}/{client.Conversation}/stream"));
        using var good = await WebStream.Open($"{stream}/{client.Conversation}/stream?t={fresh}");
        Assert.NotNull(await good.Next());
    }

    [Fact]
    public async Task A_token_tied_to_a_site_is_no_use_elsewhere()
    {
        var server = new WebClient(bot, Secret, "");
        var session = await server.Ask(
            HttpMethod.Post,
            "/tokens/generate",
            new StringContent($$"""{"user":{"id":"P-7"},"trustedOrigins":["{{Site}}"]}""", Encoding.UTF8, "application/json"));
        var person = new WebClient(bot, (string)session["token"]!, (string)session["conversationId"]!);

        using var fromSite = await person.Send(HttpMethod.Post, "/conversations", origin: Site);
        using var fromElsewhere = await person.Send(HttpMethod.Post, "/conversations", origin: "https://evil.example");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Forbidden), (fromSite.StatusCode, fromElsewhere.StatusCode));
    }
}
