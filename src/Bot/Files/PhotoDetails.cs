using System.Buffers.Binary;

namespace Bot.Files;

/// <summary>
/// Takes out of a photo what the camera wrote beside the picture: place, time, device, owner. The picture itself is not touched. What cannot be read as
/// a photo of its kind is given back as it is.
/// </summary>
public static class PhotoDetails
{
    private const int PngSignature = 8;
    private const int RiffHeader = 12;
    private const int ChunkHeader = 8;

    /// <summary>JPEG segments that carry the picture or its colours; everything else of the APP and COM kind is words about it.</summary>
    private static readonly byte[] KeptSegments = [0xE0, 0xE2, 0xEE];
    private static readonly string[] DroppedOfPng = ["tEXt", "zTXt", "iTXt", "eXIf", "tIME"];
    private static readonly string[] DroppedOfWebp = ["EXIF", "XMP "];

    public static byte[] Without(byte[] photo, string contentType) => contentType switch
    {
        "image/jpeg" => Jpeg(photo),
        "image/png" => Png(photo),
        "image/webp" => Webp(photo),
        _ => photo,
    };

    private static byte[] Jpeg(byte[] photo)
    {
        const int header = 4;
        using var kept = new MemoryStream(photo.Length);
        if (photo.Length < 2)
            return photo;
        kept.Write(photo, 0, 2);
        var at = 2;
        while (at + header <= photo.Length && photo[at] == 0xFF)
        {
            var marker = photo[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(photo.AsSpan(at + 2)) + 2;
            if (marker == 0xDA)
            {
                // Nothing may hang on behind the picture either.
                var end = photo.AsSpan(at).LastIndexOf<byte>([0xFF, 0xD9]);
                kept.Write(photo, at, end < 0 ? photo.Length - at : end + 2);
                return kept.ToArray();
            }

            if (at + length > photo.Length)
                return photo;
            if (marker is not (>= 0xE0 and <= 0xEF or 0xFE) || KeptSegments.Contains(marker))
                kept.Write(photo, at, length);
            at += length;
        }

        return photo;
    }

    private static byte[] Png(byte[] photo)
    {
        const int check = 4;
        using var kept = new MemoryStream(photo.Length);
        if (photo.Length < PngSignature)
            return photo;
        kept.Write(photo, 0, PngSignature);
        for (var at = PngSignature; at + ChunkHeader + check <= photo.Length;)
        {
            var size = (long)BinaryPrimitives.ReadUInt32BigEndian(photo.AsSpan(at)) + ChunkHeader + check;
            if (at + size > photo.Length)
                return photo;
            var name = System.Text.Encoding.ASCII.GetString(photo, at + 4, 4);
            if (!DroppedOfPng.Contains(name))
                kept.Write(photo, at, (int)size);
            if (name == "IEND")
                return kept.ToArray();
            at += (int)size;
        }

        return photo;
    }

    private static byte[] Webp(byte[] photo)
    {
        const byte detailsFlags = 0x08 | 0x04;
        using var kept = new MemoryStream(photo.Length);
        if (photo.Length < RiffHeader)
            return photo;
        kept.Write(photo, 0, RiffHeader);
        for (var at = RiffHeader; at + ChunkHeader <= photo.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(photo.AsSpan(at + 4));
            var size = ChunkHeader + length + (length & 1);
            if (at + size > photo.Length)
                return photo;
            var name = System.Text.Encoding.ASCII.GetString(photo, at, 4);
            if (!DroppedOfWebp.Contains(name))
            {
                var chunk = photo.AsSpan(at, (int)size).ToArray();
                if (name == "VP8X" && length > 0)
                    chunk[ChunkHeader] &= unchecked((byte)~detailsFlags);
                kept.Write(chunk);
            }

            at += (int)size;
        }

        var whole = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(4), (uint)(whole.Length - 8));
        return whole;
    }
}
