using System.Diagnostics.CodeAnalysis;

namespace Bot.Channels.Callbacks;

/// <summary>What the scanner in a menu brings.</summary>
internal static class ScannedCode
{
    private const int LongestScene = 64;

    /// <summary>A code of ours says its scene in clear: a word, a line, the rest.</summary>
    public static bool IsScene([NotNullWhen(true)] string? scanned) =>
        scanned is { Length: > 2 and <= LongestScene } && scanned.IndexOf('_', StringComparison.Ordinal) > 0 && scanned.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
