using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Guidance;
using Bot.Domain.Commands;
using Bot.Domain.Knowledge;

namespace Bot.Dialogs.Knowledge;

/// <summary>
/// 合规指引、常见问题、查案例: the library answers, each time with its source (S18, W26, W29). What it does not have is said plainly and becomes a question to
/// a unit by one tap.
/// </summary>
public static partial class FindKnowledge
{
    private const int LongestWords = 200;
    private const int TradesShown = 9;
    private const int CasesShown = 2;
    private const int ProblemsShown = 5;

    public static Conversation Conversation { get; } = new("FindKnowledge", "合规指引", "这次查找", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor],
        Intents = [Understanding.Intents.FindKnowledge],
        Browsing = ["trade", "words", "next"],
        Opens = text => Read(text) is not null,
    };

    /// <summary>For those who have no name here: what they look for may become an anonymous question, so nothing of it stays (W28).</summary>
    public static Conversation WithoutName { get; } = Conversation with
    {
        Id = "FindKnowledgeWithoutName",
        Roles = [ActorRole.Public, ActorRole.LegalObserver],
        Fleeting = true,
    };

    private static async Task Play(Chat chat)
    {
        var wish = Read(chat.Opening) ?? new Wish(KindOf(chat.Opening), chat.Opening);
        if (wish.Title is { } title && await chat.Look(new KnowledgeByTitle(chat.Visitor, title)) is { } named)
            chat.Say(KnowledgeWords.Whole(named), Further(chat, named.Kind));
        else if (KnowledgeTerms.OfQuery(wish.Words).Count > 0)
            await Search(chat, wish.Kind, wish.Words);
        else
            await OfTrade(chat, wish.Kind);
    }

    /// <summary>The guide of one's own trade, not the whole list.</summary>
    private static async Task OfTrade(Chat chat, KnowledgeKind kind)
    {
        var found = await chat.Look(new KnowledgeOfTrade(chat.Visitor, kind) { Most = ProblemsShown });
        if (found.Trades.Count + found.ForAll.Count == 0)
        {
            Nothing(chat, kind);
            return;
        }

        if (found.Trade is null && found.Trades.Count > 0)
        {
            var said = await chat.Ask(
                "trade",
                kind == KnowledgeKind.Case ? "想看哪一行、哪方面的案例？可以说行业，也可以说“粉尘”“健康证”这样的词。" : "您是做哪一行的？可以说行业，也可以直接说想查的事，比如“灭火器”“劳动合同”。",
                LongestWords,
                [.. found.Trades.Take(TradesShown)]);
            var trade = found.Trades.FirstOrDefault(one => said.Contains(one, StringComparison.Ordinal));
            if (trade is null)
            {
                await Search(chat, kind, said);
                return;
            }

            found = await chat.Look(new KnowledgeOfTrade(chat.Visitor, kind, trade) { Most = ProblemsShown });
        }

        Tell(chat, kind, found);
    }

    private static void Tell(Chat chat, KnowledgeKind kind, TradeKnowledge found)
    {
        var trade = found.Trade is { } named ? $"{named}行业" : "各行业";
        switch (kind)
        {
            case KnowledgeKind.FrequentProblem:
                var five = found.Own.Concat(found.ForAll).Take(ProblemsShown).ToList();
                chat.Say($"{trade}常见的{five.Count}个问题和做法：\n{string.Join('\n', five.Select((entry, i) => $"{i + 1}. {KnowledgeWords.Line(entry)}"))}", Further(chat, kind));
                break;
            case KnowledgeKind.Case when found.Own.Count > 0:
                chat.Say($"{trade}的案例：\n{string.Join('\n', found.Own.Take(CasesShown).Select(KnowledgeWords.Whole))}", [.. KnowledgeWords.Others(found.Own.Skip(CasesShown)), .. Further(chat, kind)]);
                break;
            default:
                var own = found.Own.Count > 0;
                var shown = own ? found.Own : found.ForAll;
                chat.Say(
                    shown.Count == 0 ? $"还没有{trade}的{kind.Name()}。" : $"{(own || found.Trade is null ? "" : $"还没有{trade}专门的{kind.Name()}，先看通用的：\n")}{KnowledgeWords.Whole(shown[0])}",
                    [.. KnowledgeWords.Others(shown.Skip(1)), .. Further(chat, kind)]);
                break;
        }
    }

    private static async Task Search(Chat chat, KnowledgeKind kind, string words)
    {
        while (true)
        {
            var found = await chat.Look(new SearchKnowledge(chat.Visitor, words, KindsOf(kind)) { Most = kind == KnowledgeKind.Case ? CasesShown : 3 });
            if (found.Count > 0)
            {
                var whole = kind == KnowledgeKind.Case ? found : found.Take(1);
                chat.Say(string.Join('\n', whole.Select(KnowledgeWords.Whole)), [.. KnowledgeWords.Others(kind == KnowledgeKind.Case ? [] : found.Skip(1)), .. Further(chat, kind)]);
                return;
            }

            var elsewhere = KindsOf(kind).Length > 0 ? await chat.Look(new SearchKnowledge(chat.Visitor, words, []) { Most = 3 }) : [];
            if (elsewhere.Count > 0)
            {
                chat.Say($"{kind.Name()}里没有关于“{words}”的，在{elsewhere[0].Kind.Name()}里找到：\n{KnowledgeWords.Whole(elsewhere[0])}", [.. KnowledgeWords.Others(elsewhere.Skip(1)), .. Further(chat, kind)]);
                return;
            }

            if (chat.Visitor.IsOfficial)
            {
                chat.Say($"资料库里没有找到关于“{words}”的内容，可以换个说法再查。", Further(chat, kind));
                return;
            }

            var next = await chat.Choose(
                "next",
                $"资料库里没有找到关于“{words}”的内容。要请管这件事的单位答复吗？{chat.Rules.GuidanceReply.Period}内有答复{(chat.Visitor.Role == ActorRole.EnterpriseUser ? "" : "，不留您的身份，凭查询码看")}。",
                new Option("ask", "请单位答复", "要", "好", "好的", "是", "可以"),
                new Option("again", "换个说法", "再查"),
                new Option("no", "不用了", "不要", "不用", "否", "算了"));
            if (next == "ask")
            {
                await (chat.Visitor.Role == ActorRole.EnterpriseUser ? AskForGuidance.About(chat, words) : AskAnonymously.About(chat, words));
                return;
            }

            if (next == "no")
            {
                chat.Say("好的，需要时随时叫我。");
                return;
            }

            words = await chat.Ask("words", "换哪个说法？说一两个关键的词就行。", LongestWords);
        }
    }

    private static void Nothing(Chat chat, KnowledgeKind kind) => chat.Say(
        $"这里还没有放{kind.Name()}。每次检查要对照的标准和自查清单，写在它的检查预告里。拿不准怎么做的，可以问管这件事的单位，{chat.Rules.GuidanceReply.Period}内答复。",
        chat.Visitor.Role switch
        {
            ActorRole.EnterpriseUser => ["检查预告", "申请行政指导", "匿名咨询"],
            ActorRole.Public or ActorRole.LegalObserver => ["匿名咨询"],
            _ => [],
        });

    private static KnowledgeKind[] KindsOf(KnowledgeKind kind) => kind switch
    {
        KnowledgeKind.Case => [KnowledgeKind.Case],
        KnowledgeKind.FrequentProblem => [KnowledgeKind.FrequentProblem, KnowledgeKind.Question, KnowledgeKind.Leniency],
        _ => [],
    };

    private static string[] Further(Chat chat, KnowledgeKind kind)
    {
        string[] doors = ["合规指引", "常见问题", "查案例"];
        var others = doors.Where(door => Read(door)!.Kind != kind);
        return chat.Visitor.Role switch
        {
            ActorRole.EnterpriseUser => [.. others, "申请行政指导"],
            ActorRole.Public or ActorRole.LegalObserver => [.. others, "匿名咨询"],
            _ => [.. others],
        };
    }

    /// <summary>What is wished for, by the shape of the words alone; null when they are about something else.</summary>
    private static Wish? Read(string text)
    {
        if (Named().Match(text) is { Success: true } named)
            return new Wish(KnowledgeKind.Guide, named.Groups[1].Value) { Title = named.Groups[1].Value };
        if (Door().Match(text) is { Success: true } door)
            return new Wish(KindOf(door.Groups[1].Value), door.Groups[2].Value.Trim());
        return Asked().Match(text) is { Success: true } asked ? new Wish(KindOf(asked.Groups["kind"].Value), asked.Groups["about"].Value.Trim()) : null;
    }

    private static KnowledgeKind KindOf(string word) => word switch
    {
        _ when word.Contains("案例", StringComparison.Ordinal) => KnowledgeKind.Case,
        _ when word.Contains("问题", StringComparison.Ordinal) => KnowledgeKind.FrequentProblem,
        _ => KnowledgeKind.Guide,
    };

    [GeneratedRegex("^看《([^》]{1,60})》$")]
    private static partial Regex Named();

    /// <summary>查案例 粉尘</summary>
    [GeneratedRegex("^(合规指引|查指引|看指引|查资料|查案例|典型案例|看案例|案例库|常见问题|高频问题)(?:$|[ :：，,]+(.{1,200})$)")]
    private static partial Regex Door();

    /// <summary>有没有指引, 我们行业常见问题, 有没有粉尘的案例</summary>
    [GeneratedRegex("^(?:请问|想问|我们|我|想|看看|有没有|有什么|有哪些|找|查|本|这个|关于)*(?<about>[^我们行业]{0,12}?)(?:方面|相关)?的?(?:我们|本)?(?:行业|这行|这一行)?的?(?<kind>合规指引|指引|典型案例|案例|常见问题|高频问题|容易出的问题)(?:吗|呢|么|有吗|有哪些|是什么)?[?？]?$")]
    private static partial Regex Asked();

    private sealed record Wish(KnowledgeKind Kind, string Words)
    {
        /// <summary>An entry that was named.</summary>
        public string? Title { get; init; }
    }
}
