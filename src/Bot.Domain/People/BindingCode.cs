using System.Security.Cryptography;
using System.Text;

namespace Bot.Domain.People;

/// <summary>
/// A one-time code by which an enterprise lets somebody in (design.md decision 8): 7KQ2M-4XF9T. It is told once, to who issues it; only a hash is stored.
/// <para>
/// The limit that no change of address dodges is its size. Of 29 characters ten make 4·10^14 codes; with a thousand of them open at once, a guess
/// hits one in 4·10^11. A million guesses a day, which five an address make two hundred thousand addresses, would need a thousand years for
/// an even chance. That is why wrong guesses shut one address and never all of them: else anybody could shut the door for every enterprise.
/// The hash is slow, as of look-up codes, so that a stolen table cannot be tried through in the days that a code lives.
/// </para>
/// </summary>
public sealed class BindingCode
{
    /// <summary>The head of the scene in a scanned code: <c>bind_7KQ2M4XF9T</c>.</summary>
    public const string SceneHead = "bind";

    /// <summary>Nothing that is misread on paper or on the phone: no I and 1, O and 0, S, V, Z.</summary>
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Half = 5;
    private const int Rounds = 100_000;

    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("bot.binding-code.1");

    private BindingCode()
    {
    }

    internal BindingCode(string hash, string enterpriseId, string? contactRole, string issuedById, DateTime issuedAt, DateTime expiresAt)
    {
        (Hash, EnterpriseId, ContactRole, IssuedById) = (hash, enterpriseId, contactRole, issuedById);
        (IssuedAt, ExpiresAt) = (issuedAt, expiresAt);
    }

    public string Hash { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";

    /// <summary>As what the newcomer will speak for the enterprise; null leaves it to the newcomer, where the bureau issued the code.</summary>
    public string? ContactRole { get; private set; }
    public string IssuedById { get; private set; } = "";
    public DateTime IssuedAt { get; private set; }

    /// <summary>The midnight after the last day.</summary>
    public DateTime ExpiresAt { get; private set; }
    public DateTime? UsedAt { get; private set; }
    public string? UsedById { get; private set; }

    public bool IsOpen(DateTime now) => UsedAt is null && now < ExpiresAt;

    public void Use(string personId, DateTime at) => (UsedById, UsedAt) = (personId, at);

    public static string New()
    {
        while (true)
        {
            var code = RandomNumberGenerator.GetString(Alphabet, 2 * Half);

            // Both kinds of characters, so that no code can be taken for a word or a number.
            if (code.Any(char.IsAsciiDigit) && code.Any(char.IsAsciiLetter))
                return $"{code[..Half]}-{code[Half..]}";
        }
    }

    /// <summary>The code in its printed form, however it was typed or scanned: bare, with hyphen or spaces, in any case; null when the text is none.</summary>
    public static string? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bare = Bare(text);
        var isCode = bare.Length == 2 * Half
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-')
            && bare.All(c => Alphabet.Contains(c, StringComparison.Ordinal))
            && bare.Any(char.IsAsciiDigit)
            && bare.Any(char.IsAsciiLetter);
        return isCode ? $"{bare[..Half]}-{bare[Half..]}" : null;
    }

    /// <summary>What stands in the code to scan.</summary>
    public static string Scene(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return $"{SceneHead}_{Bare(code)}";
    }

    /// <summary>The same for a code however it was typed.</summary>
    internal static string HashOf(string code) =>
        Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(Bare(code)), Purpose, Rounds, HashAlgorithmName.SHA256, 16));

    private static string Bare(string text) => new string([.. text.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
}
