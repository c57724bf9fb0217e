namespace Bot.Dialogs.Understanding;

/// <summary>What is known about the domain before any phrase is learnt: who may mean what, what is certain, what is always a question, and which concepts speak for which intent.</summary>
internal sealed class Cues(string[] intents)
{
    private static readonly string[] StaffOnly = [Intents.StaffRegisterTask, Intents.StaffQuietCheck, Intents.StaffMerge, Intents.StaffTodo, Intents.StaffBackfill, Intents.StaffScanException];

    private static readonly string[] EnterpriseOnly =
    [
        Intents.ViewPreview, Intents.ApplyGuidance, Intents.Complain, Intents.RateInspection, Intents.AnonymousConsult, Intents.BindEnterprise,
        Intents.VerifyInspector, Intents.QuietDayQuery, Intents.Reschedule, Intents.AppealResult, Intents.Unbind, Intents.SwitchEnterprise, Intents.ReportUnlicensed,
    ];

    /// <summary>Who may mean what belongs to supervision; nobody else is ever offered it.</summary>
    private static readonly (string Intent, Audience[] Of)[] Reserved =
    [
        (Intents.SeeClues, [Audience.Supervisor]),
        (Intents.SpotCheck, [Audience.Supervisor]),
        (Intents.SeeFigures, [Audience.Supervisor, Audience.Leader, Audience.Liaison]),
        (Intents.MakeReport, [Audience.Supervisor]),
        (Intents.SelfCheck, [Audience.Leader]),
        (Intents.SelfCheckProgress, [Audience.Supervisor, Audience.Leader, Audience.Liaison]),
        (Intents.FillQuestionnaire, [Audience.Enterprise]),
        (Intents.SendQuestionnaire, [Audience.Supervisor]),
        (Intents.QuestionnaireResults, [Audience.Supervisor]),
        (Intents.ObservationTasks, [Audience.Observer, Audience.Supervisor]),
        (Intents.TradeProblems, [Audience.Observer, Audience.Supervisor]),
        (Intents.HandleAppeals, [Audience.Supervisor]),
        (Intents.ExplainBasis, [Audience.Inspector, Audience.Leader, Audience.Liaison]),
        (Intents.FollowComplaint, [Audience.Enterprise, Audience.Public, Audience.Observer]),
        (Intents.GuideUnits, [Audience.Supervisor]),
        (Intents.SeeMeetings, [Audience.Enterprise, Audience.Supervisor, Audience.Leader, Audience.Liaison, Audience.Inspector, Audience.Observer]),
        (Intents.CallMeeting, [Audience.Supervisor]),
        (Intents.JointActions, [Audience.Supervisor, Audience.Leader, Audience.Liaison]),
        (Intents.OfferCase, [Audience.Liaison, Audience.Supervisor]),
        (Intents.SeeTransfers, [Audience.Supervisor, Audience.Leader, Audience.Liaison, Audience.Inspector]),
        (Intents.CommonProblems, [Audience.Supervisor]),
        (Intents.ObjectToFigures, [Audience.Supervisor, Audience.Leader]),
        (Intents.ExportTrail, [Audience.Supervisor, Audience.Leader, Audience.Liaison, Audience.Inspector]),
        (Intents.MonthlyCase, [Audience.Enterprise, Audience.Liaison]),
        (Intents.HandleUnlicensed, [Audience.Supervisor, Audience.Leader, Audience.Liaison]),
        (Intents.JusticeSupervise, [Audience.Supervisor, Audience.Leader, Audience.Liaison]),
    ];

