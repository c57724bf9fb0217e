using System.Reflection;
using Bot.Dialogs.Conversations;
using Bot.Domain;
using Bot.Storage;

namespace Bot.Tests;

/// <summary>The arrows Bot → Bot.Dialogs → Bot.Domain, and names that say nothing.</summary>
public sealed class Architecture
{
    private static readonly Assembly Domain = typeof(ISupervisionDb).Assembly;
    private static readonly Assembly Dialogs = typeof(Chat).Assembly;
    private static readonly Assembly Host = typeof(SupervisionDb).Assembly;

    private static readonly string[] EmptyEndings = ["Utils", "Util", "Helper", "Helpers", "Common", "Manager", "Service", "Dto", "Impl", "Base", "Data"];
    private static readonly string[] PatternFolders = ["Services", "Managers", "Helpers", "Interfaces", "DTOs", "Models", "Utils", "Common", "Repositories"];

    [Fact]
    public void The_domain_knows_neither_chat_nor_host_nor_http()
    {
        var references = Domain.GetReferencedAssemblies().Select(name => name.Name!).ToArray();

        Assert.DoesNotContain("Bot.Dialogs", references);
        Assert.DoesNotContain("Bot", references);
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name == "System.Net.Http");
    }

    [Fact]
    public void The_talk_knows_the_domain_only()
    {
        var references = Dialogs.GetReferencedAssemblies().Select(name => name.Name!).ToArray();

        Assert.DoesNotContain("Bot", references);
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
            || name == "System.Net.Http");
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        var empty = Types().Where(type => EmptyEndings.Any(ending => type.Name.EndsWith(ending, StringComparison.Ordinal))).Select(type => type.FullName);

        Assert.Empty(empty);
    }

    [Fact]
    public void No_folder_is_named_after_a_pattern()
    {
        var patterns = Types().Select(type => type.Namespace!).Distinct().Where(name => name.Split('.').Any(part => PatternFolders.Contains(part, StringComparer.OrdinalIgnoreCase)));

        Assert.Empty(patterns);
    }

    [Fact]
    public void No_public_field_or_method_hands_out_mutable_static_state()
    {
        var mutable = Types()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && !field.Name.Contains('<', StringComparison.Ordinal))
            .Select(field => $"{field.DeclaringType}.{field.Name}");

        Assert.Empty(mutable);
    }

    private static IEnumerable<Type> Types() => new[] { Domain, Dialogs, Host }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.Namespace?.StartsWith("Bot", StringComparison.Ordinal) == true && !type.Name.Contains('<', StringComparison.Ordinal));
}
