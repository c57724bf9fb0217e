using System.Globalization;
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
        var section = configuration.GetSection(Section);
        var account = new WeChatAccount
        {
            AppId = Required(section, "AppId", IsAppId, "应是 wx 开头的字母和数字"),
            AppSecret = Optional(section, "AppSecret", text => text.Length is >= 8 and <= 128 && text.All(char.IsAsciiLetterOrDigit), "应是至少8位的字母和数字"),
            Token = Required(section, "Token", text => text.Length is >= 3 and <= 32 && text.All(IsTokenCharacter), "应是3到32位字母和数字，与公众平台填的一致"),
            Key = ReadKey(section, "EncodingAESKey"),
            PreviousKey = ReadKey(section, "PreviousEncodingAESKey"),
            ApiBase = ReadUri(section, "ApiBase") ?? new Uri(DefaultApiBase),
            Proxy = ReadUri(section, "Proxy"),
            MessagesPer48Hours = Number(section, "MessagesPer48Hours", 5, 1, 1000),
            NoticesPerSecond = Number(section, "NoticesPerSecond", 200, 1, 10000),
            Templates = section.GetSection("Templates"),
            ReportClockDifference = TimeSpan.FromMinutes(Number(section, "ReportClockDifferenceMinutes", 5, 1, 1440)),
            RefuseClockDifference = TimeSpan.FromMinutes(Number(section, "RefuseClockDifferenceMinutes", 60, 1, 525600)),
        };
        if (account.PreviousKey is not null && account.Key is null)
            throw Wrong("PreviousEncodingAESKey", "只能和 EncodingAESKey 一起设置");
        return account;
    }

    public override string ToString() => AppId;

    private static bool IsAppId(string text) => text.Length is >= 6 and <= 64 && text.StartsWith("wx", StringComparison.Ordinal) && text.All(char.IsAsciiLetterOrDigit);

    private static bool IsTokenCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';

    private static EnvelopeKey? ReadKey(IConfigurationSection section, string name) =>
        Optional(section, name, text => EnvelopeKey.Parse(text) is not null, "应是43位字母和数字，从公众平台复制") is { } text ? EnvelopeKey.Parse(text) : null;

    private static Uri? ReadUri(IConfigurationSection section, string name) =>
        Optional(section, name, IsHttp, "应是 http:// 或 https:// 开头的网址") is { } text ? new Uri(text) : null;

    private static bool IsHttp(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static int Number(IConfigurationSection section, string name, int unset, int least, int most) =>
        Optional(section, name, text => IsNumber(text) is { } number && number >= least && number <= most, FormattableString.Invariant($"应是{least}到{most}之间的整数")) is { } set
            ? IsNumber(set)!.Value
            : unset;

    private static int? IsNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Required(IConfigurationSection section, string name, Func<string, bool> fits, string rule) =>
        Optional(section, name, fits, rule) ?? throw Wrong(name, "没有设置，它" + rule);

    private static string? Optional(IConfigurationSection section, string name, Func<string, bool> fits, string rule)
    {
        if (section[name] is not { Length: > 0 } text)
            return null;
        return fits(text) ? text : throw Wrong(name, rule);
    }

    private static WrongSettingException Wrong(string name, string rule) => new($"{Section}:{name} 不对：{rule}。");
}