    private static readonly (string Intent, double Weight, Concept[] All, Concept[] None)[] Rows =
    [
        (Intents.Complain, 3, [Concept.Complain], [Concept.Progress, Concept.Cancel, Concept.Anonymous, Concept.Mine, Concept.Statistic, Concept.Unlicensed]),
        (Intents.Complain, 3, [Concept.Misconduct], [Concept.Unable, Concept.Complain, Concept.Unlicensed]),
        (Intents.Complain, 7, [Concept.Quiet, Concept.Come], [Concept.Ask, Concept.How, Concept.When, Concept.Reschedule]),
        (Intents.Complain, 3, [Concept.Inspect, Concept.Negated], [Concept.Ask, Concept.How, Concept.When, Concept.Unable, Concept.Quiet, Concept.Appeal, Concept.Outcome, Concept.Cancel, Concept.Anonymous, Concept.Progress, Concept.Waiting, Concept.Rate, Concept.Praise]),
        (Intents.Complain, 2, [Concept.Come, Concept.Negated], [Concept.Ask, Concept.How, Concept.When, Concept.Unable, Concept.Quiet, Concept.Appeal, Concept.Outcome, Concept.Cancel, Concept.Anonymous, Concept.Progress, Concept.Waiting, Concept.Rate, Concept.Praise]),
        (Intents.Complain, 3, [Concept.Badge, Concept.Negated], [Concept.Ask, Concept.How, Concept.Unlicensed]),
        (Intents.RateInspection, 3, [Concept.Rate], [Concept.Cancel]),
        (Intents.RateInspection, 2, [Concept.Praise], []),
        (Intents.ViewPreview, 2, [Concept.Preview], [Concept.Progress, Concept.Basis]),
        (Intents.ViewPreview, 2, [Concept.Soon, Concept.Inspect], [Concept.Quiet]),
        (Intents.ViewPreview, 2, [Concept.When, Concept.Inspect], [Concept.Quiet]),
        (Intents.ViewPreview, 2.5, [Concept.Day, Concept.Inspect], [Concept.CaseHandle, Concept.Quiet, Concept.Reschedule, Concept.Misconduct]),
        (Intents.ViewPreview, 2, [Concept.Who, Concept.Come], []),
        (Intents.ApplyGuidance, 2.5, [Concept.Guide], [Concept.Usage, Concept.Anonymous, Concept.Progress, Concept.Waiting]),
        (Intents.ApplyGuidance, 2, [Concept.Subject, Concept.Requirement], []),
        (Intents.ApplyGuidance, 2, [Concept.Requirement], [Concept.Usage]),
        (Intents.GiveFeedback, 2.5, [Concept.Feedback], [Concept.Complain, Concept.Progress, Concept.Anonymous, Concept.Letter]),
        (Intents.CheckProgress, 3, [Concept.Progress], [Concept.Appeal, Concept.Outcome, Concept.Letter, Concept.Wrong, Concept.Recorder, Concept.Backfill]),
        (Intents.CheckProgress, 3, [Concept.CaseHandle], []),
        (Intents.CheckProgress, 1, [Concept.TaskHandle], []),
        (Intents.CheckProgress, 2, [Concept.Waiting], [Concept.Inspect, Concept.Merge]),
        (Intents.CheckProgress, 2, [Concept.Mine], [Concept.Unbind]),
        (Intents.AnonymousConsult, 4, [Concept.Anonymous], [Concept.Unbind]),
        (Intents.BindEnterprise, 3, [Concept.Bind], [Concept.Unbind, Concept.Cancel]),
        (Intents.BindEnterprise, 2, [Concept.CodeWord], [Concept.ScanTrouble]),
        (Intents.BindEnterprise, 2.5, [Concept.CompanyName], [Concept.Complain, Concept.Unbind, Concept.Switch]),
        (Intents.Unbind, 4, [Concept.Unbind], []),
        (Intents.SwitchEnterprise, 3, [Concept.Switch], [Concept.Unbind]),
        (Intents.SwitchEnterprise, 1.5, [Concept.OtherOne], [Concept.Bind]),
        (Intents.VerifyInspector, 3, [Concept.Verify], []),
        (Intents.VerifyInspector, 2, [Concept.Badge], [Concept.Misconduct]),
        (Intents.VerifyInspector, 1.5, [Concept.Badge, Concept.Refuse], []),
        (Intents.AskBasis, 2.5, [Concept.Basis], [Concept.Guide, Concept.Misconduct]),
        (Intents.AskBasis, 2, [Concept.Frequency], [Concept.Soon]),
        (Intents.QuietDayQuery, 4, [Concept.Quiet], [Concept.Misconduct, Concept.Reschedule, Concept.Come]),
        (Intents.QuietDayQuery, 4, [Concept.Quiet, Concept.Come, Concept.Ask], [Concept.Reschedule]),
        (Intents.QuietDayQuery, 4, [Concept.Quiet, Concept.Come, Concept.How], [Concept.Reschedule]),
        (Intents.Reschedule, 3, [Concept.Reschedule], [Concept.Merge, Concept.Guide]),
        (Intents.Reschedule, 1.5, [Concept.Unable], []),
        (Intents.AppealResult, 3.5, [Concept.Appeal], []),
        (Intents.AppealResult, 2, [Concept.Wrong, Concept.Outcome], []),
        (Intents.AppealResult, 3, [Concept.Wrong, Concept.Progress], []),
        (Intents.AppealResult, 2.5, [Concept.Outcome, Concept.Negated], [Concept.Ask, Concept.Waiting]),
        (Intents.AppealResult, 1, [Concept.Wrong], []),
        (Intents.Human, 4, [Concept.Human], [Concept.Anonymous]),
        (Intents.Human, 3, [Concept.Contact], [Concept.Anonymous, Concept.Unbind]),
        (Intents.Cancel, 4, [Concept.Cancel], [Concept.Unbind, Concept.Quiet]),
        (Intents.Cancel, 2, [Concept.Stop], [Concept.Inspect]),
        (Intents.Back, 3.5, [Concept.Back], []),
        (Intents.Back, 3, [Concept.Redo], []),
        (Intents.Back, 2, [Concept.Return], []),
        (Intents.Help, 3, [Concept.Help], []),
        (Intents.Help, 2.5, [Concept.Usage], [Concept.Guide]),
        (Intents.Greet, 3, [Concept.Greet], []),
        (Intents.ThanksBye, 3, [Concept.Thanks], []),
        (Intents.StaffRegisterTask, 2, [Concept.Register], [Concept.Backfill, Concept.ScanTrouble]),
        (Intents.StaffRegisterTask, 1.5, [Concept.TaskWord], []),
        (Intents.StaffQuietCheck, 3, [Concept.Filing], []),
        (Intents.StaffQuietCheck, 1, [Concept.Quiet], []),
        (Intents.StaffMerge, 3.5, [Concept.Merge], [Concept.Statistic]),
        (Intents.StaffMerge, 4, [Concept.MergeHandle], []),
        (Intents.StaffTodo, 3, [Concept.Todo], [Concept.Letter, Concept.Merge]),
        (Intents.StaffTodo, 2.5, [Concept.Overdue], []),
        (Intents.StaffTodo, 2, [Concept.Guide], []),
        (Intents.StaffBackfill, 4, [Concept.Backfill], []),
        (Intents.StaffBackfill, 3, [Concept.Publish], []),
        (Intents.StaffScanException, 3, [Concept.ScanTrouble], []),
        (Intents.StaffScanException, 3, [Concept.Recorder], []),
        (Intents.LeaderApprove, 4, [Concept.Approve], [Concept.Merge]),
        (Intents.LeaderApprove, 6, [Concept.Return], []),
        (Intents.JusticeSupervise, 3, [Concept.Letter], []),
        (Intents.JusticeSupervise, 4, [Concept.SupervisionHandle], []),
        (Intents.JusticeSupervise, 2, [Concept.ScanTrouble, Concept.Who], []),
        (Intents.JusticeSupervise, 3, [Concept.Misconduct, Concept.Who], []),
        (Intents.JusticeSupervise, 3, [Concept.Statistic], []),
        (Intents.SeeClues, 4, [Concept.Clue], []),
        (Intents.SpotCheck, 4, [Concept.SpotCheck], []),
        (Intents.FindKnowledge, 3.5, [Concept.Library], [Concept.Good, Concept.Unrelated]),
        (Intents.FindKnowledge, -6, [Concept.Unrelated], []),
        (Intents.SeeFigures, 4, [Concept.Figure], [Concept.Report, Concept.Questionnaire, Concept.QuestionResult]),
        (Intents.MakeReport, 4, [Concept.Report], []),
        (Intents.SelfCheck, 3, [Concept.SelfExam], []),
        (Intents.SelfCheckProgress, 4, [Concept.SelfExamState], []),
        (Intents.SelfCheckProgress, 3, [Concept.SelfExam, Concept.Who], []),
        (Intents.FillQuestionnaire, 4, [Concept.Questionnaire], []),
        (Intents.SendQuestionnaire, 1, [Concept.Questionnaire], []),
        (Intents.SendQuestionnaire, 4, [Concept.QuestionSend], []),
        (Intents.QuestionnaireResults, 1, [Concept.Questionnaire], []),
        (Intents.QuestionnaireResults, 4, [Concept.QuestionResult], []),
        (Intents.ObservationTasks, 5, [Concept.ObserverTask], []),
        (Intents.TradeProblems, 4, [Concept.Trade], []),
        (Intents.KnowRights, 4, [Concept.Rights], [Concept.Complain]),
        (Intents.HandleAppeals, 4, [Concept.AppealDesk], []),
        (Intents.HandleAppeals, 4, [Concept.Appeal], [Concept.FigureDoubt]),
        (Intents.ExplainBasis, 4, [Concept.Appeal], [Concept.FigureDoubt]),
        (Intents.ExplainBasis, 3, [Concept.AppealDesk], []),
        (Intents.FollowComplaint, 4, [Concept.AddTo], [Concept.Backfill]),
        (Intents.GuideUnits, 5, [Concept.Opinion], []),
        (Intents.SeeMeetings, 4, [Concept.Meeting], [Concept.Convene]),
        (Intents.CallMeeting, 4, [Concept.Meeting, Concept.Convene], []),
        (Intents.CallMeeting, 3, [Concept.Convene], []),
        (Intents.JointActions, 4, [Concept.Joint], []),
        (Intents.OfferCase, 6, [Concept.Good], []),
        (Intents.OfferCase, 3, [Concept.Library, Concept.Register], []),
        (Intents.SeeTransfers, 7, [Concept.HandedOver], []),
        (Intents.SeeTransfers, -4, [], [Concept.HandedOver]),
        (Intents.CommonProblems, 7, [Concept.CommonProblem], []),
        (Intents.CommonProblems, -4, [], [Concept.CommonProblem]),
        (Intents.ObjectToFigures, 8, [Concept.FigureDoubt], []),
        (Intents.ObjectToFigures, 6, [Concept.Figure, Concept.Wrong], []),
        (Intents.ObjectToFigures, 6, [Concept.Figure, Concept.Appeal], []),
        (Intents.ObjectToFigures, -4, [], [Concept.FigureDoubt, Concept.Figure]),
        (Intents.ExportTrail, 7, [Concept.Trail], []),
        (Intents.ExportTrail, -4, [], [Concept.Trail]),
        (Intents.MonthlyCase, 9, [Concept.CaseMail], [Concept.Good]),
        (Intents.MonthlyCase, 7, [Concept.Library, Concept.Unbind], []),
        (Intents.MonthlyCase, -4, [], [Concept.CaseMail, Concept.Library]),
        (Intents.ReportUnlicensed, 9, [Concept.Unlicensed], [Concept.Progress, Concept.Waiting, Concept.Cancel]),
        (Intents.ReportUnlicensed, -4, [], [Concept.Unlicensed]),
        (Intents.HandleUnlicensed, 8, [Concept.Unlicensed], []),
        (Intents.HandleUnlicensed, -4, [], [Concept.Unlicensed]),
        (Intents.ObserverFeedback, 3.5, [Concept.Observe], [Concept.ObserverTask]),
        (Intents.ObserverFeedback, 3, [Concept.TaskHandle], []),
        (Intents.ObserverFeedback, 2, [Concept.Misconduct], []),
    ];

