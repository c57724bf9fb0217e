using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Bot.Channels.Calls;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Bot.Files;
using Bot.Health;
using Bot.Storage;

namespace Bot.Channels.Photos;

/// <summary>
/// Fetches the pictures that could not be had when they came, for as long as the platform keeps them. What is lost is said on its card, and once to who
/// sent it. A loop of its own, so that a slow platform holds up nobody's reminders.
/// </summary>
public sealed partial class FetchPictures : BackgroundService
{
    private const string Key = "pictures";
    private const int AtOnce = 10;
    private const int MostDoublings = 8;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Pictures pictures;
    private readonly FileStore files;
    private readonly Transactions transactions;
    private readonly ChinaClock clock;
    private readonly ILogger<FetchPictures> log;
    private readonly Meter meter = new(Figures.MeterName);
    private readonly Counter<long> outcomes;

    public FetchPictures(Pictures pictures, FileStore files, Transactions transactions, ChinaClock clock, ILogger<FetchPictures> log)
    {
        (this.pictures, this.files, this.transactions, this.clock, this.log) = (pictures, files, transactions, clock, log);
        outcomes = meter.CreateCounter<long>("bot_pictures_total", description: "Pictures fetched later than at once, by outcome.");
    }

    /// <summary>One round: everything that is due now. Gives how many there were.</summary>
    public async Task<int> Round(CancellationToken cancellationToken)
    {
        var due = await transactions.Run(Key, (work, token) => Claim(work.Rows, token), cancellationToken);
        foreach (var picture in due)
            await (picture.State == PictureState.Fetching ? Fetch(picture, cancellationToken) : Tell(picture, cancellationToken));
        return due.Count;
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "A failed round is logged and tried again at the next; fetching must not end for ever.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Round(stoppingToken);
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failed.GetType().Name);
            }
        }
    }

    private async Task<IReadOnlyList<OwedPicture>> Claim(HotRows rows, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow;
        var due = new List<OwedPicture>();
        foreach (var source in pictures.Sources)
            due.AddRange(await rows.OwedPictures(source.Channel, now, AtOnce, cancellationToken));
        var claimed = new List<OwedPicture>(due.Count);
        foreach (var picture in due)
        {
            if (picture.State == PictureState.Telling)
            {
                await rows.DropPicture(picture.EvidenceId, cancellationToken);
                continue;
            }

            var state = picture.State == PictureState.Lost ? PictureState.Telling : picture.State;
            await rows.MovePicture(picture.EvidenceId, state, picture.Attempts + 1, now + Lease, cancellationToken);
            claimed.Add(picture with { State = state, Attempts = picture.Attempts + 1 });
        }

        return claimed;
    }

    private async Task Fetch(OwedPicture picture, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            if (await files.Find(picture.EvidenceId, cancellationToken) is not { Missing: null })
                await pictures.Fetch(pictures.Source(picture.Channel), picture.EvidenceId, picture.MediaId, limit.Token);
            await Done(picture, "kept", cancellationToken);
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested && Pictures.IsWorthWaiting(failed) && clock.UtcNow < picture.GiveUpAt)
        {
            await Later(picture, PictureState.Fetching, cancellationToken);
        }
        catch (RuleBrokenException broken)
        {
            await Lose(picture, broken.Message, cancellationToken);
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested && (failed is PlatformRefusedException || Pictures.IsWorthWaiting(failed)))
        {
            await Lose(picture, $"{pictures.Source(picture.Channel).Words}已不再保留这张图片，没有保存下来", cancellationToken);
        }
    }

    /// <summary>The card first: when telling is not possible, it still says what happened.</summary>
    private async Task Lose(OwedPicture picture, string why, CancellationToken cancellationToken)
    {
        outcomes.Add(1, new("outcome", "lost"), new("channel", picture.Channel));
        LogLost(picture.EvidenceId, why);
        await files.Miss(Pictures.Promised(picture.EvidenceId), why, cancellationToken);
        await Move(picture, rows => picture.Sender is null
            ? rows.DropPicture(picture.EvidenceId, cancellationToken)
            : rows.MovePicture(picture.EvidenceId, PictureState.Lost, 0, clock.UtcNow, cancellationToken));
    }

    private async Task Tell(OwedPicture picture, CancellationToken cancellationToken)
    {
        try
        {
            if (picture.Sender is { } sender)
                await pictures.Source(picture.Channel).Tell(sender, "您发来的一张图片没有能保存下来。如果还要作为证据，请重新发送，并说一下是哪一件事。", cancellationToken);
            await Done(picture, "told", cancellationToken);
        }
        catch (PlatformUnreachableException lost) when (!lost.OutcomeUnknown && clock.UtcNow < picture.GiveUpAt + Pictures.Kept)
        {
            await Later(picture, PictureState.Lost, cancellationToken);
        }
        catch (Exception silent) when (silent is PlatformRefusedException or PlatformUnreachableException)
        {
            await Done(picture, "not told", cancellationToken);
        }
    }

    private Task<string> Done(OwedPicture picture, string outcome, CancellationToken cancellationToken)
    {
        outcomes.Add(1, new("outcome", outcome), new("channel", picture.Channel));
        return Move(picture, rows => rows.DropPicture(picture.EvidenceId, cancellationToken));
    }

    private Task<string> Later(OwedPicture picture, PictureState state, CancellationToken cancellationToken)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(picture.Attempts - 1, MostDoublings)) * (1 + Random.Shared.NextDouble() / 2);
        return Move(picture, rows => rows.MovePicture(picture.EvidenceId, state, picture.Attempts, clock.UtcNow + pause, cancellationToken));
    }

    private Task<string> Move(OwedPicture picture, Func<HotRows, Task> write) => transactions.Run(
        Key,
        async (work, _) =>
        {
            await write(work.Rows);
            return picture.EvidenceId;
        },
        CancellationToken.None);

    [LoggerMessage(Level = LogLevel.Warning, Message = "图片 {Evidence} 没有取到：{Why}")]
    private partial void LogLost(string evidence, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "取图片没有做完（{Nature}），稍后再试")]
    private partial void LogFailed(string nature);
}
