using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Visits;

namespace Bot.Dialogs.Visits;

/// <summary>An official reports an inspection that took place; one that was not registered is told to the justice bureau, and may be looked at there (J01).</summary>
public static class ReportAnInspection
{
    private const int Longest = 500;
    private const int LongestName = 60;
    private const string Unregistered = "未登记检查";
    private static readonly string[] None = ["没有", "无", "没登记", "没有登记", "不知道"];

    public static Conversation Conversation { get; } = new("ReportAnInspection", "入企报告", "这次报告", Play)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLiaison],
        Opens = text => text is "入企报告" or "报告检查" or "报告入企" or Unregistered,
    };

    public static Conversation List { get; } = new("SeeUnregisteredInspections", Unregistered, "这次查看", See)
    {
        Roles = [ActorRole.Supervisor, ActorRole.UnitLeader],
        Opens = text => text == Unregistered,
    };

    private static async Task Play(Chat chat)
    {
        if (chat.Opening == Unregistered)
        {
            await See(chat);
            return;
        }

        var enterprise = await chat.Ask("enterprise", "检查了哪家企业？请发名称（可以只写一部分）或企业编号。", LongestName);
        var day = await chat.Ask("day", "哪天检查的？例如“昨天”“11月20日”。", ReadDay, takesAnything: false);
        var task = await chat.Ask("task", "检查任务编号是多少？没有登记任务的，回复“没有”。", ReadTask, takesAnything: false, "没有");
        var content = await chat.Ask("content", "检查了什么？用一两句话写。", Longest);
        var review = new List<ReviewItem>
        {
            new("enterprise", "企业", enterprise),
            new("day", "日期", ChineseDates.WithWeekday(day)),
            new("task", "任务", task.Length > 0 ? task : "没有登记"),
            new("content", "内容", content),
        };
        if (!await chat.Review("review", "请看一遍：", review, submit: "报告", drop: "不报告"))
        {
            chat.Say("好的，没有报告，内容已清除。");
            return;
        }

        var reported = await chat.Send(new ReportInspection(chat.Visitor, enterprise, day, task.Length > 0 ? task : null, content));
        if (reported.TaskId is { } known)
            chat.Say($"已记录（{reported.ReportId}）：{ChineseDates.Short(reported.On)}到{reported.EnterpriseName}的检查是任务{known}。还没有扫码、回填的，请接着办。", $"打开 {known}");
        else
            chat.Say($"本次检查未在平台登记，请先登记后再开展。已记为{reported.ReportId}，{chat.Rules.SupervisionOffice.Name}和本单位联络员会收到。以后检查前请先登记任务；情况紧急的，当场说“紧急检查”，事后补办审批。", "登记任务", "紧急检查");
    }

    private static async Task See(Chat chat)
    {
        var found = await chat.Look(new UnregisteredInspections(chat.Visitor));
        var whose = chat.Visitor.Role == ActorRole.Supervisor;
        chat.Tell(found.Count == 0
            ? "没有未在平台登记的检查。"
            : $"未在平台登记的检查{found.Count}次：\n{string.Join('\n', found.Select(one => $"{one.ReportId} {ChineseDates.Short(one.On)} {(whose ? $"{one.UnitName}到" : "")}{one.EnterpriseName}：{one.Content}"))}");
    }

    private static Read<DateOnly> ReadDay(Said said) => said.Day(Facing.Past) is { } day ? day.On : Read.No<DateOnly>("没认出日期，可以说“今天”“昨天”“11月20日”。");

    private static Read<string> ReadTask(Said said) => Array.Exists(None, word => said.Text == word)
        ? ""
        : TaskNumbers.In(said.Text) is { } id ? id : Read.No<string>("没认出任务编号，例如T305；没有登记任务的，回复“没有”。");
}
