using Bot.Domain.Commands;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Testing;

namespace Bot.Dialogs.Tests.HumanHelp;

/// <summary>C12.</summary>
public sealed class AskingForAPerson : IDisposable
{
    private readonly Office office = new("2026-11-22 10:00");
    private readonly Actor supervisor;
    private readonly Talk talk;

    public AskingForAPerson()
    {
        office.Add(new Enterprise("E1", "云澜区青榆精密机械有限公司", "91321299MA7CLA010M"), new NumberSeries("云助", 2026, 230));
        supervisor = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
        talk = new Talk(office, office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1"));
    }

    [Fact]
    public async Task C12_on_a_sunday_a_message_is_left_and_answered_where_it_was_left()
    {
        const string script = """
            U: 转人工
            B: 现在是周日10:00，人工在工作日9:00—12:00、13:30—17:30。
               [1]留言，周一（11月23日）前回复 [2]紧急情况 [3]继续问我
            U: 1
            B: 请说要点，我转给工作人员。
            U: 预告里写的联系人打不通
            B: 已留言，编号 R-0231，11月23日前联系您。留下电话更快，可以不留。
            U: 不留
            B: 好，将在这里回复您。
            """;

        Assert.Equal(script, await talk.Play(script));

        Assert.Contains("R-0231 已回复", await new Talk(office, supervisor).Hear("回复 R26-231 已请联系人给您回电"), StringComparison.Ordinal);
        Assert.Contains("已请联系人给您回电", office.Use(db => db.Notices.Single(n => n.PersonId == "P1").Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_office_hours_it_says_so_and_a_phone_number_is_kept_with_the_message()
    {
        const string script = """
            @ 2026-11-23 10:00
            U: 人工
            B: 现在是人工服务时间（工作日9:00—12:00、13:30—17:30）。
               [1]留言，周二（11月24日）前回复 [2]紧急情况 [3]继续问我
            U: 留言
            B: 请说要点，我转给工作人员。
            U: 预告打不开
            B: 已留言，编号 R-0231，11月24日前联系您。留下电话更快，可以不留。
            U: 打我手机
            B: 没认出电话号码。请发11位手机号或带区号的座机，不留就回复“不留”。
            U: 13800000000
            B: 好，工作人员会打13800000000，也会在这里回复您。
            """;

        Assert.Equal(script, await talk.Play(script));
        Assert.Equal("13800000000", office.Use(db => db.HelpRequests.Single().Phone));
    }

    [Fact]
    public async Task What_cannot_wait_is_sent_to_the_emergency_numbers()
    {
        await talk.Say("转人工");

        Assert.Contains("119", await talk.Hear("2"), StringComparison.Ordinal);
        Assert.Equal(0, office.Use(db => db.HelpRequests.Count()));
    }

    public void Dispose() => office.Dispose();
}