    private readonly (int Place, float Weight, ConceptSet All, ConceptSet None)[] rows =
        [.. Rows.Where(row => intents.Contains(row.Intent)).Select(row => (Array.IndexOf(intents, row.Intent), (float)row.Weight, ConceptSet.Of(row.All), ConceptSet.Of(row.None)))];

    private static readonly string[] OnTheSpot = [Intents.StaffBackfill, Intents.StaffScanException];

    /// <summary>Whether somebody of this audience can mean this at all.</summary>
    public static bool MayMean(Audience audience, string intent)
    {
        if (Array.Find(Reserved, row => row.Intent == intent) is { Of: { } those }) return those.Contains(audience);
        if (audience is Audience.Enterprise or Audience.Public or Audience.Observer)
            return !StaffOnly.Contains(intent) && intent != Intents.LeaderApprove && (audience == Audience.Observer || intent != Intents.ObserverFeedback);
        if (EnterpriseOnly.Contains(intent) || intent == Intents.ObserverFeedback) return false;
        return audience switch
        {
            Audience.Leader => intent is not (Intents.Affirm or Intents.Deny or Intents.Back) && !OnTheSpot.Contains(intent),
            Audience.Supervisor => intent is not (Intents.LeaderApprove or Intents.StaffRegisterTask) && !OnTheSpot.Contains(intent),
            _ => intent != Intents.LeaderApprove,
        };
    }

