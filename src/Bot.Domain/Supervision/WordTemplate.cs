using System.Text.RegularExpressions;
using System.Xml;
using Bot.Domain.Reports;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Bot.Domain.Supervision;

/// <summary>
/// A Word document with holes such as <c>{文号}</c>, as an official edits it. Word cuts words into pieces as it likes, so a hole may lie in several of them.
/// A paragraph that is nothing but a hole becomes as many paragraphs as there are lines to put into it.
/// </summary>
public sealed partial class WordTemplate
{
    private readonly byte[] document;

    private WordTemplate(byte[] document, IReadOnlySet<string> holes) => (this.document, Holes) = (document, holes);

    /// <summary>The names of the holes.</summary>
    public IReadOnlySet<string> Holes { get; }

    /// <summary>Null when there is no such file, or it is no Word document.</summary>
    public static WordTemplate? Open(string path)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            using var opened = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
            return new WordTemplate(bytes, Paragraphs(opened).SelectMany(paragraph => Hole().Matches(Words(paragraph))).Select(hole => hole.Groups[1].Value).ToHashSet(StringComparer.Ordinal));
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or OpenXmlPackageException or FileFormatException or XmlException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The document with every hole filled.</summary>
    /// <exception cref="KeyNotFoundException">Nobody says what belongs into a hole.</exception>
    public byte[] Fill(IReadOnlyDictionary<string, string> values)
    {
        using var copy = new MemoryStream();
        copy.Write(document);
        using (var opened = WordprocessingDocument.Open(copy, isEditable: true))
        {
            foreach (var paragraph in Paragraphs(opened).ToList())
            {
                if (OnlyHole(paragraph) is { } hole)
                    FillLines(paragraph, hole, values[hole.Groups[1].Value]);
                else
                    FillHoles(paragraph, values);
            }

            opened.PackageProperties.Title = values.GetValueOrDefault("文书名称");
            opened.PackageProperties.Creator = values.GetValueOrDefault("制发机关");
        }

        return copy.ToArray();
    }

    private static IEnumerable<Paragraph> Paragraphs(WordprocessingDocument opened)
    {
        var main = opened.MainDocumentPart ?? throw new InvalidOperationException("The document has no main part.");
        OpenXmlElement?[] roots = [main.Document, .. main.HeaderParts.Select(part => part.Header), .. main.FooterParts.Select(part => part.Footer)];
        return roots.OfType<OpenXmlElement>().SelectMany(root => root.Descendants<Paragraph>());
    }

    /// <summary>What can be read in a paragraph, without the instructions of its fields.</summary>
    private static string Words(Paragraph paragraph) => string.Concat(paragraph.Descendants<Text>().Select(text => text.Text));

    private static Match? OnlyHole(Paragraph paragraph)
    {
        var words = Words(paragraph);
        return Hole().Match(words) is { Success: true } hole && hole.Length == words.Trim().Length ? hole : null;
    }

    private static void FillLines(Paragraph paragraph, Match hole, string value)
    {
        var lines = value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var blank = paragraph.CloneNode(deep: true);
        Replace(paragraph, hole, lines.FirstOrDefault() ?? "");
        var last = paragraph;
        foreach (var line in lines.Skip(1))
        {
            last = last.InsertAfterSelf((Paragraph)blank.CloneNode(deep: true));
            Replace(last, hole, line);
        }
    }

    /// <summary>From the end, so that what is put in moves no hole that is still to be filled, and is never read as one.</summary>
    private static void FillHoles(Paragraph paragraph, IReadOnlyDictionary<string, string> values)
    {
        foreach (var hole in Hole().Matches(Words(paragraph)).Reverse())
            Replace(paragraph, hole, values[hole.Groups[1].Value].ReplaceLineEndings("；"));
    }

    /// <summary>Puts a value where the hole begins, in the look that its first character has.</summary>
    private static void Replace(Paragraph paragraph, Match hole, string value)
    {
        var (from, to) = (hole.Index, hole.Index + hole.Length);
        var at = 0;
        var first = true;
        foreach (var text in paragraph.Descendants<Text>().ToList())
        {
            var (begins, ends) = (at, at + text.Text.Length);
            at = ends;
            if (ends <= from || begins >= to)
                continue;
            var (before, after) = (text.Text[..Math.Max(0, from - begins)], text.Text[Math.Min(text.Text.Length, to - begins)..]);
            text.Text = before + (first ? WordPaper.Plain(value) : "") + after;
            text.Space = SpaceProcessingModeValues.Preserve;
            first = false;
        }
    }

    [GeneratedRegex(@"\{([^{}\s]{1,20})\}")]
    private static partial Regex Hole();
}
