using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Drawing;
using Bot.Domain.Inspections;
using Bot.Domain.Plans;

namespace Bot.Dialogs.Drawing;

/// <summary>双随机抽取: which list, what share, what it would come to, then the draw with its seed and hashes (D10–D12, D21, W07).</summary>
public static class DrawAtRandom
{
    private const int Most = 10;
    private const int LongestReason = 300;

    public static Conversation Conversation { get; } = new("DrawAtRandom", "双随机抽取", "这次抽取", Play)
    {
        Roles = [ActorRole.UnitLiaison, ActorRole.UnitLeader],
        Opens = text => text is "双随机抽取" or "双随机" or "随机抽取" or "抽取检查对象" or "专项抽取" or "专项双随机抽取",
    };

    private static async Task Play(Chat chat)
    {
        var type = chat.Opening.Contains("专项", StringComparison.Ordinal) ? InspectionType.Special : InspectionType.Daily;
        var objects = await chat.Ask("objects", "从哪些对象里抽？说“全部”、镇街（如“青榆镇”）或行业（如“餐饮”）。", 50, "全部");
        var ratio = await chat.Ask("ratio", "抽查比例是多少？例如5%。", said => Percent.Read(said.Text) is { } share ? share : Read.No<decimal>("请写百分数，例如5%，大于0、不超过100%。"));
        var outlook = await chat.Look(new OutlookOfDraw(chat.Visitor, objects, ratio));
        chat.Say(Outlook(outlook));
        var wish = new DrawWish(objects, ratio, type, "");
        if (outlook.AtCap.Count > 0)
            wish = await AskAboutCapped(chat, outlook, wish);
        var seed = await chat.Ask(
            "seed",
            "公开种子用什么？请用事先没有人能决定的数字，例如当天福利彩票的开奖号码，任何人都能用它重算出同样的结果。",
            said => said.ForPeople.Trim() is { Length: >= 6 and <= 100 } given ? given : Read.No<string>("种子请用6到100个字，例如“双色球2026135期03091117222801”。"),
            takesAnything: true);
        if (!await chat.Confirm("draw", $"确认按{ratio:0.##}%从“{objects}”抽取吗？抽取后不能重来。", "抽取", "不抽"))
        {
            chat.Say("好的，没有抽取。");
            return;
        }

        Tell(chat, await chat.Send(new MakeDraw(chat.Visitor, wish with { Seed = seed })));
    }

    private static async Task<DrawWish> AskAboutCapped(Chat chat, DrawOutlook outlook, DrawWish wish)
    {
        var names = string.Join('、', outlook.AtCap.Take(3)) + (outlook.AtCap.Count > 3 ? "等" : "");
        var choice = await chat.Choose(
            "capped",
            $"注意：{names}{outlook.AtCap.Count}家再检查一次就超过年度上限。",
            new Option("leaveOut", "不抽这些企业", "不抽"),
            new Option("keep", "仍然抽，写明理由", "仍然抽"));
        return choice == "leaveOut" ? wish : wish with { LeaveOutCapped = false, OverCapReason = await chat.Ask("why", "请写明理由，会记入抽取记录。", LongestReason) };
    }

    private static string Outlook(DrawOutlook outlook)
    {
        var weights = outlook.Raised + outlook.Lowered == 0 ? "权重都相同" : $"权重上调{outlook.Raised}家、下调{outlook.Lowered}家，如{string.Join('；', outlook.Examples)}";
        return $"名单{outlook.ListSize}家，将抽{outlook.Drawn}家；加上已有的，预计本年度平均每家现场检查{outlook.ExpectedVisits:0.##}次。{weights}。";
    }

    private static void Tell(Chat chat, DrawReceipt receipt)
    {
        var drawn = string.Join('\n', receipt.Drawn.Take(Most).Select((line, i) => $"{i + 1}. {line.Enterprise}：{line.Inspectors}"));
        var more = receipt.Drawn.Count > Most ? $"\n……共{receipt.Drawn.Count}家" : "";
        var redraws = receipt.Redraws.Count == 0 ? "" : $"\n回避重抽：{string.Join('；', receipt.Redraws.Take(Most))}。";
        chat.Say(
            $"已抽取，{receipt.Number}，从{receipt.ListSize}家中抽中{receipt.Drawn.Count}家：\n{drawn}{more}{redraws}\n种子：{receipt.Seed}\n对象名单SHA-256：{receipt.ObjectsHash}\n人员名单SHA-256：{receipt.InspectorsHash}\n请按名单登记任务，不在名单里的对象登记时要说明来源。",
            $"抽取结果 {receipt.DrawId}");
    }
}

/// <summary>The record of a draw, and an inspector's word where he must step back (D10).</summary>
public static class LookAtDraw
{
    private const string Result = "抽取结果 ";
    private const int Most = 20;

    public static Conversation Conversation { get; } = new("LookAtDraw", "抽取结果", "这次查看", Play)
    {
        Roles = [ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Inspector, ActorRole.Supervisor],
        Opens = text => text.StartsWith(Result, StringComparison.Ordinal) && text.Length > Result.Length,
    };

    private static async Task Play(Chat chat)
    {
        var draw = await chat.Look(new DrawDetail(chat.Visitor, chat.Opening[Result.Length..].Trim()));
        var drawn = string.Join('\n', draw.Drawn.Take(Most).Select((line, i) => $"{i + 1}. {line.Enterprise}：{line.Inspectors}{(line.WeightReason.Length > 0 ? $"（{line.WeightReason}）" : "")}"));
        var redraws = draw.Redraws.Count == 0 ? "" : $"\n回避重抽：{string.Join('；', draw.Redraws)}。";
        chat.Say($"{draw.Number}，{(draw.Type == InspectionType.Special ? "专项" : "日常")}，从“{draw.Objects}”{draw.ListSize}家中按{draw.Ratio:0.##}%抽中{draw.Drawn.Count}家：\n{drawn}{redraws}\n种子：{draw.Seed}\n对象名单SHA-256：{draw.ObjectsHash}\n人员名单SHA-256：{draw.InspectorsHash}\n按种子和名单重算，结果{(draw.Repeated ? "一致" : "不一致，请报告司法局")}。");
    }
}
