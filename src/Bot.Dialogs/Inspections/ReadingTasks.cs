using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Inspections;
using Bot.Domain.Previews;

namespace Bot.Dialogs.Inspections;

/// <summary>Reads what a task is made of: a time, items of the unit's list, colleagues.</summary>
internal static class ReadingTasks
{
    private const int ShortestWord = 2;
    private static readonly string[] Titles = ["工", "科长", "科", "队长", "队", "主任", "老师", "姐", "哥"];

    /// <summary>A day to come with its half, e.g. 12月18日上午, 下周三下午.</summary>
    public static Read<VisitTime> Time(Said said)
    {
        if (Time(said.Text, said.ChinaNow, said.Calendar) is { } time)
            return time;
        return said.Day(Facing.Future) is { By: true } limit
            ? Read.No<VisitTime>($"最晚{ChineseDates.WithWeekday(limit.On)}。请说具体哪一天去，比如“12月18日上午”。")
            : Read.No<VisitTime>("没认出日期。可以说“12月18日上午”“下周三下午”“节后第一天”这样的。");
    }

    /// <summary>Null also for a limit (月底前): a visit is on a day.</summary>
    public static VisitTime? Time(string text, DateTime chinaNow, WorkingCalendar? calendar = null)
    {
        if (Dates.Of(text, chinaNow, Facing.Future, calendar) is not { By: false } moment)
            return null;
        var half = text.Contains("上午", StringComparison.Ordinal) ? "上午"
            : text.Contains("下午", StringComparison.Ordinal) ? "下午"
            : moment.At is { } at ? at.Hour < 12 ? "上午" : "下午"
            : "";
        return new VisitTime(moment.On, half);
    }

    /// <summary>Items by their numbers in the list, or by a part of their names.</summary>
    public static IReadOnlyList<string> Items(string text, IReadOnlyList<NamedItem> items)
    {
        if (Numbers.Choices(text, items.Count) is { Count: > 0 } chosen)
            return [.. chosen.Select(number => items[number - 1].Id).Distinct()];
        return [.. items.Where(item => Words(text).Any(word => item.Name.Contains(word, StringComparison.Ordinal)) || text.Contains(item.Name, StringComparison.Ordinal)).Select(item => item.Id)];
    }

    /// <summary>Colleagues by number, by name, by surname and title (王工), and oneself (我). Null when a surname fits several.</summary>
    public static IReadOnlyList<string>? Team(string text, IReadOnlyList<NamedInspector> people, string? me)
    {
        if (Numbers.Choices(text, people.Count) is { Count: > 0 } chosen)
            return [.. chosen.Select(number => people[number - 1].Id).Distinct()];
        var found = people.Where(person => text.Contains(person.Name, StringComparison.Ordinal)).Select(person => person.Id).ToList();
        if (text.Contains('我', StringComparison.Ordinal) && people.Any(person => person.Id == me))
            found.Add(me!);
        foreach (var surname in people.Where(person => !found.Contains(person.Id)).GroupBy(person => person.Name[..1]))
        {
            var said = Titles.Any(title => text.Contains(surname.Key + title, StringComparison.Ordinal)) || text.Contains($"老{surname.Key}", StringComparison.Ordinal) || text.Contains($"小{surname.Key}", StringComparison.Ordinal);
            if (!said)
                continue;
            if (surname.Count() > 1)
                return null;
            found.Add(surname.First().Id);
        }

        return [.. found.Distinct()];
    }

    /// <summary>The words of a sentence that could name something.</summary>
    public static IEnumerable<string> Words(string text) =>
        text.Split([' ', ',', '，', '、', '。', ';', '；', '和', '及'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(word => word.Length >= ShortestWord);

    public static string Numbered<T>(IEnumerable<T> things, Func<T, string> name) => string.Join(' ', things.Select((thing, i) => $"[{i + 1}]{name(thing)}"));
}
