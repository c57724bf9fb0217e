using System.Buffers;
using System.Text;
using Bot.Channels.Callbacks;
using Bot.Storage;

namespace Bot.Channels.WeChat;

/// <summary>
/// Takes the platform's calls: proves that they are the platform's, reads them, and answers on the same connection. In safe mode only what was
/// encrypted counts; whatever cannot be proved is refused with nothing but a status.
/// </summary>
internal sealed partial class WeChatCallback(
    WeChatAccount account,
    PassiveTurns turns,
    PushedEvents events,
    Transactions transactions,
    WeChatFigures figures,
    TimeProvider time,
    ILogger<WeChatCallback> log)
{
    private const int LargestBody = 256 * 1024;

    private static readonly byte[] SuccessBytes = "success"u8.ToArray();
    private static readonly TimeSpan UnknownKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private readonly Envelopes envelopes = new(account.Token, account.AppId, account.Key, account.PreviousKey);
    private long nextWarning;

    public Task Handle(HttpContext http) => http.Request.Method switch
    {
        "POST" => Take(http),
        "GET" => Verify(http),
        _ => Refuse(http, Refusal.Method),
    };

    /// <summary>The console's check, which may come again whenever somebody saves there: the echo comes back as it is.</summary>
    private Task Verify(HttpContext http)
    {
        var refusal = Authenticate(http.Request, out var address);
        if (refusal == Refusal.None && address.Echo.Length == 0)
            refusal = Refusal.Parameters;
        if (refusal != Refusal.None)
            return Refuse(http, refusal);
        return Answer(http, Encoding.UTF8.GetBytes(address.Echo.ToArray()), "text/plain; charset=utf-8");
    }

    private async Task Take(HttpContext http)
    {
        var refusal = Authenticate(http.Request, out var address);
        if (refusal == Refusal.None && http.Request.ContentLength > LargestBody)
            refusal = Refusal.TooLarge;
        if (refusal != Refusal.None)
        {
            await Refuse(http, refusal);
            return;
        }

        var reader = http.Request.BodyReader;
        var body = await reader.ReadAsync();
        while (!body.IsCompleted && body.Buffer.Length <= LargestBody)
        {
            reader.AdvanceTo(body.Buffer.Start, body.Buffer.End);
            body = await reader.ReadAsync();
        }

        var pushed = body.Buffer.Length <= LargestBody ? Read(body.Buffer, address) : new Pushed(Refusal.TooLarge);
        reader.AdvanceTo(body.Buffer.End);
        if (pushed.Push is { } push)
            await Act(http, push, pushed);
        else if (pushed.Refusal == Refusal.Json)
            await LeaveAlone(http);
        else
            await Refuse(http, pushed.Refusal);
    }

    private Refusal Authenticate(HttpRequest request, out SignedAddress address)
    {
        if (!SignedAddress.TryRead(request.QueryString.Value, out address))
            return Refusal.Parameters;
        var difference = Math.Abs((double)address.Seconds - time.GetUtcNow().ToUnixTimeSeconds());
        if (difference >= account.RefuseClockDifference.TotalSeconds)
            return Refusal.Timestamp;
        if (!address.IsSignedBy(envelopes))
            return Refusal.Signature;
        if (difference > account.ReportClockDifference.TotalSeconds)
        {
            figures.ClockDiffers.Add(1);
            if (MayWarn())
                LogClock(TimeSpan.FromSeconds(difference));
        }

        return Refusal.None;
    }

    private Pushed Read(in ReadOnlySequence<byte> body, in SignedAddress address)
    {
        if (body.IsSingleSegment)
            return Read(body.FirstSpan, address);
        var rented = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(rented);
        var pushed = Read(rented.AsSpan(0, (int)body.Length), address);
        ArrayPool<byte>.Shared.Return(rented);
        return pushed;
    }

    private Pushed Read(ReadOnlySpan<byte> body, in SignedAddress address)
    {
        if (IsJson(body))
            return new Pushed(Refusal.Json);
        if (body.IsEmpty)
            return new Pushed(Refusal.Malformed);
        if (!envelopes.AreSealed)
            return ReadPush(body, null);
        if (!address.SaysEncrypted)
            return new Pushed(Refusal.NotEncrypted);
        if (!address.HasBodySignature)
            return new Pushed(Refusal.Parameters);
        if (!TryFindEncrypted(body, out var encrypted))
            return new Pushed(Refusal.Malformed);
        if (encrypted.IsEmpty)
            return new Pushed(Refusal.NotEncrypted);
        if (!address.SignsBody(envelopes, encrypted))
            return new Pushed(Refusal.BodySignature);
        if (envelopes.Open(encrypted, out var opened) != EnvelopeFault.None)
            return new Pushed(Refusal.Envelope);
        using (opened)
            return IsJson(opened.Message) ? new Pushed(Refusal.Json) : ReadPush(opened.Message, opened.Key);
    }

    private static Pushed ReadPush(ReadOnlySpan<byte> xml, EnvelopeKey? key)
    {
        if (Push.Read(xml) is not { } push)
            return new Pushed(Refusal.Malformed);
        return new Pushed(Refusal.None) { Push = push, Key = key, Xml = Meanings.Of(push) == Meaning.Unknown ? Encoding.UTF8.GetString(xml) : null };
    }

    /// <summary>Of the clear part of an envelope nothing else is looked at, because nobody signed it.</summary>
    private static bool TryFindEncrypted(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> encrypted)
    {
        encrypted = default;
        var xml = new StrictXml(body);
        while (true)
        {
            switch (xml.Read())
            {
                case XmlPart.Leaf when xml.Depth == 1 && xml.Name.SequenceEqual("Encrypt"u8):
                    if (!encrypted.IsEmpty)
                        return false;
                    encrypted = xml.Value;
                    break;
                case XmlPart.Done:
                    return true;
                case XmlPart.Broken:
                    return false;
            }
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    private async Task Act(HttpContext http, Push push, Pushed pushed)
    {
        figures.Pushes.Add(1);
        switch (Meanings.Of(push))
        {
            case Meaning.Said or Meaning.Picture:
                await Converse(http, push, pushed.Key);
                return;
            case Meaning.Report:
                await events.Report(push, CancellationToken.None);
                break;
            case Meaning.Left:
                await events.Left(push, CancellationToken.None);
                break;
            case Meaning.Unknown:
                await Keep(push, pushed.Xml!);
                break;
        }

        await Answer(http, SuccessBytes, "text/plain");
    }

    private async Task Converse(HttpContext http, Push push, EnvelopeKey? key)
    {
        var since = time.GetTimestamp();
        var turn = turns.Join(push);
        var reached = false;
        try
        {
            var words = await turn.Decided;
            if (words.Length > 0 && turns.IsGivenUp(since))
            {
                http.Abort();
                return;
            }

            if (words.Length == 0)
                await Answer(http, SuccessBytes, "text/plain");
            else
                await Reply(http, push, words, key);
            reached = !http.RequestAborted.IsCancellationRequested;
        }
        finally
        {
            await turns.Leave(turn, reached);
        }
    }

    private async Task Reply(HttpContext http, Push push, string words, EnvelopeKey? key)
    {
        var now = time.GetUtcNow();
        var xml = PassiveReply.Write(push, words, now, out var length);
        var answer = xml;
        if (key is not null)
        {
            answer = ArrayPool<byte>.Shared.Rent(envelopes.LongestAnswer(length));
            length = envelopes.Seal(xml.AsSpan(0, length), key, now, answer);
            ArrayPool<byte>.Shared.Return(xml);
        }

        await Answer(http, answer.AsMemory(0, length), "application/xml; charset=utf-8");
        ArrayPool<byte>.Shared.Return(answer);
    }

    private Task<bool> Keep(Push push, string xml)
    {
        figures.Unknown.Add(1);
        LogUnknown(push.Type, push.Event);
        var now = time.GetUtcNow().UtcDateTime;
        return transactions.Run(
            Meanings.AddressOf(push).ToString(),
            async (work, token) =>
            {
                await work.Rows.KeepUnknownPush(push.Key, push.From, xml, now, now + UnknownKept, token);
                return true;
            },
            CancellationToken.None);
    }

    private Task LeaveAlone(HttpContext http)
    {
        figures.Refuse(Refusal.Json);
        if (MayWarn())
            LogJson();
        return Answer(http, SuccessBytes, "text/plain");
    }

    private Task Refuse(HttpContext http, Refusal refusal)
    {
        figures.Refuse(refusal);
        if (refusal is not (Refusal.Parameters or Refusal.Method) && MayWarn())
            LogRefused(refusal);
        return Refused.Answer(http, refusal);
    }

    private static async Task Answer(HttpContext http, ReadOnlyMemory<byte> body, string type)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body);
    }

    /// <summary>Whoever knocks without end must not fill the log.</summary>
    private bool MayWarn()
    {
        var now = time.GetTimestamp();
        var due = Interlocked.Read(ref nextWarning);
        return now >= due && Interlocked.CompareExchange(ref nextWarning, now + (long)(BetweenWarnings.TotalSeconds * time.TimestampFrequency), due) == due;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "微信回调被拒绝：{Refusal}。一分钟内其余的只计数，见 bot_wechat_refused_total")]
    private partial void LogRefused(Refusal refusal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "微信回调的时间与本机相差 {Difference}，请检查服务器时钟")]
    private partial void LogClock(TimeSpan difference);

    [LoggerMessage(Level = LogLevel.Warning, Message = "微信回调收到 JSON，公众号只应收到 XML：请检查公众平台的消息推送格式")]
    private partial void LogJson();

    [LoggerMessage(Level = LogLevel.Information, Message = "微信推送了未知的类型 {Type} {Event}，原文已保留")]
    private partial void LogUnknown(string type, string @event);

    /// <summary>What a body came to: a push and the key that opened it, or why there is none.</summary>
    private readonly record struct Pushed(Refusal Refusal)
    {
        public Push? Push { get; init; }

        public EnvelopeKey? Key { get; init; }

        /// <summary>Of what is not understood, as it came.</summary>
        public string? Xml { get; init; }
    }
}
