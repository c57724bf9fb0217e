using Bot.Dialogs.Conversations;
using Bot.Dialogs.People;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Results;

namespace Bot.Dialogs.Results;

/// <summary>我的检查记录: what is recorded about the own enterprise, with source and date, and how to object (D16, D19).</summary>
public static class SeeMyRecord
{
    private const int Shown = 5;

    private static readonly string[] Words = ["我的检查记录", "检查记录", "我们的检查记录", "查过我们几次"];

    public static Conversation Conversation { get; } = new("SeeMyRecord", "我的检查记录", "这次查看", Play)
    {
        Roles = [ActorRole.EnterpriseUser],
        Opens = text => Words.Contains(text, StringComparer.Ordinal),
    };

    private static async Task Play(Chat chat)
    {
        if (await WithoutEnterprise.Tell(chat, "看检查记录要先绑定企业。"))
            return;
        var record = await chat.Look(new MyInspectionRecord(chat.Visitor));
        if (record.Count == 0)
        {
            chat.Say("没有贵单位的检查记录。接下来的检查在“检查预告”里。", "检查预告", "评价检查");
            return;
        }

        var year = DateOnly.FromDateTime(chat.StartedAt).Year;
        var head = $"贵单位{year}年共接受检查{record.Count(one => one.On.Year == year)}次{(record.Count > Shown ? $"，最近{Shown}次" : "")}：";
        var foot = "对记录有不同意见，可以申诉，由检查单位说明依据；对检查过程有意见，可以投诉；收到行政处罚等决定的，还可依法申请行政复议或提起诉讼，期限以决定书写明的为准。";
        chat.Say($"{head}\n{string.Join('\n', record.Take(Shown).Select(Line))}\n{foot}", "申诉结果", "评价检查", "检查预告", "投诉检查行为");
    }

    private static string Line(RecordedInspection one)
    {
        var result = one.Result is null ? "结果还没有回填" : $"结果：{one.Result}（{ChineseDates.Long(one.RecordedOn ?? one.On)}记录，来源：{one.Source}{(one.PublishedOn is { } on ? $"，{ChineseDates.Short(on)}公示" : "")}）";
        var problems = string.Concat(one.Problems.Select(problem => $"\n   · {problem.Text}，{(problem.ClosedOn is { } closed ? $"{ChineseDates.Short(closed)}已销号" : problem.CorrectBy is { } by ? $"{ChineseDates.WithWeekday(by)}前改正" : "待核实")}，依据：{problem.Basis}"));
        var advice = one.Advice.Count > 0 ? $"\n   改进建议：{string.Join('；', one.Advice)}" : "";
        return $"{one.TaskId} {ChineseDates.Long(one.On)} {one.UnitName} {one.Type.Name()}：{string.Join('、', one.Items)}。{result}{problems}{advice}";
    }
}
