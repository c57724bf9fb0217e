using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Outbox;
using Bot.Storage;

namespace Bot.Channels.WeCom;

/// <summary>Notices as messages of WeCom: always the same for the same notice, so that what is tried again is the same byte for byte.</summary>
internal sealed class NoticeCards(CardBook book)
{
    private const int MostLines = 5;

    /// <summary>A text before the card where the card cannot hold everything; a text alone where there is nothing to tap.</summary>
    public IReadOnlyList<WeComMessage> Of(OutgoingMessage message)
    {
        if (message.Parts.Count > 0)
            return [Card(Morning(message))];
        var text = Words.Pieces(Words.Escape(message.Text) + (message.Page is { } page ? $"\n<a href=\"{page}\">查看全文</a>" : ""));
        if (book.Of(message.Kind) is { Buttons.Count: > 0 } form)
        {
            var (card, whole) = Filled(message, form);
            return whole ? [Card(card)] : [.. text.Select(WeComReplies.Text), Card(card)];
        }

        var actions = message.Actions.Where(words => TemplateCard.IsKey(CardTap.KeyOf(null, words))).Distinct(StringComparer.Ordinal).Take(TemplateCard.MostButtons).ToList();
        if (actions.Count == 0)
            return [.. text.Select(WeComReplies.Text)];
        var fits = message.Page is null && Words.Fits(message.Text, TemplateCard.LongestText);
        var plain = new TemplateCard(TaskOf(message), book.NameOf(message.Kind))
        {
            Text = fits ? message.Text : "",
            Buttons = [.. actions.Select((words, i) => new CardButton(Words.Caption(words, actions, TemplateCard.LongestButton), CardTap.KeyOf(null, words)) { Main = i == 0, Opens = true })],
        };
        return fits ? [Card(plain)] : [.. text.Select(WeComReplies.Text), Card(plain)];
    }

    /// <summary>What is kept of a notice's card.</summary>
    public static SentCard Kept(string userId, OutgoingMessage message, TemplateCard card) =>
        new(card.TaskId, userId, message.Kind, Subject(message.SubjectId), card.Keep()) { WrittenAt = message.WrittenAt };

    /// <summary>The card when what it is about was settled.</summary>
    public static TemplateCard Settled(TemplateCard card, CardOutcome outcome, string who, DateTime at)
    {
        var when = ChinaClock.ToChina(at);
        var done = string.Create(CultureInfo.InvariantCulture, $"{outcome.Words}：{who} {when.Month}月{when.Day}日{when:HH:mm}");
        return card with { Description = done, Done = outcome.Words };
    }

    /// <summary>A reminder may be about a part of something; what is done is done to the whole.</summary>
    private static string Subject(string subjectId) => subjectId.Split('/')[0];

    private static (TemplateCard Card, bool Whole) Filled(OutgoingMessage message, CardForm form)
    {
        var fields = CardBook.Fields(message.Fields, Subject(message.SubjectId));
        var facts = form.Facts.Select(fact => new CardFact(fact.Key, CardBook.Fill(fact.Value, fields))).Where(fact => fact.Value.Length > 0).ToList();
        var (title, text) = (CardBook.Fill(form.Title, fields), CardBook.Fill(form.Text, fields));
        var whole = message.Page is null && Words.Fits(title, TemplateCard.LongestTitle) && Words.Fits(text, TemplateCard.LongestText)
            && facts.TrueForAll(fact => Words.Fits(fact.Value, TemplateCard.LongestValue) && !fact.Value.Contains('\n', StringComparison.Ordinal));
        var card = new TemplateCard(TaskOf(message), title)
        {
            Text = whole ? text : "",
            Facts = facts,
            Buttons = [.. form.Buttons.Select((button, i) => new CardButton(button.Text, CardTap.KeyOf(null, CardBook.Fill(button.Says, fields))) { Main = i == 0, Opens = button.Opens })],
        };
        return (card, whole);
    }

    /// <summary>The morning list: one card, the most urgent lines first, each with a button that opens it.</summary>
    private TemplateCard Morning(OutgoingMessage message)
    {
        var parts = message.Parts.OrderBy(part => book.Place(part.Kind)).Take(MostLines).ToList();
        var more = message.Parts.Count - parts.Count;
        var opening = parts.Where(part => part.Actions.Count > 0).Select(part => part.Actions[0]).Where(words => words != OutgoingMessage.TodoWords).Append(OutgoingMessage.TodoWords).Distinct(StringComparer.Ordinal);
        return new TemplateCard(TaskOf(message), string.Create(CultureInfo.InvariantCulture, $"今日待办（{message.Parts.Count}件）"))
        {
            Facts = [.. parts.Select((part, i) => new CardFact((i + 1).ToString(CultureInfo.InvariantCulture), Line(part)))],
            Text = more > 0 ? string.Create(CultureInfo.InvariantCulture, $"另有{more}件，请点“{OutgoingMessage.TodoWords}”查看。") : "",
            Buttons = [.. opening.Select(words => new CardButton(words, CardTap.KeyOf(null, words)) { Main = words == OutgoingMessage.TodoWords, Opens = true })],
        };
    }

    private string Line(OutgoingPart part) => book.Of(part.Kind) is { Line.Length: > 0 } form ? CardBook.Fill(form.Line, CardBook.Fields(part.Fields, Subject(part.SubjectId))) : part.Text;

    private static WeComMessage Card(TemplateCard card) => new(QueuedMessage.Of(card), card);

    private static string TaskOf(OutgoingMessage message) => $"n-{message.Id}";
}
