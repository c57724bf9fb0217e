using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace Bot.Channels.Web;

/// <summary>
/// The open pages of this process. A stream reads what is stored after its own position, so a signal says only "look again": none can be lost,
/// none arrives twice. Typing marks and what must not be kept are handed to the open streams directly.
/// </summary>
public sealed class WebStreams(WebHistory history, IHostApplicationLifetime lifetime)
{
    /// <summary>Proxies cut a silent connection after a minute or less.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    private const int MostWaiting = 256;

    private readonly Dictionary<string, List<OpenStream>> open = new(StringComparer.Ordinal);
    private readonly Lock door = new();

    public int Count
    {
        get
        {
            lock (door)
                return open.Values.Sum(streams => streams.Count);
        }
    }

    public bool IsOpen(string conversation)
    {
        lock (door)
            return open.ContainsKey(conversation);
    }

    /// <summary>Something was stored in this conversation and is committed.</summary>
    public void Signal(string conversation) => Hand(conversation, null);

    /// <summary>After a time without news from the other instances anything may have been stored.</summary>
    public void SignalAll()
    {
        string[] conversations;
        lock (door)
            conversations = [.. open.Keys];
        foreach (var conversation in conversations)
            Signal(conversation);
    }

    /// <summary>Shows a frame to the pages that are open now, and keeps it nowhere.</summary>
    public void Show(string conversation, string frame) => Hand(conversation, frame);

    /// <summary>Tells one page what was said after a position and what is said from now on, until either side leaves.</summary>
    public async Task Serve(WebSocket socket, string conversation, long after, Func<string, string> address, CancellationToken gone)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(gone, lifetime.ApplicationStopping);
        var stream = new OpenStream();
        Enter(conversation, stream);
        var hearing = Hear(socket, ended);
        try
        {
            await Tell(socket, stream, conversation, after, address, ended.Token);
        }
        catch (Exception over) when (over is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The page has gone or the service stops; both are the ordinary end of a stream.
        }
        finally
        {
            Leave(conversation, stream);
            await Close(socket);
            await ended.CancelAsync();
            await hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Enter(string conversation, OpenStream stream)
    {
        lock (door)
        {
            if (!open.TryGetValue(conversation, out var streams))
                open[conversation] = streams = [];
            streams.Add(stream);
        }
    }

    private void Leave(string conversation, OpenStream stream)
    {
        lock (door)
        {
            var streams = open[conversation];
            streams.Remove(stream);
            if (streams.Count == 0)
                open.Remove(conversation);
        }
    }

    private void Hand(string conversation, string? frame)
    {
        lock (door)
        {
            if (!open.TryGetValue(conversation, out var streams))
                return;
            foreach (var stream in streams)
            {
                // A page too slow to take its frames is let go; it comes back and reads on from its own position.
                if (!stream.News.Writer.TryWrite(frame))
                    stream.News.Writer.TryComplete();
            }
        }
    }

    private async Task Tell(WebSocket socket, OpenStream stream, string conversation, long after, Func<string, string> address, CancellationToken ended)
    {
        var position = after;
        string? frame = null;
        while (true)
        {
            if (frame is not null)
                await Send(socket, frame, ended);
            else
                position = await CatchUp(socket, conversation, position, address, ended);

            while (!stream.News.Reader.TryRead(out frame))
            {
                using var quiet = CancellationTokenSource.CreateLinkedTokenSource(ended);
                quiet.CancelAfter(KeepAlive);
                try
                {
                    if (!await stream.News.Reader.WaitToReadAsync(quiet.Token))
                        return;
                }
                catch (OperationCanceledException) when (!ended.IsCancellationRequested)
                {
                    await Send(socket, "", ended);
                }
            }
        }
    }

    private async Task<long> CatchUp(WebSocket socket, string conversation, long position, Func<string, string> address, CancellationToken ended)
    {
        while (true)
        {
            var news = await history.Read(conversation, position, ended);
            if (news.Activities.Count == 0)
                return position;
            await Send(socket, address(news.ToJson()), ended);
            position = news.Watermark;
        }
    }

    /// <summary>What the client sends are signs of life; hearing tells when it leaves.</summary>
    private static async Task Hear(WebSocket socket, CancellationTokenSource ended)
    {
        var buffer = new byte[512];
        try
        {
            while (socket.State == WebSocketState.Open)
                await socket.ReceiveAsync(buffer.AsMemory(), ended.Token);
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private static Task Send(WebSocket socket, string text, CancellationToken cancellationToken) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private static async Task Close(WebSocket socket)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            socket.Abort();
            return;
        }

        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, soon.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException)
        {
            socket.Abort();
        }
    }

    private sealed class OpenStream
    {
        /// <summary>A null means: look into the history.</summary>
        public Channel<string?> News { get; } = Channel.CreateBounded<string?>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    }
}
