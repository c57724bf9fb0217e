using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Complaints;

/// <summary>S06, W34: the receipt at once, its dates in working days, and silence towards the unit.</summary>
public sealed class FilingAComplaint : IDisposable
{
    private readonly Office office = new("2026-11-22 10:00");
    private readonly Actor enterprise;

    public FilingAComplaint()
    {
        office.Add(new Enterprise("E1", "青禾钢锭公司", "91321299MA7CLA010M"), new Unit("U06", "区城市管理局", "district", "城市管理", "0000-86000600"));
        office.Add(new Domain.Numbering.NumberSeries("云监投", 2026, 49));
        enterprise = office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1");
        office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
        office.Person("L1", "邵晓岚", ActorRole.UnitLeader, "U06");
        office.Person("LI1", "孟书勤", ActorRole.UnitLiaison, "U06");
        office.Person("I1", "庄牧野", ActorRole.Inspector, "U06");
    }

    [Fact]
    public async Task A_named_complaint_gets_its_number_and_both_dates()
    {
        var receipt = await office.Send(new FileComplaint(enterprise, Facts("没亮证"), Anonymous: false));

        Assert.Equal("云监投〔2026〕050号", receipt.Number);
        Assert.Null(receipt.Code);
        Assert.Equal(new DateOnly(2026, 11, 23), receipt.ContactDue);
        Assert.Equal(new DateOnly(2026, 11, 27), receipt.ReplyDue);
    }

    [Theory]
    [InlineData("2026-09-30 16:00", "2026-10-08", "2026-10-13")] // over the National Day holiday, 10-10 being a make-up Saturday
    [InlineData("2026-02-13 16:00", "2026-02-14", "2026-02-27")] // the make-up Saturday before Spring Festival counts
    public async Task Holidays_are_not_counted_and_make_up_days_are(string now, string contact, string reply)
    {
        office.Time.Set(now);

        var receipt = await office.Send(new FileComplaint(enterprise, Facts("没亮证") with { OccurredOn = null }, Anonymous: false));

        Assert.Equal(contact, receipt.ContactDue.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(reply, receipt.ReplyDue.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Only_the_justice_bureau_hears_of_it_never_the_unit()
    {
        await office.Send(new FileComplaint(enterprise, Facts("没亮证"), Anonymous: false));

        Assert.Equal(["SJ1"], office.Use(db => db.Notices.Select(n => n.PersonId).ToList()));
        Assert.DoesNotContain(office.Use(db => db.Notices.Select(n => n.Text).Single()), "王芳", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Even_long_overdue_no_reminder_reaches_the_unit()
    {
        await office.Send(new FileComplaint(enterprise, Facts("没亮证"), Anonymous: false));

        for (var day = new DateTime(2026, 11, 23); day < new DateTime(2026, 12, 20); day = day.AddDays(1))
        {
            office.Time.Set($"{day:yyyy-MM-dd} 09:00");
            await office.Send(new Domain.Deadlines.TakeDueSteps(Actor.Service));
        }

        Assert.Equal(["SJ1"], office.Use(db => db.Notices.Where(n => n.Kind != "N149").Select(n => n.PersonId).Distinct().ToList()));
        Assert.Equal([enterprise.PersonId!], office.Use(db => db.Notices.Where(n => n.Kind == "N149").Select(n => n.PersonId).Distinct().ToList()));
        Assert.Contains(office.Use(db => db.Notices.Select(n => n.Kind).ToList()), kind => kind == "N8");
    }

    [Fact]
    public async Task The_same_words_again_get_the_same_receipt()
    {
        var first = await office.Send(new FileComplaint(enterprise, Facts("没亮证"), Anonymous: false));
        var second = await office.Send(new FileComplaint(enterprise, Facts("没亮证"), Anonymous: false));

        Assert.Equal(first, second);
        Assert.Equal(1, office.Use(db => db.Complaints.Count()));
    }

    [Fact]
    public async Task A_stranger_who_gives_a_name_can_be_answered_from_then_on()
    {
        await office.Send(new FileComplaint(Office.Visitor("openid-9"), Facts("没亮证"), Anonymous: false, "李女士", "13800000000"));

        var complaint = office.Use(db => db.Complaints.Single());
        var address = office.Use(db => db.Addresses.Single(a => a.ExternalId == "openid-9"));
        Assert.Equal(complaint.PersonId, address.PersonId);
        Assert.Equal(("李女士", ActorRole.Public), office.Use(db => db.People.Where(p => p.Id == complaint.PersonId).Select(p => ValueTuple.Create(p.Name, p.Role)).Single()));
    }

    [Fact]
    public async Task What_has_not_happened_yet_cannot_be_complained_about()
    {
        var broken = await Assert.ThrowsAsync<RuleBrokenException>(
            () => office.Send(new FileComplaint(enterprise, Facts("没亮证") with { OccurredOn = new DateOnly(2026, 11, 23) }, Anonymous: false)));

        Assert.Contains("还没有到", broken.Message, StringComparison.Ordinal);
        Assert.Equal(0, office.Use(db => db.Complaints.Count()));
    }

    [Theory]
    [InlineData(ActorRole.Inspector)]
    [InlineData(ActorRole.UnitLeader)]
    [InlineData(ActorRole.UnitLiaison)]
    public void Officials_of_units_neither_file_nor_list_nor_open_complaints(ActorRole role)
    {
        Assert.False(Permissions.May(role, typeof(FileComplaint)));
        Assert.False(Permissions.May(role, typeof(ComplaintsForSupervisor)));
        Assert.False(Permissions.May(role, typeof(OpenComplaint)));
        Assert.False(Permissions.May(role, typeof(MyComplaints)));
    }

    public void Dispose() => office.Dispose();

    private static ComplaintFacts Facts(string text) => new(ComplaintKind.NoScanOrCertificate, new DateOnly(2026, 11, 22), new TimeOnly(9, 0), "U06", text);
}
