using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Supervision;

namespace Bot.Dialogs.Supervision;

/// <summary>C25: a supervisor leads a case up the ladder, one step after the other: 预警 → 建议书 → 整改 → 复查 → 报请区政府 (S13–S17, S22, S40).</summary>
public static partial class SuperviseInSteps
{
    private const int LongestText = 1000;
    private const int Listed = 9;
    private const int ShortestReason = 4;

    public static Conversation Conversation { get; } = new("SuperviseInSteps", CaseReference.List, "这次办理", Play)
    {
        Roles = [ActorRole.Supervisor],
        Intents = [Intents.JusticeSupervise],
        Browsing = ["which", "step"],
        Opens = text => text is CaseReference.List or "预警" or "建议书" or "要发建议书的" or "整改到期的" or "跟踪复查" || CaseReference.In(text) is not null,
    };

    private static async Task Play(Chat chat)
    {
        if (CaseReference.In(chat.Opening) is not { } id)
        {
            id = await Pick(chat);
            if (id.Length > 0)
                await About(chat, id);
            return;
        }

        var verb = CaseReference.Verb(chat.Opening);
        if (verb.StartsWith("同意延期", StringComparison.Ordinal))
            await GiveTime(chat, id);
        else if (verb.StartsWith("不同意延期", StringComparison.Ordinal))
            await RefuseTime(chat, id);
        else
            await About(chat, id, verb);
    }

    /// <param name="chat">The talk.</param>
    /// <param name="id">The case.</param>
    /// <param name="verb">What is to be done with it, where the words or a button said so already.</param>
    internal static async Task About(Chat chat, string id, string verb = "")
    {
        // Recorded as it was opened: a step changes what a replay would see.
        var view = await chat.Send(new OpenSupervisionCase(chat.Visitor, id));
        var options = Steps(view);
        if (options.Length == 0)
        {
            chat.Say($"{Shown(view)}\n{string.Join('\n', view.Course)}{CaseReference.Papers(chat, view)}", CaseReference.List);
            return;
        }

        if (view is { Stage: SupervisionStage.Warned, Heard: false } && (verb.StartsWith("认定未改正", StringComparison.Ordinal) || verb.StartsWith("未改正", StringComparison.Ordinal)))
        {
            chat.Say($"{view.CaseId}的说明期限到{ChineseDates.WithWeekday(view.Due)}，{view.UnitName}还没有说明，现在还不能认定未改正。单位说明以后，或者期限过了，再来认定。", $"打开 {view.CaseId}");
            return;
        }

        var said = verb.Length < 2 ? null : options.FirstOrDefault(option => option.Also.Append(option.Label).Any(word => verb.StartsWith(word, StringComparison.Ordinal)))?.Code;
        var step = said ?? await chat.Choose("step", Shown(view), options);
        while (step == "evidence")
            step = await chat.Choose("step", Evidence(chat, view), options);
        await Take(chat, view, step);
    }

    private static async Task<string> Pick(Chat chat)
    {
        var open = await chat.Look(new SupervisionCases(chat.Visitor));
        var outstanding = await chat.Look(new OutstandingUnits(chat.Visitor));
        if (open.Count == 0)
        {
            chat.Say("现在没有在办的预警和建议书。发现苗头可以说“发预警”。", "发预警", "监督线索");
            return "";
        }

        var lines = open.Take(Listed).Select(line => $"{line.CaseId} {line.UnitName}，{line.Problem}：{SupervisionWords.Of(line.Stage)}{CaseReference.Due(line.Due, line.Late)}");
        var more = open.Count > Listed ? $"\n另有{open.Count - Listed}件，按时限排在后面。" : "";
        var proposals = string.Concat(outstanding.Select(unit => $"\n{unit.UnitName}本季度未结预警{unit.CaseIds.Count}件（{string.Join('、', unit.CaseIds)}），问题突出，建议提出建议书。"));
        return await chat.Choose(
            "which",
            $"在办{open.Count}件：\n{string.Join('\n', lines)}{more}{proposals}\n看哪一件？",
            [.. open.Take(Listed).Select(line => new Option(line.CaseId, line.CaseId)), new Option("", "知道了", "好的", "好", "谢谢")]);
    }

