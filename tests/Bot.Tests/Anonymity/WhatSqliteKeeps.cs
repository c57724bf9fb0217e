using System.Buffers.Binary;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Turns;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Anonymity;

/// <summary>W28: what SQLite keeps beside the rows: a page of a table shows, by where its rows lie, in which order they were written and how long those were that went.</summary>
public sealed class WhatSqliteKeeps
{
    private static readonly string[] Tables = ["talk_states", "seen_messages", "late_replies", "Addresses"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_hour_no_page_shows_what_was_written_first_or_what_is_gone()
    {
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        using var counter = new Counter(database);
        await Forget(counter);
        await counter.Say("P79", "报数");
        await counter.Say("P77", "悄悄登记");
        await counter.Say("P77", "检查人员收了好处");
        await counter.Say("P78", "报数");
        Assert.NotEmpty(await Telling(database));

        counter.Office.Time.Advance(TimeSpan.FromHours(1));
        await Forget(counter);

        Assert.Empty(await Telling(database));
        Assert.StartsWith("一号", await counter.Hear("P78", "一号"), StringComparison.Ordinal);
    }

    private static Task Forget(Counter counter) => counter.Office.Services.GetRequiredService<Forgetting>().Run(Token);

    /// <summary>Pages whose rows do not lie one after another as their keys do, or that show places where something lay (sqlite.org/fileformat2.html, 1.6).</summary>
    private static async Task<List<string>> Telling(Databases database)
    {
        await using var connection = new SqliteConnection(database.Location.ConnectionString);
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint(TRUNCATE); SELECT name, tbl_name, type, rootpage FROM sqlite_schema WHERE rootpage > 0 AND tbl_name IN ({string.Join(", ", Tables.Select(table => $"'{table}'"))})";
        var roots = new List<(string Name, bool OfKey, int Page)>();
        await using (var reader = await command.ExecuteReaderAsync(Token))
        {
            do
            {
                while (reader.FieldCount == 4 && await reader.ReadAsync(Token))
                    roots.Add((reader.GetString(0), reader.GetString(2) == "table", reader.GetInt32(3)));
            }
            while (await reader.NextResultAsync(Token));
        }

        var file = await File.ReadAllBytesAsync(new SqliteConnectionStringBuilder(database.Location.ConnectionString).DataSource, Token);
        var size = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(16));
        return [.. roots.Where(root => Tells(file.AsSpan((root.Page - 1) * size, size), root.OfKey)).Select(root => root.Name)];
    }

    private static bool Tells(ReadOnlySpan<byte> page, bool ofKey)
    {
        Assert.True(page[0] is 0x0A or 0x0D, "The table is to fit into a page.");
        var (freed, rows, begins, left) = (BinaryPrimitives.ReadUInt16BigEndian(page[1..]), BinaryPrimitives.ReadUInt16BigEndian(page[3..]), BinaryPrimitives.ReadUInt16BigEndian(page[5..]), page[7]);
        var places = new List<int>();
        for (var i = 0; i < rows; i++)
            places.Add(BinaryPrimitives.ReadUInt16BigEndian(page[(8 + (2 * i))..]));
        return freed != 0 || left != 0 || page[(8 + (2 * rows))..(begins == 0 ? page.Length : begins)].ContainsAnyExcept((byte)0) || (ofKey && !places.SequenceEqual(places.OrderDescending()));
    }
}
