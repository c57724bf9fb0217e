using Bot.Channels.Calls;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;
using Bot.Storage;
using Bot.Testing;

namespace Bot.Tests.Channels.WeChat.Sending;

/// <summary>已提交, 已送达, 失败及原因; a preview that nobody received is not a preview, so the unit hears of it (J16, domain.md 5.6).</summary>
public sealed class HearingWhatBecameOfIt
{
    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_template_is_submitted_until_the_platform_says_that_it_arrived(DatabaseKind kind)
    {
        await using var desk = await SendingDesk.Open(kind);
        var user = await desk.Contact("E1", "甲");
        await desk.Owe("E1", "k1");
        await desk.Work();
        var before = (await desk.Notice("k1")).State;

        await desk.Report("k1", user, "success");
        await desk.Work();

        Assert.Equal((NoticeState.Submitted, NoticeState.Sent), (before, (await desk.Notice("k1")).State));
    }

    [Fact]
    public async Task A_report_that_comes_before_our_own_note_is_not_lost()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        await desk.Owe("E1", "k1");
        await desk.Work();
        var receipt = (await desk.Notice("k1")).Receipt!;
        await desk.ForgetThatItWent();
        await desk.Rows(rows => Bot.Channels.WeChat.PlatformReports.Finished(rows, user.OpenId, receipt["wechat:".Length..], "success", DateTime.UnixEpoch.AddYears(60), TestContext.Current.CancellationToken));
        desk.Time.Advance(TimeSpan.FromMinutes(3));

        await desk.Work();
        await desk.Work();