    private static string Shown(SupervisionView view)
    {
        var due = ChineseDates.WithWeekday(view.Due);
        var standing = view.Stage switch
        {
            SupervisionStage.Warned => $"{ChineseDates.Short(view.OpenedOn)}预警；单位说明{(view.Late ? "已超期，应于" : "最迟")}{due}。{(view.MoreTimeOpen ? "单位申请延期，等您答复。" : "")}",
            SupervisionStage.Answered => $"{ChineseDates.Short(view.OpenedOn)}预警；单位{(view.Disagrees ? "不同意预警" : "已说明")}，等您核实。",
            SupervisionStage.LetterDue => $"{(IsWarning(view) ? $"{ChineseDates.Short(view.OpenedOn)}预警；" : "")}{ChineseDates.WithWeekday(view.FoundUncorrectedOn)}认定未改正，{Short(view)}{(view.Late ? "已超期，应于" : "最迟")}{due}制作。",
            SupervisionStage.LetterIssued => $"{view.LetterName}（{view.LetterNumber}）已签发，还没有送达。",
            SupervisionStage.Rectifying => $"{view.LetterNumber}，{ChineseDates.WithWeekday(view.ServedOn)}送达{(view.Received ? "，单位已签收" : "，单位还没有签收")}；整改期限{ChineseDates.WithWeekday(view.RectifyDue)}{(view.TermOver ? "已届满" : "")}，最迟{ChineseDates.WithWeekday(view.FollowUpDue)}跟踪复查。",
            SupervisionStage.Reported => $"{view.LetterNumber}，单位已报告整改；整改期限{ChineseDates.WithWeekday(view.RectifyDue)}，最迟{ChineseDates.WithWeekday(view.FollowUpDue)}跟踪复查，现在就可以复查。",
            SupervisionStage.NotCorrected => $"{view.LetterNumber}，跟踪复查未整改。监督决定由区政府作出，您可以报请区政府。",
            SupervisionStage.BeforeGovernment => $"{view.LetterNumber}，已报请区政府。决定书由区政府制发，送达后请来登记。",
            SupervisionStage.Decided => "区政府的监督决定书已登记。",
            _ => $"已办结：{SupervisionWords.Of(view.Outcome!.Value)}。",
        };
        return $"{view.CaseId} {view.UnitName}，{view.Problem}。{standing}{(view.ObjectionOpen ? "单位提出了异议，等您答复。" : "")}";
    }

    private static string Evidence(Chat chat, SupervisionView view)
    {
        var proofs = chat.Pages is { } root ? string.Concat(view.ProofIds.Select((id, i) => $"\n佐证{i + 1}：{root}/v3/directline/attachments/{id}")) : "";
        return $"{CaseReference.Facts(view)}\n经过：\n{string.Join('\n', view.Course)}{CaseReference.Papers(chat, view)}{proofs}";
    }

    private static Option[] Steps(SupervisionView view) =>
    [
        .. view.ObjectionOpen ? [new Option("objection", "答复异议", "异议")] : Array.Empty<Option>(),
        .. view.Stage switch
        {
            SupervisionStage.Warned => (Option[])
            [
                .. view.MoreTimeOpen ? [new Option("time", "答复延期申请", "延期")] : Array.Empty<Option>(),
                .. view.Heard ? [new Option("uncorrected", "认定未改正", "未改正")] : Array.Empty<Option>(),
                new("close", "认定已整改", "已整改"),
                new("fact", "补充事实"),
                new("evidence", "看证据", "证据"),
            ],
            SupervisionStage.Answered => [new("close", "认定已整改", "已整改"), new("back", "请单位补充", "补充"), new("uncorrected", "认定未改正", "未改正"), new("unfounded", "预警不成立", "不成立"), new("evidence", "看证据", "证据")],
            SupervisionStage.LetterDue => [new("draft", $"起草{Short(view)}", "起草"), new("evidence", "看证据", "证据"), new("later", "延后说明", "延后"), new("fact", "补充事实"), .. IsWarning(view) ? [new Option("close", "认定已整改", "已整改"), new Option("unfounded", "撤销预警", "预警不成立", "撤销")] : Array.Empty<Option>()],
            SupervisionStage.LetterIssued => [new("serve", "送达"), new("void", "这份文书作废"), new("evidence", "看证据", "证据")],
            SupervisionStage.Rectifying when !view.MayFollowUp => [new("plan", "安排复查", "复查安排"), new("fact", "补充事实"), new("evidence", "看证据", "证据")],
            SupervisionStage.Rectifying or SupervisionStage.Reported => [new("check", "登记复查结果", "复查"), new("plan", "安排复查", "复查安排"), new("evidence", "看证据", "证据")],
            SupervisionStage.NotCorrected => [new("report", "报请区政府", "报请"), new("evidence", "看证据", "证据")],
            SupervisionStage.BeforeGovernment => [new("decision", "登记决定书", "决定书"), new("evidence", "看证据", "证据")],
            SupervisionStage.Decided => [new("measure", "登记后续措施", "措施"), new("end", "办结"), new("evidence", "看证据", "证据")],
            _ => [],
        },
    ];

