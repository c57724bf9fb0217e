using System.Text.RegularExpressions;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Conversations;

/// <summary>What replay forbids in a conversation and no compiler finds (docs/conversations.md).</summary>
public sealed partial class WrittenAsTheyMustBe
{
    private static readonly string Folder = Path.Combine(Manifests.Folder, "..", "src", "Bot.Dialogs");

    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'))
        .Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("Conversations/", StringComparison.Ordinal))
        .Where(file => File.ReadAllText(Path.Combine(Folder, file)).Contains("Chat chat", StringComparison.Ordinal))
        .DefaultIfEmpty("FrontDesk/AllConversations.cs")];

    [Theory]
    [MemberData(nameof(Files))]
    public void No_conversation_holds_anything_across_a_question(string file)
    {
        var code = Comment().Replace(File.ReadAllText(Path.Combine(Folder, file)), "");

        Assert.DoesNotMatch(Forbidden(), code);
        Assert.DoesNotMatch(NotAwaited(), code);
    }

    [Theory]
    [InlineData("using var file = Open();")]
    [InlineData("lock (gate) {")]
    [InlineData("} finally {")]
    [InlineData("await foreach (var x in y)")]
    [InlineData("await Task.WhenAll(a, b);")]
    [InlineData("var now = DateTime.Now;")]
    [InlineData("static int counter = 0;")]
    [InlineData("var answer = chat.Ask(\"key\", \"?\");")]
    public void The_scan_finds_what_it_is_for(string line) => Assert.True(Forbidden().IsMatch(line) || NotAwaited().IsMatch(line), line);

    [Theory]
    [InlineData("var answer = await chat.Ask(\"key\", \"?\");")]
    [InlineData("private static Task Play(Chat chat) => chat.Ask(\"key\", \"?\");")]
    [InlineData("return chat.Confirm(\"key\", \"?\");")]
    [InlineData("using Bot.Dialogs.Understanding;")]
    public void The_scan_lets_pass_what_is_right(string line) => Assert.False(Forbidden().IsMatch(line) || NotAwaited().IsMatch(line), line);

    [GeneratedRegex(@"using\s*\(|using\s+var\b|await\s+using|\block\s*\(|\bfinally\b|await\s+foreach|Task\.When|DateTime\.(Now|UtcNow|Today)|Guid\.New|new\s+Random|Random\.Shared|static\s+(int|long|bool|string)\s+\w+\s*(=\s[^>]|;)")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"(?<!await\s|return\s|=>\s*|:\s|\?\s|\?\?\s)chat\.(Ask|AskForMore|Choose|Confirm|Review|Send|Look)\b\s*[(<]")]
    private static partial Regex NotAwaited();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();
}
