using Bot.Dialogs.Conversations;
using Bot.Domain.Inspections;

namespace Bot.Dialogs.Inspections;

/// <summary>Which enterprise is meant: by its id, its credit code, or a part of its name.</summary>
internal static class NamingAnEnterprise
{
    private const int Longest = 60;

    /// <summary>Asks until exactly one is meant.</summary>
    public static async Task<NamedEnterprise> Ask(Chat chat)
    {
        var question = "检查哪家企业？请说名称、统一社会信用代码或企业编号。";
        while (true)
        {
            var words = await chat.Ask("enterprise", question, Longest);
            var found = await chat.Look(new EnterprisesNamed(chat.Visitor, words));
            if (found.Count == 1)
                return found[0];
            question = found.Count == 0
                ? $"没有找到“{words}”，请核对后再说一次名称或统一社会信用代码。"
                : $"有{found.Count}家企业的名称里有“{words}”：{string.Join('、', found.Select(one => $"{one.Id} {one.Name}"))}。请说全称或编号。";
        }
    }

    /// <summary>Takes over the enterprise that the opening names, if it names just one.</summary>
    public static async Task FromOpening(Chat chat)
    {
        foreach (var word in ReadingTasks.Words(chat.Opening))
        {
            if (word.Length > Longest || (await chat.Look(new EnterprisesNamed(chat.Visitor, word))) is not [var only])
                continue;
            chat.Known("enterprise", only.Id);
            return;
        }
    }
}
