using System.Globalization;
using System.Text.Json.Serialization;
using Bot.Files;
using Microsoft.AspNetCore.Mvc;

namespace Bot.Channels.Web;

/// <summary>What a start, a resumption or a renewal answers.</summary>
public sealed record DirectLineSession(
    string ConversationId,
    string Token,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? StreamUrl = null);

/// <summary>
/// Bot Framework Direct Line 3.0, spoken so that Microsoft's clients work unchanged (docs/decisions/0007). A user has one lasting
/// conversation; whoever comes back finds it.
/// </summary>
public static class DirectLine
{
    public const string Root = "/v3/directline";
    public const string CorsPolicy = "directline";
    public const string PostLimit = "posts";
    public const string TokenLimit = "tokens";

    /// <summary>A long text, escaped, with room for what clients add.</summary>
    private const int LargestPost = 256 * 1024;

    public static void MapDirectLine(this WebApplication app)
    {
        var api = app.MapGroup(Root).RequireCors(CorsPolicy).AddEndpointFilter(Refusals.Filter).ExcludeFromDescription();
        api.MapPost("/tokens/generate", Generate).RequireRateLimiting(TokenLimit);
        api.MapPost("/tokens/refresh", Refresh);
        api.MapPost("/conversations", Start);
        api.MapGet("/conversations/{id}", Resume);
        api.MapGet("/conversations/{id}/activities", History);
        api.MapPost("/conversations/{id}/activities", Post).RequireRateLimiting(PostLimit).WithMetadata(new RequestSizeLimitAttribute(LargestPost));
        api.MapPost("/conversations/{id}/upload", Upload).RequireRateLimiting(PostLimit).WithMetadata(new RequestSizeLimitAttribute(WebUploads.LargestRequest));
        api.MapGet("/conversations/{id}/stream", Stream);
        api.MapGet("/attachments/{id}/{name?}", Attachment);
        app.MapPost("/app/token", Visit).AddEndpointFilter(Refusals.Filter).RequireRateLimiting(TokenLimit).ExcludeFromDescription();
    }

    /// <summary>For an integrator's server, which holds the secret: a token for its user, or for a new visitor.</summary>
    private static async Task<IResult> Generate(HttpContext http, DirectLineTokens tokens)
    {
        if (!tokens.IsSecret(Bearer(http) ?? throw DirectLineRefusedException.NoToken()))
            throw DirectLineRefusedException.BadToken(TokenFault.Forged);
        var asked = await TokenRequest.Read(http.Request);
        return Session(tokens, tokens.Issue(DirectLineTokens.LastingConversation(asked.User), asked.User, asked.TrustedOrigins));
    }

    /// <summary>An anonymous visitor of our own page. An own old token, even one that ran out lately, finds the same conversation again.</summary>
    private static IResult Visit(HttpContext http, DirectLineTokens tokens)
    {
        var user = Bearer(http) is { } old
            && tokens.ReadToken(old, out var before) != TokenFault.Forged && tokens.MayResume(before) && Visitors.IsVisitor(before.User)
                ? before.User
                : Visitors.NewVisitor();
        return Session(tokens, tokens.Issue(DirectLineTokens.LastingConversation(user), user));
    }

    private static IResult Refresh(HttpContext http, DirectLineTokens tokens) => Session(tokens, tokens.Renew(Token(http, tokens)));

    private static async Task<IResult> Start(HttpContext http, DirectLineTokens tokens, WebHistory history, CancellationToken cancellationToken)
    {
        var presented = Bearer(http) ?? throw DirectLineRefusedException.NoToken();
        if (tokens.IsSecret(presented))
        {
            var asked = await TokenRequest.Read(http.Request);
            presented = tokens.Issue(DirectLineTokens.LastingConversation(asked.User), asked.User, asked.TrustedOrigins);
        }

        var token = Token(http, tokens, presented);
        var isNew = await history.Open(token.Conversation, token.User, cancellationToken);
        var session = SessionWithStream(http, tokens, token, after: 0);
        return isNew ? Results.Created($"{Root}/conversations/{token.Conversation}", session) : Results.Ok(session);
    }

    private static async Task<IResult> Resume(
        string id, string? watermark, HttpContext http, DirectLineTokens tokens, WebHistory history, CancellationToken cancellationToken)
    {
        var token = TokenFor(id, http, tokens);

        // Never 404 for a conversation that a client may still hold: it would fall silent for good.
        if (!await history.Has(id, cancellationToken))
            await history.Open(id, token.User, cancellationToken);
        return Results.Ok(SessionWithStream(http, tokens, token, Position(watermark)));
    }

    private static async Task<IResult> History(
        string id, string? watermark, HttpContext http, DirectLineTokens tokens, WebHistory history, CancellationToken cancellationToken)
    {
        TokenFor(id, http, tokens);
        var news = await history.Read(id, Position(watermark), cancellationToken);
        return Results.Text(WebUploads.Absolute(news.ToJson(), http.Request), "application/json");
    }

