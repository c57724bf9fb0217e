using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bot.Emulators.Tencent;

/// <summary>A temporary file of the platform.</summary>
public sealed record StoredMedia(string Type, byte[] Bytes, string ContentType, DateTimeOffset At);

/// <summary>A kind of media that a platform takes: what it may be, none for anything, and how large.</summary>
internal sealed record MediaKind(int Largest, params IReadOnlyList<string> ContentTypes);

/// <summary>Temporary media: three days, sizes and types as the platform has them (rule 10).</summary>
public sealed partial class MediaStore
{
    internal const int MiB = 1024 * 1024;
    private static readonly TimeSpan Life = TimeSpan.FromDays(3);

    private readonly Strictness strict;
    private readonly TimeProvider time;
    private readonly IReadOnlyDictionary<string, MediaKind> kinds;
    private readonly int smallest;

    internal MediaStore(Strictness strict, TimeProvider time, IReadOnlyDictionary<string, MediaKind> kinds, int smallest = 1) =>
        (this.strict, this.time, this.kinds, this.smallest) = (strict, time, kinds, smallest);

    private readonly Lock gate = new();
    private readonly Dictionary<string, StoredMedia> kept = new(StringComparer.Ordinal);

    /// <summary>Keeps what a person sent or a test wants to be there.</summary>
    public string Keep(string type, byte[] bytes, string contentType)
    {
        var id = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 64);
        lock (gate)
            kept[id] = new(type, bytes, contentType, time.GetUtcNow());
        return id;
    }

    /// <summary>What is kept under an id, unless it is too old.</summary>
    public StoredMedia? Find(string? id)
    {
        lock (gate)
            return id is not null && kept.TryGetValue(id, out var media) && (!strict.MediaExpiry || time.GetUtcNow() - media.At <= Life) ? media : null;
    }

    internal bool Has(string? id) => Find(id) is not null;

    internal StoredMedia Need(string? id) => Find(id) ?? throw new RefusedException(40007, "invalid media_id");

    internal object Download(ApiRequest request)
    {
        var id = request.Query("media_id");
        var media = Need(id);
        return media.Type == "video"
            ? new JsonObject { ["video_url"] = $"http://{request.Query("host") ?? "localhost"}/mmbiz/{id}" }
            : new FileAnswer(media.Bytes, media.ContentType, id + Extension(media.ContentType));
    }

    internal JsonObject Upload(ApiRequest request)
    {
        var type = request.Query("type") ?? "";
        if (!kinds.TryGetValue(type, out var kind))
            throw new RefusedException(40004, "invalid media type", rule: 10);
        var bytes = Part(request);
        if (bytes.Length < smallest)
            throw new RefusedException(44001, "empty media data", rule: 10);
        var contentType = Sniff(bytes) ?? "application/octet-stream";
        if (kind.ContentTypes.Count > 0 && !kind.ContentTypes.Contains(contentType))
            throw new RefusedException(40005, "invalid file type", rule: 10);
        if (bytes.Length > kind.Largest)
            throw new RefusedException(type == "image" ? 40009 : 40006, "invalid media size", rule: 10);
        var id = Keep(type, bytes, contentType);
        return new JsonObject { ["type"] = type, [type == "thumb" ? "thumb_media_id" : "media_id"] = id, ["created_at"] = time.GetUtcNow().ToUnixTimeSeconds() };
    }

    /// <summary>Tencent's parsers take neither a quoted boundary, nor names without quotes, nor filename*: 41005.</summary>
    private byte[] Part(ApiRequest request)
    {
        var boundary = Boundary().Match(request.ContentType ?? "") is { Success: true } match ? match.Groups[1].Value : throw Missing("no multipart form");
        if (strict.MediaForm && boundary.StartsWith('"'))
            throw Missing("the boundary is quoted");
        var raw = Encoding.Latin1.GetString(request.Body);
        foreach (var part in raw.Split("--" + boundary.Trim('"')))
        {
            var end = part.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0 || !Name().IsMatch(part[..end]))
                continue;
            var head = part[..end];
            if (strict.MediaForm && (!FileName().IsMatch(head) || head.Contains("filename*", StringComparison.OrdinalIgnoreCase)))
                throw Missing("the file's name must be quoted, and filename* left out");
            return Encoding.Latin1.GetBytes(part[(end + 4)..^2]);
        }

        throw Missing("no part named \"media\"");
    }

    private static RefusedException Missing(string why) => new(41005, $"media data missing: {why}", rule: 10);

    internal static string? Sniff(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'#', (byte)'!', (byte)'A', (byte)'M', (byte)'R', ..] => "audio/amr",
        [(byte)'I', (byte)'D', (byte)'3', ..] or [0xFF, 0xFB, ..] => "audio/mp3",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "video/mp4",
        _ => null,
    };

    private static string Extension(string contentType) => contentType switch
    {
        "image/jpeg" => ".jpg",
        "image/png" => ".png",
        "image/gif" => ".gif",
        "audio/amr" => ".amr",
        "audio/mp3" => ".mp3",
        _ => "",
    };

    [GeneratedRegex("""^multipart/form-data;.*boundary=("?[^";]+"?)""", RegexOptions.IgnoreCase)]
    private static partial Regex Boundary();

    [GeneratedRegex("""name="?media"?(;|\s|$)""")]
    private static partial Regex Name();

    [GeneratedRegex("""name="media";\s*filename="[\x20-\x7e]+"(\s|$)""")]
    private static partial Regex FileName();
}
