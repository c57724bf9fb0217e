using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Guidance;

namespace Bot.Dialogs.Guidance;

/// <summary>Which unit a person means, by the names people use for them.</summary>
internal static class NamingAUnit
{
    private static readonly string[] Endings = ["", "街道", "镇", "局"];

    public static Read<string> Read(Said said, IReadOnlyList<UnitChoice> units)
    {
        var match = PeopleAndUnits.Unit(said.Text, [.. units.Select(unit => (unit.Id, unit.Name, unit.Field))]);
        if (match?.Id is { } id)
            return id;
        return Conversations.Read.No<string>(match is null
            ? "没认出是哪个单位。可以说“消防”“交通运输局”“城管”这样的叫法。"
            : $"可能是{string.Join("，也可能是", match.Ids.Take(3).Select(one => Name(one, units)))}，请说全一点。");
    }

    /// <summary>The unit named behind a list's word, also where a street or a bureau is said without its last part: 监督线索 望岚.</summary>
    public static string? After(string word, Chat chat, IReadOnlyList<UnitChoice> units)
    {
        var named = chat.Opening.Replace(word, "", StringComparison.Ordinal).Trim(' ', ',', '，', ':', '：');
        return named.Length == 0 ? null : Endings.Select(ending => Read(new Said(named + ending, [], chat.StartedAt), units)).FirstOrDefault(read => read.Understood).Value;
    }

    public static string Name(string id, IReadOnlyList<UnitChoice> units) => units.First(unit => unit.Id == id).Name;

    /// <summary>Without the district before it: 应急管理局.</summary>
    public static string Short(UnitChoice unit) =>
        unit.Field.Length > 0 && unit.Name.IndexOf(unit.Field, StringComparison.Ordinal) is >= 0 and var at ? unit.Name[at..] : $"{unit.Field}局";
}
