using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bot.Dialogs.Conversations;
using Bot.Domain.Rules;

namespace Bot.Files;

/// <summary>
/// Photos and files that people send, one file each in a folder of the operator's, with what is known of it beside it. The id is the only way
/// to a file and cannot be guessed.
/// </summary>
public sealed class FileStore(Settings settings)
{
    public const int LargestMegabytes = 10;
    public const int LongestName = 120;

    public static readonly Rule NotTooLarge = new($"图片太大，没有收下，请压缩到 {LargestMegabytes} MB 以内再发。", "");
    public static readonly Rule OfAKnownKind = new("这种文件收不了。可以发图片（jpg、png、gif、webp）、PDF、Word（docx）或表格（xlsx、csv）。", "");
    public static readonly Rule NotEmpty = new("这个文件是空的，没有收下，请重新选择。", "");

    private const int IdBytes = 18;
    private const string Nameless = "附件";

    /// <summary>Keeps a file whose content is of a kind that is taken, not too large and not empty; otherwise nothing of it stays.</summary>
    /// <exception cref="RuleBrokenException">The file is not taken.</exception>
    public Task<Evidence> Keep(string name, Stream content, CancellationToken cancellationToken) =>
        Keep(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)), name, content, cancellationToken);

    /// <summary>Keeps a file under an id that was promised before. Kept twice, there is one.</summary>
    /// <exception cref="RuleBrokenException">The file is not taken.</exception>
    public async Task<Evidence> Keep(string id, string name, Stream content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.Files);
        var part = PartOf(id);
        try
        {
            var (bytes, contentType) = await Write(part, content, cancellationToken);
            var kept = new Evidence(id, NameFor(name, contentType), contentType, bytes);
            File.Move(part, PathOf(id), overwrite: true);
            OfTheDay(PathOf(id));
            await WriteCard(kept, cancellationToken);
            return kept;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Says of a file that it is not there, and why: still on its way, or lost. A file kept meanwhile stays.</summary>
    public async Task Miss(Evidence evidence, string why, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.Files);
        if (!File.Exists(PathOf(evidence.Id)))
            await WriteCard(evidence with { Missing = why }, cancellationToken);
    }

    /// <summary>An id that only one who knows <paramref name="key"/> can come to, the same for the same source however often it is asked.</summary>
    public static string IdFor(ReadOnlySpan<byte> key, string source) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(source)).AsSpan(0, IdBytes));

    /// <summary>Of a file that was handed in without a name nothing stays that leads to somebody: its name, what the camera wrote, the minute it came (W28).</summary>
    public async Task TakeNameAway(string id, CancellationToken cancellationToken)
    {
        if (await Find(id, cancellationToken) is not { } card)
            return;
        var bytes = card.Bytes;
        if (card.Missing is null && FileKinds.IsImage(card.ContentType))
        {
            var photo = PhotoDetails.Without(await File.ReadAllBytesAsync(PathOf(id), cancellationToken), card.ContentType);
            bytes = photo.Length;
            var part = PartOf(id);
            await File.WriteAllBytesAsync(part, photo, cancellationToken);
            File.Move(part, PathOf(id), overwrite: true);
            OfTheDay(PathOf(id));
        }

        await WriteCard(card with { Name = Nameless + FileKinds.Extension(card.ContentType), Bytes = bytes }, cancellationToken);
    }

    public void Forget(string id)
    {
        File.Delete(PathOf(id));
        File.Delete(CardOf(id));
    }

    /// <summary>What is known of a file, or null when there is none of that id.</summary>
    public async Task<Evidence?> Find(string id, CancellationToken cancellationToken)
    {
        // The id becomes part of a path.
        if (id.Length != IdBytes / 3 * 4 || !Base64Url.IsValid(id) || !File.Exists(CardOf(id)))
            return null;
        await using var card = File.OpenRead(CardOf(id));
        return await JsonSerializer.DeserializeAsync<Evidence>(card, cancellationToken: cancellationToken);
    }

    public string PathOf(string id) => Path.GetFullPath(Path.Combine(settings.Files, id + ".bin"));

    private string CardOf(string id) => Path.GetFullPath(Path.Combine(settings.Files, id + ".json"));

    private string PartOf(string id) => Path.GetFullPath(Path.Combine(settings.Files, $"{id}.{RandomNumberGenerator.GetHexString(8)}.part"));

    private async Task WriteCard(Evidence card, CancellationToken cancellationToken)
    {
        var part = PartOf(card.Id);
        await File.WriteAllBytesAsync(part, JsonSerializer.SerializeToUtf8Bytes(card), cancellationToken);
        File.Move(part, CardOf(card.Id), overwrite: true);
        OfTheDay(CardOf(card.Id));
    }

    /// <summary>The minute a file came would point at the message it came in; of the time on the disk only the day is kept.</summary>
    private static void OfTheDay(string path)
    {
        if (File.Exists(path))
            File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).Date);
    }

    private static async Task<(long Bytes, string ContentType)> Write(string path, Stream content, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var buffer = new byte[81920];
        var read = await content.ReadAtLeastAsync(buffer, FileKinds.Head, throwOnEndOfStream: false, cancellationToken);
        NotEmpty.Require(read > 0);
        var contentType = FileKinds.Of(buffer.AsSpan(0, read));
        OfAKnownKind.Require(contentType is not null);
        long bytes = 0;
        while (read > 0)
        {
            bytes += read;
            NotTooLarge.Require(bytes <= LargestMegabytes * 1024 * 1024);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            read = await content.ReadAsync(buffer, cancellationToken);
        }

        file.Flush(flushToDisk: true);
        return (bytes, contentType!);
    }

    /// <summary>Only the last part of the name, without control characters, of bearable length, ending as its kind ends.</summary>
    private static string NameFor(string name, string contentType)
    {
        var extension = FileKinds.Extension(contentType);
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new string([.. Channels.Web.Activities.Clean(last).Where(c => c is not ('\n' or '\t' or '"' or '<' or '>' or '|' or ':' or '*' or '?'))]);
        var stem = Path.GetFileNameWithoutExtension(clean).Trim(' ', '.');
        if (stem.Length > LongestName)
            stem = stem[..LongestName];
        return (stem.Length == 0 ? "文件" : stem) + extension;
    }
}
