using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Storage;
using Microsoft.EntityFrameworkCore;

namespace Bot.Channels.WeCom;

/// <summary>
/// Follows what is done, wherever it is done, and lets the cards that ask for it show who did it and when, for everybody who got one. What was done
/// between the writing of a notice and its going out is caught up with when the card is there.
/// </summary>
internal sealed partial class CardOutcomes(Transactions transactions, CardBook book, WeComQueue queue, ChinaClock clock, ILogger<CardOutcomes> log) : BackgroundService
{
    private const string Key = "wecom-cards";
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>A tap that is just being answered on its connection is answered by then, and does not cover what came of it.</summary>
    private static readonly TimeSpan AfterAnyTap = TimeSpan.FromSeconds(6);

    /// <summary>One round. Gives how many cards were closed.</summary>
    public async Task<int> Round(CancellationToken cancellationToken)
    {
        var closed = await transactions.Run(Key, Follow, cancellationToken);
        if (closed > 0)
            queue.Nudge();
        return closed;
    }

    /// <summary>A card has just gone out: whatever was done to its subject since it was written, and a close while it was under way.</summary>
    public async Task CatchUp(Work work, string taskId, CancellationToken cancellationToken)
    {
        if (await work.Rows.Card(taskId, cancellationToken) is not { } card)
            return;
        if (card.State == CardState.Closed)
        {
            await Show(work.Rows, card, TemplateCard.Read(card.Card), cancellationToken);
            return;
        }

        if (card.Subject.Length == 0 || book.Of(card.Kind) is not { Settled.Count: > 0 })
            return;
        foreach (var deed in await work.Rows.DeedsOn(card.Subject, card.WrittenAt, cancellationToken))
        {
            if (await Close(work, card, deed, cancellationToken))
                return;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A failed round is logged and tried again; cards must not be followed no more for ever.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var pace = new PeriodicTimer(Pace);
        do
        {
            try
            {
                await Round(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogFailed(failed);
            }
        }
        while (await pace.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> Follow(Work work, CancellationToken cancellationToken)
    {
        var after = await work.Rows.CardsFollowed(cancellationToken);
        var (deeds, end) = await work.Rows.DeedsOnCards(after, cancellationToken);
        if (end == after)
            return 0;
        var closed = 0;
        foreach (var deed in deeds)
        {
            foreach (var card in await work.Rows.OpenCards(deed.Subject, cancellationToken))
                closed += await Close(work, card, deed, cancellationToken) ? 1 : 0;
        }

        await work.Rows.FollowedTo(end, cancellationToken);
        return closed;
    }

    private async Task<bool> Close(Work work, SentCard card, Deed deed, CancellationToken cancellationToken)
    {
        if (book.Outcome(card.Kind, deed.Action) is not { } outcome || deed.At < card.WrittenAt || (outcome.TellsAgain && deed.At == card.WrittenAt))
            return false;
        if (deed.At == card.WrittenAt && await WrittenAfter(work.Rows, card, deed, cancellationToken))
            return false;
        var db = work.Services.GetRequiredService<SupervisionDb>();
        var actor = await db.People.AsNoTracking().FirstOrDefaultAsync(person => person.Id == deed.Actor, cancellationToken);
        if (outcome.WithinUnit && (actor?.UnitId is null || actor.UnitId != await UnitOf(db, card.UserId, cancellationToken)))
            return false;
        var unit = actor?.UnitId is { } id ? await db.Units.AsNoTracking().Where(one => one.Id == id).Select(one => one.Name).FirstOrDefaultAsync(cancellationToken) : null;
        var shown = NoticeCards.Settled(TemplateCard.Read(card.Card), outcome, actor is null ? "系统" : unit is null ? actor.Name : $"{unit}{actor.Name}", deed.At);
        await Show(work.Rows, card, shown, cancellationToken);
        return true;
    }

    /// <summary>Whether the card is the news of something that was done after this in the same instant, and so knows it.</summary>
    private async Task<bool> WrittenAfter(HotRows rows, SentCard card, Deed deed, CancellationToken cancellationToken) =>
        (await rows.DeedsOn(card.Subject, card.WrittenAt, cancellationToken)).Any(later => later.Seq > deed.Seq && later.At == card.WrittenAt && book.Outcome(card.Kind, later.Action) is { TellsAgain: true });

    /// <summary>The code is good once; a card that has none yet is shown when it has gone out.</summary>
    private async Task Show(HotRows rows, SentCard card, TemplateCard shown, CancellationToken cancellationToken)
    {
        await rows.CloseCard(card.TaskId, shown.Keep(), cancellationToken);
        if (card.ResponseCode is { } code && shown.Done is not null)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"done:{card.TaskId}:{clock.UtcNow:yyyyMMddHHmmssfff}");
            var due = clock.UtcNow + AfterAnyTap;

            // In the order of when they are due: what is said meanwhile does not wait behind it.
            await rows.QueueMessage(card.UserId, id, QueuedMessage.Update(code, shown), due, due + WeComQueue.Kept, cancellationToken);
        }
    }

    private static Task<string?> UnitOf(SupervisionDb db, string userId, CancellationToken cancellationToken) => db.Addresses.AsNoTracking()
        .Where(address => address.Channel == WeComChannel.ChannelName && address.ExternalId == userId)
        .Join(db.People, address => address.PersonId, person => person.Id, (_, person) => person.UnitId)
        .FirstOrDefaultAsync(cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of card outcomes failed.")]
    private partial void LogFailed(Exception failed);
}
