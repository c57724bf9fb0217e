using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Anonymity;

/// <summary>W28: what PostgreSQL keeps beside the rows: the number of the transaction that wrote each, and in its files what was deleted.</summary>
public sealed class WhatPostgresKeeps
{
    private const string Numbers = """SELECT DISTINCT xmin::text AS "Value" FROM talk_states""";
    private const string InTheFile = """
        SELECT position(convert_to('查询码', 'UTF8') in pg_read_binary_file(pg_relation_filepath('seen_messages'))) > 0 AS "Value"
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_hour_all_talks_bear_one_number_and_the_files_hold_no_code_any_more()
    {
        await using var database = await Databases.Fresh(DatabaseKind.Postgres);
        using var counter = new Counter(database);
        await Forget(counter);
        await counter.Say("P77", "悄悄登记");
        await counter.Say("P77", "检查人员收了好处");
        foreach (var who in (string[])["P77", "P78", "P79"])
            await counter.Say(who, "报数");
        Assert.Equal(3, (await Ask<string>(counter, Numbers)).Count);
        Assert.True(Assert.Single(await Ask<bool>(counter, InTheFile)));

        counter.Office.Time.Advance(TimeSpan.FromHours(1));
        await Forget(counter);

        Assert.Single(await Ask<string>(counter, Numbers));
        Assert.False(Assert.Single(await Ask<bool>(counter, InTheFile)));
        Assert.StartsWith("一号", await counter.Hear("P78", "一号"), StringComparison.Ordinal);
    }

    private static Task Forget(Counter counter) => counter.Office.Services.GetRequiredService<Forgetting>().Run(Token);

    private static async Task<List<T>> Ask<T>(Counter counter, string sql) => await counter.Office.Use(async db =>
    {
        await db.Database.ExecuteSqlRawAsync("CHECKPOINT", Token);
        return await db.Database.SqlQueryRaw<T>(sql).ToListAsync(Token);
    });
}
