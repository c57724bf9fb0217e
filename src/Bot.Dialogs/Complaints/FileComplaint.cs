using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.HumanHelp;
using Bot.Dialogs.Understanding;
using Bot.Dialogs.Unlicensed;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Guidance;

namespace Bot.Dialogs.Complaints;

/// <summary>C4, C32: a complaint about an inspection, named or anonymous; the words that open it are its first description.</summary>
public static partial class FileComplaint
{
    private const int LongestStory = 2000;

    private static readonly string[] DontKnow = ["不清楚", "不知道", "不认识", "没看清", "记不清", "记不得", "忘了", "不记得", "说不准", "不确定"];

    public static Conversation Conversation { get; } = new("FileComplaint", "投诉检查行为", "这次投诉", Play)
    {
        Roles = [ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver],
        Intents = [Intents.Complain],
        Opens = text => text is "投诉" or "投诉检查行为" or "我要投诉" || SaysHow().IsMatch(text),
        Changes = Identity,
        Fleeting = true,
        TakesEvidence = true,
    };

    private static readonly Option[] Identities =
    [
        new("named", "实名（便于核实，您的信息对被投诉单位保密）", "实名", "署名"),
        new("anonymous", "匿名（用查询码看结果）", "匿名", "不留名", "不想留名"),
    ];

    /// <summary>C6: a request for guidance that nobody answered in time becomes a complaint, with its content brought along.</summary>
    public static async Task FromGuidance(Chat chat, GuidanceView request)
    {
        var more = await chat.AskForMore("complaint", $"已帮您带入申请内容，被投诉单位：{request.UnitName}。还需补充什么吗？没有就回复“提交”。");
        var text = $"指导申请 {request.Number} 超期未答复。当时的问题：{request.Question}";
        var facts = new ComplaintFacts(ComplaintKind.LateAnswer, request.DueOn, null, request.UnitId, Joined(text, more.Text))
        {
            EvidenceIds = [.. more.Files.Select(file => file.Id)],
            SourceId = request.Id,
        };
        var receipt = await chat.Send(new Bot.Domain.Complaints.FileComplaint(chat.Visitor, facts, Anonymous: false));
        chat.Say($"已登记，编号 {receipt.Number}，{chat.Rules.SupervisionOffice.Name}{ChineseDates.Short(receipt.ContactDue)}前与您联系。原来的申请仍会继续催办。", "办理进度");
    }

    /// <summary>C7: what was said and found at the door becomes a complaint of today; nothing of it is asked again.</summary>
    internal static async Task FromTheDoor(Chat chat, string story, UnitChoice? unit)
    {
        var anonymous = await chat.Choose("identity", "给您添麻烦了，刚才的内容我都带上了。这次投诉您希望：", Identities) == "anonymous";
        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        var unitId = unit?.Id ?? await chat.Ask("against", "是哪个单位？不知道可以说“不清楚”。", said => ReadUnit(said, units), takesAnything: true, "不清楚");
        var more = await chat.AskForMore("more", "可以再补充经过，也可以发照片。没有就回复“没有”。");
        var contact = await AskWho(chat, anonymous);
        var today = DateOnly.FromDateTime(chat.StartedAt);
        var text = Joined(story, more.Text);
        var submit = await chat.Review(
            "review",
            Kept(anonymous),
            [
                new ReviewItem("against", "单位", units.FirstOrDefault(one => one.Id == unitId)?.Name ?? "不清楚"),
                new ReviewItem("more", "经过", text),
            ]);
        if (!submit)
        {
            chat.Say("好的，没有提交，内容已清除。需要时随时叫我。");
            return;
        }

        var found = WhatHappened.In(text).Kind;
        var facts = new ComplaintFacts(found == ComplaintKind.Other ? ComplaintKind.NoScanOrCertificate : found, today, null, unitId.Length > 0 ? unitId : null, text)
        {
            EvidenceIds = [.. more.Files.Select(file => file.Id)],
        };
        var receipt = await chat.Send(new Bot.Domain.Complaints.FileComplaint(chat.Visitor, facts, anonymous, contact?.Name, contact?.Phone));
        chat.Say(anonymous ? AnonymousReceipt(chat, receipt) : NamedReceipt(chat, receipt));
    }

    private static async Task Play(Chat chat)
    {
        chat.Say("给您添麻烦了，我帮您记下来。");
        if (AsksToBeAnonymous(chat.Opening))
            chat.Known("identity", "anonymous", Identities);
        if (WhatHappened.IsTold(chat.Opening))
            chat.Known("what", chat.Opening);
        await Take(chat);
    }

    /// <summary>C31: what was begun as a question without a name tells of an inspection gone wrong.</summary>
    internal static Task FromQuestion(Chat chat, string story)
    {
        chat.Known("identity", "anonymous", Identities);
        chat.Known("what", story);
        return Take(chat);
    }

