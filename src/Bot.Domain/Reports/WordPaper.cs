using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Bot.Domain.Reports;

/// <summary>A paper as a Word document that a person goes on writing: headings, paragraphs, tables, on A4.</summary>
public static class WordPaper
{
    private const string Song = "宋体";
    private const string Hei = "黑体";
    private const string Latin = "Times New Roman";
    private const string TitleSize = "36";
    private const string HeadingSize = "28";
    private const string TextSize = "24";
    private const string TableSize = "20";
    private const uint PageWidth = 11906;
    private const uint PageHeight = 16838;
    private const int Margin = 1440;
    private const string WholeWidth = "5000";

    /// <summary>The whole .docx file.</summary>
    public static byte[] Write(Paper paper)
    {
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var body = new Body();
            body.Append(Paragraph(paper.Title, Hei, TitleSize, JustificationValues.Center), Paragraph(paper.Under, Song, TableSize, JustificationValues.Center));
            foreach (var part in paper.Parts)
            {
                body.Append(Heading(part.Heading));
                body.Append(part.Lines.Select(line => Paragraph(line, Song, TextSize)));
                if (part.Table is { } table)
                    body.Append(Table(table));
            }

            body.Append(new SectionProperties(
                new PageSize { Width = PageWidth, Height = PageHeight },
                new PageMargin { Top = Margin, Bottom = Margin, Left = Margin, Right = Margin, Header = Margin / 2, Footer = Margin / 2, Gutter = 0 }));
            document.AddMainDocumentPart().Document = new Document(body);
            document.PackageProperties.Title = paper.Title;
        }

        return file.ToArray();
    }

    private static Paragraph Heading(string words)
    {
        var heading = Paragraph(words, Hei, HeadingSize);
        heading.ParagraphProperties!.InsertAt(new KeepNext(), 0);
        heading.ParagraphProperties.Append(new OutlineLevel { Val = 0 });
        return heading;
    }

    private static Paragraph Paragraph(string words, string font, string size, JustificationValues? where = null)
    {
        var properties = new ParagraphProperties(new SpacingBetweenLines { Before = "60", After = "60" });
        if (where is { } justified)
            properties.Append(new Justification { Val = justified });
        return new Paragraph(properties, Run(words, font, size));
    }

    private static Run Run(string words, string font, string size) => new(
        new RunProperties(new RunFonts { Ascii = Latin, HighAnsi = Latin, EastAsia = font }, new FontSize { Val = size }),
        new Text(Plain(words)) { Space = SpaceProcessingModeValues.Preserve });

    private static Table Table(PaperTable from)
    {
        var table = new Table(
            new TableProperties(
                new TableWidth { Width = WholeWidth, Type = TableWidthUnitValues.Pct },
                new TableBorders(Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>())),
            new TableGrid(from.Headings.Select(_ => new GridColumn())));
        table.Append(new TableRow([new TableRowProperties(new TableHeader()), .. from.Headings.Select(words => Cell(words, Hei))]));
        foreach (var row in from.Rows)
            table.Append(new TableRow(row.Select(words => Cell(words, Song))));
        return table;
    }

    private static TableCell Cell(string words, string font) => new(new Paragraph(Run(words, font, TableSize)));

    private static T Line<T>()
        where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4 };

    /// <summary>What people typed may hold characters that no XML has: they are left out, and a new line becomes a space.</summary>
    public static string Plain(string words) =>
        string.Concat(words.ReplaceLineEndings(" ").EnumerateRunes().Where(rune => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value)).Select(rune => rune.ToString()));
}
