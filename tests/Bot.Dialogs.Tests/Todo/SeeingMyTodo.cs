using Bot.Domain;
using Bot.Domain.Deadlines;
using Bot.Domain.Guidance;
using Bot.Domain.Rules;
using Bot.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Dialogs.Tests.Todo;

/// <summary>C18: today's list of an official.</summary>
public sealed class SeeingMyTodo : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-16 09:00");

    [Fact]
    public async Task C18_what_is_late_why_and_when_to_be_reminded()
    {
        Owe("task.result", "T305", rules => rules.ResultEntry, "2026-11-16", "检查任务T305的结果");
        Owe("merge.acrossUnits", "M1", rules => rules.MergeAcrossUnits, "2026-11-18", "并办提示M1");
        Owe("merge.sameUnit", "M7", rules => rules.MergeSameUnit, "2026-11-20", "并办提示M7");
        Owe("guidance.reply", "G2", rules => rules.GuidanceReply, "2026-11-19", "指导申请G2");
        const string script =
            """
            @ 2026-11-22 10:00
            U: 待办
            B: 今天（11月22日，周日）已超期1件：T305结果。没有必须今天办的事。明天到期3件：M1并办、G2答复、M7并办。提醒时间：工作日8:30，可说“提醒改到九点半”。
               [先看超期的] [看明天的] [知道了]
            U: 先看超期的
            B: T305结果：检查任务T305的结果，应于11月19日（周四）办结，已超期1个工作日。
               [1]回填 [2]说明原因
               [回填] [说明原因]
            U: 2 企业停电没法核对
            B: 已记原因，仍计超期1个工作日，11月23日（周一）8:30再提醒您一次。
               [待办] [提醒时间]
            U: 提醒改到九点半
            B: 已改为工作日9:30。
            """;

        Assert.Equal(script.ReplaceLineEndings("\n"), await new Talk(yunlan.Office, yunlan.Transport).Play(script));
        Assert.Equal(new TimeOnly(9, 30), yunlan.Office.Use(db => db.People.Single(p => p.Id == "I23").RemindAt));
    }

    [Fact]
    public async Task A_request_for_guidance_is_answered_right_from_the_list()
    {
        var request = await yunlan.Office.Send(new RequestGuidance(yunlan.Yuanfan, "U09", "台账保存几年?"));
        var talk = new Talk(yunlan.Office, yunlan.Transport);
        await talk.Say("今日待办");

        Assert.Contains("[1]现在答复", await talk.Hear(request.Id), StringComparison.Ordinal);
        await talk.Say("1");
        await talk.Say("不少于三年。");
        Assert.StartsWith("已发送给企业，按期。", await talk.Hear("发"), StringComparison.Ordinal);
        Assert.Contains("没有待办的事", await talk.Hear("待办"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_inspection_that_a_notice_names_is_opened_where_it_stands() // J30
    {
        using var day = new Yunlan("2026-12-18 08:40");
        day.Inspection();

        Assert.Contains("[1]出示检查码", await new Talk(day.Office, day.Safety).Hear("打开 T101"), StringComparison.Ordinal);
        Assert.StartsWith("T101（云澜区青禾特种钢锭铸造有限公司", await new Talk(day.Office, day.SafetyLeader).Hear("打开 T101"), StringComparison.Ordinal);
        Assert.Contains("没有找到", await new Talk(day.Office, day.Transport).Hear("打开 T101"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_in_the_night_is_refused_kindly_and_an_hour_alone_is_understood()
    {
        var talk = new Talk(yunlan.Office, yunlan.Transport);

        Assert.Contains("不发提醒", await talk.Hear("提醒改到晚上11点"), StringComparison.Ordinal);
        Assert.Equal("已改为工作日9:00。", await talk.Hear("提醒改成9点"));
        Assert.Contains("几点提醒您", await talk.Hear("提醒时间"), StringComparison.Ordinal);
        Assert.Equal("已改为工作日8:45。", await talk.Hear("8:45"));
    }

    public void Dispose() => yunlan.Dispose();

    private void Owe(string kind, string subject, Func<RulePack, Limit> limit, string from, string title)
    {
        using var scope = yunlan.Office.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<DeadlineBook>().OpenFrom(DateOnly.Parse(from, null), kind, limit(yunlan.Office.Rules), subject, title, "U09", "I23");
        scope.ServiceProvider.GetRequiredService<ISupervisionDb>().SaveChanges(TestContext.Current.CancellationToken).GetAwaiter().GetResult();
    }
}
