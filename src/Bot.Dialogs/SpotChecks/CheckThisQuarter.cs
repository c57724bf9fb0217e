using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Guidance;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.SpotChecks;

namespace Bot.Dialogs.SpotChecks;

/// <summary>C27: at least a tenth of the units each quarter, drawn or named, by which means, and what was found (S03, S04).</summary>
public static partial class CheckThisQuarter
{
    private const string Word = "季度抽查";
    private const string Replace = "更换抽查";
    private const string Close = "办结抽查";
    private const int Longest = 2000;
    private const int LongestReason = 500;

    private static readonly SpotCheckMeans[] AllMeans = Enum.GetValues<SpotCheckMeans>();

    public static Conversation Conversation { get; } = new("CheckThisQuarter", Word, "这次抽查", Play)
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text is "抽查" or "抽查单位" || text.Contains(Word, StringComparison.Ordinal) || Number().IsMatch(text)
            || (text.Contains("季度", StringComparison.Ordinal) && text.Contains("抽查", StringComparison.Ordinal)),
        Browsing = ["wish"],
        TakesEvidence = true,
    };

    private static async Task Play(Chat chat)
    {
        if (Number().Match(chat.Opening) is { Success: true } named)
        {
            await About(chat, named.Value.ToUpperInvariant());
            return;
        }

        var view = await chat.Look(new QuarterOfSpotChecks(chat.Visitor));
        var live = view.Checks.Where(check => check.State != SpotCheckState.Replaced).ToList();
        var wish = await chat.Choose(
            "wish",
            Standing(view, live),
            [
                new("random", "随机抽取", "随机"),
                new("named", "指定单位", "指定"),
                new("both", "随机加指定"),
                .. live.Count > 0 ? [new Option("list", "看本季度抽查", "看清单", "哪几家")] : Array.Empty<Option>(),
            ]);
        if (wish == "list")
        {
            chat.Say(
                string.Join('\n', live.Select(Line)),
                [.. live.Where(check => check.State == SpotCheckState.Open).Take(2).SelectMany(check => new[] { $"{Close} {check.Id}", $"{Replace} {check.Id}" })]);
            return;
        }

        await Draw(chat, view, live, wish);
    }

    private static async Task Draw(Chat chat, QuarterView view, List<SpotCheckLine> live, string wish)
    {
        var count = wish == "named" ? 0 : await chat.Ask("count", $"随机抽几个？可抽{view.Others.Count}个，还差{Math.Max(0, view.Needed - live.Count)}个到下限。", said => ReadCount(said, view.Others.Count));
        IReadOnlyList<string> chosen = wish == "random" ? [] : await Named(chat, view);
        var means = await chat.Ask("means", $"抽查方式？可以多选。\n{string.Join(' ', AllMeans.Select((one, i) => $"[{i + 1}]{one.Name()}"))}", ReadMeans, false, [.. AllMeans.Select(one => one.Name())]);
        var drawn = await chat.Send(new DrawSpotChecks(chat.Visitor, count, chosen, means));
        var seed = drawn.Seed is null ? "" : $"\n种子：{drawn.Seed}\n单位名单SHA-256：{drawn.ListHash}（任何人可以重算）";
        chat.Say(
            $"本季度抽查已生成{drawn.Checks.Count}项：\n{string.Join('\n', drawn.Checks.Select(Line))}{seed}\n已通知这些单位准备材料，{ChineseDates.Short(view.Quarter.To)}前完成；提前30天、10天提醒您。要换单位说“{Replace}”加编号。",
            $"{Replace} {drawn.Checks[0].Id}",
            $"{Close} {drawn.Checks[0].Id}");
    }

    private static async Task<IReadOnlyList<string>> Named(Chat chat, QuarterView view)
    {
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        var unit = await chat.Ask("unit", "指定哪个单位？", said => NamingAUnit.Read(said, [.. units.Where(unit => view.Others.Any(other => other.Key == unit.Id))]));
        return [unit];
    }

    private static async Task About(Chat chat, string id)
    {
        var view = await chat.Look(new QuarterOfSpotChecks(chat.Visitor));
        var check = view.Checks.FirstOrDefault(one => one.Id == id);
        if (check is not { State: SpotCheckState.Open })
        {
            chat.Tell(check is null ? "没有找到本季度的这项抽查。说“季度抽查”可以看到清单。" : $"{Line(check)}。");
            return;
        }

        if (chat.Opening.StartsWith(Replace, StringComparison.Ordinal))
        {
            var because = await chat.Ask("because", $"{Line(check)}。更换须写理由并留痕，为什么换？", LongestReason);
            var replaced = await chat.Send(new ReplaceSpotCheck(chat.Visitor, id, because));
            chat.Say($"理由已留痕，按抽取次序更换为{replaced.By.UnitName}（{replaced.By.Id}），两家都已通知。", $"{Close} {replaced.By.Id}");
            return;
        }

        var means = check.Means.Count > 0 ? check.Means : await chat.Ask("means", $"{Line(check)}。用的什么方式？可以多选。\n{string.Join(' ', AllMeans.Select((one, i) => $"[{i + 1}]{one.Name()}"))}", ReadMeans, false, [.. AllMeans.Select(one => one.Name())]);
        var findings = await chat.Ask("findings", $"{check.UnitName}：抽查情况怎么样？看了什么、发现什么，都写上。", Longest);
        var problems = await chat.Choose("problems", "发现问题了吗？发现问题的会形成监督线索。", new Option("yes", "发现问题", "有问题", "有"), new Option("no", "没有发现问题", "没有问题", "没有"));
        var more = await chat.AskForMore("files", "有记录表或照片吗？没有可回复“没有”。");
        var closed = await chat.Send(new CloseSpotCheck(chat.Visitor, id, means, more.Text.Length == 0 ? findings : $"{findings}\n{more.Text}", problems == "yes", [.. more.Files.Select(file => file.Id)]));
        chat.Say(
            $"{id}已办结，本季度办结{closed.Closed}个，下限{closed.Needed}个{(closed.Closed >= closed.Needed ? "，已达到" : "")}。{(closed.ClueId is { } clue ? $"已形成线索{clue}。" : "")}",
            closed.ClueId is { } found ? $"线索 {found}" : Word);
    }

    private static string Standing(QuarterView view, List<SpotCheckLine> live) =>
        $"{view.Quarter.Name}：{view.Units}个执法单位，不低于{view.Percent}%，应抽不少于{view.Needed}个，已抽{live.Count}个、办结{live.Count(check => check.State == SpotCheckState.Closed)}个，{ChineseDates.Short(view.Quarter.To)}前完成。用随机抽取吗？";

    private static string Line(SpotCheckLine check) =>
        $"{check.Id} {check.UnitName}，{(check.Means.Count > 0 ? string.Join('、', check.Means.Select(one => one.Name())) : "方式未定")}，{check.State switch { SpotCheckState.Open => "待办", SpotCheckState.Closed => $"已办结：{check.Findings}", _ => "已更换" }}";

    private static Read<int> ReadCount(Said said, int most)
    {
        var count = Numbers.Choice(said.Text.TrimEnd('个', '家').Replace("抽", "", StringComparison.Ordinal), most);
        return count is { } number ? number : Read.No<int>($"请回复1到{most}的数字，例如“抽3个”。");
    }

    private static Read<IReadOnlyList<SpotCheckMeans>> ReadMeans(Said said)
    {
        if (Numbers.Choices(said.Text, AllMeans.Length) is { } numbers)
            return new(true, [.. numbers.Select(number => AllMeans[number - 1])], null);
        (string Word, SpotCheckMeans Means)[] words = [("资料", SpotCheckMeans.Materials), ("材料", SpotCheckMeans.Materials), ("实地", SpotCheckMeans.OnSite), ("现场", SpotCheckMeans.OnSite), ("案卷", SpotCheckMeans.CaseReview)];
        var meant = words.Where(word => said.Text.Contains(word.Word, StringComparison.Ordinal)).Select(word => word.Means).Distinct().ToList();
        return meant.Count > 0 ? new(true, meant, null) : Read.No<IReadOnlyList<SpotCheckMeans>>("请选方式，例如“1和3”，或说“查资料和看案卷”。");
    }

    [GeneratedRegex("(?<![A-Za-z0-9])[Qq][0-9]{2}-[0-9]{1,4}(?![A-Za-z0-9])")]
    private static partial Regex Number();
}
