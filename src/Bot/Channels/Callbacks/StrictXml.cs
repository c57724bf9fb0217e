using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Bot.Channels.Callbacks;

/// <summary>What <see cref="StrictXml.Read"/> came to.</summary>
public enum XmlPart
{
    /// <summary>Not well-formed, or more than the platforms ever send; nothing more can be read.</summary>
    Broken,

    /// <summary>An element that holds elements.</summary>
    Start,

    /// <summary>An element that holds a text or nothing.</summary>
    Leaf,

    /// <summary>The end of an element that held elements.</summary>
    End,

    /// <summary>The end of the document.</summary>
    Done,
}

/// <summary>
/// Reads the plain XML that the platforms push: elements, texts, CDATA. It knows no document types, no entities of its own, no instructions
/// but the declaration, no attributes and no comments, so that nothing can be smuggled in or blown up; the size is the caller's to bound.
/// </summary>
public ref struct StrictXml
{
    private const int Deepest = 8;
    private const int LongestName = 64;
    private const int MostElements = 1000;

    private static readonly SearchValues<byte> Illegal = SearchValues.Create(
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    ]);

    private static readonly SearchValues<byte> NotInAName = SearchValues.Create("\t\n\r />"u8);

    private readonly ReadOnlySpan<byte> xml;
    private Names open;
    private int depth;
    private int elements;
    private int at;

    public StrictXml(ReadOnlySpan<byte> utf8)
    {
        xml = utf8;
        if (!Utf8.IsValid(utf8) || utf8.ContainsAny(Illegal) || utf8.IndexOf("\uFFFE"u8) >= 0 || utf8.IndexOf("\uFFFF"u8) >= 0)
            at = -1;
        else
            SkipDeclaration();
    }

    /// <summary>How many elements are open around the present part; the root stands at 0.</summary>
    public readonly int Depth => depth;

    /// <summary>The name of the element of the present part.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The text of a <see cref="XmlPart.Leaf"/>.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes on to the next part.</summary>
    public XmlPart Read()
    {
        if (at < 0)
            return XmlPart.Broken;
        SkipBlanks();
        if (at == xml.Length)
            return depth == 0 && elements > 0 ? XmlPart.Done : Broken();
        if (xml[at] != '<' || at + 1 == xml.Length)
            return Broken();
        if (xml[at + 1] == '/')
            return depth > 0 && EndTag(xml[open[--depth]]) ? XmlPart.End : Broken();
        if (depth == 0 && elements > 0)
            return Broken();
        return Element();
    }

    private XmlPart Element()
    {
        if (++elements > MostElements || !StartTag(out var name, out var empty))
            return Broken();
        Name = xml[name];
        Value = default;
        if (empty)
            return XmlPart.Leaf;

        var text = default(Text);
        while (true)
        {
            var length = xml[at..].IndexOf((byte)'<');
            if (length < 0 || !text.Add(xml.Slice(at, length), escaped: true))
                return Broken();
            at += length;
            var rest = xml[at..];
            if (rest.StartsWith("<![CDATA["u8))
            {
                var inside = rest["<![CDATA["u8.Length..];
                var end = inside.IndexOf("]]>"u8);
                if (end < 0 || !text.Add(inside[..end], escaped: false))
                    return Broken();
                at += "<![CDATA["u8.Length + end + "]]>"u8.Length;
            }
            else if (rest.StartsWith("</"u8))
            {
                Value = text.Whole;
                return EndTag(Name) ? XmlPart.Leaf : Broken();
            }
            else
            {
                if (!text.IsBlank || depth == Deepest)
                    return Broken();
                open[depth++] = name;
                return XmlPart.Start;
            }
        }
    }

    private bool StartTag(out Range name, out bool empty)
    {
        (name, empty) = (default, false);
        var rest = xml[(at + 1)..];
        var length = rest.IndexOfAny(NotInAName);
        if (length is < 1 or > LongestName || !IsName(rest[..length]))
            return false;
        name = (at + 1)..(at + 1 + length);
        at += 1 + length;
        SkipBlanks();
        empty = at < xml.Length && xml[at] == '/';
        if (empty)
            at++;
        return at < xml.Length && xml[at++] == '>';
    }

    private bool EndTag(ReadOnlySpan<byte> name)
    {
        at += 2;
        if (!xml[at..].StartsWith(name))
            return false;
        at += name.Length;
        SkipBlanks();
        if (at == xml.Length || xml[at] != '>')
            return false;
        at++;
        Name = name;
        return true;
    }

    private void SkipDeclaration()
    {
        if (xml.StartsWith("\uFEFF"u8))
            at = 3;
        if (!xml[at..].StartsWith("<?xml "u8))
            return;
        var end = xml[at..].IndexOf("?>"u8);
        at = end < 0 || xml.Slice(at + 1, end).Contains((byte)'<') ? -1 : at + end + 2;
    }

    private void SkipBlanks()
    {
        while (at < xml.Length && xml[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            at++;
    }

    private XmlPart Broken()
    {
        at = -1;
        return XmlPart.Broken;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'_' or (byte)'-' or (byte)'.'))
                return false;
        }

        return !char.IsAsciiDigit((char)name[0]) && name[0] is not ((byte)'-' or (byte)'.');
    }

    /// <summary>The names of the open elements, as places in the document.</summary>
    [InlineArray(Deepest)]
    private struct Names
    {
        [SuppressMessage("CodeQuality", "IDE0044", Justification = "An inline array is written through its index.")]
        private Range first;
    }

    /// <summary>The text of an element. Almost always it is one stretch of the document; only otherwise it is put together.</summary>
    private ref struct Text
    {
        private ReadOnlySpan<byte> one;
        private ArrayBufferWriter<byte>? several;

        public readonly ReadOnlySpan<byte> Whole => several is null ? one : several.WrittenSpan;

        public readonly bool IsBlank => !Whole.ContainsAnyExcept(" \t\r\n"u8);

        public bool Add(ReadOnlySpan<byte> stretch, bool escaped)
        {
            escaped &= stretch.Contains((byte)'&');
            if (stretch.IsEmpty)
                return true;
            if (one.IsEmpty && several is null && !escaped)
            {
                one = stretch;
                return true;
            }

            if (several is null)
            {
                several = new ArrayBufferWriter<byte>(one.Length + stretch.Length);
                several.Write(one);
            }

            if (escaped)
                return Unescape(stretch, several);
            several.Write(stretch);
            return true;
        }

        private static bool Unescape(ReadOnlySpan<byte> stretch, ArrayBufferWriter<byte> to)
        {
            while (stretch.IndexOf((byte)'&') is >= 0 and var plain)
            {
                to.Write(stretch[..plain]);
                stretch = stretch[(plain + 1)..];
                var end = stretch[..Math.Min(stretch.Length, 10)].IndexOf((byte)';');
                if (end < 1 || !TryRead(stretch[..end], out var meant))
                    return false;
                to.Advance(meant.EncodeToUtf8(to.GetSpan(4)));
                stretch = stretch[(end + 1)..];
            }

            to.Write(stretch);
            return true;
        }

        private static bool TryRead(ReadOnlySpan<byte> name, out Rune meant)
        {
            if (name[0] == '#')
                return TryReadNumber(name[1..], out meant);
            var letter = name switch
            {
                [(byte)'l', (byte)'t'] => '<',
                [(byte)'g', (byte)'t'] => '>',
                [(byte)'a', (byte)'m', (byte)'p'] => '&',
                [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => '"',
                [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => '\'',
                _ => '\0',
            };
            meant = new Rune(letter);
            return letter != '\0';
        }

        private static bool TryReadNumber(ReadOnlySpan<byte> digits, out Rune meant)
        {
            var style = digits is [(byte)'x', ..] ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
            if (style == NumberStyles.AllowHexSpecifier)
                digits = digits[1..];
            meant = default;
            if (!uint.TryParse(digits, style, CultureInfo.InvariantCulture, out var number))
                return false;
            return Rune.TryCreate(number, out meant) && (number >= ' ' || number is '\t' or '\n' or '\r') && number is not (0xFFFE or 0xFFFF);
        }
    }
}
