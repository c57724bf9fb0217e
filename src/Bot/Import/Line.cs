using System.Globalization;
using Bot.Domain.Calendar;

namespace Bot.Import;

/// <summary>
/// One line of a file. What cannot be read goes into the report with its column and is replaced by a harmless value, so that one
/// look shows everything that is wrong; nothing of a file with a report is kept.
/// </summary>
internal sealed class Line(string place, IReadOnlyDictionary<Column, IReadOnlyList<string>> cells, List<BadLine> report)
{
    private const int Longest = 500;

    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];
    private static readonly string[] Instants = ["yyyy-MM-dd HH:mm", "yyyy-M-d H:mm", "yyyy/M/d H:mm", "yyyy-MM-dd HH:mm:ss", "yyyy/M/d H:mm:ss"];

    public string Place => place;

    public void Report(Column column, string reason) => report.Add(new BadLine(place, column.ToString(), reason));

    public bool Has(Column column) => cells.TryGetValue(column, out var values) && values.Count > 0;

    public string Text(Column column)
    {
        if (OptionalText(column) is { } text)
            return text;
        Report(column, "不能为空");
        return "";
    }

    public string? OptionalText(Column column)
    {
        if (!Has(column))
            return null;
        if (cells[column].Count > 1)
            Report(column, "只能有一个值");
        return Sound(column, cells[column][0]);
    }

    /// <summary>Several values: a list in JSON; in a table separated by ；, ;, | or line breaks.</summary>
    public IReadOnlyList<string> List(Column column) =>
        !Has(column) ? [] : [.. cells[column].Select(value => Sound(column, value)).OfType<string>().Where(value => value.Length > 0)];

    public DateOnly Date(Column column)
    {
        if (Has(column))
            return OptionalDate(column) ?? default;
        Report(column, "不能为空");
        return default;
    }

    public DateOnly? OptionalDate(Column column)
    {
        if (OptionalText(column) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 2000 and < 2100)
            return date;
        Report(column, $"“{text}”不是日期，写法如 2026-11-22");
        return null;
    }

    /// <summary>A time of China, given back in UTC.</summary>
    public DateTime? OptionalInstant(Column column)
    {
        if (OptionalText(column) is not { } text)
            return null;
        if (DateTime.TryParseExact(text, Instants, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
            return ChinaClock.ToUtc(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at));
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var withOffset))
            return withOffset.UtcDateTime;
        Report(column, $"“{text}”不是时间，写法如 2026-11-22 09:30");
        return null;
    }

    public int? OptionalNumber(Column column)
    {
        if (OptionalText(column) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        Report(column, $"“{text}”不是整数");
        return null;
    }

    public bool Flag(Column column)
    {
        switch (OptionalText(column)?.ToUpperInvariant())
        {
            case null or "否" or "FALSE" or "0" or "N" or "NO":
                return false;
            case "是" or "TRUE" or "1" or "Y" or "YES":
                return true;
            case var text:
                Report(column, $"“{text}”应为“是”或“否”");
                return false;
        }
    }

    public T OneOf<T>(Column column, params ReadOnlySpan<(string Word, T Value)> choices)
        where T : struct
    {
        var text = Text(column);
        foreach (var (word, value) in choices)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        if (text.Length > 0)
            Report(column, $"不认识“{text}”，可以写：{string.Join('、', choices.ToArray().Select(choice => choice.Word))}");
        return default;
    }

    /// <summary>The id of something the registry must know already.</summary>
    public string Reference(Column column, IReadOnlySet<string> known) => Known(column, Text(column), known);

    public string? OptionalReference(Column column, IReadOnlySet<string> known) => OptionalText(column) is { } id ? Known(column, id, known) : null;

    public List<string> References(Column column, IReadOnlySet<string> known) => [.. List(column).Select(id => Known(column, id, known))];

    private string Known(Column column, string id, IReadOnlySet<string> known)
    {
        if (id.Length > 0 && !known.Contains(id))
            Report(column, $"没有编号“{id}”，请先导入它");
        return id;
    }

    private string Sound(Column column, string value)
    {
        if (value.Length > Longest)
            Report(column, $"太长，最多{Longest.ToString(CultureInfo.InvariantCulture)}个字");
        if (value.Any(char.IsControl))
            Report(column, "含有看不见的控制字符，请删掉");
        return value;
    }
}
