using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Bot.Channels.Callbacks;

/// <summary>The XML that answers a push on its own connection.</summary>
internal static class PassiveReply
{
    private const int Frame = 256;
    private const string EndOfCData = "]]>";
    private const string SplitEndOfCData = "]]]]><![CDATA[>";

    /// <summary>Characters that XML 1.0 does not know and every reader refuses.</summary>
    private static readonly SearchValues<char> Illegal = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(code => (char)code).Where(letter => letter is not ('\t' or '\n' or '\r')), '\uFFFE', '\uFFFF']);

    /// <summary>One text message, written into a rented array, which is the caller's to give back; says how long the XML is.</summary>
    public static byte[] Write(IPush to, string words, DateTimeOffset now, out int length)
    {
        words = Clean(words);
        var xml = Begin(to, words.Length, now, out length);
        Add(xml, ref length, "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA["u8);
        Add(xml, ref length, words);
        Add(xml, ref length, "]]></Content></xml>"u8);
        return xml;
    }

    /// <summary>Any other answer: <paramref name="elements"/> is the XML from the MsgType on, with nothing in it that is not well-formed.</summary>
    public static byte[] WriteElements(IPush to, string elements, DateTimeOffset now, out int length)
    {
        var xml = Begin(to, elements.Length, now, out length);
        Add(xml, ref length, elements);
        Add(xml, ref length, "</xml>"u8);
        return xml;
    }

    private static byte[] Begin(IPush to, int characters, DateTimeOffset now, out int length)
    {
        var xml = ArrayPool<byte>.Shared.Rent(Frame + to.From.Length + to.To.Length + Encoding.UTF8.GetMaxByteCount(characters));
        length = 0;
        Add(xml, ref length, "<xml><ToUserName><![CDATA["u8);
        Add(xml, ref length, to.From);
        Add(xml, ref length, "]]></ToUserName><FromUserName><![CDATA["u8);
        Add(xml, ref length, to.To);
        Add(xml, ref length, "]]></FromUserName><CreateTime>"u8);
        Utf8Formatter.TryFormat(now.ToUnixTimeSeconds(), xml.AsSpan(length), out var digits);
        length += digits;
        Add(xml, ref length, "</CreateTime>"u8);
        return xml;
    }

    private static string Clean(string words)
    {
        if (words.AsSpan().ContainsAny(Illegal))
            words = string.Concat(words.Where(letter => !Illegal.Contains(letter)));
        return words.Replace(EndOfCData, SplitEndOfCData, StringComparison.Ordinal);
    }

    private static void Add(byte[] xml, ref int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(xml.AsSpan(length));
        length += bytes.Length;
    }

    private static void Add(byte[] xml, ref int length, string words) => length += Encoding.UTF8.GetBytes(words, xml.AsSpan(length));
}
