using System.Text.RegularExpressions;

namespace Bot.Dialogs.Understanding;

/// <summary>The number of a task in a message: T305, 检任26-7 as T26-7.</summary>
public static partial class TaskNumbers
{
    public static string? In(string text) => Number().Match(text) is { Success: true } found ? found.Value.ToUpperInvariant() : null;

    /// <summary>The number of one problem of a task: T305-1.</summary>
    public static string? ProblemIn(string text) => Problem().Match(text) is { Success: true } found ? found.Value.ToUpperInvariant() : null;

    [GeneratedRegex(@"(?<![A-Za-z0-9])[Tt][0-9]{1,6}(?:-[0-9]{1,6})?(?![A-Za-z0-9])")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[Tt][0-9]{1,6}(?:-[0-9]{1,6}){1,2}(?![A-Za-z0-9-])")]
    private static partial Regex Problem();
}
