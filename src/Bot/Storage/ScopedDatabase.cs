using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Bot.Storage;

/// <summary>
/// Gives a scope its database context: on the connection and transaction of the work that the scope belongs to, or, outside of any, on a
/// connection of its own for reading. The context is made only when somebody asks for it; many turns never do.
/// </summary>
internal sealed class ScopedDatabase(Connections connections, DbContextOptions<SupervisionDb> options)
{
    private DbConnection? connection;
    private DbTransaction? transaction;

    public SupervisionDb? Context { get; private set; }

    public void Join(DbConnection joined, DbTransaction inside) => (connection, transaction) = (joined, inside);

    public SupervisionDb Create()
    {
        Context = new SupervisionDb(options);
        if (transaction is null)
        {
            Context.Database.SetDbConnection(connections.Create(), contextOwnsConnection: true);
            return Context;
        }

        Context.Database.SetDbConnection(connection);
        Context.Database.AutoSavepointsEnabled = false;
        Context.Database.UseTransaction(transaction);
        return Context;
    }
}
