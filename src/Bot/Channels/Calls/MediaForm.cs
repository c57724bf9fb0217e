using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Bot.Channels.Calls;

/// <summary>
/// The form that files are uploaded with, as the platform's parsers want it: quoted ASCII names, no <c>filename*</c>, the boundary without quotes; else
/// they answer that there is no file (41005).
/// </summary>
internal static class MediaForm
{
    private const int BoundaryLength = 32;

    public static HttpContent Of(byte[] file, string fileName, string contentType)
    {
        var boundary = RandomNumberGenerator.GetHexString(BoundaryLength);
        var part = new ByteArrayContent(file);
        part.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"media\"; filename=\"{Ascii(fileName)}\"");
        var form = new MultipartFormDataContent(boundary) { part };
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        return form;
    }

    private static string Ascii(string fileName) => string.Concat(fileName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_'));
}