        Assert.Equal(NoticeState.Sent, (await desk.Notice("k1")).State);
    }

    [Fact]
    public async Task A_repeated_report_changes_nothing()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        await desk.Owe("E1", "k1");
        await desk.Work();
        var receipt = (await desk.Notice("k1")).Receipt!;
        await desk.Report("k1", user, "success");
        await desk.Work();

        await desk.Rows(rows => Bot.Channels.WeChat.PlatformReports.Finished(rows, user.OpenId, receipt["wechat:".Length..], "failed: system failed", DateTime.UnixEpoch.AddYears(60), TestContext.Current.CancellationToken));
        await desk.Work();

        Assert.Equal(NoticeState.Sent, (await desk.Notice("k1")).State);
        Assert.DoesNotContain(await desk.Notices(), notice => notice.Kind == "N21");
    }

    [Fact]
    public async Task Who_refuses_messages_is_reported_with_whom_to_call_and_left_alone()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲", "13800000001");
        await desk.Contact("E2", "乙", "13800000002");
        user.Blocks = true;
        await desk.Owe("E1", "k1");
        await desk.Work();

        await desk.Report("k1", user, "failed:user block");
        await desk.Work();
        await desk.Owe("E1", "k2", subject: "T2");
        await desk.Work();

        var notice = await desk.Notice("k1");
        Assert.Equal((NoticeState.Undeliverable, "用户拒收"), (notice.State, notice.LastError));
        Assert.NotNull((await desk.Address(user)).UnreachableSince);
        var told = Assert.Single(await desk.Notices(), n => n is { Kind: "N21", SubjectId: "T1" });
        Assert.Equal("L1", told.PersonId);
        Assert.Contains("电话：甲 13800000001；乙 13800000002（已通知）。", told.Text, StringComparison.Ordinal);
        Assert.Single(desk.Platform.Book.Calls, call => call.Path.EndsWith("template/send", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("failed: system failed")]
    [InlineData("failed:something new")]
    public async Task What_the_platform_itself_failed_to_deliver_goes_another_way_or_is_reported_but_not_the_same_way_twice(string status)
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        var other = await desk.Contact("E2", "乙");
        await desk.Owe("E1", "k1");
        await desk.Owe("E2", "k2", subject: "T2");
        await desk.Work();
        await desk.Writes(other);

        await desk.Report("k1", user, status);
        await desk.Report("k2", other, status);
        await desk.Work();

        Assert.Equal(NoticeState.Undeliverable, (await desk.Notice("k1")).State);
        Assert.Contains("模板消息发送失败", (await desk.Notice("k1")).LastError, StringComparison.Ordinal);
        Assert.Equal(NoticeState.Sent, (await desk.Notice("k2")).State);
        Assert.Contains(other.Received, bubble => bubble.Kind == BubbleKind.CustomerService);
        Assert.Equal(2, desk.Platform.Book.Calls.Count(call => call.Path.EndsWith("template/send", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Several_who_were_not_reached_about_one_inspection_are_one_report()
    {
        await using var desk = await SendingDesk.Open();
        await desk.Contact("E1", "甲", "13800000001", follows: false);
        await desk.Contact("E2", "乙", follows: false);
        await desk.Owe("E1", "k1");
        await desk.Owe("E2", "k2");

        await desk.Work();

        var told = Assert.Single(await desk.Notices(), notice => notice.Kind == "N21");
        Assert.Contains("乙 （没有登记电话）；甲 13800000001", told.Text, StringComparison.Ordinal);
        Assert.Contains("用户没有关注", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_concerns_no_unit_goes_to_the_bureau_without_anybodys_phone()
    {
        await using var desk = await SendingDesk.Open();
        await desk.Contact("E1", "甲", "13800000001", follows: false);
        await desk.Owe("E1", "k1", subject: "complaint-1", kind: "N36");

        await desk.Work();

        var told = Assert.Single(await desk.Notices(), notice => notice.Kind == "N21");
        Assert.Equal("S1", told.PersonId);
        Assert.DoesNotContain("13800000001", told.Text, StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Who_comes_back_is_told_once_what_still_matters(DatabaseKind kind)
    {
        await using var desk = await SendingDesk.Open(kind);
        var user = await desk.Contact("E1", "甲", follows: false);
        await desk.Change(db => db.Add(new Bot.Domain.Inspections.InspectionTask(new Bot.Domain.Inspections.TaskFacts("T0", Bot.Domain.Inspections.InspectionType.Daily, "U1", "C1", new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 1)))));
        await desk.Owe("E1", "over", subject: "T0");
        await desk.Owe("E1", "first");
        await desk.Work();
        desk.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.Owe("E1", "changed");
        await desk.Work();
        await user.Follow();

        await desk.Writes(user);
        await desk.Work();
        await desk.Writes(user);
        await desk.Work();

        Assert.Single(user.Received, bubble => bubble.Kind == BubbleKind.CustomerService);
        Assert.Equal(NoticeState.Sent, (await desk.Notice("changed")).State);
        Assert.Equal(NoticeState.Undeliverable, (await desk.Notice("first")).State);
        Assert.Equal(NoticeState.Undeliverable, (await desk.Notice("over")).State);
        Assert.Null((await desk.Address(user)).UnreachableSince);
    }

    [Fact]
    public async Task Who_comes_back_and_is_lost_again_is_not_reported_twice()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲", follows: false);
        await desk.Owe("E1", "k1");
        await desk.Work();
        var reports = (await desk.Notices()).Count(notice => notice.Kind == "N21");

        await desk.Saw(user, null);
        await desk.Work();
        await desk.Saw(user, null);
        await desk.Work();

        Assert.Equal((1, 1), (reports, (await desk.Notices()).Count(notice => notice.Kind == "N21")));
        Assert.Equal(2, desk.Platform.Book.Calls.Count(call => call.Path.EndsWith("template/send", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_menu_of_the_bound_follows_the_binding()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        var menus = (Bot.Channels.WeChat.BoundMenus)desk.Services.GetService(typeof(Bot.Channels.WeChat.BoundMenus))!;
        desk.Platform.Faults.Next("batchtagging", new Fault.Code(45009, "quota"));
        var token = TestContext.Current.CancellationToken;

        await Assert.ThrowsAsync<PlatformRefusedException>(() => menus.Round(token));
        desk.Time.Advance(TimeSpan.FromDays(1));
        await menus.Round(token);
        var bound = user.Tags.Count;
        await desk.Change(db => db.Bindings.Single(b => b.PersonId == "E1").Move(BindingState.Ended));
        await menus.Round(token);

        Assert.Equal((1, 0, 0), (bound, user.Tags.Count, await menus.Round(token)));
    }
}
