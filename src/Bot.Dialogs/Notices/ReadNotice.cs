using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Notices;

namespace Bot.Dialogs.Notices;

/// <summary>Shows the whole of the last notice where it came in short and there is no page to open; a long one in pieces.</summary>
public static partial class ReadNotice
{
    private const string Word = "详情";

    /// <summary>Fits every channel's longest message, with buttons.</summary>
    private const int LongestPiece = 450;

    public static Conversation Conversation { get; } = new("ReadNotice", Word, "这次查看", Play)
    {
        Roles =
        [
            ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor,
        ],
        Opens = text => Wish().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        if (await chat.Look(new LastNotice(chat.Visitor)) is not { } notice)
        {
            chat.Say("近期没有发给您的通知。", "菜单");
            return;
        }

        var pieces = Pieces(notice.Text);
        var number = Wish().Match(chat.Opening) is { Success: true } wish && int.TryParse(wish.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? Math.Clamp(asked, 1, pieces.Count)
            : 1;
        var piece = pieces[number - 1];
        if (pieces.Count == 1)
            chat.Say(piece, notice.Actions);
        else if (number < pieces.Count)
            chat.Say($"{piece}\n（{number}/{pieces.Count}，接着看请回复“{Word}{number + 1}”）", $"{Word}{number + 1}");
        else
            chat.Say($"{piece}\n（{number}/{pieces.Count}）", notice.Actions);
    }

    /// <summary>Ends each piece at a sentence where there is one, never inside a character.</summary>
    internal static IReadOnlyList<string> Pieces(string text)
    {
        var pieces = new List<string>();
        var rest = text.Trim();
        while (rest.Length > LongestPiece)
        {
            var end = rest.AsSpan(0, LongestPiece).LastIndexOfAny("。！？；\n") + 1;
            if (end < LongestPiece / 2)
                end = StringInfo.ParseCombiningCharacters(rest).Last(start => start <= LongestPiece);
            pieces.Add(rest[..end].Trim());
            rest = rest[end..].Trim();
        }

        if (rest.Length > 0 || pieces.Count == 0)
            pieces.Add(rest);
        return pieces;
    }

    [GeneratedRegex(@"^(?:看)?(?:详情|全文)([1-9]\d?)?$")]
    private static partial Regex Wish();
}
