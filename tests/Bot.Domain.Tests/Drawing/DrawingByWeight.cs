using System.Globalization;
using Bot.Domain.Drawing;
using Bot.Domain.People;
using Bot.Domain.Rules;

namespace Bot.Domain.Tests.Drawing;

/// <summary>D10, D12, W07: the same seed and list give the same draw everywhere, and weights act as they say.</summary>
public sealed class DrawingByWeight
{
    private static readonly RulePack Pack = RulePack.Load(Bot.Testing.Manifests.Path("rules"), "yunlan");

    // Computed apart from this code, in another language with 60 digits, from the description of the method.
    [Theory]
    [InlineData("双色球2026135期", "E012,E006,E001,E007,E018")]
    [InlineData("20261122", "E007,E005,E015,E006,E011")]
    public void D10_golden_draws(string seed, string expected)
    {
        var list = WeightedDraw.InOrder(Enumerable.Range(1, 20).Select(i => new DrawEntry($"E{i:000}", i % 4 * 50 + 50)));

        Assert.Equal(expected, string.Join(',', WeightedDraw.Pick(seed, list, 5).Select(place => list[place].Id)));
    }

    [Fact]
    public void D10_golden_hash_of_a_list() =>
        Assert.Equal("de62b7723bb1ca01ce8dc30bc4c282448c49d48ac56c6d6b280d0d0ffc21da56", WeightedDraw.HashOf(WeightedDraw.InOrder(Enumerable.Range(1, 20).Select(i => new DrawEntry($"E{i:000}", i % 4 * 50 + 50)))));

    [Fact]
    public void D10_the_order_in_which_a_list_was_written_does_not_matter()
    {
        var entries = Enumerable.Range(1, 500).Select(i => new DrawEntry($"企业{i}", 100)).ToList();
        var (forward, backward) = (WeightedDraw.InOrder(entries), WeightedDraw.InOrder(Enumerable.Reverse(entries)));

        Assert.Equal(WeightedDraw.HashOf(forward), WeightedDraw.HashOf(backward));
        Assert.Equal(WeightedDraw.Pick("seed", forward, 25), WeightedDraw.Pick("seed", backward, 25));
    }

    [Fact]
    public void D10_another_seed_or_another_weight_is_another_hash_or_draw()
    {
        var list = WeightedDraw.InOrder(Enumerable.Range(1, 1000).Select(i => new DrawEntry($"E{i:0000}", 100)));
        var heavier = WeightedDraw.InOrder(list.Select(entry => entry.Id == "E0500" ? entry with { Weight = 101 } : entry));

        Assert.NotEqual(WeightedDraw.Pick("seed-1", list, 50), WeightedDraw.Pick("seed-2", list, 50));
        Assert.NotEqual(WeightedDraw.HashOf(list), WeightedDraw.HashOf(heavier));
    }

    [Theory]
    [InlineData(0, 10, 0)]
    [InlineData(1, 5, 1)]
    [InlineData(100, 5, 5)]
    [InlineData(101, 5, 6)]
    [InlineData(1_000_000, 5, 50_000)]
    public void D11_at_least_the_share_is_drawn(int size, int percent, int expected) => Assert.Equal(expected, WeightedDraw.CountOf(size, percent));

    [Fact]
    public void A_list_may_be_drawn_whole_and_beyond()
    {
        var list = WeightedDraw.InOrder([new("A", 1), new("B", 400)]);

        Assert.Equal(2, WeightedDraw.Pick("seed", list, 10).Length);
        Assert.Empty(WeightedDraw.Pick("seed", list, 0));
        Assert.Empty(WeightedDraw.Pick("seed", [], 3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(WeightedDraw.HeaviestWeight + 1)]
    public void A_weight_that_cannot_be_is_refused(int weight) => Assert.Throws<ArgumentException>(() => WeightedDraw.InOrder([new DrawEntry("A", weight)]));

    [Fact]
    public void Nobody_stands_twice_in_a_list() => Assert.Throws<ArgumentException>(() => WeightedDraw.InOrder([new("A", 1), new("B", 1), new("A", 2)]));

    [Fact]
    public void The_first_one_drawn_falls_on_each_object_in_proportion_to_its_weight()
    {
        // The first draw of the method has probability weight / sum exactly; 20,000 fixed seeds against chi-square, 7 degrees of freedom, 0.1 %.
        const int draws = 20_000;
        var list = WeightedDraw.InOrder(Enumerable.Range(1, 8).Select(i => new DrawEntry($"E{i}", i * 25)));
        var total = list.Sum(entry => entry.Weight);
        var counts = new int[list.Length];
        for (var seed = 0; seed < draws; seed++)
            counts[WeightedDraw.Pick(seed.ToString(CultureInfo.InvariantCulture), list, 1)[0]]++;

        var chiSquare = list.Select((entry, i) => (Seen: counts[i], Expected: (double)draws * entry.Weight / total)).Sum(c => (c.Seen - c.Expected) * (c.Seen - c.Expected) / c.Expected);

        Assert.InRange(chiSquare, 0, 24.32);
    }

    [Fact]
    public void Equal_weights_are_drawn_equally_often()
    {
        const int draws = 2_000;
        var list = WeightedDraw.InOrder(Enumerable.Range(0, 40).Select(i => new DrawEntry($"E{i:00}", 100)));
        var counts = new int[list.Length];
        for (var seed = 0; seed < draws; seed++)
        {
            foreach (var place in WeightedDraw.Pick($"s{seed}", list, 10))
                counts[place]++;
        }

        // A quarter of the list each time: 500 of 2,000 each, variance npq = 375; 39 degrees of freedom, 0.1 %, without replacement.
        var chiSquare = counts.Sum(seen => (seen - 500.0) * (seen - 500.0) / 375.0) * 39 / 40;

        Assert.InRange(chiSquare, 0, 72.06);
    }

    [Theory]
    [InlineData("A", "低", 0, 0, 50)]
    [InlineData("B", "一般", 0, 0, 100)]
    [InlineData("", "", 0, 0, 100)]
    [InlineData("D", "高", 0, 0, 300)]
    [InlineData("B", "一般", 3, 0, 250)]
    [InlineData("D", "高", 9, 0, 400)]
    [InlineData("B", "一般", 0, 1, 50)]
    [InlineData("B", "一般", 0, 2, 25)]
    [InlineData("D", "高", 9, 2, 100)]
    [InlineData("A", "低", 0, 30, 1)]
    public void D12_W07_credit_risk_and_complaints_raise_up_to_a_cap_and_earlier_draws_lower(string credit, string risk, int complaints, int drawn, int expected)
    {
        var enterprise = new Enterprise("E1", "甲", "91321299MA9001HM4Q") { CreditLevel = credit, RiskLevel = risk, ComplaintsThisYear = complaints };

        Assert.Equal(expected, DrawWeight.Of(enterprise, drawn, Pack).Weight);
    }

    [Fact]
    public void W07_the_reason_is_said()
    {
        var weight = DrawWeight.Of(new Enterprise("E1", "甲", "91321299MA9001HM4Q") { CreditLevel = "B" }, 2, Pack);

        Assert.Equal("本年度已被抽取2次，权重下调", weight.Why);
    }
}
