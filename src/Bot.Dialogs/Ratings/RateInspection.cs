using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.People;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Ratings;

namespace Bot.Dialogs.Ratings;

/// <summary>C5: one to five points for a finished inspection of one's own enterprise, with words if one likes; may be changed for some days.</summary>
public static partial class RateInspection
{
    public static Conversation Conversation { get; } = new("RateInspection", "评价检查", "这次评价", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Intents = [Intents.RateInspection],
        Fleeting = true,
        Browsing = ["inspection"],
        Opens = text => text == "评价检查" || ByTask().IsMatch(text) || (ScoreFirst().IsMatch(text) && Numbers.ScoreAndComment(text) is not null),
    };

    private static async Task Play(Chat chat)
    {
        if (await WithoutEnterprise.Tell(chat, "绑定企业后才能评价检查。"))
            return;
        var inspections = await chat.Look(new InspectionsToRate(chat.Visitor));
        if (inspections.Count == 0)
        {
            chat.Say("贵单位现在没有可以评价的检查。检查结束后我会请您评价。", "意见反馈", "投诉检查行为");
            return;
        }

        var inspection = await Pick(chat, inspections);
        var given = Numbers.ScoreAndComment(ByTask().Replace(chat.Opening, "").Trim()) is var (points, comment)
            ? new Rating(points, comment)
            : await chat.Ask("rating", Invitation(inspection), ReadRating, takesAnything: false, "5分", "4分", "3分", "2分", "1分");
        await Submit(chat, inspection, given);
    }

    private static async Task<InspectionToRate> Pick(Chat chat, IReadOnlyList<InspectionToRate> inspections)
    {
        var named = ByTask().Match(chat.Opening).Groups["id"].Value;
        if (inspections.FirstOrDefault(one => string.Equals(one.TaskId, named, StringComparison.OrdinalIgnoreCase)) is { } meant)
            return meant;
        if (named.Length > 0)
            chat.Say($"没有可以由您评价的检查 {named}：只能评价到本企业、已经完成的检查。");
        var unrated = inspections.Where(one => one.Score is null).ToList();
        if (unrated.Count == 1)
            return unrated[0];
        if (inspections.Count == 1)
            return inspections[0];
        var id = await chat.Choose(
            "inspection",
            "要评价哪一次检查？",
            [.. inspections.Take(5).Select(one => new Option(one.TaskId, $"{ChineseDates.Short(one.CompletedOn)}，{one.UnitName}{(one.Score is { } score ? $"（已评{score}分，可改）" : "")}"))]);
        return inspections.First(one => one.TaskId == id);
    }

    private static async Task Submit(Chat chat, InspectionToRate inspection, Rating rating)
    {
        var days = chat.Rules.RatingChangeable.Period.Amount;
        var lead = inspection.Score is { } before ? $"{ChineseDates.Short(inspection.CompletedOn)}的检查您评过{before}分，改为" : "收到";
        var left = inspection.Named ? "评价里就不再有您的名字，但您实名评过这次检查的操作记录还在" : "评价里没有您的名字，只看得出是哪次检查、哪家企业";
        while (true)
        {
            var words = rating.Comment.Length > 0 ? $"，“{rating.Comment}”" : "";
            var decision = await chat.Ask(
                "submit",
                $"{lead}：{rating.Score}分{words}。提交吗？{days}天内可以修改。想连司法局也看不到您的名字，请回复“匿名提交”：{left}。",
                ReadDecision,
                takesAnything: false,
                "提交",
                "匿名提交",
                "不提交");
            if (decision.Change is { } change)
            {
                (lead, rating) = ("改为", new Rating(change.Score ?? rating.Score, change.Comment ?? rating.Comment));
                continue;
            }

            if (!decision.Submit)
            {
                chat.Say("好的，没有提交。想评的时候再说“评价检查”。");
                return;
            }

            var receipt = await chat.Send(new Bot.Domain.Ratings.RateInspection(chat.Visitor, inspection.TaskId, rating.Score, rating.Comment, decision.Anonymous));
            var thanks = rating.Score <= 2 ? "已提交，谢谢，让您受累了。检查有不规范的地方，可以回复“投诉”。" : "已提交，谢谢。";
            chat.Say($"{thanks}{ChineseDates.Short(receipt.ChangeableUntil)}前还可以修改，检查单位看不到是谁评的。");
            return;
        }
    }

    private static string Invitation(InspectionToRate inspection)
    {
        var result = inspection.Result is { } found ? $"，结果：{found}" : "";
        return $"{ChineseDates.Short(inspection.CompletedOn)}{inspection.UnitName}到贵单位的检查已结束{result}。请您评价：1—5分，也可以写几句。您的评价检查单位看不到是谁写的。";
    }

    private static Read<Rating> ReadRating(Said said) =>
        Numbers.ScoreAndComment(said.Text) is var (score, comment) ? new Rating(score, comment) : Read.No<Rating>("请给1到5分，例如“5分，一次看完挺好”。");

    private static Read<Decision> ReadDecision(Said said)
    {
        var text = said.Text;
        if (text is "匿名" or "匿名提交")
            return new Decision(true, true, null);
        if (text == "提交")
            return new Decision(true, false, null);
        if (text is "不提交" or "先不提交")
            return new Decision(false, false, null);
        if (Numbers.Choice(text, Feedback.Highest) is null && Numbers.ScoreAndComment(text) is var (score, comment))
            return new Decision(false, false, new Correction(score, Waiting().IsMatch(comment) ? null : comment));
        if (NewWords().Match(text) is { Success: true } words)
            return new Decision(false, false, new Correction(null, words.Groups["words"].Value));
        return YesNo.Of(text) is { } yes
            ? new Decision(yes, false, null)
            : Read.No<Decision>("回复“提交”就好；要改请说“改成4分”，或“评语改成……”。");
    }

    private sealed record Rating(int Score, string Comment);

    private sealed record Correction(int? Score, string? Comment);

    private sealed record Decision(bool Submit, bool Anonymous, Correction? Change);

    [GeneratedRegex(@"^评价\s*(?<id>[A-Za-z][0-9A-Za-z-]*\d)")]
    private static partial Regex ByTask();

    [GeneratedRegex(@"^(?:[1-5一二三四五]\s*[分星颗]|满分)")]
    private static partial Regex ScoreFirst();

    /// <summary>What is left of "等一下 改成4分" beside the score says nothing about the inspection.</summary>
    [GeneratedRegex(@"^(?:等一下|等等|不对|还是|我想|帮我|请|要|改成|改为|改|给|吧|了|[\s,，。])*$")]
    private static partial Regex Waiting();

    [GeneratedRegex(@"^(?:评语|评价|文字|话)(?:改成|改为|写)[:：]?\s*(?<words>.+)$")]
    private static partial Regex NewWords();
}
