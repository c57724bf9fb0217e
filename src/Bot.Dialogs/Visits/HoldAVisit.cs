using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Visits;

namespace Bot.Dialogs.Visits;

/// <summary>An official asks for consent to guidance or a call, begins it, writes it down, and tells the enterprise first what to put right (J32–J34).</summary>
public static class HoldAVisit
{
    private const int Longest = 200;
    private const int LongestNotes = 2000;
    private const string New = "征求同意";

    public static Conversation Conversation { get; } = new("HoldAVisit", "走访", "这次走访", Play)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLiaison],
        Opens = text => text is "走访" or "征求走访同意" or "指导走访" or "走访登记" || (text.Contains("走访", StringComparison.Ordinal) && AnswerTheVisit.VisitIn(text) is not null),
        Browsing = ["which", "wish"],
    };

    private static async Task Play(Chat chat)
    {
        var visits = await chat.Look(new VisitsOfUnit(chat.Visitor));
        var id = AnswerTheVisit.VisitIn(chat.Opening)
            ?? (visits.Count == 0 || chat.Opening == "征求走访同意"
                ? New
                : await chat.Choose("which", "是哪一次？指导、走访不是检查，须企业同意。", [new Option(New, "新的走访（先征求同意）", New, "新的"), .. visits.Take(8).Select(visit => new Option(visit.Id, Line(visit), visit.Id))]));
        if (id == New)
        {
            await Ask(chat, null);
            return;
        }

        var one = visits.FirstOrDefault(visit => visit.Id == id);
        if (one is null)
            chat.Say("没有找到这次走访，或者它不是您的单位安排的。说“走访”可以看到本单位的走访。");
        else if (one.TookPlace)
            await Afterwards(chat, one);
        else
            await Before(chat, one);
    }

    private static async Task Before(Chat chat, UnitVisit visit)
    {
        var wish = await chat.Choose("wish", $"{Line(visit)}。", new Option("start", "开始走访", "开始"), new Option("again", "另约时间", "换时间", "重新征求"), new Option("leave", "先不", "算了"));
        if (wish == "start")
        {
            await chat.Send(new StartVisit(chat.Visitor, visit.Id));
            chat.Say($"已登记开始。走访不是检查：不取证、不做笔录、不责令；看到问题先提示改正。结束后说“走访 {visit.Id}”写记录。", $"走访 {visit.Id}");
        }
        else if (wish == "again")
        {
            await Ask(chat, visit);
        }
        else
        {
            chat.Say("好的。没有企业同意，走访不能进行。");
        }
    }

    private static async Task Afterwards(Chat chat, UnitVisit visit)
    {
        var wish = await chat.Choose(
            "wish", $"{Line(visit)}。", new Option("notes", "写走访记录", "记录"), new Option("correction", "提示改正", "发现线索", "改正"), new Option("case", "转入执法流程", "转执法", "立案"));
        if (wish == "notes")
        {
            var notes = await chat.Ask("notes", "请写走访情况。", LongestNotes);
            var held = await chat.Send(new RecordVisit(chat.Visitor, visit.Id, notes));
            chat.Say(held.Flagged.Count == 0 ? "已记录。" : $"已记录。记录里有“{string.Join("”“", held.Flagged)}”，属于检查用语，司法局会请人看一下是否变相检查。");
        }
        else if (wish == "correction")
        {
            var clue = await chat.Ask("clue", "看到了什么？", LongestNotes);
            var urgent = await chat.Choose("urgent", "情况紧急吗（危及人身、财产安全）？", new Option("no", "不紧急", "不", "否"), new Option("yes", "紧急", "是")) == "yes";
            var correction = await chat.Ask("correction", "请企业改什么？", LongestNotes);
            var by = await chat.Ask("by", "哪天前改正？", ReadDay);
            await chat.Send(new NoteCorrection(chat.Visitor, visit.Id, clue, urgent, correction, by));
            chat.Say($"已提示企业在{ChineseDates.WithWeekday(by)}前改正。{(urgent ? "情况紧急的，可以转入执法流程并补办审批。" : "非紧急情况，到期未改正前不得转入执法流程。")}", $"走访 {visit.Id}");
        }
        else
        {
            await chat.Send(new TurnVisitIntoCase(chat.Visitor, visit.Id));
            chat.Say("已登记转入执法流程。请按规定补办审批，并登记检查任务。");
        }
    }

    private static async Task Ask(Chat chat, UnitVisit? again)
    {
        var kind = again is null
            ? await chat.Choose("kind", "开展哪一种？", [.. Enum.GetValues<VisitKind>().Select(one => new Option(one.ToString(), one.Name()))])
            : Enum.GetValues<VisitKind>().First(one => one.Name() == again.Kind).ToString();
        var enterprise = again?.EnterpriseName ?? await chat.Ask("enterprise", "到哪家企业？请发名称（可以只写一部分）或企业编号。", Longest);
        var day = await chat.Ask("day", again?.OtherTimeWished is { } wished ? $"哪天去？企业希望：{wished}。" : "哪天去？例如“11月26日上午”。", ReadVisitDay);
        var content = again is null ? await chat.Ask("content", "内容是什么？用一句话写，企业会看到。", Longest) : again.Content;
        var submit = await chat.Review(
            "review",
            "请看一遍：",
            [
                new ReviewItem("kind", "类型", Enum.Parse<VisitKind>(kind).Name()),
                new ReviewItem("enterprise", "企业", enterprise),
                new ReviewItem("day", "时间", ChineseDates.WithWeekday(day.On) + day.HalfDay),
                new ReviewItem("content", "内容", content),
            ],
            submit: "发送",
            drop: "不发");
        if (!submit)
        {
            chat.Say("好的，没有发送。");
            return;
        }

        var asked = await chat.Send(new AskConsent(chat.Visitor, Enum.Parse<VisitKind>(kind), enterprise, day.On, day.HalfDay, content, again?.Id));
        chat.Say($"已向{asked.EnterpriseName}征求同意（{asked.VisitId}）。没有回复视为不同意，答复后会通知您。");
    }

    private static Read<DateOnly> ReadDay(Said said) => said.Day(Facing.Future) is { } day ? day.On : Read.No<DateOnly>("没认出日期，可以说“12月3日”“下周四”。");

    private static Read<VisitDay> ReadVisitDay(Said said) => said.Day(Facing.Future) is { } day
        ? new VisitDay(day.On, said.Text.Contains("上午", StringComparison.Ordinal) ? "上午" : said.Text.Contains("下午", StringComparison.Ordinal) ? "下午" : "")
        : Read.No<VisitDay>("没认出日期，可以说“11月26日上午”“下周四”。");

    private static string Line(UnitVisit visit) =>
        $"{visit.Id} {ChineseDates.WithWeekday(visit.On)}{visit.HalfDay} {visit.EnterpriseName} {visit.Kind}（{(visit.TookPlace ? "已开始" : visit.Consent switch
        {
            Consent.Given => "企业已同意",
            Consent.Refused => "企业不同意",
            Consent.OtherTime => $"企业希望{visit.OtherTimeWished}",
            _ => "企业未答复，不能开始",
        })}）";

    private sealed record VisitDay(DateOnly On, string HalfDay);
}
