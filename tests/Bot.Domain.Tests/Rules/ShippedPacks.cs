using Bot.Domain.Rules;

namespace Bot.Domain.Tests.Rules;

/// <summary>The rule packs that ship with the product.</summary>
public static class ShippedPacks
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "manifests", "rules");

    public static RulePack Load(string id) => RulePack.Load(Folder, id);
}
