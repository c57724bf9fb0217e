using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Bot.Emulators.WeChat;

/// <summary>Pushes to the service's address: signatures, modes, the five seconds, repeats (rules 17 to 21).</summary>
public sealed class Callback : IDisposable
{
    public const string FailureWording = "该公众号提供的服务出现故障，请稍后再试";
    private const int Deliveries = 3;

    private readonly WeChatPlatform platform;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private IReadOnlyList<Uri> addresses = [];
    private OfficialAccount account;
    private CallbackCrypto crypto;
    private int turn = -1;

    internal Callback(WeChatPlatform platform)
    {
        this.platform = platform;
        account = platform.Account;
        crypto = new(account.Token, account.EncodingAesKey, account.AppId);
    }

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

    /// <summary>Where pushes go. Several addresses of one service take turns, so that a repeat reaches another instance.</summary>
    public void SendTo(params IReadOnlyList<Uri> callbacks) => addresses = [.. callbacks];

    /// <summary>The console's change of key; what is pushed from now on is sealed with the new one.</summary>
    public void ChangeKey(string encodingAesKey)
    {
        account = account with { EncodingAesKey = encodingAesKey };
        crypto = new(account.Token, encodingAesKey, account.AppId);
    }

    /// <summary>Saving the settings in the console: true when the service echoes what it was given, and nothing else.</summary>
    public async Task<bool> Verify(CancellationToken cancellationToken = default)
    {
        foreach (var address in addresses)
        {
            var (timestamp, nonce) = (Timestamp(), Nonce());
            var echo = RandomNumberGenerator.GetString("0123456789", 19);
            var query = $"signature={crypto.Sign(timestamp, nonce)}&echostr={echo}&timestamp={timestamp}&nonce={nonce}";
            using var answer = await http.GetAsync(new Uri($"{address}?{query}"), cancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK || await answer.Content.ReadAsStringAsync(cancellationToken) != echo)
                return false;
        }

        return true;
    }

    /// <summary>Delivers the same inner XML, freshly sealed each time, until it is answered; at most three times, then the phone shows that the service is broken.</summary>
    public async Task<Delivery> Push(WeChatUser user, string innerXml, bool conversing = true)
    {
        if (addresses.Count == 0)
            throw new InvalidOperationException("No callback address is set; call SendTo first.");
        var copies = Enumerable.Range(0, Copies).Select(_ => Try(user, innerXml, mayBeCut: false)).ToArray();
        var attempts = new List<Attempt>();
        do
        {
            if (attempts.Count > 0 && BeforeRepeat is { } wait)
                await wait();
            attempts.Add(await Try(user, innerXml, mayBeCut: attempts.Count < Deliveries - 1));
        }
        while (attempts[^1].Ended is not (Ended.Silent or Ended.Replied or Ended.Wrong) && attempts.Count < Deliveries);
        var last = attempts[^1];
        attempts.AddRange(await Task.WhenAll(copies));
        var reply = last.Reply ?? (last.Ended == Ended.Silent ? attempts.FirstOrDefault(one => one.Reply is not null)?.Reply : null);
        var failed = last.Ended is not (Ended.Silent or Ended.Replied);
        var delivery = new Delivery(innerXml, attempts, reply, failed && conversing);
        Note(user, delivery, failed ? last : attempts.FirstOrDefault(one => one.Ended == Ended.Wrong));
        return delivery;
    }

    /// <summary>Delivers once more what was answered long ago, as a platform does that lost its own note of it; no phone shows anything of that.</summary>
    public Task<Attempt> Repeat(WeChatUser user, string innerXml) => Try(user, innerXml, mayBeCut: false);

    /// <summary>Sends something that a service must refuse, once, and gives back what it said.</summary>
    public async Task<(HttpStatusCode Status, string Body)> PushWrong(WrongPush wrong, WeChatUser user, string text)
    {
        using var request = wrong.Build(this, user, text);
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public void Dispose() => http.Dispose();

    internal Uri NextAddress() => addresses[(int)((uint)Interlocked.Increment(ref turn) % (uint)addresses.Count)];

    internal OfficialAccount Account => account;

    internal CallbackCrypto Crypto => crypto;

    internal TimeProvider Time => platform.Time;

    internal string Timestamp(TimeSpan ago = default) => (platform.Time.GetUtcNow() - ago).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    internal static string Nonce() => RandomNumberGenerator.GetString("0123456789", 10);

    internal HttpRequestMessage Request(string innerXml, string openId)
    {
        var (timestamp, nonce) = (Timestamp(), Nonce());
        var query = $"signature={crypto.Sign(timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}&openid={openId}";
        if (account.Mode == PushMode.Plain)
            return Post(query, innerXml);
        var encrypted = crypto.Encrypt(innerXml);
        query += $"&encrypt_type=aes&msg_signature={crypto.Sign(timestamp, nonce, encrypted)}";
        var envelope = new XElement("xml", WeChatUser.Text("ToUserName", account.OriginalId), WeChatUser.Text("Encrypt", encrypted));
        if (account.Mode == PushMode.Compatible)
            envelope = new XElement("xml", XElement.Parse(innerXml).Elements(), WeChatUser.Text("Encrypt", encrypted));
        return Post(query, envelope.ToString(SaveOptions.DisableFormatting));
    }

    internal HttpRequestMessage Post(string query, string body) => Post(query, Encoding.UTF8.GetBytes(body));

    internal HttpRequestMessage Post(string query, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "text/xml");
        return new HttpRequestMessage(HttpMethod.Post, new Uri($"{NextAddress()}?{query}")) { Content = content };
    }

    private async Task<Attempt> Try(WeChatUser user, string innerXml, bool mayBeCut)
    {
        var half = mayBeCut && platform.Faults.Happens(HalfRequests);
        var cut = half || (mayBeCut && platform.Faults.Happens(Cuts));
        var lost = mayBeCut && platform.Faults.Happens(LostAnswers);
        using var request = Request(innerXml, user.OpenId);
        var to = new Uri(request.RequestUri!.GetLeftPart(UriPartial.Path));
        using var limit = new CancellationTokenSource(Limit, platform.Time);
        if (cut)
            request.Content = new CutContent(await request.Content!.ReadAsByteArrayAsync(limit.Token), half, limit);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(limit.Token);
            if (lost)
                return new(to, Ended.CutByUs, (int)answer.StatusCode, "the answer was thrown away", null);
            if (answer.StatusCode != HttpStatusCode.OK)
                return new(to, Ended.NotOk, (int)answer.StatusCode, Encoding.UTF8.GetString(body), null);
            var (ended, detail, reply) = new ReplyCheck(account, crypto, platform.Media, platform.Strict, platform.Time).Read(body, user.OpenId);
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

    private void Note(WeChatUser user, Delivery delivery, Attempt? bad)
    {
        if (bad is not null)
            platform.Book.Broken(bad.Ended == Ended.Wrong ? 19 : 18, $"answer to a push {bad.Ended} {bad.Status} {bad.Detail?[..Math.Min(bad.Detail.Length, 200)]}".TrimEnd());
        lock (platform.Gate)
        {
            if (delivery.Reply is { MsgType: not "transfer_customer_service" } reply)
                user.Show(BubbleKind.Passive, reply.Text, reply.MediaId);
            if (delivery.FailureShown)
                user.Show(BubbleKind.FailureNotice, FailureWording);
            user.LastExchange = platform.Time.GetUtcNow();
        }

        platform.Book.Pushed(delivery);
    }

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
