using System.Security.Cryptography;
using System.Text;

namespace Bot.Domain.Progress;

/// <summary>
/// The code that alone leads to an anonymous submission (W28, S06): 7K3F-92QX. It is told once; only a hash of it is stored. So few characters
/// can be tried through, hence the hash is a slow one; it is looked up by that hash, hence no salt of its own.
/// </summary>
public static class LookupCode
{
    /// <summary>Nothing that is misread on paper or on the phone: no I and 1, O and 0, S, V, Z.</summary>
    private const string Letters = "ABCDEFGHJKLMNPQRTUWXY";
    private const string Digits = "23456789";
    private const int Half = 4;
    private const int Rounds = 100_000;

    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("bot.lookup-code.1");

    public static string New()
    {
        // Both kinds of characters in each half, so that no code can be taken for a word or a number.
        var code = new char[2 * Half];
        for (var i = 0; i < code.Length; i += 2)
        {
            code[i] = Digits[RandomNumberGenerator.GetInt32(Digits.Length)];
            code[i + 1] = Letters[RandomNumberGenerator.GetInt32(Letters.Length)];
        }

        return $"{new string(code, 0, Half)}-{new string(code, Half, Half)}";
    }

    /// <summary>The code in its printed form, however it was typed: with or without hyphen, in any case; null when the text is none.</summary>
    public static string? Read(string? text)
    {
        if (text is null)
            return null;
        var bare = Bare(text);
        var isCode = text.Trim().Length <= 2 * Half + 1 && bare.Length == 2 * Half && bare.Any(char.IsAsciiDigit) && bare.Any(char.IsAsciiLetter);
        return isCode ? $"{bare[..Half]}-{bare[Half..]}" : null;
    }

    /// <summary>The same for a code however it was typed.</summary>
    public static string Hash(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(Encoding.ASCII.GetBytes(Bare(code)), Purpose, Rounds, HashAlgorithmName.SHA256, 16));
    }

    private static string Bare(string text) => new string([.. text.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
}