    private static async Task Take(Chat chat)
    {
        var anonymous = await chat.Choose("identity", "这次投诉您希望：", Identities) == "anonymous";
        var story = await chat.Ask("what", "发生了什么？一两句话就行。", LongestStory);
        if (UnlicensedTalk.Is(story) && await ReportUnlicensedBusiness.IsMeant(chat))
        {
            await ReportUnlicensedBusiness.About(chat, story, anonymous);
            return;
        }

        if (story != chat.Opening && WhatHappened.In(story).Kind == ComplaintKind.Integrity)
            chat.Say($"您说的情况由{chat.Rules.SupervisionOffice.Name}专岗办理，只有专岗能看，绝不会转给被投诉的单位和人员；需要时依规移送纪检监察机关。");

        var units = await chat.Look(new UnitsForGuidance(chat.Visitor));
        TakeFromStory(chat, story, units);
        var when = await chat.Ask("when", "发生在哪天？记不清可以说“记不清”。", ReadWhen, takesAnything: true);
        var unitId = await chat.Ask("unit", $"{Echo(when, chat.StartedAt)}是哪个单位？不知道可以说“不清楚”。", said => ReadUnit(said, units), takesAnything: true, "不清楚");
        var more = await chat.AskForMore("more", "可以再补充经过，也可以发照片。没有就回复“没有”。");
        var contact = await AskWho(chat, anonymous);

        var happened = WhatHappened.In(Joined(story, more.Text));
        var unit = units.FirstOrDefault(one => one.Id == unitId);
        var submit = await chat.Review(
            "review",
            Kept(anonymous),
            [
                new ReviewItem("unit", "单位", unit?.Name ?? "不清楚"),
                new ReviewItem("when", "时间", InWords(when)),
                new ReviewItem("what", "情况", happened.Kind == ComplaintKind.Other ? Shortened(story) : $"{happened.InWords}（您说：{Shortened(story)}）"),
                new ReviewItem("more", "经过", more.InWords("未补充")),
            ]);
        if (!submit)
        {
            chat.Say("好的，没有提交，内容已清除。需要时随时叫我。");
            return;
        }

        var facts = new ComplaintFacts(happened.Kind, when.On, when.At, unitId.Length > 0 ? unitId : null, Joined(story, more.Text))
        {
            EvidenceIds = [.. more.Files.Select(file => file.Id)],
        };
        var receipt = await chat.Send(new Bot.Domain.Complaints.FileComplaint(chat.Visitor, facts, anonymous, contact?.Name, contact?.Phone));
        chat.Say(anonymous ? AnonymousReceipt(chat, receipt) : NamedReceipt(chat, receipt));
    }

    /// <summary>One day and one unit told in the story are not asked for again; with two of them nobody guesses. The review shows both.</summary>
    private static void TakeFromStory(Chat chat, string story, IReadOnlyList<UnitChoice> units)
    {
        if (Dates.All(story, chat.StartedAt, Facing.Past, chat.Calendar) is [var moment] && moment.On <= DateOnly.FromDateTime(chat.StartedAt))
            chat.Known("when", new Occurred(moment.On, moment.At));
        if (PeopleAndUnits.Unit(story, [.. units.Select(unit => (unit.Id, unit.Name, unit.Field))]) is { Id: { } told })
            chat.Known("unit", told);
    }

    /// <summary>实名吧, 还是匿名吧: said at any step it changes the first answer.</summary>
    private static Change? Identity(string text)
    {
        if (IdentityWords().Match(text) is not { Success: true } words)
            return null;
        var named = words.Groups["named"].Success != words.Groups["not"].Success;
        return named
            ? new Change("identity", "实名", "好的，这次投诉改为实名，您的信息对被投诉单位保密。")
            : new Change("identity", "匿名", "好的，这次投诉改为匿名，不带您的身份。");
    }

    internal static bool AsksToBeAnonymous(string opening) =>
        opening.Contains("匿名", StringComparison.Ordinal) && !opening.Contains("不匿名", StringComparison.Ordinal) && !opening.Contains("不要匿名", StringComparison.Ordinal);

    /// <summary>What is kept is said before anything is handed in (W28).</summary>
    internal static string Kept(bool anonymous) => anonymous
        ? "请看一遍（匿名）。会保存的：您写的内容、照片、提交的日期、查询码的密文；不保存您是谁、从哪里发来、几点发来，对话记录半小时后删除："
        : "请看一遍（实名）。只有办理人员能看到您是谁：";

    private static string Shortened(string story)
    {
        const int longest = 100;
        var shown = story.Replace(',', '，');
        return shown.Length > longest ? $"{shown[..longest]}…" : shown;
    }

