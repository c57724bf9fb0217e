using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Results;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Results;

/// <summary>C16: an inspector enters what was found; contradictions are asked again, and a summary is confirmed before anything is sent (J37, J38).</summary>
public static class EnterTheResult
{
    private const int Longest = 500;
    private const int LongestProblems = 2000;

    private static readonly Rule SomethingToEnter = new("现在没有等您回填的结果。检查要先扫码登记，或登记未扫码原因。", "J37");
    private static readonly Rule StillToEnter = new("这个任务没有等您回填的结果：可能已经回填，可能还没有扫码登记，也可能您不在它的检查人员里。", "J37");
    private static readonly string[] NotPunished = ["不予处罚", "不予行政处罚", "免予处罚", "不处罚", "不罚款"];
    private static readonly string[] SignsOfProblems = ["责令", "改正", "整改", "处罚", "罚款", "问题:", "不合格", "不全", "过期"];

    public static Conversation Conversation { get; } = new("EnterTheResult", "回填结果", "这次回填", Play)
    {
        Roles = [ActorRole.Inspector],
        Intents = [Intents.StaffBackfill],
        Opens = text => text is "回填结果" or "回填" or "录结果" || (text.StartsWith("回填", StringComparison.Ordinal) && TaskNumbers.In(text) is not null),
        Browsing = ["which", "now"],
    };

    /// <summary>From the list of what is to be done: the wish is clear already.</summary>
    internal static async Task About(Chat chat, string taskId)
    {
        var task = (await chat.Look(new ResultsToEnter(chat.Visitor))).FirstOrDefault(one => one.TaskId == taskId);
        StillToEnter.Require(task is not null);
        await Enter(chat, task!);
    }

    private static async Task Play(Chat chat)
    {
        if (chat.Opening.Contains("公示", StringComparison.Ordinal))
        {
            await PublishTheResult.Play(chat);
            return;
        }

        var tasks = await chat.Look(new ResultsToEnter(chat.Visitor));
        if (TaskNumbers.In(chat.Opening) is { } named)
        {
            await About(chat, named);
            return;
        }

        SomethingToEnter.Require(tasks.Count > 0);
        var id = tasks.Count == 1 ? tasks[0].TaskId : await chat.Choose("which", $"等您回填的有{tasks.Count}件，先填哪件？", [.. tasks.Take(9).Select(one => new Option(one.TaskId, $"{one.TaskId} {one.EnterpriseName}（{Due(one)}）", one.TaskId))]);
        var task = tasks.First(one => one.TaskId == id);
        var now = await chat.Choose("now", $"{task.TaskId} 检查已于{ChineseDates.Short(task.EndedOn)}结束，结果应于{Due(task)}。现在填吗？", new Option("yes", "填", "现在填", "好", "好的", "是"), new Option("later", "晚点", "以后", "不填", "不", "先不填"));
        if (now == "yes")
            await Enter(chat, task);
        else
            chat.Say($"好的。{task.TaskId}的结果{ChineseDates.WithWeekday(task.DueOn)}24时前要回填，到期会再提醒您。", $"回填 {task.TaskId}");
    }

