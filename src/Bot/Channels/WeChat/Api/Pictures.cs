using System.Security.Cryptography;
using System.Text;
using Bot.Channels.Calls;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using Bot.Files;
using Bot.Storage;

namespace Bot.Channels.WeChat.Api;

/// <summary>A picture that came by WeChat: kept, or <paramref name="OwedMediaId"/> still to be fetched into the place promised to it.</summary>
public sealed record Picture(Evidence Evidence, string? OwedMediaId)
{
    public override string ToString() => Evidence.Id;
}

/// <summary>
/// Takes pictures into our own storage at once, because the platform keeps them three days (media). One that cannot be had in time is promised a place
/// and fetched later by <see cref="FetchPictures"/>.
/// </summary>
public sealed class Pictures(WeChatApi api, FileStore files, WeChatAccount account, ChinaClock clock)
{
    public static readonly Rule StillThere = new("这张图片没有收到，可能已经过期，请重新发送。", "");
    public static readonly Rule CanBeFetched = new("这里暂时收不了图片，请先用文字说明。", "");

    internal const string OnItsWay = "还在从微信取";
    private const string Name = "图片";

    private readonly byte[]? key = account.AppSecret is null
        ? null
        : HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(account.AppSecret), HMACSHA256.HashSizeInBytes, info: "ids of pictures"u8.ToArray());

    /// <summary>Of the five seconds that the platform waits for a reply.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Before the turn, outside of its transaction: the picture behind a message's MediaId. The same MediaId gives the same evidence however often a
    /// message comes. What is still owed has to be written by <see cref="AlsoWrite"/> in the turn's transaction.
    /// </summary>
    /// <exception cref="RuleBrokenException">It is not taken; the sentence says what the person can do.</exception>
    public async Task<Picture> Take(string mediaId, CancellationToken cancellationToken)
    {
        CanBeFetched.Require(key is not null);
        var id = FileStore.IdFor(key, mediaId);
        if (await files.Find(id, cancellationToken) is { Missing: null } kept)
            return new Picture(kept, null);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return new Picture(await Fetch(id, mediaId, limit.Token), null);
        }
        catch (Exception late) when (IsWorthWaiting(late) && !cancellationToken.IsCancellationRequested)
        {
            var promised = Promised(id);
            await files.Miss(promised, OnItsWay, cancellationToken);
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
    public async Task AlsoWrite(HotRows rows, string openid, IReadOnlyList<Picture> pictures, bool fleeting, CancellationToken cancellationToken)
    {
        if (fleeting)
            await rows.ForgetPictureSender(openid, cancellationToken);
        foreach (var picture in pictures)
        {
            if (picture.OwedMediaId is not { } mediaId)
                continue;
            var owed = new OwedPicture(picture.Evidence.Id, mediaId, fleeting ? null : openid, PictureState.Fetching, 0, clock.UtcNow + WeChatApi.MediaKept);
            await rows.OwePicture(owed, clock.UtcNow, cancellationToken);
        }
    }

    internal async Task<Evidence> Fetch(string id, string mediaId, CancellationToken cancellationToken)
    {
        await using var media = await api.DownloadMedia(mediaId, cancellationToken);
        return await files.Keep(id, Name, media.Content, cancellationToken);
    }

    /// <summary>The place, with what is likely to come into it; what it really is stands on the card when it has come.</summary>
    internal static Evidence Promised(string id) => new(id, Name + FileKinds.Extension("image/jpeg"), "image/jpeg", 0);

    internal static bool IsWorthWaiting(Exception failed) =>
        failed is PlatformUnreachableException or HttpRequestException or IOException or OperationCanceledException
        || failed is PlatformRefusedException { Action: not PlatformAction.Drop and not PlatformAction.Unreachable };
}
