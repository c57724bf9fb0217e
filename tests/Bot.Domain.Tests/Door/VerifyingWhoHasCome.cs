using Bot.Domain.Commands;
using Bot.Domain.Door;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Door;

/// <summary>J19, J30, S24, S30: what an enterprise and a passer-by find out about people at the door, and what they do not.</summary>
public sealed class VerifyingWhoHasCome : IDisposable
{
    private readonly Yunlan yunlan = new("2026-12-18 09:30");

    [Fact]
    public async Task The_enterprise_scans_the_code_and_sees_who_comes_for_what_and_the_visit_has_begun()
    {
        // J30, S30
        yunlan.Inspection();
        var code = await yunlan.Office.Send(new IssueInspectionCode(yunlan.Safety, "T101"));

        var seen = await yunlan.Office.Send(new CheckInspectionCode(yunlan.Qinghe, code.Code));

        Assert.Equal(CodeFinding.OfThisEnterprise, seen.Finding);
        Assert.Equal(("T101", "云澜区应急管理局", "0000-86000200"), (seen.Card!.TaskId, seen.Card.UnitName, seen.Card.UnitPhone));
        Assert.Equal(["何安宁 99020001005 Valid", "许如山 99020001006 Valid"], seen.Card.People.Select(person => $"{person.Name} {person.Number} {person.Standing}"));
        Assert.Equal("《中华人民共和国安全生产法》", seen.Card.Items.Single().Basis);
        Assert.Equal(InspectionStage.UnderWay, yunlan.Office.Use(db => db.Tasks.Single().Stage));
        Assert.Equal(["P001"], yunlan.Told("N14"));
    }

    [Fact]
    public async Task Scanned_again_it_says_the_same_and_tells_nobody_twice()
    {
        yunlan.Inspection();
        var code = (await yunlan.Office.Send(new IssueInspectionCode(yunlan.Safety, "T101"))).Code;
        await yunlan.Office.Send(new CheckInspectionCode(yunlan.Qinghe, code));

        var again = await yunlan.Office.Send(new CheckInspectionCode(yunlan.Qinghe, code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)));

