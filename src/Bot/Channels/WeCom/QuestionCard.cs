using Bot.Dialogs.Conversations;

namespace Bot.Channels.WeCom;

/// <summary>The last reply that has choices, as a card, and what is said before it. What the card says is not said again.</summary>
internal sealed record QuestionCard(IReadOnlyList<Reply> Before, TemplateCard Card)
{
    private const string Choose = "请选择";
    private const string Next = "接下来";
    private const string SentenceEnds = "\n。！？；";
    private const string Closing = "”’）》」』";

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
                Options = [.. choices.Select((words, i) => new CardOption(TemplateCard.IsId(words) ? words : Numbered(i), Shown(reply, choices, i, TemplateCard.LongestOption)))],
                SubmitKey = CardTap.KeyOf(reply.Step, ""),
            }
            : new TemplateCard(taskId, Choose)
            {
                Buttons = [.. choices.Select((words, i) => new CardButton(Shown(reply, choices, i, TemplateCard.LongestButton), CardTap.KeyOf(reply.Step, words)) { Main = i == 0, Opens = reply.Step is null })],
            };
        var words = whole ? ReplyWords.WithoutList(reply) : reply.Text.Trim();
        var room = asList ? TemplateCard.LongestDescription : TemplateCard.LongestText;
        var (title, lead) = reply.Step is null ? Told(words, room) : Asked(words);
        card = card with { Title = title };
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

    /// <summary>
    /// The question as the title, and everything else in its order; all of it where nothing is asked in the last line. What stands above may be somebody
    /// else's words.
    /// </summary>
    private static (string Title, string Lead) Asked(string words)
    {
        var sentences = Sentences(words);
        var at = sentences.FindLastIndex(Asks);
        if (at < 0 && sentences.Count == 1)
            at = 0;
        return at >= LastLine(sentences) && Words.Fits(sentences[at], TemplateCard.LongestTitle)
            ? (sentences[at].Trim(), string.Join('\n', new[] { string.Concat(sentences[..at]).Trim(), string.Concat(sentences[(at + 1)..]).Trim() }.Where(part => part.Length > 0)))
            : (Choose, words);
    }

    /// <summary>What was done as the title, and what follows below it; where that does not fit, it is all said before the card.</summary>
    private static (string Title, string Lead) Told(string words, int room)
    {
        var sentences = Sentences(words);
        var rest = string.Concat(sentences[1..]).Trim();
        return Words.Fits(sentences[0], TemplateCard.LongestTitle) && Words.Fits(rest, room) ? (sentences[0].Trim().TrimEnd('。', '；'), rest) : (Next, words);
    }

    /// <summary>Where the last line begins that is not the list of the choices.</summary>
    private static int LastLine(List<string> sentences)
    {
        var from = LineOf(sentences.Count - 1);
        return from > 0 && sentences[from].StartsWith("[1]", StringComparison.Ordinal) ? LineOf(from - 1) : from;

        int LineOf(int sentence)
        {
            while (sentence > 0 && !sentences[sentence - 1].EndsWith('\n'))
                sentence--;
            return sentence;
        }
    }

    private static bool Asks(string sentence) => sentence.TrimEnd() is var asked && (asked.EndsWith('？') || asked.EndsWith('：') || asked.StartsWith('请'));

    /// <summary>The sentences with their ends; an end inside of quotes or brackets is none.</summary>
    private static List<string> Sentences(string words)
    {
        var sentences = new List<string>();
        var from = 0;
        for (var i = 0; i < words.Length; i++)
        {
            if (i + 1 < words.Length && (!SentenceEnds.Contains(words[i], StringComparison.Ordinal) || Closing.Contains(words[i + 1], StringComparison.Ordinal)))
                continue;
            sentences.Add(words[from..(i + 1)]);
            from = i + 1;
        }

        return sentences.Count > 0 ? sentences : [words];
    }

    /// <summary>What does not fit has the number that the list above gives it.</summary>
    private static string Shown(Reply reply, IReadOnlyList<string> choices, int place, int most) =>
        Words.Fits(choices[place], most) || !reply.Text.Contains($"[{Numbered(place)}]{choices[place]}", StringComparison.Ordinal)
            ? Words.Caption(choices[place], choices, most)
            : Words.Fit($"{Numbered(place)} {choices[place]}", most);

    private static string Numbered(int place) => FormattableString.Invariant($"{place + 1}");
}
