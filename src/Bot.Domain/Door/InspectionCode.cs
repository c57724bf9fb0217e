using System.Security.Cryptography;
using System.Text;

namespace Bot.Domain.Door;

/// <summary>
/// 检查码: what the inspectors show at the door, 7KQ2-M4XF-9T3C. Whoever holds it sees who has come and why (S24, S30). Told once, to the inspector who asks;
/// only a slow hash is stored. Asked for again, the task has a new version and the old one is of no use. It is good on the day of the inspection alone,
/// so a lost one opens nothing.
/// </summary>
public sealed class InspectionCode
{
    /// <summary>The head of the scene in a scanned code: <c>inspect_7KQ2M4XF9T3C</c>.</summary>
    public const string SceneHead = "inspect";

    /// <summary>Nothing that is misread on a screen: no I and 1, O and 0, S, V, Z. Of 29 characters twelve make 3·10^17 codes.</summary>
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Group = 4;
    private const int Groups = 3;
    private const int Rounds = 100_000;

    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("bot.inspection-code.1");

    private InspectionCode()
    {
    }

    internal InspectionCode(string taskId, int version, string hash, string issuedById, DateTime issuedAt)
    {
        (TaskId, Version, Hash, IssuedById, IssuedAt) = (taskId, version, hash, issuedById, issuedAt);
    }

    public string TaskId { get; private set; } = "";
    public int Version { get; private set; }
    public string Hash { get; private set; } = "";
    public string IssuedById { get; private set; } = "";
    public DateTime IssuedAt { get; private set; }

    public static string New()
    {
        while (true)
        {
            var code = RandomNumberGenerator.GetString(Alphabet, Group * Groups);

            // Both kinds of characters, so that no code can be taken for a word or a number.
            if (code.Any(char.IsAsciiDigit) && code.Any(char.IsAsciiLetter))
                return Printed(code);
        }
    }

    /// <summary>The code in its printed form, however it was typed or scanned; null when the text is none.</summary>
    public static string? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bare = Bare(text);
        var isCode = bare.Length == Group * Groups
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-')
            && bare.All(c => Alphabet.Contains(c, StringComparison.Ordinal))
            && bare.Any(char.IsAsciiDigit)
            && bare.Any(char.IsAsciiLetter);
        return isCode ? Printed(bare) : null;
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

    private static string Printed(string bare) => $"{bare[..Group]}-{bare[Group..(2 * Group)]}-{bare[(2 * Group)..]}";

    private static string Bare(string text) => new string([.. text.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant();
}
