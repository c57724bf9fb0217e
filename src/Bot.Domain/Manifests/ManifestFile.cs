using System.Globalization;
using System.Text.Json;

namespace Bot.Domain.Manifests;

/// <summary>
/// Reads one JSON file an operator edits and gathers everything that is wrong in it, so that the operator
/// sees all problems at once instead of one per attempt.
/// </summary>
public sealed class ManifestFile
{
    private const long LargestFile = 1_000_000;

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly List<ManifestProblem> _problems = [];

    public ManifestFile(string name, string json)
    {
        Name = name;
        Root = new ManifestNode(this, "", Parse(json));
    }

    public string Name { get; }

    public ManifestNode Root { get; }

    public IReadOnlyList<ManifestProblem> Problems => _problems;

    /// <param name="path">Where it is.</param>
    /// <param name="name">How an operator knows it, where several folders have a file of that name.</param>
    public static ManifestFile Open(string path, string? name = null)
    {
        name ??= Path.GetFileName(path);
        if (!File.Exists(path)) throw new ManifestException([new(name, "", "没有这个文件")]);
        if (new FileInfo(path).Length > LargestFile) throw new ManifestException([new(name, "", "文件超过1 MB，请检查是否放错了文件")]);
        return new ManifestFile(name, File.ReadAllText(path));
    }

    public void Report(string place, string reason) => _problems.Add(new(Name, place, reason));

    public void ThrowIfBroken()
    {
        if (_problems.Count > 0) throw new ManifestException(_problems);
    }

    private JsonElement Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException broken)
        {
            var place = broken.LineNumber is long line ? $"第{(line + 1).ToString(CultureInfo.InvariantCulture)}行" : "";
            throw new ManifestException([new(Name, place, $"不是有效的JSON：{broken.Message}")]);
        }
    }
}

/// <summary>One place in a manifest file. What cannot be read is reported with its place and replaced by a harmless value.</summary>
public sealed class ManifestNode(ManifestFile file, string place, JsonElement element)
{
    public string Place => place.Length == 0 ? "文件开头" : place;

    public void Report(string reason) => file.Report(Place, reason);

    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        if (!IsObject()) return;
        foreach (var property in element.EnumerateObject())
            if (!names.Contains(property.Name))
                file.Report(Inside(property.Name), $"不认识的名称“{property.Name}”，可以使用：{string.Join('、', names)}");
    }

    public bool Has(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out _);

    public ManifestNode? Child(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var child)
            ? new ManifestNode(file, Inside(name), child)
            : null;

    public IEnumerable<(string Name, ManifestNode Node)> Members()
    {
        if (!IsObject()) yield break;
        foreach (var property in element.EnumerateObject())
            yield return (property.Name, new ManifestNode(file, Inside(property.Name), property.Value));
    }

    public IEnumerable<ManifestNode> Items(string name)
    {
        if (Child(name) is not { } list) yield break;
        foreach (var item in list.Items()) yield return item;
    }

    public string Text(string name)
    {
        if (Child(name) is { } child) return child.AsText();
        file.Report(Place, $"缺少“{name}”");
        return "";
    }

    public string? OptionalText(string name) => Child(name)?.AsText();

    public int Number(string name, int least, int most)
    {
        if (Child(name) is not { } child)
        {
            file.Report(Place, $"缺少“{name}”");
            return least;
        }

        return child.AsNumber(least, most);
    }

    public DateOnly Date(string name)
    {
        if (Child(name) is { } child) return child.AsDate();
        file.Report(Place, $"缺少“{name}”");
        return default;
    }

    public TimeOnly Time(string name)
    {
        if (Child(name) is { } child) return child.AsTime();
        file.Report(Place, $"缺少“{name}”");
        return default;
    }

    public string AsText()
    {
        if (element.ValueKind == JsonValueKind.String && element.GetString() is { } text && !string.IsNullOrWhiteSpace(text)) return text.Trim();
        Report("应为非空的文字");
        return "";
    }

    /// <summary>Text that may be empty, for what the operator has yet to fill in.</summary>
    public string AsAnyText()
    {
        if (element.ValueKind == JsonValueKind.String) return element.GetString()!.Trim();
        Report("应为文字");
        return "";
    }

    public int AsNumber(int least, int most)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) && number >= least && number <= most) return number;
        Report($"应为{least.ToString(CultureInfo.InvariantCulture)}到{most.ToString(CultureInfo.InvariantCulture)}的整数");
        return least;
    }

    public bool AsFlag()
    {
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False) return element.GetBoolean();
        Report("应为 true 或 false");
        return false;
    }

    public DateOnly AsDate()
    {
        if (element.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(element.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Report("应为日期，写法如 2026-02-14");
        return default;
    }

    public TimeOnly AsTime()
    {
        if (element.ValueKind == JsonValueKind.String
            && TimeOnly.TryParseExact(element.GetString(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        Report("应为时刻，写法如 08:30");
        return default;
    }

    public IEnumerable<ManifestNode> Items()
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            Report("应为列表 […]");
            yield break;
        }

        var index = 0;
        foreach (var item in element.EnumerateArray())
            yield return new ManifestNode(file, $"{place}[{(index++).ToString(CultureInfo.InvariantCulture)}]", item);
    }

    private bool IsObject()
    {
        if (element.ValueKind == JsonValueKind.Object) return true;
        Report("应为对象 {…}");
        return false;
    }

    private string Inside(string name) => place.Length == 0 ? name : $"{place}.{name}";
}
