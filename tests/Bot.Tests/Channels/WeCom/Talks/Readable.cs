using System.Text;
using Bot.Emulators.WeCom;

namespace Bot.Tests.Channels.WeCom.Talks;

/// <summary>What an official may expect of everything that comes onto the desk.</summary>
internal static class Readable
{
    private const int MostBytes = 2048;

    public static void Check(ChatEntry entry)
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(entry.Text), entry.Card is null ? 1 : 0, MostBytes);
        Assert.DoesNotMatch(@"[{}\uFFFD]|Exception|null|出了点问题|undefined", entry.Plain);
        Assert.DoesNotContain("\n\n\n", entry.Plain, StringComparison.Ordinal);
        if (entry.Card is not { } card)
            return;
        Assert.NotEmpty(card.Title);
        Assert.All(card.Lines, line => Assert.NotEmpty(line.Value));
        var buttons = card.Buttons.Select(button => button.Text).ToList();
        Assert.Equal(buttons.Distinct(StringComparer.Ordinal), buttons);
    }
}
