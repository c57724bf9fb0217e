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

    private static async Task Draft(Chat chat, SupervisionView view)
    {
        var facts = view.Draft?.Facts ?? view.Facts;
        var rule = view.Draft?.Rule ?? view.Rule;
        var advice = view.Draft?.Advice ?? await chat.Ask("advice", $"请写{(view.CaseId.StartsWith("SV", StringComparison.Ordinal) ? "监督建议" : "改正要求")}：希望单位怎么改，一两句话。", LongestText);
        var told = $"草稿已生成，事实{facts.Count}条{(view.EvidenceIds.Count > 0 ? $"，引用{view.EvidenceIds[0]}{(view.EvidenceIds.Count > 1 ? "等" : "")}" : "")}，请修改后签发。";
        while (true)
        {
            await chat.Send(new DraftLetter(chat.Visitor, view.CaseId, facts, rule, advice));
            var wish = await chat.Ask(
                "draft",
                $"{told}整改期限{view.RectifyDays}个工作日，若{ChineseDates.Short(DateOnly.FromDateTime(chat.StartedAt))}送达，到{ChineseDates.Short(view.IfServedToday)}。\n事实：{string.Join('；', facts)}\n依据：{rule}\n建议：{advice}\n签发后文号为{view.NextLetterNumber}。[1]{Issue} [2]改事实 [3]改依据 [4]改建议 [5]{NotYet}",
                ReadDraftWish,
                takesAnything: false,
                Issue,
                "改事实",
                "改依据",
                "改建议",
                NotYet);
            switch (wish.Code)
            {
                case Issue:
                    if (await Issued(chat, view, wish.Words) is not { } again)
                        return;
                    told = again;
                    break;
                case "改事实":
                    facts = CaseReference.Lines(wish.Words.Length > 0 ? wish.Words : await chat.Ask("facts", "请重写事实，一条一行，也可以用分号分开。", LongestText));
                    told = "已改事实。";
                    break;
                case "改依据":
                    rule = wish.Words.Length > 0 ? wish.Words : await chat.Ask("rule", "请重写依据，写明文件和条款。", LongestText);
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

    /// <summary>Null when it is issued and served; otherwise what to say before the draft is shown again.</summary>
    private static async Task<string?> Issued(Chat chat, SupervisionView view, string number)
    {
        var sure = await chat.Confirm("sure", $"请再确认：签发{view.LetterName}（{(PaperNumber.Read(number) is { } typed ? $"{typed.Series}〔{typed.Year}〕第{typed.Sequence}号" : view.NextLetterNumber)}），送达{view.UnitName}，单位负责人和联络员各一份。", "确认", "再改改");
        if (!sure)
            return "好的，没有签发。";
        try
        {
            var issued = await chat.Send(new IssueLetter(chat.Visitor, view.CaseId, number.Length > 0 ? number : null));
            await Serve(chat, view.CaseId, view.UnitName, $"\n{CaseReference.Link(chat, issued.Name, issued.Number, issued.Token)}");
            return null;
        }
        catch (RuleBrokenException refused)
        {
            return refused.Message;
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

    private static Read<DraftWish> ReadDraftWish(Said said)
    {
        string[] words = [Issue, "改事实", "改依据", "改建议", NotYet];
        if (Understanding.Numbers.Choice(said.Text, words.Length) is { } number)
            return new DraftWish(words[number - 1], "");
        if (Understanding.Numbers.ChoiceAndRest(said.Text, words.Length) is (var chosen, _))
            return new DraftWish(words[chosen - 1], CaseReference.Rest(said));
        var meant = words.FirstOrDefault(word => said.Text.StartsWith(word, StringComparison.Ordinal));
        return meant is null
            ? Read.No<DraftWish>("请说“签发”“改事实”“改依据”“改建议”或“先不签发”，也可以写“改建议 …”。")
            : new DraftWish(meant, said.ForPeople.TrimStart()[meant.Length..].Trim(' ', ':', ',', '，', '：'));
    }

    private sealed record DraftWish(string Code, string Words);
}
