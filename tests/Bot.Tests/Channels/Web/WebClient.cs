using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Bot.Channels.Web;
using Bot.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.Web;

/// <summary>A person at the raw protocol, without any client library.</summary>
internal sealed class WebClient(RunningBot bot, string token, string conversation)
{
    public string Token { get; private set; } = token;

    public string Conversation => conversation;

    public static WebClient For(RunningBot bot, string user)
    {
        var conversation = DirectLineTokens.LastingConversation(user);
        return new WebClient(bot, bot.Services.GetRequiredService<DirectLineTokens>().Issue(conversation, user), conversation);
    }

    public static async Task<WebClient> Visit(RunningBot bot, string? oldToken = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/app/token");
        if (oldToken is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", oldToken);
        using var response = await bot.Client.SendAsync(request);
        var session = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return new WebClient(bot, (string)session["token"]!, (string)session["conversationId"]!);
    }

    public Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content = null, string? origin = null)
    {
        var request = new HttpRequestMessage(method, "/v3/directline" + path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return bot.Client.SendAsync(request);
    }

    public async Task<JsonNode> Ask(HttpMethod method, string path, HttpContent? content = null)
    {
        using var response = await Send(method, path, content);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {body}");
        return JsonNode.Parse(body)!;
    }

    public Task<JsonNode> Start() => Ask(HttpMethod.Post, "/conversations");

    public Task<HttpResponseMessage> Post(object activity) => Send(HttpMethod.Post, $"/conversations/{conversation}/activities", JsonContent.Create(activity));

    public async Task<string> Say(string text, string? clientId = null) =>
        (string)(await Ask(HttpMethod.Post, $"/conversations/{conversation}/activities", JsonContent.Create(Message(text, clientId))))["id"]!;

    public static object Message(string text, string? clientId = null) => new
    {
        type = "message",
        text,
        channelData = new { clientActivityID = clientId ?? Guid.NewGuid().ToString() },
    };

    public async Task<IReadOnlyList<JsonNode>> History(string watermark = "") =>
        [.. (await Ask(HttpMethod.Get, $"/conversations/{conversation}/activities?watermark={watermark}"))["activities"]!.AsArray().OfType<JsonNode>()];

    public async Task<WebStream> Listen(string watermark = "", string? origin = null)
    {
        var resumed = await Ask(HttpMethod.Get, $"/conversations/{conversation}?watermark={watermark}");
        return await WebStream.Open((string)resumed["streamUrl"]!, origin);
    }

    public Task<HttpResponseMessage> Upload(string name, byte[] content, string text = "", string? clientId = null)
    {
        var form = new MultipartFormDataContent { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        var activity = new StringContent(
            JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Message(text, clientId)))!.ToJsonString(), Encoding.UTF8, "application/vnd.microsoft.activity");
        form.Add(activity, "activity", "blob");
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");

        // As browsers do it: the name as it is, in UTF-8.
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name}\"");
        form.Add(file);
        return Send(HttpMethod.Post, $"/conversations/{conversation}/upload?userId=anybody", form);
    }
}

/// <summary>An open stream; frames are read as they come.</summary>
internal sealed class WebStream(ClientWebSocket socket) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<WebStream> Open(string address, string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        using var patience = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(new Uri(address), patience.Token);
        return new WebStream(socket);
    }

    public Task Send(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next frame; null when the other side has closed.</summary>
    public async Task<string?> Next()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var frame = new MemoryStream();
        var buffer = new byte[8192];
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer, patience.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                    return null;
                frame.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                    return Encoding.UTF8.GetString(frame.ToArray());
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    /// <summary>Activities as they come, until one of them is the one looked for.</summary>
    public async Task<IReadOnlyList<JsonNode>> Until(Func<JsonNode, bool> last)
    {
        var heard = new List<JsonNode>();
        while (heard.Count == 0 || !heard.Exists(activity => last(activity)))
        {
            var frame = await Next() ?? throw new InvalidOperationException("The stream ended.");
            if (frame.Length > 0)
                heard.AddRange(JsonNode.Parse(frame)!["activities"]!.AsArray().OfType<JsonNode>());
        }

        return heard;
    }

    public void Abort() => socket.Abort();

    public void Dispose() => socket.Dispose();
}
