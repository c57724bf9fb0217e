using Bot.Domain.Rules;

namespace Bot.Domain.Supervision;

/// <summary>How far a case has come on the ladder (S13–S17). It has exactly one of these.</summary>
public enum SupervisionStage
{
    /// <summary>预警已发, the unit is to answer.</summary>
    Warned,

    /// <summary>The unit has answered, the bureau is to look.</summary>
    Answered,

    /// <summary>复看仍未改正: a letter is to be made.</summary>
    LetterDue,

    /// <summary>The letter has its number and is not served yet.</summary>
    LetterIssued,

    /// <summary>已送达, the unit is putting it right.</summary>
    Rectifying,

    /// <summary>The unit says that it is put right, the bureau is to check.</summary>
    Reported,

    /// <summary>复查未整改: the district government is to be asked for a decision.</summary>
    NotCorrected,

    /// <summary>已报请区政府.</summary>
    BeforeGovernment,

    /// <summary>The government's decision is on record.</summary>
    Decided,

    Closed,
}

/// <summary>How a case ended.</summary>
public enum SupervisionOutcome
{
    /// <summary>预警后已整改.</summary>
    CorrectedAfterWarning,

    /// <summary>The unit was right, or the facts were wrong.</summary>
    Withdrawn,

    /// <summary>整改到位.</summary>
    CorrectedAfterLetter,

    /// <summary>The decision was carried out.</summary>
    DecisionCarriedOut,
}

/// <summary>What happened in a case, one row each.</summary>
public enum SupervisionDeed
{
    Warning,
    Fact,
    Answer,
    Disagreement,
    TimeAsked,
    TimeGiven,
    TimeRefused,
    SentBack,
    Withdrawal,
    Uncorrected,
    LetterIssued,
    LetterVoided,
    Served,
    Receipt,
    Objection,
    ObjectionAnswered,
    FollowUpPlanned,
    Rectification,
    FollowUp,
    ReportToGovernment,
    Decision,
    Measure,
    Closing,
}

/// <summary>What a case is about, without a word that leads to a complainant: the unit reads it (S13).</summary>
/// <param name="UnitId">Whose conduct.</param>
/// <param name="Problem">In a few words: 多次未扫码入企.</param>
/// <param name="Rule">The rule that was not kept, with its clause.</param>
/// <param name="Facts">What was seen, one line each.</param>
public sealed record SupervisionFacts(string UnitId, string Problem, string Rule, IReadOnlyList<string> Facts)
{
    /// <summary>Tasks, plans, complaints … that the facts come from.</summary>
    public IReadOnlyList<string> EvidenceIds { get; init; } = [];

    /// <summary>The clues that were taken up with it.</summary>
    public IReadOnlyList<string> ClueIds { get; init; } = [];
}

/// <summary>What a letter will say: the facts, the rule and what is asked for.</summary>
public sealed record LetterText(IReadOnlyList<string> Facts, string Rule, string Advice);

