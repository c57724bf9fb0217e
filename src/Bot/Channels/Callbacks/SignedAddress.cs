using System.Buffers.Text;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Bot.Channels.Callbacks;

/// <summary>The query of a callback: what signs it. Both platforms' names; the openid in it is signed by nobody and is not looked at.</summary>
internal struct SignedAddress
{
    private const int LongestValue = 128;

    private ReadOnlyMemory<char> timestamp;
    private ReadOnlyMemory<char> nonce;
    private ReadOnlyMemory<char> signature;
    private ReadOnlyMemory<char> bodySignature;
    private ReadOnlyMemory<char> encryption;
    private bool namesAnOpenId;

    /// <summary>What the console's check wants to have back.</summary>
    public ReadOnlyMemory<char> Echo { get; private set; }

    /// <summary>When it was signed, by the signer's clock.</summary>
    public long Seconds { get; private set; }

    /// <summary>Whether it says that the body is encrypted.</summary>
    public readonly bool SaysEncrypted => encryption.Span.Equals("aes", StringComparison.Ordinal) || bodySignature.Length > 0;

    /// <summary>Whether the address itself is signed, as an official account's is.</summary>
    public readonly bool HasSignature => signature.Length > 0;

    public readonly bool HasBodySignature => bodySignature.Length > 0;

    /// <summary>False when something is missing, comes twice or is no such value.</summary>
    public static bool TryRead(string? query, out SignedAddress address)
    {
        address = default;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (!address.Take(pair.DecodeName().Span, pair))
                return false;
        }

        Span<byte> digits = stackalloc byte[LongestValue];
        if (address.timestamp.Length is 0 or > 20 || address.nonce.Length == 0)
            return false;
        var length = Encoding.UTF8.GetBytes(address.timestamp.Span, digits);
        var isNumber = Utf8Parser.TryParse(digits[..length], out long seconds, out var read) && read == length && seconds >= 0;
        address.Seconds = seconds;
        return isNumber;
    }

    public readonly bool IsSignedBy(Envelopes envelopes)
    {
        Span<byte> at = stackalloc byte[LongestBytes];
        Span<byte> once = stackalloc byte[LongestBytes];
        Span<byte> sign = stackalloc byte[LongestBytes];
        return envelopes.SignatureFits(Bytes(signature, sign), Bytes(timestamp, at), Bytes(nonce, once));
    }

    public readonly bool SignsBody(Envelopes envelopes, ReadOnlySpan<byte> encrypt)
    {
        Span<byte> at = stackalloc byte[LongestBytes];
        Span<byte> once = stackalloc byte[LongestBytes];
        Span<byte> sign = stackalloc byte[LongestBytes];
        return envelopes.SignatureFits(Bytes(bodySignature, sign), Bytes(timestamp, at), Bytes(nonce, once), encrypt);
    }

    private const int LongestBytes = 3 * LongestValue;

    private static ReadOnlySpan<byte> Bytes(ReadOnlyMemory<char> value, Span<byte> to) => to[..Encoding.UTF8.GetBytes(value.Span, to)];

    private bool Take(ReadOnlySpan<char> name, QueryStringEnumerable.EncodedNameValuePair pair)
    {
        switch (name)
        {
            case "timestamp":
                return Take(ref timestamp, pair);
            case "nonce":
                return Take(ref nonce, pair);
            case "signature":
                return Take(ref signature, pair);
            case "msg_signature":
                return Take(ref bodySignature, pair);
            case "encrypt_type":
                return Take(ref encryption, pair);
            case "echostr":
                var twice = Echo.Length > 0;
                Echo = pair.DecodeValue();
                return !twice && Echo.Length is > 0 and <= 8 * LongestValue;
            case "openid":
                var again = namesAnOpenId;
                return (namesAnOpenId = true) && !again;
            default:
                return true;
        }
    }

    private static bool Take(ref ReadOnlyMemory<char> place, QueryStringEnumerable.EncodedNameValuePair pair)
    {
        var twice = place.Length > 0;
        place = pair.DecodeValue();
        return !twice && place.Length is > 0 and <= LongestValue;
    }
}
