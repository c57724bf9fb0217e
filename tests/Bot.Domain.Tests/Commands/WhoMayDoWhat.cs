using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Bot.Domain.Audit;
using Bot.Domain.Commands;
using Bot.Domain.Previews;
using Bot.Domain.Rules;
using Bot.Testing;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Domain.Tests.Commands;

/// <summary>The table role × command, for every pair (D15).</summary>
public sealed class WhoMayDoWhat : IDisposable
{
    private readonly Yunlan yunlan = new();

    public static TheoryData<string> Commands => [.. Permissions.Table.Keys.Select(command => command.FullName!).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_command_and_query_names_the_roles_that_may_use_it()
    {
        var forgotten = Permissions.Table.Keys.Where(command => command.GetCustomAttribute<AllowedAttribute>() is null).Select(command => command.Name);

        Assert.Empty(forgotten);
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Whoever_is_not_in_the_table_is_refused_with_a_sentence_and_nothing_changes(string name)
    {
        var command = typeof(Permissions).Assembly.GetType(name)!;
        var before = Rows();
        foreach (var role in Enum.GetValues<ActorRole>().Where(role => !Permissions.May(role, command)))
        {
            var by = new Actor("P001", role, "某人", new Address("web", "P001"), "E001", "U02");

            var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => Send(Given(command, by)));

            Assert.Same(Permissions.OnlyByRole, refused.Rule);
            Assert.Contains("您的身份不能办理这件事", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, Rows());
    }

    [Fact]
    public void The_table_is_the_one_on_paper()
    {
        var file = Repository.Path("docs", "permissions.md");
        var table = OnPaper();
        if (Environment.GetEnvironmentVariable("BOT_WRITE_PERMISSIONS") == "1")
            File.WriteAllText(file, table);

        Assert.Equal(File.ReadAllText(file), table);
    }

    [Fact]
    public async Task A_look_at_what_is_anothers_is_refused_written_down_and_leaves_no_other_trace()
    {
        yunlan.Inspection("T101");
        var before = Rows();

        await using var scope = yunlan.Office.Services.CreateAsyncScope();
        await Assert.ThrowsAsync<RuleBrokenException>(() => scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SendPreview(yunlan.Ecology, "T101")));

        var entry = Assert.Single(scope.ServiceProvider.GetRequiredService<AuditTrail>().Entries);
        Assert.Equal((yunlan.Ecology.PersonId, "Refuse", "T101", nameof(SendPreview)), (entry.Actor, entry.Action, entry.Subject, entry.Detail));
        Assert.Equal(before, Rows());
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Send(object command)
    {
        var answer = command.GetType().GetInterfaces().Single(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>)).GetGenericArguments()[0];
        var send = typeof(WhoMayDoWhat).GetMethod(nameof(SendOne), BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(answer);
        await (Task)send.Invoke(this, [command])!;
    }

    private Task<T> SendOne<T>(IRequest<T> command) => yunlan.Office.Send(command);

    /// <summary>The command with nothing in it but who gives it: a refusal comes before anything else is looked at.</summary>
    private static object Given(Type type, Actor by)
    {
        var command = RuntimeHelpers.GetUninitializedObject(type);
        type.GetProperty(nameof(ICommanded.By))!.SetValue(command, by);
        return command;
    }

    /// <summary>How many rows every table has.</summary>
    private string Rows() => yunlan.Office.Use(db => string.Join(' ', db.Model.GetEntityTypes()
        .Where(entity => !entity.IsOwned())
        .Select(entity => $"{entity.GetTableName()}={Count(db, entity.GetTableName()!)}")));

    private static long Count(DbContext db, string table)
    {
        using var command = db.Database.GetDbConnection().CreateCommand();
#pragma warning disable CA2100 // The name comes from the model.
        command.CommandText = $"SELECT count(*) FROM \"{table}\"";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    private static string OnPaper()
    {
        var roles = Enum.GetValues<ActorRole>();
        var paper = new StringBuilder("# 谁可以做什么\n\n")
            .Append("由命令自己写明（`[Allowed]`），在一处执行；没有写明的一律拒绝。全空的只有服务自己可以用。\n")
            .Append("由 `BOT_WRITE_PERMISSIONS=1 dotnet test tests/Bot.Domain.Tests --filter FullyQualifiedName~WhoMayDoWhat` 重写。\n\n")
            .Append("| 命令或查询 | ").AppendJoin(" | ", roles).Append(" |\n| --- |").Append(string.Concat(Enumerable.Repeat(" --- |", roles.Length))).Append('\n');
        foreach (var (command, allowed) in Permissions.Table.OrderBy(pair => pair.Key.FullName, StringComparer.Ordinal))
            paper.Append("| ").Append(command.FullName!["Bot.Domain.".Length..]).Append(" | ").AppendJoin(" | ", roles.Select(role => allowed.Contains(role) ? "●" : "")).Append(" |\n");
        return paper.ToString();
    }
}
