using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Supervision;

namespace Bot.Dialogs.Supervision;

/// <summary>C23 and C20's letter part: a unit's liaison or leader answers a warning with proof, receives a letter, objects, reports what was put right (S13, S15).</summary>
public static class AnswerTheBureau
{
    private const int LongestText = 1000;
    private const int Listed = 9;

    /// <summary>Words with which somebody wants to hand something in.</summary>
    private static readonly string[] Writing = ["提交", "补充", "整改", "有异议", "异议", "不同意", "回复", "申请延期"];

    public static Conversation Conversation { get; } = new("AnswerTheBureau", CaseReference.List, "这次回复", Play)
    {
        Roles = [ActorRole.UnitLiaison, ActorRole.UnitLeader],
        Browsing = ["which", "wish"],
        TakesEvidence = true,
        Opens = text => text is CaseReference.List or "预警" or "建议书" or "回复预警" or "提交整改" or "补充说明" || CaseReference.In(text) is not null || Asks(text),
    };

    /// <summary>收到建议书了吗.</summary>
    private static bool Asks(string text) => text.Length <= 16 && (text.Contains("建议书", StringComparison.Ordinal) || text.Contains("预警", StringComparison.Ordinal));

    private static async Task Play(Chat chat)
    {
        var id = CaseReference.In(chat.Opening) ?? await Pick(chat);
        if (id.Length == 0)
            return;
        var verb = CaseReference.Verb(chat.Opening);
        if (verb.StartsWith("已收到", StringComparison.Ordinal))
            await Receive(chat, id);
        else
            await About(chat, id, verb);
    }

    internal static async Task About(Chat chat, string id, string verb = "")
    {
        var view = await chat.Send(new OpenSupervisionCase(chat.Visitor, id));
        switch (view.Stage)
        {
            case SupervisionStage.Warned:
                await Warned(chat, view, verb);
                break;
            case SupervisionStage.Rectifying or SupervisionStage.Reported:
                await Rectify(chat, view, verb);
                break;
            case SupervisionStage.LetterDue:
                await BeforeTheLetter(chat, view, verb);
                break;
            default:
                chat.Say($"{Head(view)}。{Standing(view)}{(Writing.Any(word => verb.StartsWith(word, StringComparison.Ordinal)) ? $"现在不能再在这里提交，有情况请联系{chat.Rules.SupervisionOffice.Name}，电话{chat.Rules.SupervisionOffice.Phone}。" : "")}\n{string.Join('\n', view.Course)}{CaseReference.Papers(chat, view)}");
                break;
        }
    }

    private static async Task<string> Pick(Chat chat)
    {
        var own = await chat.Look(new SupervisionCases(chat.Visitor));
        var letters = own.Where(line => line.LetterNumber is not null).ToList();
        var warnings = own.Where(line => line.LetterNumber is null).ToList();
        var summary = (letters.Count == 0 ? "目前没有送达本单位、还在办的建议书" : $"送达本单位的文书{letters.Count}份（{string.Join('；', letters.Select(line => $"{line.LetterNumber}，{line.Problem}，{SupervisionWords.Of(line.Stage)}{CaseReference.Due(line.Due, line.Late)}"))}）")
            + (warnings.Count == 0 ? "，也没有未办结的预警。" : $"；有{warnings.Count}条预警（{string.Join('；', warnings.Select(line => $"{ChineseDates.Short(line.OpenedOn)}，{line.Problem}，{Answered(line)}"))}）。");
        if (own.Count == 0)
        {
            chat.Tell(summary);
            return "";
        }

        return await chat.Choose("which", summary, [.. own.Take(Listed).Select(line => new Option(line.CaseId, $"看{line.CaseId}", line.CaseId)), new Option("", "知道了", "好的", "好", "谢谢")]);
    }

    private static string Answered(SupervisionLine line) => line.Stage == SupervisionStage.Warned ? "尚未提交整改说明" : SupervisionWords.Of(line.Stage);

