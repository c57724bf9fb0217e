using Bot.Dialogs.Conversations;
using Bot.Domain.Agenda;
using Bot.Domain.Commands;
using Bot.Testing;

namespace Bot.Dialogs.Tests.Todo;

/// <summary>The links of one's own calendar and of the workbench: told once, and kept out of the lasting history.</summary>
public sealed class GettingALink : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-20 10:00");

    [Fact]
    public async Task The_calendar_link_is_told_once_and_renewed_on_request()
    {
        const string script =
            """
            U: 我的日历
            B: 您的日历链接：
               https://yunlan.example/calendar/※.ics
               复制到手机或电脑日历的“订阅日历”里，就能看到自己的检查、到期事项和企业安静日，有变动会自动更新。
               链接就是钥匙，谁拿到都能看，请不要转发。只显示这一次，泄露了就说“换一个日历链接”。
               [换一个日历链接] [停用日历链接]
            U: 我的日历
            B: 您的日历链接是2026年11月20日生成的，一直有效。为了安全，链接只在生成时显示一次；找不到了请说“换一个日历链接”，旧链接马上作废。
               [换一个日历链接] [停用日历链接]
            U: 换一个日历链接
            B: 旧链接已作废，新的日历链接：
               https://yunlan.example/calendar/※.ics
               复制到手机或电脑日历的“订阅日历”里，就能看到自己的检查、到期事项和企业安静日，有变动会自动更新。
               链接就是钥匙，谁拿到都能看，请不要转发。只显示这一次，泄露了就说“换一个日历链接”。
            U: 停用日历链接
            B: 日历链接已停用，订阅过的手机和电脑不会再更新。要重新订阅请说“我的日历”。
            U: 停用日历链接
            B: 您还没有日历链接。要订阅请说“我的日历”。
            """;
        var talk = new Talk(yunlan.Office, yunlan.Safety);

        Assert.Equal(script, await talk.Play(script));
        Assert.True(talk.Fleeting);
    }

    [Fact]
    public async Task The_link_that_was_told_opens_the_calendar()
    {
        var said = await new Talk(yunlan.Office, yunlan.Qinghe).Hear("我的日历");

        var secret = said[(said.IndexOf("/calendar/", StringComparison.Ordinal) + "/calendar/".Length)..said.IndexOf(".ics", StringComparison.Ordinal)];
        Assert.Contains("周青禾", (await yunlan.Office.Send(new CalendarBehindLink(Actor.Service, secret))).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_workbench_is_opened_by_a_link_and_the_chat_keeps_nothing_of_it()
    {
        const string script =
            """
            U: 工作台
            B: 工作台链接（10分钟内有效，只能用一次，请不要转发）：
               https://yunlan.example/console/enter?ticket=※
            """;
        var talk = new Talk(yunlan.Office, yunlan.SafetyLeader);

        Assert.Equal(script, await talk.Play(script));
        Assert.True(talk.Fleeting);
        Assert.DoesNotContain("ticket", talk.Stored ?? "", StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Secret", talk.Stored ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_address_of_the_service_there_is_no_link()
    {
        var talk = new Talk(yunlan.Office, yunlan.Safety) { Pages = new OwnAddress(null) };

        Assert.Contains("还没有设置访问地址", await talk.Hear("工作台"), StringComparison.Ordinal);
        Assert.Contains("还没有设置访问地址", await talk.Hear("我的日历"), StringComparison.Ordinal);
        Assert.Equal(0, yunlan.Office.Use(db => db.CalendarLinks.Count() + db.WorkbenchTickets.Count()));
    }

    [Fact]
    public async Task An_enterprise_hears_nothing_of_a_workbench()
    {
        Assert.DoesNotContain("/console", await new Talk(yunlan.Office, yunlan.Qinghe).Hear("工作台"), StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();
}
