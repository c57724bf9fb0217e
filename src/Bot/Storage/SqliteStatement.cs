using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Bot.Storage;

/// <summary>
/// A statement that every message runs, prepared on the connection's own handle. A command of the provider looks up each parameter by its name
/// and makes a reader each time, which costs more than the statement itself. Runs within whatever transaction is open on the connection.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;
    private readonly int[] places;

    public SqliteStatement(SqliteConnection connection, string sql, int parameters)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
        places = [.. Enumerable.Range(1, parameters).Select(number => raw.sqlite3_bind_parameter_index(statement, FormattableString.Invariant($"@p{number}")))];
    }

    /// <summary>Values go to @p1, @p2 … in the order of the calls that name them.</summary>
    public void Bind(int number, string value) => Check(raw.sqlite3_bind_text(statement, places[number - 1], value));

    public void Bind(int number, long value) => Check(raw.sqlite3_bind_int64(statement, places[number - 1], value));

    /// <summary>True while there is a row to read; <see cref="Reset"/> must follow in any case.</summary>
    /// <exception cref="SqliteException">The database refused.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            SqliteException.ThrowExceptionForRC(code, database);
        return code == raw.SQLITE_ROW;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    /// <summary>Runs a statement that gives no rows, and says how many it wrote.</summary>
    public int Execute()
    {
        try
        {
            Step();
            return raw.sqlite3_changes(database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Lets go of what was read; what went wrong was told by <see cref="Step"/>.</summary>
    public void Reset()
    {
        _ = raw.sqlite3_reset(statement);
        _ = raw.sqlite3_clear_bindings(statement);
    }

    public void Dispose() => statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, database);
    }
}
