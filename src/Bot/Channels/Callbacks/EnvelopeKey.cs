using System.Security.Cryptography;

namespace Bot.Channels.Callbacks;

/// <summary>An EncodingAESKey: 43 characters of the console that stand for 32 bytes. Never shown.</summary>
public sealed class EnvelopeKey
{
    private const int Characters = 43;

    private readonly byte[] key;

    private EnvelopeKey(byte[] key) => this.key = key;

    /// <summary>Null when it is not such a key. The last character may have spare bits set: the platform's own sample key has.</summary>
    public static EnvelopeKey? Parse(string text)
    {
        var bytes = new byte[32];
        return text.Length == Characters && text.All(char.IsAsciiLetterOrDigit) && Convert.TryFromBase64String(text + "=", bytes, out var written) && written == bytes.Length
            ? new EnvelopeKey(bytes)
            : null;
    }

    internal Aes CreateAes()
    {
        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }

    internal ReadOnlySpan<byte> Iv => key.AsSpan(0, 16);
}