    /// <summary>Yes and no are read as whole messages only (<see cref="YesNo"/>): weighing letters would make an answer of half a sentence.</summary>
    public static bool MayWeigh(Audience audience, string intent) => intent is not (Intents.Affirm or Intents.Deny) && MayMean(audience, intent);

    /// <summary>What needs no weighing: a global word or a yes or no that is the whole message, a score, a code.</summary>
    public static string? Certain(string text, string clean, Audience audience)
    {
        var intent = GlobalWords.Of(text) switch
        {
            GlobalWord.Cancel => Intents.Cancel,
            GlobalWord.Back => Intents.Back,
            GlobalWord.Menu => clean.Contains('回', StringComparison.Ordinal) || clean.Contains('主', StringComparison.Ordinal) ? Intents.Back : Intents.Help,
            GlobalWord.Help => Intents.Help,
            GlobalWord.Human => Intents.Human,
            _ => null,
        };
        if (intent is not null) return intent;
        if (YesOrNo(text, clean) is { } answer && MayMean(audience, answer)) return answer;
        if (MayMean(audience, Intents.BindEnterprise) && CreditCodes.Read(text).Finding is not CreditCodeFinding.Nothing) return Intents.BindEnterprise;
        return MayMean(audience, Intents.RateInspection) && clean.Length > 1 && Numbers.Score(text) is not null ? Intents.RateInspection : null;
    }

