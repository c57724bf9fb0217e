using System.Text.Json.Nodes;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Rules;

/// <summary>Who leads and who supervises is what the district says, not what the program says (D01).</summary>
public sealed class LeadingOffices
{
    // D01
    [Theory]
    [InlineData("jiangyan")]
    [InlineData("jinshan")]
    [InlineData("dongcheng")]
    [InlineData("wuxi")]
    [InlineData("yunlan")]
    public void D01_the_supervising_office_is_the_one_in_the_districts_pack(string district)
    {
        var written = JsonNode.Parse(File.ReadAllText(Repository.Path("manifests", "rules", $"{district}.json")))!["supervisionOffice"]!;

        var office = RulePack.Load(Repository.Path("manifests", "rules"), district).SupervisionOffice;

        Assert.Equal(((string?)written["name"], (string?)written["phone"]), (office.Name, office.Phone));
    }

    // D01, W03
    [Fact]
    public void D01_the_unit_that_leads_a_field_is_in_the_registry() =>
        Assert.Equal(["信用监管"], new Unit("U01", "某局", "district", "市场监管", "12345") { LeadsFields = ["信用监管"] }.LeadsFields);
}
