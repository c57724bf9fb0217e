using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Bot.Domain.Supervision;

namespace Bot.Dialogs.Supervision;

/// <summary>The letter: written from what the case holds, changed by the supervisor, issued under its number, served (S14, S15).</summary>
public static partial class SuperviseInSteps
{
    private const string Issue = "签发";
    private const string NotYet = "先不签发";

    private static readonly string[] Parts = ["事实", "依据", "建议"];

    private static async Task Draft(Chat chat, SupervisionView view)
    {
        var facts = view.Draft?.Facts ?? view.Facts;
        var rule = view.Draft?.Rule ?? view.Rule;
        var advice = view.Draft?.Advice ?? await chat.Ask("advice", $"请写{(view.CaseId.StartsWith("SV", StringComparison.Ordinal) ? "监督建议" : "改正要求")}：希望单位怎么改，一两句话。", LongestText);
        var told = $"草稿已生成，事实{facts.Count}条{(view.EvidenceIds.Count > 0 ? $"，引用{view.EvidenceIds[0]}{(view.EvidenceIds.Count > 1 ? "等" : "")}" : "")}，请修改后签发。";
        DraftWish? wanted = null;
        while (true)
        {
            await chat.Send(new DraftLetter(chat.Visitor, view.CaseId, facts, rule, advice));
            var wish = wanted ?? await chat.Ask(
                "draft",
                $"{told}整改期限{view.RectifyDays}个工作日，若{ChineseDates.Short(DateOnly.FromDateTime(chat.StartedAt))}送达，到{ChineseDates.Short(view.IfServedToday)}。\n事实：{string.Join('；', facts)}\n依据：{rule}\n建议：{advice}\n签发后文号为{view.NextLetterNumber}。[1]{Issue} [2]改事实 [3]改依据 [4]改建议 [5]{NotYet}",
                said => ReadDraftWish(said, view, chat.Rules),
                takesAnything: false,
                Issue,
                "改事实",
                "改依据",
                "改建议",
                NotYet);
            wanted = null;
            switch (wish.Code)
            {
                case Issue:
                    (var issued, told, wanted) = await Issued(chat, view, wish.Words);
                    if (issued)
                        return;
                    break;
                case "改事实":
                    facts = CaseReference.Lines(wish.Words.Length > 0 ? wish.Words : await chat.Ask("facts", "请重写事实，一条一行，也可以用分号分开。", Grounds.ReadFacts, takesAnything: true));
                    told = "已改事实。";
                    break;
                case "改依据":
                    rule = wish.Words.Length > 0 ? wish.Words : await chat.Ask("rule", "请重写依据，写明文件和条款。", said => Grounds.ReadBasis(said, view.Problem, chat.Rules), takesAnything: true);
                    told = "已改依据。";
                    break;
                case "改建议":
                    advice = wish.Words.Length > 0 ? wish.Words : await chat.Ask("advice", "请重写建议。", LongestText);
                    told = "已改建议。";
                    break;
                default:
                    chat.Say($"好的，草稿已保存，最迟{ChineseDates.WithWeekday(view.Due)}制作。", $"打开 {view.CaseId}");
                    return;
            }
        }
    }

    /// <summary>Whether it is issued and served; otherwise what to say before the draft is shown again, or what is to be changed at once.</summary>
    private static async Task<(bool Done, string Told, DraftWish? Wanted)> Issued(Chat chat, SupervisionView view, string number)
    {
        var printed = PaperNumber.Read(number) is { } typed ? $"{typed.Series}〔{typed.Year}〕第{typed.Sequence}号" : view.NextLetterNumber;
        var sure = await chat.Ask(
            "sure",
            $"请再确认：签发{view.LetterName}（{printed}），送达{view.UnitName}，单位负责人和联络员各一份。",
            said => ReadChange(said) is { } change ? change
                : Answers.YesOrNo(said, "确认", "再改改") is { Understood: true } answer ? new DraftWish(answer.Value ? Issue : "", "")
                : Read.No<DraftWish>("请回复“确认”或“再改改”，也可以说“改事实”“改依据”“改建议”。"),
            takesAnything: false,
            "确认",
            "再改改");
        if (sure.Code != Issue)
            return (false, "好的，没有签发。", sure.Code.Length == 0 ? null : sure);
        try
        {
            var issued = await chat.Send(new IssueLetter(chat.Visitor, view.CaseId, number.Length > 0 ? number : null));
            await Serve(chat, view.CaseId, view.UnitName, $"\n{CaseReference.Link(chat, issued.Name, issued.Number, issued.Token)}");
            return (true, "", null);
        }
        catch (RuleBrokenException refused)
        {
            return (false, refused.Message, null);
        }
    }

