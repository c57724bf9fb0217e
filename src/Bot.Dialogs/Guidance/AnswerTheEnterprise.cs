using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Guidance;

/// <summary>C17: an official answers a request for guidance, hands it to a colleague, or returns what another unit has to answer.</summary>
public static class AnswerTheEnterprise
{
    private const int LongestAnswer = 2000;
    private const int LongestReason = 200;

    private static readonly Rule SomethingOpen = new("现在没有等您答复的指导申请。", "J18");

    public static Conversation Conversation { get; } = new("AnswerTheEnterprise", "指导答复", "这次答复", Play)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison],
        Browsing = ["which", "wish"],
        Opens = text => text is "指导答复" or "答复" || ((text.StartsWith("答复", StringComparison.Ordinal) || Said(text) is not null) && GuidanceReference.In(text) is not null),
    };

    /// <summary>What the opening says already: a tap on a card, or the same words typed.</summary>
    private static string? Said(string opening) => opening switch
    {
        _ when opening.StartsWith("现在答复", StringComparison.Ordinal) => "answer",
        _ when opening.StartsWith("转给别人", StringComparison.Ordinal) => "hand",
        _ when opening.StartsWith("不属于我局", StringComparison.Ordinal) => "return",
        _ => null,
    };

    public static async Task About(Chat chat, string reference)
    {
        var request = await chat.Look(new GuidanceDetail(chat.Visitor, reference));
        GuidanceRequest.AnsweredOnce.Require(request.AwaitsAnswer);
        var wish = Said(chat.Opening) ?? await chat.Choose(
            "wish",
            Introduce(chat, request),
            new Option("answer", "现在答复", "答复", "回复"),
            new Option("hand", "转给别人", "转给同事", "转"),
            new Option("return", "不属于我局", "不归我们", "不是我们"));
        await (wish switch
        {
            "answer" => Answer(chat, request),
            "hand" => HandOver(chat, request),
            _ => Return(chat, request),
        });
    }

    private static async Task Play(Chat chat)
    {
        if (GuidanceReference.In(chat.Opening) is { } named)
        {
            await About(chat, named);
            return;
        }

        var open = await chat.Look(new GuidanceToAnswer(chat.Visitor));
        SomethingOpen.Require(open.Count > 0);
        var reference = open.Count == 1
            ? open[0].Id
            : await chat.Choose("which", $"等您答复的有{open.Count}件，先看哪件？", [.. open.Take(9).Select(request => new Option(request.Id, $"{request.Id} {Topic(Question(request))}（{Left(request)}）", request.Id))]);
        await About(chat, reference);
    }

    private static async Task Answer(Chat chat, GuidanceView request)
    {
        // The draft belongs to the question it answers: a colleague may have answered that, and the enterprise have asked another.
        var draft = request.FollowUps.Count == 0 ? "answer" : FormattableString.Invariant($"answer{request.FollowUps.Count}");
        var about = request.FollowUps is [.., { Answer: null } followUp] ? $"企业追问：{followUp.Question}\n" : "";
        var answer = await chat.Ask(draft, $"{(Said(chat.Opening) is null ? about : $"{Introduce(chat, request)}\n")}请写答复。建议包含：结论、依据名称、怎么做、找谁。", LongestAnswer);
        while (true)
        {
            var parts = AnswerParts.Of(answer);
            var advice = parts is { Basis.Length: 0, NamesBasis: false } ? "\n（没有写依据。选“重写”，加一行“依据：……”会更清楚。）" : "";
            var next = await chat.Choose(
                "send",
                $"发送前预览：\n{parts.Preview}{advice}\n发送吗？",
                new Option("send", "发送", "发", "发吧", "发送吧", "好", "好的", "可以", "行", "是", "是的", "对", "确认", "没问题", "提交"),
                new Option("rewrite", "重写", "修改", "改", "改一下", "重新写"),
                new Option("leave", "先不发", "不发", "先不", "不"));
            if (next == "leave")
            {
                chat.Say($"好的，没有发送。这件申请最迟{Due(request)}24时答复。", $"答复 {request.Id}");
                return;
            }

            if (next == "send")
            {
                Tell(chat, await chat.Send(new AnswerGuidance(chat.Visitor, request.Id, parts.Text, parts.Basis, parts.Steps)));
                return;
            }

            answer = await chat.Ask(draft, "请重新写答复。", LongestAnswer);
        }
    }

    private static async Task HandOver(Chat chat, GuidanceView request)
    {
        var colleagues = await chat.Look(new Colleagues(chat.Visitor));
        var to = await chat.Ask(
            "colleague",
            $"转给哪位同事？\n{string.Join(' ', colleagues.Take(9).Select((person, i) => $"[{i + 1}]{person.Name}{(person.Title.Length > 0 ? $"（{person.Title}）" : "")}"))}",
            Read,
            takesAnything: false,
            [.. colleagues.Take(9).Select(person => person.Name)]);
        var receipt = await chat.Send(new HandOverGuidance(chat.Visitor, request.Id, to));
        chat.Say($"已转给{receipt.ToName}，期限不变，仍是{Due(request)}24时前。");

        Read<string> Read(Said said)
        {
            if (Understanding.Numbers.Choice(said.Text, Math.Min(colleagues.Count, 9)) is { } number)
                return colleagues[number - 1].Id;
            var named = colleagues.Where(person => said.Text.Contains(person.Name, StringComparison.Ordinal)).Take(2).ToList();
            return named.Count == 1 ? named[0].Id : Conversations.Read.No<string>("没有找到这位同事，请回复列表里的数字或姓名。");
        }
    }

    private static async Task Return(Chat chat, GuidanceView request)
    {
        var units = (await chat.Look(new UnitsForGuidance(chat.Visitor))).Where(unit => unit.Id != request.UnitId).ToList();
        var to = await chat.Ask("unit", "应由哪个单位办理？比如“生态环境局”“消防”。", said => NamingAUnit.Read(said, units), takesAnything: false);
        var reason = await chat.Ask("reason", "请用一句话说明理由，企业也会看到。", LongestReason);
        var submit = await chat.Review(
            "review",
            "请看一遍：",
            [new ReviewItem("unit", "转给", NamingAUnit.Name(to, units)), new ReviewItem("reason", "理由", reason)],
            submit: "转交",
            drop: "不转");
        if (!submit)
        {
            chat.Say("好的，没有转交，这件申请仍由您的单位答复。", $"答复 {request.Id}");
            return;
        }

        var receipt = await chat.Send(new ReturnGuidance(chat.Visitor, request.Id, to, reason));
        chat.Say($"已转给{receipt.ToUnitName}，期限不变，仍是{Due(request)}24时前{(request.EnterpriseName is null ? "" : "；企业也已告知")}。");
    }

    private static void Tell(Chat chat, AnswerReceipt receipt)
    {
        var whom = receipt.Anonymous ? "已保存，提问人凭查询码可以看到" : "已发送给企业";
        var when = receipt.OnTime ? "按期" : receipt.OverdueBy > 0 ? $"超期{receipt.OverdueBy}个工作日" : "已过期限";
        var again = receipt.FollowUpsLeft > 0 ? $"{(receipt.Anonymous ? "提问人" : "企业")}可追问{Times(receipt.FollowUpsLeft)}，追问从收到时另起{receipt.FollowUpLimit}。" : "";
        chat.Say($"{whom}，{when}。{again}");
    }

    private static string Introduce(Chat chat, GuidanceView request)
    {
        var from = request.EnterpriseName ?? "匿名提问人";
        var again = request.FollowUps is [.., { Answer: null } followUp] ? $"\n原来的问题：{request.Question}\n原来的答复：{request.Answer!.Text}\n{ChineseDates.Short(followUp.ReceivedOn)}追问：{followUp.Question}" : $"\n{request.Question}";
        return $"指导申请{request.Id}（{request.Number}），{from}{ChineseDates.Short(request.ReceivedOn)}提出，最迟{Due(request)}，{Left(request)}。{again}{FileLinks.Of(chat, "附件", request.FileIds)}";
    }

    private static string Question(GuidanceView request) => request.FollowUps is [.., { Answer: null } followUp] ? followUp.Question : request.Question;

    private static string Topic(string question)
    {
        const int longest = 12;
        var line = question.ReplaceLineEndings(" ");
        return line.Length <= longest ? line : $"{line[..longest]}…";
    }

    private static string Due(GuidanceView request) => ChineseDates.Due(request.DueOn, request.Provisional);

    private static string Left(GuidanceView request) => request switch
    {
        { IsOverdue: true, OverdueBy: > 0 } => $"已超期{request.OverdueBy}个工作日",
        { IsOverdue: true } => "已过期限",
        { LeftDays: 0 } => "今天24时前",
        _ => $"剩{request.LeftDays}个工作日",
    };

    private static string Times(int count) => count == 1 ? "一次" : $"{count}次";
}
