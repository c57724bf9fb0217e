using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;

namespace Bot.Dialogs.Tests.FrontDesk;

/// <summary>A handful of short conversations with every kind of question, so that the desk is tested apart from what the real ones say.</summary>
internal static class SampleConversations
{
    private static readonly ActorRole[] Everybody = Enum.GetValues<ActorRole>();
    private static readonly ActorRole[] Guests = [ActorRole.EnterpriseUser, ActorRole.Public];

    public static IReadOnlyList<Conversation> List { get; } =
    [
        new("Complaint", "投诉", "这次投诉", Complain) { Roles = Guests, Intents = [Intents.Complain], TakesEvidence = true },
        new("Secret", "匿名咨询", "这次咨询", Consult) { Roles = Guests, Intents = [Intents.AnonymousConsult] },
        new("Rating", "评价", "这次评价", chat => chat.Ask("score", "请打1到5分。", Score)) { Roles = Guests, Intents = [Intents.RateInspection] },
        new("Preview", "检查预告", "这次查询", Preview) { Roles = Guests, Intents = [Intents.ViewPreview] },
        new("Guidance", "行政指导", "这次申请", Guide) { Roles = Guests, Intents = [Intents.ApplyGuidance] },
        new("Feedback", "意见反馈", "这次反馈", Comment) { Roles = Guests, Intents = [Intents.GiveFeedback] },
        new("Binding", "绑定", "这次绑定", Bind) { Roles = Guests, Intents = [Intents.BindEnterprise] },
        new("Todo", "今日待办", "这次查询", Todo) { Roles = [ActorRole.Inspector], Intents = [Intents.StaffTodo] },
        new("LeaveMessage", "人工帮助", "这条留言", Message) { Roles = Everybody, Intents = [Intents.Human] },
    ];

    private static async Task Complain(Chat chat)
    {
        var named = await chat.Choose("named", "实名还是匿名？", new Option("named", "实名"), new Option("anonymous", "匿名"));
        if (named == "anonymous")
            chat.Hide();
        var day = await chat.Ask("day", "发生在哪天？", said => Dates.Of(said.Text, said.ChinaNow) is { } moment ? moment.On.ToString("M月d日", null) : Read.No<string>("请说是哪天，比如“昨天”。"));
        var story = await chat.Ask("story", "请说说经过。");
        var more = await chat.AskForMore("more", "可以再补充，没有就回复“没有”。");
        var items = new[] { new ReviewItem("named", "方式", named), new ReviewItem("day", "时间", day), new ReviewItem("story", "经过", story), new ReviewItem("more", "图片", $"{more.Files.Count}张") };
        chat.Say(await chat.Review("review", "请看一遍：", items) ? "已受理。" : "好的，没有提交。");
    }

    private static async Task Consult(Chat chat)
    {
        chat.Hide();
        await chat.Ask("topic", "关于什么？");
        await chat.Ask("question", "想问什么？");
        chat.Say(await chat.Confirm("ok", "提交吗？") ? "已提交。" : "没有提交。");
    }

    private static async Task Preview(Chat chat)
    {
        chat.Say("近期有1次检查。");
        if (await chat.Choose("what", "要看什么？", new Option("items", "检查什么"), new Option("contact", "联系谁")) == "contact")
            chat.Say("联系人：王工。");
    }

    private static async Task Guide(Chat chat)
    {
        await chat.Choose("unit", "您想请哪个单位指导？", new Option("fire", "应急管理局"), new Option("eco", "生态环境局"));
        var question = await chat.Ask("question", "想问什么？");
        chat.Say($"已提交：{question}");
    }

    private static async Task Comment(Chat chat)
    {
        var opinion = await chat.Ask("opinion", "请写下意见。");
        chat.Say($"已收到：{opinion}");
    }

    private static async Task Bind(Chat chat) =>
        await chat.Ask("code", "请发18位统一社会信用代码。", said => CreditCodes.Read(said.Text) is { Code: { } code } ? code.ToString() : Read.No<string>(CreditCodes.Read(said.Text).Sentence));

    private static async Task Todo(Chat chat)
    {
        chat.Say("今天没有必须办的事。");
        await chat.Confirm("more", "要看明天的吗？");
    }

    private static async Task Message(Chat chat)
    {
        var message = await chat.Ask("message", "请说要点。");
        chat.Say($"已留言：{message}");
    }

    private static Read<int> Score(Said said) => Numbers.Score(said.Text) is { } score ? score : Read.No<int>("请回复1到5的数字。");
}
