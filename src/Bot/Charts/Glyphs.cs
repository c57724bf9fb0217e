using System.Buffers.Binary;
using System.Collections.Frozen;
using System.IO.Compression;

namespace Bot.Charts;

/// <summary>How one character looks: its width, and how dark each dot of it is, 0 to 15, row by row.</summary>
internal sealed record Glyph(int Width, byte[] Dots)
{
    /// <summary>Two dots to a byte, the left one in the high half.</summary>
    public int At(int x, int y) => (y * Width + x) is var dot && dot % 2 == 0 ? Dots[dot / 2] >> 4 : Dots[dot / 2] & 0xF;
}

/// <summary>
/// The characters of GB 2312 and ASCII as dots, so that Chinese is drawn the same on every machine, whatever fonts it has. The file beside this one is a list
/// of them, compressed: how many (2 bytes), their height (1), then for each the character (2), its width (1) and its dots.
/// </summary>
internal sealed class Glyphs
{
    private const char Unknown = '□';
    private const int HeadBytes = 3;

    private static readonly Lazy<Glyphs> Read = new(() => new Glyphs());

    private readonly FrozenDictionary<char, Glyph> all;

    private Glyphs()
    {
        using var packed = typeof(Glyphs).Assembly.GetManifestResourceStream("Charts/glyphs.bin")!;
        using var unpacked = new BrotliStream(packed, CompressionMode.Decompress);
        using var whole = new MemoryStream();
        unpacked.CopyTo(whole);
        ReadOnlySpan<byte> rest = whole.GetBuffer().AsSpan(0, (int)whole.Length);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        Height = rest[2];
        rest = rest[HeadBytes..];
        var glyphs = new Dictionary<char, Glyph>(count);
        for (var i = 0; i < count; i++)
        {
            var (letter, width) = ((char)BinaryPrimitives.ReadUInt16LittleEndian(rest), (int)rest[2]);
            var bytes = (width * Height + 1) / 2;
            glyphs[letter] = new Glyph(width, rest.Slice(HeadBytes, bytes).ToArray());
            rest = rest[(HeadBytes + bytes)..];
        }

        Space = glyphs['一'].Width / 3;
        all = glyphs.ToFrozenDictionary();
    }

    public static Glyphs Shipped => Read.Value;

    public int Height { get; }

    /// <summary>How wide a blank is.</summary>
    public int Space { get; }

    /// <summary>Null for a blank; a character that is not among them is shown as an empty square.</summary>
    public Glyph? Of(char letter) => char.IsWhiteSpace(letter) ? null : all.GetValueOrDefault(letter) ?? all[Unknown];

    public int WidthOf(string words) => words.Sum(letter => Of(letter)?.Width ?? Space);

    /// <summary>As much of the words as fits, with … where some are left out.</summary>
    public string Fit(string words, int width)
    {
        if (WidthOf(words) <= width)
            return words;
        var length = words.Length;
        while (length > 0 && WidthOf(words[..length] + "…") > width)
            length--;
        return words[..length] + "…";
    }
}
