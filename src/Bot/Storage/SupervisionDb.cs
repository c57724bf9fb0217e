using Bot.Domain;
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
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Bot.Storage;

/// <summary>The database of the service, on SQLite or PostgreSQL. Instants are UTC, civil dates are dates of Asia/Shanghai.</summary>
public sealed class SupervisionDb(DbContextOptions<SupervisionDb> options) : DbContext(options), ISupervisionDb
{
    public DbSet<Person> People => Set<Person>();
    public DbSet<ChannelAddress> Addresses => Set<ChannelAddress>();
    public DbSet<Enterprise> Enterprises => Set<Enterprise>();
    public DbSet<Binding> Bindings => Set<Binding>();
    public DbSet<BindingCode> BindingCodes => Set<BindingCode>();
    public DbSet<Unit> Units => Set<Unit>();
    public DbSet<InspectionItem> Items => Set<InspectionItem>();
    public DbSet<InspectionTask> Tasks => Set<InspectionTask>();
    public DbSet<InspectionPlan> Plans => Set<InspectionPlan>();
    public DbSet<MergePrompt> MergePrompts => Set<MergePrompt>();
    public DbSet<MergePair> MergePairs => Set<MergePair>();
    public DbSet<TestReport> TestReports => Set<TestReport>();
    public DbSet<InspectionCode> InspectionCodes => Set<InspectionCode>();
    public DbSet<InspectionResult> Results => Set<InspectionResult>();
    public DbSet<FoundProblem> Problems => Set<FoundProblem>();
    public DbSet<ObservationPeriod> ObservationPeriods => Set<ObservationPeriod>();
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<ReportedInspection> ReportedInspections => Set<ReportedInspection>();
    public DbSet<Anomaly> Anomalies => Set<Anomaly>();
    public DbSet<PlanLine> PlanLines => Set<PlanLine>();
    public DbSet<PlanVersion> PlanVersions => Set<PlanVersion>();
    public DbSet<ItemVersion> ItemVersions => Set<ItemVersion>();
    public DbSet<DirectoryUpdate> DirectoryUpdates => Set<DirectoryUpdate>();
    public DbSet<Draw> Draws => Set<Draw>();
    public DbSet<DrawnObject> DrawnObjects => Set<DrawnObject>();
    public DbSet<ConflictOfInterest> Conflicts => Set<ConflictOfInterest>();
    public DbSet<Deadline> Deadlines => Set<Deadline>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<QuietDayRefusal> QuietDayRefusals => Set<QuietDayRefusal>();
    public DbSet<FigureObjection> FigureObjections => Set<FigureObjection>();
    public DbSet<DraftLink> DraftLinks => Set<DraftLink>();
    public DbSet<RaisedMatter> RaisedMatters => Set<RaisedMatter>();
    public DbSet<Clue> Clues => Set<Clue>();
    public DbSet<ClueEvidence> ClueEvidence => Set<ClueEvidence>();
    public DbSet<CommonProblem> CommonProblems => Set<CommonProblem>();
    public DbSet<SituationNotice> SituationNotices => Set<SituationNotice>();
    public DbSet<SpotCheck> SpotChecks => Set<SpotCheck>();
    public DbSet<SpotCheckDraw> SpotCheckDraws => Set<SpotCheckDraw>();
    public DbSet<Transfer> Transfers => Set<Transfer>();
    public DbSet<NumberSeries> NumberSeries => Set<NumberSeries>();
    public DbSet<WrongTries> WrongTries => Set<WrongTries>();
    public DbSet<Complaint> Complaints => Set<Complaint>();
    public DbSet<ComplaintRemark> ComplaintRemarks => Set<ComplaintRemark>();
    public DbSet<Appeal> Appeals => Set<Appeal>();
    public DbSet<UnlicensedReport> UnlicensedReports => Set<UnlicensedReport>();
    public DbSet<SupervisionCase> SupervisionCases => Set<SupervisionCase>();
    public DbSet<SupervisionStep> SupervisionSteps => Set<SupervisionStep>();
    public DbSet<SupervisionLetter> SupervisionLetters => Set<SupervisionLetter>();
    public DbSet<GuidingOpinion> GuidingOpinions => Set<GuidingOpinion>();
    public DbSet<Feedback> Feedback => Set<Feedback>();
    public DbSet<HelpRequest> HelpRequests => Set<HelpRequest>();
    public DbSet<Observation> Observations => Set<Observation>();
    public DbSet<ObservationTask> ObservationTasks => Set<ObservationTask>();
    public DbSet<FilledForm> FilledForms => Set<FilledForm>();
    public DbSet<Questionnaire> Questionnaires => Set<Questionnaire>();
    public DbSet<Meeting> Meetings => Set<Meeting>();
    public DbSet<MeetingPack> MeetingPacks => Set<MeetingPack>();
    public DbSet<JointAction> JointActions => Set<JointAction>();
    public DbSet<Preview> Previews => Set<Preview>();
    public DbSet<SelfCheckNote> SelfCheckNotes => Set<SelfCheckNote>();
    public DbSet<GuidanceRequest> GuidanceRequests => Set<GuidanceRequest>();
    public DbSet<KnowledgeEntry> KnowledgeEntries => Set<KnowledgeEntry>();
    public DbSet<KnowledgeTerm> KnowledgeTerms => Set<KnowledgeTerm>();
    public DbSet<OfferedCase> OfferedCases => Set<OfferedCase>();
    public DbSet<CalendarLink> CalendarLinks => Set<CalendarLink>();
    public DbSet<PublishedEntry> PublishedEntries => Set<PublishedEntry>();
    public DbSet<WorkbenchTicket> WorkbenchTickets => Set<WorkbenchTicket>();
    public DbSet<WorkbenchSession> WorkbenchSessions => Set<WorkbenchSession>();

