using Bot.Dialogs.Conversations;

namespace Bot.Channels.WeCom;

/// <summary>The last reply that has choices, as a card, and what is said before it. What the card says is not said again.</summary>
internal sealed record QuestionCard(IReadOnlyList<Reply> Before, TemplateCard Card)
{
    private const string Choose = "请选择";
    private static readonly char[] SentenceEnds = ['\n', '。', '！', '？', '；'];

    /// <summary>Null when nothing is to be chosen, or more than a card can hold.</summary>
    public static QuestionCard? Of(IReadOnlyList<Reply> replies, string taskId)
    {
        for (var i = replies.Count - 1; i >= 0; i--)
        {
            var choices = ReplyWords.Choices(replies[i]);
            if (choices.Count > 0)
                return choices.Count <= TemplateCard.MostOptions && choices.All(words => TemplateCard.IsKey(CardTap.KeyOf(replies[i].Step, words))) ? Of(replies, i, choices, taskId) : null;
            if (replies[i].Step is not null)
                return null;
        }

        return null;
    }

    private static QuestionCard Of(IReadOnlyList<Reply> replies, int at, IReadOnlyList<string> choices, string taskId)
    {
        var reply = replies[at];
        var asList = choices.Count > TemplateCard.MostButtons;
        var whole = choices.All(words => Words.Fits(words, asList ? TemplateCard.LongestOption : TemplateCard.LongestButton));
        var card = asList
            ? new TemplateCard(taskId, Choose)
            {
                Options = [.. choices.Select((words, i) => new CardOption(TemplateCard.IsId(words) ? words : Numbered(i), Shown(words, i, TemplateCard.LongestOption)))],
                SubmitKey = CardTap.KeyOf(reply.Step, ""),
            }
            : new TemplateCard(taskId, Choose)
            {
                Buttons = [.. choices.Select((words, i) => new CardButton(Shown(words, i, TemplateCard.LongestButton), CardTap.KeyOf(reply.Step, words)) { Main = i == 0, Opens = reply.Step is null })],
            };
        var (lead, question) = Parted(whole ? ReplyWords.WithoutList(reply) : reply.Text.Trim());
        if (!Words.Fits(question, TemplateCard.LongestTitle))
            (lead, question) = ($"{lead}\n{question}".Trim(), Choose);
        var room = asList ? TemplateCard.LongestDescription : TemplateCard.LongestText;
        card = card with { Title = question };
        var said = replies.ToList();
        if (Words.Fits(lead, room) && !(asList && lead.Contains('\n', StringComparison.Ordinal)))
        {
            card = asList ? card with { Description = lead } : card with { Text = lead };
            said.RemoveAt(at);
        }
        else
        {
            said[at] = new Reply(lead) { Picture = reply.Picture };
        }

        return new QuestionCard(said, card);
    }

    /// <summary>What leads to the question, and the question itself: the last sentence.</summary>
    private static (string Lead, string Question) Parted(string words)
    {
        var end = words.TrimEnd().TrimEnd('。', '！', '？', '；', '：', '\n').LastIndexOfAny(SentenceEnds) + 1;
        return (words[..end].Trim(), words[end..].Trim());
    }

    private static string Shown(string words, int place, int most) => Words.Fits(words, most) ? words : Words.Fit($"{Numbered(place)} {words}", most);

    private static string Numbered(int place) => FormattableString.Invariant($"{place + 1}");
}