    private static async Task Serve(Chat chat, string id, string unitName, string link = "")
    {
        var served = await chat.Send(new ServeLetter(chat.Visitor, id));
        var days = chat.Rules.Reminders(SupervisionDeadlines.Rectification).Where(step => step.When is ReminderMoment.WorkingDaysBefore or ReminderMoment.DueDay).Select(step => step.Days.ToString(System.Globalization.CultureInfo.InvariantCulture));
        chat.Say(
            $"{served.Number}已送达{unitName}（{served.Told}人），等待对方回执。整改到期{ChineseDates.WithWeekday(served.RectifyDue)}，到期前{string.Join('、', days)}个工作日提醒；期满后最迟{ChineseDates.WithWeekday(served.FollowUpDue)}复查。单位可在{ChineseDates.Short(served.ObjectionDue)}前提出异议。{link}",
            $"打开 {id}");
    }

    /// <summary>A letter that was issued and somehow not served: asked once more, for the term begins with it.</summary>
    private static async Task ServeAtLast(Chat chat, SupervisionView view)
    {
        if (await chat.Confirm("sure", $"把{view.LetterName}（{view.LetterNumber}）送达{view.UnitName}负责人和联络员？送达后整改期开始计算。", "送达", "先不送达"))
            await Serve(chat, view.CaseId, view.UnitName);
        else
            chat.Say("好的，没有送达。", $"打开 {view.CaseId}");
    }

    private static async Task Void(Chat chat, SupervisionView view)
    {
        var reason = await chat.Ask("reason", $"{view.LetterNumber}作废后文号不再使用。请写作废的理由。", LongestText);
        var moved = await chat.Send(new VoidLetter(chat.Visitor, view.CaseId, reason));
        chat.Say($"{view.LetterNumber}已作废并留存，请在{ChineseDates.WithWeekday(moved.Due)}前重新制作。", $"打开 {view.CaseId}");
    }

    private static async Task Delay(Chat chat, SupervisionView view)
    {
        var reason = await chat.Ask("reason", "请写延后的原因，会留存备查。", LongestText);
        var moved = await chat.Send(new ExplainLetterDelay(chat.Visitor, view.CaseId, reason));
        chat.Say($"已记原因。期限不变，仍是{ChineseDates.WithWeekday(moved.Due)}，到时照常提醒。", $"打开 {view.CaseId}");
    }

    private static Read<DraftWish> ReadDraftWish(Said said, SupervisionView view, RulePack rules)
    {
        string[] words = [Issue, "改事实", "改依据", "改建议", NotYet];
        if (Understanding.Numbers.Choice(said.Text, words.Length) is { } number)
            return new DraftWish(words[number - 1], "");
        var meant = words.FirstOrDefault(word => said.Text.StartsWith(word, StringComparison.Ordinal));
        var wish = Understanding.Numbers.ChoiceAndRest(said.Text, words.Length) is (var chosen, _) ? new DraftWish(words[chosen - 1], CaseReference.Rest(said))
            : meant is not null ? new DraftWish(meant, said.ForPeople.TrimStart()[meant.Length..].Trim(' ', ':', ',', '，', '：'))
            : ReadChange(said);
        if (wish is null)
            return Read.No<DraftWish>("请说“签发”“改事实”“改依据”“改建议”或“先不签发”，也可以写“改建议 …”。");
        var unclear = wish switch
        {
            { Words: "" } => null,
            { Code: "改依据" } => Grounds.ReadBasis(said with { Text = wish.Words, AsWritten = wish.Words }, view.Problem, rules).Hint,
            { Code: "改事实" } => Grounds.ReadFacts(said with { Text = wish.Words, AsWritten = wish.Words }).Hint,
            _ => null,
        };
        return unclear is null ? wish : Read.No<DraftWish>(unclear);
    }

    /// <summary>等等，改一下建议；依据改成… — in whatever words one of the three parts is to be changed.</summary>
    private static DraftWish? ReadChange(Said said) =>
        Understanding.Corrections.Of(said.Text, Parts) is { } change ? new DraftWish($"改{Parts[change.Item - 1]}", change.Value ?? "") : null;

    private sealed record DraftWish(string Code, string Words);
}