    public Task<int> SaveChanges(CancellationToken cancellationToken) => SaveChangesAsync(cancellationToken);

    public void ForgetChanges() => ChangeTracker.Clear();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<AsUtc>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Person>().HasIndex(p => p.UnitId);
        modelBuilder.Entity<ChannelAddress>(address =>
        {
            address.HasKey(a => new { a.Channel, a.ExternalId });
            address.HasIndex(a => a.PersonId);
            address.HasIndex(a => a.CameBackAt).HasFilter("\"CameBackAt\" IS NOT NULL");
        });
        modelBuilder.Entity<Enterprise>().HasIndex(e => e.CreditCode).IsUnique();
        modelBuilder.Entity<Binding>(binding =>
        {
            binding.HasIndex(b => b.PersonId);
            binding.HasIndex(b => b.EnterpriseId);
            binding.Ignore(b => b.LastDay);
        });
        modelBuilder.Entity<WrongTries>().HasKey(t => new { t.Who, t.About });
        modelBuilder.Entity<BindingCode>(code =>
        {
            code.HasKey(c => c.Hash);
            code.HasIndex(c => c.IssuedById);
        });
        modelBuilder.Entity<Complaint>(complaint =>
        {
            complaint.Ignore(c => c.Anonymous);
            complaint.Ignore(c => c.IsOpen);
            complaint.HasIndex(c => c.Number).IsUnique();
            complaint.HasIndex(c => c.CodeHash).IsUnique();
            complaint.HasIndex(c => c.PersonId);
            complaint.HasIndex(c => c.Stage);
            complaint.HasIndex(c => c.ReceivedAt);
        });
        modelBuilder.Entity<ComplaintRemark>().HasKey(r => new { r.ComplaintId, r.Ordinal });
        modelBuilder.Entity<UnlicensedReport>(report =>
        {
            report.Ignore(r => r.Anonymous);
            report.Ignore(r => r.IsOpen);
            report.HasIndex(r => r.Number).IsUnique();
            report.HasIndex(r => r.CodeHash).IsUnique();
            report.HasIndex(r => r.PersonId);
            report.HasIndex(r => r.UnitId);
        });
        modelBuilder.Entity<Appeal>(appeal =>
        {
            appeal.Ignore(a => a.IsOpen);
            appeal.HasIndex(a => a.Number).IsUnique();
            appeal.HasIndex(a => a.TaskId);
            appeal.HasIndex(a => a.EnterpriseId);
            appeal.HasIndex(a => new { a.UnitId, a.Stage });
        });
        modelBuilder.Entity<SupervisionCase>(one =>
        {
            one.Ignore(c => c.IsOpen);
            one.Ignore(c => c.IsWarning);
            one.HasIndex(c => c.Number).IsUnique();
            one.HasIndex(c => new { c.UnitId, c.Stage });
            one.HasIndex(c => c.Stage);
            one.HasIndex(c => c.DecisionNumber).IsUnique();
            one.HasMany(c => c.Steps).WithOne().HasForeignKey(step => step.CaseId);
        });
        modelBuilder.Entity<SupervisionStep>().HasKey(step => new { step.CaseId, step.Ordinal });
        modelBuilder.Entity<SupervisionLetter>(letter =>
        {
            letter.HasIndex(l => l.Number).IsUnique();
            letter.HasIndex(l => l.Token).IsUnique();
            letter.HasIndex(l => l.SubjectId);
        });
        modelBuilder.Entity<GuidingOpinion>().HasIndex(opinion => opinion.Number).IsUnique();
        modelBuilder.Entity<Feedback>(feedback =>
        {
            feedback.HasIndex(f => f.TaskId).IsUnique();
            feedback.HasIndex(f => new { f.GivenOn, f.UnitId, f.Score }).HasFilter("\"Score\" IS NOT NULL");
        });
        modelBuilder.Entity<HelpRequest>().HasIndex(h => h.PersonId);
        modelBuilder.Entity<Observation>().HasIndex(o => o.UnitId);
        modelBuilder.Entity<ObservationTask>(task =>
        {
            task.HasKey(t => new { t.PersonId, t.Month, t.Ordinal });
            task.Ignore(t => t.IsOpen);
            task.HasIndex(t => t.Month);
        });
        modelBuilder.Entity<FilledForm>().HasIndex(f => new { f.FormId, f.SubjectId });
        modelBuilder.Entity<Questionnaire>().HasIndex(q => q.Until);
        modelBuilder.Entity<Meeting>(meeting =>
        {
            meeting.HasIndex(m => m.On);
            meeting.HasIndex(m => m.Token).IsUnique();
        });
        modelBuilder.Entity<MeetingPack>().HasKey(p => p.Hash);
        modelBuilder.Entity<JointAction>().HasIndex(a => a.ClosedOn);
        modelBuilder.Entity<InspectionTask>(task =>
        {
            task.HasIndex(t => new { t.EnterpriseId, t.ScheduledOn });
            task.Ignore(t => t.IsJoint);
            task.HasIndex(t => new { t.UnitId, t.ScheduledOn });
            task.HasIndex(t => t.Stage);
            task.HasIndex(t => new { t.ScheduledOn, t.UnitId });
            task.HasIndex(t => t.ResultEnteredOn).HasFilter("\"ResultEnteredOn\" IS NOT NULL");

            // Figures are counted from these alone (S38): all of a day's visits, and the few that are withheld, joint or were not made. Free text is in
            // none of them: PostgreSQL takes no entry of more than a third of a page.
            task.HasIndex(t => new { t.CompletedOn, t.UnitId, t.Stage, t.Type, t.PreviewWaived, t.PreviewSentOn, t.ScannedInAt, t.ResultEnteredOn, t.PublishedOn, t.EnterpriseId }, "IX_Tasks_Done")
                .HasFilter("\"CompletedOn\" IS NOT NULL");
            task.HasIndex(t => new { t.CompletedOn, t.UnitId, t.Stage, t.PublishedOn }, "IX_Tasks_Withheld").HasFilter("\"NotPublishedBecause\" IS NOT NULL");
            task.HasIndex(t => new { t.CompletedOn, t.UnitId, t.Stage }, "IX_Tasks_Joint")
                .HasFilter(Database.IsNpgsql() ? "cardinality(\"JointUnitIds\") > 0" : "json_array_length(\"JointUnitIds\") > 0");
            task.HasIndex(t => new { t.ScheduledOn, t.UnitId, t.Stage }, "IX_Tasks_NotMade").HasFilter("\"Stage\" IN ('Exempted', 'Merged')");
        });
        modelBuilder.Entity<MergePrompt>(prompt =>
        {
            prompt.Ignore(p => p.IsOpen);
            prompt.Ignore(p => p.AllAgree);
            prompt.Ignore(p => p.AllDecline);
            prompt.Ignore(p => p.Disputed);
            prompt.HasIndex(p => new { p.EnterpriseId, p.State });
            prompt.HasIndex(p => p.State);
            prompt.HasMany(p => p.Parties).WithOne().HasForeignKey(party => party.PromptId);
        });
        modelBuilder.Entity<MergeParty>(party =>
        {
            party.HasKey(p => new { p.PromptId, p.UnitId });
            party.HasIndex(p => p.UnitId);
        });
        modelBuilder.Entity<MergePair>(pair =>
        {
            pair.HasKey(p => new { p.TaskId, p.OtherTaskId });
            pair.HasIndex(p => p.OtherTaskId);
        });
        modelBuilder.Entity<TestReport>().HasIndex(report => new { report.EnterpriseId, report.On });
        modelBuilder.Entity<InspectionCode>(code =>
        {
            code.HasKey(c => new { c.TaskId, c.Version });
            code.HasIndex(c => c.Hash).IsUnique();
        });
        modelBuilder.Entity<InspectionResult>(result =>
        {
            result.HasKey(r => r.TaskId);
            result.HasIndex(r => new { r.CountsFrom, r.UnitId, r.Penalty }).HasFilter("\"CountsFrom\" IS NOT NULL");
        });
        modelBuilder.Entity<FoundProblem>(problem =>
        {
            problem.Ignore(p => p.IsOpen);
            problem.HasIndex(p => p.TaskId);
            problem.HasIndex(p => p.EnterpriseId);
        });
        modelBuilder.Entity<ObservationPeriod>(period =>
        {
            period.HasIndex(p => p.UnitId);
            period.HasIndex(p => p.EnterpriseId);
            period.HasIndex(p => p.Until).HasFilter("\"ClosedOn\" IS NULL");
        });
        modelBuilder.Entity<Visit>(visit =>
        {
            visit.Ignore(v => v.Flagged);
            visit.Ignore(v => v.TookPlace);
            visit.Ignore(v => v.Alerts);
            visit.HasIndex(v => new { v.EnterpriseId, v.On });
            visit.HasIndex(v => new { v.UnitId, v.On });
        });
        modelBuilder.Entity<ReportedInspection>(report =>
        {
            report.Ignore(r => r.Unregistered);
            report.HasIndex(r => new { r.UnitId, r.EnterpriseId, r.On });
        });
        modelBuilder.Entity<QuietDayRefusal>().HasIndex(r => new { r.RefusedOn, r.UnitId });
        modelBuilder.Entity<FigureObjection>().HasIndex(o => new { o.PeriodId, o.UnitId });
        modelBuilder.Entity<DraftLink>(link =>
        {
            link.HasKey(l => l.Hash);
            link.Ignore(l => l.Holder);
            link.HasIndex(l => l.ExpiresAt);
        });
        modelBuilder.Entity<Anomaly>(anomaly =>
        {
            anomaly.Ignore(a => a.InWords);
            anomaly.HasIndex(a => new { a.Source, a.SourceId }).IsUnique();
            anomaly.HasIndex(a => new { a.EnterpriseId, a.Indicator, a.SeenAt });
            anomaly.HasIndex(a => new { a.UnitId, a.State });
            anomaly.HasIndex(a => a.Number);
        });
        modelBuilder.Entity<InspectionPlan>(plan =>
        {
            plan.HasIndex(p => new { p.UnitId, p.Year });
            plan.Ignore(p => p.NeedsApproval);
        });
        modelBuilder.Entity<PlanLine>(line =>
        {
            line.HasKey(l => new { l.PlanId, l.Version, l.Ordinal });
            line.Ignore(l => l.IsJoint);
            line.Ignore(l => l.InWords);
        });
        modelBuilder.Entity<PlanVersion>().HasKey(v => new { v.PlanId, v.Version });
        modelBuilder.Entity<ItemVersion>().HasKey(v => new { v.ItemId, v.From });
        modelBuilder.Entity<DirectoryUpdate>().HasKey(u => new { u.Directory, u.UnitId });
        modelBuilder.Entity<Draw>().HasIndex(d => new { d.UnitId, d.Year });
        modelBuilder.Entity<DrawnObject>(drawn =>
        {
            drawn.HasKey(d => new { d.DrawId, d.EnterpriseId });
            drawn.HasIndex(d => d.EnterpriseId);
        });
        modelBuilder.Entity<ConflictOfInterest>(conflict =>
        {
            conflict.HasKey(c => new { c.PersonId, c.EnterpriseId });
            conflict.HasIndex(c => c.EnterpriseId);
        });
        modelBuilder.Entity<Deadline>(deadline =>
        {
            deadline.Ignore(d => d.Period);
            deadline.Ignore(d => d.IsOpen);
            deadline.HasIndex(d => d.NextStepAt);
            deadline.HasIndex(d => d.UnitId);
            deadline.HasIndex(d => new { d.Kind, d.StartedOn });
        });
        modelBuilder.Entity<Notice>(notice =>
        {
            notice.HasIndex(n => n.Key).IsUnique();
            notice.HasIndex(n => new { n.State, n.NextAttemptAt });

            // What is urgent does not stand behind a hundred thousand others.
            notice.HasIndex(n => n.NextAttemptAt).HasFilter("\"Urgent\" AND \"State\" = 'Owed'");
            notice.HasIndex(n => n.PersonId);
            notice.HasIndex(n => n.SubjectId);
            notice.HasIndex(n => n.Receipt).HasFilter("\"Receipt\" IS NOT NULL");
            notice.HasIndex(n => n.PageToken).IsUnique();
        });
        modelBuilder.Entity<RaisedMatter>(matter =>
        {
            matter.HasKey(m => m.Key);
            matter.HasIndex(m => new { m.Kind, m.RaisedAt });
        });
        modelBuilder.Entity<Clue>(clue =>
        {
            clue.HasIndex(c => c.Number).IsUnique();
            clue.HasIndex(c => new { c.UnitId, c.Kind, c.State });
            clue.HasIndex(c => c.State);
            clue.HasIndex(c => c.CaseId);
        });
        modelBuilder.Entity<CommonProblem>().HasIndex(p => new { p.Kind, p.Quarter }).IsUnique();
        modelBuilder.Entity<SituationNotice>().HasIndex(s => s.UnitId);
        modelBuilder.Entity<SpotCheck>().HasIndex(c => c.Quarter);
        modelBuilder.Entity<SpotCheckDraw>().HasIndex(d => d.Quarter);
        modelBuilder.Entity<Transfer>().HasIndex(t => t.UnitId);
        modelBuilder.Entity<ClueEvidence>(evidence =>
        {
            evidence.HasKey(e => new { e.Kind, e.UnitId, e.EvidenceId });
            evidence.HasIndex(e => e.ClueId);
        });
        modelBuilder.Entity<NumberSeries>(series =>
        {
            series.HasKey(s => new { s.Series, s.Year });
            series.Property(s => s.Last).IsConcurrencyToken();
        });
        modelBuilder.Entity<Preview>(preview =>
        {
            preview.Ignore(p => p.Changed);
            preview.HasIndex(p => new { p.TaskId, p.Version }).IsUnique();
        });
        modelBuilder.Entity<SelfCheckNote>().HasKey(n => new { n.EnterpriseId, n.TaskId, n.Standard });
        modelBuilder.Entity<GuidanceRequest>(request =>
        {
            request.Ignore(r => r.Anonymous);
            request.Ignore(r => r.OpenFollowUp);
            request.Ignore(r => r.AwaitsAnswer);
            request.HasIndex(r => r.Number).IsUnique();
            request.HasIndex(r => new { r.EnterpriseId, r.ReceivedAt });
            request.HasIndex(r => r.UnitId);
            request.HasIndex(r => r.LookupHash).IsUnique();
            request.HasMany(r => r.FollowUps).WithOne().HasForeignKey(f => f.RequestId);
        });
        modelBuilder.Entity<KnowledgeEntry>(entry =>
        {
            entry.HasIndex(e => e.Key).IsUnique();
            entry.HasIndex(e => new { e.Kind, e.Place });
        });
        modelBuilder.Entity<KnowledgeTerm>().HasKey(t => new { t.Term, t.Stretch });
        modelBuilder.Entity<OfferedCase>().HasIndex(o => o.State);
        modelBuilder.Entity<CalendarLink>(link =>
        {
            link.HasKey(l => l.PersonId);
            link.Ignore(l => l.Holder);
            link.HasIndex(l => l.Hash).IsUnique();
        });
        modelBuilder.Entity<PublishedEntry>().HasKey(e => new { e.PersonId, e.Uid });
        modelBuilder.Entity<WorkbenchTicket>(ticket =>
        {
            ticket.HasKey(t => t.Hash);
            ticket.Ignore(t => t.Holder);
            ticket.HasIndex(t => t.PersonId);
            ticket.HasIndex(t => t.ExpiresAt);
        });
        modelBuilder.Entity<WorkbenchSession>(session =>
        {
            session.HasKey(s => s.Hash);
            session.Ignore(s => s.Holder);
            session.HasIndex(s => s.Until);
        });
        if (Database.IsNpgsql())
            NoticeLostUpdates(modelBuilder);
    }

    /// <summary>Several writers work at once on PostgreSQL: a row that somebody else changed since it was read is not written over.</summary>
    private static void NoticeLostUpdates(ModelBuilder modelBuilder)
    {
        foreach (var entity in modelBuilder.Model.GetEntityTypes().Where(entity => !entity.IsOwned()).ToArray())
            modelBuilder.Entity(entity.ClrType).Property<uint>("xmin").IsRowVersion();
    }

    /// <summary>SQLite gives instants back without their kind; PostgreSQL refuses any but UTC.</summary>
    private sealed class AsUtc() : ValueConverter<DateTime, DateTime>(at => at, at => DateTime.SpecifyKind(at, DateTimeKind.Utc));
}
