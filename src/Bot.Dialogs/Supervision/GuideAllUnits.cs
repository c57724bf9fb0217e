using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Supervision;

namespace Bot.Dialogs.Supervision;

/// <summary>A problem that several units share: the bureau records it and gives a guiding opinion within the month (S31, S41).</summary>
public static partial class GuideAllUnits
{
    private const int LongestProblem = 100;
    private const int LongestText = 500;
    private const int LongestAdvice = 2000;

    public static Conversation Conversation { get; } = new("GuideAllUnits", "指导性意见", "这次指导性意见", Play)
    {
        Roles = [ActorRole.Supervisor],
        Browsing = ["which"],
        Opens = text => text.Contains("指导性意见", StringComparison.Ordinal) || Opinion().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        var id = Opinion().Match(chat.Opening) is { Success: true } named ? named.Value.ToUpperInvariant() : await Pick(chat);
        if (id == "new")
            await Find(chat);
        else if (id.Length > 0)
            await Issue(chat, id);
    }

    internal static async Task Issue(Chat chat, string id)
    {
        var advice = await chat.Ask("advice", $"{id}：请写指导性意见的内容，可以分条写。发给有关单位负责人和联络员，不点名具体是哪家的问题。", LongestAdvice);
        if (!await chat.Confirm("sure", $"印发指导性意见：{advice}", "印发", "先不发"))
        {
            chat.Say("好的，没有印发。", $"指导性意见 {id}");
            return;
        }

        var issued = await chat.Send(new IssueOpinion(chat.Visitor, id, advice));
        chat.Say($"已印发并告知有关单位：\n{CaseReference.Link(chat, issued.Name, issued.Number, issued.Token)}");
    }

    private static async Task<string> Pick(Chat chat)
    {
        var owed = await chat.Look(new OpinionsOwed(chat.Visitor));
        var lines = string.Concat(owed.Select(one => $"\n{one.OpinionId} {one.Problem}（{string.Join('、', one.Units)}）{CaseReference.Due(one.Due, one.Late)}"));
        return await chat.Choose(
            "which",
            owed.Count == 0 ? "现在没有要印发的指导性意见。" : $"要印发的指导性意见{owed.Count}件：{lines}",
            [.. owed.Select(one => new Option(one.OpinionId, $"印发{one.OpinionId}", one.OpinionId)), new Option("new", "登记普遍问题", "登记"), new Option("", "知道了", "好的", "好", "谢谢")]);
    }

    private static async Task Find(Chat chat)
    {
        var units = await chat.Look(new UnitsUnderSupervision(chat.Visitor));
        var problem = await chat.Ask("problem", "什么普遍问题？几个字就行。", LongestProblem);
        var concerned = await chat.Ask("units", "涉及哪些单位？可以一次说几个，例如“应急、消防、城管”，或者说“全部”。", Read, takesAnything: true);
        var facts = CaseReference.Lines(await chat.Ask("facts", "问题是怎么表现的？一条一行，不写单位和企业名称。", 2 * LongestText));
        var rule = await chat.Ask("rule", "依据哪条规定？写明文件和条款。", said => Grounds.ReadBasis(said, problem, chat.Rules), takesAnything: true);
        var found = await chat.Send(new FindWidespread(chat.Visitor, problem, rule, facts, concerned));
        chat.Say($"已登记{found.OpinionId}，涉及{concerned.Count}个单位，指导性意见最迟{ChineseDates.Due(found.Due, found.Provisional)}印发。", $"指导性意见 {found.OpinionId}");

        Read<List<string>> Read(Said said)
        {
            if (said.Text is "全部" or "所有单位" or "全区")
                return units.Select(unit => unit.Id).ToList();
            var ids = said.Text.Split('、', ',', '，', ' ', '和')
                .Select(name => PeopleAndUnits.Unit(name, [.. units.Select(unit => (unit.Id, unit.Name, unit.Field))])?.Id)
                .ToList();
            return ids.Count > 0 && ids.TrueForAll(one => one is not null)
                ? ids.OfType<string>().Distinct(StringComparer.Ordinal).ToList()
                : Conversations.Read.No<List<string>>("有没认出来的单位，请说“应急、消防、城管”这样的叫法，用顿号分开。");
        }
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])ZD\d{2}-\d{1,6}(?![A-Za-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Opinion();
}
