using System.Runtime.CompilerServices;
using Bot.Storage;

namespace Bot.Tests.Channels.WeChat.Talks;

/// <summary>
/// Every conversation of enterprises and the public, held over HTTP in safe mode from the first tap to the last notice. The talks stand in
/// <c>Scripts</c>; what is really said is written into the folder that <c>BOT_TALKS</c> names, to be read and, where it is right, put in their place.
/// </summary>
public sealed class HoldingTalks
{
    public static TheoryData<string> All => [.. Directory.EnumerateFiles(Folder(), "*.txt").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(All))]
    public Task Goes_as_written(string talk) => Hold(talk, DatabaseKind.Sqlite);

    [Theory]
    [InlineData("C01 用信用代码绑定，联系人同意")]
    [InlineData("C03 指导：会话里收到答复、追问")]
    [InlineData("C31 匿名咨询和凭码查询")]
    public Task Goes_as_written_on_PostgreSQL(string talk) => Hold(talk, DatabaseKind.Postgres);

    private static async Task Hold(string talk, DatabaseKind kind)
    {
        var script = (await File.ReadAllTextAsync(Path.Combine(Folder(), talk + ".txt"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        await using var account = await Account.Open(kind);

        var transcript = new Transcript(account);
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
        Assert.Empty(account.Platform.Violations);
        Assert.All(account.Platform.Book.Deliveries, delivery => Assert.False(delivery.FailureShown));
        Assert.DoesNotContain(account.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Scripts");
}
