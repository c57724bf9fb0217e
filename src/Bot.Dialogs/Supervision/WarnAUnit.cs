using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Guidance;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.Supervision;

namespace Bot.Dialogs.Supervision;

/// <summary>The first step: a supervisor warns a unit, by hand or from a clue, or orders it to correct what does not follow the standard (S13, S29).</summary>
public static partial class WarnAUnit
{
    private const int LongestProblem = 100;

    public static Conversation Conversation { get; } = new("WarnAUnit", "发预警", "这次预警", chat => Play(chat, order: false))
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text.StartsWith("发预警", StringComparison.Ordinal) || text.StartsWith("预警给", StringComparison.Ordinal),
    };

    public static Conversation Order { get; } = new("OrderCorrection", "责令改正", "这次责令改正", chat => Play(chat, order: true))
    {
        Roles = [ActorRole.Supervisor],
        Opens = text => text.StartsWith("责令改正", StringComparison.Ordinal),
    };

    private static async Task Play(Chat chat, bool order)
    {
        var units = await chat.Look(new UnitsUnderSupervision(chat.Visitor));
        var clue = Clue().Match(chat.Opening) is { Success: true } named ? await chat.Look(new WarningFromClue(chat.Visitor, named.Value)) : null;
        if (clue is not null)
        {
            chat.Known("unit", clue.UnitId);
            chat.Known("problem", clue.Problem);
            chat.Known("facts", string.Join('\n', clue.Facts));
            chat.Known("rule", clue.Rule);
        }
        else if (NamingAUnit.Read(new Said(chat.Opening, [], chat.StartedAt), units) is { Understood: true, Value: { } said })
        {
            chat.Known("unit", said);
        }

        var unitId = await chat.Ask("unit", order ? "责令哪个单位改正？" : "预警哪个单位？", answer => NamingAUnit.Read(answer, units));
        var problem = await chat.Ask("problem", "什么问题？几个字就行，例如“多次未扫码入企”。", LongestProblem);
        var open = await chat.Look(new SupervisionCases(chat.Visitor));
        var same = order ? null : Grounds.Same(open, Name(unitId, units), problem);
        if (same is not null)
            chat.Say($"{same.UnitName}已有在办的{same.CaseId}（{same.Problem}，{SupervisionWords.Of(same.Stage)}）。同一件事不用另发预警，可以说“打开 {same.CaseId}”补充事实；确是另一件事的，请继续。", $"打开 {same.CaseId}");
        var facts = CaseReference.Lines(await chat.Ask("facts", "请写事实，一条一行，也可以用分号分开；有任务编号的写上编号。单位会看到，不要写投诉人的信息。", Grounds.ReadFacts, takesAnything: true));
        var rule = await chat.Ask("rule", order ? "依据哪个检查标准？写明文件和条款。" : "依据哪条规定？写明文件和条款。", said => Grounds.ReadBasis(said, problem, chat.Rules), takesAnything: true);
        var means = order ? "" : await Means(chat);
        ReviewItem[] items =
        [
            new("unit", "单位", Name(unitId, units)),
            new("problem", "问题", problem),
            new("facts", "事实", string.Join('；', facts)),
            new("rule", "依据", rule),
            .. order ? Array.Empty<ReviewItem>() : [new ReviewItem("means", "方式", means)],
        ];
        var (title, send) = order ? ("责令改正，核对以后起草文书：", "起草文书") : ($"{(same is null ? "" : $"（这个单位的{same.CaseId}还在办）")}预警提醒，发出以后单位负责人和联络员都会收到：", "发出预警");
        if (!await chat.Review("review", title, items, send, "先不发"))
        {
            chat.Say("好的，没有发出，内容已清除。");
            return;
        }

        if (order)
        {
            var begun = await chat.Send(new OrderCorrection(chat.Visitor, unitId, problem, rule, facts, CaseReference.Tasks(string.Join('；', facts))));
            chat.Say($"已立项，编号{begun.CaseId}，文书最迟{ChineseDates.WithWeekday(begun.Due)}制作。", $"起草 {begun.CaseId}");
            return;
        }

        var warned = await chat.Send(new IssueWarning(chat.Visitor, unitId, problem, rule, facts, clue?.EvidenceIds ?? CaseReference.Tasks(string.Join('；', facts)), means) { ClueIds = clue?.ClueIds ?? [] });
        chat.Say($"已发出预警 {warned.Number}（{warned.CaseId}），{warned.UnitName}负责人和联络员共{warned.Told}人会收到，请其{ChineseDates.WithWeekday(warned.AnswerDue)}前说明情况和改正措施。", $"打开 {warned.CaseId}");
    }

    private static Task<string> Means(Chat chat) => chat.Choose(
        "means",
        "用什么方式提醒？平台消息都会发；电话、走访、座谈提醒过的，一并记下。",
        new Option(IssueWarning.ByPlatform, "平台"),
        new Option("电话", "电话"),
        new Option("走访", "走访"),
        new Option("座谈", "座谈"));

    private static string Name(string id, IReadOnlyList<UnitChoice> units) => units.FirstOrDefault(unit => unit.Id == id)?.Name ?? id;

    [GeneratedRegex(@"(?<![A-Za-z0-9])X\d{2}-\d{1,6}(?![A-Za-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Clue();
}
