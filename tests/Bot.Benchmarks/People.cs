using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Storage;
using Bot.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bot.Benchmarks;

/// <summary>So many people, P1 and on, written by the model: its columns change more often than a measurement is made.</summary>
internal static class People
{
    private const int Together = 500;

    public static async Task Add(Databases database, int count, ActorRole role, string? unitId = null)
    {
        await using var connection = new SqliteConnection(database.Location.ConnectionString);
        await connection.OpenAsync();
        await using var model = new SupervisionDb(new DbContextOptionsBuilder<SupervisionDb>().UseSqlite(connection).Options);
        foreach (var some in Enumerable.Range(1, count).Chunk(Together))
        {
            model.AddRange(some.Select(i => new Person($"P{i}", $"甲{i}", role, unitId)));
            await model.SaveChangesAsync();
            model.ChangeTracker.Clear();
        }
    }
}
