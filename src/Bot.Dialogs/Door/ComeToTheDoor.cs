using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Door;

namespace Bot.Dialogs.Door;

/// <summary>C15: an inspector at the door shows the code, registers the arrival, or records why nothing could be scanned (J30, J31).</summary>
public static class ComeToTheDoor
{
    private const int LongestNumber = 40;

    private static readonly string[] Words = ["扫码登记", "登记到场", "到场登记", "到场", "出示检查码", "检查码", "亮码", "出示码"];
    private static readonly string[] Exceptions = ["不让扫", "扫不了", "没法扫", "不能扫", "拒绝", "拒不", "看不到", "没有营业执照", "没执照", "没有执照", "未申领", "没信号", "记录仪", "未扫码", "补登"];

    public static Conversation Conversation { get; } = new("ComeToTheDoor", "扫码登记", "这次登记", Play)
    {
        Roles = [ActorRole.Inspector],
        Intents = [Intents.StaffScanException],
        Opens = text => Array.Exists(Words, word => text == word || (text.StartsWith(word, StringComparison.Ordinal) && TaskNumbers.In(text) is not null)),
        Browsing = ["which", "wish"],
    };

    private static async Task Play(Chat chat)
    {
        var tasks = await chat.Look(new TasksAtTheDoor(chat.Visitor));
        var named = TaskNumbers.In(chat.Opening);
        if (named is null && tasks.Count == 0)
        {
            chat.Say("今天没有您可以登记到场的任务。任务要先经单位负责人批准、发出检查预告，并在登记的检查日到场。情况紧急的，说“紧急检查”当场登记。", "今日待办");
            return;
        }

        var id = named ?? (tasks.Count == 1 ? tasks[0].TaskId : await chat.Choose("which", "是哪个任务？", [.. tasks.Take(9).Select(task => new Option(task.TaskId, Line(task), task.TaskId))]));
        await About(chat, id, Wanted(chat.Opening));
    }

    /// <summary>Which inspection is meant is clear already.</summary>
    internal static async Task About(Chat chat, string id, string? wish = null)
    {
        var tasks = await chat.Look(new TasksAtTheDoor(chat.Visitor));
        wish ??= await chat.Choose(
            "wish",
            $"{(tasks.FirstOrDefault(task => task.TaskId == id) is { } one ? Line(one) : id)}：",
            new Option("code", "出示检查码", "检查码", "亮码"),
            new Option("scan", "登记到场", "到场", "扫码"),
            new Option("exception", "没法扫码", "扫不了", "不让扫码"));
        await (wish switch
        {
            "code" => ShowCode(chat, id),
            "scan" => ScanIn(chat, id),
            _ => RecordNoScan(chat, id),
        });
    }

    private static async Task ShowCode(Chat chat, string id)
    {
        var issued = await chat.Send(new IssueInspectionCode(chat.Visitor, id));
        chat.Say(new Reply($"检查码：{issued.Code}\n到{issued.EnterpriseName}出示，{ChineseDates.WithWeekday(issued.On)}当天有效。请企业用微信扫码，或把码发到公众号“核验检查人员”；企业扫码后即登记到场。再要一次会换新码，旧码作废。")
        {
            Picture = InspectionCode.Scene(issued.Code),
            Actions = [$"登记到场 {id}"],
        });
    }

    private static async Task ScanIn(Chat chat, string id)
    {
        var scanned = await chat.Send(new ScanIn(chat.Visitor, id));
        var told = scanned.Told > 0 ? "企业已收到人员和事项的通知" : "企业还没有联系人绑定，请当面说明人员、事项和依据";
        chat.Say($"已登记到场{ChineseDates.Time(TimeOnly.FromDateTime(scanned.At))}，{told}。结果请在{ChineseDates.WithWeekday(scanned.ResultDue)}前回填。", $"回填 {id}");
    }

    private static async Task RecordNoScan(Chat chat, string id)
    {
        var reason = await chat.Choose(
            "reason",
            "请选原因：",
            new Option(nameof(NoScanReason.NoLicence), "未申领执照", "没有执照", "没有营业执照", "没执照"),
            new Option(nameof(NoScanReason.LicenceNotSeen), "现场看不到执照", "看不到执照", "执照看不到"),
            new Option(nameof(NoScanReason.Refused), "当事人拒不配合", "拒绝", "不配合", "不让扫码"));
        var recorder = await chat.Ask("recorder", "请输入执法记录仪编号。检查可以正常开展。", ReadRecorder);
        var recorded = await chat.Send(new RecordNoScan(chat.Visitor, id, Enum.Parse<NoScanReason>(reason), recorder));
        chat.Say($"已登记{ChineseDates.Time(TimeOnly.FromDateTime(recorded.At))}，原因和记录仪编号已留痕。结果请在{ChineseDates.WithWeekday(recorded.ResultDue)}前回填。", $"回填 {id}");
    }

    private static Read<string> ReadRecorder(Said said)
    {
        var number = said.Text.Replace("记录仪编号", "", StringComparison.Ordinal).Replace("编号", "", StringComparison.Ordinal).Trim(' ', ':', '是');
        return number.Length <= LongestNumber && number.Any(char.IsAsciiLetterOrDigit) ? number : Read.No<string>("请发执法记录仪的编号，例如 REC-0617。没有编号不能登记。");
    }

    private static string? Wanted(string opening)
    {
        if (Exceptions.Any(word => opening.Contains(word, StringComparison.Ordinal)))
            return "exception";
        if (opening.Contains("检查码", StringComparison.Ordinal) || opening.StartsWith("亮码", StringComparison.Ordinal) || opening.StartsWith("出示", StringComparison.Ordinal))
            return "code";
        return opening.Contains("到场", StringComparison.Ordinal) ? "scan" : null;
    }

    private static string Line(DoorTask task) => $"{task.TaskId} {task.EnterpriseName}{(task.HalfDay.Length > 0 ? $"（{task.HalfDay}）" : "")}{(task.Begun ? "（已到场）" : "")}";
}
