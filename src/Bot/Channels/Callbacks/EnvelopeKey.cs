using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace Bot.Channels.Callbacks;

/// <summary>
/// An EncodingAESKey: 43 characters of the console that stand for 32 bytes, and the AES-256-CBC that both platforms do with it. Padding goes
/// up to 32 bytes, beyond what the framework calls PKCS7, so it is put on and taken off here. Never shown.
/// </summary>
public sealed class EnvelopeKey
{
    private const int Characters = 43;
    private const int Block = 32;
    private const int AesBlock = 16;
    private const int RandomBytes = 16;
    private const int Head = RandomBytes + sizeof(uint);

    private readonly byte[] key;
    private readonly ObjectPool<Aes> ciphers;

    private EnvelopeKey(byte[] key) => (this.key, ciphers) = (key, new DefaultObjectPool<Aes>(new Ciphers(key)));

    private ReadOnlySpan<byte> Iv => key.AsSpan(0, AesBlock);

    /// <summary>Null when it is not such a key. The last character may have spare bits set: the platform's own sample key has.</summary>
    public static EnvelopeKey? Parse(string text)
    {
        var bytes = new byte[32];
        return text.Length == Characters && text.All(char.IsAsciiLetterOrDigit) && Convert.TryFromBase64String(text + "=", bytes, out var written) && written == bytes.Length
            ? new EnvelopeKey(bytes)
            : null;
    }

    /// <summary>How many bytes <see cref="Seal"/> makes of a message.</summary>
    internal static int SealedLength(int message, int receiver) => (Head + message + receiver) / Block * Block + Block;

    /// <summary>Decrypts into <paramref name="to"/>, which is as long as <paramref name="cipher"/>, and says where in it the message stands.</summary>
    internal EnvelopeFault Open(ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> receiver, Span<byte> to, out Range message)
    {
        message = default;
        if (cipher.Length == 0 || cipher.Length % AesBlock != 0)
            return EnvelopeFault.Ciphertext;
        var aes = ciphers.Get();
        aes.DecryptCbc(cipher, Iv, to, PaddingMode.None);
        ciphers.Return(aes);

        int pad = to[^1];
        if (pad is < 1 or > Block || pad > to.Length || to[^pad..].ContainsAnyExcept((byte)pad))
            return EnvelopeFault.Padding;
        var text = to[..^pad];
        if (text.Length < Head)
            return EnvelopeFault.Length;
        var declared = BinaryPrimitives.ReadUInt32BigEndian(text[RandomBytes..]);
        if (declared > (uint)(text.Length - Head))
            return EnvelopeFault.Length;
        var end = Head + (int)declared;
        if (!CryptographicOperations.FixedTimeEquals(text[end..], receiver))
            return EnvelopeFault.Receiver;
        message = Head..end;
        return EnvelopeFault.None;
    }

    /// <summary>Encrypts into <paramref name="to"/>, which has <see cref="SealedLength"/> bytes. <paramref name="random"/>: 16 bytes nobody can foresee.</summary>
    internal void Seal(ReadOnlySpan<byte> message, ReadOnlySpan<byte> receiver, ReadOnlySpan<byte> random, Span<byte> to)
    {
        random.CopyTo(to);
        BinaryPrimitives.WriteUInt32BigEndian(to[RandomBytes..], (uint)message.Length);
        message.CopyTo(to[Head..]);
        receiver.CopyTo(to[(Head + message.Length)..]);
        var padding = to[(Head + message.Length + receiver.Length)..];
        padding.Fill((byte)padding.Length);
        var aes = ciphers.Get();
        aes.EncryptCbc(to, Iv, to, PaddingMode.None);
        ciphers.Return(aes);
    }

    /// <summary>An <see cref="Aes"/> holds its expanded key and serves one thread at a time.</summary>
    private sealed class Ciphers(byte[] key) : PooledObjectPolicy<Aes>
    {
        public override Aes Create()
        {
            var aes = Aes.Create();
            aes.Key = key;
            return aes;
        }

        public override bool Return(Aes obj) => true;
    }
}

/// <summary>Why an envelope was not opened. For our own figures: the sender is told nothing.</summary>
public enum EnvelopeFault
{
    None,
    Base64,
    Ciphertext,
    Padding,
    Length,
    Receiver,
}
