using System.Globalization;
using Bot.Channels.Callbacks;

namespace Bot.Channels.WeCom;

/// <summary>The settings of the app in WeCom, checked at start. Its secrets are never printed: only <see cref="CorpId"/> and <see cref="AgentId"/> are.</summary>
public sealed class WeComAccount
{
    public const string Section = "WeCom";
    public const string DefaultApiBase = "https://qyapi.weixin.qq.com";

    private WeComAccount()
    {
    }

    public required string CorpId { get; init; }

    public required int AgentId { get; init; }

    /// <summary>Null when none is set: the app then answers, but cannot write first, update cards, fetch pictures or ask who somebody is.</summary>
    public required string? Secret { get; init; }

    /// <summary>The secret of contact synchronisation: only with it the platform lists all members at once (contacts and login).</summary>
    public required string? ContactsSecret { get; init; }

    public required string Token { get; init; }

    /// <summary>There is no plain mode.</summary>
    public required EnvelopeKey Key { get; init; }

    /// <summary>The key before the last change in the console, which pushes under way may still use.</summary>
    public required EnvelopeKey? PreviousKey { get; init; }

    /// <summary>A private deployment has an address of its own, which may have a path.</summary>
    public required Uri ApiBase { get; init; }

    public required Uri? Proxy { get; init; }

    /// <summary>To one member; what goes beyond the platform drops without a word (sending).</summary>
    public required int MessagesPerMinute { get; init; }

    /// <inheritdoc cref="MessagesPerMinute"/>
    public required int MessagesPerHour { get; init; }

    /// <summary>How many notices leave in a second at most: the platform takes 10 000 calls of one kind in a minute from a company (frequency limits).</summary>
    public required int NoticesPerSecond { get; init; }

    /// <summary>A signed time that differs more than this from our clock is reported: somebody's clock is wrong.</summary>
    public required TimeSpan ReportClockDifference { get; init; }

    /// <summary>A signed time that differs this much is refused: no push of the platform is so late.</summary>
    public required TimeSpan RefuseClockDifference { get; init; }

    /// <exception cref="WrongSettingException">A setting is missing or wrong; the message says which, never its value.</exception>
    public static WeComAccount Read(IConfiguration configuration)
    {
        var settings = new CheckedSection(configuration, Section);
        return new WeComAccount
        {
            CorpId = settings.Required("CorpId", IsCorpId, "应是 ww 或 wx 开头的字母和数字，在管理后台“我的企业”页最下面"),
            AgentId = settings.NumberIfSet("AgentId", 1, int.MaxValue) ?? throw settings.Wrong("AgentId", "没有设置，它是应用页面上的 AgentId"),
            Secret = settings.Secret("Secret"),
            ContactsSecret = settings.Secret("ContactsSecret"),
            Token = settings.CallbackToken(least: 1),
            Key = settings.Key("EncodingAESKey") ?? throw settings.Wrong("EncodingAESKey", "没有设置，企业微信的消息总是加密的"),
            PreviousKey = settings.Key("PreviousEncodingAESKey"),
            ApiBase = settings.Address("ApiBase") ?? new Uri(DefaultApiBase),
            Proxy = settings.Address("Proxy"),
            MessagesPerMinute = settings.Number("MessagesPerMinute", 30, 1, 1000),
            MessagesPerHour = settings.Number("MessagesPerHour", 1000, 1, 100000),
            NoticesPerSecond = settings.Number("NoticesPerSecond", 100, 1, 10000),
            ReportClockDifference = TimeSpan.FromMinutes(settings.Number("ReportClockDifferenceMinutes", 5, 1, 1440)),
            RefuseClockDifference = TimeSpan.FromMinutes(settings.Number("RefuseClockDifferenceMinutes", 60, 1, 525600)),
        };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CorpId}/{AgentId}");

    private static bool IsCorpId(string text) =>
        text.Length is >= 6 and <= 64
        && (text.StartsWith("ww", StringComparison.Ordinal) || text.StartsWith("wx", StringComparison.Ordinal))
        && text.All(char.IsAsciiLetterOrDigit);
}