/// <summary>
/// One matter of one unit on the ladder 预警 → 建议书 → 整改 → 复查 → 报请决定 (S13–S17). Each step is a method; what the stage does not allow is refused with
/// the step that is missing. The program proposes and counts; a supervisor decides, and the decision of the last step is the district government's alone.
/// </summary>
public sealed class SupervisionCase
{
    public static readonly Rule FactsNeeded = new("请写明单位、问题、依据和至少一条事实。", "S13");
    public static readonly Rule AwaitsAnswer = new("这件预警现在不用单位说明：已经说明过，或者已经进入下一步。", "S13");
    public static readonly Rule BeforeTheLetter = new("现在不能这样补充说明：还在预警阶段的请直接回复预警，已经送达文书的请提交整改或者提出异议。", "S14");
    public static readonly Rule AnswerInWords = new("请写明情况和改正措施，一两句话就可以。", "S13");
    public static readonly Rule MoreTimeOnce = new("这件预警已经延期过，不能再延；来不及的，请先说明已经做了什么。", "S13");
    public static readonly Rule MoreTimeAsked = new("单位没有申请延期，或者已经答复过。", "S13");
    public static readonly Rule ReasonGiven = new("请写明理由，会告诉对方。", "S13");
    public static readonly Rule StillWarning = new("这件预警已经办结，或者建议书已经签发，不能再这样办。", "S13");
    public static readonly Rule AnsweredFirst = new("单位还没有说明，先等单位说明；核实已经改正的，请写明怎么核实的。", "S13");
    public static readonly Rule HeardFirst = new("还没有到单位说明的期限，单位也还没有说明，请先等一等。", "S14");
    public static readonly Rule FindingInWords = new("请写明核实或复看的情况。", "S14");
    public static readonly Rule LetterIsDue = new("现在不用制作文书：请先认定警而未改，再起草建议书。", "S14");
    public static readonly Rule LetterWritten = new("请先起草：事实、依据和建议三项都不能空。", "S14");
    public static readonly Rule LetterNotServed = new("没有已经签发、还没送达的文书。请先签发。", "S14");
    public static readonly Rule ServedNotBefore = new("送达日期不能早于签发日期，也不能晚于今天。", "S15");
    public static readonly Rule BeingRectified = new("现在不在整改期：文书还没有送达，或者已经复查。", "S15");
    public static readonly Rule ObjectedInTime = new("提出异议的时间已经过了；情况有变化的，请在整改情况里写明。", "S15");
    public static readonly Rule ObjectedOnce = new("已经提出过异议，司法局会书面答复。", "S15");
    public static readonly Rule ObjectionOpen = new("没有待答复的异议。", "S15");
    public static readonly Rule FollowUpAfterTerm = new("整改期还没有届满，单位也没有报告整改。期满后再复查，或者等单位申请提前复查。", "S16");
    public static readonly Rule FollowedUpFirst = new("要先跟踪复查并认定未整改，才能报请区政府。", "S17");
    public static readonly Rule ReportedFirst = new("要先报请区政府，才能登记区政府的决定书。", "S17");
    public static readonly Rule DecisionOnPaper = new("决定书由区政府制发，这里只登记：请写文号、制发日期和送达日期，例如“云政监决〔2026〕1号 11月2日制发 11月4日送达”。", "S17");
    public static readonly Rule DecidedFirst = new("这些措施在区政府作出决定以后才登记。", "S22");
    public static readonly Rule StillOpen = new("这件事已经办结。", "S17");

    private SupervisionCase()
    {
    }

    private SupervisionCase(string id, string number, PaperKind letter, SupervisionFacts facts, SupervisionStage stage, string byPersonId, DateOnly today)
    {
        FactsNeeded.Require(new[] { facts.UnitId, facts.Problem, facts.Rule }.All(part => !string.IsNullOrWhiteSpace(part)) && facts.Facts.Any(fact => !string.IsNullOrWhiteSpace(fact)));
        (Id, Number, Letter, Stage, OpenedOn, OpenedById) = (id, number, letter, stage, today, byPersonId);
        (UnitId, Problem, Rule) = (facts.UnitId, facts.Problem.Trim(), facts.Rule.Trim());
        Facts = [.. facts.Facts.Where(fact => !string.IsNullOrWhiteSpace(fact)).Select(fact => fact.Trim())];
        (EvidenceIds, ClueIds) = ([.. facts.EvidenceIds], [.. facts.ClueIds]);
    }

    /// <summary>SV26-12.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The number of the paper that began it: 云司监警〔2026〕12号.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Which letter this case leads to: a suggestion, or an order to correct that needs no warning (S29).</summary>
    public PaperKind Letter { get; private set; }
    public string UnitId { get; private set; } = "";
    public string Problem { get; private set; } = "";
    public string Rule { get; private set; } = "";
    public List<string> Facts { get; private set; } = [];
    public List<string> EvidenceIds { get; private set; } = [];
    public List<string> ClueIds { get; private set; } = [];
    public DateOnly OpenedOn { get; private set; }
    public string OpenedById { get; private set; } = "";
    public SupervisionStage Stage { get; private set; }
    public SupervisionOutcome? Outcome { get; private set; }

    /// <summary>How often the unit was asked to answer; each time has a limit of its own.</summary>
    public int AnswerRounds { get; private set; }
    public int TimesExtended { get; private set; }
    public bool MoreTimeOpen { get; private set; }
    public bool Disagrees { get; private set; }
    public DateOnly? FoundUncorrectedOn { get; private set; }

