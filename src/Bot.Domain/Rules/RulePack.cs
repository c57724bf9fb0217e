using Bot.Domain.Calendar;
using Bot.Domain.Manifests;

namespace Bot.Domain.Rules;

/// <summary>
/// 规则包: one district's numbers, each with the clause it comes from. What the district's own paper leaves open comes from the
/// packs it builds on, in their order, and last from the defaults, which say that they are defaults.
/// </summary>
public sealed class RulePack
{
    private readonly Dictionary<string, IReadOnlyList<ReminderStep>> _reminders;
    private readonly Dictionary<string, string> _series;
    private readonly Dictionary<string, bool> _switches;
    private readonly Dictionary<string, IReadOnlyList<string>> _triggers;
    private readonly Dictionary<string, IReadOnlyList<string>> _points;
    private readonly string _seriesPrefix;

    internal RulePack(IReadOnlyList<RulePackFile> files)
    {
        var own = files[0];
        (Id, DistrictName, Invented) = (own.Id, own.District, own.Invented);
        Documents = [.. files.Select(file => file.Document).OfType<PolicyDocument>()];
        Limits = Merge(files, file => file.Limits);
        Figures = Merge(files, file => file.Figures);
        Dates = Merge(files, file => file.Dates);
        Clauses = Merge(files, file => file.Clauses);
        QuietDays = First(files, file => file.QuietDays);
        SupervisionOffice = First(files, file => file.SupervisionOffice)!;
        OfficeHours = First(files, file => file.OfficeHours)!;
        NightRest = First(files, file => file.NightRest)!;
        MorningDigest = First(files, file => file.MorningDigest)!;
        Conversation = First(files, file => file.Conversation)!;
        _seriesPrefix = own.SeriesPrefix ?? "";
        _series = Merge(files, file => file.Series);
        _switches = Merge(files, file => file.Switches);
        _triggers = Merge(files, file => file.Triggers);
        _points = Merge(files, file => file.Points);
        _reminders = Merge(files, file => file.Reminders);
    }

    public string Id { get; }

    /// <summary>The district as people call it: 姜堰区.</summary>
    public string DistrictName { get; }

    /// <summary>A district that does not exist, for demonstration.</summary>
    public bool Invented { get; }

    /// <summary>The papers behind the numbers, the district's own first.</summary>
    public IReadOnlyList<PolicyDocument> Documents { get; }

    public IReadOnlyDictionary<string, Limit> Limits { get; }
    public IReadOnlyDictionary<string, Figure> Figures { get; }
    public IReadOnlyDictionary<string, YearlyDate> Dates { get; }

    /// <summary>What a clue of supervision cites.</summary>
    public IReadOnlyDictionary<string, Clause> Clauses { get; }

    /// <summary>Null where no paper of the district, or of one it builds on, knows quiet days.</summary>
    public QuietDays? QuietDays { get; }
    public SupervisionOffice SupervisionOffice { get; }
    public OfficeHours OfficeHours { get; }
    public NightRest NightRest { get; }
    public MorningDigest MorningDigest { get; }
    public ConversationTimes Conversation { get; }

