using System.Globalization;
using Bot.Dialogs.Conversations;
using Bot.Domain.Forms;

namespace Bot.Dialogs.Forms;

/// <summary>Asks the questions of any form, one after another; what somebody saw is asked several questions at a time.</summary>
internal static class FillIn
{
    private const string Skip = "跳过";
    private const int MostAtOnce = 6;

    private static readonly char[] Separators = [' ', ',', '，', '、', ';', '；', '。', '\n', '/'];

    /// <summary>The answers, without those that were skipped. The form's version is part of every key: after a new version the old answers are not taken for new ones.</summary>
    public static async Task<IReadOnlyList<FormAnswer>> Ask(Chat chat, Form form)
    {
        var answers = new List<FormAnswer>();
        for (var at = 0; at < form.Questions.Count;)
        {
            var together = form.Questions.Skip(at).TakeWhile(question => question.Kind == QuestionKind.Seen).Take(MostAtOnce).ToList();
            if (together.Count > 1)
            {
                var values = await chat.Ask(Key(form, $"seen{at}"), Together(together, first: at == 0), said => ReadSeen(said, together.Count));
                foreach (var (one, seen) in together.Zip(values))
                {
                    // Each has a place of its own, so that 改第2项 asks for this one alone.
                    chat.Known(Key(form, one.Key), seen);
                    answers.Add(new FormAnswer(one.Key, await chat.Ask(Key(form, one.Key), $"{one.Text}？", ReadOneSeen, takesAnything: false, [.. one.Counted.Select(one.InWords)])));
                }

                at += together.Count;
                continue;
            }

            var question = form.Questions[at++];
            var lead = $"第{at}题，共{form.Questions.Count}题：{question.Text}{(question.Text.EndsWith('？') ? "" : "？")}{(question.Skippable ? "（可跳过）" : "")}";
            if (await One(chat, Key(form, question.Key), lead, question) is { Length: > 0 } value)
                answers.Add(new FormAnswer(question.Key, value));
        }

        return answers;
    }

    /// <summary>What was answered, for a review from which each answer can be corrected.</summary>
    public static IEnumerable<ReviewItem> Items(Form form, IReadOnlyList<FormAnswer> answers) =>
        from answer in answers
        let question = form.Questions.First(question => question.Key == answer.Key)
        select new ReviewItem(Key(form, question.Key), question.Text, question.InWords(answer.Value));

    private static string Key(Form form, string key) => string.Create(CultureInfo.InvariantCulture, $"{form.Id}-{form.Version}-{key}");

    private static string Together(List<FormQuestion> questions, bool first) =>
        $"{(first ? "请" : "再请")}逐条回答：{string.Join(' ', questions.Select(question => $"{question.Text}？"))}\n按顺序答 是/否/没注意，例如“{Example(questions.Count)}”。";

    private static string Example(int count) => string.Join(' ', Enumerable.Repeat("是", count - 1).Append("没注意"));

    private static async Task<string> One(Chat chat, string key, string lead, FormQuestion question)
    {
        string[] skip = question.Skippable ? [Skip] : [];
        switch (question.Kind)
        {
            case QuestionKind.Text:
                return await chat.Ask(key, lead, said => Skipped(said, question) ? "" : Answers.Text(said, FormQuestion.LongestText), takesAnything: true, skip);
            case QuestionKind.Number:
                return await chat.Ask(key, lead, said => Skipped(said, question) ? "" : ReadNumber(said), takesAnything: false, skip);
            default:
                var options = question.Counted.Select(value => new Option(value, question.InWords(value)));
                if (question.Skippable)
                    options = options.Append(new Option("", Skip, "不填", "略过"));
                return await chat.Choose(key, lead, [.. options]);
        }
    }

    private static bool Skipped(Said said, FormQuestion question) => question.Skippable && said.Text is Skip or "不填" or "没有" or "无" or "略过";

    private static Read<string> ReadNumber(Said said)
    {
        var digits = said.Text.TrimEnd('个', '家', '件', '条', '次');
        if (digits is "没有" or "无" or "零")
            return "0";
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= FormQuestion.LargestNumber
            ? number.ToString(CultureInfo.InvariantCulture)
            : Read.No<string>("请回复一个整数，例如“3”，没有就回复“0”。");
    }

    private static Read<IReadOnlyList<string>> ReadSeen(Said said, int count)
    {
        var words = said.Text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (words is ["都是" or "全是" or "都有" or "全部是" or "都做到了"])
            return new Read<IReadOnlyList<string>>(true, [.. Enumerable.Repeat(FormQuestion.Yes, count)], null);
        var answers = words.Select(OneSeen).ToList();
        if (answers.Contains(null) || answers.Count == 0)
            return Read.No<IReadOnlyList<string>>($"请按顺序答{count}条，每条可答：是、否、没注意。例如“{Example(count)}”。");
        return answers.Count == count
            ? new Read<IReadOnlyList<string>>(true, [.. answers.OfType<string>()], null)
            : Read.No<IReadOnlyList<string>>($"一共{count}条，收到{answers.Count}条，请再按顺序答一遍。");
    }

    private static Read<string> ReadOneSeen(Said said) => OneSeen(said.Text) is { } value ? value : Read.No<string>("请回复“是”“否”或“没注意”。");

    private static string? OneSeen(string word) => word switch
    {
        "没注意" or "没看到" or "不清楚" or "没留意" or "不知道" => FormQuestion.NotNoticed,
        "否" or "没有" or "没" or "不是" or "无" or "未" => FormQuestion.No,
        "是" or "有" or "是的" or "对" or "都是" => FormQuestion.Yes,
        _ => null,
    };
}
