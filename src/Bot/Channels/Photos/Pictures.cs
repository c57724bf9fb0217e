using System.Security.Cryptography;
using System.Text;
using Bot.Channels.Calls;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using Bot.Files;
using Bot.Storage;

namespace Bot.Channels.Photos;

/// <summary>
/// A platform by which people send pictures: under which name their addresses stand, how an operator calls it, the secret that ids of pictures are made
/// with (null: none can be fetched), how one is fetched by its MediaId, and how a sentence is said to who sent it.
/// </summary>
public sealed record PictureSource(
    string Channel, string Words, string? Secret, Func<string, CancellationToken, Task<PlatformMedia>> Download, Func<string, string, CancellationToken, Task> Tell)
{
    internal byte[]? Key { get; } = Secret is null
        ? null
        : HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Secret), HMACSHA256.HashSizeInBytes, info: "ids of pictures"u8.ToArray());

    public override string ToString() => Channel;
}

/// <summary>A picture that came by a platform: kept, or <paramref name="OwedMediaId"/> still to be fetched into the place promised to it.</summary>
public sealed record Picture(Evidence Evidence, string? OwedMediaId)
{
    public override string ToString() => Evidence.Id;
}

/// <summary>
/// Takes pictures into our own storage at once, because the platform keeps them three days (media). One that cannot be had in time is promised a place
/// and fetched later by <see cref="FetchPictures"/>.
/// </summary>
public sealed class Pictures(IEnumerable<PictureSource> sources, FileStore files, ChinaClock clock)
{
    public static readonly Rule StillThere = new("这张图片没有收到，可能已经过期，请重新发送。", "");
    public static readonly Rule CanBeFetched = new("这里暂时收不了图片，请先用文字说明。", "");

    /// <summary>For so long the platforms keep what was sent (media).</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    private const string Name = "图片";

    internal IReadOnlyList<PictureSource> Sources { get; } = [.. sources];

    /// <summary>Of the five seconds that the platform waits for a reply.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Before the turn, outside of its transaction: the picture behind a message's MediaId. The same MediaId gives the same evidence however often a
    /// message comes. What is still owed has to be written by <see cref="AlsoWrite"/> in the turn's transaction.
    /// </summary>
    /// <exception cref="RuleBrokenException">It is not taken; the sentence says what the person can do.</exception>
    public async Task<Picture> Take(string channel, string mediaId, CancellationToken cancellationToken)
    {
        var source = Source(channel);
        CanBeFetched.Require(source.Key is not null);
        var id = FileStore.IdFor(source.Key, mediaId);
        if (await files.Find(id, cancellationToken) is { Missing: null } kept)
            return new Picture(kept, null);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return new Picture(await Fetch(source, id, mediaId, limit.Token), null);
        }
        catch (Exception late) when (IsWorthWaiting(late) && !cancellationToken.IsCancellationRequested)
        {
            var promised = Promised(id);
            await files.Miss(promised, $"还在从{source.Words}取", cancellationToken);
            return new Picture(promised, mediaId);
        }
        catch (PlatformRefusedException)
        {
            throw new RuleBrokenException(StillThere, StillThere.Sentence);
        }
    }

    /// <summary>
    /// In the transaction of every turn: what is owed. A fleeting turn, and whatever the person sent before it, leaves no trace of who sent it (W28);
    /// nobody can be told then if a picture is lost.
    /// </summary>
    public async Task AlsoWrite(HotRows rows, Address from, IReadOnlyList<Picture> pictures, bool fleeting, CancellationToken cancellationToken)
    {
        if (fleeting)
            await rows.ForgetPictureSender(from, cancellationToken);
        foreach (var picture in pictures)
        {
            if (picture.OwedMediaId is not { } mediaId)
                continue;
            var owed = new OwedPicture(
                picture.Evidence.Id, from.Channel, mediaId, fleeting ? null : from.ExternalId, PictureState.Fetching, 0, (clock.UtcNow + Kept).Date);

            // No time of day beside what may stand in an anonymous entry.
            await rows.OwePicture(owed, clock.UtcNow.Date, cancellationToken);
        }
    }

    internal PictureSource Source(string channel) => Sources.First(source => source.Channel == channel);

    internal async Task<Evidence> Fetch(PictureSource source, string id, string mediaId, CancellationToken cancellationToken)
    {
        await using var media = await source.Download(mediaId, cancellationToken);
        return await files.Keep(id, Name, media.Content, cancellationToken);
    }

    /// <summary>The place, with what is likely to come into it; what it really is stands on the card when it has come.</summary>
    internal static Evidence Promised(string id) => new(id, Name + FileKinds.Extension("image/jpeg"), "image/jpeg", 0);

    internal static bool IsWorthWaiting(Exception failed) =>
        failed is PlatformUnreachableException or HttpRequestException or IOException or OperationCanceledException
        || failed is PlatformRefusedException { Action: not PlatformAction.Drop and not PlatformAction.Unreachable };
}
