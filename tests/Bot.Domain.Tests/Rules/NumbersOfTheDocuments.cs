using System.Reflection;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;

namespace Bot.Domain.Tests.Rules;

public sealed class NumbersOfTheDocuments
{
    private const string Jiangyan = "泰姜政办〔2025〕13号";
    private const string Jinshan = "《关于加强金山区涉企行政检查执法监督的工作方案》";
    private const string Dongcheng = "东政办发〔2019〕17号";
    private const string Wuxi = "锡政办发〔2024〕24号";

    [Theory]
    [InlineData("jiangyan", "guidanceReply", "2个工作日", "二（四）", Jiangyan)] // J18
    [InlineData("jiangyan", "mergeSameUnit", "1个工作日", "二（六）", Jiangyan)] // J27
    [InlineData("jiangyan", "mergeAcrossUnits", "3个工作日", "二（六）", Jiangyan)] // J28
    [InlineData("jiangyan", "registerBefore", "7日", "三（三）", Jiangyan)] // J36
    [InlineData("jinshan", "suggestionLetter", "5个工作日", "二（二）1", Jinshan)] // S14
    [InlineData("jinshan", "rectification", "15个工作日", "二（二）1", Jinshan)] // S15
    [InlineData("jinshan", "followUpCheck", "5个工作日", "二（二）1", Jinshan)] // S16
    [InlineData("jinshan", "guidingOpinion", "1个月", "二（四）3", Jinshan)] // S41
    [InlineData("dongcheng", "publication", "20个工作日", "三（四）", Dongcheng)] // D17
    public void A_time_limit_carries_its_clause_and_its_paper(string district, string name, string period, string clause, string document)
    {
        foreach (var pack in new[] { ShippedPacks.Load(district), ShippedPacks.Load("yunlan") })
        {
            var limit = pack.Limits[name];

            Assert.Equal((period, clause, document, false), (limit.Period.ToString(), limit.Clause, limit.Document, limit.IsDefault));
            Assert.Equal($"{document} {clause}", limit.Source);
        }
    }

    [Theory]
    [InlineData("jinshan", "spotCheckPercent", 10, "二（一）1", Jinshan)] // S03
    [InlineData("wuxi", "jointSharePercent", 25, "二（二）", Wuxi)] // W06
    public void A_share_carries_its_clause_and_its_paper(string district, string name, int percent, string clause, string document)
    {
        foreach (var pack in new[] { ShippedPacks.Load(district), ShippedPacks.Load("yunlan") })
        {
            var figure = pack.Figures[name];

            Assert.Equal((percent, clause, document, false), (figure.Value, figure.Clause, figure.Document, figure.IsDefault));
        }
    }

    [Fact]
    public void Quiet_days_are_known_in_Jiangyan_and_where_a_district_builds_on_it() // J13
    {
        Assert.Equal(new QuietDays(1, 15) { Clause = "二（三）", Document = Jiangyan }, ShippedPacks.Load("jiangyan").QuietDays);
        Assert.Equal(ShippedPacks.Load("jiangyan").QuietDays, ShippedPacks.Load("yunlan").QuietDays);
        Assert.Null(ShippedPacks.Load("jinshan").QuietDays);
        Assert.Null(ShippedPacks.Load("dongcheng").QuietDays);
        Assert.Null(ShippedPacks.Load("wuxi").QuietDays);
    }

    [Theory]
    [InlineData(2026, "2026-02-28")]
    [InlineData(2028, "2028-02-29")]
    public void The_yearly_plan_is_due_before_March(int year, string last) // J08
    {
        var plan = ShippedPacks.Load("jiangyan").AnnualPlanBy;

        Assert.Equal(DateOnly.Parse(last, null), plan.In(year));
        Assert.Equal(("二（一）", Jiangyan, false), (plan.Clause, plan.Document, plan.IsDefault));
    }

    [Fact]
    public void The_paper_itself_is_on_record() // J42
    {
        var paper = ShippedPacks.Load("jiangyan").Documents[0];

        Assert.Equal(("泰姜政办〔2025〕13号", "泰州市姜堰区人民政府办公室", new DateOnly(2025, 8, 14), "有效"), (paper.Number, paper.Issuer, paper.Issued, paper.Status));
    }

    [Theory]
    [InlineData("resultEntry", "3个工作日")] // J37
    [InlineData("urgentApproval", "1个工作日")] // J12
    [InlineData("previewAtLatestBefore", "3日")] // J16
    [InlineData("mergeWindow", "30日")] // J25
    [InlineData("complaintContact", "1个工作日")] // S37
    [InlineData("complaintReply", "5个工作日")]
    [InlineData("complaintReplyDifficult", "15个工作日")]
    [InlineData("ratingChangeable", "7日")] // W37
    [InlineData("bindingConfirmation", "3日")]
    [InlineData("lookupCodeKept", "90日")]
    public void A_gap_of_the_papers_is_filled_by_a_default_that_says_so(string name, string period)
    {
        var limit = ShippedPacks.Load("yunlan").Limits[name];

        Assert.True(limit.IsDefault);
        Assert.Equal(period, limit.Period.ToString());
        Assert.StartsWith("默认值：", limit.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_district_never_claims_a_number_of_another_without_building_on_it()
    {
        var publication = ShippedPacks.Load("jiangyan").Publication;

        Assert.True(publication.IsDefault);
        Assert.Equal(20, publication.Period.Amount);
    }

    [Fact]
    public void Every_name_a_file_may_use_has_its_typed_property_and_the_other_way_round()
    {
        var pack = ShippedPacks.Load("yunlan");

        Assert.Equal(pack.Limits.Values.Select(limit => limit.Name).Order(), Typed<Limit>(pack).Select(limit => limit.Name).Order());
        Assert.Equal(pack.Dates.Values.Select(date => date.Name).Order(), Typed<YearlyDate>(pack).Select(date => date.Name).Order());
        string[] levels = ["A", "B", "C", "D"];
        var byLevel = levels.Select(pack.VisitCap).Concat(levels.Select(pack.DrawWeight));
        Assert.Equal(pack.Figures.Values.Select(figure => figure.Name).Order(), Typed<Figure>(pack).Concat(byLevel).Select(figure => figure.Name).Order());
    }

    [Fact]
    public void The_invented_district_says_that_it_is_invented()
    {
        var pack = ShippedPacks.Load("yunlan");

        Assert.True(pack.Invented);
        Assert.Contains("虚构", pack.Documents[0].Title, StringComparison.Ordinal);
        Assert.Equal(("云澜区", "云澜区司法局", "云监投"), (pack.DistrictName, pack.SupervisionOffice.Name, pack.Series("complaint")));
        Assert.False(ShippedPacks.Load("jiangyan").Invented);
    }

    private static IEnumerable<T> Typed<T>(RulePack pack) => typeof(RulePack)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.PropertyType == typeof(T))
        .Select(property => (T)property.GetValue(pack)!);
}