    private static async Task<IResult> Post(string id, HttpContext http, DirectLineTokens tokens, WebTurns turns, CancellationToken cancellationToken)
    {
        var token = TokenFor(id, http, tokens);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancellationToken);
        var posted = Activities.Read(body.GetBuffer().AsSpan(0, (int)body.Length), token);
        await turns.Take(posted, token, [], cancellationToken);
        return Results.Ok(new { posted.Id });
    }

    private static async Task<IResult> Upload(
        string id, HttpContext http, DirectLineTokens tokens, WebUploads uploads, WebTurns turns, CancellationToken cancellationToken)
    {
        var token = TokenFor(id, http, tokens);
        var (posted, files) = await uploads.Read(http.Request, token, cancellationToken);
        await turns.Take(posted, token, files, cancellationToken);
        return Results.Ok(new { posted.Id });
    }

    private static async Task<IResult> Stream(string id, string? t, HttpContext http, DirectLineTokens tokens, WebStreams streams, Settings settings)
    {
        if (!http.WebSockets.IsWebSocketRequest)
            throw DirectLineRefusedException.BadMessage("这个地址只接受 WebSocket。");
        var fault = tokens.ReadTicket(t ?? "", out var ticket);
        if (fault != TokenFault.None)
            throw DirectLineRefusedException.BadToken(fault);
        if (ticket.Conversation != id)
            throw DirectLineRefusedException.NotHere();
        if (!Origins.MayStream(http.Request, ticket, settings))
            throw DirectLineRefusedException.BadToken(TokenFault.Forged);
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        var host = WebUploads.HostOf(http.Request);
        await streams.Serve(socket, id, ticket.After ?? 0, frame => WebUploads.Absolute(frame, host), http.RequestAborted);
        return Results.Empty;
    }

    private static async Task<IResult> Attachment(string id, FileStore files, HttpContext http, CancellationToken cancellationToken)
    {
        if (await files.Find(id, cancellationToken) is not { Missing: null } file)
            throw DirectLineRefusedException.NotHere();
        var headers = http.Response.Headers;
        headers.CacheControl = "private, max-age=86400, immutable";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue(FileKinds.IsImage(file.ContentType) ? "inline" : "attachment")
        {
            FileNameStar = file.Name,
        }.ToString();
        return Results.File(files.PathOf(id), file.ContentType);
    }

    private static IResult Session(DirectLineTokens tokens, string token)
    {
        tokens.ReadToken(token, out var read);
        return Results.Ok(new DirectLineSession(read.Conversation, token, (int)DirectLineTokens.TokenLife.TotalSeconds));
    }

    /// <summary>The ticket carries the position, so that nothing said between this answer and the socket is lost.</summary>
    private static DirectLineSession SessionWithStream(HttpContext http, DirectLineTokens tokens, DirectLineToken token, long after)
    {
        var request = http.Request;
        var ticket = tokens.Ticket(token, after, request.Headers.Origin is [{ Length: > 0 } origin] ? origin : null);
        var socket = request.IsHttps ? "wss" : "ws";
        return new DirectLineSession(
            token.Conversation,
            tokens.Renew(token),
            (int)DirectLineTokens.TokenLife.TotalSeconds,
            $"{socket}://{request.Host.ToUriComponent()}{Root}/conversations/{token.Conversation}/stream?watermark={after.ToString(CultureInfo.InvariantCulture)}&t={ticket}");
    }

    /// <summary>Somebody else's conversation and one that does not exist look the same.</summary>
    private static DirectLineToken TokenFor(string conversation, HttpContext http, DirectLineTokens tokens)
    {
        var token = Token(http, tokens);
        return token.Conversation == conversation ? token : throw DirectLineRefusedException.NotHere();
    }

    private static DirectLineToken Token(HttpContext http, DirectLineTokens tokens) =>
        Token(http, tokens, Bearer(http) ?? throw DirectLineRefusedException.NoToken());

    private static DirectLineToken Token(HttpContext http, DirectLineTokens tokens, string presented)
    {
        var fault = tokens.ReadToken(presented, out var token);
        if (fault != TokenFault.None)
            throw DirectLineRefusedException.BadToken(fault);
        if (!Origins.MayCall(http.Request, token))
            throw DirectLineRefusedException.BadToken(TokenFault.Forged);
        return token;
    }

    private static string? Bearer(HttpContext http)
    {
        const string scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && header.Length > scheme.Length ? header[scheme.Length..].Trim() : null;
    }

    /// <summary>Anything that is not a position is the beginning: the clients know by id what they already have.</summary>
    private static long Position(string? watermark) =>
        long.TryParse(watermark, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0;
}
