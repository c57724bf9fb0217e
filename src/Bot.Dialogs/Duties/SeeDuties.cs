using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Duties;

namespace Bot.Dialogs.Duties;

/// <summary>A leader opens what the four figures of a month are made of (J02): 应扫清单 2026-03.</summary>
public static partial class SeeDuties
{
    private const string Figures = "四项情况";

    public static Conversation Conversation { get; } = new("SeeDuties", Figures, "这次查看", Play)
    {
        Roles = [ActorRole.UnitLeader, ActorRole.UnitLiaison],
        Opens = text => Asked().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        var asked = Asked().Match(chat.Opening);
        var month = Month(asked.Groups[2].Value) ?? DateOnly.FromDateTime(chat.StartedAt).AddMonths(-1);
        var printed = month.ToString("yyyy年M月", CultureInfo.InvariantCulture);
        if (asked.Groups[1].Value == Figures)
        {
            chat.Say($"{printed}四项情况：\n{DutyWords.Lines(await chat.Look(new FiguresOfMonth(chat.Visitor, month)), month)}", DutyWords.Lists(month));
            return;
        }

        var duty = Enum.GetValues<Duty>().First(one => one.Name() == asked.Groups[1].Value);
        var lines = await chat.Look(new DutyList(chat.Visitor, duty, month));
        chat.Tell(lines.Count == 0
            ? $"{printed}{duty.Name()}：没有。"
            : $"{printed}{duty.Name()}（{lines.Count}）：\n{string.Join('\n', lines.Select(line => $"{line.TaskId ?? "（没有登记）"} {ChineseDates.Short(line.On)} {line.EnterpriseName}：{line.Remark}"))}");
    }

    private static DateOnly? Month(string text) => DateOnly.TryParseExact(text, "yyyy-M", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    [GeneratedRegex(@"^(四项情况|应扫清单|拦截清单|降频清单|并办清单)\s*([0-9]{4}-[0-9]{1,2})?$")]
    private static partial Regex Asked();
}
