using System.Text.RegularExpressions;
using Bot.Domain.Calendar;
using Bot.Domain.Manifests;

namespace Bot.Domain.Rules;

/// <summary>What one rule pack file says by itself, before anything is taken over from other packs.</summary>
internal sealed partial class RulePackFile
{
    public const string DefaultsId = "defaults";
    private const int LargestAmount = 1000;

    private static readonly Dictionary<string, PeriodUnit> Units = new()
    {
        ["工作日"] = PeriodUnit.WorkingDays,
        ["自然日"] = PeriodUnit.CalendarDays,
        ["个月"] = PeriodUnit.Months,
    };

    private static readonly Dictionary<string, ReminderMoment> Moments = new()
    {
        ["halfway"] = ReminderMoment.Halfway,
        ["workingDaysBefore"] = ReminderMoment.WorkingDaysBefore,
        ["daysBefore"] = ReminderMoment.DaysBefore,
        ["dueDay"] = ReminderMoment.DueDay,
        ["overdue"] = ReminderMoment.Overdue,
    };

    private static readonly Dictionary<string, ReminderTarget> Targets = new()
    {
        ["handler"] = ReminderTarget.Handler,
        ["liaison"] = ReminderTarget.Liaison,
        ["leader"] = ReminderTarget.Leader,
        ["supervisor"] = ReminderTarget.Supervisor,
    };

    private readonly string _documentName;
    private readonly bool _isDefault;

    public RulePackFile(ManifestFile file, string id)
    {
        Id = id;
        _isDefault = id == DefaultsId;
        var root = file.Root;
        root.AllowOnly(
            "district", "invented", "document", "buildsOn", "seriesPrefix", "supervisionOffice", "limits", "figures", "dates", "clauses", "quietDays",
            "switches", "officeHours", "nightRest", "morningDigest", "conversation", "series", "triggers", "points", "reminders");
        District = root.Text("district");
        Invented = root.Child("invented")?.AsFlag() ?? false;
        Document = root.Child("document") is { } document ? ReadDocument(document) : null;
        if (Document is null && !_isDefault) root.Report("缺少“document”：每个规则包须写明依据的文件");
        _documentName = _isDefault ? "默认值" : Document?.Name ?? "";
        BuildsOn = [.. root.Items("buildsOn").Select(item => item.AsText())];
        SeriesPrefix = root.OptionalText("seriesPrefix");
        SupervisionOffice = root.Child("supervisionOffice") is { } office ? ReadOffice(office) : null;
        Limits = ReadNamed(root, "limits", RuleNames.Limits.Keys, ReadLimit);
        Figures = ReadNamed(root, "figures", RuleNames.Figures.Keys, ReadFigure);
        Dates = ReadNamed(root, "dates", RuleNames.Dates.Keys, ReadDate);
        Clauses = ReadNamed(root, "clauses", RuleNames.Clauses.Keys, (name, node) => new Clause(RuleNames.Clauses[name], node.AsText(), _documentName, _isDefault));
        Series = ReadNamed(root, "series", RuleNames.Series, (_, node) => node.AsText());
        Switches = ReadNamed(root, "switches", RuleNames.Switches, (_, node) => node.AsFlag());
        QuietDays = root.Child("quietDays") is { } quiet ? ReadQuietDays(quiet) : null;
        OfficeHours = root.Has("officeHours") ? ReadOfficeHours(root) : null;
        NightRest = root.Child("nightRest") is { } rest ? ReadNightRest(rest) : null;
        MorningDigest = root.Child("morningDigest") is { } digest ? ReadDigest(digest) : null;
        Conversation = root.Child("conversation") is { } conversation ? ReadConversation(conversation) : null;
        Triggers = ReadLists(root, "triggers");
        Points = ReadLists(root, "points");
        Reminders = root.Child("reminders") is { } reminders ? ReadReminders(reminders) : new Dictionary<string, IReadOnlyList<ReminderStep>>();
    }

