using Bot.Dialogs.Notices;
using Bot.Domain.Notices;
using Bot.Storage;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Dialogs.Tests.Notices;

/// <summary>A short message says: 回复“详情”看全文 (domain.md 5.6, short forms).</summary>
public sealed class ReadingANoticeInFull : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-16 09:00");

    [Fact]
    public async Task The_last_notice_is_shown_with_its_buttons()
    {
        await Sent("旧的", "2026-11-14 09:00");
        await Sent("情况已经查清。", "2026-11-15 09:00");
        var talk = new Talk(yunlan.Office, yunlan.Yuanfan);

        var heard = Assert.Single(await talk.Say("详情"));

        Assert.Contains("情况已经查清。", heard.Text, StringComparison.Ordinal);
        Assert.Equal(["办理进度"], heard.Actions);
    }

    [Fact]
    public async Task A_long_one_comes_in_pieces_that_can_be_tapped_through()
    {
        await Sent(string.Concat(Enumerable.Range(1, 60).Select(i => $"第{i}句话说明查明的事实和处理的理由。")), "2026-11-15 09:00");
        var talk = new Talk(yunlan.Office, yunlan.Yuanfan);

        var first = Assert.Single(await talk.Say("详情"));
        var second = Assert.Single(await talk.Say(first.Actions[0]));
        var third = Assert.Single(await talk.Say(second.Actions[0]));

        Assert.Contains("（1/3", first.Text, StringComparison.Ordinal);
        Assert.Contains("（2/3", second.Text, StringComparison.Ordinal);
        Assert.Contains("第60句话", third.Text, StringComparison.Ordinal);
        Assert.Equal(["办理进度"], third.Actions);
        Assert.All(new[] { first, second, third }, piece => Assert.Equal(piece.Text.Contains("第2句话", StringComparison.Ordinal), ReferenceEquals(piece, first)));
    }

    [Fact]
    public async Task Who_was_sent_nothing_hears_so()
    {
        var talk = new Talk(yunlan.Office, Office.Visitor());

        Assert.Contains("近期没有发给您的通知", await talk.Hear("详情"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("短")]
    [InlineData("一句。")]
    public void A_short_text_is_one_piece(string text) => Assert.Equal([text], ReadNotice.Pieces(text));

    [Fact]
    public void Nothing_of_a_text_is_lost_between_its_pieces_and_no_emoji_is_cut()
    {
        var text = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦没有句号的长文字", 120));

        var pieces = ReadNotice.Pieces(text);

        Assert.Equal(text, string.Concat(pieces));
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 1, 450));
        Assert.All(pieces.Skip(1), piece => Assert.False(piece.StartsWith('\u200d') || char.IsLowSurrogate(piece[0])));
    }

    public void Dispose() => yunlan.Dispose();

    private async Task Sent(string answer, string at)
    {
        var was = yunlan.Office.Time.GetUtcNow();
        yunlan.Office.Time.Set(at);
        var fields = new Dictionary<string, string> { ["no"] = "留言", ["justice"] = "区司法局", ["answer"] = answer };
        var board = yunlan.Office.Services.CreateScope().ServiceProvider;
        await board.GetRequiredService<NoticeBoard>().Owe(yunlan.Yuanfan.PersonId!, "N39", at, "R1", fields, TestContext.Current.CancellationToken, actions: ["办理进度"]);
        var db = board.GetRequiredService<SupervisionDb>();
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        (await db.Notices.SingleAsync(n => n.Key == at, TestContext.Current.CancellationToken)).Sent("web", at, yunlan.Office.Time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        yunlan.Office.Time.Advance(was - yunlan.Office.Time.GetUtcNow());
    }
}
