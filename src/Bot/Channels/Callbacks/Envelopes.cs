using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Channels.Callbacks;

/// <summary>
/// Signed and encrypted callbacks of one account, official account or enterprise WeChat: opening what was pushed, sealing what is answered.
/// The previous key is tried when the current one does not open, because pushes under way may still use it after a change.
/// </summary>
public sealed class Envelopes
{
    private const int RandomBytes = 16;
    private const int LongestNumber = 20;
    private const int Frame = 256;

    private readonly byte[] token;
    private readonly byte[] receiver;
    private readonly EnvelopeKey? key;
    private readonly EnvelopeKey? previous;

    /// <param name="token">The token of the console.</param>
    /// <param name="receiver">The app id or corp id that every message is for.</param>
    /// <param name="key">Null: nothing is encrypted.</param>
    /// <param name="previous">The key before the last change.</param>
    public Envelopes(string token, string receiver, EnvelopeKey? key, EnvelopeKey? previous)
    {
        (this.token, this.receiver) = (Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(receiver));
        (this.key, this.previous) = (key, previous);
    }

    public bool AreSealed => key is not null;

    /// <summary>Whether an address was signed by the platform; with the ciphertext, whether the body was.</summary>
    public bool SignatureFits(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> timestamp, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> encrypt = default) =>
        CallbackSignature.Fits(signature, token, timestamp, nonce, encrypt);

    /// <summary>Opens the base64 of an envelope. Dispose what is given; check the signature before.</summary>
    public EnvelopeFault Open(ReadOnlySpan<byte> base64, out OpenedEnvelope opened)
    {
        opened = default;
        var length = Base64.GetMaxDecodedFromUtf8Length(base64.Length);
        var cipher = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            if (Base64.DecodeFromUtf8(base64, cipher, out _, out var written) != OperationStatus.Done)
                return EnvelopeFault.Base64;
            var fault = Open(key!, cipher.AsSpan(0, written), out opened);
            if (fault is EnvelopeFault.None || previous is null)
                return fault;
            return Open(previous, cipher.AsSpan(0, written), out opened) == EnvelopeFault.None ? EnvelopeFault.None : fault;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(cipher);
        }
    }

    /// <summary>No answer to a message of so many bytes is longer.</summary>
    public int LongestAnswer(int message) => Frame + Base64.GetMaxEncodedToUtf8Length(EnvelopeKey.SealedLength(message, receiver.Length));

    /// <summary>Writes the encrypted answer to what <paramref name="with"/> opened, and says how long it is.</summary>
    public int Seal(ReadOnlySpan<byte> message, EnvelopeKey with, DateTimeOffset now, Span<byte> to)
    {
        Span<byte> random = stackalloc byte[RandomBytes + sizeof(uint)];
        RandomNumberGenerator.Fill(random);
        Span<byte> timestamp = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(now.ToUnixTimeSeconds(), timestamp, out var digits);
        timestamp = timestamp[..digits];
        Span<byte> nonce = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(BitConverter.ToUInt32(random[RandomBytes..]), nonce, out digits);
        nonce = nonce[..digits];

        var length = EnvelopeKey.SealedLength(message.Length, receiver.Length);
        var cipher = ArrayPool<byte>.Shared.Rent(length);
        with.Seal(message, receiver, random[..RandomBytes], cipher.AsSpan(0, length));
        var written = Append(to, "<xml><Encrypt><![CDATA["u8);
        Base64.EncodeToUtf8(cipher.AsSpan(0, length), to[written..], out _, out var encoded);
        ArrayPool<byte>.Shared.Return(cipher);
        Span<byte> signature = stackalloc byte[CallbackSignature.Length];
        CallbackSignature.Write(signature, token, timestamp, nonce, to.Slice(written, encoded));
        written += encoded;
        written += Append(to[written..], "]]></Encrypt><MsgSignature><![CDATA["u8);
        written += Append(to[written..], signature);
        written += Append(to[written..], "]]></MsgSignature><TimeStamp>"u8);
        written += Append(to[written..], timestamp);
        written += Append(to[written..], "</TimeStamp><Nonce><![CDATA["u8);
        written += Append(to[written..], nonce);
        return written + Append(to[written..], "]]></Nonce></xml>"u8);
    }

    private EnvelopeFault Open(EnvelopeKey with, ReadOnlySpan<byte> cipher, out OpenedEnvelope opened)
    {
        var plain = ArrayPool<byte>.Shared.Rent(cipher.Length);
        var fault = with.Open(cipher, receiver, plain.AsSpan(0, cipher.Length), out var message);
        opened = fault == EnvelopeFault.None ? new OpenedEnvelope(plain, message, with) : default;
        if (fault != EnvelopeFault.None)
            ArrayPool<byte>.Shared.Return(plain);
        return fault;
    }

    private static int Append(Span<byte> to, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(to);
        return bytes.Length;
    }
}

/// <summary>What was in an envelope, in a lent buffer, and the key that opened it.</summary>
public readonly struct OpenedEnvelope(byte[] buffer, Range message, EnvelopeKey key) : IDisposable
{
    public ReadOnlySpan<byte> Message => buffer.AsSpan(message);

    public EnvelopeKey Key => key;

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer, clearArray: false);
}