    public string Id { get; }
    public string District { get; }
    public bool Invented { get; }
    public PolicyDocument? Document { get; }
    public IReadOnlyList<string> BuildsOn { get; }
    public string? SeriesPrefix { get; }
    public SupervisionOffice? SupervisionOffice { get; }
    public IReadOnlyDictionary<string, Limit> Limits { get; }
    public IReadOnlyDictionary<string, Figure> Figures { get; }
    public IReadOnlyDictionary<string, YearlyDate> Dates { get; }
    public IReadOnlyDictionary<string, Clause> Clauses { get; }
    public IReadOnlyDictionary<string, string> Series { get; }
    public IReadOnlyDictionary<string, bool> Switches { get; }
    public QuietDays? QuietDays { get; }
    public OfficeHours? OfficeHours { get; }
    public NightRest? NightRest { get; }
    public MorningDigest? MorningDigest { get; }
    public ConversationTimes? Conversation { get; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Triggers { get; }
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Points { get; }
    public IReadOnlyDictionary<string, IReadOnlyList<ReminderStep>> Reminders { get; }

    [GeneratedRegex("^(default|[a-z]+(\\.[a-zA-Z]+)+)$")]
    private static partial Regex DeadlineKind();

    private static Dictionary<string, T> ReadNamed<T>(ManifestNode root, string section, IEnumerable<string> known, Func<string, ManifestNode, T> read)
    {
        var values = new Dictionary<string, T>();
        if (root.Child(section) is not { } node) return values;
        var names = known.ToArray();
        node.AllowOnly(names);
        foreach (var (name, child) in node.Members())
            if (names.Contains(name)) values[name] = read(name, child);
        return values;
    }

    private static Dictionary<string, IReadOnlyList<string>> ReadLists(ManifestNode root, string section) =>
        root.Child(section)?.Members().ToDictionary(list => list.Name, list => (IReadOnlyList<string>)[.. list.Node.Items().Select(item => item.AsText())]) ?? [];

    private static PolicyDocument ReadDocument(ManifestNode node)
    {
        node.AllowOnly("title", "number", "issuer", "issued", "status");
        return new(node.Text("title"), node.OptionalText("number"), node.Text("issuer"), node.Date("issued"), node.Text("status"));
    }

    private static SupervisionOffice ReadOffice(ManifestNode node)
    {
        node.AllowOnly("name", "phone");
        return new(node.Text("name"), node.Text("phone"));
    }

    private static OfficeHours ReadOfficeHours(ManifestNode root)
    {
        var spans = new List<OfficeSpan>();
        foreach (var node in root.Items("officeHours"))
        {
            node.AllowOnly("from", "to");
            var span = new OfficeSpan(node.Time("from"), node.Time("to"));
            if (span.From >= span.To || (spans.Count > 0 && span.From < spans[^1].To)) node.Report("时段须从早到晚，互不重叠");
            spans.Add(span);
        }

        if (spans.Count == 0) root.Report("“officeHours”至少要有一个时段");
        return new(spans);
    }

    private static NightRest ReadNightRest(ManifestNode node)
    {
        node.AllowOnly("from", "to");
        return new(node.Time("from"), node.Time("to"));
    }

    private static MorningDigest ReadDigest(ManifestNode node)
    {
        node.AllowOnly("at", "on");
        return new(node.Time("at"), node.Child("on")?.AsFlag() ?? true);
    }

    private static ConversationTimes ReadConversation(ManifestNode node)
    {
        node.AllowOnly("continueWithinHours", "keptDays");
        return new(TimeSpan.FromHours(node.Number("continueWithinHours", 1, LargestAmount)), TimeSpan.FromDays(node.Number("keptDays", 1, LargestAmount)));
    }

    private static Dictionary<string, IReadOnlyList<ReminderStep>> ReadReminders(ManifestNode node)
    {
        var plans = new Dictionary<string, IReadOnlyList<ReminderStep>>();
        foreach (var (kind, plan) in node.Members())
        {
            if (!DeadlineKind().IsMatch(kind)) plan.Report("时限种类的写法如 guidance.reply，其余情形写 default");
            plans[kind] = [.. plan.Items().Select(ReadStep)];
        }

        return plans;
    }

    private static ReminderStep ReadStep(ManifestNode node)
    {
        node.AllowOnly("when", "days", "tell", "at");
        var when = OneOf(node, node.Text("when"), Moments);
        var counted = when is ReminderMoment.WorkingDaysBefore or ReminderMoment.DaysBefore or ReminderMoment.Overdue;
        if (!counted && node.Has("days")) node.Report("“days”只用于 workingDaysBefore、daysBefore 和 overdue");
        var tell = node.Items("tell").Select(item => OneOf(item, item.AsText(), Targets)).ToList();
        if (tell.Count == 0) node.Report("“tell”须写明提醒谁");
        return new(when, counted ? node.Number("days", 1, LargestAmount) : 0, tell, node.Time("at"));
    }

    private static T OneOf<T>(ManifestNode node, string text, Dictionary<string, T> known)
        where T : struct
    {
        if (known.TryGetValue(text, out var value)) return value;
        if (text.Length > 0) node.Report($"不认识“{text}”，可以使用：{string.Join('、', known.Keys)}");
        return default;
    }

    private Limit ReadLimit(string name, ManifestNode node)
    {
        node.AllowOnly("amount", "unit", "clause");
        var unit = OneOf(node, node.Text("unit"), Units);
        var (chinese, only) = RuleNames.Limits[name];
        if (only is { } required && unit != required) node.Report($"“{chinese}”只能用{Units.Single(pair => pair.Value == required).Key}");
        return new(chinese, new(node.Number("amount", 1, LargestAmount), unit), node.Text("clause"), _documentName, _isDefault);
    }

    private Figure ReadFigure(string name, ManifestNode node)
    {
        node.AllowOnly("value", "clause");
        var most = name.EndsWith("Percent", StringComparison.Ordinal) ? 100 : LargestAmount;
        return new(RuleNames.Figures[name], node.Number("value", 0, most), node.Text("clause"), _documentName, _isDefault);
    }

    private YearlyDate ReadDate(string name, ManifestNode node)
    {
        node.AllowOnly("beforeMonth", "clause");
        return new(RuleNames.Dates[name], node.Number("beforeMonth", 2, 12), node.Text("clause"), _documentName, _isDefault);
    }

    private QuietDays ReadQuietDays(ManifestNode node)
    {
        const int everyMonthHas = 28;
        node.AllowOnly("from", "to", "clause");
        var quiet = new QuietDays(node.Number("from", 1, everyMonthHas), node.Number("to", 1, everyMonthHas)) { Clause = node.Text("clause"), Document = _documentName };
        if (quiet.From > quiet.To) node.Report("“from”不能晚于“to”");
        if (quiet is { From: 1, To: everyMonthHas }) node.Report("安静日不能占满整月，2月将没有可以检查的日子");
        return quiet;
    }
}
