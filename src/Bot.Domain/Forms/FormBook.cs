using System.Text.RegularExpressions;
using Bot.Domain.Commands;
using Bot.Domain.Manifests;
using Bot.Domain.Rules;

namespace Bot.Domain.Forms;

/// <summary>
/// The forms of <c>manifests/forms</c>. A form may take in the points of conduct that the rule pack lists (<c>"points"</c>, S34): each becomes a question,
/// and while the pack lists none the form has none of them.
/// </summary>
public sealed partial class FormBook
{
    /// <summary>C29: what a legal observer looks at.</summary>
    public const string Observation = "observation";

    /// <summary>What the head of a unit answers for it each quarter (S42, D23).</summary>
    public const string SelfCheck = "leader-self-check";

    /// <summary>What an association hears from its members (W36).</summary>
    public const string TradeProblems = "trade-problems";

    private const int MostQuestions = 30;
    private const int HighestVersion = 999;

    private static readonly string[] Needed = [Observation, SelfCheck, TradeProblems];

    private static readonly Dictionary<string, QuestionKind> Kinds = new()
    {
        ["seen"] = QuestionKind.Seen,
        ["yesNo"] = QuestionKind.YesNo,
        ["choice"] = QuestionKind.Choice,
        ["score"] = QuestionKind.Score,
        ["number"] = QuestionKind.Number,
        ["text"] = QuestionKind.Text,
    };

    private static readonly Dictionary<string, ActorRole> Audiences = new()
    {
        ["企业"] = ActorRole.EnterpriseUser,
        ["法治观察员"] = ActorRole.LegalObserver,
        ["单位负责人"] = ActorRole.UnitLeader,
    };

    private readonly Dictionary<string, Form> byId;

    private FormBook(IEnumerable<Form> forms) => byId = forms.DistinctBy(form => form.Id).ToDictionary(form => form.Id, StringComparer.Ordinal);

    /// <summary>Those that enterprises can be asked to fill in (S09).</summary>
    public IReadOnlyList<Form> Questionnaires => [.. byId.Values.Where(form => form.For == ActorRole.EnterpriseUser).OrderBy(form => form.Id, StringComparer.Ordinal)];

    /// <exception cref="ManifestException">A form is wrong.</exception>
    public static FormBook Load(string folder, RulePack rules)
    {
        var (forms, problems) = ReadAll(folder, rules.Points);
        return problems.Count == 0 ? new FormBook(forms) : throw new ManifestException(problems);
    }

    public static IReadOnlyList<ManifestProblem> Check(string folder) => ReadAll(folder, _ => []).Problems;

    public Form? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>One of the forms that the service itself needs.</summary>
    public Form Get(string id) => byId[id];

    private static (List<Form> Forms, List<ManifestProblem> Problems) ReadAll(string folder, Func<string, IReadOnlyList<string>> points)
    {
        var (forms, problems) = (new List<Form>(), new List<ManifestProblem>());
        var paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            try
            {
                var file = ManifestFile.Open(path, $"forms/{Path.GetFileName(path)}");
                forms.Add(Read(file.Root, points));
                problems.AddRange(file.Problems);
            }
            catch (ManifestException unreadable)
            {
                problems.AddRange(unreadable.Problems);
            }
        }

        problems.AddRange(forms.GroupBy(form => form.Id, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => new ManifestProblem("forms", same.Key, "这个编号出现了不止一次")));
        problems.AddRange(Needed.Where(id => problems.Count == 0 && forms.TrueForAll(form => form.Id != id)).Select(id => new ManifestProblem("forms", id, "缺少这份表")));
        return (forms, problems);
    }

    private static Form Read(ManifestNode root, Func<string, IReadOnlyList<string>> points)
    {
        root.AllowOnly("id", "version", "title", "intro", "for", "sample", "questions");
        var (id, title, audience) = (root.Text("id"), root.Text("title"), root.Text("for"));
        if (!Identifier().IsMatch(id))
            root.Report("“id”只用小写英文字母、数字和短横线");
        if (root.Child("sample")?.AsFlag() == true && !title.Contains("样例", StringComparison.Ordinal))
            root.Report("样例的“title”里要写明“样例”");
        if (!Audiences.TryGetValue(audience, out var role) && audience.Length > 0)
            root.Report($"“for”应为{string.Join('、', Audiences.Keys)}");
        var questions = new List<FormQuestion>();
        foreach (var item in root.Items("questions"))
        {
            if (item.OptionalText("points") is { } heading)
            {
                item.AllowOnly("points");
                questions.AddRange(points(heading).Select((point, i) => new FormQuestion(FormattableString.Invariant($"{heading}-{i + 1}"), QuestionKind.Seen, $"是否做到：{point}")));
            }
            else
            {
                questions.Add(ReadQuestion(item));
            }
        }

        if (questions.Count is 0 or > MostQuestions)
            root.Report(FormattableString.Invariant($"“questions”要有1到{MostQuestions}题"));
        foreach (var same in questions.GroupBy(question => question.Key, StringComparer.Ordinal).Where(same => same.Count() > 1))
            root.Report($"题目“{same.Key}”出现了不止一次");
        return new Form(id, root.Number("version", 1, HighestVersion), title, root.OptionalText("intro") ?? "", role, questions);
    }

    private static FormQuestion ReadQuestion(ManifestNode item)
    {
        item.AllowOnly("key", "kind", "text", "options", "skippable");
        var kind = item.Text("kind");
        if (!Kinds.TryGetValue(kind, out var read) && kind.Length > 0)
            item.Report($"“kind”应为{string.Join('、', Kinds.Keys)}");
        var options = item.Items("options").Select(option => option.AsText()).ToList();
        if (read == QuestionKind.Choice ? options.Count < 2 || options.Distinct(StringComparer.Ordinal).Count() != options.Count : options.Count > 0)
            item.Report("选择题（choice）要有两个以上不同的“options”，其他题不写");
        return new FormQuestion(item.Text("key"), read, item.Text("text")) { Options = options, Skippable = item.Child("skippable")?.AsFlag() ?? false };
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex Identifier();
}
