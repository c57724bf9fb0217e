using Bot.Dialogs.Conversations;
using Bot.Dialogs.Guidance;
using Bot.Domain.Guidance;

namespace Bot.Dialogs.Meetings;

/// <summary>Several units named in one sentence: 市场监管、应急和城管.</summary>
internal static class NamingUnits
{
    private static readonly char[] Separators = [' ', ',', '，', '、', ';', '；', '和', '与', '及', '\n'];

    public static Read<IReadOnlyList<string>> Read(Said said, IReadOnlyList<UnitChoice> units)
    {
        var found = new List<string>();
        foreach (var word in said.Text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            var read = NamingAUnit.Read(said with { Text = word, AsWritten = null }, units);
            if (!read.Understood)
                return Conversations.Read.No<IReadOnlyList<string>>($"“{word}”{read.Hint}");
            found.Add(read.Value!);
        }

        return found.Count > 0 ? new Read<IReadOnlyList<string>>(true, [.. found.Distinct(StringComparer.Ordinal)], null) : Conversations.Read.No<IReadOnlyList<string>>("请说单位名称，几个单位用顿号隔开。");
    }

    public static string Names(IReadOnlyList<string> ids, IReadOnlyList<UnitChoice> units) => string.Join('、', ids.Select(id => NamingAUnit.Name(id, units)));
}
