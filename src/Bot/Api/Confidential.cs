namespace Bot.Api;

internal static class Confidential
{
    /// <summary>For what stands under an address that only its readers know: kept by nobody on the way, found by no search, told to no other site.</summary>
    public static void KeepConfidential(this HttpResponse response)
    {
        var headers = response.Headers;
        headers.CacheControl = "no-store";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
    }
}
