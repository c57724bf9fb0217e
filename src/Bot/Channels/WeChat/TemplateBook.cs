using System.Text.Json;
using System.Text.RegularExpressions;
using Bot.Domain.Calendar;
using Bot.Domain.Manifests;
using Bot.Domain.Notices;

namespace Bot.Channels.WeChat;

/// <summary>A template as the operator chose it in the account: its keys, and its id there once it is known.</summary>
internal sealed record MessageTemplate(string Name, string Title, string? Id, IReadOnlyList<string> Keys);

/// <summary>A notice's short form: which template, and what stands in each of its fields.</summary>
internal sealed record ShortForm(MessageTemplate Template, IReadOnlyDictionary<string, string> Values);

/// <summary>
/// The short forms of notices for messages that nobody asked for (<c>manifests/wechat/templates.json</c>). The ids that the account gave its
/// templates stand in the file or in the settings <c>WeChat:Templates:&lt;notice or template&gt;</c>.
/// </summary>
internal sealed partial class TemplateBook
{
    public const string FileName = "wechat/templates.json";
    private const int MostTemplates = 25;
    private const string TodayField = "today";

    /// <summary>Audiences of notices that are reached on the official account; officials are reached where they work.</summary>
    private static readonly string[] Audiences = ["企业", "投诉人", "申请人", "留言人"];

    private readonly Dictionary<string, ShortForm> notices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShortForm> subscriptions = new(StringComparer.Ordinal);

    private TemplateBook()
    {
    }

    /// <summary>What is sent to a follower at any time; null when this notice has no short form or its template no id yet.</summary>
    public ShortForm? Notice(string kind) => notices.GetValueOrDefault(kind) is { Template.Id: not null } form ? form : null;

    /// <summary>What is sent to somebody who accepted it.</summary>
    public ShortForm? Subscription(string kind) => subscriptions.GetValueOrDefault(kind) is { Template.Id: not null } form ? form : null;

    /// <summary>Short forms that cannot be sent because the account's template id is not set.</summary>
    public IReadOnlyList<string> WithoutId => [.. notices.Values.Where(form => form.Template.Id is null).Select(form => form.Template.Title).Distinct()];

    /// <exception cref="ManifestException">The file is wrong.</exception>
    public static TemplateBook Load(string manifests, NoticeWording wording, IConfiguration? ids = null)
    {
        var file = ManifestFile.Open(Path.Combine(manifests, FileName), FileName);
        var book = Read(file, wording, ids);
        file.ThrowIfBroken();
        return book;
    }

    public static IReadOnlyList<ManifestProblem> Check(string manifests)
    {
        try
        {
            var file = ManifestFile.Open(Path.Combine(manifests, FileName), FileName);
            Read(file, NoticeWording.Load(Path.Combine(manifests, "notices.json")), null);
            return file.Problems;
        }
        catch (ManifestException broken)
        {
            return broken.Problems;
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException or ArgumentException)
        {
            // Reported where notices.json itself is checked.
            return [];
        }
    }

