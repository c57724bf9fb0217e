using System.Text.RegularExpressions;

namespace Bot.Dialogs.Inspections;

/// <summary>Finds which inspection task is meant: T122, T26-145.</summary>
internal static partial class TaskReference
{
    public static string? In(string text)
    {
        var id = Id().Match(text);
        return id.Success ? id.Value.ToUpperInvariant() : null;
    }

    /// <summary>What remains of a text when the reference is taken away.</summary>
    public static string Rest(string text) => Id().Replace(text, "").Trim(' ', ':', '：', '，', ',', '。');

    [GeneratedRegex(@"(?<![0-9A-Za-z])[Tt](?:\d{2}-\d{1,6}|\d{1,5})(?![0-9A-Za-z-])", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
