using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Complaints;

/// <summary>S37: contact in one working day, answer in five, fifteen when difficult, one extension with a reason, one review.</summary>
public sealed class HandlingComplaints : IDisposable
{
    private readonly Office office = new("2026-11-20 10:00");
    private readonly Actor complainant;
    private readonly Actor desk;
    private readonly Actor other;

    public HandlingComplaints()
    {
        office.Add(new Enterprise("E1", "青禾钢锭公司", "91321299MA7CLA010M"), new Unit("U04", "区消防救援大队", "district", "消防救援", "0000-86000400"));
        complainant = office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1");
        other = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
        office.Add(new Person("SJ3", "范景行", ActorRole.Supervisor) { OnComplaintDesk = true }, new ChannelAddress("web", "SJ3", "SJ3"));
        desk = new Actor("SJ3", ActorRole.Supervisor, "范景行", new Address("web", "SJ3"));
    }

    [Fact]
    public async Task Acceptance_is_told_to_the_complainant_and_the_contact_is_still_owed()
    {
        var id = await File();

        await office.Send(new AcceptComplaint(desk, id));

        Assert.Contains("11月23日前与您联系", Told("N11"), StringComparison.Ordinal);
        Assert.True(IsOpen("complaint.contact", id));
    }

    [Fact]
    public async Task Accepting_twice_is_refused_and_told_once()
    {
        var id = await File();
        await office.Send(new AcceptComplaint(desk, id));

        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new AcceptComplaint(desk, id)));

        Assert.Same(Complaint.NotYetAccepted, broken.Rule);
        Assert.Equal(1, office.Use(db => db.Notices.Count(n => n.Kind == "N11")));
    }

    [Fact]
    public async Task An_anonymous_complaint_is_contacted_by_being_accepted()
    {
        var receipt = await office.Send(new FileComplaint(complainant, Facts(), Anonymous: true));

        await office.Send(new AcceptComplaint(desk, receipt.ComplaintId));

        Assert.False(IsOpen("complaint.contact", receipt.ComplaintId));
        Assert.Equal(0, office.Use(db => db.Notices.Count(n => n.Kind == "N11")));
    }

    [Theory]
    [InlineData("2026-11-23 23:59", true)]
    [InlineData("2026-11-24 00:01", false)]
    public async Task A_contact_on_the_last_day_is_on_time_and_the_day_after_is_late(string now, bool onTime)
    {
        var id = await File();
        office.Time.Set(now);

        var line = (await office.Send(new ComplaintsForSupervisor(desk))).Single();
        await office.Send(new ContactComplainant(desk, id, "几个人来的？"));

        Assert.Equal(!onTime, line.Late);
        Assert.False(IsOpen("complaint.contact", id));
        Assert.Contains("几个人来的", Told("N34"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_contact_the_desk_is_reminded_on_the_due_day_and_the_morning_after()
    {
        await File();

        office.Time.Set("2026-11-23 08:30");
        await Sweep();
        Assert.Equal(1, office.Use(db => db.Notices.Count(n => n.Kind == "N7b" && n.PersonId == "SJ3" && n.Text.Contains("首次联系"))));
        office.Time.Set("2026-11-24 08:30");
        await Sweep();
        await Sweep();
        Assert.Equal(1, office.Use(db => db.Notices.Count(n => n.Kind == "N8" && n.PersonId == "SJ3")));
    }

    [Fact]
    public async Task A_difficult_case_has_fifteen_working_days_from_the_same_day_and_the_complainant_hears_why()
    {
        var id = await File();

        var handled = await office.Send(new MarkDifficult(desk, id));
        await office.Send(new MarkDifficult(desk, id));

        Assert.Equal(new DateOnly(2026, 12, 11), handled.ReplyDue);
        Assert.Contains("12月11日", Told("N36"), StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 11, 27), office.Use(db => db.Deadlines.Single(d => d.Kind == "complaint.reply").FirstDueOn));
    }

    [Fact]
    public async Task It_is_extended_once_from_the_due_day_with_a_reason()
    {
        var id = await File();
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new ExtendComplaint(desk, id, " ")));

        var extended = await office.Send(new ExtendComplaint(desk, id, "需要向现场人员核实"));
        var again = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new ExtendComplaint(desk, id, "再延")));

        Assert.Equal(new DateOnly(2026, 12, 4), extended.ReplyDue);
        Assert.Contains("需要向现场人员核实", Told("N36"), StringComparison.Ordinal);
        Assert.Same(Complaint.ExtendedOnce, again.Rule);
    }

    [Fact]
    public async Task The_answer_says_finding_action_and_reason_and_closes_the_deadline()
    {
        var id = await File();
        await office.Send(new AcceptComplaint(desk, id));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new ResolveComplaint(desk, id, "属实", "", "依规")));

        await office.Send(new ResolveComplaint(desk, id, "属实", "责令改正", "检查须亮证"));

        Assert.Contains("查明：属实；处理：责令改正；理由：检查须亮证", Told("N12"), StringComparison.Ordinal);
        Assert.False(IsOpen("complaint.reply", id));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new ResolveComplaint(desk, id, "属实", "责令改正", "检查须亮证")));
    }

    [Fact]
    public async Task It_cannot_be_answered_before_it_is_accepted()
    {
        var id = await File();

        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new ResolveComplaint(desk, id, "属实", "责令改正", "依规")));

        Assert.Same(Complaint.Accepted, broken.Rule);
    }

    [Theory]
    [InlineData("2026-12-07 10:00", true)] // fifteen days end on Saturday 12-05 and so on Monday
    [InlineData("2026-12-08 10:00", false)]
    public async Task An_unsettled_complaint_is_reopened_in_time_and_once(string now, bool inTime)
    {
        var id = await File();
        await office.Send(new AcceptComplaint(desk, id));
        await office.Send(new ResolveComplaint(desk, id, "属实", "责令改正", "依规"));
        office.Time.Set(now);

        if (!inTime)
        {
            Assert.Same(Complaint.ReopenedInTime, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new ReopenComplaint(complainant, id, "又来了")))).Rule);
            return;
        }

        var reopened = await office.Send(new ReopenComplaint(complainant, id, "又来了"));
        Assert.Equal(new DateOnly(2026, 12, 14), reopened.ReplyDue);
        await office.Send(new ResolveComplaint(desk, id, "属实", "约谈", "依规"));
        Assert.Equal(2, office.Use(db => db.Notices.Count(n => n.Kind == "N12")));
        Assert.Same(Complaint.ReopenedSeldom, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new ReopenComplaint(complainant, id, "还是没解决")))).Rule);
    }

    /// <summary>N12 ends with 请评价本次办理.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task S37_who_complained_says_how_content_they_are_with_the_answer_that_stands(bool anonymous)
    {
        var receipt = await office.Send(new FileComplaint(complainant, Facts(), anonymous));
        var mine = receipt.Code ?? receipt.ComplaintId;
        await office.Send(new AcceptComplaint(desk, receipt.ComplaintId));
        Assert.Same(Complaint.RatedAfterAnswer, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new RateComplaintHandling(complainant, mine, HandlingGrade.Satisfied)))).Rule);
        await office.Send(new ResolveComplaint(desk, receipt.ComplaintId, "属实", "责令改正", "依规"));

        await office.Send(new RateComplaintHandling(complainant, mine, HandlingGrade.Satisfied));
        await office.Send(new RateComplaintHandling(complainant, mine, HandlingGrade.Dissatisfied));
        Assert.Equal(HandlingGrade.Dissatisfied, (await office.Send(new OpenComplaint(desk, receipt.ComplaintId))).Grade);

        await office.Send(new ReopenComplaint(complainant, mine, "又来了"));
        await office.Send(new ResolveComplaint(desk, receipt.ComplaintId, "属实", "约谈", "依规"));
        Assert.Null((await office.Send(new OpenComplaint(desk, receipt.ComplaintId))).Grade);
    }

    [Fact]
    public async Task Nobody_else_says_how_a_complaint_was_handled()
    {
        var id = await File();
        await office.Send(new AcceptComplaint(desk, id));
        await office.Send(new ResolveComplaint(desk, id, "属实", "责令改正", "依规"));
        office.Add(new Enterprise("E2", "别家", "91321299MA7CLA2B5T"));
        var stranger = office.Person("P2", "李雷", ActorRole.EnterpriseUser, enterpriseId: "E2");

        Assert.Same(ComplaintDesk.Found, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new RateComplaintHandling(stranger, id, HandlingGrade.Satisfied)))).Rule);
        Assert.Same(Permissions.OnlyByRole, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new RateComplaintHandling(desk, id, HandlingGrade.Satisfied)))).Rule);
    }

    [Fact]
    public async Task A_withdrawn_complaint_owes_nothing_and_is_withdrawn_once()
    {
        var id = await File();

        await office.Send(new WithdrawComplaint(complainant, id));

        Assert.False(IsOpen("complaint.contact", id) || IsOpen("complaint.reply", id));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new WithdrawComplaint(complainant, id)));
    }

    [Fact]
    public async Task Hints_at_bribes_are_for_the_desk_alone()
    {
        var id = await File(ComplaintKind.Integrity);

        Assert.Equal(["SJ3"], office.Use(db => db.Notices.Select(n => n.PersonId).ToList()));
        Assert.Empty(await office.Send(new ComplaintsForSupervisor(other)));
        Assert.Same(ComplaintDesk.OnlyForTheDesk, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new OpenComplaint(other, id)))).Rule);
        Assert.Equal("检查后暗示买灭火器", (await office.Send(new OpenComplaint(desk, id))).Text);
    }

    [Fact]
    public async Task A_transfer_is_registered_with_organ_number_and_date_and_told_only_on_demand()
    {
        var id = await File(ComplaintKind.Integrity);

        await office.Send(new TransferComplaint(desk, id, "区纪委监委", "云司函〔2026〕31号", new DateOnly(2026, 11, 20)));
        Assert.Equal("办理中", (await office.Send(new MyComplaints(complainant))).Single().Stage);
        Assert.Equal(0, office.Use(db => db.Notices.Count(n => n.Kind == "N35")));

        await office.Send(new TellOfTransfer(desk, id));
        await office.Send(new TellOfTransfer(desk, id));

        Assert.Equal("已按规定移送", (await office.Send(new MyComplaints(complainant))).Single().Stage);
        Assert.DoesNotContain("纪委", Told("N35"), StringComparison.Ordinal);
        Assert.False(IsOpen("complaint.reply", id));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new TransferComplaint(desk, id, "区纪委监委", "云司函〔2026〕31号", new DateOnly(2026, 11, 20))));
    }

    [Fact]
    public async Task Nothing_but_integrity_is_transferred()
    {
        var id = await File();

        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new TransferComplaint(desk, id, "区纪委监委", "云司函〔2026〕31号", new DateOnly(2026, 11, 20))));

        Assert.Same(Complaint.OnlyIntegrityIsTransferred, broken.Rule);
    }

    [Fact]
    public async Task An_enterprise_sees_and_touches_only_its_own()
    {
        var id = await File();
        office.Add(new Enterprise("E2", "别家", "91321299MA7CLA2B5T"));
        var stranger = office.Person("P2", "李雷", ActorRole.EnterpriseUser, enterpriseId: "E2");

        Assert.Empty(await office.Send(new MyComplaints(stranger)));
        Assert.Same(ComplaintDesk.Found, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new WithdrawComplaint(stranger, id)))).Rule);
    }

    public void Dispose() => office.Dispose();

    private static ComplaintFacts Facts(ComplaintKind kind = ComplaintKind.NoScanOrCertificate) =>
        new(kind, new DateOnly(2026, 11, 20), null, "U04", kind == ComplaintKind.Integrity ? "检查后暗示买灭火器" : "没亮证");

    private async Task<string> File(ComplaintKind kind = ComplaintKind.NoScanOrCertificate) =>
        (await office.Send(new FileComplaint(complainant, Facts(kind), Anonymous: false))).ComplaintId;

    private Task<Domain.Deadlines.StepsTaken> Sweep() => office.Send(new Domain.Deadlines.TakeDueSteps(Actor.Service));

    private string Told(string kind) => office.Use(db => db.Notices.Where(n => n.Kind == kind && n.PersonId == "P1").Select(n => n.Text).Single());

    private bool IsOpen(string kind, string id) => office.Use(db => db.Deadlines.Single(d => d.Id == $"{kind}:{id}").IsOpen);
}
