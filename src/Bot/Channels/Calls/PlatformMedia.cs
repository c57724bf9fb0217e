namespace Bot.Channels.Calls;

/// <summary>A file on its way from the platform.</summary>
public sealed class PlatformMedia(HttpResponseMessage answer, Stream content) : IAsyncDisposable
{
    public Stream Content => content;

    /// <summary>What the platform says it is.</summary>
    public string? ContentType => answer.Content.Headers.ContentType?.MediaType;

    public async ValueTask DisposeAsync()
    {
        await content.DisposeAsync();
        answer.Dispose();
    }
}
