using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;

namespace Bot.Dialogs.Appeals;

/// <summary>Finds which appeal is meant: 打开 A26-3, 云监诉〔2026〕3号.</summary>
internal static partial class AppealReference
{
    public const string Explains = "说明依据";

    /// <summary>The step that opens what was handed in with it.</summary>
    public static readonly Option Files = new("files", "查看附件", "看附件", "看照片", "查看照片", "照片", "看图片", "看材料", "附件");

    public static string? In(string text)
    {
        if (Id().Match(text) is { Success: true } id)
            return id.Value.ToUpperInvariant();
        return Number().Match(text) is { Success: true } number ? number.Value : null;
    }

    /// <summary>Whether a message opens an appeal by its number.</summary>
    public static bool Opens(string text) =>
        In(text) is not null && (text.StartsWith("打开", StringComparison.Ordinal) || text.StartsWith("申诉", StringComparison.Ordinal) || text.StartsWith(Explains, StringComparison.Ordinal) || Said(text) is not null);

    /// <summary>What the opening says already: a tap on a card, or the same words typed.</summary>
    public static string? Said(string text) =>
        text.StartsWith("维持原结果", StringComparison.Ordinal) ? "kept"
        : text.StartsWith("请单位更正", StringComparison.Ordinal) ? "corrected"
        : null;

    [GeneratedRegex(@"(?<![0-9A-Za-z])[Aa]\d{2}-\d{1,6}(?![0-9A-Za-z-])", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"[\u4e00-\u9fff]*监诉〔\d{4}〕\d+号", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
