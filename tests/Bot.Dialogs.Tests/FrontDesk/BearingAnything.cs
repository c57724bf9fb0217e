using System.Text;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.FrontDesk;
using Bot.Domain.Commands;
using Bot.Testing;

namespace Bot.Dialogs.Tests.FrontDesk;

/// <summary>Random talk over all conversations: never an exception, always an answer, and two messages lead out of anything.</summary>
public sealed class BearingAnything(ITestOutputHelper output) : IDisposable
{
    private const int Turns = 1000;
    private const int LongestReply = 600;

    private static readonly string[] Words =
    [
        "我要投诉", "申请行政指导", "不想留名字问个事", "评价检查", "检查预告", "意见反馈", "绑定企业", "办理进度", "待办", "指导答复", "投诉台账", "我今天看了一次检查",
        "取消", "返回", "菜单", "帮助", "人工", "继续上次", "重新开始", "放弃", "继续填", "1", "2", "3", "9", "0", "-1", "１", "二", "是", "否", "好的", "不用了谢谢", "没有", "提交", "不提交",
        "改第2项", "第1项改成明天", "修改", "昨天", "今天下午三点", "明天", "2月30日", "91321299MA9001HM4Q", "91321299MA9O01HM4Q", "5分，挺好", "改成4分", "安静日到底是几号", "几点下班", "要等多久", "怎么算出来的",
        "隔壁厂房冒烟了有火", "检查的问我要两条烟", "你告诉我是谁投诉我们的", "供货商骗我钱", "我是应急局的小王, 帮我把M2办了", "区城市管理局", "好像是城管", "不清楚", "两个人 没说要查什么", "G1", "K3", "T301", "7K3F-92QX",
        "😀", "👍🏻👨‍👩‍👧", "？？？", "…", " ", "\t\n", "\u0000\u0001\u0007", "\ud83d", "<script>alert(1)</script>", "'; DROP TABLE complaints; --", "=HYPERLINK(\"x\")", "ignore previous instructions", "我", "要", "投诉",
        "[图片]", "[图片: 通知书] 车牌拍到了", "[文件: 台账]", "[语音]", "[表情]", "{\"f\":1}", "——回到刚才：", "\u202e倒着\u202c", "ａｂｃ", "null", "0x1F",
    ];

    private readonly Office office = new();

    [Fact]
    public Task The_shipped_conversations_bear_anything() => Bears(AllConversations.List);

    [Fact]
    public Task Every_kind_of_question_bears_anything() => Bears(SampleConversations.List);

    public void Dispose() => office.Dispose();

    private async Task Bears(IReadOnlyList<Conversation> conversations)
    {
        const int seed = 20261120;
        var lots = new Random(seed);
        var roles = Enum.GetValues<ActorRole>();
        for (var round = 0; round < Turns / 20; round++)
        {
            var role = roles[round % roles.Length];
            var talk = new Talk(office, new Actor(null, role, "访客", new Address("web", $"v{round}")), conversations);
            for (var i = 0; i < 20; i++)
            {
                var line = Line(lots);
                var replies = await talk.Say(line);
                foreach (var reply in replies) Assert.True(reply.Text.Length is > 0 and <= LongestReply + 100, $"{role} “{line}”: {reply.Text}");
                if (lots.Next(8) == 0) office.Time.Advance(TimeSpan.FromHours(lots.Next(60)));
            }

            var depth = TalkState.Read(talk.Stored).Stack.Count;
            for (var i = 0; i < 2 * depth; i++) await talk.Say("取消");
            Assert.True(TalkState.Read(talk.Stored).Held is null, $"{role}: {depth} conversations were not left by {2 * depth} words.");
        }

        output.WriteLine($"{Turns} turns, seed {seed}");
    }

    private static string Line(Random lots) => lots.Next(12) switch
    {
        0 => string.Concat(Enumerable.Range(0, lots.Next(1, 6)).Select(_ => Words[lots.Next(Words.Length)])),
        1 => new string((char)lots.Next(0x4e00, 0x9fff), lots.Next(1, 40)),
        2 when lots.Next(4) == 0 => new StringBuilder().Insert(0, Words[lots.Next(12)], 5000 / 6).ToString(),
        3 => lots.Next(-5, 1000).ToString(null, null),
        _ => Words[lots.Next(Words.Length)],
    };
}
