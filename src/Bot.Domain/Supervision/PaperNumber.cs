using System.Text.RegularExpressions;

namespace Bot.Domain.Supervision;

/// <summary>A document number, however its brackets and its 第 were typed: 云司监建〔2026〕第7号.</summary>
public sealed partial record PaperNumber(string Series, int Year, int Sequence)
{
    /// <summary>Null where there is none.</summary>
    public static PaperNumber? Read(string text) => Shape().Match(text) is { Success: true } found
        ? new PaperNumber(found.Groups["series"].Value, int.Parse(found.Groups["year"].ValueSpan, null), int.Parse(found.Groups["sequence"].ValueSpan, null))
        : null;

    [GeneratedRegex(@"(?<series>[\u4e00-\u9fff]{2,12})\s*[〔\[(（【](?<year>20\d{2})[〕\])）】]\s*第?\s*0*(?<sequence>\d{1,6})\s*号?")]
    private static partial Regex Shape();
}
