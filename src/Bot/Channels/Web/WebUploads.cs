using System.Text.Json.Nodes;
using Bot.Dialogs.Conversations;
using Bot.Domain.Rules;
using Bot.Files;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Bot.Channels.Web;

/// <summary>Messages with photos and files, as the official clients send them: the activity first, as a part of its own content type, then the files.</summary>
public sealed class WebUploads(FileStore files)
{
    public const int LargestRequest = 64 * 1024 * 1024;

    private const int MostFiles = 9;
    private const int LargestActivity = 1024 * 1024;
    private const string ActivityType = "application/vnd.microsoft.activity";

    /// <summary>Stored with "attachment:" instead of a host, which may be another one tomorrow.</summary>
    private static readonly string[] Members = ["contentUrl", "thumbnailUrl"];

    /// <summary>Scheme and host by which this client reaches the service.</summary>
    public static string HostOf(HttpRequest request) => $"{request.Scheme}://{request.Host.ToUriComponent()}";

    public static string Absolute(string json, HttpRequest request) => Absolute(json, HostOf(request));

    public static string Absolute(string json, string host)
    {
        foreach (var member in Members)
            json = json.Replace($"\"{member}\":\"attachment:", $"\"{member}\":\"{host}{DirectLine.Root}/attachments/", StringComparison.Ordinal);
        return json;
    }

    /// <exception cref="DirectLineRefusedException">The message cannot be taken; nothing of it was kept.</exception>
    public async Task<(PostedActivity Posted, IReadOnlyList<Evidence> Files)> Read(
        HttpRequest request, DirectLineToken token, CancellationToken cancellationToken)
    {
        var kept = new List<Evidence>();
        try
        {
            var posted = await ReadParts(request, token, kept, cancellationToken);
            if (kept.Count > 0)
                posted.Shown["attachments"] = new JsonArray([.. kept.Select(Attachment)]);
            return (posted, kept);
        }
        catch (Exception refused)
        {
            foreach (var file in kept)
                files.Forget(file.Id);
            if (refused is not RuleBrokenException and not InvalidDataException)
                throw;

            // The rest is heard out: a client whose sending is cut off never learns why.
            await Drain(request, cancellationToken);
            throw DirectLineRefusedException.BadMessage(refused is RuleBrokenException ? refused.Message : "上传的内容不完整，没有收下，请重新发送。");
        }
    }

    private async Task<PostedActivity> ReadParts(HttpRequest request, DirectLineToken token, List<Evidence> kept, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
            throw DirectLineRefusedException.BadMessage("上传要用 multipart/form-data。");
        var reader = new MultipartReader(boundary, request.Body);
        PostedActivity? posted = null;
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (section.ContentType?.StartsWith(ActivityType, StringComparison.OrdinalIgnoreCase) == true)
            {
                posted = Activities.Read(await ReadActivity(section.Body, cancellationToken), token);
            }
            else if (ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.IsFileDisposition())
            {
                if (kept.Count == MostFiles)
                    throw DirectLineRefusedException.BadMessage($"一次最多发{MostFiles}个文件，请分几次发。");
                var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value;
                kept.Add(await files.Keep(name ?? "", section.Body, cancellationToken));
            }
        }

        return posted ?? Activities.Read("""{"type":"message"}"""u8, token);
    }

    private static async Task<byte[]> ReadActivity(Stream from, CancellationToken cancellationToken)
    {
        // Clients put small previews of pictures in here; they are not kept.
        using var to = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (to.Length + read > LargestActivity)
                throw new InvalidDataException("The activity part is too large.");
            to.Write(buffer, 0, read);
        }

        return to.ToArray();
    }

    private static async Task Drain(HttpRequest request, CancellationToken cancellationToken)
    {
        var buffer = new byte[81920];
        while (await request.Body.ReadAsync(buffer, cancellationToken) > 0)
        {
        }
    }

    private static JsonNode Attachment(Evidence file)
    {
        var address = $"attachment:{file.Id}/{Uri.EscapeDataString(file.Name)}";
        var attachment = new JsonObject { ["contentType"] = file.ContentType, ["contentUrl"] = address, ["name"] = file.Name };

        // Without it the official client shows the sender's own photo as a file.
        if (FileKinds.IsImage(file.ContentType))
            attachment["thumbnailUrl"] = address;
        return attachment;
    }
}
