using System.Globalization;
using System.IO.Compression;
using System.Text;
using Bot.Domain.Plans;
using Bot.Domain.Rules;
using CsvHelper;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using MediatR;

namespace Bot.Files;

public static class PlanSheets
{
    /// <summary>Tables that people send are read where files are kept.</summary>
    public static IServiceCollection AddPlanSheets(this IServiceCollection services) =>
        services.AddScoped<IRequestHandler<ReadPlanSheet, PlanSheet>, ReadPlanSheetHandler>();
}

/// <summary>Reads the plan sheet that somebody sent. The file is a stranger's: its kind is known by its content, its size is bounded, its formulas stay formulas.</summary>
internal sealed class ReadPlanSheetHandler(FileStore files, PlanRows rows) : IRequestHandler<ReadPlanSheet, PlanSheet>
{
    private static readonly Rule StillThere = new("这个文件没有收到或已经过期，请重新发一次。", "J08");
    private static readonly Rule IsATable = new("这不是表格。请发 .xlsx 或 .csv 的计划表。", "J08");

    public async Task<PlanSheet> Handle(ReadPlanSheet query, CancellationToken cancellationToken)
    {
        var file = await files.Find(query.FileId, cancellationToken);
        StillThere.Require(file is { Missing: null });
        IsATable.Require(file!.ContentType is FileKinds.Excel or FileKinds.Csv);
        var path = files.PathOf(file.Id);
        var sheet = file.ContentType == FileKinds.Excel ? Sheets.Excel(path) : Sheets.Csv(await File.ReadAllBytesAsync(path, cancellationToken));
        return await rows.Check(query.By, sheet, cancellationToken);
    }
}

/// <summary>The rows of a table that a stranger sent.</summary>
internal static class Sheets
{
    private const int MostRows = 5001;
    private const int MostColumns = 50;
    private const long LargestUnpacked = 60_000_000;
    private const int LongestPart = 20_000_000;

    /// <summary>The built-in formats 0% and 0.00%: the cell shows 10%, the file says 0.1.</summary>
    private static readonly uint[] BuiltInPercents = [9, 10];

    private static readonly Rule Readable = new("这个表格打不开，可能已损坏或加了密码，请另存后重新发送。", "J08");
    private static readonly Rule NotTooMany = new("表格太大，最多5000行、50列，请分成几个计划。", "J08");

    public static IReadOnlyList<SheetRow> Csv(byte[] bytes)
    {
        var text = Text(bytes).TrimStart('\uFEFF');
        using var reader = CsvReader.FromText(text, new CsvReaderOptions { TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Recover });
        var rows = new List<SheetRow> { new(1, [.. reader.Headers.ToArray().Select(heading => new SheetCell(heading))]) };
        while (reader.Read())
        {
            NotTooMany.Require(rows.Count < MostRows && reader.FieldCount <= MostColumns);
            rows.Add(new SheetRow((int)reader.LineNumber, [.. Enumerable.Range(0, reader.FieldCount).Select(at => new SheetCell(reader.GetString(at)))]));
        }

        return rows;
    }

    public static IReadOnlyList<SheetRow> Excel(string path)
    {
        try
        {
            RefuseBombs(path);
            using var document = SpreadsheetDocument.Open(path, isEditable: false, new OpenSettings { MaxCharactersInPart = LongestPart });
            var book = document.WorkbookPart;
            var first = book?.Workbook.Descendants<Sheet>().FirstOrDefault()?.Id?.Value;
            Readable.Require(first is not null && book!.GetPartById(first) is WorksheetPart);
            return Rows((WorksheetPart)book!.GetPartById(first!), SharedStrings(book), PercentStyles(book));
        }
        catch (Exception broken) when (broken is OpenXmlPackageException or InvalidDataException or FileFormatException or System.Xml.XmlException or ArgumentException or FormatException or InvalidOperationException or IOException)
        {
            throw new RuleBrokenException(Readable, Readable.Sentence);
        }
    }

