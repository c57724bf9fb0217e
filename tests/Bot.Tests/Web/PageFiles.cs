using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Bot.Tests.Web;

/// <summary>The files of the web chat page as they stand in the source tree.</summary>
internal static partial class PageFiles
{
    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateFiles(Folder(), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    public static IEnumerable<(string Name, string Text)> Texts =>
        All.Select(file => (Path.GetFileName(file), File.ReadAllText(file)));

    /// <summary>What HTML and scripts name as further files of the page.</summary>
    public static IEnumerable<string> References() =>
        from file in Texts
        from Match match in Reference().Matches(file.Text)
        select match.Groups["name"].Value;

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Bot", "wwwroot"));

    [GeneratedRegex("""(?:href="|src="|from '\./|import\('\./)(?<name>[\w-]+\.(?:js|css|svg))""")]
    private static partial Regex Reference();
}
