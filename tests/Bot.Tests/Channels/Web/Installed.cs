using System.Runtime.CompilerServices;

namespace Bot.Tests.Channels.Web;

/// <summary>What the tests with the official clients need beside the SDK.</summary>
internal static class Installed
{
    public const string Chromium = "/usr/bin/chromium";

    public static string NodeFolder { get; } = Folder();

    public static string Module(params ReadOnlySpan<string> parts) => Path.Combine([NodeFolder, "node_modules", .. parts]);

    public static void OrSkip(params ReadOnlySpan<string> files)
    {
        foreach (var file in files)
        {
            if (!Path.Exists(file))
                Assert.Skip($"{Path.GetFileName(file)} is not installed; npm ci --ignore-scripts in tests/Bot.Tests/node and the packages nodejs and chromium bring it.");
        }
    }

    public static string Node()
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "node")).FirstOrDefault(File.Exists);
        if (found is null)
            Assert.Skip("node is not installed.");
        return found;
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "node"));
}
