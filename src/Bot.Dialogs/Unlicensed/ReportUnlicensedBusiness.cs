using Bot.Dialogs.Complaints;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.HumanHelp;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.Unlicensed;

namespace Bot.Dialogs.Unlicensed;

/// <summary>D22: somebody reports a business without licence. Where it is and what goes on there; no credit code, no name of anybody.</summary>
public static class ReportUnlicensedBusiness
{
    private const int LongestStory = 2000;
    private const int LongestPlace = 200;
    private const int Listed = 9;

    private static readonly string[] DontKnow = ["不清楚", "不知道", "不确定", "说不准", "不晓得"];

    public static Conversation Conversation { get; } = new("ReportUnlicensedBusiness", "举报无证经营", "这次举报", chat => About(chat, UnlicensedTalk.Story(chat.Opening), null))
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver],
        Intents = [Intents.ReportUnlicensed],
        Opens = text => text is "举报无证经营" or "举报无照经营" or "举报无证无照经营" or "无证经营" or "无照经营" or "无证无照经营",
        Fleeting = true,
        TakesEvidence = true,
    };

    /// <summary>Inside another conversation the story turned out to be about a business without licence. False: that one goes on.</summary>
    internal static async Task<bool> IsMeant(Chat chat) =>
        await chat.Choose(
            "unlicensed",
            "听起来是有人没有证照在经营。这类事由所在镇街按《无证无照经营查处办法》核实。转过去办吗？",
            new Option("yes", "转过去办", "转", "是", "是的", "好", "好的", "可以"),
            new Option("no", "不是这个意思", "不是", "不转", "不")) == "yes";

    /// <summary>How far a report is, for who made it.</summary>
    internal static string Standing(UnlicensedProgress report)
    {
        var head = $"您{ChineseDates.Short(report.ReceivedOn)}举报的无证经营（{report.Number}）";
        if (report.Answer is { } answer)
            return $"{head}，{report.TownName}已核实：{answer}对结果有不同意见，可以拨打12345反映。";
        var moved = report.MovedBecause is { } reason ? $"已转{report.TownName}（{reason}）" : $"由{report.TownName}核实";
        var due = ChineseDates.WithWeekday(report.DueOn!.Value);
        return $"{head}{moved}，{(report.Late ? $"应于{due}告诉您结果，已经超期，对不起，正在催办" : $"最迟{due}告诉您结果")}。";
    }

    internal static async Task About(Chat chat, string? told, bool? decided)
    {
        var towns = await chat.Look(new TownsOfDistrict(chat.Visitor));
        if (towns.Count == 0)
        {
            chat.Say("现在还没有镇街在这里办理无证经营举报。请拨打12345或12315举报。", "菜单");
            return;
        }

        chat.Say("谢谢您反映，不用提供名称和信用代码。在政府指定的场所和时间卖农副产品、日常生活用品，或者凭手艺做便民劳务的，依法不算无证无照经营。");
        var anonymous = decided ?? (FileComplaint.AsksToBeAnonymous(chat.Opening) || await chat.Choose(
            "identity",
            "这次举报您希望：",
            new Option("named", "实名（结果发给您，您的身份保密）", "实名", "留联系方式", "署名"),
            new Option("anonymous", "匿名（用查询码看结果）", "匿名", "不留名", "不想留名", "不留")) == "anonymous");
        if (told is not null && Town(told, towns) is { Id: { } known })
            chat.Known("town", known);
        var town = await chat.Ask("town", $"在哪个镇或街道？{Choices(towns)}", said => ReadTown(said, towns), takesAnything: false, [.. towns.Take(Listed).Select(Short)]);
        var place = await chat.Ask("place", "具体在什么位置？路名、门牌、附近的标志都行。", LongestPlace);
        var story = told ?? await chat.Ask("story", "是什么情况？比如卖什么、做什么，大概多久了。", LongestStory);
        var more = await chat.AskForMore("more", "可以再补充，也可以发照片。没有就回复“没有”。");
        var contact = await FileComplaint.AskWho(chat, anonymous);
        var text = more.Text.Length == 0 ? story : $"{story}\n{more.Text}";
        var submit = await chat.Review(
            "review",
            FileComplaint.Kept(anonymous),
            [
                new ReviewItem("town", "镇街", towns.FirstOrDefault(one => one.Id == town)?.Name ?? ""),
                new ReviewItem("place", "位置", place),
                new ReviewItem(told is null ? "story" : "more", "情况", text + (more.Files.Count > 0 ? $"（照片{more.Files.Count}张）" : "")),
            ]);
        if (!submit)
        {
            chat.Say("好的，没有提交，内容已清除。需要时随时叫我。");
            return;
        }

        var receipt = await chat.Send(new ReportUnlicensed(chat.Visitor, town, place, text, [.. more.Files.Select(file => file.Id)], anonymous, contact?.Name, contact?.Phone));
        var due = $"最迟{ChineseDates.Due(receipt.DueOn, receipt.Provisional)}";
        chat.Say(receipt.Code is { } code
            ? $"已转{receipt.TownName}核实，{receipt.Limit}内有结果，{due}。查询码 {code}，请保存，只有凭它能看到结果。为保护您，除提交日期外，没有保存能看出您是谁的信息。{AtNight.Note(chat)}"
            : $"已登记，编号 {receipt.Number}，已转{receipt.TownName}核实，{receipt.Limit}内告诉您结果，{due}。您的身份保密。{AtNight.Note(chat)}");
    }

    internal static string Short(UnitChoice town) =>
        town.Name.Replace("人民政府", "", StringComparison.Ordinal).Replace("街道办事处", "街道", StringComparison.Ordinal);

    /// <summary>The towns as numbered choices; where there are too many of them the name is asked for.</summary>
    internal static string Choices(IReadOnlyList<UnitChoice> towns) =>
        towns.Count > Listed ? "请说镇街的名称。" : $"\n{string.Join(' ', towns.Select((town, i) => $"[{i + 1}]{Short(town)}"))}";

    internal static Read<string> ReadTown(Said said, IReadOnlyList<UnitChoice> towns)
    {
        if (towns.Count <= Listed && Numbers.Choice(said.Text, towns.Count) is { } number)
            return towns[number - 1].Id;
        if (Town(said.Text, towns) is { } match)
        {
            return match.Id is { } id
                ? id
                : Read.No<string>($"可能是{string.Join("，也可能是", match.Ids.Take(3).Select(one => Short(towns.First(town => town.Id == one))))}。请说全一点。");
        }

        return Read.No<string>(DontKnow.Any(word => said.Text.Contains(word, StringComparison.Ordinal))
            ? $"可以看附近的路牌、门牌或手机地图上写的镇街。{Choices(towns)}\n实在不清楚，请拨打12345说明位置。"
            : $"没认出是哪个镇街。{Choices(towns)}");
    }

    private static UnitMatch? Town(string text, IReadOnlyList<UnitChoice> towns) => PeopleAndUnits.Unit(text, [.. towns.Select(town => (town.Id, town.Name, ""))]);
}
