using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bot.Channels.Web;

/// <summary>What a web-chat token proves: one conversation and one user, until an instant. The claims' names are read by the official clients.</summary>
public sealed record DirectLineToken(
    [property: JsonPropertyName("conv")] string Conversation,
    [property: JsonPropertyName("user")] string User,
    [property: JsonPropertyName("exp")] long Expires)
{
    /// <summary>The shape of the claims; a token of another version is refused.</summary>
    public const int Current = 1;

    [JsonPropertyName("ver")]
    public int Version { get; init; } = Current;

    /// <summary>Origins the token may be used from; empty means any.</summary>
    [JsonPropertyName("origins"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? TrustedOrigins { get; init; }

    /// <summary>In a stream ticket: the position that the stream begins after. Null in a token.</summary>
    [JsonPropertyName("after"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? After { get; init; }

    /// <summary>In a stream ticket: the page that asked for it.</summary>
    [JsonPropertyName("origin"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Origin { get; init; }

    [JsonIgnore]
    public bool IsTicket => After is not null;
}

/// <summary>What is wrong with a presented token, or nothing.</summary>
public enum TokenFault
{
    None,
    Forged,
    Expired,
}

/// <summary>
/// Compact JWTs signed with HMAC-SHA256. The header is compared as a whole, so no other algorithm can be talked into; nothing is stored.
/// Lives by the machine's clock, never by the demonstration's: moving that clock must not end anybody's session.
/// </summary>
public sealed class DirectLineTokens(string secret, TimeProvider time)
{
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(24);
    public static readonly TimeSpan TicketLife = TimeSpan.FromSeconds(60);

    /// <summary>How long after its end a visitor's token still proves which visitor it was.</summary>
    public static readonly TimeSpan ResumeLife = TimeSpan.FromDays(90);

    private const int Longest = 4096;
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    private readonly byte[] secretHash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
    private readonly byte[] key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "direct line tokens"u8);

    /// <summary>The lasting conversation of a user; the same for every token and after every restart.</summary>
    public static string LastingConversation(string user) =>
        "c-" + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes("web conversation of " + user)).AsSpan(0, 16));

    public static string NewConversation() => "c-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    public string Issue(string conversation, string user, IReadOnlyList<string>? trustedOrigins = null) =>
        Sign(new DirectLineToken(conversation, user, ExpiresIn(TokenLife)) { TrustedOrigins = trustedOrigins });

    public string Renew(DirectLineToken token) => Sign(token with { Expires = ExpiresIn(TokenLife) });

    public string Ticket(DirectLineToken token, long after, string? origin) =>
        Sign(token with { Expires = ExpiresIn(TicketLife), After = after, Origin = origin });

    public TokenFault ReadToken(string presented, out DirectLineToken token)
    {
        var fault = Read(presented, out token);
        return fault != TokenFault.Forged && token.IsTicket ? TokenFault.Forged : fault;
    }

    public TokenFault ReadTicket(string presented, out DirectLineToken ticket)
    {
        var fault = Read(presented, out ticket);
        return fault != TokenFault.Forged && !ticket.IsTicket ? TokenFault.Forged : fault;
    }

    public bool IsSecret(string presented) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(presented)), secretHash);

    /// <summary>True for a token that ended not too long ago: enough to find the same visitor's conversation again, for nothing else.</summary>
    public bool MayResume(DirectLineToken token) =>
        DateTimeOffset.FromUnixTimeSeconds(token.Expires) + ResumeLife > time.GetUtcNow();

    private TokenFault Read(string presented, out DirectLineToken token)
    {
        token = new DirectLineToken("", "", 0);
        var parts = presented.Length > Longest ? [] : presented.Split('.');
        if (parts.Length != 3 || parts[0] != Header || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(parts[2]), Signature(parts[1])))
            return TokenFault.Forged;

        // Only what was signed here gets this far, so it can be read.
        token = JsonSerializer.Deserialize<DirectLineToken>(Base64Url.DecodeFromChars(parts[1]))!;
        if (token.Version != DirectLineToken.Current)
            return TokenFault.Forged;
        return DateTimeOffset.FromUnixTimeSeconds(token.Expires) <= time.GetUtcNow() ? TokenFault.Expired : TokenFault.None;
    }

    private string Sign(DirectLineToken token)
    {
        var payload = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(token));
        return $"{Header}.{payload}.{Encoding.ASCII.GetString(Signature(payload))}";
    }

    private byte[] Signature(string payload) =>
        Base64Url.EncodeToUtf8(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"{Header}.{payload}")));

    private long ExpiresIn(TimeSpan life) => (time.GetUtcNow() + life).ToUnixTimeSeconds();
}