    /// <summary>The values of a short form, each made to fit its field.</summary>
    public static IReadOnlyDictionary<string, string> Fill(ShortForm form, string fieldsJson, DateOnly today)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, string>>(fieldsJson) ?? [];
        fields[TodayField] = ChineseDates.Long(today);
        return form.Values.ToDictionary(
            value => value.Key,
            value => TemplateField.Fit(value.Key, Field().Replace(value.Value, match => fields.GetValueOrDefault(match.Groups[1].Value, "")), today),
            StringComparer.Ordinal);
    }

    internal static TemplateBook Read(ManifestFile file, NoticeWording wording, IConfiguration? ids)
    {
        var book = new TemplateBook();
        file.Root.AllowOnly("notice", "templates", "notices", "subscriptions");
        var templates = Templates(file, ids);
        foreach (var (section, forms) in new[] { ("notices", book.notices), ("subscriptions", book.subscriptions) })
        {
            foreach (var (kind, node) in file.Root.Child(section)?.Members() ?? [])
            {
                if (Form(kind, node, templates, wording) is { } form)
                    forms[kind] = form with { Template = form.Template with { Id = SetId(ids, kind) ?? form.Template.Id } };
            }
        }

        foreach (var owed in wording.Templates.Where(notice => Audiences.Any(audience => notice.Audience.StartsWith(audience, StringComparison.Ordinal))))
        {
            if (!book.notices.ContainsKey(owed.Id))
                file.Report("notices", $"缺少{owed.Id}（{owed.Name}）的短格式，公众号用户在48小时以外收不到它");
        }

        return book;
    }

    private static Dictionary<string, MessageTemplate> Templates(ManifestFile file, IConfiguration? ids)
    {
        var templates = new Dictionary<string, MessageTemplate>(StringComparer.Ordinal);
        foreach (var (name, node) in file.Root.Child("templates")?.Members() ?? [])
        {
            node.AllowOnly("title", "id", "keys");
            var keys = node.Items("keys").Select(key => (Node: key, Key: key.AsText())).Where(key => key.Key.Length > 0).ToList();
            foreach (var (key, wrong) in keys.Select(key => (key.Node, TemplateField.WrongKey(key.Key))).Where(key => key.Item2 is not null))
                key.Report(wrong!);
            foreach (var twice in keys.GroupBy(key => key.Key, StringComparer.Ordinal).Where(same => same.Count() > 1))
                node.Report($"字段{twice.Key}写了两次");
            if (keys.Count == 0)
                node.Report("缺少“keys”：模板的字段名");
            var id = node.Has("id") ? node.Child("id")!.AsAnyText() : "";
            if (id.Length > 0 && !IdForm().IsMatch(id))
                node.Report("“id”应为公众平台给的模板ID：字母、数字、-、_");
            templates[name] = new MessageTemplate(name, node.Text("title"), SetId(ids, name) ?? (id.Length > 0 ? id : null), [.. keys.Select(key => key.Key)]);
        }

        if (templates.Count > MostTemplates)
            file.Report("templates", $"账号最多使用{MostTemplates}个模板，这里有{templates.Count}个");
        return templates;
    }

    private static ShortForm? Form(string kind, ManifestNode node, Dictionary<string, MessageTemplate> templates, NoticeWording wording)
    {
        node.AllowOnly("template", "values");
        var notice = wording.Templates.FirstOrDefault(notice => notice.Id == kind);
        if (notice is null)
            node.Report($"notices.json 里没有通知{kind}");
        var name = node.Text("template");
        if (!templates.TryGetValue(name, out var template))
        {
            node.Report($"templates 里没有“{name}”");
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Child("values")?.Members() ?? [])
        {
            values[key] = value.AsText();
            if (!template.Keys.Contains(key, StringComparer.Ordinal))
                value.Report($"模板“{name}”没有字段{key}，有的是：{string.Join('、', template.Keys)}");
            else if (TemplateField.WrongKey(key) is null)
                Check(key, values[key], value, notice);
        }

        foreach (var missing in template.Keys.Where(key => !values.ContainsKey(key)))
            node.Report($"缺少字段{missing}：模板的每个字段都要有值，否则平台拒收");
        return new ShortForm(template, values);
    }

    private static void Check(string key, string text, ManifestNode node, NoticeTemplate? notice)
    {
        var fields = Field().Matches(text).Select(match => match.Groups[1].Value).ToList();
        foreach (var unknown in fields.Where(field => field != TodayField && notice?.Fields.Contains(field, StringComparer.Ordinal) == false))
            node.Report($"通知{notice!.Id}没有字段{{{unknown}}}，有的是：{string.Join('、', notice.Fields)}、{TodayField}");
        if (text.Count(c => c is '{' or '}') != 2 * fields.Count)
            node.Report("有没写完的大括号");
        if (fields.Count == 0 && !TemplateField.Allows(key, text))
            node.Report($"{key}的值应为{TemplateField.Demand(key)}");
        if (fields.Count > 0 && TemplateField.TakesOnlyListed(key))
            node.Report($"{key}只能写模板里列出的值，不能用大括号");
    }

    private static string? SetId(IConfiguration? ids, string name) => ids?[name] is { Length: > 0 } set ? set : null;

    [GeneratedRegex(@"\{([^{}]+)\}")]
    private static partial Regex Field();

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}$")]
    private static partial Regex IdForm();
}
