using Bot.Domain.Numbering;
using Bot.Testing;

namespace Bot.Domain.Tests.Numbering;

public sealed class TakingNumbers : IDisposable
{
    private readonly Office office = new();

    [Fact]
    public async Task A_number_has_the_year_in_hexagonal_brackets_and_the_next_follows_without_a_gap()
    {
        office.Add(new NumberSeries("云指", 2026, 57));

        var first = await Take("云指", 2026);
        var second = await Take("云指", 2026);

        Assert.Equal(("云指〔2026〕58号", "G26-58"), (first.Printed, first.Id));
        Assert.Equal("云指〔2026〕59号", second.Printed);
    }

    [Fact]
    public async Task A_new_year_begins_at_one() => Assert.Equal("云指〔2027〕1号", (await Take("云指", 2027)).Printed);

    public void Dispose() => office.Dispose();

    private async Task<CaseNumber> Take(string series, int year) => await office.Use(async db =>
    {
        var number = await Numbers.Take(db, series, "G", year, 1, TestContext.Current.CancellationToken);
        await db.SaveChanges(TestContext.Current.CancellationToken);
        return number;
    });
}
