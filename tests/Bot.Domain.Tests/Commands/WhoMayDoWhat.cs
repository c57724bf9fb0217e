using System.Reflection;
using Bot.Domain.Commands;

namespace Bot.Domain.Tests.Commands;

public sealed class WhoMayDoWhat
{
    [Fact]
    public void Every_command_and_query_names_the_roles_that_may_use_it()
    {
        var forgotten = Permissions.Table.Keys.Where(command => command.GetCustomAttribute<AllowedAttribute>() is null).Select(command => command.Name);

        Assert.Empty(forgotten);
    }
}