    private static async Task Warned(Chat chat, SupervisionView view, string verb)
    {
        Option[] options =
        [
            new("answer", "现在回复", "回复预警", "回复"),
            new("detail", "看明细", "明细"),
            .. view.MayAskMoreTime ? [new Option("time", "申请延期", "延期")] : Array.Empty<Option>(),
            new("dispute", "不同意预警", "有异议", "不同意"),
        ];
        var shown = $"{chat.Rules.SupervisionOffice.Name}预警提醒：{view.Problem}{Named(view)}。请于{ChineseDates.WithWeekday(view.Due)}前说明情况和整改措施{(view.Late ? "，现已超期，请尽快说明" : "")}。{(view.AskedToAdd is { } more ? $"司法局请补充：{more}。" : "")}{(view.MoreTimeOpen ? "延期申请已提交，等司法局答复；现在也可以直接说明。" : "")}";
        var wish = Meant(verb, options) ?? await Wish(chat, view, shown, options);
        while (wish.Code == "detail")
            wish = await Wish(chat, view, $"{CaseReference.Facts(view)}{CaseReference.Papers(chat, view)}", options);
        switch (wish.Code)
        {
            case "time":
                if (await State(chat, wish, "reason", "请写延期的理由，司法局会答复您。", "延期理由", withProof: false) is { } reason)
                {
                    var asked = await chat.Send(new AskMoreTime(chat.Visitor, view.CaseId, reason.Text));
                    chat.Say($"已提交延期申请，等司法局答复。答复以前仍按{ChineseDates.WithWeekday(asked.AnswerDue)}的期限。");
                }

                break;
            case "dispute":
                if (await State(chat, wish, "why", "请写不同意的理由，哪一条事实或依据不对。", "不同意的理由") is { } why)
                {
                    await chat.Send(new DisputeWarning(chat.Visitor, view.CaseId, why.Text, why.Files));
                    chat.Say("已提交不同意见，司法局核实后会告诉您结论。");
                }

                break;
            default:
                if (await State(chat, wish, "text", "请说明情况和改正措施，一两句话就可以。", "说明") is { } said)
                {
                    var answered = await chat.Send(new AnswerWarning(chat.Visitor, view.CaseId, said.Text, said.Files));
                    chat.Say($"已提交{(answered.Late ? "（已超过期限）" : "")}。司法局看过后会告诉您结论；未整改的，将在{view.LetterDays}内制作{view.LetterName}。");
                }

                break;
        }
    }

    /// <summary>The bureau found the matter uncorrected, and the letter is not served yet: what the unit has to say still reaches it.</summary>
    private static async Task BeforeTheLetter(Chat chat, SupervisionView view, string verb)
    {
        Option[] options =
        [
            new("more", "补充说明", "提交整改", "回复预警", "不同意", "有异议", "回复", "整改", "异议", "补充"),
            new("detail", "看明细", "明细", "看文书"),
            new("", "知道了", "好的", "好", "谢谢"),
        ];
        var wish = Meant(verb, options) ?? await Wish(chat, view, $"{Head(view)}。{Standing(view)}", options);
        while (wish.Code == "detail")
            wish = await Wish(chat, view, $"{CaseReference.Facts(view)}\n{string.Join('\n', view.Course)}{CaseReference.Papers(chat, view)}", options);
        if (wish.Code.Length == 0)
        {
            chat.Say("好的。");
            return;
        }

        if (await State(chat, wish, "more", "请说明现在的情况：已经怎么改的，或者哪里认定得不对。", "说明") is { } said)
        {
            await chat.Send(new SayMore(chat.Visitor, view.CaseId, said.Text, said.Files));
            chat.Say($"已提交给{chat.Rules.SupervisionOffice.Name}，会和预警一起留存。是否还要制作{view.LetterName}，由司法局看过后决定并告诉您。");
        }
    }

    private static async Task Rectify(Chat chat, SupervisionView view, string verb)
    {
        Option[] options =
        [
            new("report", view.Stage == SupervisionStage.Reported ? "补充整改情况" : "提交整改", "提交整改情况", "整改"),
            .. view.Received ? Array.Empty<Option>() : [new Option("receive", "已收到", "签收")],
            .. view.MayObject ? [new Option("object", "有异议", "异议", "不同意")] : Array.Empty<Option>(),
            new("detail", "看文书和明细", "明细", "看文书", "文书"),
        ];
        var wish = Meant(verb, options) ?? await Wish(chat, view, $"{Head(view)}。{Standing(view)}", options);
        while (wish.Code == "detail")
            wish = await Wish(chat, view, $"{CaseReference.Facts(view)}{CaseReference.Papers(chat, view)}", options);
        switch (wish.Code)
        {
            case "receive":
                await Receive(chat, view.CaseId);
                break;
            case "object":
                if (await State(chat, wish, "why", $"请写异议和理由，{ChineseDates.WithWeekday(view.ObjectionDue)}前有效；提出异议期间请继续整改。", "异议", withProof: false) is { } why)
                {
                    await chat.Send(new ObjectToLetter(chat.Visitor, view.CaseId, why.Text));
                    chat.Say("已提交异议，司法局会书面答复。答复以前请继续整改。");
                }

                break;
            default:
                if (await State(chat, wish, "text", "请写整改情况：做了什么，现在怎么样。", "整改情况") is { } said)
                {
                    await chat.Send(new ReportRectified(chat.Visitor, view.CaseId, said.Text, said.Files));
                    chat.Say($"已提交整改情况。{chat.Rules.SupervisionOffice.Name}最迟{ChineseDates.WithWeekday(view.FollowUpDue)}跟踪复查，也可能提前复查，结果会告诉您。");
                }

                break;
        }
    }

