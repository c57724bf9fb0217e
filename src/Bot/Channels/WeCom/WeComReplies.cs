using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Bot.Dialogs.Conversations;
using Bot.Storage;

namespace Bot.Channels.WeCom;

/// <summary>The message that is answered, and how it can be.</summary>
/// <param name="UserId">Who said it.</param>
/// <param name="MessageId">The message's own id: whatever is said to it has ids made of that, so that a repeat makes the same.</param>
/// <param name="CanWriteFirst">Whether messages can go out by themselves: there is a secret, and the platform takes them at present.</param>
public sealed record WeComAsked(string UserId, string MessageId, bool CanWriteFirst)
{
    /// <summary>The tapped card, when the message was a tap.</summary>
    public CardTap? Tap { get; init; }

    /// <summary>What is known of the tapped card.</summary>
    public SentCard? Card { get; init; }

    /// <summary>The page on which a scene is shown as a code to scan.</summary>
    public Func<string, string?>? PageOf { get; init; }
}

/// <summary>What answers on the connection: the XML after CreateTime, and the same as a message in the queue for when the connection is lost.</summary>
public sealed record WeComPassive(string Xml, string Late);

/// <summary>A message to go out by itself: its body for the platform, and the card in it that can be tapped.</summary>
public sealed record WeComMessage(string Body, TemplateCard? Card = null);

/// <summary>
/// What the bot says, as WeCom takes it. Text goes out on the open connection; the last reply that has choices becomes a card, which cannot go that way and
/// is queued with what does not fit. A tap is answered on its connection by the card itself (C5), and everything said is queued.
/// </summary>
public sealed record WeComReplies(WeComPassive? Passive, IReadOnlyList<WeComMessage> Queued)
{
    private const string Ended = "……（内容较长，只显示了前面一部分。）";
    private const string Over = "这张卡片已经用不上了";
    private const int MostTapped = 12;

    private static readonly XmlWriterSettings Fragment = new() { ConformanceLevel = ConformanceLevel.Fragment, CheckCharacters = false };

    public static WeComReplies Of(IReadOnlyList<Reply> replies, WeComAsked asked)
    {
        if (asked.Tap is not null && replies.FirstOrDefault(reply => reply.TooLate) is { } late)
            replies = [late with { Text = Outcome(asked) is { } outcome ? $"这张卡片上的事已经结束了：{outcome}。" : late.Text }, .. replies.Where(reply => reply.Step is not null)];
        var card = asked.CanWriteFirst ? QuestionCard.Of(replies, $"q-{Short(asked.MessageId)}") : null;
        var text = ReplyWords.Of(card is null ? replies : card.Before, asked.PageOf);
        var pieces = Words.Pieces(text);
        var charts = asked.CanWriteFirst ? replies.Select(reply => reply.Chart).OfType<Chart>().Select(chart => new WeComMessage(QueuedMessage.Of(chart))) : [];
        if (asked.Tap is { } tap)
            return new WeComReplies(Answer(tap, asked.Card?.UserId == asked.UserId ? asked.Card : null, replies.Any(reply => reply.TooLate)), [.. pieces.Select(piece => Text(piece)), .. charts, .. Card(card)]);
        if (!asked.CanWriteFirst && pieces.Count > 1)
            pieces = [Words.First(text, Ended)];
        return new WeComReplies(
            pieces.Count == 0 ? null : Say(pieces[0]),
            [.. pieces.Skip(1).Select(piece => Text(piece)), .. charts, .. Card(card)]);
    }

    /// <summary>Keeps what goes out by itself, in the turn's own transaction; the cards are known before anybody can tap them.</summary>
    public async Task Queue(HotRows rows, WeComAsked asked, DateTime now, TimeSpan kept, CancellationToken cancellationToken)
    {
        if (asked.Card is { } tapped && asked.Tap is not null && tapped.Kind == SentCard.Question && tapped.UserId == asked.UserId)
            await rows.CloseCard(tapped.TaskId, null, cancellationToken);
        for (var i = 0; i < Queued.Count; i++)
        {
            if (Queued[i].Card is { } card)
                await rows.KeepCard(new SentCard(card.TaskId, asked.UserId, SentCard.Question, "", card.Keep()), now, cancellationToken);
            await rows.QueueMessage(asked.UserId, string.Create(CultureInfo.InvariantCulture, $"{asked.MessageId}#{i + 1}"), Queued[i].Body, now, now + kept, cancellationToken);
        }
    }

    /// <summary>The message in the queue that is this text.</summary>
    public static WeComMessage Text(string words) => new(QueuedMessage.Text(words));

    private static WeComPassive Say(string words) => new(
        Write(xml =>
        {
            Element(xml, "MsgType", "text");
            Element(xml, "Content", words);
        }),
        QueuedMessage.Text(words));

    /// <summary>
    /// A card with buttons that only open something stays as it is, for the next of them; a question that was answered, and what was done, stands in grey.
    /// What somebody else's card says is nobody's who names it.
    /// </summary>
    private static WeComPassive? Answer(CardTap tap, SentCard? sent, bool tooLate)
    {
        var card = sent is null ? null : TemplateCard.Read(sent.Card);
        var tapped = card?.Buttons.FirstOrDefault(button => button.Key == tap.Key)?.Text ?? tap.Words;
        var done = tooLate ? Over : $"已选：{Words.Fit(tapped, MostTapped)}";
        if (card is not null)
        {
            if (card.Done is not null)
                return Update(tap, card);
            if (!tooLate && card.Buttons.Any(button => button.Key == tap.Key && button.Opens))
                return Update(tap, card);
            if (card.Options.Count > 0)
                return Update(tap, card with { Done = done });
        }

        return new WeComPassive(
            Write(xml =>
            {
                Element(xml, "MsgType", "update_button");
                xml.WriteStartElement("Button");
                Element(xml, "ReplaceName", done);
                xml.WriteEndElement();
            }),
            QueuedMessage.Replace(tap.ResponseCode, done));
    }

    /// <summary>What came of it, as it stands on the card of whoever tapped.</summary>
    private static string? Outcome(WeComAsked asked) =>
        asked.Card is { } card && card.UserId == asked.UserId && TemplateCard.Read(card.Card) is { Done: not null, Description: { Length: > 0 } words } ? words : null;

    private static WeComPassive Update(CardTap tap, TemplateCard card) => new(
        Write(xml =>
        {
            Element(xml, "MsgType", "update_template_card");
            card.WriteXml(xml);
        }),
        QueuedMessage.Update(tap.ResponseCode, card));

    private static IEnumerable<WeComMessage> Card(QuestionCard? question) => question is null ? [] : [new WeComMessage(QueuedMessage.Of(question.Card), question.Card)];

    private static string Write(Action<XmlWriter> write)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, Fragment))
            write(xml);
        return text.ToString();
    }

    private static void Element(XmlWriter xml, string name, string words)
    {
        xml.WriteStartElement(name);
        xml.WriteCData(Words.Clean(words));
        xml.WriteEndElement();
    }

    private static string Short(string messageId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 12));
}
