using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Bot.Testing;

/// <summary>Plan sheets as liaisons send them.</summary>
public static class PlanTables
{
    public const string Headings = "检查对象,检查事项,月份,检查比例,频次,检查方式,联合单位,分工,综合监管领域";

    /// <summary>A table of so many rows that plan <paramref name="item"/>; the rows named (as people number them, the headings being row 1) have no ratio.</summary>
    public static byte[] Excel(int rows, string item, params IReadOnlyList<int> withoutRatio) =>
        Excel([
            [.. Headings.Split(',')],
            .. Enumerable.Range(2, rows).Select(row => (IReadOnlyList<string>)[$"第{row}类企业", item, "3-5月", withoutRatio.Contains(row) ? "" : "10%", "1次", "现场检查"]),
        ]);

    /// <summary>Text cells; one that begins with <c>formula:</c> becomes a formula.</summary>
    public static byte[] Excel(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook();
            var part = book.AddNewPart<WorksheetPart>();
            part.Worksheet = new Worksheet(new SheetData(rows.Select((cells, at) => new Row(cells.Select((text, column) => Cell(text, column, at + 1)).OfType<OpenXmlElement>()) { RowIndex = (uint)(at + 1) }).OfType<OpenXmlElement>()));
            book.Workbook.AppendChild(new Sheets()).AppendChild(new Sheet { Id = book.GetIdOfPart(part), SheetId = 1, Name = "计划" });
        }

        return stream.ToArray();
    }

    public static byte[] Csv(params IReadOnlyList<string> rows) => Encoding.UTF8.GetBytes($"{Headings}\n{string.Join('\n', rows)}");

    private static Cell? Cell(string text, int column, int row)
    {
        if (text.Length == 0)
            return null;
        var reference = string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + column)}{row}");
        return text.StartsWith("formula:", StringComparison.Ordinal)
            ? new Cell { CellReference = reference, CellFormula = new CellFormula(text["formula:".Length..]), CellValue = new CellValue("10") }
            : new Cell { CellReference = reference, DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };
    }
}
