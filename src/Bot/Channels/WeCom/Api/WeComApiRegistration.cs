using Bot.Channels.Calls;
using Bot.Channels.Photos;

namespace Bot.Channels.WeCom.Api;

public static class WeComApiRegistration
{
    private const string TokenApi = "/cgi-bin/gettoken";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static CalledPlatform Platform { get; } = new(WeComApi.Platform, "企业微信", WeComErrors.Of, WeComErrors.AtTokenEndpoint);

    /// <summary><see cref="WeComApi"/> for the app, which is registered as <see cref="WeComAccount"/>.</summary>
    public static void AddWeComApi(this IServiceCollection services, WeComAccount account)
    {
        services.AddCallsTo(Platform, account.ApiBase, account.Proxy);
        services.AddSingleton<WeComAllowance>();
        services.AddSingleton(provider => new WeComApi(
            provider.LineTo(Platform, new TokenOwner(Platform.Name, $"{Platform.Name}:{account}", account.Secret), _ => TokenRequest(account, account.Secret)),
            provider.LineTo(
                Platform,
                new TokenOwner($"{Platform.Name}_contacts", $"{Platform.Name}:{account.CorpId}/contacts", account.ContactsSecret),
                _ => TokenRequest(account, account.ContactsSecret)),
            provider.GetRequiredService<WeComAllowance>(),
            account));
        services.AddPicturesFrom<WeComApi>(api => new PictureSource(
            WeComApi.Platform, Platform.Words, account.Secret, api.DownloadMedia, (member, words, cancellationToken) => Tell(api, member, words, cancellationToken)));
    }

    private static async Task Tell(WeComApi api, string member, string words, CancellationToken cancellationToken)
    {
        try
        {
            await api.Send([member], WeComMessages.Text(words), null, cancellationToken);
        }
        catch (WeComFullException full)
        {
            throw new PlatformUnreachableException(Platform, WeComApi.MessageSend, full.Message, false);
        }
    }

    /// <summary>There is no way to ask for another token than the present one: the platform gives a new one when the old one is not good (token).</summary>
    private static PlatformRequest TokenRequest(WeComAccount account, string? secret) =>
        new(TokenApi, $"corpid={Uri.EscapeDataString(account.CorpId)}&corpsecret={Uri.EscapeDataString(secret ?? "")}", null, CallEffect.None, Patience);
}
