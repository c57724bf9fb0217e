using System.Buffers.Binary;
using System.IO.Compression;

namespace Bot.Charts;

/// <summary>A colour, 0xRRGGBB.</summary>
internal readonly record struct Ink(int Rgb)
{
    private const int Most = 15;

    /// <summary>This ink over another, 0 to 15 parts of it.</summary>
    public Ink Over(Ink below, int parts) =>
        new(Mix(Rgb >> 16, below.Rgb >> 16, parts) << 16 | Mix(Rgb >> 8, below.Rgb >> 8, parts) << 8 | Mix(Rgb, below.Rgb, parts));

    private static int Mix(int over, int below, int parts) => ((over & 0xFF) * parts + (below & 0xFF) * (Most - parts) + Most / 2) / Most;
}

/// <summary>A picture that is filled with rectangles and words and written as a PNG.</summary>
internal sealed class Canvas
{
    private const int BytesOfDot = 3;
    private const int ChunkFrame = 12;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(Remainder)];

    private readonly Ink[] dots;
    private readonly Glyphs glyphs = Glyphs.Shipped;

    public Canvas(int width, int height, Ink paper)
    {
        (Width, Height) = (width, height);
        dots = new Ink[width * height];
        Array.Fill(dots, paper);
    }

    public int Width { get; }

    public int Height { get; }

    public void Fill(int x, int y, int width, int height, Ink ink)
    {
        for (var row = Math.Max(0, y); row < Math.Min(Height, y + height); row++)
            dots.AsSpan(row * Width + Math.Clamp(x, 0, Width), Math.Clamp(width, 0, Width - Math.Clamp(x, 0, Width))).Fill(ink);
    }

    public void Write(int x, int y, string words, Ink ink)
    {
        foreach (var letter in words)
        {
            if (glyphs.Of(letter) is not { } glyph)
            {
                x += glyphs.Space;
                continue;
            }

            for (var row = 0; row < glyphs.Height && y + row < Height; row++)
            {
                for (var column = 0; column < glyph.Width && x + column < Width; column++)
                {
                    ref var dot = ref dots[(y + row) * Width + x + column];
                    dot = ink.Over(dot, glyph.At(column, row));
                }
            }

            x += glyph.Width;
        }
    }

    public byte[] ToPng()
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        Span<byte> head = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width);
        BinaryPrimitives.WriteInt32BigEndian(head[4..], Height);
        (head[8], head[9]) = (8, 2);
        Chunk(png, "IHDR"u8, head);
        Chunk(png, "IDAT"u8, Packed());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>Row by row, each led by the number of its filter, which is none.</summary>
    private byte[] Packed()
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
        {
            var row = new byte[1 + Width * BytesOfDot];
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    var rgb = dots[y * Width + x].Rgb;
                    (row[1 + x * BytesOfDot], row[2 + x * BytesOfDot], row[3 + x * BytesOfDot]) = ((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
                }

                zlib.Write(row);
            }
        }

        return packed.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[ChunkFrame + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        name.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Check(chunk.AsSpan(4, chunk.Length - ChunkFrame + 4)));
        png.Write(chunk);
    }

    /// <summary>CRC-32 of ISO 3309, as PNG wants it.</summary>
    private static uint Check(ReadOnlySpan<byte> bytes)
    {
        var rest = uint.MaxValue;
        foreach (var one in bytes)
            rest = Remainders[(byte)(rest ^ one)] ^ rest >> 8;
        return ~rest;
    }

    private static uint Remainder(int number)
    {
        var rest = (uint)number;
        for (var bit = 0; bit < 8; bit++)
            rest = (rest & 1) == 0 ? rest >> 1 : rest >> 1 ^ 0xEDB88320;
        return rest;
    }
}
