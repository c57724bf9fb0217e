using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Knowledge;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Knowledge;

/// <summary>Units send in good cases, the justice bureau reads them and lets everybody find them (S45).</summary>
public static partial class SpreadGoodCases
{
    private const int LongestTitle = 60;
    private const int LongestText = 1_000;
    private const int LongestReason = 200;
    private const int Shown = 9;

    private static readonly Rule SomethingWaits = new("现在没有等着审的案例。", "S45");

    /// <summary>报送案例: a liaison.</summary>
    public static Conversation Offer { get; } = new("OfferACase", "报送案例", "这个案例", PlayOffer)
    {
        Roles = [ActorRole.UnitLiaison],
        Intents = [Understanding.Intents.OfferCase],
        Opens = text => text is "报送案例" or "报案例" or "案例报送",
    };

    /// <summary>案例报送, 采用案例 L26-3, 不采用 L26-3: a supervisor.</summary>
    public static Conversation Review { get; } = new("ReviewCases", "案例报送", "这次审核", PlayReview)
    {
        Roles = [ActorRole.Supervisor],
        Intents = [Understanding.Intents.OfferCase],
        Browsing = ["which", "wish"],
        Opens = text => text is "案例报送" or "审核案例" or "报送案例" || Named().IsMatch(text),
    };

    private static async Task PlayOffer(Chat chat)
    {
        var title = await chat.Ask("title", "案例的标题是什么？一句话说清做了什么、效果怎样。", LongestTitle);
        var text = await chat.Ask("text", "请写经过：发现了什么、怎么做的、有什么效果。不写企业名称，写“某企业”。", LongestText);
        if (!await chat.Review("review", "请看一遍：", [new ReviewItem("title", "标题", title), new ReviewItem("text", "经过", text)], submit: "报送", drop: "不报了"))
        {
            chat.Say("好的，没有报送，内容已清除。");
            return;
        }

        var receipt = await chat.Send(new OfferCase(chat.Visitor, title, text));
        chat.Say($"已报送，编号 {receipt.Number}。{chat.Rules.SupervisionOffice.Name}审核后告诉您结果，采用的企业都能查到。");
    }

    private static async Task PlayReview(Chat chat)
    {
        var offers = await chat.Look(new CasesOffered(chat.Visitor));
        var named = Named().Match(chat.Opening);
        var id = named.Groups["id"].Value.ToUpperInvariant();
        if (id.Length == 0)
        {
            SomethingWaits.Require(offers.Count > 0);
            id = offers.Count == 1 ? offers[0].Id : await chat.Choose("which", $"等着审的案例有{offers.Count}个，先看哪个？", [.. offers.Take(Shown).Select(offer => new Option(offer.Id, $"{offer.Id} {offer.Title}", offer.Id))]);
        }

        // A case that was dealt with while its card lay there is refused with the reason by the command itself.
        var wish = named.Groups["what"].Value switch
        {
            "采用案例" or "采用" => "release",
            "不采用案例" or "不采用" => "decline",
            _ => await chat.Choose("wish", Words(offers.First(offer => offer.Id == id)), new Option("release", "采用", "同意", "可以"), new Option("decline", "不采用", "退回"), new Option("later", "先不审", "以后再说")),
        };
        switch (wish)
        {
            case "release":
                var released = await chat.Send(new ReleaseCase(chat.Visitor, id));
                chat.Say($"已采用“{released.Title}”，现在就能在“查案例”里查到，也会进入每月推送；报送单位已收到结果。", $"看《{released.Title}》");
                break;
            case "decline":
                var declined = await chat.Send(new DeclineCase(chat.Visitor, id, await chat.Ask("reason", "为什么不采用？报送单位会看到这句话。", LongestReason)));
                chat.Say($"已告诉报送单位：“{declined.Title}”没有采用。");
                break;
            default:
                chat.Say("好的，先留着，说“案例报送”可以接着审。");
                break;
        }
    }

    private static string Words(CaseOffer offer) => $"{offer.Id}（{offer.Number}），{offer.UnitName}{ChineseDates.Short(offer.On)}报送：\n{offer.Title}\n{offer.Text}";

    [GeneratedRegex("^(?<what>采用案例|采用|不采用案例|不采用)\\s*(?<id>[Ll][0-9]{2}-[0-9]{1,6})$")]
    private static partial Regex Named();
}
