using Bot.Dialogs.Conversations;
using Bot.Dialogs.HumanHelp;
using Bot.Dialogs.People;
using Bot.Dialogs.Understanding;
using Bot.Domain.Appeals;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;

namespace Bot.Dialogs.Appeals;

/// <summary>C8: an enterprise objects to the result of an inspection; who will see what is said before it is handed in (W38).</summary>
public static class AppealTheResult
{
    private const int LongestReason = 2000;
    private const int Listed = 9;

    private static readonly string[] Words = ["申诉", "我要申诉", "申诉结果", "申诉检查结果"];
    private static readonly string[] Withdrawing = ["撤回申诉", "我要撤回申诉"];

    public static Conversation Conversation { get; } = new("AppealTheResult", "申诉结果", "这次申诉", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Intents = [Intents.AppealResult],
        Opens = text => Words.Contains(text, StringComparer.Ordinal) || Withdrawing.Contains(text, StringComparer.Ordinal),
        TakesEvidence = true,
    };

    private static async Task Play(Chat chat)
    {
        if (await WithoutEnterprise.Tell(chat, "申诉检查结果要先绑定企业。"))
            return;
        if (Withdrawing.Contains(chat.Opening, StringComparer.Ordinal))
        {
            await Withdraw(chat);
            return;
        }

        var results = await chat.Look(new ResultsToAppeal(chat.Visitor));
        if (results.Count == 0)
        {
            chat.Say("贵单位还没有登记了结果的检查。检查过程有问题，可以投诉。", "投诉检查行为", "检查预告");
            return;
        }

        if (await Which(chat, results) is not { } result)
            return;
        var problems = string.Concat(result.Problems.Select((problem, i) => $"\n{i + 1}. {problem}"));
        var given = await chat.AskForMore("why", $"{result.TaskId} 的结果：{result.Result}{problems}\n不认可哪一条？请说明理由，可以附照片或台账。");
        var why = given.Text.Length > 0 ? given.Text : await chat.Ask("words", "请用一两句话说明理由。", LongestReason);
        var submit = await chat.Review(
            "review",
            $"请看一遍。{result.UnitName}会看到是哪次检查、您的理由和材料，不会看到是贵单位的哪一位提出的：",
            [
                new ReviewItem("which", "检查", $"{result.TaskId}，{ChineseDates.Short(result.On)}，{result.UnitName}"),
                new ReviewItem(given.Text.Length > 0 ? "why" : "words", "理由", why),
                new ReviewItem("why", "材料", given.Files.Count > 0 ? $"{given.Files.Count}份" : "没有"),
            ]);
        if (!submit)
        {
            chat.Say("好的，没有提交，内容已清除。需要时随时叫我。");
            return;
        }

        var receipt = await chat.Send(new FileAppeal(chat.Visitor, result.TaskId, why, [.. given.Files.Select(file => file.Id)]));
        chat.Say(
            $"已登记申诉 {receipt.Number}，{receipt.UnitName}须在{ChineseDates.WithWeekday(receipt.BasisDue)}前提供检查依据并说明，{chat.Rules.SupervisionOffice.Name}最迟{ChineseDates.WithWeekday(receipt.ReplyDue)}答复您。\n"
            + "申诉不影响您依法申请行政复议或提起诉讼；收到行政处罚等决定的，期限以决定书写明的为准。" + AtNight.Note(chat),
            "办理进度");
    }

    private static async Task<AppealableResult?> Which(Chat chat, IReadOnlyList<AppealableResult> results)
    {
        if (TaskNumbers.In(chat.Opening) is { } task)
        {
            var named = results.FirstOrDefault(result => result.TaskId == task);
            if (named is null)
                chat.Tell($"在贵单位登记了结果的检查里没有找到 {task}，请说“我的检查记录”核对编号。");
            return named;
        }

        var latest = results[0];
        var first = await chat.Choose(
            "latest",
            $"您对 {latest.TaskId}（{ChineseDates.Short(latest.On)}，{latest.UnitName}）的结果有异议，对吗？",
            new Option("yes", "对", "是", "是的", "对的", "就是这个"),
            new Option("no", "是别的检查", "不是", "不对", "别的"));
        if (first == "yes")
            return latest;
        var others = results.Skip(1).Take(Listed).ToList();
        if (others.Count == 0)
        {
            chat.Say("贵单位登记了结果的检查只有这一次。对检查过程有意见，可以投诉。", "投诉检查行为");
            return null;
        }

        var id = await chat.Choose("which", "是哪一次？", [.. others.Select(result => new Option(result.TaskId, $"{result.TaskId}，{ChineseDates.Short(result.On)}，{result.UnitName}", result.TaskId))]);
        return others.First(result => result.TaskId == id);
    }

    private static async Task Withdraw(Chat chat)
    {
        var open = (await chat.Look(new MyAppeals(chat.Visitor))).Where(appeal => appeal.IsOpen).ToList();
        if (open.Count == 0)
        {
            chat.Say("贵单位没有正在办理的申诉。", "办理进度");
            return;
        }

        var id = open.Count == 1
            ? open[0].AppealId
            : await chat.Choose("which", "撤回哪一件？", [.. open.Take(Listed).Select(appeal => new Option(appeal.AppealId, $"{appeal.Number}，{appeal.TaskId}", appeal.AppealId))]);
        var sure = await chat.Choose(
            "withdraw",
            new Reply("确定撤回这件申诉吗？撤回后不再办理。") { WhenLeft = "好的，没有撤回，申诉继续办理。" },
            new Option("yes", "确定撤回", "确认撤回", "确定", "是", "是的"),
            new Option("no", "不撤回", "不", "不撤", "否", "算了", "不用了"));
        if (sure == "no")
        {
            chat.Say("好的，申诉继续办理。");
            return;
        }

        var withdrawn = await chat.Send(new WithdrawAppeal(chat.Visitor, id));
        chat.Say($"{withdrawn.Number} 已撤回。");
    }
}

/// <summary>"会不会得罪人", "帮我判断他们合不合法": what an appeal or a complaint brings about, and what nobody here judges (C8).</summary>
public static class AboutAppeals
{
    private static readonly string[] Afraid = ["得罪", "报复", "穿小鞋", "秋后算账", "记恨", "被针对"];

    public static Conversation Conversation { get; } = new("AboutAppeals", "申诉说明", "这次查询", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public],
        Fleeting = true,
        Opens = text => text.Length <= 20 && Afraid.Any(word => text.Contains(word, StringComparison.Ordinal)) && (text.Contains('会') || text.Contains('怕') || text.Contains('吗')),
    };

    private static Task Play(Chat chat)
    {
        chat.Say($"申诉和投诉是您的权利，处理由{chat.Rules.SupervisionOffice.Name}跟踪。因此增加检查、刁难的，请再投诉，不分实名匿名都会核查。若已收到行政处罚等决定，您还可以依法申请行政复议或提起诉讼，期限以决定书写明的为准。", "投诉检查行为", "人工帮助");
        return Task.CompletedTask;
    }
}
