namespace Bot.Domain.People;

/// <summary>The unified social credit code of GB 32100-2015: 18 characters, the last a check over the first 17.</summary>
public sealed record CreditCode
{
    /// <summary>The 31 characters of a code, in the order of their values; I, O, S, V and Z are not among them.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    public const int Length = 18;

    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    private CreditCode(string value) => Value = value;

    /// <summary>The 18 characters in upper case.</summary>
    public string Value { get; }

    /// <summary>The code when all 18 characters can be and the check holds; null otherwise. The text is taken as it stands: cleaning belongs to who reads it from people.</summary>
    public static CreditCode? From(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Length && CheckOf(text.AsSpan(0, Length - 1)) == text[^1] && HasDivision(text) ? new CreditCode(text) : null;
    }

    /// <summary>The character that must follow these 17, or null when one of them is not of the alphabet.</summary>
    public static char? CheckOf(ReadOnlySpan<char> first17)
    {
        if (first17.Length != Length - 1) return null;
        var sum = 0;
        for (var i = 0; i < first17.Length; i++)
        {
            var value = Alphabet.IndexOf(first17[i], StringComparison.Ordinal);
            if (value < 0) return null;
            sum += value * Weights[i];
        }

        return Alphabet[(Alphabet.Length - sum % Alphabet.Length) % Alphabet.Length];
    }

    /// <summary>Whether this place, counted from 1, belongs to the division code and so must be a digit.</summary>
    public static bool IsDivisionPlace(int place) => place is >= 3 and <= 8;

    public override string ToString() => Value;

    private static bool HasDivision(string text) => !text.AsSpan(2, 6).ContainsAnyExceptInRange('0', '9');
}
