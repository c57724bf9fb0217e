using System.Text.RegularExpressions;

namespace Bot.Dialogs.Understanding;

/// <summary>Finds a phone number in a message: a mobile number, or a landline with or without its area code.</summary>
public static partial class Phones
{
    public static string? In(string text) => Number().Match(text) is { Success: true } found ? found.Value : null;

    [GeneratedRegex(@"(?<!\d)(?:1\d{10}|(?:0\d{2,3}-?)?\d{7,8})(?!\d)")]
    private static partial Regex Number();
}
