namespace Bot.Testing;

/// <summary>Where the repository's manifests are.</summary>
public static class Manifests
{
    public static string Folder { get; } = Find();

    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Folder, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(System.IO.Path.Combine(folder.FullName, "manifests", "rules")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("manifests");
        return System.IO.Path.Combine(folder.FullName, "manifests");
    }
}