    /// <summary>How many letters were begun: a voided one is followed by another.</summary>
    public int Letters { get; private set; }
    public List<string> DraftFacts { get; private set; } = [];
    public string DraftRule { get; private set; } = "";
    public string DraftAdvice { get; private set; } = "";
    public string? LetterNumber { get; private set; }
    public DateOnly? LetterIssuedOn { get; private set; }
    public DateOnly? ServedOn { get; private set; }
    public DateOnly? ObjectedOn { get; private set; }
    public bool ObjectionAnswered { get; private set; }
    public string FollowUpMeans { get; private set; } = "";
    public List<string> FollowUpList { get; private set; } = [];
    public DateOnly? RectifiedOn { get; private set; }
    public DateOnly? FollowedUpOn { get; private set; }
    public DateOnly? ReportedOn { get; private set; }
    public string? DecisionNumber { get; private set; }
    public DateOnly? DecisionIssuedOn { get; private set; }
    public DateOnly? DecisionServedOn { get; private set; }
    public DateOnly? ClosedOn { get; private set; }

    /// <summary>All that happened, in its order.</summary>
    public List<SupervisionStep> Steps { get; private set; } = [];
    public int StepCount { get; private set; }

    public bool IsOpen => Stage != SupervisionStage.Closed;

    /// <summary>Before any letter: the unit may still put it right with a word.</summary>
    public bool IsWarning => Stage is SupervisionStage.Warned or SupervisionStage.Answered;

    /// <summary>A warning whose letter is not issued yet: what was found may still prove mended or wrong (S13, S14).</summary>
    public bool MayEndAsWarning => IsWarning || (Stage == SupervisionStage.LetterDue && Letter == PaperKind.Suggestion);

    /// <summary>预警 (S13).</summary>
    public static SupervisionCase Warn(string id, string number, SupervisionFacts facts, string means, string byPersonId, DateOnly today)
    {
        var warned = new SupervisionCase(id, number, PaperKind.Suggestion, facts, SupervisionStage.Warned, byPersonId, today) { AnswerRounds = 1 };
        warned.Note(SupervisionDeed.Warning, byPersonId, today, means);
        return warned;
    }

    /// <summary>责令改正: an inspection that does not follow the city's standard is ordered to be put right, without a warning before (S29).</summary>
    public static SupervisionCase Order(string id, string number, SupervisionFacts facts, string byPersonId, DateOnly today)
    {
        var order = new SupervisionCase(id, number, PaperKind.Correction, facts, SupervisionStage.LetterDue, byPersonId, today) { FoundUncorrectedOn = today };
        order.Note(SupervisionDeed.Uncorrected, byPersonId, today, facts.Problem);
        return order;
    }

    /// <summary>Something more was seen of the same matter.</summary>
    public void AddFact(string fact, IEnumerable<string> evidenceIds, string byPersonId, DateOnly today)
    {
        StillOpen.Require(IsOpen);
        FindingInWords.Require(!string.IsNullOrWhiteSpace(fact));
        Facts.Add(fact.Trim());
        EvidenceIds = [.. EvidenceIds.Concat(evidenceIds).Distinct(StringComparer.Ordinal)];
        Note(SupervisionDeed.Fact, byPersonId, today, fact);
    }

    public void Answer(string text, IEnumerable<string> fileIds, bool disagrees, string byPersonId, DateOnly today)
    {
        AwaitsAnswer.Require(Stage == SupervisionStage.Warned);
        AnswerInWords.Require(!string.IsNullOrWhiteSpace(text));
        (Stage, Disagrees, MoreTimeOpen) = (SupervisionStage.Answered, disagrees, false);
        Note(disagrees ? SupervisionDeed.Disagreement : SupervisionDeed.Answer, byPersonId, today, text, fileIds);
    }

    /// <summary>The unit's word after the finding; until the letter is served it may still change what the bureau does (S14).</summary>
    public void SayMore(string text, IEnumerable<string> fileIds, string byPersonId, DateOnly today)
    {
        BeforeTheLetter.Require(Letter == PaperKind.Suggestion && Stage is SupervisionStage.LetterDue or SupervisionStage.LetterIssued);
        AnswerInWords.Require(!string.IsNullOrWhiteSpace(text));
        Note(SupervisionDeed.Answer, byPersonId, today, text, fileIds);
    }

