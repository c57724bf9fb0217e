using System.Text;

namespace Bot.Files;

/// <summary>What a file really is, by its first bytes: neither its name nor what the sender says of it is believed.</summary>
public static class FileKinds
{
    /// <summary>How many first bytes are looked at.</summary>
    public const int Head = 4096;

    public const string Pdf = "application/pdf";
    public const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Csv = "text/csv";
    public const string Excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The content type, or null for a kind that is not taken.</summary>
    public static string? Of(ReadOnlySpan<byte> head) =>
        head.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : head.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? "image/gif"
        : head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : head.StartsWith("%PDF-"u8) ? Pdf
        : head.StartsWith("PK\u0003\u0004"u8) ? Office(head)
        : IsTable(head) ? Csv
        : null;

    public static bool IsImage(string contentType) => contentType.StartsWith("image/", StringComparison.Ordinal);

    public static string Extension(string contentType) => contentType switch
    {
        "image/jpeg" => ".jpg",
        Pdf => ".pdf",
        Word => ".docx",
        Excel => ".xlsx",
        Csv => ".csv",
        _ => "." + contentType.Split('/')[1],
    };

    /// <summary>Text whose first line has the commas of a table's headings; whatever could be taken for a page or a program is not one.</summary>
    private static bool IsTable(ReadOnlySpan<byte> head)
    {
        const int leastCommas = 2;
        var line = head.IndexOf((byte)'\n') is var end and >= 0 ? head[..end] : head;
        return line.Count((byte)',') >= leastCommas && !head.ContainsAny("<\0"u8) && !head.ContainsAnyInRange((byte)1, (byte)8) && !head.ContainsAnyInRange((byte)14, (byte)31);
    }

    /// <summary>Office documents are archives whose first entries name their kind; any other archive is not taken.</summary>
    private static string? Office(ReadOnlySpan<byte> head)
    {
        var names = Encoding.ASCII.GetString(head);
        if (!names.Contains("[Content_Types].xml", StringComparison.Ordinal) && !names.Contains("_rels/", StringComparison.Ordinal))
            return null;
        return names.Contains("word/", StringComparison.Ordinal) ? Word : names.Contains("xl/", StringComparison.Ordinal) ? Excel : null;
    }
}
