using System.Net;
using Bot.Emulators.Tencent;

namespace Bot.Emulators.WeChat;

/// <summary>By which way something came onto the phone.</summary>
public enum BubbleKind
{
    Own,
    Passive,
    CustomerService,
    Template,
    Subscription,
    FailureNotice,
}

/// <summary>A word that can be tapped: an answer for the account, or an address to open.</summary>
public sealed record Tappable(string Caption, string? StepId, string? Url);

/// <summary>A template message as it is drawn.</summary>
public sealed record TemplateCard(string Title, IReadOnlyList<KeyValuePair<string, string>> Lines, string? Url);

/// <summary>One thing on a phone's screen.</summary>
public sealed record Bubble(long Number, DateTimeOffset At, BubbleKind Kind, string Text)
{
    /// <summary>The answers of a menu message; links inside the text are in <see cref="Tappables"/> too.</summary>
    public IReadOnlyList<Tappable> Choices { get; init; } = [];

    public string? MediaId { get; init; }

    public TemplateCard? Card { get; init; }

    /// <summary>The text as it is read: links reduced to their words.</summary>
    public string Plain => Marks.Link().Replace(Text, "$2");

    public IEnumerable<Tappable> Tappables => Marks.Link().Matches(Text).Select(match => Tapped(match.Groups[1].Value, match.Groups[2].Value)).Concat(Choices);

    private static Tappable Tapped(string address, string caption)
    {
        const string scheme = "weixin://bizmsgmenu?";
        var url = WebUtility.HtmlDecode(address);
        if (!url.StartsWith(scheme, StringComparison.Ordinal))
            return new(caption, null, url);
        var values = url[scheme.Length..].Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[^1]), StringComparer.Ordinal);
        return new(values.GetValueOrDefault("msgmenucontent", caption), values.GetValueOrDefault("msgmenuid", ""), null);
    }
}
