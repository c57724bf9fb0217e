using System.Globalization;
using Bot.Domain.Reports;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Bot.Reports;

/// <summary>A paper as one sheet: each part's heading, its lines, its table. Every cell is text, so that nothing that somebody typed is reckoned as a formula (H35).</summary>
internal static class ExcelPaper
{
    public static byte[] Write(Paper paper)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var sheet = book.AddNewPart<WorksheetPart>();
            var rows = new SheetData();
            foreach (var row in Rows(paper))
                rows.Append(new Row(row.Select(Cell)));
            sheet.Worksheet = new Worksheet(rows);
            book.Workbook = new Workbook(new Sheets(new Sheet { Id = book.GetIdOfPart(sheet), SheetId = 1, Name = "数据" }));
            document.PackageProperties.Title = paper.Title;
        }

        return file.ToArray();
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(Paper paper)
    {
        yield return [paper.Title];
        yield return [paper.Under];
        foreach (var part in paper.Parts)
        {
            yield return [];
            yield return [part.Heading];
            foreach (var line in part.Lines)
                yield return [line];
            if (part.Table is not { } table)
                continue;
            yield return table.Headings;
            foreach (var row in table.Rows)
                yield return row;
        }
    }

    /// <summary>Whole numbers stay numbers, so that they can be added up.</summary>
    private static Cell Cell(string words) => long.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? new Cell { DataType = CellValues.Number, CellValue = new CellValue(number.ToString(CultureInfo.InvariantCulture)) }
        : new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(WordPaper.Plain(words)) { Space = SpaceProcessingModeValues.Preserve }) };
}