        Assert.Equal(9, again.Card!.ScannedInAt!.Value.Hour);
        Assert.Single(yunlan.Told("N14"));
    }

    [Theory]
    [InlineData("2026-12-17 23:59")]
    [InlineData("2026-12-19 00:01")]
    public async Task On_another_day_the_code_opens_nothing(string now)
    {
        // J19: a surprise that somebody lost stays one.
        yunlan.Inspection(waived: true, previewed: false);
        yunlan.Office.Time.Set("2026-12-17 10:00");
        var code = (await yunlan.Office.Send(new IssueInspectionCode(yunlan.Safety, "T101"))).Code;
        yunlan.Office.Time.Set(now);

        Assert.Equal(CodeFinding.Unusable, (await yunlan.Office.Send(new CheckInspectionCode(yunlan.Qinghe, code))).Finding);
    }

    [Fact]
    public async Task Another_enterprise_and_a_passer_by_learn_that_it_is_genuine_and_not_whose_it_is()
    {
        yunlan.Inspection();
        var code = (await yunlan.Office.Send(new IssueInspectionCode(yunlan.Safety, "T101"))).Code;

        var other = await yunlan.Office.Send(new CheckInspectionCode(yunlan.Shiqiaohe, code));
        var passerBy = await yunlan.Office.Send(new CheckInspectionCode(Office.Visitor(), code));

        Assert.Equal((CodeFinding.OfAnother, CodeFinding.AskerUnbound), (other.Finding, passerBy.Finding));
        Assert.All([other.Card!, passerBy.Card!], card => Assert.True(card.TaskId is null && card.Items.Count == 0));
        Assert.Equal(InspectionStage.Previewed, yunlan.Office.Use(db => db.Tasks.Single().Stage));
    }

    [Fact]
    public async Task A_new_code_puts_the_old_one_out_of_use_and_only_a_hash_is_kept()
    {
        // S30: one for each task and version.
        yunlan.Inspection();
        var first = await yunlan.Office.Send(new IssueInspectionCode(yunlan.Safety, "T101"));
        var second = await yunlan.Office.Send(new IssueInspectionCode(yunlan.SafetyColleague, "T101"));

        Assert.Equal(CodeFinding.Unusable, (await yunlan.Office.Send(new CheckInspectionCode(yunlan.Qinghe, first.Code))).Finding);
        Assert.Equal(CodeFinding.OfThisEnterprise, (await yunlan.Office.Send(new CheckInspectionCode(yunlan.Qinghe, second.Code))).Finding);
        var kept = yunlan.Office.Use(db => db.InspectionCodes.Single());
        Assert.Equal(2, kept.Version);
        Assert.DoesNotContain(second.Code.Replace("-", "", StringComparison.Ordinal), kept.Hash, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Codes_cannot_be_found_by_trying()
    {
        yunlan.Inspection();
        var code = (await yunlan.Office.Send(new IssueInspectionCode(yunlan.Safety, "T101"))).Code;
        for (var i = 0; i < WrongTries.Most; i++)
            Assert.Equal(CodeFinding.Unusable, (await yunlan.Office.Send(new CheckInspectionCode(yunlan.Qinghe, InspectionCode.New()))).Finding);

        var broken = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new CheckInspectionCode(yunlan.Qinghe, code)));
        Assert.Contains("输错次数太多", broken.Message, StringComparison.Ordinal);
        yunlan.Office.Time.Set("2026-12-18 10:31");
        Assert.Equal(CodeFinding.OfThisEnterprise, (await yunlan.Office.Send(new CheckInspectionCode(yunlan.Qinghe, code))).Finding);
    }

    [Fact]
    public async Task A_right_code_of_a_team_that_may_not_inspect_says_so_and_begins_nothing()
    {
        // S24
        yunlan.Inspection();
        var code = (await yunlan.Office.Send(new IssueInspectionCode(yunlan.Safety, "T101"))).Code;
        yunlan.Office.Certify("I06", "99020001006", status: "暂停使用");

        var seen = await yunlan.Office.Send(new CheckInspectionCode(yunlan.Qinghe, code));

        Assert.Contains("许如山（证件暂停使用）", seen.Card!.NotBegunBecause, StringComparison.Ordinal);
        Assert.Equal(InspectionStage.Previewed, yunlan.Office.Use(db => db.Tasks.Single().Stage));
    }

    [Fact]
    public async Task Numbers_and_names_are_held_against_the_roster()
    {
        // S24
        yunlan.Office.Certify("I09", "99030001009", validTo: "2026-12-17");
        yunlan.Office.Certify("I23", "99090001023", status: "暂停使用");

        var checkedOnes = await yunlan.Office.Send(new CheckCertificates(yunlan.Qinghe, ["99020001005", "许如山", "99030001009", "99090001023", "99999999999"]));

        Assert.Equal(
            [CertificateStanding.Valid, CertificateStanding.Valid, CertificateStanding.Expired, CertificateStanding.Suspended, CertificateStanding.Unknown],
            checkedOnes.Found.Select(one => one.Standing));
        Assert.Equal("0000-86000200", checkedOnes.Units.First(unit => unit.Id == "U02").Phone);
    }

    [Fact]
    public async Task A_passer_by_may_check_a_number_but_no_name()
    {
        var found = (await yunlan.Office.Send(new CheckCertificates(Office.Visitor(), ["99020001005", "许如山"]))).Found;

        Assert.Equal([CertificateStanding.Valid, CertificateStanding.Unknown], found.Select(one => one.Standing));
    }

    [Fact]
    public async Task A_waived_inspection_shows_only_once_it_was_scanned_in()
    {
        // J19
        yunlan.Inspection(waived: true, previewed: false);

        Assert.False(await InspectsToday(yunlan.Qinghe));
        await yunlan.Office.Send(new ScanIn(yunlan.Safety, "T101"));
        Assert.True(await InspectsToday(yunlan.Qinghe));
    }

    [Fact]
    public async Task Only_what_is_registered_today_for_this_enterprise_counts()
    {
        yunlan.Inspection();

        Assert.True(await InspectsToday(yunlan.Qinghe));
        Assert.False(await InspectsToday(yunlan.Shiqiaohe));
        yunlan.Office.Time.Set("2026-12-17 09:30");
        Assert.False(await InspectsToday(yunlan.Qinghe));
    }

    [Theory]
    [InlineData("7KQ2M4XF9T3C", "7KQ2-M4XF-9T3C")]
    [InlineData(" 7kq2 m4xf 9t3c ", "7KQ2-M4XF-9T3C")]
    [InlineData("7KQ2-M4XF-9T3", null)]
    [InlineData("7KQ2-M4XF-9T3O", null)]
    [InlineData("234567892345", null)]
    [InlineData("检7KQ2M4XF9T3C", null)]
    [InlineData("", null)]
    public void A_code_is_read_however_it_was_typed(string typed, string? code) => Assert.Equal(code, InspectionCode.Read(typed));

    public void Dispose() => yunlan.Dispose();

    private async Task<bool?> InspectsToday(Actor by) =>
        (await yunlan.Office.Send(new CheckCertificates(by, ["99020001005"]))).Units.Single().InspectsToday;
}
