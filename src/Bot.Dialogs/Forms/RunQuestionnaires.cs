using Bot.Dialogs.Conversations;
using Bot.Dialogs.Guidance;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Forms;
using Bot.Domain.Guidance;

namespace Bot.Dialogs.Forms;

/// <summary>S08, S09: the justice bureau sends a questionnaire to enterprises.</summary>
public static class SendOutQuestionnaire
{
    private const string Everybody = "全部已绑定的企业";

    public static Conversation Conversation { get; } = new("SendOutQuestionnaire", "发问卷", "这次发问卷", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text is "发问卷" or "发放问卷" or "问卷调查" or "发调查问卷",
        Browsing = ["form"],
    };

    private static async Task Play(Chat chat)
    {
        var forms = await chat.Look(new QuestionnaireForms(chat.Visitor));
        if (forms.Count == 0)
        {
            chat.Say("还没有可以发的问卷，请管理员在 manifests/forms 里添加“for”为“企业”的表。");
            return;
        }

        var form = forms.Count == 1 ? forms[0].Id : await chat.Choose("form", "发哪一份问卷？", [.. forms.Select(one => new Option(one.Id, $"{one.Title}（{one.Questions}题）"))]);
        var title = forms.First(one => one.Id == form).Title;
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        var unit = await chat.Ask(
            "unit",
            $"《{title}》问哪个单位的检查？说单位名称，就发给它今年检查过的企业；或者说“全部”，发给{Everybody}。",
            said => said.Text is "全部" or "都发" or Everybody ? "" : NamingAUnit.Read(said, units),
            takesAnything: false,
            "全部");
        var about = unit.Length == 0 ? null : unit;
        var reach = await chat.Look(new QuestionnaireReach(chat.Visitor, about));
        if (reach == 0)
        {
            chat.Say($"没有可以发的企业：{NamingAUnit.Name(unit, units)}今年没有检查过已绑定的企业。", "发问卷");
            return;
        }

        var few = reach < chat.Rules.RatingsShownFrom.Value ? $"收回少于{chat.Rules.RatingsShownFrom.Value}份不展示，这次最多{reach}份，看不到结果。" : "";
        if (!await chat.Confirm("send", $"将发给{(about is null ? "" : NamingAUnit.Name(unit, units) + "今年检查过的")}{reach}家企业，{chat.Rules.QuestionnaireOpen.Period}内填写有效，答卷不记名。{few}现在发吗？", "发出", "不发"))
        {
            chat.Say("好的，没有发。");
            return;
        }

        var sent = await chat.Send(new SendQuestionnaire(chat.Visitor, form, about));
        chat.Say($"已发给{sent.Enterprises}家企业，编号 {sent.Number}，{ChineseDates.WithWeekday(sent.Until)}截止。说“问卷结果”可以看汇总。", "问卷结果");
    }
}

/// <summary>S09: what came back, from so many answers on that nobody can be told from them.</summary>
public static class SeeQuestionnaireResults
{
    private const string Results = "问卷结果";
    private const int MostWords = 10;

    public static Conversation Conversation { get; } = new("SeeQuestionnaireResults", Results, "这次查看", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text is Results or "问卷汇总" || text.StartsWith($"{Results} ", StringComparison.Ordinal),
    };

    private static async Task Play(Chat chat)
    {
        var named = chat.Opening.StartsWith(Results, StringComparison.Ordinal) ? chat.Opening[Results.Length..].Trim() : "";
        var results = await chat.Look(new QuestionnaireResults(chat.Visitor, named.Length == 0 ? null : named.ToUpperInvariant()));
        if (results.Count == 0)
        {
            chat.Say(named.Length == 0 ? "还没有发过问卷。" : $"没有问卷 {named}，说“{Results}”看全部。", "发问卷");
            return;
        }

        if (results.Count == 1)
        {
            chat.Say(InFull(results[0]));
            return;
        }

        chat.Say(
            string.Join('\n', results.Select(result => $"{result.Id} {Title(result)}：发出{result.Sent}家，收回{result.Answered}份{(result.Answered < result.ShownFrom ? "，样本不足，不展示" : "")}")),
            [.. results.Where(result => result.Answered >= result.ShownFrom).Take(5).Select(result => $"{Results} {result.Id}")]);
    }

    private static string Title(QuestionnaireResult result) => $"《{result.Title}》{(result.About is { } unit ? $"（{unit}）" : "")}";

    private static string InFull(QuestionnaireResult result)
    {
        var head = $"{result.Number} {Title(result)}：发出{result.Sent}家，收回{result.Answered}份，{ChineseDates.WithWeekday(result.Until)}截止。";
        if (result.Answered < result.ShownFrom)
            return $"{head}\n样本不足，不展示：收回{result.ShownFrom}份以上才展示，以免认出填写人。";
        var sums = result.Sums.Select((sum, i) => $"{i + 1}. {sum.Question}：{string.Join('，', sum.Values.Where(value => value.Count > 0).Select(value => $"{value.Value}{value.Count}"))}");
        var words = result.Words.Count == 0 ? "" : $"\n文字意见{result.Words.Count}条：\n{string.Join('\n', result.Words.Take(MostWords).Select(word => $"· {word}"))}";
        return $"{head}\n{string.Join('\n', sums)}{words}";
    }
}
