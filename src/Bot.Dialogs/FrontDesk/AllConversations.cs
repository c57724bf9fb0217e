using Bot.Dialogs.Appeals;
using Bot.Dialogs.Clues;
using Bot.Dialogs.Complaints;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Door;
using Bot.Dialogs.Drawing;
using Bot.Dialogs.Duties;
using Bot.Dialogs.Figures;
using Bot.Dialogs.Forms;
using Bot.Dialogs.Guidance;
using Bot.Dialogs.HumanHelp;
using Bot.Dialogs.Inspections;
using Bot.Dialogs.JointActions;
using Bot.Dialogs.Knowledge;
using Bot.Dialogs.Meetings;
using Bot.Dialogs.Merging;
using Bot.Dialogs.Monitoring;
using Bot.Dialogs.Notices;
using Bot.Dialogs.Observations;
using Bot.Dialogs.Observers;
using Bot.Dialogs.People;
using Bot.Dialogs.Plans;
using Bot.Dialogs.Previews;
using Bot.Dialogs.Progress;
using Bot.Dialogs.Ratings;
using Bot.Dialogs.Reports;
using Bot.Dialogs.Results;
using Bot.Dialogs.SpotChecks;
using Bot.Dialogs.Supervision;
using Bot.Dialogs.Todo;
using Bot.Dialogs.Transfers;
using Bot.Dialogs.Unlicensed;
using Bot.Dialogs.Visits;

namespace Bot.Dialogs.FrontDesk;

/// <summary>Every conversation that can be held. A new one is added here and nowhere else.</summary>
public static class AllConversations
{
    public static IReadOnlyList<Conversation> List { get; } =
    [
        UseBindingCode.Conversation,
        VerifyAtTheDoor.Conversation,
        ComeToTheDoor.Conversation,
        EnterTheResult.Conversation,
        PublishTheResult.Conversation,
        DecideOnResult.Conversation,
        FollowUpAfterResult.Conversation,
        KeepAnObservation.Conversation,
        KeepAnObservation.OfEnterprise,
        SeeMyRecord.Conversation,
        AnswerTheVisit.Conversation,
        HoldAVisit.Conversation,
        ReportAnInspection.Conversation,
        ReportAnInspection.List,
        BindEnterprise.Conversation,
        WaitForBinding.Conversation,
        AgreeToBinding.Conversation,
        SwitchToEnterprise.Conversation,
        InviteColleague.Conversation,
        GiveFirstCode.Conversation,
        SeeColleagues.Conversation,
        LeaveEnterprise.Conversation,
        EraseDetails.Conversation,
        AppealTheResult.Conversation,
        AboutAppeals.Conversation,
        ExplainTheBasis.Conversation,
        AnswerAppeals.Conversation,
        ReportUnlicensedBusiness.Conversation,
        HandleUnlicensedReports.Conversation,
        FileComplaint.Conversation,
        FollowUpComplaint.Conversation,
        RateTheHandling.Conversation,
        ComplaintDesk.Conversation,
        RateInspection.Conversation,
        GiveFeedback.Conversation,
        LeaveMessage.Conversation,
        AnswerMessage.Conversation,
        SubmitObservation.Conversation,
        TakeObservations.Conversation,
        TakeObservations.Overview,
        FillQuestionnaire.Conversation,
        SendOutQuestionnaire.Conversation,
        SeeQuestionnaireResults.Conversation,
        CheckOneself.Conversation,
        SeeSelfChecks.Conversation,
        CollectTradeProblems.Conversation,
        CollectTradeProblems.List,
        KnowYourRights.Conversation,
        CallTogether.Conversation,
        ChangeMeeting.Conversation,
        ExportMeetingPack.Conversation,
        SeeMeetings.Conversation,
        StartJointAction.Conversation,
        SeeJointActions.Conversation,
        SeeJointActions.Ending,
        AskAnonymously.Conversation,
        AboutCodes.Conversation,
        LookUpByCode.Conversation,
        ViewPreviews.Conversation,
        WishForAnotherTime.Conversation,
        PickOfferedTime.Conversation,
        AnswerWishForTime.Conversation,
        RegisterInspection.Conversation,
        InspectAtOnce.Conversation,
        FollowApproval.Conversation,
        ApproveTasks.Conversation,
        SeeQuietDays.Conversation,
        ChooseCases.Conversation,
        SendTheGuide.Conversation,
        SpreadGoodCases.Offer,
        SpreadGoodCases.Review,
        FindKnowledge.Conversation,
        FindKnowledge.WithoutName,
        AskForGuidance.Conversation,
        ReactToAnswer.Conversation,
        AnswerTheEnterprise.Conversation,
        UploadAPlan.Conversation,
        FileAPlanForQuietDays.Conversation,
        FollowAPlan.Conversation,
        DrawAtRandom.Conversation,
        LookAtDraw.Conversation,
        ReviewItems.Conversation,
        AskItemBasis.Conversation,
        CheckProgress.Conversation,
        HandleMergePrompts.Conversation,
        HandleAnomalies.Conversation,
        AnswerTheBureau.Conversation,
        SuperviseInSteps.Conversation,
        WarnAUnit.Conversation,
        WarnAUnit.Order,
        GuideAllUnits.Conversation,
        CheckThisQuarter.Conversation,
        SeeClues.Conversation,
        ShareProblems.Conversation,
        ExplainToTheBureau.Conversation,
        ExplainToTheBureau.OfBureau,
        RegisterATransfer.Conversation,
        RegisterATransfer.OfOthers,
        SeeMyTodo.Conversation,
        SeeDuties.Conversation,
        SeeUnitFigures.Conversation,
        SeeDistrictFigures.Conversation,
        ObjectToFigures.Conversation,
        ObjectToFigures.OfBureau,
        ExplainATask.Conversation,
        MakeAReport.Conversation,
        ExportATrail.Conversation,
        SubscribeToCalendar.Conversation,
        OpenTheWorkbench.Conversation,
        ReadNotice.Conversation,
    ];
}