    private static Task Take(Chat chat, SupervisionView view, string step) => step switch
    {
        "time" => AnswerTime(chat, view),
        "close" => Close(chat, view),
        "back" => SendBack(chat, view),
        "uncorrected" => FindUncorrected(chat, view),
        "unfounded" => Withdraw(chat, view),
        "fact" => AddFact(chat, view),
        "draft" => Draft(chat, view),
        "later" => Delay(chat, view),
        "serve" => ServeAtLast(chat, view),
        "void" => Void(chat, view),
        "objection" => AnswerObjection(chat, view),
        "plan" => PlanFollowUp(chat, view),
        "check" => Check(chat, view),
        "report" => Report(chat, view),
        "decision" => RecordDecision(chat, view),
        "measure" => RecordMeasure(chat, view),
        _ => End(chat, view),
    };

    private static async Task AnswerTime(Chat chat, SupervisionView view)
    {
        if (await chat.Confirm("give", $"单位申请延期：{view.Course[^1]}。同意吗？", "同意延期", "不同意延期"))
            await GiveTime(chat, view.CaseId);
        else
            await RefuseTime(chat, view.CaseId);
    }

    private static async Task GiveTime(Chat chat, string id)
    {
        var moved = await chat.Send(new DecideMoreTime(chat.Visitor, id, Given: true, ""));
        chat.Say($"已同意延期，新期限{ChineseDates.WithWeekday(moved.Due)}，已告知单位。只能延这一次。");
    }

    private static async Task RefuseTime(Chat chat, string id)
    {
        if (await Told(chat, id, "reason", "请写不同意延期的理由，会告诉单位。", "理由", "单位会收到：没有同意延期。") is not { } reason)
            return;
        var moved = await chat.Send(new DecideMoreTime(chat.Visitor, id, Given: false, reason));
        chat.Say($"已告知单位不同意延期，期限仍是{ChineseDates.WithWeekday(moved.Due)}。");
    }

    private static async Task Close(Chat chat, SupervisionView view)
    {
        if (await Told(chat, view.CaseId, "finding", "怎么核实的？请写一两句，会告诉单位。", "情况", $"{view.UnitName}会收到：预警 {view.Number}（{view.Problem}）已整改，预警办结。") is not { } finding)
            return;
        await chat.Send(new CloseWarning(chat.Visitor, view.CaseId, finding));
        chat.Say($"{view.CaseId}已办结：预警后已整改，已告知单位。", CaseReference.List);
    }

    private static async Task SendBack(Chat chat, SupervisionView view)
    {
        if (await Told(chat, view.CaseId, "what", "要单位补充什么？", "请补充", $"{view.UnitName}会收到：对预警 {view.Number} 的说明请补充，说明期限重新计算。") is not { } what)
            return;
        var moved = await chat.Send(new SendAnswerBack(chat.Visitor, view.CaseId, what));
        chat.Say($"已请单位补充，最迟{ChineseDates.WithWeekday(moved.Due)}。");
    }

    private static async Task FindUncorrected(Chat chat, SupervisionView view)
    {
        if (await Told(chat, view.CaseId, "finding", "请写核实或复看的情况，单位会看到。", "情况", $"{view.UnitName}会收到：核实认定预警 {view.Number}（{view.Problem}）的问题仍未改正，将在{view.LetterDays}内制作{view.LetterName}。") is not { } finding)
            return;
        var moved = await chat.Send(new FindUncorrected(chat.Visitor, view.CaseId, finding));
        chat.Say($"已认定未改正并告知单位。{Short(view)}最迟{ChineseDates.WithWeekday(moved.Due)}制作（{view.LetterDays}）。", $"起草建议书 {view.CaseId}");
    }

