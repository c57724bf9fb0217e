using System.Text.Json;
using System.Text.RegularExpressions;
using Bot.Domain.Manifests;
using Bot.Domain.Notices;

namespace Bot.CommandLine;

/// <summary>The wording of notices: the fields a text uses and the fields it lists are the same, and no id stands twice.</summary>
public static partial class NoticeWordingCheck
{
    public static IReadOnlyList<ManifestProblem> Check(string path)
    {
        var file = Path.GetFileName(path);
        if (!File.Exists(path))
            return [new(file, "", "没有这个文件")];
        try
        {
            var templates = JsonSerializer.Deserialize<List<NoticeTemplate>>(File.ReadAllText(path), JsonSerializerOptions.Web) ?? [];
            return [.. Repeated(file, templates), .. templates.SelectMany(template => Problems(file, template))];
        }
        catch (JsonException broken)
        {
            return [new(file, $"第{broken.LineNumber + 1}行", $"不是有效的JSON：{broken.Message}")];
        }
    }

    private static IEnumerable<ManifestProblem> Repeated(string file, IEnumerable<NoticeTemplate> templates) =>
        templates.GroupBy(template => template.Id, StringComparer.Ordinal)
            .Where(same => same.Count() > 1)
            .Select(same => new ManifestProblem(file, same.Key, "这个编号出现了不止一次"));

    private static IEnumerable<ManifestProblem> Problems(string file, NoticeTemplate template)
    {
        if (string.IsNullOrWhiteSpace(template.Id) || string.IsNullOrWhiteSpace(template.Text))
        {
            yield return new(file, template.Id ?? "", "缺少编号或文字");
            yield break;
        }

        var used = Field().Matches(template.Text).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var listed = template.Fields ?? [];
        foreach (var field in used.Except(listed))
            yield return new(file, template.Id, $"文字里用了{{{field}}}，fields 里没有列出");
        foreach (var field in listed.Except(used))
            yield return new(file, template.Id, $"fields 列出了{field}，文字里没有用到");
        if (template.Text.Count(c => c is '{' or '}') != 2 * Field().Count(template.Text))
            yield return new(file, template.Id, "有没写完的大括号");
    }

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Field();
}
