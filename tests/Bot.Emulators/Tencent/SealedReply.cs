using System.Xml;
using System.Xml.Linq;

namespace Bot.Emulators.Tencent;

/// <summary>An answer that the platform throws away; a person sees nothing of it.</summary>
internal sealed class WrongReplyException(string message) : Exception(message);

/// <summary>Opening the answer to a push, as both platforms do (rule 19).</summary>
internal static class SealedReply
{
    public static XElement Parse(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    public static string Open(CallbackCrypto crypto, XElement outer, string encrypted)
    {
        var timestamp = outer.Element("TimeStamp")?.Value ?? throw new WrongReplyException("no TimeStamp");
        var nonce = outer.Element("Nonce")?.Value ?? throw new WrongReplyException("no Nonce");
        if (crypto.Sign(timestamp, nonce, encrypted) != outer.Element("MsgSignature")?.Value)
            throw new WrongReplyException("wrong MsgSignature");
        return crypto.Decrypt(encrypted);
    }

    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new WrongReplyException(otherwise);
    }
}