    private static string AnonymousReceipt(Chat chat, ComplaintReceipt receipt) =>
        $"已登记。查询码 {receipt.Code}，请保存，只有凭它能看到结果。{chat.Rules.SupervisionOffice.Name}工作人员会在{ChineseDates.Short(receipt.ContactDue)}前告知是否受理，"
        + $"一般{chat.Rules.ComplaintReply.Period}内（{ChineseDates.Short(receipt.ReplyDue)}前）有结果。为保护您，除提交日期外，没有保存能看出您是谁的信息。{AtNight.Note(chat)}";

    private static string NamedReceipt(Chat chat, ComplaintReceipt receipt) =>
        $"已登记，编号 {receipt.Number}。{chat.Rules.SupervisionOffice.Name}{ChineseDates.Short(receipt.ContactDue)}前与您联系，"
        + $"一般{chat.Rules.ComplaintReply.Period}内（{ChineseDates.Short(receipt.ReplyDue)}前）答复，情况复杂的{chat.Rules.ComplaintReplyDifficult.Period}内。您的身份对被投诉单位保密。{AtNight.Note(chat)}";

    private static Read<Occurred> ReadWhen(Said said)
    {
        if (Unknown(said.Text))
            return new Occurred(null, null);
        if (said.Day(Facing.Past) is not { } moment)
            return Read.No<Occurred>("没认出日期。可以说“今天下午三点”“上周三”“11月20日”，记不清就说“记不清”。");
        return moment.On > DateOnly.FromDateTime(said.ChinaNow)
            ? Read.No<Occurred>($"{ChineseDates.WithWeekday(moment.On)}还没有到，请再说一次是哪天发生的。")
            : new Occurred(moment.On, moment.At);
    }

    private static Read<string> ReadUnit(Said said, IReadOnlyList<UnitChoice> units)
    {
        if (PeopleAndUnits.Unit(said.Text, [.. units.Select(unit => (unit.Id, unit.Name, unit.Field))]) is { } match)
        {
            return match.Id is { } id
                ? id
                : Read.No<string>($"可能是{string.Join("，也可能是", match.Ids.Take(3).Select(one => units.First(unit => unit.Id == one).Name))}。请说全一点；不确定就回复“不清楚”。");
        }

        return Unknown(said.Text) ? "" : Read.No<string>("没认出是哪个单位。可以说“城管”“消防”“市场监管”这样的叫法，不知道就回复“不清楚”。");
    }

    /// <summary>Who signs and is not known yet is asked for a name; null for everybody else.</summary>
    internal static async Task<Contact?> AskWho(Chat chat, bool anonymous) => anonymous || chat.Visitor.PersonId is not null
        ? null
        : await chat.Ask("contact", "怎么称呼您？方便的话留个电话，例如“王芳 13800000000”。只有办理人员能看到。", ReadContact, takesAnything: true);

    private static Read<Contact> ReadContact(Said said)
    {
        var phone = Phones.In(said.Text);
        var name = (phone is null ? said.Text : said.Text.Replace(phone, "", StringComparison.Ordinal)).Trim(' ', ',', '，', '。');
        return name.Length is > 0 and <= 20 ? new Contact(name, phone) : Read.No<Contact>("请告诉我怎么称呼您，例如“王女士”。");
    }

    private static bool Unknown(string text) => DontKnow.Any(word => text.Contains(word, StringComparison.Ordinal)) && text.Length <= 12;

    private static string Echo(Occurred when, DateTime startedAt)
    {
        if (when.On is not { } on)
            return "好的，日期先空着。";
        var today = on == DateOnly.FromDateTime(startedAt) ? "今天" : "";
        var day = today.Length > 0 ? $"今天（{ChineseDates.Short(on)}，{ChineseDates.Weekday(on)}）" : ChineseDates.WithWeekday(on);
        return $"{day}{Hour(when.At)}。";
    }

    private static string InWords(Occurred when) => when.On is { } on ? $"{ChineseDates.Short(on)}{Hour(when.At)}" : "记不清";

    private static string Hour(TimeOnly? at) => at switch
    {
        null => "",
        { Minute: 0 } full => $"{full.Hour}时",
        { } exact => $"{exact.Hour}时{exact.Minute}分",
    };

    private static string Joined(string first, string then) => then.Length == 0 ? first : $"{first}\n{then}";

    /// <summary>匿名投诉，城管昨天…</summary>
    [GeneratedRegex("^[我要想]{0,2}[实匿]名投诉")]
    private static partial Regex SaysHow();

    [GeneratedRegex("^(?:等一?下|算了|还是|那就|那|就|我|想|要|改成|改为|改|换成|用|[,，。 ])*(?<not>不要|不想|不用|别|不)?(?:(?<named>实名|署名|留名)|匿名)(?:投诉|的|吧|了|好了|好|[。.!！ ])*$")]
    private static partial Regex IdentityWords();

    private sealed record Occurred(DateOnly? On, TimeOnly? At);

    internal sealed record Contact(string Name, string? Phone);
}
