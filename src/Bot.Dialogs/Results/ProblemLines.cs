using System.Text.RegularExpressions;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Results;

namespace Bot.Dialogs.Results;

/// <summary>Reads problems as inspectors write them: 台账不全，依据《安全生产法》第四十一条，12月4日前；灭火器过期 11月30日前.</summary>
internal static partial class ProblemLines
{
    /// <param name="text">One message, problems divided by ； or line breaks.</param>
    /// <param name="basis">Taken where a problem names none.</param>
    /// <param name="chinaNow">For days without a year.</param>
    /// <param name="calendar">For 五个工作日内.</param>
    public static IReadOnlyList<ProblemFound> Of(string text, string basis, DateTime chinaNow, WorkingCalendar? calendar) =>
        [.. text.Split(['；', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => One(part, basis, chinaNow, calendar)).Where(found => found.Text.Length > 0)];

    private static ProblemFound One(string part, string basis, DateTime chinaNow, WorkingCalendar? calendar)
    {
        var named = Basis().Match(part);
        var rest = named.Success ? part.Remove(named.Index, named.Length) : part;
        var day = Dates.Of(rest, chinaNow, Facing.Future, calendar);
        if (day is not null)
            rest = Day(rest, day.Said);
        return new ProblemFound(Ends().Replace(rest, "").Trim(' ', ',', '，', '。', '、', ':', '：'), named.Success ? named.Groups[1].Value.Trim() : basis, day?.On);
    }

    /// <summary>Takes the words of the day out, with what belongs to them.</summary>
    private static string Day(string text, string said)
    {
        var at = text.IndexOf(said, StringComparison.Ordinal);
        return at < 0 ? text : text.Remove(at, said.Length);
    }

    [GeneratedRegex(@"依据[:：是]?\s*([^，,；;\n]+)")]
    private static partial Regex Basis();

    [GeneratedRegex(@"^\s*[0-9]+[.、)）]\s*|(?:[，,\s]*(?:请?(?:在|于)?)[\s]*)?(?:之?前|以前)(?:改正|整改|完成)?[。\s]*$|[（(][^（）()]*[)）]\s*前$")]
    private static partial Regex Ends();
}
