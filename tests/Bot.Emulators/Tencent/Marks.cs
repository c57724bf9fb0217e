using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Bot.Emulators.Tencent;

/// <summary>A person's own stamp on a message, where a test needs one: when it was written, under which number.</summary>
public sealed record Stamp(DateTimeOffset? At = null, long? MsgId = null);

/// <summary>How both platforms write: text in CDATA, links as anchors.</summary>
internal static partial class Marks
{
    public static XElement Text(string name, string value) => new(name, new XCData(value));

    /// <summary>The address, then the words.</summary>
    [GeneratedRegex("""<a\s+href="([^"]*)"[^>]*>(.*?)</a>""", RegexOptions.Singleline)]
    public static partial Regex Link();
}
