using System.Text.RegularExpressions;
using Bot.Dialogs.Clues;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Guidance;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.Rules;
using Bot.Domain.Transfers;

namespace Bot.Dialogs.Transfers;

/// <summary>移送: the bureau registers what it handed over and what was handed to it. Whoever else asks learns nothing, and the asking is on record (J41, S05, S35, W39, W41).</summary>
public static partial class RegisterATransfer
{
    private const string List = "移送台账";
    private const string Register = "移送登记";
    private const string TakeIn = "登记复议线索";
    private const string Outcome = "移送结果";
    private const int Longest = 2000;
    private const int Listed = 20;

    public static Conversation Conversation { get; } = new("RegisterATransfer", List, "这次登记", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => Asks(text) || text.StartsWith(Register, StringComparison.Ordinal) || text.StartsWith("登记移送", StringComparison.Ordinal) || text.StartsWith(Outcome, StringComparison.Ordinal) || text is TakeIn or "复议移送" or "复议线索",
    };

    public static Conversation OfOthers { get; } = new("AskAboutTransfers", List, "这次查询", Refuse)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLiaison, ActorRole.UnitLeader],
        Opens = Asks,
    };

    /// <summary>移送纪委了吗, 移送台账.</summary>
    private static bool Asks(string text) => text is List or "移送情况" or "移送清单"
        || (text.Contains("移送", StringComparison.Ordinal) && text.Length <= Listed && (text.Contains("纪委", StringComparison.Ordinal) || text.Contains("监委", StringComparison.Ordinal) || text.Contains("效能", StringComparison.Ordinal)));

    private static async Task Refuse(Chat chat)
    {
        try
        {
            await chat.Look(new TransferList(chat.Visitor));
        }
        catch (RuleBrokenException)
        {
            chat.Tell("移送信息您无权查看，这次查询已经记录。");
        }
    }

    private static async Task Play(Chat chat)
    {
        if (chat.Opening is TakeIn or "复议移送" or "复议线索")
            await FromReconsideration(chat);
        else if (chat.Opening.StartsWith(Outcome, StringComparison.Ordinal))
            await Came(chat);
        else if (Asks(chat.Opening))
            await See(chat);
        else
            await Send(chat);
    }

    private static async Task See(Chat chat)
    {
        var list = await chat.Look(new TransferList(chat.Visitor));
        chat.Say(
            list.Count == 0 ? "移送台账：没有登记。" : $"移送台账（{list.Count}，仅司法局可见）：\n{string.Join('\n', list.Take(Listed).Select(Line))}",
            [Register, TakeIn, .. list.Where(one => one.Outcome is null).Take(1).Select(one => $"{Outcome} {one.Id}")]);
    }

    private static async Task Send(Chat chat)
    {
        var clue = SeeClues.In(chat.Opening) is { } id ? await chat.Look(new ClueDetail(chat.Visitor, id)) : null;
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        if (clue is not null)
            chat.Known("unit", clue.Line.UnitId);
        var unit = await chat.Ask("unit", "移送涉及哪个单位？该单位不会收到任何提示。", said => NamingAUnit.Read(said, units));
        var facts = await chat.Ask("facts", $"{(clue is null ? "" : $"{string.Join('\n', clue.Evidence)}\n")}移送的事实是什么？", Longest);
        var to = Enum.Parse<TransferTo>(await chat.Choose("to", "移送给哪类机关？", [.. Enum.GetValues<TransferTo>().Select(one => new Option(one.ToString(), one.Name()))]));
        var paper = await chat.Ask("paper", "请录移送机关、文号、日期，例如：区纪委监委 2026-11-20 云司函〔2026〕31号。", ReadPaper, takesAnything: true);
        var registered = await chat.Send(new RegisterTransfer(chat.Visitor, new TransferFacts(to, unit, paper.Organ, paper.Document, paper.On, facts) { ClueId = clue?.Line.Id }));
        chat.Say($"已登记移送{registered.TransferId}：{paper.Organ}，{paper.Document}，{ChineseDates.Long(paper.On)}。仅司法局可见。", List);
    }

    private static async Task FromReconsideration(Chat chat)
    {
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        var unit = await chat.Ask("unit", "复议机构移送的线索涉及哪个单位？该单位看不到。", said => NamingAUnit.Read(said, units));
        var facts = await chat.Ask("facts", "线索内容？", Longest);
        var paper = await chat.Ask("paper", "请录移送机构、文号、日期，例如：区行政复议局 2026-11-18 云复移〔2026〕3号。", ReadPaper, takesAnything: true);
        var taken = await chat.Send(new TakeInClue(chat.Visitor, unit, paper.Organ, paper.Document, paper.On, facts));
        chat.Say($"复议机构移送线索1条，已登记为{taken.ClueId}。", $"线索 {taken.ClueId}");
    }

    private static async Task Came(Chat chat)
    {
        var id = Number().Match(chat.Opening) is { Success: true } found ? found.Value : await chat.Ask("which", "哪一件移送？请回复编号，例如YS26-1。", said => Number().Match(said.Text) is { Success: true } named ? named.Value : Read.No<string>("请回复编号，例如YS26-1。"));
        var outcome = await chat.Ask("outcome", "有关机关反馈的处理结果是什么？", Longest);
        var recorded = await chat.Send(new RecordOutcome(chat.Visitor, id, outcome));
        chat.Say($"{recorded.TransferId}的处理结果已登记。", List);
    }

    private static string Line(TransferView one) =>
        $"{one.Id} {one.UnitName}，{ChineseDates.Long(one.On)}移送{one.Organ}（{one.Document}）：{one.Facts}{(one.ClueId is { } clue ? $"（线索{clue}）" : "")}{(one.Outcome is { } outcome ? $"；结果：{outcome}" : "")}";

    private static Read<Paper> ReadPaper(Said said)
    {
        const string example = "请这样写：区纪委监委 2026-11-20 云司函〔2026〕31号。";
        var document = CaseNumbers.Find(said.Text);
        if (document is null)
            return Read.No<Paper>($"还缺文号。{example}");
        var moment = Dates.Of(said.Text, said.ChinaNow, Facing.Past);
        if (moment is null)
            return Read.No<Paper>($"还缺日期。{example}");
        var organ = Organ().Match(said.Text);
        return organ.Success ? new Paper(organ.Value, document, moment.On) : Read.No<Paper>($"还缺机关名称。{example}");
    }

    private sealed record Paper(string Organ, string Document, DateOnly On);

    [GeneratedRegex(@"^[\u4e00-\u9fff]{2,30}")]
    private static partial Regex Organ();

    [GeneratedRegex("(?<![A-Za-z0-9])[Yy][Ss][0-9]{2}-[0-9]{1,6}(?![A-Za-z0-9])")]
    private static partial Regex Number();
}
