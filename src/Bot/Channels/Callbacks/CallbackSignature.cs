using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Bot.Channels.Callbacks;

/// <summary>
/// The signature of both platforms: the hexadecimal SHA-1 of the strings, sorted by their bytes and joined. Three strings sign an address,
/// the fourth, the ciphertext, signs a body.
/// </summary>
public static class CallbackSignature
{
    public const int Length = 2 * SHA1.HashSizeInBytes;

    private const int Small = 1024;

    /// <summary>Compares in constant time.</summary>
    public static bool Fits(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> token, ReadOnlySpan<byte> timestamp, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> encrypt = default)
    {
        Span<byte> right = stackalloc byte[Length];
        Write(right, token, timestamp, nonce, encrypt);
        return CryptographicOperations.FixedTimeEquals(right, signature);
    }

    /// <summary>Writes the <see cref="Length"/> bytes of the signature; without ciphertext, that of three strings.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The platforms sign with SHA-1 and nothing else.")]
    public static void Write(Span<byte> to, ReadOnlySpan<byte> token, ReadOnlySpan<byte> timestamp, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> encrypt = default)
    {
        Order(ref token, ref timestamp);
        Order(ref nonce, ref encrypt);
        Order(ref token, ref nonce);
        Order(ref timestamp, ref encrypt);
        Order(ref timestamp, ref nonce);

        var length = token.Length + timestamp.Length + nonce.Length + encrypt.Length;
        var rented = length > Small ? ArrayPool<byte>.Shared.Rent(length) : null;
        var joined = rented ?? stackalloc byte[Small];
        token.CopyTo(joined);
        timestamp.CopyTo(joined[token.Length..]);
        nonce.CopyTo(joined[(token.Length + timestamp.Length)..]);
        encrypt.CopyTo(joined[(token.Length + timestamp.Length + nonce.Length)..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(joined[..length], hash);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        Convert.TryToHexStringLower(hash, to, out _);
    }

    private static void Order(ref ReadOnlySpan<byte> first, ref ReadOnlySpan<byte> second)
    {
        if (first.SequenceCompareTo(second) <= 0)
            return;
        var greater = first;
        first = second;
        second = greater;
    }
}