    private static async Task Enter(Chat chat, ResultToEnter task)
    {
        if (task.Earlier.Count > 0)
            chat.Say($"同一事项本年度已有结论：{string.Join('；', task.Earlier.Select(opinion => opinion.InWords))}。结论不同的，要说明理由并由单位负责人确认。");
        if (task.Observations.Count > 0)
            chat.Say($"该企业在观察期内：{string.Join('；', task.Observations.Select(period => period.InWords))}。请先指导、督促改正，慎用处罚等严厉措施。");
        var (kind, remark) = await chat.Ask("kind", $"{task.TaskId} 结果：[1]未发现问题 [2]发现问题已当场改正 [3]责令改正 [4]其他", ReadKind, takesAnything: false, "未发现问题", "发现问题已当场改正", "责令改正", "其他");
        var problems = new List<ProblemFound>();
        var text = "";
        if (kind == ResultKind.Other)
        {
            text = await chat.Ask("text", "请用一两句话写明情况。", Longest);
        }
        else if (kind != ResultKind.NothingFound)
        {
            var ordered = kind == ResultKind.OrderedToCorrect;
            var ask = ordered
                ? "请逐项写问题和依据，以及改正期限，用分号或换行隔开，例如“台账不全，依据《安全生产法》第四十一条，12月4日前”。不写依据的，用本次检查事项的依据。"
                : "请逐项写问题和依据，用分号或换行隔开。不写依据的，用本次检查事项的依据。";
            if (ordered && ProblemLines.Of(remark, task.Basis, chat.StartedAt, chat.Calendar) is { Count: > 0 } said && said.All(problem => problem.CorrectBy is not null))
                chat.Known("problems", said);
            var found = await chat.Ask("problems", ask, said => ReadProblems(said, task.Basis, ordered), takesAnything: true);
            while (ordered && WithoutDay(found, DateOnly.FromDateTime(chat.StartedAt)) is { } missing)
                found = await chat.Ask("problems", missing, said => ReadProblems(said, task.Basis, ordered), takesAnything: true);
            problems.AddRange(await Treat(chat, found));
        }

        var all = string.Join('\n', problems.Select(problem => problem.Text).Append(remark).Append(text));
        var (minor, penalty) = (all.Contains("轻微", StringComparison.Ordinal) || problems.Exists(problem => problem.LeniencyId is not null), Penalises(all));
        var ground = penalty && (minor || task.Observations.Count > 0)
            ? await chat.Ask("ground", minor ? "情节轻微的以教育引导为主；仍要处罚的，请写明理由。" : "该企业在观察期内，请先指导、督促改正；仍要处罚的，请写明理由。", Longest)
            : null;
        var differing = task.Earlier.Where(opinion => opinion.FoundNothing != (kind == ResultKind.NothingFound)).ToList();
        var differs = differing.Count > 0 ? await chat.Ask("differs", $"与之前的结论不同（{string.Join('；', differing.Select(opinion => opinion.InWords))}）。请说明理由，由单位负责人确认后才发给企业。", Longest) : null;

        var observation = all.Contains(KeepAnObservation.Word, StringComparison.Ordinal)
            ? await KeepAnObservation.Ask(chat, $"{task.TaskId} {task.EnterpriseName}", [.. problems.Select(problem => problem.Text)])
            : null;

        var items = new List<ReviewItem> { new("kind", "结果", kind == ResultKind.Other ? $"其他：{text}" : kind.Name()) };
        items.AddRange(problems.Select(problem => new ReviewItem("problems", "问题", $"{problem.Text}（依据：{problem.Basis}{(problem.CorrectBy is { } day ? $"；{ChineseDates.WithWeekday(day)}前改正" : "")}{(problem.LeniencyId is { } id ? $"；{Treatment(id)}" : "")}）")));
        if (differs is not null)
            items.Add(new ReviewItem("differs", "理由", differs));
        if (observation is not null)
            items.AddRange(KeepAnObservation.Shown(observation));
        if (!await chat.Review("review", $"请核对{task.TaskId}（提交后企业会收到结果、依据和申诉方式）：", items))
        {
            chat.Say("好的，没有提交，内容已清除。", $"回填 {task.TaskId}");
            return;
        }

        var receipt = await chat.Send(new EnterResult(chat.Visitor, task.TaskId, kind, problems) { Text = text, Minor = minor, Penalty = penalty, PenaltyGround = ground, DiffersBecause = differs });
        Tell(chat, receipt);
        if (observation is not null && receipt.WaitsForLeader)
            chat.Say($"观察期等负责人确认后再设，到时说“{KeepAnObservation.Word} {receipt.TaskId}”。");
        else if (observation is not null)
            await KeepAnObservation.Set(chat, receipt.TaskId, observation);
    }

    /// <summary>Where a problem stands on one of the three lists, its treatment is suggested with the basis; the inspector decides (W23).</summary>
    private static async Task<IReadOnlyList<ProblemFound>> Treat(Chat chat, IReadOnlyList<ProblemFound> found)
    {
        var entries = await chat.Look(new LookUpLeniency(chat.Visitor, [.. found.Select(problem => problem.Text)]));
        var treated = new List<ProblemFound>();
        for (var i = 0; i < found.Count; i++)
        {
            var taken = entries[i] is { } entry && await chat.Choose(FormattableString.Invariant($"lenient{i + 1}"), Suggestion(found[i], entry), new Option("take", entry.Leniency.Name(), "采用", "同意", "符合"), new Option("leave", "不采用", "不符合", "不适用")) == "take";
            treated.Add(taken ? found[i] with { LeniencyId = entries[i]!.Id } : found[i]);
        }

        return treated;
    }

    private static string Suggestion(ProblemFound problem, LenientEntry entry) =>
        $"“{problem.Text}”与《{entry.Title}》第{entry.Number}项“{entry.Matter}”相近。条件：{entry.Conditions}。依据：{entry.Basis}。建议“{entry.Leniency.Name()}”，先以教育、提醒、指导、约谈等方式督促改正。是否符合条件由您判断。";

