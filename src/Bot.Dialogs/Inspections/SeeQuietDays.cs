using Bot.Dialogs.Conversations;
using Bot.Dialogs.Understanding;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;

namespace Bot.Dialogs.Inspections;

/// <summary>安静日排期: whether a day is free for an inspection and which are the next (J13–J15).</summary>
public static class SeeQuietDays
{
    public static Conversation Conversation { get; } = new("SeeQuietDays", "安静日排期", "这次查看", Play)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison],
        Intents = [Intents.StaffQuietCheck],
        Opens = text => text == "安静日排期",
    };

    private static async Task Play(Chat chat)
    {
        var on = ReadingTasks.Time(chat.Opening, chat.StartedAt, chat.Calendar)?.On ?? DateOnly.FromDateTime(chat.StartedAt);
        var type = chat.Opening.Contains("专项", StringComparison.Ordinal) ? InspectionType.Special : InspectionType.Daily;
        var day = await chat.Look(new DayCheck(chat.Visitor, on, type));
        var free = string.Join('、', day.Free.Select(ChineseDates.WithWeekday));
        if (day.Span.Length == 0)
        {
            chat.Say($"{chat.Rules.DistrictName}没有规定企业安静日。最近可以安排的工作日：{free}。", "登记任务");
            return;
        }

        var verdict = day.Quiet switch
        {
            QuietDayRuling.Blocked => $"{ChineseDates.WithWeekday(on)}在企业安静日（{day.Span}）内，日常检查不能安排。",
            QuietDayRuling.NotFiled => $"{ChineseDates.WithWeekday(on)}在企业安静日（{day.Span}）内，专项检查须先将计划或方案报{chat.Rules.SupervisionOffice.Name}备案。",
            _ when !day.WorkingDay => $"{ChineseDates.WithWeekday(on)}不在安静日内，但不是工作日。",
            _ => $"{ChineseDates.WithWeekday(on)}不在企业安静日（{day.Span}）内，可以安排。",
        };
        chat.Say($"{verdict}最近可以安排：{free}。投诉举报、数据监测异常等需立即检查的不受限制；已备案的专项和上级指定检查可以在安静日实施。（{day.Source}）", "登记任务");
    }
}
