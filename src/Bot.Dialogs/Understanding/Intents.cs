namespace Bot.Dialogs.Understanding;

/// <summary>The names of what people want, as they stand in the phrase file.</summary>
public static class Intents
{
    public const string ViewPreview = "view_preview";
    public const string ApplyGuidance = "apply_guidance";
    public const string Complain = "complain";
    public const string RateInspection = "rate_inspection";
    public const string GiveFeedback = "give_feedback";
    public const string CheckProgress = "check_progress";
    public const string AnonymousConsult = "anonymous_consult";
    public const string BindEnterprise = "bind_enterprise";
    public const string Human = "human";
    public const string Cancel = "cancel";
    public const string Back = "back";
    public const string Help = "help";
    public const string VerifyInspector = "verify_inspector";
    public const string AskBasis = "ask_basis";
    public const string QuietDayQuery = "quiet_day_query";
    public const string Reschedule = "reschedule";
    public const string AppealResult = "appeal_result";
    public const string Unbind = "unbind";
    public const string SwitchEnterprise = "switch_enterprise";
    public const string StaffRegisterTask = "staff_register_task";
    public const string StaffQuietCheck = "staff_quiet_check";
    public const string StaffMerge = "staff_merge";
    public const string StaffTodo = "staff_todo";
    public const string StaffBackfill = "staff_backfill";
    public const string StaffScanException = "staff_scan_exception";
    public const string LeaderApprove = "leader_approve";
    public const string JusticeSupervise = "justice_supervise";
    public const string ObserverFeedback = "observer_feedback";
    public const string SeeClues = "see_clues";
    public const string SpotCheck = "spot_check";
    public const string FindKnowledge = "find_knowledge";
    public const string SeeFigures = "see_figures";
    public const string MakeReport = "make_report";
    public const string SelfCheck = "self_check";
    public const string SelfCheckProgress = "self_check_progress";
    public const string FillQuestionnaire = "fill_questionnaire";
    public const string SendQuestionnaire = "send_questionnaire";
    public const string QuestionnaireResults = "questionnaire_results";
    public const string ObservationTasks = "observation_tasks";
    public const string TradeProblems = "trade_problems";
    public const string KnowRights = "know_rights";
    public const string HandleAppeals = "handle_appeals";
    public const string ExplainBasis = "explain_basis";
    public const string FollowComplaint = "follow_complaint";
    public const string GuideUnits = "guide_units";
    public const string SeeMeetings = "see_meetings";
    public const string CallMeeting = "call_meeting";
    public const string JointActions = "joint_actions";
    public const string OfferCase = "offer_case";
    public const string Affirm = "affirm";
    public const string Deny = "deny";
    public const string Greet = "greet";
    public const string ThanksBye = "thanks_bye";
}
