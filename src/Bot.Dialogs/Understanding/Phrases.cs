using System.Text.Json;

namespace Bot.Dialogs.Understanding;

/// <summary>The phrases that teach the recogniser: those that ship with the product, or an operator's own file of the same shape (<c>manifests/language/utterances.json</c>).</summary>
public static class Phrases
{
    private static readonly Lazy<IReadOnlyDictionary<string, IReadOnlyList<string>>> Built = new(ReadShipped);

    /// <summary>The phrases that ship with the product.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Shipped => Built.Value;

    /// <summary>Reads <c>{ "intent": ["phrase", …] }</c>; throws <see cref="JsonException"/> naming the place when the file is not of that shape.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(Stream json) =>
        (JsonSerializer.Deserialize<Dictionary<string, List<string>>>(json) ?? throw new JsonException("The phrase file is empty."))
        .ToDictionary(entry => entry.Key, entry => (IReadOnlyList<string>)entry.Value, StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, IReadOnlyList<string>> ReadShipped()
    {
        using var json = typeof(Phrases).Assembly.GetManifestResourceStream("utterances.json")
            ?? throw new InvalidOperationException("The shipped phrases are missing from the assembly.");
        return Read(json);
    }
}