    // "不用了" ends what was begun, "不用了谢谢" declines an offer; an open prompt reads both as no before this is asked.
    private static string? YesOrNo(string text, string clean)
    {
        var concepts = Lexicon.In(clean);
        return YesNo.Of(text) switch
        {
            true => concepts.Has(Concept.Thanks) ? Intents.ThanksBye : Intents.Affirm,
            false => concepts.Has(Concept.Cancel) && !concepts.Has(Concept.Thanks) ? Intents.Cancel : Intents.Deny,
            _ => null,
        };
    }

    /// <summary>What must be asked back: somebody came, and nothing says what of it. J31 rates, complaints and previews are three different things.</summary>
    public static IReadOnlyList<string>? Ambiguous(string clean, Audience audience)
    {
        if (!MayMean(audience, Intents.Complain) || clean.Length > 12 || !clean.EndsWith('了')) return null;
        var concepts = Lexicon.In(clean);
        return concepts.Has(Concept.Come) && !concepts.Has(Concept.Misconduct) && !concepts.Has(Concept.Rate) && !concepts.Has(Concept.Negated)
            ? [Intents.Complain, Intents.RateInspection, Intents.ViewPreview]
            : null;
    }

    /// <summary>Adds the weight of every row whose concepts are present and whose exclusions are not.</summary>
    public void Weigh(ConceptSet concepts, Span<float> scores)
    {
        foreach (var (place, weight, all, none) in rows)
        {
            if (concepts.HasAll(all) && !concepts.HasAny(none)) scores[place] += weight;
        }
    }
}
