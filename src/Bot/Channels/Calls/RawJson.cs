using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bot.Channels.Calls;

/// <summary>
/// JSON as the platform wants it: raw UTF-8. Menus with <c>\uXXXX</c> are refused (40033) and texts show it to the reader; the loosest encoder of the
/// framework still writes emoji that way.
/// </summary>
internal static class RawJson
{
    private const int LengthOfEscape = 6;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(object body) => Unescape(JsonSerializer.SerializeToUtf8Bytes(body, Relaxed));

    /// <summary>What an operator wrote, checked to be JSON and written anew.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static byte[] Rewrite(string json) => Unescape(JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(json), Relaxed));

    /// <summary>Turns escapes of anything but control characters into the characters themselves. A literal backslash comes as two and is left alone.</summary>
    private static byte[] Unescape(byte[] json)
    {
        if (json.AsSpan().IndexOf("\\u"u8) < 0)
            return json;
        var raw = new ArrayBufferWriter<byte>(json.Length);
        for (var at = 0; at < json.Length;)
        {
            var length = json[at] != '\\' ? Plain(json.AsSpan(at)) : json[at + 1] == 'u' ? Escaped(json.AsSpan(at), raw) : 2;
            if (length > 0)
                raw.Write(json.AsSpan(at, length));
            at += Math.Abs(length);
        }

        return raw.WrittenSpan.ToArray();
    }

    private static int Plain(ReadOnlySpan<byte> rest)
    {
        var next = rest.IndexOf((byte)'\\');
        return next < 0 ? rest.Length : next;
    }

    /// <summary>How many bytes to copy; negative: so many were read and their characters have been written.</summary>
    private static int Escaped(ReadOnlySpan<byte> rest, ArrayBufferWriter<byte> raw)
    {
        Span<char> units = stackalloc char[2];
        units[0] = Unit(rest);
        var length = 1;
        if (char.IsHighSurrogate(units[0]) && rest[LengthOfEscape..].StartsWith("\\u"u8) && Unit(rest[LengthOfEscape..]) is var low && char.IsLowSurrogate(low))
            units[length++] = low;
        if (char.IsControl(units[0]) || (length == 1 && char.IsSurrogate(units[0])))
            return LengthOfEscape;
        Span<byte> utf8 = stackalloc byte[4];
        raw.Write(utf8[..Encoding.UTF8.GetBytes(units[..length], utf8)]);
        return -length * LengthOfEscape;
    }

    private static char Unit(ReadOnlySpan<byte> escape) => (char)ushort.Parse(escape[2..LengthOfEscape], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
