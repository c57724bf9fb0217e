using Bot.Channels.Calls;
using Bot.Channels.Photos;

namespace Bot.Channels.WeChat.Api;

public static class WeChatApiRegistration
{
    private const string TokenApi = "/cgi-bin/stable_token";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private static CalledPlatform Platform { get; } = new(WeChatApi.Platform, "微信", WeChatErrors.Of, WeChatErrors.AtTokenEndpoint);

    /// <summary><see cref="WeChatApi"/> and <see cref="Pictures"/> for the account, which is registered as <see cref="WeChatAccount"/>.</summary>
    public static void AddWeChatApi(this IServiceCollection services, WeChatAccount account)
    {
        services.AddCallsTo(Platform, account.ApiBase, account.Proxy);
        services.AddSingleton(provider => new WeChatApi(
            provider.LineTo(Platform, new TokenOwner(Platform.Name, $"{Platform.Name}:{account.AppId}", account.AppSecret), force => TokenRequest(account, force)), account));
        services.AddPicturesFrom<WeChatApi>(api => new PictureSource(WeChatApi.Platform, Platform.Words, account.AppSecret, api.DownloadMedia, api.SendText));
    }

    /// <summary>By <c>stable_token</c> two instances that ask at once get the same one (access tokens).</summary>
    private static PlatformRequest TokenRequest(WeChatAccount account, bool force)
    {
        var body = RawJson.Write(new { grant_type = "client_credential", appid = account.AppId, secret = account.AppSecret, force_refresh = force });
        return new PlatformRequest(TokenApi, "", () => PlatformLine.Json(body), force ? CallEffect.Once : CallEffect.None, Patience);
    }
}
