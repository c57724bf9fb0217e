using System.Data.Common;
using Bot.Storage;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bot.Tests.Storage;

public sealed class SchemaAndModel
{
    /// <summary>Tables that only prepared commands know; the model has nothing to compare them with.</summary>
    private static readonly string[] OwnTables =
    [
        "schema_steps", "seen_messages", "talk_states", "web_conversations", "web_activities", "audit", "audit_end", "demo_stand",
        "delivery_reports", "subscription_accepts", "begun_sends",
        "late_replies", "wechat_unknown_pushes",
        "platform_tokens", "picture_fetches", "wecom_sent",
        "wecom_cards", "wecom_cards_followed",
    ];

    private const string SqliteColumns =
        """
        SELECT m.name || '.' || c.name || ' ' || c.type || ' notnull=' || c."notnull" || ' default=' || coalesce(c.dflt_value, '-') || ' key=' || c.pk, m.name
        FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'
        UNION ALL
        SELECT m.name || ' index ' || i.name || ' unique=' || i."unique" || ' (' || (SELECT group_concat(x.name, ',') FROM pragma_index_info(i.name) x) || ')', m.name
        FROM sqlite_schema m JOIN pragma_index_list(m.name) i WHERE m.type = 'table'
        UNION ALL
        SELECT m.name || ' refers ' || f."from" || ' to ' || f."table" || '.' || coalesce(f."to", '') || ' ' || f.on_delete, m.name
        FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
        """;

    private const string PostgresColumns =
        """
        SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(character_maximum_length::text, '') || ' null=' || is_nullable
            || ' default=' || coalesce(column_default, '-') || ' identity=' || is_identity, table_name::text
        FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT indexdef, tablename::text FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT r.relname || ' ' || c.conname || ' ' || pg_get_constraintdef(c.oid), r.relname::text
        FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public'
        """;

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task The_numbered_files_make_exactly_what_the_model_needs(DatabaseKind kind)
    {
        Rewrite(kind);
        await using var stepwise = await Databases.Fresh(kind);
        await using var fromModel = await Databases.Fresh(kind);
        await using var connections = new Connections(stepwise.Location);
        await new Schema(connections, TimeProvider.System, NullLogger<Schema>.Instance).BringUpToDate(TestContext.Current.CancellationToken);
        await using var context = Context(fromModel.Location);
        await context.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);

        var has = await Describe(connections.Create(), kind);
        var needs = await Describe(context.Database.GetDbConnection(), kind);

        Assert.True(
            has.SetEquals(needs),
            $"""
             The schema on {kind} is not the model's. Before the first release write 0001 again and add it to the commit:
               BOT_WRITE_SCHEMA=1 dotnet test tests/Bot.Tests -c Release --filter FullyQualifiedName~SchemaAndModel
             After it, add a numbered file to src/Bot/Storage/Migrations/{kind}.
             Only in the files: {string.Join(" | ", has.Except(needs))}
             Only in the model: {string.Join(" | ", needs.Except(has))}
             """);
        Assert.NotEmpty(needs);
    }

    [Fact]
    public void Both_databases_have_the_same_steps()
    {
        var sqlite = Schema.Steps(DatabaseKind.Sqlite).Select(step => step.Name);

        Assert.Equal(sqlite, Schema.Steps(DatabaseKind.Postgres).Select(step => step.Name));
    }

    private static void Rewrite(DatabaseKind kind)
    {
        if (Environment.GetEnvironmentVariable("BOT_WRITE_SCHEMA") != "1")
            return;
        using var context = Context(DatabaseLocation.Parse(kind == DatabaseKind.Sqlite ? "Data Source=:memory:" : "Host=localhost"));
        var file = Path.Combine(Directory.GetParent(Manifests.Folder)!.FullName, "src", "Bot", "Storage", "Migrations", kind.ToString(), "0001_initial.sql");
        File.WriteAllText(file, context.Database.GenerateCreateScript().ReplaceLineEndings("\n").Trim() + "\n");
        Assert.Skip($"{file} was written from the model; build and run again without BOT_WRITE_SCHEMA.");
    }

    private static SupervisionDb Context(DatabaseLocation location)
    {
        var context = new SupervisionDb(StorageRegistration.Options(location.Kind));
        context.Database.SetDbConnection(new Connections(location).Create(), contextOwnsConnection: true);
        return context;
    }

    private static async Task<HashSet<string>> Describe(DbConnection connection, DatabaseKind kind)
    {
        if (connection.State != System.Data.ConnectionState.Open)
            await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = kind == DatabaseKind.Sqlite ? SqliteColumns : PostgresColumns;
        var lines = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            if (!OwnTables.Contains(reader.GetString(1), StringComparer.Ordinal))
                lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