    public Limit GuidanceReply => Limits["guidanceReply"];
    public Limit GuidanceFollowUpReply => Limits["guidanceFollowUpReply"];
    public Limit HelpReply => Limits["helpReply"];
    public Limit MergeSameUnit => Limits["mergeSameUnit"];
    public Limit MergeAcrossUnits => Limits["mergeAcrossUnits"];
    public Limit MergeWindow => Limits["mergeWindow"];
    public Limit MergeHintsSeen => Limits["mergeHintsSeen"];
    public Limit RegisterBefore => Limits["registerBefore"];
    public Limit PreviewAtLatestBefore => Limits["previewAtLatestBefore"];
    public Limit UrgentApproval => Limits["urgentApproval"];
    public Limit ResultEntry => Limits["resultEntry"];
    public Limit AdviceAfterProblems => Limits["adviceAfterProblems"];
    public Limit Publication => Limits["publication"];
    public Limit ComplaintContact => Limits["complaintContact"];
    public Limit ComplaintReply => Limits["complaintReply"];
    public Limit ComplaintReplyDifficult => Limits["complaintReplyDifficult"];
    public Limit ComplaintReview => Limits["complaintReview"];
    public Limit ComplaintTrendWindow => Limits["complaintTrendWindow"];
    public Limit UnlicensedResult => Limits["unlicensedResult"];
    public Limit AppealBasis => Limits["appealBasis"];
    public Limit AppealReply => Limits["appealReply"];
    public Limit SituationAnswer => Limits["situationAnswer"];
    public Limit WarningAnswer => Limits["warningAnswer"];
    public Limit SuggestionLetter => Limits["suggestionLetter"];
    public Limit SuggestionObjection => Limits["suggestionObjection"];
    public Limit Rectification => Limits["rectification"];
    public Limit FollowUpCheck => Limits["followUpCheck"];
    public Limit GuidingOpinion => Limits["guidingOpinion"];
    public Limit LetterReceipt => Limits["letterReceipt"];
    public Limit ObservationEndNotice => Limits["observationEndNotice"];
    public Limit RatingChangeable => Limits["ratingChangeable"];
    public Limit BindingConfirmation => Limits["bindingConfirmation"];
    public Limit BindingCodeValid => Limits["bindingCodeValid"];
    public Limit LookupCodeKept => Limits["lookupCodeKept"];
    public Limit CertificateExpiryNotice => Limits["certificateExpiryNotice"];
    public Limit EntrustmentExpiryNotice => Limits["entrustmentExpiryNotice"];
    public Limit DirectoryFresh => Limits["directoryFresh"];
    public Limit PlanFiling => Limits["planFiling"];
    public Limit QuestionnaireOpen => Limits["questionnaireOpen"];
    public Limit FigureObjection => Limits["figureObjection"];
    public Limit Explanation => Limits["explanation"];

    public Figure SpotCheckPercent => Figures["spotCheckPercent"];
    public Figure JointSharePercent => Figures["jointSharePercent"];
    public Figure RatingsShownFrom => Figures["ratingsShownFrom"];
    public Figure InspectorsAtLeast => Figures["inspectorsAtLeast"];
    public Figure HighFrequencyVisits => Figures["highFrequencyVisits"];
    public Figure ComplaintTrend => Figures["complaintTrend"];
    public Figure WarningsBeforeSuggestion => Figures["warningsBeforeSuggestion"];
    public Figure WidespreadProblemUnits => Figures["widespreadProblemUnits"];
    public Figure WarningExtensions => Figures["warningExtensions"];
    public Figure GuidanceFollowUps => Figures["guidanceFollowUps"];
    public Figure ComplaintExtensions => Figures["complaintExtensions"];
    public Figure ComplaintReviews => Figures["complaintReviews"];
    public Figure SmallEnterpriseBelow => Figures["smallEnterpriseBelow"];
    public Figure AnomalyRepeatHours => Figures["anomalyRepeatHours"];
    public Figure ReminderPauseHours => Figures["reminderPauseHours"];
    public Figure BindingCodesPerDay => Figures["bindingCodesPerDay"];
    public Figure BindingCodesPerDayOfBureau => Figures["bindingCodesPerDayOfBureau"];
    public Figure BindingLockHours => Figures["bindingLockHours"];
    public Figure ObservationTasksPerMonth => Figures["observationTasksPerMonth"];
    public Figure ExportHours => Figures["exportHours"];
    public Figure DrawHighRisk => Figures["drawHighRisk"];
    public Figure DrawPerComplaint => Figures["drawPerComplaint"];
    public Figure DrawAgain => Figures["drawAgain"];
    public Figure DrawHeaviest => Figures["drawHeaviest"];
    public Figure PenaltyRisePercent => Figures["penaltyRisePercent"];

    public YearlyDate AnnualPlanBy => Dates["annualPlanBy"];
    public YearlyDate PlanPublishedBy => Dates["planPublishedBy"];

    /// <summary>J15 leaves open whether an enterprise may ask for an inspection on quiet days; then with its own text and the leader's consent.</summary>
    public bool EnterpriseRequestOnQuietDays => _switches["enterpriseRequestOnQuietDays"];

    /// <summary>Reads a pack with everything it builds on; throws <see cref="ManifestException"/> naming file and place of every mistake.</summary>
    public static RulePack Load(string folder, string id) => RulePackFiles.Load(folder, id);