    private static async Task Withdraw(Chat chat, SupervisionView view)
    {
        if (await Told(chat, view.CaseId, "reason", "请写预警不成立的理由，会告诉单位。", "理由", $"{view.UnitName}会收到：预警 {view.Number}（{view.Problem}）撤销。") is not { } reason)
            return;
        await chat.Send(new WithdrawWarning(chat.Visitor, view.CaseId, reason));
        chat.Say($"{view.CaseId}的预警已撤销，已告知单位。", CaseReference.List);
    }

    private static async Task AddFact(Chat chat, SupervisionView view)
    {
        var fact = await chat.Ask("fact", "请写新发现的事实，有任务编号的写上编号。不要写投诉人的信息。", Grounds.ReadFacts, takesAnything: true);
        await chat.Send(new AddFact(chat.Visitor, view.CaseId, fact, CaseReference.Tasks(fact)));
        chat.Say("已补充。", $"打开 {view.CaseId}");
    }

    private static async Task AnswerObjection(Chat chat, SupervisionView view)
    {
        var upheld = await chat.Choose("upheld", $"单位的异议：{view.Course.Last(line => line.Contains("异议", StringComparison.Ordinal))}。怎么答复？", new Option("no", "异议不成立", "不成立"), new Option("yes", "异议成立，撤回文书", "成立"));
        if (await Told(chat, view.CaseId, "reason", "请写理由，会书面告诉单位。", "理由", $"{view.UnitName}会收到：{(upheld == "yes" ? "异议成立，文书撤回，不用再整改" : "异议不成立，请继续整改")}。") is not { } reason)
            return;
        await chat.Send(new AnswerObjection(chat.Visitor, view.CaseId, upheld == "yes", reason));
        chat.Say(upheld == "yes" ? $"{view.CaseId}已办结：异议成立，文书撤回，已告知单位。" : "已答复单位，整改继续。");
    }

    private static async Task PlanFollowUp(Chat chat, SupervisionView view)
    {
        var means = await chat.Choose("means", $"最迟{ChineseDates.WithWeekday(view.FollowUpDue)}跟踪复查，用什么方式？", new Option("查阅资料", "查阅资料", "资料"), new Option("现场查看", "现场查看", "现场"), new Option("查阅资料和现场查看", "两种都用", "都用"));
        var list = await chat.Ask("list", "请单位准备什么？用顿号分开，例如“整改情况报告、培训记录”。", LongestText);
        await chat.Send(new PlanFollowUp(chat.Visitor, view.CaseId, means, [.. list.Split('、', '，', ',', '；', ';').Select(item => item.Trim()).Where(item => item.Length > 0)]));
        chat.Say("已安排，期满前会连同复查日期一起告诉单位。");
    }

    private static async Task Check(Chat chat, SupervisionView view)
    {
        Option[] results = view.TermOver ? [new("yes", "已整改"), new("no", "未整改")] : [new("yes", "已整改"), new("later", "期满后再查")];
        var result = await chat.Choose("result", $"复查结果？{(view.TermOver ? "" : $"整改期限到{ChineseDates.WithWeekday(view.RectifyDue)}，期满前只能认定已整改。")}", results);
        if (result == "later")
        {
            chat.Say($"好的，{ChineseDates.WithWeekday(view.RectifyDue)}期满后再复查，最迟{ChineseDates.WithWeekday(view.FollowUpDue)}。");
            return;
        }

        if (await Told(chat, view.CaseId, "finding", "请写复查的情况：看了什么，发现什么。会告诉单位。", "情况", $"{view.UnitName}会收到：{view.LetterNumber}的整改情况跟踪复查，{(result == "yes" ? "已整改" : "仍未整改")}。") is not { } finding)
            return;
        await chat.Send(new CheckAgain(chat.Visitor, view.CaseId, result == "yes", finding));
        if (result == "yes")
            chat.Say($"{view.CaseId}已办结：整改到位，已告知单位。", CaseReference.List);
        else
            chat.Say("已认定未整改并告知单位。监督决定由区政府作出，可以报请区政府。", $"报请区政府 {view.CaseId}");
    }