    public void AskMoreTime(string reason, int allowed, string byPersonId, DateOnly today)
    {
        AwaitsAnswer.Require(Stage == SupervisionStage.Warned);
        ReasonGiven.Require(!string.IsNullOrWhiteSpace(reason));
        MoreTimeOnce.Require(TimesExtended < allowed && !MoreTimeOpen);
        MoreTimeOpen = true;
        Note(SupervisionDeed.TimeAsked, byPersonId, today, reason);
    }

    public void DecideMoreTime(bool given, string reason, string byPersonId, DateOnly today)
    {
        MoreTimeAsked.Require(MoreTimeOpen && Stage == SupervisionStage.Warned);
        ReasonGiven.Require(given || !string.IsNullOrWhiteSpace(reason));
        (MoreTimeOpen, TimesExtended) = (false, TimesExtended + (given ? 1 : 0));
        Note(given ? SupervisionDeed.TimeGiven : SupervisionDeed.TimeRefused, byPersonId, today, reason);
    }

    /// <summary>退回补充: the answer does not say enough.</summary>
    public void SendBack(string what, string byPersonId, DateOnly today)
    {
        AnsweredFirst.Require(Stage == SupervisionStage.Answered, "单位还没有说明，没有可以退回的内容。");
        ReasonGiven.Require(!string.IsNullOrWhiteSpace(what));
        (Stage, Disagrees, AnswerRounds) = (SupervisionStage.Warned, false, AnswerRounds + 1);
        Note(SupervisionDeed.SentBack, byPersonId, today, what);
    }

    /// <summary>预警后已整改: the warning has done what it is for (S13).</summary>
    public void CloseCorrected(string finding, string byPersonId, DateOnly today)
    {
        StillWarning.Require(MayEndAsWarning);
        FindingInWords.Require(!string.IsNullOrWhiteSpace(finding));
        End(SupervisionOutcome.CorrectedAfterWarning, finding, byPersonId, today);
    }

    /// <summary>The unit was right: the warning is taken back.</summary>
    public void Withdraw(string reason, string byPersonId, DateOnly today)
    {
        StillWarning.Require(MayEndAsWarning);
        ReasonGiven.Require(!string.IsNullOrWhiteSpace(reason));
        Note(SupervisionDeed.Withdrawal, byPersonId, today, reason);
        End(SupervisionOutcome.Withdrawn, reason, byPersonId, today);
    }

    /// <summary>警而未改: found and warned and not put right (S14). The unit is heard first, unless several warnings of a quarter show that words do not help (S40).</summary>
    public void FindUncorrected(string finding, DateOnly answerDue, bool outstanding, string byPersonId, DateOnly today)
    {
        StillWarning.Require(IsWarning);
        FindingInWords.Require(!string.IsNullOrWhiteSpace(finding));
        HeardFirst.Require(Stage == SupervisionStage.Answered || outstanding || today > answerDue);
        (Stage, FoundUncorrectedOn, MoreTimeOpen) = (SupervisionStage.LetterDue, today, false);
        Note(SupervisionDeed.Uncorrected, byPersonId, today, finding);
    }

    /// <summary>起草: may be written again until it is issued.</summary>
    public void Draft(LetterText text)
    {
        LetterIsDue.Require(Stage == SupervisionStage.LetterDue);
        var facts = text.Facts.Where(fact => !string.IsNullOrWhiteSpace(fact)).ToList();
        LetterWritten.Require(facts.Count > 0 && !string.IsNullOrWhiteSpace(text.Rule) && !string.IsNullOrWhiteSpace(text.Advice));
        (DraftFacts, DraftRule, DraftAdvice) = (facts, text.Rule.Trim(), text.Advice.Trim());
    }

