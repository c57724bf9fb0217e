using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;

namespace Bot.Import;

/// <summary>Reads a table (CSV) or a list (JSON) into lines. Text stays text: no cell is taken for a formula, a number or a date before its column says so.</summary>
internal static class Lines
{
    private const long LargestFile = 50_000_000;

    private static readonly char[] BetweenValues = ['；', ';', '|', '\n', '\r'];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="UnreadableFileException">The file as a whole cannot be used.</exception>
    public static IReadOnlyList<Line> Read(string path, Kind kind, List<BadLine> report)
    {
        if (new FileInfo(path).Length > LargestFile)
            throw new UnreadableFileException("文件超过50 MB，请分成几个文件导入。");
        string text;
        try
        {
            // The reader would swallow wrong bytes; a spreadsheet saved in GBK must be told apart from a good file.
            text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableFileException("文件不是UTF-8编码，请在表格软件里另存为“CSV UTF-8（逗号分隔）”后再导入。");
        }

        return text.AsSpan().TrimStart() is ['{' or '[', ..] ? FromJson(text, kind, report) : FromCsv(text, kind, report);
    }

    private static List<Line> FromCsv(string text, Kind kind, List<BadLine> report)
    {
        var lines = new List<Line>();
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Recover,
            OnMalformedRecord = malformed => report.Add(new BadLine(Row(malformed.LineNumber), "", Why(malformed.Reason))),
        });
        IReadOnlyList<string> headings = [.. reader.Headers.ToArray().Select(heading => heading.Trim())];
        if (headings.Count == 0)
            throw new UnreadableFileException("文件是空的，第一行应为列名。");
        var columns = Columns(headings, kind, report);
        while (reader.Read())
        {
            var place = Row(reader.LineNumber);
            if (reader.FieldCount > headings.Count)
                report.Add(new BadLine(place, "", "比列名多出了内容，请检查是否少了引号"));
            var cells = new Dictionary<Column, IReadOnlyList<string>>();
            for (var at = 0; at < Math.Min(reader.FieldCount, headings.Count); at++)
            {
                if (columns[at] is { } column && reader.GetString(at).Trim() is { Length: > 0 } cell)
                    cells[column] = column.Many ? cell.Split(BetweenValues, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [cell];
            }

            if (cells.Count > 0)
                lines.Add(new Line(place, cells, report));
        }

        return lines;
    }

    private static List<Line> FromJson(string text, Kind kind, List<BadLine> report)
    {
        using var document = Parse(text);
        var records = document.RootElement;
        if (records.ValueKind == JsonValueKind.Object && !records.TryGetProperty("records", out records))
            throw new UnreadableFileException("文件里没有“records”列表。");
        if (records.ValueKind != JsonValueKind.Array)
            throw new UnreadableFileException("文件的内容应为列表 […]，或含有“records”列表的对象。");

        var lines = new List<Line>();
        foreach (var record in records.EnumerateArray())
        {
            var place = $"第{(lines.Count + 1).ToString(CultureInfo.InvariantCulture)}条";
            var cells = new Dictionary<Column, IReadOnlyList<string>>();
            foreach (var property in record.ValueKind == JsonValueKind.Object ? record.EnumerateObject() : default)
            {
                if (kind.Columns.FirstOrDefault(column => column.Is(property.Name)) is not { } column)
                    report.Add(new BadLine(place, property.Name, Unknown(kind)));
                else if (Values(property.Value) is not { } values)
                    report.Add(new BadLine(place, column.ToString(), "应为文字、数、是否或它们的列表"));
                else if (values.Count > 0)
                    cells[column] = values;
            }

            if (record.ValueKind != JsonValueKind.Object)
                report.Add(new BadLine(place, "", "应为对象 {…}"));
            lines.Add(new Line(place, cells, report));
        }

        return lines;
    }

    private static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, Strict);
        }
        catch (JsonException broken)
        {
            throw new UnreadableFileException($"第{((broken.LineNumber ?? 0) + 1).ToString(CultureInfo.InvariantCulture)}行不是有效的JSON，请检查括号、引号和逗号。");
        }
    }

    /// <summary>Null for what is no value of a cell.</summary>
    private static IReadOnlyList<string>? Values(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return [];
            case JsonValueKind.String:
                return element.GetString()!.Trim() is { Length: > 0 } text ? [text] : [];
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return [element.GetRawText()];
            case JsonValueKind.Array:
                var parts = element.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.Array ? null : Values(part)).ToList();
                return parts.Contains(null) ? null : [.. parts.SelectMany(part => part!)];
            default:
                return null;
        }
    }

    private static Column?[] Columns(IReadOnlyList<string> headings, Kind kind, List<BadLine> report)
    {
        var columns = new Column?[headings.Count];
        for (var at = 0; at < headings.Count; at++)
        {
            columns[at] = kind.Columns.FirstOrDefault(column => column.Is(headings[at]));
            if (columns[at] is null && headings[at].Length > 0)
                report.Add(new BadLine(Row(1), headings[at], Unknown(kind)));
            else if (columns[at] is { } column && columns.AsSpan(0, at).Contains(column))
                report.Add(new BadLine(Row(1), headings[at], "这一列出现了两次"));
        }

        return columns;
    }

    private static string Unknown(Kind kind) => $"不认识的列，{kind.Title}可以有：{string.Join('、', kind.Columns.Select(column => column.Heading))}";

    private static string Row(long number) => $"第{number.ToString(CultureInfo.InvariantCulture)}行";

    private static string Why(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "引号没有成对，从这里到文件末尾都读不出来",
        CsvMalformedReason.TextAfterClosingQuote => "引号后面还有文字，请检查引号",
        _ => "格式不对，请检查引号和逗号",
    };
}