    /// <summary>A small file may unpack into a very large one.</summary>
    private static void RefuseBombs(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        var buffer = new byte[81920];
        long unpacked = 0;
        foreach (var entry in archive.Entries)
        {
            // What the archive says of the size is the sender's word; only reading tells.
            using var content = entry.Open();
            int read;
            while ((read = content.Read(buffer)) > 0)
                NotTooMany.Require((unpacked += read) <= LargestUnpacked);
        }
    }

    private static List<SheetRow> Rows(WorksheetPart part, List<string> strings, HashSet<uint> percents)
    {
        var rows = new List<SheetRow>();
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType != typeof(Row) || !reader.IsStartElement)
                continue;
            var row = (Row)reader.LoadCurrentElement()!;
            NotTooMany.Require(rows.Count < MostRows);
            var cells = new List<SheetCell>();
            foreach (var cell in row.Elements<Cell>())
            {
                var column = ColumnOf(cell.CellReference?.Value) ?? cells.Count;
                NotTooMany.Require(column < MostColumns);
                while (cells.Count < column)
                    cells.Add(new SheetCell(""));
                cells.Add(Read(cell, strings, percents));
            }

            var number = (int)(row.RowIndex?.Value ?? (uint)(rows.Count + 1));
            if (cells.Exists(cell => cell.Text.Length > 0))
                rows.Add(new SheetRow(number, cells));
        }

        return rows;
    }

    private static SheetCell Read(Cell cell, List<string> strings, HashSet<uint> percents)
    {
        if (cell.CellFormula is { } formula)
            return new SheetCell($"={formula.Text}", IsFormula: true);
        var raw = cell.CellValue?.Text ?? "";
        if (cell.DataType?.Value == CellValues.SharedString)
            return new SheetCell(int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < strings.Count ? strings[at] : "");
        if (cell.DataType?.Value == CellValues.InlineString)
            return new SheetCell(cell.InlineString?.InnerText ?? "");
        var isNumber = cell.DataType is null || cell.DataType.Value == CellValues.Number;
        if (!isNumber || !decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return new SheetCell(raw);
        return new SheetCell(cell.StyleIndex is { } style && percents.Contains(style) ? $"{(value * 100).ToString("0.####", CultureInfo.InvariantCulture)}%" : value.ToString("0.####", CultureInfo.InvariantCulture));
    }

    private static List<string> SharedStrings(WorkbookPart book)
    {
        var strings = new List<string>();
        if (book.SharedStringTablePart is not { } part)
            return strings;
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType == typeof(SharedStringItem) && reader.IsStartElement)
                strings.Add(Words((SharedStringItem)reader.LoadCurrentElement()!));
        }

        return strings;
    }

    /// <summary>Without the hints of how Chinese is read aloud, which some tables carry.</summary>
    private static string Words(SharedStringItem item) => item.Text?.Text ?? string.Concat(item.Elements<Run>().Select(run => run.Text?.Text ?? ""));

    private static HashSet<uint> PercentStyles(WorkbookPart book)
    {
        var sheet = book.WorkbookStylesPart?.Stylesheet;
        var own = sheet?.NumberingFormats?.Elements<NumberingFormat>().Where(format => format.FormatCode?.Value?.Contains('%', StringComparison.Ordinal) == true).Select(format => format.NumberFormatId?.Value ?? 0) ?? [];
        var formats = BuiltInPercents.Concat(own).ToHashSet();
        return [.. (sheet?.CellFormats?.Elements<CellFormat>() ?? []).Select((format, at) => (format, At: (uint)at)).Where(style => formats.Contains(style.format.NumberFormatId?.Value ?? 0)).Select(style => style.At)];
    }

    /// <summary>B7 stands in column 1.</summary>
    private static int? ColumnOf(string? reference)
    {
        if (string.IsNullOrEmpty(reference))
            return null;
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetterUpper).Take(3))
            column = column * 26 + (letter - 'A' + 1);
        return column == 0 ? null : column - 1;
    }

    /// <summary>UTF-8, or what Chinese spreadsheets save as CSV by themselves.</summary>
    private static string Text(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(bytes);
        }
    }
}
