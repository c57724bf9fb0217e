using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Channels.Web;

/// <summary>People of whom nothing is known but that they came to the page.</summary>
public static class Visitors
{
    private const string Prefix = "v-";

    public static string NewVisitor() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public static bool IsVisitor(string user) => user.StartsWith(Prefix, StringComparison.Ordinal);
}

/// <summary>For whom an integrator's server wants a token; without a user, for a new visitor.</summary>
public sealed record TokenRequest(string User, IReadOnlyList<string>? TrustedOrigins)
{
    private const int LongestUser = 100;
    private const int LargestBody = 16 * 1024;
    private const int MostOrigins = 20;

    public static async Task<TokenRequest> Read(HttpRequest request)
    {
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        while (body.Length <= LargestBody && await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var read)
            body.Write(buffer, 0, read);
        if (body.Length == 0)
            return new TokenRequest(Visitors.NewVisitor(), null);
        try
        {
            var asked = JsonNode.Parse(body.ToArray()) as JsonObject;
            var user = (string?)asked?["user"]?["id"];
            var origins = (asked?["trustedOrigins"] as JsonArray)?.Select(origin => (string?)origin).OfType<string>().Take(MostOrigins).ToArray();
            if (user is { Length: > LongestUser })
                throw DirectLineRefusedException.BadMessage("user.id 太长。");
            return new TokenRequest(string.IsNullOrWhiteSpace(user) ? Visitors.NewVisitor() : Activities.Clean(user), origins is { Length: > 0 } ? origins : null);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw DirectLineRefusedException.BadMessage("""请求体要写成 {"user":{"id":"…"}}，或者不写。""");
        }
    }
}
