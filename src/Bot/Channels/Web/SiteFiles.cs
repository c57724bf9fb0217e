using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Bot.Channels.Web;

/// <summary>The pages' files: a few dozen kilobytes, read at start, kept compressed, answered with an ETag and strict security headers.</summary>
public sealed class SiteFiles
{
    private readonly FrozenDictionary<string, Page> pages;

    public SiteFiles(string folder)
    {
        var types = new FileExtensionContentTypeProvider();
        pages = !Directory.Exists(folder)
            ? FrozenDictionary<string, Page>.Empty
            : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => types.TryGetContentType(file, out _))
                .ToFrozenDictionary(
                    file => "/" + Path.GetRelativePath(folder, file).Replace('\\', '/'),
                    file => new Page(File.ReadAllBytes(file), types.Mappings[Path.GetExtension(file)]),
                    StringComparer.Ordinal);
    }

    public static SiteFiles BesideProgram() => new(Path.Combine(AppContext.BaseDirectory, "wwwroot"));

    /// <summary>Answers for a file of the site; false when there is none of that name.</summary>
    public async Task<bool> Answer(HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.Value is "/" or null ? "/index.html" : request.Path.Value;
        if (!(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) || !pages.TryGetValue(path, out var page))
            return false;

        var headers = context.Response.Headers;
        headers.ETag = page.Tag;
        headers.CacheControl = "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (page.ContentType.StartsWith("text/html", StringComparison.Ordinal))
        {
            // Old Safari does not count a socket to the own host as 'self'.
            var host = request.Host.ToUriComponent();
            headers.ContentSecurityPolicy =
                $"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws://{host} wss://{host}; "
                + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
        }

        if (request.Headers.IfNoneMatch == page.Tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return true;
        }

        var body = page.Plain;
        if (request.GetTypedHeaders().AcceptEncoding is { Count: > 0 } accepted)
        {
            if (Accepts(accepted, "br"))
                (body, headers.ContentEncoding) = (page.Brotli, "br");
            else if (Accepts(accepted, "gzip"))
                (body, headers.ContentEncoding) = (page.Gzip, "gzip");
        }

        context.Response.ContentType = page.ContentType;
        context.Response.ContentLength = body.Length;
        if (HttpMethods.IsGet(request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        return true;
    }

    private static bool Accepts(IList<StringWithQualityHeaderValue> accepted, string encoding) =>
        accepted.Any(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && one.Quality is null or > 0);

    private sealed class Page(byte[] plain, string type)
    {
        private readonly Lazy<byte[]> brotli = new(() => Compress(plain, to => new BrotliStream(to, CompressionLevel.SmallestSize)));
        private readonly Lazy<byte[]> gzip = new(() => Compress(plain, to => new GZipStream(to, CompressionLevel.SmallestSize)));

        public byte[] Plain => plain;

        public byte[] Brotli => brotli.Value;

        public byte[] Gzip => gzip.Value;

        public string ContentType { get; } = type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type;

        public string Tag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12))}\"";

        private static byte[] Compress(byte[] plain, Func<Stream, Stream> by)
        {
            using var to = new MemoryStream();
            using (var compressor = by(to))
                compressor.Write(plain);
            return to.ToArray();
        }
    }
}

public static class SiteEndpoints
{
    /// <summary>Headers for every answer, and the files of the site before anything else is looked for.</summary>
    public static void UseSite(this WebApplication app)
    {
        var site = SiteFiles.BesideProgram();
        app.Use(async (context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "geolocation=(), microphone=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (context.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000";
            if (!await site.Answer(context))
                await next(context);
        });
    }
}