    private static async Task Receive(Chat chat, string id)
    {
        var received = await chat.Send(new AcknowledgeLetter(chat.Visitor, id));
        chat.Say(
            $"{(received.Again ? "本单位已经签收过" : "已签收")}{received.Number}。整改期限到{ChineseDates.WithWeekday(received.RectifyDue)}，整改好了请说“提交整改”。",
            $"提交整改 {id}",
            $"有异议 {id}");
    }

    /// <summary>What the unit says for the record: asked where it was not said already, with proof, and read through before the bureau gets it. Null: not handed in.</summary>
    private static async Task<Statement?> State(Chat chat, Wished wish, string key, string question, string label, bool withProof = true)
    {
        if (wish.Words.Length > 0)
            chat.Known(key, wish.Words);
        var text = await chat.Ask(key, question, LongestText);
        var proof = withProof ? await chat.AskForMore("proof", "有佐证吗？培训记录或照片。没有可回复“没有”。") : new Supplement("", []);
        ReviewItem[] items =
        [
            new(key, label, text),
            .. withProof ? [new ReviewItem("proof", "佐证", Shown(proof))] : Array.Empty<ReviewItem>(),
        ];
        if (await chat.Review("review", $"请核对，提交后{chat.Rules.SupervisionOffice.Name}会看到：", items))
            return new Statement(proof.Text.Length > 0 ? $"{text}\n{proof.Text}" : text, [.. proof.Files.Select(file => file.Id)]);
        chat.Say("好的，没有提交，内容已清除。");
        return null;
    }

    private static string Shown(Supplement proof) => (proof.Files.Count, proof.Text) switch
    {
        (0, "") => "没有",
        (0, var words) => words,
        (var files, "") => $"{files}份",
        var (files, words) => $"{files}份；{words}",
    };

    /// <summary>One of the options; what is said behind its number is what it is about: 1 新来的同事不熟，已培训.</summary>
    private static Task<Wished> Wish(Chat chat, SupervisionView view, string question, Option[] options) => chat.Ask(
        "wish",
        $"{question}\n{string.Join(' ', options.Select((option, i) => $"[{i + 1}]{option.Label}"))}",
        said => CaseReference.In(said.Text) is { } other && !CaseReference.Names(other, view) ? Read.No<Wished>("")
            : Numbers.ChoiceAndRest(said.Text, options.Length) is (var number, _) ? new Wished(options[number - 1].Code, CaseReference.Rest(said))
            : Numbers.Choice(said.Text, options.Length) is { } only ? new Wished(options[only - 1].Code, "")
            : Meant(said.ForPeople.Trim(), options) is { } meant ? meant
            : Read.No<Wished>($"请回复1到{options.Length}的数字，也可以写“1 情况说明”。"),
        takesAnything: false,
        [.. options.Select(option => option.Label)]);

    /// <summary>The case's own number is no part of what the unit says: 回复预警 SV26-15.</summary>
    private static Wished? Meant(string words, Option[] options)
    {
        if (words.Length == 0)
            return null;
        foreach (var option in options)
        {
            if (option.Also.Append(option.Label).Where(word => words.StartsWith(word, StringComparison.Ordinal)).MaxBy(word => word.Length) is { } said)
                return new Wished(option.Code, CaseReference.Verb(words[said.Length..]));
        }

        return null;
    }

    private static string Head(SupervisionView view) => view.ServedOn is { } served
        ? $"{view.LetterName}（{view.LetterNumber}），{ChineseDates.Short(served)}送达：{view.Problem}"
        : $"预警（{view.Number}）：{view.Problem}";

    private static string Standing(SupervisionView view) => view.Stage switch
    {
        SupervisionStage.Answered => "已提交说明，等司法局核实，结论会告诉您。",
        SupervisionStage.LetterDue => $"司法局核实认定仍未改正，正在制作{view.LetterName}。已经改正或者有不同意见的，现在还可以补充说明。",
        SupervisionStage.Rectifying => $"整改期限到{ChineseDates.WithWeekday(view.RectifyDue)}{(view.Late ? "，已经届满" : "")}，期满后最迟{ChineseDates.WithWeekday(view.FollowUpDue)}跟踪复查。",
        SupervisionStage.Reported => $"整改情况已提交，最迟{ChineseDates.WithWeekday(view.FollowUpDue)}跟踪复查。",
        SupervisionStage.NotCorrected => "复查认定未整改，将依照规定办理。",
        SupervisionStage.Decided => "区政府的监督决定书已送达，请按决定书办理。",
        SupervisionStage.Closed => $"已办结：{SupervisionWords.Of(view.Outcome!.Value)}。",
        _ => "",
    };

    private static string Named(SupervisionView view) => view.EvidenceIds.Count == 0 ? "" : $"（{view.EvidenceIds[0]}{(view.EvidenceIds.Count > 1 ? "等" : "")}）";

    private sealed record Wished(string Code, string Words);

    private sealed record Statement(string Text, IReadOnlyList<string> Files);
}
