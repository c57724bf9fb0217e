using Bot.Channels.Callbacks;

namespace Bot.Channels.WeChat;

/// <summary>The settings of the official account, checked at start. Its secrets are never printed: only <see cref="AppId"/> is.</summary>
public sealed class WeChatAccount
{
    public const string Section = "WeChat";
    public const string DefaultApiBase = "https://api.weixin.qq.com";

    private WeChatAccount()
    {
    }

    public required string AppId { get; init; }

    /// <summary>Null when none is set: the account then answers, but cannot write first, fetch pictures or make codes.</summary>
    public required string? AppSecret { get; init; }

    public required string Token { get; init; }

    /// <summary>Set: safe mode, and nothing in clear is taken. Null: plain mode.</summary>
    public required EnvelopeKey? Key { get; init; }

    /// <summary>The key before the last change in the console, which pushes under way may still use.</summary>
    public required EnvelopeKey? PreviousKey { get; init; }

    public required Uri ApiBase { get; init; }

    public required Uri? Proxy { get; init; }

    /// <summary>How many customer-service messages the platform allows in the 48 hours after a person wrote; sources say 5 or 20.</summary>
    public required int MessagesPer48Hours { get; init; }

    /// <summary>How many notices leave in a second at most, so that a hundred thousand of them disturb nobody who talks meanwhile.</summary>
    public required int NoticesPerSecond { get; init; }

    /// <summary>The ids that the account gave its message templates, by notice (N1) or by the template's name in the manifest.</summary>
    public required IConfiguration Templates { get; init; }

    /// <summary>A signed time that differs more than this from our clock is reported: somebody's clock is wrong.</summary>
    public required TimeSpan ReportClockDifference { get; init; }

    /// <summary>A signed time that differs this much is refused: no push of the platform is so late.</summary>
    public required TimeSpan RefuseClockDifference { get; init; }

    /// <exception cref="WrongSettingException">A setting is missing or wrong; the message says which, never its value.</exception>
    public static WeChatAccount Read(IConfiguration configuration)
    {
        var settings = new CheckedSection(configuration, Section);
        var account = new WeChatAccount
        {
            AppId = settings.Required("AppId", IsAppId, "应是 wx 开头的字母和数字"),
            AppSecret = settings.Secret("AppSecret"),
            Token = settings.CallbackToken(least: 3),
            Key = settings.Key("EncodingAESKey"),
            PreviousKey = settings.Key("PreviousEncodingAESKey"),
            ApiBase = settings.Address("ApiBase") ?? new Uri(DefaultApiBase),
            Proxy = settings.Address("Proxy"),
            MessagesPer48Hours = settings.Number("MessagesPer48Hours", 5, 1, 1000),
            NoticesPerSecond = settings.Number("NoticesPerSecond", 200, 1, 10000),
            Templates = settings.Under("Templates"),
            ReportClockDifference = TimeSpan.FromMinutes(settings.Number("ReportClockDifferenceMinutes", 5, 1, 1440)),
            RefuseClockDifference = TimeSpan.FromMinutes(settings.Number("RefuseClockDifferenceMinutes", 60, 1, 525600)),
        };
        if (account.PreviousKey is not null && account.Key is null)
            throw settings.Wrong("PreviousEncodingAESKey", "只能和 EncodingAESKey 一起设置");
        return account;
    }

    public override string ToString() => AppId;

    private static bool IsAppId(string text) => text.Length is >= 6 and <= 64 && text.StartsWith("wx", StringComparison.Ordinal) && text.All(char.IsAsciiLetterOrDigit);
}
