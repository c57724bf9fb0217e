using System.Buffers.Text;
using System.Security.Cryptography;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Notices;
using Bot.Domain.People;

namespace Bot.Outbox;

/// <summary>The address of a page with a notice's whole text; who has it may read it until then (UTC).</summary>
public sealed record Page(string Token, string Url, DateTime Until);

/// <summary>
/// Gives a notice to an enterprise a page of its own under an address that cannot be guessed, for short messages to point to. What officials and
/// complainants are told has none.
/// </summary>
public sealed class Pages(Settings settings, NoticeWording wording, ChinaClock clock)
{
    public const string Path = "/n";

    private const string Audience = "企业";
    private const int TokenBytes = 16;

    /// <summary>Long enough to look something up again, short enough that a forwarded link does not live for ever.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    private readonly HashSet<string> kinds = [.. wording.Templates.Where(notice => notice.Audience.StartsWith(Audience, StringComparison.Ordinal)).Select(notice => notice.Id)];

    /// <summary>Null when the service has no address of its own, or the notice no page.</summary>
    public Page? Open(Notice notice, Person person)
    {
        if (settings.PublicUrl is not { } root || person.Role.IsOfficial() || !kinds.Contains(notice.Kind))
            return null;
        var token = notice.PageToken ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var until = notice.PageUntil ?? clock.UtcNow + Shown;
        return until > clock.UtcNow ? new Page(token, $"{root}{Path}/{token}", until) : null;
    }
}