    private static async Task Report(Chat chat, SupervisionView view)
    {
        var sure = await chat.Confirm("sure", $"报请区政府对{view.UnitName}作出监督决定？我会写好报告稿，报不报、怎么报由您和局领导定；单位在决定书送达以前看不到这一步。", "写报告稿", "先不报");
        if (!sure)
        {
            chat.Say("好的，没有报请。");
            return;
        }

        var report = await chat.Send(new ReportToGovernment(chat.Visitor, view.CaseId));
        chat.Say($"报告稿已写好，请审改后按程序上报：\n{CaseReference.Link(chat, report.Name, report.Number, report.Token)}\n区政府制发的决定书送达后，请说“登记决定书 {view.CaseId}”。", $"登记决定书 {view.CaseId}");
    }

    private static async Task RecordDecision(Chat chat, SupervisionView view)
    {
        var number = await chat.Ask("number", "决定书文号？例如“云政监决〔2026〕第2号”。", said => PaperNumber.Read(said.Text) is null ? Read.No<string>("没看懂文号，请写成“云政监决〔2026〕第2号”。") : said.Text, takesAnything: true);
        var issued = await chat.Ask("issued", "区政府哪天制发的？", ReadDay, takesAnything: false);
        var served = await chat.Ask("served", "哪天送达单位的？", ReadDay, takesAnything: false);
        var read = PaperNumber.Read(number)!;
        ReviewItem[] items =
        [
            new("number", "文号", FormattableString.Invariant($"{read.Series}〔{read.Year}〕第{read.Sequence}号")),
            new("issued", "制发", ChineseDates.WithWeekday(issued)),
            new("served", "送达", ChineseDates.WithWeekday(served)),
        ];
        if (!await chat.Review("review", $"请核对，登记后{view.UnitName}负责人和联络员会收到：", items, "登记", "先不登记"))
        {
            chat.Say("好的，没有登记，内容已清除。", $"登记决定书 {view.CaseId}");
            return;
        }

        await chat.Send(new RecordDecision(chat.Visitor, view.CaseId, number, issued, served));
        chat.Say("已登记区政府的决定书，并告知单位负责人和联络员。有通报、约谈、暂扣证件等措施的，可以接着登记。", $"打开 {view.CaseId}");
    }

    private static async Task RecordMeasure(Chat chat, SupervisionView view)
    {
        var measure = await chat.Ask("measure", "什么措施、对谁、哪天？例如“11月10日约谈主要负责人”。", LongestText);
        await chat.Send(new RecordMeasure(chat.Visitor, view.CaseId, measure));
        chat.Say("已记入措施台账。", $"打开 {view.CaseId}");
    }

    private static async Task End(Chat chat, SupervisionView view)
    {
        var finding = await chat.Ask("finding", "决定执行得怎么样？请写一两句。", LongestText);
        await chat.Send(new CloseAfterDecision(chat.Visitor, view.CaseId, finding));
        chat.Say($"{view.CaseId}已办结：决定已执行。", CaseReference.List);
    }

    /// <summary>What a unit is told in somebody's words: a reason that says something, read through before it goes. Null: not sent.</summary>
    private static async Task<string?> Told(Chat chat, string caseId, string key, string question, string label, string shown)
    {
        var words = await chat.Ask(key, question, ReadReason, takesAnything: true);
        if (await chat.Review("review", $"请核对，发出后不能收回。{shown}", [new ReviewItem(key, label, words)], "告知单位", "先不告知"))
            return words;
        chat.Say("好的，没有告知单位，内容已清除。", $"打开 {caseId}");
        return null;
    }

    private static Read<string> ReadReason(Said said) =>
        said.Text.Count(char.IsLetterOrDigit) is > 0 and < ShortestReason ? Read.No<string>("太短了，单位看不明白。请写具体一点：看了什么，发现什么，为什么这样定。") : Answers.Text(said, LongestText);

    private static bool IsWarning(SupervisionView view) => view.CaseId.StartsWith("SV", StringComparison.Ordinal);

    private static Read<DateOnly> ReadDay(Said said) => Dates.Of(said.Text, said.ChinaNow, Facing.Past) is { } moment ? moment.On : Read.No<DateOnly>("没听明白日期，请说“11月2日”这样的。");

    private static string Short(SupervisionView view) => view.LetterName.Replace("行政执法监督", "", StringComparison.Ordinal);
}
