using System.Globalization;
using Bot.Channels.Callbacks;

namespace Bot.Channels;

/// <summary>
/// One platform's settings, read and checked at start. What is wrong is named in one line with the rule it breaks, never with its value: it may be a secret.
/// </summary>
internal sealed class CheckedSection(IConfiguration configuration, string name)
{
    private readonly IConfigurationSection section = configuration.GetSection(name);

    public IConfiguration Under(string key) => section.GetSection(key);

    /// <exception cref="WrongSettingException">It is missing or wrong.</exception>
    public string Required(string key, Func<string, bool> fits, string rule) => Optional(key, fits, rule) ?? throw Wrong(key, "没有设置，它" + rule);

    public string? Optional(string key, Func<string, bool> fits, string rule)
    {
        if (section[key] is not { Length: > 0 } text)
            return null;
        return fits(text) ? text : throw Wrong(key, rule);
    }

    /// <summary>The token of the callback, as both consoles take it.</summary>
    public string CallbackToken(int least) => Required(
        "Token",
        text => text.Length >= least && text.Length <= 32 && text.All(IsTokenCharacter),
        FormattableString.Invariant($"应是{least}到32位字母和数字，与平台上填的一致"));

    public string? Secret(string key) =>
        Optional(key, text => text.Length is >= 8 and <= 128 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-'), "应是至少8位的字母和数字");

    public EnvelopeKey? Key(string key) =>
        Optional(key, text => EnvelopeKey.Parse(text) is not null, "应是43位字母和数字，从平台上复制") is { } text ? EnvelopeKey.Parse(text) : null;

    public Uri? Address(string key) =>
        Optional(key, IsHttp, "应是 http:// 或 https:// 开头的网址") is { } text ? new Uri(text) : null;

    public int Number(string key, int unset, int least, int most) => NumberIfSet(key, least, most) ?? unset;

    public int? NumberIfSet(string key, int least, int most) =>
        Optional(key, text => AsNumber(text) is { } number && number >= least && number <= most, FormattableString.Invariant($"应是{least}到{most}之间的整数")) is { } set
            ? AsNumber(set)
            : null;

    public WrongSettingException Wrong(string key, string rule) => new($"{name}:{key} 不对：{rule}。");

    private static bool IsTokenCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-';

    private static bool IsHttp(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static int? AsNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
