using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Bot.Emulators.Tencent;

/// <summary>What cannot be opened, and why.</summary>
public sealed class SealBrokenException(string message) : Exception(message);

/// <summary>The platforms' callback encryption and signature, written from their description alone; the product's own code has no part in it.</summary>
public sealed class CallbackCrypto(string token, string encodingAesKey, string receiverId)
{
    private const int RandomLength = 16;
    private const int LengthLength = 4;
    private const int Block = 32;

    private readonly byte[] key = Convert.FromBase64String(encodingAesKey + "=");

    public string Encrypt(string message) => Encrypt(Encoding.UTF8.GetBytes(message), RandomNumberGenerator.GetBytes(RandomLength));

    public string Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> random)
    {
        var receiver = Encoding.UTF8.GetBytes(receiverId);
        var length = RandomLength + LengthLength + message.Length + receiver.Length;
        var pad = Block - length % Block;
        var text = new byte[length + pad];
        random.CopyTo(text);
        BinaryPrimitives.WriteUInt32BigEndian(text.AsSpan(RandomLength), (uint)message.Length);
        message.CopyTo(text.AsSpan(RandomLength + LengthLength));
        receiver.CopyTo(text, length - receiver.Length);
        text.AsSpan(length).Fill((byte)pad);
        using var aes = Aes.Create();
        aes.Key = key;
        return Convert.ToBase64String(aes.EncryptCbc(text, key.AsSpan(0, 16), PaddingMode.None));
    }

    public string Decrypt(string encrypted)
    {
        var sealedBytes = new byte[encrypted.Length];
        if (!Convert.TryFromBase64String(encrypted, sealedBytes, out var count) || count == 0 || count % 16 != 0)
            throw new SealBrokenException("not base64 of whole AES blocks");
        using var aes = Aes.Create();
        aes.Key = key;
        var text = aes.DecryptCbc(sealedBytes.AsSpan(0, count), key.AsSpan(0, 16), PaddingMode.None);
        int pad = text[^1];
        if (pad is < 1 or > Block || pad > text.Length || text.AsSpan(text.Length - pad).ContainsAnyExcept((byte)pad))
            throw new SealBrokenException("wrong padding");
        var body = text.AsSpan(0, text.Length - pad);
        if (body.Length < RandomLength + LengthLength)
            throw new SealBrokenException("too short");
        var length = BinaryPrimitives.ReadUInt32BigEndian(body[RandomLength..]);
        var rest = body[(RandomLength + LengthLength)..];
        if (length > rest.Length)
            throw new SealBrokenException("the length runs past the end");
        if (Encoding.UTF8.GetString(rest[(int)length..]) != receiverId)
            throw new SealBrokenException("meant for another receiver");
        return Encoding.UTF8.GetString(rest[..(int)length]);
    }

    public string Sign(string timestamp, string nonce, string encrypted) => Hash([token, timestamp, nonce, encrypted]);

    public string Sign(string timestamp, string nonce) => Hash([token, timestamp, nonce]);

    [SuppressMessage("Security", "CA5350", Justification = "The platforms prescribe SHA-1.")]
    private static string Hash(string[] parts)
    {
        Array.Sort(parts, StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
    }
}
