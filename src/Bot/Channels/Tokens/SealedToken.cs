using System.Security.Cryptography;
using System.Text;

namespace Bot.Channels.Tokens;

/// <summary>
/// Seals a token with a key made of the account's secret, which is not in the database: a copy of the database holds nothing that works.
/// </summary>
internal sealed class SealedToken(string name, string secret)
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int MarkBytes = 4;

    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), KeyBytes, info: Encoding.UTF8.GetBytes("platform token"));
    private readonly byte[] name = Encoding.UTF8.GetBytes(name);

    /// <summary>Tells one secret from the next without telling it, so that instances with an old and a new one do not get into each other's way.</summary>
    public string Mark { get; } = Convert.ToHexStringLower(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), MarkBytes, info: Encoding.UTF8.GetBytes("mark of the secret")));

    public string Seal(string token)
    {
        var clear = Encoding.UTF8.GetBytes(token);
        var box = new byte[NonceBytes + clear.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), clear, box.AsSpan(NonceBytes, clear.Length), box.AsSpan(NonceBytes + clear.Length), name);
        return Convert.ToBase64String(box);
    }

    /// <summary>The token, or null when it was sealed with another secret or is damaged.</summary>
    public string? Open(string? sealedToken)
    {
        var box = new byte[sealedToken?.Length ?? 0];
        if (!Convert.TryFromBase64String(sealedToken ?? "", box, out var length) || length <= NonceBytes + TagBytes)
            return null;
        var clear = new byte[length - NonceBytes - TagBytes];
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes, clear.Length), box.AsSpan(NonceBytes + clear.Length, TagBytes), clear, name);
        }
        catch (CryptographicException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(clear);
    }
}
