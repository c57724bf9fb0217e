using System.Runtime.CompilerServices;
using Bot.Storage;

namespace Bot.Tests.Channels.WeCom.Talks;

/// <summary>
/// Every conversation of officials and the cards they act on, held over HTTP with encryption, several desks at once. The talks stand in <c>Scripts</c>;
/// what is really said is written into the folder that <c>BOT_TALKS</c> names, to be read and, where it is right, put in their place.
/// </summary>
public sealed class HoldingTalks
{
    public static TheoryData<string> All => [.. Directory.EnumerateFiles(Folder(), "*.txt").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(All))]
    public Task Goes_as_written(string talk) => Hold(talk, DatabaseKind.Sqlite);

    [Theory]
    [InlineData("C17 C18 指导答复")]
    [InlineData("C19 免预告、免予现场检查")]
    [InlineData("C21 并办：两个单位点卡片同意")]
    public Task Goes_as_written_on_PostgreSQL(string talk) => Hold(talk, DatabaseKind.Postgres);

    private static async Task Hold(string talk, DatabaseKind kind)
    {
        var script = (await File.ReadAllTextAsync(Path.Combine(Folder(), talk + ".txt"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        await using var company = await Company.Open(kind);

        var transcript = new Transcript(company);
        try
        {
            await transcript.Play(script);
        }
        finally
        {
            if (Environment.GetEnvironmentVariable("BOT_TALKS") is { Length: > 0 } folder)
                await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(folder).FullName, $"{talk}.{kind}.txt"), transcript.Heard, CancellationToken.None);
        }

        Assert.Equal(script, transcript.Heard);
        Assert.DoesNotContain(Transcript.Impossible, script, StringComparison.Ordinal);
        Assert.Equal(0, await company.InTheQueue());
        Assert.Empty(company.Platform.Discarded);

        // A tap that no client would send has no code with which it could be answered.
        Assert.Equal(script.Contains("[点别人的", StringComparison.Ordinal) ? 1 : 0, company.Platform.Violations.Count);
        if (!script.Contains("平台：", StringComparison.Ordinal))
            Assert.DoesNotContain(company.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Scripts");
}