    /// <summary>签发: from now on it has a number, which is never given again.</summary>
    public void Issue(string number, string byPersonId, DateOnly today)
    {
        LetterIsDue.Require(Stage == SupervisionStage.LetterDue);
        LetterWritten.Require(DraftFacts.Count > 0);
        (Stage, LetterNumber, LetterIssuedOn, Letters) = (SupervisionStage.LetterIssued, number, today, Letters + 1);
        Note(SupervisionDeed.LetterIssued, byPersonId, today, number);
    }

    /// <summary>作废: before it is served; the number stays in the book as void.</summary>
    public void Void(string reason, string byPersonId, DateOnly today)
    {
        LetterNotServed.Require(Stage == SupervisionStage.LetterIssued);
        ReasonGiven.Require(!string.IsNullOrWhiteSpace(reason));
        Note(SupervisionDeed.LetterVoided, byPersonId, today, $"{LetterNumber}：{reason}");
        (Stage, LetterNumber, LetterIssuedOn) = (SupervisionStage.LetterDue, null, null);
    }

    /// <summary>送达: the term to put it right counts from this day (S15).</summary>
    public void Serve(DateOnly on, string byPersonId, DateOnly today)
    {
        LetterNotServed.Require(Stage == SupervisionStage.LetterIssued);
        ServedNotBefore.Require(on >= LetterIssuedOn && on <= today);
        (Stage, ServedOn) = (SupervisionStage.Rectifying, on);
        Note(SupervisionDeed.Served, byPersonId, on, LetterNumber!);
    }

    public void Acknowledge(string byPersonId, DateOnly today) => Note(SupervisionDeed.Receipt, byPersonId, today, LetterNumber ?? "");

    public void RaiseObjection(string text, DateOnly lastDay, string byPersonId, DateOnly today)
    {
        BeingRectified.Require(Stage is SupervisionStage.Rectifying or SupervisionStage.Reported);
        ReasonGiven.Require(!string.IsNullOrWhiteSpace(text));
        ObjectedOnce.Require(ObjectedOn is null);
        ObjectedInTime.Require(today <= lastDay);
        ObjectedOn = today;
        Note(SupervisionDeed.Objection, byPersonId, today, text);
    }

    /// <summary>The unit is answered in writing; where it is right, the letter is taken back.</summary>
    public void AnswerObjection(bool upheld, string reason, string byPersonId, DateOnly today)
    {
        ObjectionOpen.Require(ObjectedOn is not null && !ObjectionAnswered && IsOpen);
        ReasonGiven.Require(!string.IsNullOrWhiteSpace(reason));
        ObjectionAnswered = true;
        Note(SupervisionDeed.ObjectionAnswered, byPersonId, today, reason);
        if (upheld)
            End(SupervisionOutcome.Withdrawn, reason, byPersonId, today);
    }

    /// <summary>How the re-check will be made and what the unit is to have ready (S16).</summary>
    public void PlanFollowUp(string means, IReadOnlyList<string> list, string byPersonId, DateOnly today)
    {
        BeingRectified.Require(Stage is SupervisionStage.Rectifying or SupervisionStage.Reported);
        FindingInWords.Require(!string.IsNullOrWhiteSpace(means) && list.Count > 0, "请写明复查方式和要准备的材料。");
        (FollowUpMeans, FollowUpList) = (means, [.. list]);
        Note(SupervisionDeed.FollowUpPlanned, byPersonId, today, $"{means}：{string.Join('、', list)}");
    }

    public void Rectify(string text, IEnumerable<string> fileIds, string byPersonId, DateOnly today)
    {
        BeingRectified.Require(Stage is SupervisionStage.Rectifying or SupervisionStage.Reported);
        AnswerInWords.Require(!string.IsNullOrWhiteSpace(text), "请写明整改情况，一两句话就可以。");
        (Stage, RectifiedOn) = (SupervisionStage.Reported, today);
        Note(SupervisionDeed.Rectification, byPersonId, today, text, fileIds);
    }

