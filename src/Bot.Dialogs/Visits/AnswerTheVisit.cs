using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using Bot.Domain.Visits;

namespace Bot.Dialogs.Visits;

/// <summary>C10: the enterprise agrees to a visit, declines, or wishes another day; and says in one tap that it was an inspection (J32, J33).</summary>
public static partial class AnswerTheVisit
{
    private const int Longest = 300;
    private const string Inspection = "这其实是检查";

    private static readonly Rule SomethingAsked = new("现在没有等贵单位答复的走访。没有您的同意，指导、走访不能进行。", "J33");
    private static readonly Rule Known = new("没有找到这次走访，说“走访”可以看到与贵单位有关的走访。", "D15");

    public static Conversation Conversation { get; } = new("AnswerTheVisit", "走访", "这次答复", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Opens = text => text is "走访" or "指导走访" || text.StartsWith(Inspection, StringComparison.Ordinal) || TurnsIntoInspection(text) || Named().IsMatch(text),
        Browsing = ["which", "answer"],
    };

    internal static string? VisitIn(string text) => Number().Match(text) is { Success: true } found ? found.Value.ToUpperInvariant() : null;

    private static async Task Play(Chat chat)
    {
        if (TurnsIntoInspection(chat.Opening))
        {
            chat.Say($"指导中发现问题应先提示您改正，非紧急情况不得转入执法流程。若发生，请回复“{Inspection}”，我会记录并交司法局。", Inspection);
            return;
        }

        var visits = await chat.Look(new MyVisits(chat.Visitor));
        if (chat.Opening.StartsWith(Inspection, StringComparison.Ordinal))
        {
            await CallItInspection(chat, visits);
            return;
        }

        var today = DateOnly.FromDateTime(chat.StartedAt);
        var open = visits.Where(visit => !visit.TookPlace && visit.On >= today).OrderBy(visit => visit.On).ToList();
        VisitCard? one;
        if (VisitIn(chat.Opening) is { } id)
        {
            one = open.Find(visit => visit.Id == id);
            Known.Require(one is not null);
        }
        else
        {
            SomethingAsked.Require(open.Count > 0);
            var which = open.Count == 1 ? open[0].Id : await chat.Choose("which", "是哪一次？", [.. open.Take(9).Select(visit => new Option(visit.Id, $"{When(visit)}{visit.UnitName}{visit.Kind}", visit.Id))]);
            one = open.Find(visit => visit.Id == which);
        }

        await Answer(chat, one!);
    }

    private static async Task Answer(Chat chat, VisitCard visit)
    {
        var given = ReadAnswer(new Said(WithoutNumber(chat.Opening), [], chat.StartedAt));
        var answer = given is { Understood: true, Value: { } said }
            ? said
            : await chat.Ask(
                "answer",
                $"{visit.UnitName}拟于{When(visit)}到贵单位开展{visit.Kind}（不是检查），内容：{visit.Content.TrimEnd('。')}。{Now(visit)}是否同意？[1]同意 [2]不同意 [3]换时间",
                ReadAnswer,
                takesAnything: false,
                "同意",
                "不同意",
                "换时间");
        if (answer.Consent == Consent.OtherTime && answer.Time.Length == 0)
            answer = answer with { Time = await chat.Ask("time", "什么时候方便？例如“下周一上午”。", Longest) };
        var receipt = await chat.Send(new AnswerVisit(chat.Visitor, visit.Id, answer.Consent, answer.Time));
        chat.Say(receipt.Answer switch
        {
            Consent.Given => $"已告诉{receipt.UnitName}：同意{When(visit)}来{visit.Kind}。到访不是检查，如有检查行为，请回复“{Inspection}”。",
            Consent.Refused => $"已告诉{receipt.UnitName}：不同意。不同意不影响信用和检查安排。",
            _ => $"已转告：希望{answer.Time}。对方确认后再通知您。",
        });
    }

    private static async Task CallItInspection(Chat chat, IReadOnlyList<VisitCard> visits)
    {
        var today = DateOnly.FromDateTime(chat.StartedAt);
        var id = VisitIn(chat.Opening);
        var one = id is not null ? visits.FirstOrDefault(visit => visit.Id == id) : visits.Where(visit => visit.On <= today).OrderByDescending(visit => visit.On).FirstOrDefault() ?? (visits.Count > 0 ? visits[0] : null);
        if (one is null)
        {
            chat.Say($"没有查到与贵单位有关的走访登记。有人以指导、走访名义来检查，可以直接投诉，{chat.Rules.SupervisionOffice.Name}会处理。", "投诉检查行为", "核验");
            return;
        }

        var called = await chat.Send(new CallItInspection(chat.Visitor, one.Id));
        chat.Say($"已记录：{ChineseDates.Short(one.On)}{called.UnitName}的{one.Kind}，您认为其实是检查。已交{chat.Rules.SupervisionOffice.Name}核实，并告知该单位负责人。想说具体情况，可以投诉。", "投诉检查行为");
    }

    private static Read<Given> ReadAnswer(Said said)
    {
        var text = said.Text;
        if (Numbers.Choice(text, 3) is { } number)
            return new Given(number switch { 1 => Consent.Given, 2 => Consent.Refused, _ => Consent.OtherTime }, "");
        if (text.Contains('吗', StringComparison.Ordinal) || text.Contains('?', StringComparison.Ordinal) || text.Contains("会不会", StringComparison.Ordinal) || text.Contains("影响", StringComparison.Ordinal))
            return Read.No<Given>("请回复同意、不同意或换时间。");
        if (text.StartsWith('换') || text.StartsWith('改'))
            return new Given(Consent.OtherTime, Dates.Of(text, said.ChinaNow, Facing.Future, said.Calendar) is { } day ? ChineseDates.WithWeekday(day.On) + Half(text) : "");
        if (text.StartsWith("不同意", StringComparison.Ordinal) || text == "拒绝")
            return new Given(Consent.Refused, "");
        if (text == "同意")
            return new Given(Consent.Given, "");
        return YesNo.Of(text) is { } yes ? new Given(yes ? Consent.Given : Consent.Refused, "") : Read.No<Given>("请回复同意、不同意或换时间，也可以说“换到下周一”。");
    }

    private static string WithoutNumber(string text) => Number().Replace(text, "").Trim();

    private static string Half(string text) => text.Contains("上午", StringComparison.Ordinal) ? "上午" : text.Contains("下午", StringComparison.Ordinal) ? "下午" : "";

    private static string When(VisitCard visit) => ChineseDates.WithWeekday(visit.On) + visit.HalfDay;

    private static string Now(VisitCard visit) => visit.Consent switch
    {
        Consent.Given => "您已答复同意，可以改。",
        Consent.Refused => "您已答复不同意，可以改。",
        Consent.OtherTime => "您已希望换时间，可以改。",
        _ => "",
    };

    private static bool TurnsIntoInspection(string text) => text.Contains("变成检查", StringComparison.Ordinal) || text.Contains("变相检查怎么办", StringComparison.Ordinal);

    private sealed record Given(Consent Consent, string Time);

    [GeneratedRegex(@"(?<![A-Za-z0-9])[Vv][0-9]{1,4}(?:-[0-9]{1,6})?(?![A-Za-z0-9])")]
    private static partial Regex Number();

    [GeneratedRegex(@"^(?:同意|不同意|换时间|走访)\s*[Vv][0-9]{1,4}(?:-[0-9]{1,6})?$")]
    private static partial Regex Named();
}
