using System.Buffers;
using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Supervision;

namespace Bot.Dialogs.Supervision;

/// <summary>How a case of supervision is named in talk, and what both sides read of it.</summary>
internal static partial class CaseReference
{
    public const string List = "预警与建议书";

    private const string Marks = " ,，、.。:：;；";
    private static readonly SearchValues<char> AnyMark = SearchValues.Create(Marks);

    /// <summary>SV26-12, ZG26-1 or a paper's number, with or without its 第; SV1 said shortly means nothing here, and is answered with the list.</summary>
    public static string? In(string text) =>
        Handle().Match(text) is { Success: true } found ? found.Value.ToUpperInvariant()
        : Paper().Match(text) is { Success: true } paper ? paper.Value
        : null;

    /// <summary>What is said besides the case's number, or all of it where there is none.</summary>
    public static string Verb(string text) => Paper().Replace(Handle().Replace(text, ""), "").Trim(Marks.ToCharArray());

    /// <summary>Whether what <see cref="In"/> found stands for this case.</summary>
    public static bool Names(string named, SupervisionView view) =>
        named == view.CaseId || (PaperNumber.Read(named) is { } number && new[] { view.Number, view.LetterNumber }.Any(own => own is not null && PaperNumber.Read(own) == number));

    /// <summary>When the next step is owed.</summary>
    public static string Due(DateOnly? due, bool late) => due is { } on ? $"，{(late ? "已超期，应于" : "最迟")}{ChineseDates.WithWeekday(on)}" : "";

    public static string Facts(SupervisionView view) =>
        $"依据：{view.Rule}\n{string.Join('\n', view.Facts.Select((fact, i) => $"{i + 1}. {fact}"))}{(view.EvidenceIds.Count > 0 ? $"\n涉及：{string.Join('、', view.EvidenceIds)}" : "")}";

    /// <summary>The numbers of tasks in a sentence.</summary>
    public static IReadOnlyList<string> Tasks(string text) => [.. Task().Matches(text).Select(task => task.Value.ToUpperInvariant()).Distinct(StringComparer.Ordinal)];

    public static string WithoutTasks(string text) => Task().Replace(text, "");

    /// <summary>What stands behind the number or the word that was chosen, with the person's own punctuation.</summary>
    public static string Rest(Said said)
    {
        var cut = said.ForPeople.AsSpan().IndexOfAny(AnyMark);
        return cut < 0 ? "" : said.ForPeople[(cut + 1)..].Trim(Marks.ToCharArray());
    }

    public static IReadOnlyList<string> Lines(string text) => [.. text.Split('\n', '；', ';').Select(line => line.Trim()).Where(line => line.Length > 0)];

    public static string Papers(Chat chat, SupervisionView view) => string.Concat(view.Papers.Select(paper => $"\n{Link(chat, paper.Name, paper.Number, paper.Token)}"));

    public static string Link(Chat chat, string name, string number, string token) =>
        chat.Pages is { } root ? $"《{name}》（{number}）：{PaperLink.Of(root, token)}" : $"《{name}》（{number}），系统还没有设置访问地址，请向管理员要文书";

    [GeneratedRegex(@"(?<![A-Za-z0-9])[Tt][0-9]{1,6}(?:-[0-9]{1,6})?(?![A-Za-z0-9])")]
    private static partial Regex Task();

    [GeneratedRegex(@"[\u4e00-\u9fff]?[司政]监[警建改决]\s*[〔\[(（【]20\d{2}[〕\])）】]\s*第?\s*\d{1,6}\s*号?")]
    private static partial Regex Paper();

    [GeneratedRegex(@"(?<![A-Za-z0-9])(?:SV|ZG)\d{2}-\d{1,6}(?![A-Za-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Handle();
}
