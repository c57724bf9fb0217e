using Bot.Dialogs.Conversations;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.Progress;

namespace Bot.Dialogs.Guidance;

/// <summary>N3: the enterprise says whether an answer helped, or asks once more.</summary>
public static class ReactToAnswer
{
    private const int LongestQuestion = 1000;
    private const int LongestBareWord = 6;

    private static readonly (string Word, string Wish)[] Leads =
    [
        ("没有用", "useless"), ("没用", "useless"), ("没帮助", "useless"), ("有用", "useful"), ("有帮助", "useful"), ("我要追问", "again"), ("追问", "again"),
    ];

    public static Conversation Conversation { get; } = new("ReactToAnswer", "对答复的反应", "这次追问", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Opens = Opens,
    };

    /// <summary>Shows an answer in full and takes the reaction (C6).</summary>
    public static async Task Show(Chat chat, GuidanceView request)
    {
        var text = $"您的申请 {request.Number} 已答复。\n您问：{request.Question}\n{request.UnitName}{Answered(request.Answer!)}";
        foreach (var exchange in request.FollowUps.Where(exchange => exchange.Answer is not null))
            text += $"\n您追问：{exchange.Question}\n{request.UnitName}{Answered(exchange.Answer!)}";
        List<Option> options = [];
        if (request.Useful is null)
            options.AddRange([new Option("useful", "有用", "有帮助"), new Option("useless", "没用", "没帮助")]);
        if (request.FollowUpsLeft > 0)
            options.Add(new Option("again", "追问", "再问一下"));
        options.Add(new Option("done", "知道了", "好", "好的", "谢谢", "没有了"));
        var wish = await chat.Choose("react", text, options);
        if (wish == "done")
            chat.Say("好的。本答复仅供合规参考，不作为行政决定。需要时随时叫我。");
        else
            await Take(chat, request.Id, wish, "");
    }

    private static bool Opens(string text) =>
        Leads.Any(lead => text.StartsWith(lead.Word, StringComparison.Ordinal)
            && (text.Length <= LongestBareWord || GuidanceReference.In(text) is not null || (lead.Wish == "again" && text[lead.Word.Length] is ' ' or ':' or ',')));

    private static async Task Play(Chat chat)
    {
        var (word, wish) = Leads.First(lead => chat.Opening.StartsWith(lead.Word, StringComparison.Ordinal));
        var reference = GuidanceReference.In(chat.Opening)
            ?? (await chat.Look(new MyCases(chat.Visitor))).Where(line => line is { Kind: CaseKind.Guidance, Open: false }).Select(line => line.Id).FirstOrDefault();
        if (reference is null)
            chat.Tell("还没有收到过指导答复。说“办理进度”可以看到您的申请走到哪一步。");
        else
            await Take(chat, reference, wish, GuidanceReference.Rest(chat.Opening, word));
    }

    private static async Task Take(Chat chat, string reference, string wish, string said)
    {
        switch (wish)
        {
            case "useful":
                await chat.Send(new RateGuidance(chat.Visitor, reference, true));
                chat.Say("谢谢，很高兴帮上忙。您的评价已记下。");
                break;
            case "useless":
                await chat.Send(new RateGuidance(chat.Visitor, reference, false));
                chat.Say("抱歉没有帮上忙，已如实记下。还不清楚的可以追问，也可以请人工帮忙。", $"追问 {reference}", "人工帮助");
                break;
            default:
                var question = said.Length > 0 ? said : await chat.Ask("followUp", "请说要追问什么。", LongestQuestion);
                var receipt = await chat.Send(new AskFollowUp(chat.Visitor, reference, question));
                var due = ChineseDates.Due(receipt.DueOn, receipt.Provisional);
                chat.Say($"追问已提交（{receipt.Number}），最迟{due}答复（从收到次日起另算{receipt.Limit}），到时我会发给您。", "怎么算出来的", "办理进度");
                break;
        }
    }

    private static string Answered(GuidanceAnswer answer)
    {
        var basis = answer.Basis.Length > 0 ? $"\n依据：{answer.Basis}" : "";
        var steps = answer.Steps.Length > 0 ? $"\n建议这样做：{answer.Steps}" : "";
        return $"{ChineseDates.Short(answer.On)}答复：{answer.Text}{basis}{steps}";
    }
}
