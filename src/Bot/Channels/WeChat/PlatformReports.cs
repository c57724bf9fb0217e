using System.Security.Cryptography;
using System.Text;
using Bot.Storage;

namespace Bot.Channels.WeChat;

/// <summary>
/// What the platform tells of messages that were sent, and what people let us send. Only written down here, in whatever order and however often it
/// comes; the outbox takes it from there.
/// </summary>
internal static class PlatformReports
{
    private const string Accepted = "accept";
    private const string Refused = "reject";

    /// <summary>A template message came to its end.</summary>
    public static Task Finished(HotRows rows, string openid, string messageId, string status, DateTime at, CancellationToken cancellationToken) =>
        rows.Reported($"{WeChatChannel.ChannelName}:{messageId}", openid, status, at, cancellationToken);

    /// <summary>The person answered a popup: each yes is one message of that template. <paramref name="key"/> is the push's own.</summary>
    public static async Task Answered(HotRows rows, string openid, string key, string templateId, string? answer, DateTime at, CancellationToken cancellationToken)
    {
        if (answer == Refused)
            await rows.EndAccepts(openid, templateId, cancellationToken);
        else if (answer == Accepted && await rows.BeginSend(Once(key, templateId), at, cancellationToken))
            await rows.AddAccepts(openid, templateId, 1, cancellationToken);
    }

    /// <summary>Of the push only a mark is kept that leads to nobody: its key ends with the openid.</summary>
    private static string Once(string key, string templateId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}:{templateId}")));

    /// <summary>The person changed a template's switch: off takes back every yes, on gives none.</summary>
    public static async Task Switched(HotRows rows, string openid, string templateId, string? answer, CancellationToken cancellationToken)
    {
        if (answer == Refused)
            await rows.EndAccepts(openid, templateId, cancellationToken);
    }
}
