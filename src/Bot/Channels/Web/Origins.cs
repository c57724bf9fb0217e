namespace Bot.Channels.Web;

/// <summary>From which pages the chat may be used. Browsers say the truth about it; other programs say nothing.</summary>
public static class Origins
{
    /// <summary>A token may be tied to pages; our own page is always one of them.</summary>
    public static bool MayCall(HttpRequest request, DirectLineToken token) =>
        token.TrustedOrigins is null || request.Headers.Origin.ToString() is var origin
            && (origin.Length == 0 || IsOwn(request, origin) || token.TrustedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase));

    /// <summary>CORS does not cover sockets. A ticket serves the page that asked for it, our own page, and those the operator names.</summary>
    public static bool MayStream(HttpRequest request, DirectLineToken ticket, Settings settings)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || IsOwn(request, origin)
            || string.Equals(origin, ticket.Origin, StringComparison.OrdinalIgnoreCase)
            || settings.DirectLineOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase);
    }

    public static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page) && string.Equals(page.Authority, request.Host.ToUriComponent(), StringComparison.OrdinalIgnoreCase);
}
