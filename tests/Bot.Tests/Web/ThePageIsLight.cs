using System.IO.Compression;

namespace Bot.Tests.Web;

/// <summary>The page is opened on old phones over slow links, so its weight is a promise (contract: "light").</summary>
public sealed class ThePageIsLight
{
    private const int MostBytes = 60_000;

    [Fact]
    public void All_its_files_together_stay_under_sixty_kilobytes_even_with_plain_gzip()
    {
        var files = PageFiles.All;

        var compressed = files.Sum(file => Gzipped(File.ReadAllBytes(file)));

        Assert.NotEmpty(files);
        Assert.InRange(compressed, 1, MostBytes);
    }

    [Fact]
    public void Everything_the_browser_is_told_to_load_is_one_of_these_files()
    {
        var names = PageFiles.All.Select(file => Path.GetFileName(file)!).ToHashSet(StringComparer.Ordinal);

        var asked = PageFiles.References().ToList();

        Assert.Contains("chat.js", asked);
        Assert.All(asked, name => Assert.Contains(name, names));
    }

    private static long Gzipped(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(content);

        return packed.Length;
    }
}
