using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Clues;

/// <summary>情况反馈: a unit reads what the justice bureau found and says its word; the bureau reads both (J40).</summary>
public static partial class ExplainToTheBureau
{
    private const string Word = "情况反馈";
    private const int Longest = 1000;
    private const int Listed = 9;

    private static readonly Rule Waiting = new("没有找到等说明的这份情况反馈，可能已经说明过。说“情况反馈”可以看到本单位的。", "J40");

    public static Conversation Conversation { get; } = new("ExplainToTheBureau", Word, "这次说明", Play)
    {
        Roles = [ActorRole.UnitLeader, ActorRole.UnitLiaison],
        Opens = text => text == Word || Number().IsMatch(text),
        Browsing = ["which"],
        TakesEvidence = true,
    };

    public static Conversation OfBureau { get; } = new("SeeSituations", Word, "这次查看", See)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text == Word || Number().IsMatch(text),
    };

    private static async Task Play(Chat chat)
    {
        var told = await chat.Look(new Situations(chat.Visitor));
        var open = told.Where(one => one.Answer is null).ToList();
        var named = Number().Match(chat.Opening) is { Success: true } found ? found.Value.ToUpperInvariant() : null;
        if (named is null && open.Count == 0)
        {
            chat.Tell(told.Count == 0 ? "司法局目前没有向本单位反馈情况。" : $"没有等说明的情况反馈。\n{string.Join('\n', told.Take(Listed).Select(Line))}");
            return;
        }

        var id = named ?? (open.Count == 1 ? open[0].Id : await chat.Choose("which", "先说明哪一份？", [.. open.Take(Listed).Select(one => new Option(one.Id, one.Number, one.Id))]));
        var situation = open.FirstOrDefault(one => one.Id == id);
        Waiting.Require(situation is not null);
        var answer = await chat.Ask("answer", $"{situation!.Number}：\n{string.Join('\n', situation.Facts)}\n请{ChineseDates.WithWeekday(situation.AnswerBy)}前说明情况和已采取的措施，可以几句话。", Longest);
        var proof = await chat.AskForMore("proof", "有佐证吗？培训记录或照片。没有可回复“没有”。");
        var explained = await chat.Send(new ExplainSituation(chat.Visitor, id, proof.Text.Length == 0 ? answer : $"{answer}\n{proof.Text}", [.. proof.Files.Select(file => file.Id)]));
        chat.Say($"已提交给{chat.Rules.SupervisionOffice.Name}{(explained.OnTime ? "" : "（已超过说明期限）")}，和反馈的事实一并留存。");
    }

    private static async Task See(Chat chat)
    {
        var told = await chat.Look(new Situations(chat.Visitor));
        chat.Tell(told.Count == 0 ? "还没有向单位反馈过情况。在线索里选“情况反馈”就可以反馈。" : string.Join('\n', told.Take(Listed).Select(Line)));
    }

    private static string Line(SituationView one) =>
        $"{one.Id} {one.Number} {one.UnitName}，{ChineseDates.Short(one.SentOn)}反馈{one.Facts.Count}件：{string.Join('；', one.Facts)}。{(one.Answer is null ? $"等说明，最迟{ChineseDates.WithWeekday(one.AnswerBy)}" : $"{ChineseDates.Short(one.AnsweredOn!.Value)}说明：{one.Answer}")}";

    [GeneratedRegex("(?<![A-Za-z0-9])[Ff][Kk][0-9]{2}-[0-9]{1,6}(?![A-Za-z0-9])")]
    private static partial Regex Number();
}