    private static string Treatment(string leniencyId) => Enum.Parse<Leniency>(leniencyId[..leniencyId.IndexOf('-', StringComparison.Ordinal)]).Name();

    private static bool Penalises(string text)
    {
        var rest = NotPunished.Aggregate(text, (left, word) => left.Replace(word, "", StringComparison.Ordinal));
        return rest.Contains("处罚", StringComparison.Ordinal) || rest.Contains("罚款", StringComparison.Ordinal);
    }

    private static void Tell(Chat chat, ResultReceipt receipt)
    {
        var late = receipt.OnTime ? "" : $"（超期{receipt.OverdueBy}个工作日）";
        if (receipt.WaitsForLeader)
        {
            chat.Say($"已提交{late}，等单位负责人确认，确认后发给企业。回填时限照算。");
            return;
        }

        var publish = receipt.PublishBy is { } due ? $"公示期限为{ChineseDates.Due(due)}（检查结束后{chat.Rules.Publication.Period}），涉及不宜公开的请说“不公示 {receipt.TaskId}”并写理由。" : "";
        var advice = receipt.AdviceBy is { } by ? $"改进建议请在{ChineseDates.WithWeekday(by)}前发给企业，说“改进建议 {receipt.TaskId}”。" : "";
        IReadOnlyList<string> actions = receipt.AdviceBy is null ? [$"公示 {receipt.TaskId}", $"不公示 {receipt.TaskId}"] : [$"改进建议 {receipt.TaskId}", $"公示 {receipt.TaskId}", $"不公示 {receipt.TaskId}"];
        chat.Say($"已提交{late}。{publish}{advice}", actions);
    }

    private static Read<Outcome> ReadKind(Said said)
    {
        var (number, rest) = Numbers.ChoiceAndRest(said.Text, 4) is (var choice, var behind) ? (choice, behind) : (Numbers.Choice(said.Text, 4) ?? 0, "");
        if (number == 0)
        {
            number = said.Text switch
            {
                var text when text.StartsWith("未发现问题", StringComparison.Ordinal) || text.StartsWith("没发现问题", StringComparison.Ordinal) || text is "没问题" or "没有问题" => 1,
                var text when text.Contains("当场改正", StringComparison.Ordinal) => 2,
                var text when text.StartsWith("责令", StringComparison.Ordinal) => 3,
                "其他" => 4,
                _ => 0,
            };
            rest = said.Text;
        }

        if (number == 0)
            return Read.No<Outcome>("请回复1到4的数字，或点下面的按钮。");

        // J38: said and chosen must not contradict each other.
        return number == 1 && SignsOfProblems.FirstOrDefault(sign => rest.Contains(sign, StringComparison.Ordinal)) is { } sign
            ? Read.No<Outcome>($"您选了“未发现问题”，又写到“{sign}”，前后不一致。请核对后再选一次结果。")
            : new Outcome((ResultKind)(number - 1), rest);
    }

    private static Read<IReadOnlyList<ProblemFound>> ReadProblems(Said said, string basis, bool withDays)
    {
        var text = said.AsWritten ?? said.Text;
        if (text.Length > LongestProblems)
            return Read.No<IReadOnlyList<ProblemFound>>($"这段有{text.Length}字，请控制在{LongestProblems}字以内。");
        var found = ProblemLines.Of(text, basis, said.ChinaNow, said.Calendar);
        if (found.Count == 0)
            return Read.No<IReadOnlyList<ProblemFound>>("请逐项写明发现的问题，例如“台账不全，12月4日前”。");
        return new Read<IReadOnlyList<ProblemFound>>(true, withDays ? found : [.. found.Select(problem => problem with { CorrectBy = null })], null);
    }

    /// <summary>What is said about the first problem that has no day, or one that is over; null when all have one (D14).</summary>
    private static string? WithoutDay(IReadOnlyList<ProblemFound> found, DateOnly today)
    {
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i].CorrectBy is not { } day)
                return $"第{i + 1}项“{found[i].Text}”没有写改正期限，请全部重写一遍，每项都写明哪天前改正。";
            if (day < today)
                return $"第{i + 1}项的改正期限{ChineseDates.WithWeekday(day)}已经过了，请全部重写一遍。";
        }

        return null;
    }

    private static string Due(ResultToEnter task) => task.OverdueBy > 0 ? $"{ChineseDates.Short(task.DueOn)}前回填，已超期{task.OverdueBy}个工作日" : $"{ChineseDates.Short(task.DueOn)}前回填";

    private sealed record Outcome(ResultKind Kind, string Remark);
}
