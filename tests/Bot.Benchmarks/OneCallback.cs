using System.Diagnostics;
using System.Text;
using Bot.Channels.Callbacks;
using Bot.Channels.WeChat;

namespace Bot.Benchmarks;

/// <summary>What one callback of the official account costs without its turn: signatures, decryption, XML in, XML out, encryption.</summary>
internal static class OneCallback
{
    private const int Times = 200;
    private const int Rounds = 1_000;

    private const string Inner =
        "<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName>\n<FromUserName><![CDATA[oAbCdEfGhIjKlMnOpQrStUvWxYz01]]></FromUserName>\n<CreateTime>1795399200</CreateTime>\n"
        + "<MsgType><![CDATA[text]]></MsgType>\n<Content><![CDATA[我要投诉一次检查]]></Content>\n<MsgId>23000000000000001</MsgId>\n</xml>";

    private const string Words = "您好。我是云岚区涉企行政检查服务助手。\n直接说要办的事，或点下面的按钮。\n随时可以说“取消”“返回”“菜单”“帮助”“人工”。";

    private static readonly byte[] InnerBytes = Encoding.UTF8.GetBytes(Inner);
    private static readonly Push Sample = Push.Read(InnerBytes)!;
    private static readonly byte[] Timestamp = "1795399200"u8.ToArray();
    private static readonly byte[] Nonce = "1234567890"u8.ToArray();

    public static void Measure()
    {
        var key = EnvelopeKey.Parse("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")!;
        var token = "benchtoken2026"u8;
        var envelopes = new Envelopes("benchtoken2026", "wx1234567890abcdef", key, null);
        var pushed = new byte[envelopes.LongestAnswer(Inner.Length * 2)];
        var length = envelopes.Seal(Encoding.UTF8.GetBytes(Inner), key, DateTimeOffset.UnixEpoch, pushed);
        var body = Encoding.UTF8.GetString(pushed, 0, length);
        var start = "<xml><Encrypt><![CDATA[".Length;
        var encrypted = Encoding.UTF8.GetBytes(body[start..body.IndexOf("]]>", StringComparison.Ordinal)]);
        var signature = new byte[CallbackSignature.Length];
        CallbackSignature.Write(signature, token, Timestamp, Nonce, encrypted);
        var answer = new byte[8192];

        Print("both signatures", () => envelopes.SignatureFits(signature, Timestamp, Nonce) | envelopes.SignatureFits(signature, Timestamp, Nonce, encrypted));
        Print("decryption", () => Opened(envelopes, encrypted));
        Print("XML in", () => Push.Read(InnerBytes) is not null);
        Print("XML out", () => Written(out _));
        Print("encryption", () => envelopes.Seal(pushed.AsSpan(0, 500), key, DateTimeOffset.UnixEpoch, answer) > 0);
        Print("the whole", () => Whole(envelopes, encrypted, signature, answer));
    }

    private static bool Opened(Envelopes envelopes, byte[] encrypted)
    {
        var fault = envelopes.Open(encrypted, out var opened);
        opened.Dispose();
        return fault == EnvelopeFault.None;
    }

    private static bool Written(out int length)
    {
        var push = Sample;
        System.Buffers.ArrayPool<byte>.Shared.Return(PassiveReply.Write(push, Words, DateTimeOffset.UnixEpoch, out length));
        return true;
    }

    private static bool Whole(Envelopes envelopes, byte[] encrypted, byte[] signature, byte[] answer)
    {
        if (envelopes.SignatureFits(signature, Timestamp, Nonce) || !envelopes.SignatureFits(signature, Timestamp, Nonce, encrypted) || envelopes.Open(encrypted, out var opened) != EnvelopeFault.None)
            return false;
        Push push;
        EnvelopeKey key;
        using (opened)
            (push, key) = (Push.Read(opened.Message)!, opened.Key);
        var xml = PassiveReply.Write(push, Words, DateTimeOffset.UnixEpoch, out var length);
        envelopes.Seal(xml.AsSpan(0, length), key, DateTimeOffset.UnixEpoch, answer);
        System.Buffers.ArrayPool<byte>.Shared.Return(xml);
        return true;
    }

    private static void Print(string what, Func<bool> once)
    {
        var best = double.MaxValue;
        long bytes = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (began, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            for (var i = 0; i < Times; i++)
                once();
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMicroseconds / Times);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Times;
        }

        Console.WriteLine(FormattableString.Invariant($"{what,-20} {best,8:0.00} us {bytes,8} B"));
    }
}
