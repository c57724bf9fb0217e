using System.Globalization;
using Bot.Domain.Commands;
using Bot.Domain.Directories;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Directories;

/// <summary>J05, S23, D09: certificates and entrustments that end, directories nobody touches.</summary>
public sealed class KeepingDirectoriesCurrent
{
    private static readonly RulePack Pack = RulePack.Load(Bot.Testing.Manifests.Path("rules"), "yunlan");
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    [InlineData("2026-12-20", true)]
    [InlineData("2026-12-22", true)]
    [InlineData("2026-12-23", false)]
    [InlineData("2026-11-22", true)]
    [InlineData("2026-10-31", false)]
    public void J05_certificates_that_end_within_thirty_days_are_told(string validTo, bool told)
    {
        var findings = Of(inspectors: [Inspector("I08", validTo)]);

        Assert.Equal(told, findings.Any(f => f.Problem == DirectoryProblem.CertificatesEnding));
    }

    [Fact]
    public void J05_one_notice_names_everybody_of_the_unit()
    {
        var findings = Of(inspectors: [Inspector("I08", "2026-12-20"), Inspector("I09", "2026-12-01"), Inspector("I10", "2029-12-31")]);

        Assert.StartsWith("贵单位有2名人员执法证将于30日内到期：人员I09（2026-12-01）、人员I08（2026-12-20）", Assert.Single(findings).InWords, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-21", EntrustmentRuling.Ended, false)]
    [InlineData("2026-11-22", EntrustmentRuling.EndsSoon, true)]
    [InlineData("2026-12-22", EntrustmentRuling.EndsSoon, true)]
    [InlineData("2026-12-23", EntrustmentRuling.InForce, true)]
    public void S23_an_entrustment_that_ended_yesterday_blocks(string until, EntrustmentRuling expected, bool allows)
    {
        var ruling = EntrustmentRulings.Of(Entrusted(until), Today, Pack);

        Assert.Equal(expected, ruling);
        Assert.Equal(allows, ruling.Allows());
    }

    [Fact]
    public void S23_a_unit_with_its_own_power_has_no_term() =>
        Assert.Equal(EntrustmentRuling.OwnPower, EntrustmentRulings.Of(new Unit("U02", "云澜区应急管理局", "district", "应急管理", "1"), Today, Pack));

    [Theory]
    [InlineData("2026-11-21", DirectoryProblem.EntrustmentEnded)]
    [InlineData("2026-12-01", DirectoryProblem.EntrustmentEnding)]
    public void S23_the_end_of_a_term_is_told(string until, DirectoryProblem problem) =>
        Assert.Equal([problem], Of(units: [Entrusted(until)]).Select(f => f.Problem));

    [Theory]
    [InlineData("2026-08-24", true)]
    [InlineData("2026-08-25", false)]
    public void D09_ninety_days_without_a_change_are_told(string last, bool told)
    {
        var findings = Of(updates: [new DirectoryUpdate(DirectoryKind.Inspectors, "U02", Day(last))]);

        Assert.Equal(told, findings.Count == 1);
        Assert.All(findings, f => Assert.Contains("90天未更新", f.InWords, StringComparison.Ordinal));
    }

    [Fact]
    public void D09_the_directory_of_enterprises_is_the_districts()
    {
        var finding = Assert.Single(Of(updates: [new DirectoryUpdate(DirectoryKind.Entities, DirectoryUpdate.WholeDistrict, new DateOnly(2026, 1, 1))]));

        Assert.Null(finding.UnitId);
    }

    [Fact]
    public async Task D09_a_liaison_may_say_that_nothing_has_changed()
    {
        using var yunlan = new Yunlan();
        yunlan.Office.Add(new DirectoryUpdate(DirectoryKind.Inspectors, "U02", new DateOnly(2026, 1, 1)));

        var confirmed = await yunlan.Office.Send(new ConfirmDirectory(yunlan.SafetyLiaison));

        Assert.Equal(2, confirmed.Inspectors);
        Assert.Equal(Today, yunlan.Office.Use(db => db.DirectoryUpdates.Single().LastOn));
    }

    private static IReadOnlyList<DirectoryFinding> Of(IReadOnlyCollection<Unit>? units = null, IReadOnlyCollection<Person>? inspectors = null, IReadOnlyCollection<DirectoryUpdate>? updates = null) =>
        DirectoryFindings.Of(new DirectoryFacts(units ?? [new Unit("U02", "云澜区应急管理局", "district", "应急管理", "1")], inspectors ?? [], updates ?? []), Today, Pack);

    private static Unit Entrusted(string until) => new("U99", "云澜区能源监察站", "district", "能源", "1") { EntrustedBy = "U02", EntrustedUntil = Day(until) };

    private static Person Inspector(string id, string validTo) => new Person(id, $"人员{id}", ActorRole.Inspector, "U02").WithCertificate("99020001008", Day(validTo), "有效");

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
