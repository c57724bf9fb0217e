using System.Text.RegularExpressions;
using Bot.Dialogs.Understanding;

namespace Bot.Dialogs.Guidance;

/// <summary>Finds which request for guidance is meant: G26-58, or 云指〔2026〕58号 in whatever brackets.</summary>
internal static partial class GuidanceReference
{
    public static string? In(string text)
    {
        var id = Id().Match(text);
        if (id.Success)
            return id.Value.ToUpperInvariant();
        return CaseNumbers.Find(text) is { } number && number.Contains("指〔", StringComparison.Ordinal) ? number : null;
    }

    /// <summary>What remains of a text when the reference and the word that opened the talk are taken away.</summary>
    public static string Rest(string text, string lead) => Id().Replace(text[lead.Length..], "").Trim(' ', ':', '，', ',', '。');

    [GeneratedRegex(@"(?<![0-9A-Za-z])[Gg]\d{2}-\d{1,6}", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
