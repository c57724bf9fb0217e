using System.Text;
using System.Text.RegularExpressions;
using Bot.Emulators.WeChat;

namespace Bot.Tests.Channels.WeChat.Talks;

/// <summary>What a person in the chat may expect of everything that comes onto the phone.</summary>
internal static partial class Readable
{
    private const int MostBytes = 2048;
    private const int MostButtons = 20;

    /// <summary>As the phone shows it: what can be tapped in brackets.</summary>
    public static string Of(Bubble bubble) => Link().Replace(bubble.Text, "[$2]") + string.Concat(bubble.Choices.Select(choice => $"\n[{choice.Caption}]"));

    public static void Check(Bubble bubble)
    {
        Assert.NotEqual(BubbleKind.FailureNotice, bubble.Kind);
        Assert.InRange(Encoding.UTF8.GetByteCount(bubble.Text), bubble.Card is null ? 1 : 0, MostBytes);
        var words = Link().Replace(bubble.Text, "$2");
        Assert.DoesNotMatch(@"[<>{}\uFFFD]|Exception|null|出了点问题", words);
        Assert.DoesNotContain("\n\n\n", words, StringComparison.Ordinal);
        var paragraphs = words.Split("\n\n");
        Assert.Equal(paragraphs.Distinct(StringComparer.Ordinal), paragraphs);
        var captions = bubble.Tappables.Select(tappable => tappable.Caption).ToList();
        Assert.Equal(captions.Distinct(StringComparer.Ordinal), captions);
        Assert.InRange(captions.Count, 0, MostButtons);
        foreach (Match link in Link().Matches(bubble.Text))
            Assert.True(!link.Groups[1].Value.StartsWith("weixin:", StringComparison.Ordinal) || link.Groups[1].Value.Contains($"msgmenucontent={link.Groups[2].Value.Replace(" ", "", StringComparison.Ordinal)}&", StringComparison.Ordinal), link.Value);
        Assert.All(bubble.Card?.Lines ?? [], line => Assert.NotEmpty(line.Value));
    }

    [GeneratedRegex("""<a\s+href="([^"]*)"[^>]*>(.*?)</a>""", RegexOptions.Singleline)]
    private static partial Regex Link();
}
