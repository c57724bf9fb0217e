using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Domain.Tests.Complaints;

/// <summary>S07, W34: a 12345 ticket and a complaint by chat about the same matter are offered as one case; a person says whether they are.</summary>
public sealed class JoiningOneMatter : IDisposable
{
    private readonly Office office = new("2026-11-20 10:00");
    private readonly Actor complainant;
    private readonly Actor desk;

    public JoiningOneMatter()
    {
        office.Add(
            new Enterprise("E1", "青禾钢锭公司", "91321299MA7CLA010M"),
            new Enterprise("E2", "石桥河食品公司", "91321299MA7CLA2B5T"),
            new Unit("U06", "区城市管理局", "district", "城市管理", "0000-86000600"),
            new Unit("U04", "区消防救援大队", "district", "消防救援", "0000-86000400"));
        complainant = office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1");
        desk = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
    }

    [Fact]
    public async Task A_ticket_becomes_a_complaint_whose_times_count_from_the_day_12345_took_it()
    {
        await Import(Ticket("GD-1"));

        var complaint = office.Use(db => db.Complaints.Single());
        Assert.Equal(("GD-1", false, null), (complaint.HotlineTicket, complaint.Anonymous, complaint.PersonId));
        Assert.Equal(new DateOnly(2026, 11, 19), office.Use(db => db.Deadlines.Single(d => d.Kind == "complaint.contact").DueOn));
        Assert.Equal(new DateOnly(2026, 11, 25), office.Use(db => db.Deadlines.Single(d => d.Kind == "complaint.reply").DueOn));
        Assert.Contains("从12345接入1件工单", office.Use(db => db.Notices.Single(n => n.Kind == "N147").Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_enterprise_unit_and_day_are_offered_as_one_and_joined_by_a_person()
    {
        var receipt = await File();
        await Import(Ticket("GD-1"));
        var ticket = office.Use(db => db.Complaints.Single(c => c.HotlineTicket != null).Id);
        Assert.Contains($"{ticket}可能与已有投诉是同一件事", office.Use(db => db.Notices.Single(n => n.Kind == "N147").Text), StringComparison.Ordinal);
        Assert.Equal(ticket, (await office.Send(new OpenComplaint(desk, receipt.ComplaintId))).AlikeId);

        var joined = await office.Send(new JoinComplaints(desk, receipt.ComplaintId, ticket));

        // The ticket was received first, so its time goes on; the complainant by chat is told.
        Assert.Equal((ticket, new DateOnly(2026, 11, 25)), (joined.ComplaintId, joined.ReplyDue));
        Assert.Contains("并在一起办理", Told("N148"), StringComparison.Ordinal);
        Assert.DoesNotContain("12345", Told("N148"), StringComparison.Ordinal);
        Assert.Equal([ticket], (await office.Send(new ComplaintsForSupervisor(desk))).Select(line => line.ComplaintId));
        Assert.Equal(("与反映同一件事的投诉并案办理中", new DateOnly(2026, 11, 25)), (await office.Send(new MyComplaints(complainant))).Select(p => (p.Stage, p.ReplyDue!.Value)).Single());
    }

    [Fact]
    public async Task What_is_added_to_a_joined_complaint_reaches_the_one_that_is_handled_and_its_answer_everybody()
    {
        var receipt = await File();
        await Import(Ticket("GD-1"));
        var main = (await office.Send(new JoinComplaints(desk, receipt.ComplaintId, "K26-2"))).ComplaintId;

        await office.Send(new SupplementComplaint(complainant, receipt.ComplaintId, "他们第二天又来", []));
        Assert.Contains("他们第二天又来", (await office.Send(new OpenComplaint(desk, main))).Remarks.Select(remark => remark.Text));
        await office.Send(new AcceptComplaint(desk, main));
        await office.Send(new ResolveComplaint(desk, main, "属实", "责令改正", "检查须亮证"));

        Assert.Contains("查明：属实", Told("N12"), StringComparison.Ordinal);
        Assert.Contains(receipt.Number, Told("N12"), StringComparison.Ordinal);
        Assert.NotNull((await office.Send(new ReopenComplaint(complainant, receipt.ComplaintId, "又来了"))).ReplyDue);
    }

    [Fact]
    public async Task What_a_person_has_kept_apart_is_not_offered_again()
    {
        var receipt = await File();
        await Import(Ticket("GD-1"));

        await office.Send(new KeepApart(desk, receipt.ComplaintId, "K26-2"));

        Assert.Null((await office.Send(new OpenComplaint(desk, receipt.ComplaintId))).AlikeId);
        Assert.Null((await office.Send(new OpenComplaint(desk, "K26-2"))).AlikeId);
    }

    [Theory]
    [InlineData("E2", "U06", 18)]
    [InlineData("E1", "U04", 18)]
    [InlineData("E1", "U06", 17)]
    [InlineData(null, "U06", 18)]
    public async Task Another_enterprise_unit_or_day_is_another_matter(string? enterprise, string unit, int day)
    {
        var receipt = await File();

        await Import(Ticket("GD-1", enterprise, unit, day));

        Assert.Null((await office.Send(new OpenComplaint(desk, receipt.ComplaintId))).AlikeId);
    }

    [Fact]
    public async Task An_anonymous_complaint_is_never_laid_beside_a_named_one()
    {
        // W28: beside one with a name it would have one.
        var anonymous = await office.Send(new FileComplaint(complainant, Facts, Anonymous: true));
        await Import(Ticket("GD-1"));

        Assert.Null((await office.Send(new OpenComplaint(desk, anonymous.ComplaintId))).AlikeId);
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new JoinComplaints(desk, anonymous.ComplaintId, "K26-2")));
        Assert.Same(Complaint.SameOrigin, refused.Rule);
    }

    [Fact]
    public async Task A_joined_complaint_can_still_be_withdrawn_and_the_other_goes_on()
    {
        var receipt = await File();
        await Import(Ticket("GD-1"));
        await office.Send(new JoinComplaints(desk, receipt.ComplaintId, "K26-2"));

        await office.Send(new WithdrawComplaint(complainant, receipt.ComplaintId));

        Assert.Single(await office.Send(new ComplaintsForSupervisor(desk)));
        Assert.True(office.Use(db => db.Deadlines.Any(d => d.SubjectId == "K26-2" && d.MetAt == null && d.DroppedAt == null)));
    }

    public void Dispose() => office.Dispose();

    private static ComplaintFacts Facts => new(ComplaintKind.NoScanOrCertificate, new DateOnly(2026, 11, 18), null, "U06", "没亮证就进来查");

    private static HotlineTicket Ticket(string number, string? enterprise = "E1", string unit = "U06", int day = 18) => new(
        number,
        new DateTime(2026, 11, 18, 3, 0, 0, DateTimeKind.Utc),
        enterprise,
        new ComplaintFacts(ComplaintKind.NoScanOrCertificate, new DateOnly(2026, 11, day), null, unit, "来电人反映检查人员未出示证件"));

    private Task<ComplaintReceipt> File() => office.Send(new FileComplaint(complainant, Facts, Anonymous: false));

    private async Task Import(HotlineTicket ticket)
    {
        await using var scope = office.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<HotlineTickets>().Take([ticket], TestContext.Current.CancellationToken);
        await scope.ServiceProvider.GetRequiredService<ISupervisionDb>().SaveChanges(TestContext.Current.CancellationToken);
    }

    private string Told(string kind) => office.Use(db => db.Notices.Where(n => n.Kind == kind && n.PersonId == "P1").AsEnumerable().OrderBy(n => n.Id).Last().Text);
}
