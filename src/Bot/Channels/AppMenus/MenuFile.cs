using Bot.Domain.Manifests;

namespace Bot.Channels.AppMenus;

/// <summary>The file in which an operator keeps a platform's menu.</summary>
internal static class MenuFile
{
    /// <exception cref="ManifestException">The file is wrong.</exception>
    public static T Load<T>(string manifests, string fileName, Func<ManifestFile, T> read)
    {
        var file = ManifestFile.Open(Path.Combine(manifests, fileName), fileName);
        var menu = read(file);
        file.ThrowIfBroken();
        return menu;
    }

    /// <summary>What is wrong with the file; nothing when it is right.</summary>
    public static IReadOnlyList<ManifestProblem> Check<T>(string manifests, string fileName, Func<ManifestFile, T> read)
    {
        try
        {
            var file = ManifestFile.Open(Path.Combine(manifests, fileName), fileName);
            read(file);
            return file.Problems;
        }
        catch (ManifestException broken)
        {
            return broken.Problems;
        }
    }
}
