using System.Globalization;
using Bot.Domain.Audit;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Deadlines;
using Bot.Domain.People;
using Bot.Domain.Progress;
using Bot.Domain.Rules;
using Bot.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Domain.Tests.Complaints;

/// <summary>S06, W28: nothing leads back from an anonymous record.</summary>
public sealed class StayingAnonymous : IDisposable
{
    private readonly Office office = new("2026-11-22 10:00");
    private readonly Actor complainant;
    private readonly Actor supervisor;

    public StayingAnonymous()
    {
        office.Add(new Enterprise("E-secret", "青禾钢锭公司", "91321299MA7CLA010M"), new Unit("U06", "区城市管理局", "district", "城市管理", "0000-86000600"));
        complainant = office.Person("P-secret", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E-secret");
        supervisor = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
    }

    [Fact]
    public async Task Nor_does_the_audit_know_who_was_refused_without_a_name()
    {
        var before = Dump();
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new SupplementComplaint(complainant, "7K3F-92QX", "还有一辆车", [])));

        Assert.DoesNotContain(Dump().Except(before), row => row.Contains("P-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_table_gains_a_row_with_address_person_enterprise_or_code()
    {
        var before = Dump();
        var receipt = await File();
        await office.Send(new SupplementComplaint(complainant, receipt.Code!, "还有一辆车", []));
        await office.Send(new AcceptComplaint(supervisor, receipt.ComplaintId));
        await office.Send(new ContactComplainant(supervisor, receipt.ComplaintId, "几个人？"));
        await office.Send(new LookUpByCode(complainant, receipt.Code!));

        var written = Dump().Except(before).ToList();

        Assert.NotEmpty(written);
        foreach (var secret in new[] { "P-secret", "E-secret", "王芳", "青禾", "91321299MA7CLA010M", receipt.Code!, receipt.Code!.Replace("-", "", StringComparison.Ordinal) })
            Assert.DoesNotContain(written, row => row.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_mistyped_a_code_is_not_remembered_longer_than_guessing_is_hindered()
    {
        await office.Send(new LookUpByCode(complainant, "7K3F-92QX"));
        office.Time.Advance(TimeSpan.FromMinutes(59));
        await office.Send(new TakeDueSteps(Actor.Service));
        Assert.Single(office.Use(db => db.WrongTries.ToList()));

        office.Time.Advance(TimeSpan.FromMinutes(1));
        await office.Send(new TakeDueSteps(Actor.Service));
        Assert.Empty(office.Use(db => db.WrongTries.ToList()));
    }

    [Fact]
    public async Task The_desk_hears_of_every_supplement_also_of_the_second_of_a_day() // S37
    {
        var receipt = await File();
        await office.Send(new SupplementComplaint(complainant, receipt.Code!, "还有一辆车", []));
        await office.Send(new SupplementComplaint(complainant, receipt.Code!, "车牌记下了", []));

        Assert.Equal(2, office.Use(db => db.Notices.Count(n => n.Kind == "N37")));
    }

    [Fact]
    public async Task A_strangers_address_is_written_nowhere_at_all()
    {
        var receipt = await office.Send(new FileComplaint(Office.Visitor("openid-stranger"), Facts, Anonymous: true));
        await office.Send(new LookUpByCode(Office.Visitor("openid-stranger"), receipt.Code!));

        Assert.DoesNotContain(Dump(), row => row.Contains("openid-stranger", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_audit_trail_names_nobody()
    {
        using var scope = office.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<MediatR.IMediator>().Send(new FileComplaint(complainant, Facts, Anonymous: true), TestContext.Current.CancellationToken);

        var entry = Assert.Single(scope.ServiceProvider.GetRequiredService<AuditTrail>().Entries);
        Assert.Equal(("anonymous", "FileComplaint"), (entry.Actor, entry.Action));
    }

    [Fact]
    public async Task Only_the_day_of_receipt_is_kept()
    {
        await File();

        Assert.Equal(new DateTime(2026, 11, 21, 16, 0, 0, DateTimeKind.Utc), office.Use(db => db.Complaints.Single().ReceivedAt));
    }

    [Fact]
    public async Task The_complainants_own_list_does_not_know_it()
    {
        await File();

        Assert.Empty(await office.Send(new MyComplaints(complainant)));
    }

    [Fact]
    public async Task The_code_finds_it_however_it_is_typed_and_a_wrong_one_finds_nothing()
    {
        var receipt = await File();
        var typed = receipt.Code!.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

        Assert.NotNull((await office.Send(new LookUpByCode(complainant, typed))).Complaint);
        Assert.Null((await office.Send(new LookUpByCode(complainant, "2A2A-2A2A"))).Complaint);
    }

    [Fact]
    public async Task Codes_cannot_be_found_by_trying_and_an_hour_later_one_may_go_on()
    {
        var receipt = await File();
        for (var i = 0; i < WrongTries.Most; i++)
            await office.Send(new LookUpByCode(complainant, "2A2A-2A2A"));

        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new LookUpByCode(complainant, receipt.Code!)));
        office.Time.Set("2026-11-22 11:00");
        Assert.NotNull((await office.Send(new LookUpByCode(complainant, receipt.Code!))).Complaint);
    }

    [Fact]
    public async Task Somebody_elses_number_opens_nothing_for_a_complainant()
    {
        var receipt = await File();

        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new SupplementComplaint(complainant, receipt.Number, "我是投诉人", [])));
    }

    [Theory]
    [InlineData("2027-02-20 09:00", true)]
    [InlineData("2027-02-21 09:00", true)]
    [InlineData("2027-02-22 09:00", false)]
    public async Task Ninety_days_after_its_end_the_content_is_gone_and_the_figure_stays(string now, bool kept)
    {
        var receipt = await File();
        await office.Send(new AcceptComplaint(supervisor, receipt.ComplaintId));
        office.Time.Set("2026-11-23 09:00");
        await office.Send(new ResolveComplaint(supervisor, receipt.ComplaintId, "属实", "责令改正", "依规"));

        office.Time.Set(now);
        await office.Send(new Domain.Deadlines.TakeDueSteps(Actor.Service));

        Assert.Equal(kept, (await office.Send(new LookUpByCode(complainant, receipt.Code!))).Complaint is not null);
        Assert.Equal(1, office.Use(db => db.Complaints.Count()));
        Assert.Equal(kept, office.Use(db => db.Complaints.Single().Text.Length > 0));
    }

    public void Dispose() => office.Dispose();

    private static ComplaintFacts Facts => new(ComplaintKind.NoScanOrCertificate, new DateOnly(2026, 11, 22), null, "U06", "没亮证没扫码") { SourceId = "G26-1" };

    private Task<ComplaintReceipt> File() => office.Send(new FileComplaint(complainant, Facts, Anonymous: true));

    /// <summary>Every row of every table as text.</summary>
    private List<string> Dump() => office.Use(db =>
    {
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        return Tables(connection).SelectMany(table => Rows(connection, table)).ToList();
    });

    private static List<string> Tables(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table'";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }

    private static List<string> Rows(SqliteConnection connection, string table)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name comes from the schema itself.
        command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add($"{table}|{string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)))}");
        return rows;
    }
}