    /// <summary>How often one unit may visit an enterprise of this credit level in a year (J21, S33). An enterprise without a known level counts as average.</summary>
    public Figure VisitCap(string? creditLevel) => Figures.GetValueOrDefault($"visitCap{creditLevel}") ?? Figures["visitCapB"];

    /// <summary>How heavy an enterprise of this credit level lies in a draw (D12, W07); 100 is average, which an unknown level counts as.</summary>
    public Figure DrawWeight(string? creditLevel) => Figures.GetValueOrDefault($"drawWeight{creditLevel}") ?? Figures["drawWeightB"];

    /// <summary>The head of a document number, for example 云监投 for complaint in 云监投〔2026〕42号.</summary>
    public string Series(string kind) => _series.TryGetValue(kind, out var name)
        ? _seriesPrefix + name
        : throw new ArgumentException($"No document series is named {kind}.", nameof(kind));

    /// <summary>What may set off an inspection in a field where triggered inspections have a fixed list of conditions; empty where they have none (S36).</summary>
    public IReadOnlyList<string> Triggers(string field) => _triggers.GetValueOrDefault(field) ?? [];

    /// <summary>五个严禁, 八个不得: what inspectors are bound to, under these headings (S34).</summary>
    public IEnumerable<string> PointHeadings => _points.Keys;

    /// <summary>The points under a heading; empty while the bureau has not entered them from the official text, since the program invents none.</summary>
    public IReadOnlyList<string> Points(string heading) => _points.GetValueOrDefault(heading) ?? [];

    /// <summary>Who is told when about a deadline of this kind; kinds without a plan of their own share the default plan.</summary>
    public IReadOnlyList<ReminderStep> Reminders(string deadlineKind) => _reminders.GetValueOrDefault(deadlineKind) ?? _reminders["default"];

    /// <summary>What neither the pack nor a base nor the defaults give.</summary>
    internal static IEnumerable<ManifestProblem> Missing(IReadOnlyList<RulePackFile> files)
    {
        var place = $"{RulePackFile.DefaultsId}.json";
        foreach (var name in RuleNames.Limits.Keys.Where(name => !files.Any(file => file.Limits.ContainsKey(name)))) yield return new(place, $"limits.{name}", "缺少这个数");
        foreach (var name in RuleNames.Figures.Keys.Where(name => !files.Any(file => file.Figures.ContainsKey(name)))) yield return new(place, $"figures.{name}", "缺少这个数");
        foreach (var name in RuleNames.Dates.Keys.Where(name => !files.Any(file => file.Dates.ContainsKey(name)))) yield return new(place, $"dates.{name}", "缺少这个日期");
        foreach (var name in RuleNames.Clauses.Keys.Where(name => !files.Any(file => file.Clauses.ContainsKey(name)))) yield return new(place, $"clauses.{name}", "缺少依据");
        foreach (var name in RuleNames.Series.Where(name => !files.Any(file => file.Series.ContainsKey(name)))) yield return new(place, $"series.{name}", "缺少这个文号字头");
        foreach (var name in RuleNames.Switches.Where(name => !files.Any(file => file.Switches.ContainsKey(name)))) yield return new(place, $"switches.{name}", "缺少这个开关");
        if (First(files, file => file.SupervisionOffice) is null) yield return new(place, "supervisionOffice", "缺少司法局名称和电话");
        if (First(files, file => file.OfficeHours) is null) yield return new(place, "officeHours", "缺少办公时间");
        if (First(files, file => file.NightRest) is null) yield return new(place, "nightRest", "缺少夜间免打扰时段");
        if (First(files, file => file.MorningDigest) is null) yield return new(place, "morningDigest", "缺少每日提醒时刻");
        if (First(files, file => file.Conversation) is null) yield return new(place, "conversation", "缺少会话保留时间");
        if (!files.Any(file => file.Reminders.ContainsKey("default"))) yield return new(place, "reminders.default", "缺少通用的提醒安排");
    }

    private static T? First<T>(IEnumerable<RulePackFile> files, Func<RulePackFile, T?> part)
        where T : class => files.Select(part).FirstOrDefault(found => found is not null);

    private static Dictionary<string, T> Merge<T>(IEnumerable<RulePackFile> files, Func<RulePackFile, IReadOnlyDictionary<string, T>> part) =>
        files.SelectMany(part).DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Value);
}