    /// <summary>跟踪复查: after the term, or earlier when the unit says that it is done (S16).</summary>
    public void FollowUp(bool corrected, string finding, DateOnly termEnds, string byPersonId, DateOnly today)
    {
        BeingRectified.Require(Stage is SupervisionStage.Rectifying or SupervisionStage.Reported);
        FollowUpAfterTerm.Require(Stage == SupervisionStage.Reported || today > termEnds);
        FindingInWords.Require(!string.IsNullOrWhiteSpace(finding));

        // Before the term is over, "not yet" ends nothing: the unit has its days (S15).
        FollowUpAfterTerm.Require(corrected || today > termEnds, "整改期还没有届满，现在只能认定已整改；没有改好的，期满后再复查。");
        FollowedUpOn = today;
        Note(SupervisionDeed.FollowUp, byPersonId, today, finding);
        if (corrected)
            End(SupervisionOutcome.CorrectedAfterLetter, finding, byPersonId, today);
        else
            Stage = SupervisionStage.NotCorrected;
    }

    /// <summary>报请区政府 (S17).</summary>
    public void ReportToGovernment(string number, string byPersonId, DateOnly today)
    {
        FollowedUpFirst.Require(Stage == SupervisionStage.NotCorrected);
        (Stage, ReportedOn) = (SupervisionStage.BeforeGovernment, today);
        Note(SupervisionDeed.ReportToGovernment, byPersonId, today, number);
    }

    /// <summary>The decision that the district government has made and served: it is put on record (S17).</summary>
    public void RecordDecision(string number, DateOnly issuedOn, DateOnly servedOn, string byPersonId, DateOnly today)
    {
        ReportedFirst.Require(Stage == SupervisionStage.BeforeGovernment);
        DecisionOnPaper.Require(!string.IsNullOrWhiteSpace(number));
        DecisionOnPaper.Require(issuedOn >= ReportedOn && servedOn >= issuedOn && servedOn <= today, "制发日期不能早于报请日期，送达日期不能早于制发日期，也不能晚于今天，请核对。");
        (Stage, DecisionNumber, DecisionIssuedOn, DecisionServedOn) = (SupervisionStage.Decided, number, issuedOn, servedOn);
        Note(SupervisionDeed.Decision, byPersonId, today, number);
    }

    /// <summary>通报、约谈、暂扣证件…… after a decision (S22).</summary>
    public void TakeMeasure(string measure, string byPersonId, DateOnly today)
    {
        DecidedFirst.Require(Stage == SupervisionStage.Decided);
        FindingInWords.Require(!string.IsNullOrWhiteSpace(measure), "请写明是什么措施、对谁、哪天。");
        Note(SupervisionDeed.Measure, byPersonId, today, measure);
    }

    public void CloseAfterDecision(string finding, string byPersonId, DateOnly today)
    {
        DecidedFirst.Require(Stage == SupervisionStage.Decided, "区政府作出决定并送达以后才能这样办结。");
        FindingInWords.Require(!string.IsNullOrWhiteSpace(finding));
        End(SupervisionOutcome.DecisionCarriedOut, finding, byPersonId, today);
    }

    private void End(SupervisionOutcome outcome, string finding, string byPersonId, DateOnly today)
    {
        (Stage, Outcome, ClosedOn, MoreTimeOpen) = (SupervisionStage.Closed, outcome, today, false);
        Note(SupervisionDeed.Closing, byPersonId, today, finding);
    }

    private void Note(SupervisionDeed deed, string byPersonId, DateOnly on, string text, IEnumerable<string>? fileIds = null) =>
        Steps.Add(new SupervisionStep(Id, ++StepCount, deed, on, byPersonId, text.Trim(), fileIds ?? []));
}

/// <summary>One row of a case's history.</summary>
public sealed class SupervisionStep
{
    private SupervisionStep()
    {
    }

    internal SupervisionStep(string caseId, int ordinal, SupervisionDeed deed, DateOnly on, string byPersonId, string text, IEnumerable<string> fileIds)
    {
        (CaseId, Ordinal, Deed, On, ByPersonId, Text) = (caseId, ordinal, deed, on, byPersonId, text);
        FileIds = [.. fileIds];
    }

    public string CaseId { get; private set; } = "";
    public int Ordinal { get; private set; }
    public SupervisionDeed Deed { get; private set; }
    public DateOnly On { get; private set; }
    public string ByPersonId { get; private set; } = "";
    public string Text { get; private set; } = "";

    /// <summary>佐证: photos and files that came with it.</summary>
    public List<string> FileIds { get; private set; } = [];
}
