using Bot.Dialogs.Conversations;
using Bot.Dialogs.People;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Forms;

namespace Bot.Dialogs.Forms;

/// <summary>S09: an enterprise fills in a questionnaire, question by question, each of which may be skipped; nobody learns who said what.</summary>
public static class FillQuestionnaire
{
    private const string Fill = "填问卷";

    public static Conversation Conversation { get; } = new("FillQuestionnaire", Fill, "这次填写", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Opens = text => text is Fill or "问卷" or "填写问卷" or "问卷调查" || text.StartsWith($"{Fill} ", StringComparison.Ordinal),
        Fleeting = true,
        Browsing = ["which"],
    };

    private static async Task Play(Chat chat)
    {
        if (await WithoutEnterprise.Tell(chat, "绑定企业后才能填写问卷。"))
            return;
        chat.Hide();
        var open = await chat.Look(new QuestionnairesForMe(chat.Visitor));
        if (open.Count == 0)
        {
            chat.Say("现在没有等贵单位填写的问卷。有意见随时可以说“意见反馈”。", "意见反馈");
            return;
        }

        var questionnaire = await Pick(chat, open);
        if (questionnaire is null)
            return;
        var about = questionnaire.About is { } unit ? $"，关于{unit}今年的检查" : "";
        chat.Say($"《{questionnaire.Form.Title}》{about}，共{questionnaire.Form.Questions.Count}题，写明“可跳过”的都可以跳过。答卷不记贵单位的名称和您的姓名，少于{chat.Rules.RatingsShownFrom.Value}份不展示结果。");
        var answers = await FillIn.Ask(chat, questionnaire.Form);
        if (answers.Count == 0)
        {
            chat.Say($"每一题都跳过了，没有提交。{ChineseDates.Short(questionnaire.Until)}前随时可以再说“{Fill}”。");
            return;
        }

        if (!await chat.Confirm("submit", $"答了{answers.Count}题，现在提交吗？提交后不能修改，因为我们不知道哪一份是您的。", "提交", "不提交"))
        {
            chat.Say($"好的，没有提交。{ChineseDates.Short(questionnaire.Until)}前随时可以再说“{Fill}”。");
            return;
        }

        await chat.Send(new AnswerQuestionnaire(chat.Visitor, questionnaire.Id, answers));
        chat.Say($"已提交，谢谢。{chat.Rules.SupervisionOffice.Name}只看到汇总。");
    }

    private static async Task<OpenQuestionnaire?> Pick(Chat chat, IReadOnlyList<OpenQuestionnaire> open)
    {
        var named = chat.Opening.StartsWith(Fill, StringComparison.Ordinal) ? chat.Opening[Fill.Length..].Trim() : "";
        if (named.Length > 0)
        {
            if (open.FirstOrDefault(one => string.Equals(one.Id, named, StringComparison.OrdinalIgnoreCase)) is { } meant)
                return meant;
            chat.Say(Questionnaire.WaitedFor.Sentence);
            return null;
        }

        if (open.Count == 1)
            return open[0];
        var id = await chat.Choose("which", "有几份问卷等您填写，先填哪一份？", [.. open.Select(one => new Option(one.Id, $"{one.Form.Title}{(one.About is { } unit ? $"（{unit}）" : "")}，{ChineseDates.Short(one.Until)}前"))]);
        return open.First(one => one.Id == id);
    }
}
