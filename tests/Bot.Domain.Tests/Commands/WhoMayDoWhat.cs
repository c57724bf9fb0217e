using Bot.Domain.Commands;

namespace Bot.Domain.Tests.Commands;

public sealed class WhoMayDoWhat
{
    [Fact]
    public void Every_command_and_query_names_the_roles_that_may_use_it()
    {
        var forgotten = Permissions.Table.Where(entry => entry.Value.Count == 0).Select(entry => entry.Key.Name);

        Assert.Empty(forgotten);
    }
}
