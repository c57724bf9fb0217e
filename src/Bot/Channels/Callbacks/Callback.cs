using System.Buffers;
using System.Text;
using Bot.Storage;

namespace Bot.Channels.Callbacks;

/// <summary>
/// Takes a platform's calls: proves that they are the platform's, reads them, and answers on the same connection. Whatever cannot be proved is refused
/// with nothing but a status.
/// </summary>
internal abstract class Callback<TPush>(
    string platform,
    Envelopes envelopes,
    TimeSpan reportClockDifference,
    TimeSpan refuseClockDifference,
    PassiveTurns<TPush> turns,
    Transactions transactions,
    CallbackFigures figures,
    TimeProvider time,
    ILogger log)
    where TPush : class, IPush
{
    protected const string PlainText = "text/plain; charset=utf-8";

    private const int LargestBody = 256 * 1024;
    private const int LongestShape = 500;

    private static readonly TimeSpan UnknownKept = TimeSpan.FromDays(30);
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private long nextWarning;

    public Task Handle(HttpContext http) => http.Request.Method switch
    {
        "POST" => Take(http),
        "GET" => Verify(http),
        _ => Refuse(http, Refusal.Method),
    };

    protected Envelopes Envelopes => envelopes;

    /// <summary>What is answered when there is nothing to say; never encrypted.</summary>
    protected abstract ReadOnlyMemory<byte> Silence { get; }

    /// <summary>The console's check, which may come again whenever somebody saves there.</summary>
    protected abstract Task Verify(HttpContext http);

    /// <summary>Whether the address has all that signs, and as far as it can be known without the body, whether it is signed.</summary>
    protected abstract Refusal Prove(in SignedAddress address);

    /// <summary>What the body came to, whose address was proved.</summary>
    protected abstract Pushed<TPush> Read(ReadOnlySpan<byte> body, in SignedAddress address);

    /// <summary>Does what the push asks for, and answers.</summary>
    protected abstract Task Act(HttpContext http, Pushed<TPush> pushed);

    /// <summary>The XML of an answer, in a rented array.</summary>
    protected abstract byte[] Write(TPush push, string passive, DateTimeOffset now, out int length);

    protected Refusal Authenticate(HttpRequest request, out SignedAddress address)
    {
        if (!SignedAddress.TryRead(request.QueryString.Value, out address))
            return Refusal.Parameters;
        return Difference(address) >= refuseClockDifference.TotalSeconds ? Refusal.Timestamp : Prove(address);
    }

    /// <summary>Tells the operator when the clock of a proved signature is not ours.</summary>
    protected void CompareClocks(in SignedAddress address)
    {
        var difference = Difference(address);
        if (difference <= reportClockDifference.TotalSeconds)
            return;
        figures.ClockDiffers.Add(1);
        if (MayWarn())
            CallbackLog.Clock(log, platform, TimeSpan.FromSeconds(difference));
    }

    /// <summary>Opens the encrypted part of a body. Of the clear part nothing else is looked at, because nobody signed it.</summary>
    protected Refusal Open(ReadOnlySpan<byte> body, in SignedAddress address, out OpenedEnvelope opened)
    {
        opened = default;
        if (!TryFindEncrypted(body, out var encrypted))
            return Refusal.Malformed;
        if (encrypted.IsEmpty)
            return Refusal.NotEncrypted;
        if (!address.SignsBody(envelopes, encrypted))
            return Refusal.BodySignature;
        return envelopes.Open(encrypted, out opened) == EnvelopeFault.None ? Refusal.None : Refusal.Envelope;
    }

    protected static bool IsJson(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    /// <summary>Takes what was said, or waits for the turn that takes it already, and answers while the platform waits.</summary>
    protected async Task Converse(HttpContext http, TPush push, EnvelopeKey? key)
    {
        var since = time.GetTimestamp();
        var turn = turns.Join(push);
        var reached = false;
        try
        {
            var passive = (await turn.Decided).Passive;
            if (passive.Length > 0 && turns.IsGivenUp(since))
            {
                http.Abort();
                return;
            }

            if (passive.Length == 0)
                await BeSilent(http);
            else
                await Reply(http, push, passive, key);
            reached = !http.RequestAborted.IsCancellationRequested;
        }
        finally
        {
            await turns.Leave(turn, reached);
        }
    }

    /// <summary>Keeps of what nothing here understands how it is made: what was said and by whom would stay where an anonymous submission could be laid beside it (W28).</summary>
    protected Task<bool> Keep(TPush push, string kind, byte[] xml)
    {
        figures.Unknown.Add(1);
        CallbackLog.Unknown(log, platform, kind);
        var shape = Shape(kind, xml);
        var until = (time.GetUtcNow().UtcDateTime + UnknownKept).Date.AddDays(1);
        return transactions.Run(
            push.Address.ToString(),
            async (work, token) =>
            {
                await work.Rows.KeepUnknownPush(shape, until, token);
                return true;
            },
            CancellationToken.None);
    }

    private static string Shape(string kind, byte[] xml)
    {
        var names = new List<string>();
        var reader = new StrictXml(xml);
        while (reader.Read() is not (XmlPart.Done or XmlPart.Broken))
        {
            if (Encoding.UTF8.GetString(reader.Name) is { Length: > 0 } name && !names.Contains(name, StringComparer.Ordinal))
                names.Add(name);
        }

        var shape = $"{kind.Trim()}: {string.Join(' ', names)}";
        return shape.Length > LongestShape ? shape[..LongestShape] : shape;
    }

    protected Task BeSilent(HttpContext http) => Answer(http, Silence, PlainText);

    protected Task Refuse(HttpContext http, Refusal refusal)
    {
        figures.Refuse(refusal);
        if (refusal is not (Refusal.Parameters or Refusal.Method) && MayWarn())
            CallbackLog.Refused(log, platform, refusal);
        return Refused.Answer(http, refusal);
    }

    protected static async Task Answer(HttpContext http, ReadOnlyMemory<byte> body, string type)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body);
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

        var pushed = body.Buffer.Length <= LargestBody ? Read(body.Buffer, address) : new Pushed<TPush>(Refusal.TooLarge);
        reader.AdvanceTo(body.Buffer.End);
        if (pushed.Push is not null)
        {
            figures.Pushes.Add(1);
            await Act(http, pushed);
        }
        else if (pushed.Refusal == Refusal.Json)
        {
            await LeaveAlone(http);
        }
        else
        {
            await Refuse(http, pushed.Refusal);
        }
    }

    private Pushed<TPush> Read(in ReadOnlySequence<byte> body, in SignedAddress address)
    {
        if (body.IsSingleSegment)
            return Read(body.FirstSpan, address);
        var rented = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(rented);
        var pushed = Read(rented.AsSpan(0, (int)body.Length), address);
        ArrayPool<byte>.Shared.Return(rented);
        return pushed;
    }

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

    private async Task Reply(HttpContext http, TPush push, string passive, EnvelopeKey? key)
    {
        var now = time.GetUtcNow();
        var xml = Write(push, passive, now, out var length);
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

    private Task LeaveAlone(HttpContext http)
    {
        figures.Refuse(Refusal.Json);
        if (MayWarn())
            CallbackLog.Json(log, platform);
        return BeSilent(http);
    }

    private double Difference(in SignedAddress address) => Math.Abs((double)address.Seconds - time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>Whoever knocks without end must not fill the log.</summary>
    private bool MayWarn()
    {
        var now = time.GetTimestamp();
        var due = Interlocked.Read(ref nextWarning);
        return now >= due && Interlocked.CompareExchange(ref nextWarning, now + (long)(BetweenWarnings.TotalSeconds * time.TimestampFrequency), due) == due;
    }
}

/// <summary>What a body came to: a push and the key that opened it, or why there is none.</summary>
internal readonly record struct Pushed<TPush>(Refusal Refusal)
    where TPush : class
{
    public TPush? Push { get; init; }

    public EnvelopeKey? Key { get; init; }

    /// <summary>Of what is not understood, as it came.</summary>
    public byte[]? Xml { get; init; }
}

internal static partial class CallbackLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Platform}回调被拒绝：{Refusal}。一分钟内其余的只计数，见指标里的 refused_total")]
    public static partial void Refused(ILogger log, string platform, Refusal refusal);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Platform}回调的时间与本机相差 {Difference}，请检查服务器时钟")]
    public static partial void Clock(ILogger log, string platform, TimeSpan difference);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Platform}回调收到 JSON，这里只应收到 XML：请检查后台消息推送的格式")]
    public static partial void Json(ILogger log, string platform);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Platform}推送了未知的类型 {Kind}，原文已保留")]
    public static partial void Unknown(ILogger log, string platform, string kind);
}
