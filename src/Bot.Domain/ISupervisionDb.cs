using Bot.Domain.Agenda;
using Bot.Domain.Appeals;
using Bot.Domain.Clues;
using Bot.Domain.Complaints;
using Bot.Domain.Deadlines;
using Bot.Domain.Directories;
using Bot.Domain.Door;
using Bot.Domain.Drawing;
using Bot.Domain.Duties;
using Bot.Domain.Figures;
using Bot.Domain.Forms;
using Bot.Domain.Guidance;
using Bot.Domain.HumanHelp;
using Bot.Domain.Inspections;
using Bot.Domain.JointActions;
using Bot.Domain.Knowledge;
using Bot.Domain.Meetings;
using Bot.Domain.Merging;
using Bot.Domain.Monitoring;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.Observations;
using Bot.Domain.Observers;
using Bot.Domain.People;
using Bot.Domain.Plans;
using Bot.Domain.Previews;
using Bot.Domain.Ratings;
using Bot.Domain.Reports;
using Bot.Domain.Results;
using Bot.Domain.SpotChecks;
using Bot.Domain.Supervision;
using Bot.Domain.Sweep;
using Bot.Domain.Transfers;
using Bot.Domain.Unlicensed;
using Bot.Domain.Visits;
using Bot.Domain.Workbench;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain;

/// <summary>The one port that turns the dependency round: handlers are here, the database is in the host.</summary>
public interface ISupervisionDb
{
    DbSet<Person> People { get; }
    DbSet<ChannelAddress> Addresses { get; }
    DbSet<Enterprise> Enterprises { get; }
    DbSet<Binding> Bindings { get; }
    DbSet<BindingCode> BindingCodes { get; }
    DbSet<Unit> Units { get; }
    DbSet<InspectionItem> Items { get; }
    DbSet<InspectionTask> Tasks { get; }
    DbSet<InspectionPlan> Plans { get; }
    DbSet<MergePrompt> MergePrompts { get; }
    DbSet<MergePair> MergePairs { get; }
    DbSet<TestReport> TestReports { get; }
    DbSet<InspectionCode> InspectionCodes { get; }
    DbSet<InspectionResult> Results { get; }
    DbSet<FoundProblem> Problems { get; }
    DbSet<ObservationPeriod> ObservationPeriods { get; }
    DbSet<Visit> Visits { get; }
    DbSet<ReportedInspection> ReportedInspections { get; }
    DbSet<Anomaly> Anomalies { get; }
    DbSet<PlanLine> PlanLines { get; }
    DbSet<PlanVersion> PlanVersions { get; }
    DbSet<ItemVersion> ItemVersions { get; }
    DbSet<DirectoryUpdate> DirectoryUpdates { get; }
    DbSet<Draw> Draws { get; }
    DbSet<DrawnObject> DrawnObjects { get; }
    DbSet<ConflictOfInterest> Conflicts { get; }
    DbSet<Deadline> Deadlines { get; }
    DbSet<Notice> Notices { get; }
    DbSet<QuietDayRefusal> QuietDayRefusals { get; }
    DbSet<FigureObjection> FigureObjections { get; }
    DbSet<DraftLink> DraftLinks { get; }
    DbSet<RaisedMatter> RaisedMatters { get; }
    DbSet<Clue> Clues { get; }
    DbSet<ClueEvidence> ClueEvidence { get; }
    DbSet<CommonProblem> CommonProblems { get; }
    DbSet<SituationNotice> SituationNotices { get; }
    DbSet<SpotCheck> SpotChecks { get; }
    DbSet<SpotCheckDraw> SpotCheckDraws { get; }
    DbSet<Transfer> Transfers { get; }
    DbSet<NumberSeries> NumberSeries { get; }
    DbSet<WrongTries> WrongTries { get; }
    DbSet<Complaint> Complaints { get; }
    DbSet<ComplaintRemark> ComplaintRemarks { get; }
    DbSet<Appeal> Appeals { get; }
    DbSet<UnlicensedReport> UnlicensedReports { get; }
    DbSet<SupervisionCase> SupervisionCases { get; }
    DbSet<SupervisionStep> SupervisionSteps { get; }
    DbSet<SupervisionLetter> SupervisionLetters { get; }
    DbSet<GuidingOpinion> GuidingOpinions { get; }
    DbSet<Feedback> Feedback { get; }
    DbSet<HelpRequest> HelpRequests { get; }
    DbSet<Observation> Observations { get; }
    DbSet<ObservationTask> ObservationTasks { get; }
    DbSet<FilledForm> FilledForms { get; }
    DbSet<Questionnaire> Questionnaires { get; }
    DbSet<Meeting> Meetings { get; }
    DbSet<MeetingPack> MeetingPacks { get; }
    DbSet<JointAction> JointActions { get; }
    DbSet<Preview> Previews { get; }
    DbSet<SelfCheckNote> SelfCheckNotes { get; }
    DbSet<GuidanceRequest> GuidanceRequests { get; }
    DbSet<KnowledgeEntry> KnowledgeEntries { get; }
    DbSet<KnowledgeTerm> KnowledgeTerms { get; }
    DbSet<OfferedCase> OfferedCases { get; }
    DbSet<CalendarLink> CalendarLinks { get; }
    DbSet<PublishedEntry> PublishedEntries { get; }
    DbSet<WorkbenchTicket> WorkbenchTickets { get; }
    DbSet<WorkbenchSession> WorkbenchSessions { get; }

    Task<int> SaveChanges(CancellationToken cancellationToken);

    /// <summary>Lets go of what a refused command had begun to change.</summary>
    void ForgetChanges();
}
