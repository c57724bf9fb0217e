using Bot.Domain.People;

namespace Bot.Dialogs.Understanding;

/// <summary>What a message holds where a credit code was looked for.</summary>
public enum CreditCodeFinding
{
    Nothing,
    Valid,
    LetterNotUsed,
    DigitExpected,
    TooShort,
    TooLong,
    OldRegistrationNumber,
    IdentityNumber,
    CheckFails,
}

/// <summary>The finding, the code when it is valid, the place (from 1) that cannot be, and the sentence for the person; the sentence is empty for a valid code.</summary>
public sealed record CreditCodeReading(CreditCodeFinding Finding, CreditCode? Code, int? Place, string Sentence);

/// <summary>Finds a credit code in a pasted sentence and says exactly what is wrong with it. Nothing is ever corrected silently: a guess could bind a stranger's enterprise.</summary>
public static class CreditCodes
{
    private const int ShortestAttempt = 12;
    private const int LongestAttempt = 24;
    private const int OldNumberLength = 15;

    private static readonly CreditCodeReading None = new(CreditCodeFinding.Nothing, null, null, "请发18位统一社会信用代码，在营业执照上可以找到。");

    /// <summary>Reads the message: the first run of 18 characters counts, with spaces and hyphens inside it allowed; else the longest attempt.</summary>
    public static CreditCodeReading Read(string text)
    {
        var run = FirstRun(Normalise.Text(text).ToUpperInvariant());
        if (run is null) return None;
        if (run.Length == OldNumberLength && IsAllDigits(run))
            return new(CreditCodeFinding.OldRegistrationNumber, null, null, "这是旧注册号，请输18位统一社会信用代码，新版营业执照上有。");
        if (run.Length < CreditCode.Length)
            return new(CreditCodeFinding.TooShort, null, null, $"统一社会信用代码是18位，这里是{run.Length}位，少{CreditCode.Length - run.Length}位，请核对后再发。");
        if (run.Length > CreditCode.Length)
            return new(CreditCodeFinding.TooLong, null, null, $"统一社会信用代码是18位，这里是{run.Length}位，多{run.Length - CreditCode.Length}位，请核对后再发。");
        if (LooksLikeIdentityNumber(run) && CreditCode.From(run) is null)
            return new(CreditCodeFinding.IdentityNumber, null, null, "这像是身份证号，这里不需要。请发营业执照上的18位统一社会信用代码。");
        return LetterNotUsed(run) ?? DigitExpected(run) ?? Checked(run);
    }

    private static CreditCodeReading Checked(string run) => CreditCode.From(run) is { } code
        ? new(CreditCodeFinding.Valid, code, null, "")
        : new(CreditCodeFinding.CheckFails, null, null, "校验不通过，请对照营业执照再输一次。");

    private static CreditCodeReading? LetterNotUsed(string run)
    {
        var wrong = Enumerable.Range(0, run.Length).Where(i => !CreditCode.Alphabet.Contains(run[i], StringComparison.Ordinal)).ToList();
        if (wrong.Count == 0) return null;
        var places = string.Join("、", wrong.Select(i => $"第{i + 1}位是字母{run[i]}"));
        var question = wrong.Count == 1 ? $"是不是{MeantBy(run[wrong[0]])}" : "是不是" + string.Join("、", wrong.Select(i => MeantBy(run[i])));
        return new(CreditCodeFinding.LetterNotUsed, null, wrong[0] + 1, $"{places}，代码里不用I、O、S、V、Z，{question}？请核对后再发。");
    }

    private static CreditCodeReading? DigitExpected(string run)
    {
        for (var place = 1; place <= run.Length; place++)
        {
            if (CreditCode.IsDivisionPlace(place) && !char.IsAsciiDigit(run[place - 1]))
                return new(CreditCodeFinding.DigitExpected, null, place, $"第{place}位是字母{run[place - 1]}，代码的第3至8位都是数字，请核对后再发。");
        }

        return null;
    }

    private static string MeantBy(char letter) => letter switch
    {
        'I' => "数字1",
        'O' => "数字0",
        'S' => "数字5",
        'Z' => "数字2",
        _ => "字母U或Y",
    };

    private static string? FirstRun(string text)
    {
        string? joined = null, longest = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(text[i])) continue;
            var end = i;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end])) end++;
            var run = text[i..end];
            if (run.Length == CreditCode.Length && HasManyDigits(run)) return run;
            if (run.Length is >= ShortestAttempt and <= LongestAttempt && run.Length > (longest?.Length ?? 0) && HasManyDigits(run)) longest = run;
            joined ??= Joined(text, i, end);
            i = end;
        }

        return joined?.Length == CreditCode.Length ? joined : longest ?? joined;
    }

    private static string? Joined(string text, int from, int end)
    {
        var joined = text[from..end];
        while (joined.Length < LongestAttempt && end + 1 < text.Length && text[end] is ' ' or '-' or '·' && char.IsAsciiLetterOrDigit(text[end + 1]))
        {
            var next = ++end;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end])) end++;
            joined += text[next..Math.Min(end, next + LongestAttempt)];
            if (joined.Length == CreditCode.Length) break;
        }

        return joined.Length is >= ShortestAttempt and <= LongestAttempt && HasManyDigits(joined) ? joined : null;
    }

    private static bool HasManyDigits(string run) => run.Count(char.IsAsciiDigit) >= 8;

    private static bool IsAllDigits(string run) => !run.AsSpan().ContainsAnyExceptInRange('0', '9');

    // Seventeen digits with a birth date at places 7 to 14: better to say so than to let an identity number stand in a log.
    private static bool LooksLikeIdentityNumber(string run) =>
        IsAllDigits(run[..17]) && (char.IsAsciiDigit(run[17]) || run[17] == 'X') && run[6..8] is "19" or "20" && run[10] is '0' or '1' && run[12] is >= '0' and <= '3';
}
