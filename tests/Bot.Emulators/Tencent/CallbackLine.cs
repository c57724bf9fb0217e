using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Bot.Emulators.Tencent;

/// <summary>Pushes to the service's address: signatures, the limit of time, repeats, copies, cut connections (rules 17, 18, 20, 21). What is in a push is each platform's own.</summary>
public abstract class CallbackLine : IDisposable
{
    private const int Deliveries = 3;

    private readonly Platform platform;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private IReadOnlyList<Uri> addresses = [];
    private int turn = -1;

    private protected CallbackLine(Platform platform, CallbackCrypto crypto) => (this.platform, Crypto) = (platform, crypto);

    /// <summary>How long an answer may take, on the emulator's clock.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Copies of every push that are sent at the same time as the original.</summary>
    public int Copies { get; set; }

    /// <summary>How many of 1 connections are cut once the request is out, before the answer is read; the retry follows.</summary>
    public double Cuts { get; set; }

    /// <summary>How many of 1 connections are cut when half of the request is out; the retry follows.</summary>
    public double HalfRequests { get; set; }

    /// <summary>How many of 1 answers are read so slowly that they come too late; the service has done its work by then.</summary>
    public double LostAnswers { get; set; }

    /// <summary>What has to happen before a push is delivered again, such as that a killed service is back; without, it is delivered at once.</summary>
    public Func<Task>? BeforeRepeat { get; set; }

    internal CallbackCrypto Crypto { get; private protected set; }

    internal TimeProvider Time => platform.Time;

    private protected IReadOnlyList<Uri> Addresses => addresses.Count > 0 ? addresses : throw new InvalidOperationException("No callback address is set; call SendTo first.");

    /// <summary>Where pushes go. Several addresses of one service take turns, so that a repeat reaches another instance.</summary>
    public void SendTo(params IReadOnlyList<Uri> callbacks) => addresses = [.. callbacks];

    public void Dispose()
    {
        http.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The settings that make another receiver, token or key of this one, for pushes that must be refused.</summary>
    internal abstract CallbackCrypto OtherCrypto(string? receiver = null, string? encodingAesKey = null);

    /// <summary>A text message as the platform writes it inside of the seal.</summary>
    internal abstract string TextFrom(string person, string text);

    /// <summary>The body around a sealed message.</summary>
    internal abstract XElement Envelope(string encrypted);

    /// <summary>What a push of that person has in its query, beside time, nonce and signature of the sealed body.</summary>
    internal abstract string Query(string timestamp, string nonce, string person, string? encryptedSignature);

    internal Uri NextAddress() => Addresses[(int)((uint)Interlocked.Increment(ref turn) % (uint)addresses.Count)];

    internal string Timestamp(TimeSpan ago = default) => (platform.Time.GetUtcNow() - ago).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    internal static string Nonce() => RandomNumberGenerator.GetString("0123456789", 10);

    internal HttpRequestMessage Post(string query, string body) => Post(query, Encoding.UTF8.GetBytes(body));

    internal HttpRequestMessage Post(string query, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "text/xml");
        return new HttpRequestMessage(HttpMethod.Post, new Uri($"{NextAddress()}?{query}")) { Content = content };
    }

    /// <summary>Sends something that a service must refuse, once, and gives back what it said.</summary>
    private protected async Task<(HttpStatusCode Status, string Body)> SendWrong(WrongPush wrong, string person, string text)
    {
        using var request = wrong.Build(this, person, text);
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Saving the settings in the console: whether every address answers just this within the limit.</summary>
    private protected async Task<bool> Echoes(Func<(string Query, string Echo)> ask, TimeSpan within, CancellationToken cancellationToken)
    {
        foreach (var address in Addresses)
        {
            var (query, echo) = ask();
            using var limit = new CancellationTokenSource(within, platform.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                using var answer = await http.GetAsync(new Uri($"{address}?{query}"), either.Token);
                if (answer.StatusCode != HttpStatusCode.OK || await answer.Content.ReadAsStringAsync(either.Token) != echo)
                    return false;
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Delivers the same, freshly sealed each time, until it is answered; at most three times.</summary>
    private protected async Task<Outcome> Deliver(Func<HttpRequestMessage> build, Func<byte[], (Ended Ended, string? Detail, PassiveReply? Reply)> read)
    {
        var copies = Enumerable.Range(0, Copies).Select(_ => Try(build, read, mayBeCut: false)).ToArray();
        var attempts = new List<Attempt>();
        do
        {
            if (attempts.Count > 0 && BeforeRepeat is { } wait)
                await wait();
            attempts.Add(await Try(build, read, mayBeCut: attempts.Count < Deliveries - 1));
        }
        while (attempts[^1].Ended is not (Ended.Silent or Ended.Replied or Ended.Wrong) && attempts.Count < Deliveries);
        var last = attempts[^1];
        var copied = await Task.WhenAll(copies);
        var failed = last.Ended is not (Ended.Silent or Ended.Replied);
        if ((failed ? last : attempts.Concat(copied).FirstOrDefault(one => one.Ended == Ended.Wrong)) is { } bad)
            platform.Book.Broken(bad.Ended == Ended.Wrong ? 19 : 18, $"answer to a push {bad.Ended} {bad.Status} {bad.Detail?[..Math.Min(bad.Detail.Length, 200)]}".TrimEnd());
        return new([.. attempts, .. copied], last.Reply ?? (last.Ended == Ended.Silent ? attempts.Concat(copied).FirstOrDefault(one => one.Reply is not null)?.Reply : null), failed);
    }

    private protected async Task<Attempt> Try(Func<HttpRequestMessage> build, Func<byte[], (Ended Ended, string? Detail, PassiveReply? Reply)> read, bool mayBeCut)
    {
        var half = mayBeCut && platform.Faults.Happens(HalfRequests);
        var cut = half || (mayBeCut && platform.Faults.Happens(Cuts));
        var lost = mayBeCut && platform.Faults.Happens(LostAnswers);
        using var request = build();
        var to = new Uri(request.RequestUri!.GetLeftPart(UriPartial.Path));
        using var limit = new CancellationTokenSource(Limit, platform.Time);
        if (cut)
            request.Content = new CutContent(await request.Content!.ReadAsByteArrayAsync(limit.Token), half, limit);
        if (!half)
            platform.CountPush();
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            if (lost)
                return new(to, Ended.CutByUs, (int)answer.StatusCode, "the answer was thrown away", null);
            if (answer.StatusCode != HttpStatusCode.OK)
                return new(to, Ended.NotOk, (int)answer.StatusCode, Encoding.UTF8.GetString(body), null);
            var (ended, detail, reply) = read(body);
            return new(to, ended, 200, detail, reply);
        }
        catch (OperationCanceledException)
        {
            return new(to, cut ? Ended.CutByUs : Ended.TooLate, null, null, null);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return new(to, cut ? Ended.CutByUs : Ended.Broken, null, broken.Message, null);
        }
    }

    /// <summary>What came of one push: all attempts, the reply that counts, and whether there was none in order.</summary>
    private protected sealed record Outcome(IReadOnlyList<Attempt> Attempts, PassiveReply? Reply, bool Failed);

    /// <summary>Hangs up as soon as the last byte of the request is out, or the last of its first half.</summary>
    private sealed class CutContent(byte[] body, bool half, CancellationTokenSource connection) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(half ? body.AsMemory(0, body.Length / 2) : body);
            await stream.FlushAsync();
            await connection.CancelAsync();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
