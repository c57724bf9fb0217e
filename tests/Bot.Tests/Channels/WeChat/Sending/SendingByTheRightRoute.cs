using Bot.Dialogs.Conversations;
using Bot.Domain.Notices;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;
using Bot.Storage;
using Bot.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat.Sending;

/// <summary>domain.md 5.6 and the platform's rules: service message inside the allowance, template outside, once on one way, else reported (J16).</summary>
public sealed class SendingByTheRightRoute
{
    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Inside_the_window_the_whole_notice_is_said_with_its_buttons(DatabaseKind kind)
    {
        await using var desk = await SendingDesk.Open(kind);
        var user = await desk.Contact("E1", "甲");
        await desk.Writes(user);
        await desk.Owe("E1", "k1");

        await desk.Work();

        var bubble = user.Received.Last();
        Assert.Equal(BubbleKind.CustomerService, bubble.Kind);
        Assert.Contains("到贵单位开展日常检查", bubble.Text, StringComparison.Ordinal);
        Assert.Equal(["改期 T1", "投诉"], bubble.Tappables.Select(tappable => tappable.Caption));
        Assert.Equal(NoticeState.Sent, (await desk.Notice("k1")).State);
        Assert.Equal(4, (await desk.Address(user)).MessagesLeft);
        Assert.Empty(desk.Platform.Book.Violations);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Outside_the_window_the_short_form_goes_as_a_template_with_a_link_to_the_whole(DatabaseKind kind)
    {
        await using var desk = await SendingDesk.Open(kind);
        var user = await desk.Contact("E1", "甲");
        await desk.Owe("E1", "k1");

        await desk.Work();

        var card = user.Received.Last().Card!;
        Assert.Equal(["应急管理局", "2026年12月18日", "工贸企业安全生产检查", "魏亦舟 0523-88880102"], card.Lines.Select(line => line.Value));
        var notice = await desk.Notice("k1");
        Assert.Equal($"https://bot.example/n/{notice.PageToken}", card.Url);
        Assert.Equal(22, notice.PageToken!.Length);
        Assert.Equal(NoticeState.Submitted, notice.State);
        Assert.True(long.Parse(notice.Receipt!["wechat:".Length..], System.Globalization.CultureInfo.InvariantCulture) > 1L << 53);
        Assert.Empty(desk.Platform.Book.Violations);
    }

    [Fact]
    public async Task The_sixth_message_in_48_hours_is_a_template()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        await desk.Writes(user);
        for (var i = 1; i <= 6; i++)
            await desk.Owe("E1", $"k{i}", subject: $"T{i}");

        await desk.Work();

        Assert.Equal(5, user.Received.Count(bubble => bubble.Kind == BubbleKind.CustomerService));
        Assert.Equal(1, user.Received.Count(bubble => bubble.Kind == BubbleKind.Template));
        Assert.Empty(desk.Platform.Book.Violations);
    }

    [Fact]
    public async Task After_48_hours_nothing_is_left_of_a_message()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        await desk.Writes(user);
        desk.Time.Advance(TimeSpan.FromHours(48));
        await desk.Owe("E1", "k1");

        await desk.Work();

        Assert.Equal(BubbleKind.Template, user.Received.Last().Kind);
        Assert.DoesNotContain(desk.Platform.Book.Calls, call => call.ErrorCode != 0);
    }

    [Fact]
    public async Task Another_count_than_ours_corrects_ours_and_the_notice_goes_as_a_template()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        await desk.Writes(user);
        await desk.Owe("E1", "k1");
        desk.Platform.Faults.Next("message/custom/send", new Fault.Code(45047, "out of response count limit"));

        await desk.Work();

        Assert.Equal(BubbleKind.Template, user.Received.Last().Kind);
        Assert.Equal(0, (await desk.Address(user)).MessagesLeft);
        Assert.Single(desk.Platform.Book.Calls, call => call.Path.EndsWith("custom/send", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_notice_whose_fate_is_unknown_is_not_sent_again_but_reported()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲", "13800000001");
        await desk.Writes(user);
        await desk.Owe("E1", "k1");
        desk.Platform.Faults.Next("message/custom/send", Fault.CutAfter);

        await desk.Work();
        await desk.WorkUntil(desk.Time.GetUtcNow().UtcDateTime.AddDays(1));

        Assert.Single(user.Received, bubble => bubble.Kind is BubbleKind.CustomerService or BubbleKind.Template);
        Assert.Equal(NoticeState.Undeliverable, (await desk.Notice("k1")).State);
        Assert.Contains(await desk.Notices(), notice => notice is { Kind: "N21", PersonId: "L1" } && notice.Text.Contains("不能确定是否送达", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_crash_between_sending_and_writing_down_says_nothing_twice()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        await desk.Writes(user);
        await desk.Owe("E1", "k1");
        await desk.Work();
        await desk.ForgetThatItWent();
        desk.Time.Advance(TimeSpan.FromMinutes(3));

        await desk.Work();

        Assert.Single(user.Received, bubble => bubble.Kind == BubbleKind.CustomerService);
        Assert.DoesNotContain(user.Received, bubble => bubble.Kind == BubbleKind.Template);
    }

    [Fact]
    public async Task A_template_sent_again_after_a_crash_arrives_once()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        await desk.Owe("E1", "k1");
        await desk.Work();
        await desk.ForgetThatItWent();
        desk.Time.Advance(TimeSpan.FromMinutes(3));

        await desk.Work();

        Assert.Equal(2, desk.Platform.Book.Calls.Count(call => call.Path.EndsWith("template/send", StringComparison.Ordinal)));
        Assert.Single(user.Received, bubble => bubble.Kind == BubbleKind.Template);
        Assert.Equal(NoticeState.Submitted, (await desk.Notice("k1")).State);
    }

    [Fact]
    public async Task A_value_that_the_platform_refuses_is_shortened_once()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        await desk.Owe("E1", "k1");
        desk.Platform.Faults.Next("template/send", new Fault.Code(47003, "argument invalid! data.thing3.value invalid"));

        await desk.Work();

        Assert.Equal("工贸企业…", user.Received.Last().Card!.Lines[2].Value);
    }

    [Fact]
    public async Task A_value_that_is_refused_twice_is_not_tried_a_third_time()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        await desk.Owe("E1", "k1");
        var refusal = new Fault.Code(47003, "argument invalid! data.thing3.value invalid");
        desk.Platform.Faults.Next("template/send", refusal, refusal);

        await desk.Work();

        Assert.Equal(2, desk.Platform.Book.Calls.Count(call => call.Path.EndsWith("template/send", StringComparison.Ordinal)));
        Assert.Equal(NoticeState.Undeliverable, (await desk.Notice("k1")).State);
    }

    [Fact]
    public async Task The_days_quota_holds_what_is_owed_until_tomorrow()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        await desk.Owe("E1", "k1");
        desk.Platform.Faults.Next("template/send", new Fault.Code(45009, "reach max api daily quota limit"));

        await desk.Work();
        var held = await desk.Notice("k1");
        await desk.WorkUntil(desk.Time.GetUtcNow().UtcDateTime.AddDays(1));

        Assert.Equal(NoticeState.Owed, held.State);
        Assert.Equal(new DateTime(2026, 11, 23, 16, 0, 0, DateTimeKind.Utc), held.NextAttemptAt);
        Assert.Single(user.Received, bubble => bubble.Kind == BubbleKind.Template);
    }

    [Fact]
    public async Task A_kind_without_short_form_waits_for_the_person()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        await desk.Owe("E1", "k1", kind: "N7");
        await desk.Work();
        var before = (await desk.Notice("k1")).State;

        await desk.Writes(user);
        await desk.Work();

        Assert.Equal(NoticeState.Undeliverable, before);
        Assert.Equal(NoticeState.Sent, (await desk.Notice("k1")).State);
        Assert.Single(user.Received, bubble => bubble.Kind == BubbleKind.CustomerService);
    }

    [Fact]
    public async Task What_the_person_accepted_once_is_sent_once()
    {
        await using var desk = await SendingDesk.Open(settings: [("WeChat:Templates:N1", "unknown-template")]);
        var user = await desk.Contact("E1", "甲");
        await desk.Rows(rows => Bot.Channels.WeChat.PlatformReports.Answered(rows, user.OpenId, "push-1", "tpl-sub", "accept", DateTime.UnixEpoch, TestContext.Current.CancellationToken));
        await desk.Rows(rows => Bot.Channels.WeChat.PlatformReports.Answered(rows, user.OpenId, "push-1", "tpl-sub", "accept", DateTime.UnixEpoch, TestContext.Current.CancellationToken));

        var taken = new List<bool>();
        await desk.Rows(async rows => taken.Add(await rows.TakeAccept(user.OpenId, "tpl-sub", TestContext.Current.CancellationToken)));
        await desk.Rows(async rows => taken.Add(await rows.TakeAccept(user.OpenId, "tpl-sub", TestContext.Current.CancellationToken)));

        Assert.Equal([true, false], taken);
    }

    [Fact]
    public async Task Of_strangers_no_answer_is_kept()
    {
        await using var desk = await SendingDesk.Open();
        var token = TestContext.Current.CancellationToken;
        await desk.Rows(rows => Bot.Channels.WeChat.PlatformReports.Answered(rows, "stranger", "push-1", "tpl-sub", "accept", DateTime.UnixEpoch, token));

        await desk.Rows(async rows => Assert.False(await rows.TakeAccept("stranger", "tpl-sub", token)));
    }

    [Fact]
    public async Task Texts_of_people_become_no_links()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        await desk.Writes(user);
        await desk.Owe("E1", "k1", text: "<a href=\"https://evil.example\">点我</a>");

        await desk.Work();

        Assert.DoesNotContain(user.Received.Last().Tappables, tappable => tappable.Url is not null);
    }

    [Fact]
    public async Task What_is_urgent_does_not_stand_behind_a_thousand_others()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        var other = await desk.Contact("E2", "乙");
        for (var i = 0; i < 250; i++)
            await desk.Owe("E1", $"k{i}", subject: $"T{i}", urgent: false);
        await desk.Owe("E2", "now", urgent: true);

        await desk.Services.GetRequiredService<Bot.Outbox.Deliver>().Round(TestContext.Current.CancellationToken);

        Assert.Single(other.Received, bubble => bubble.Kind == BubbleKind.Template);
        Assert.DoesNotContain(user.Received, bubble => bubble.Kind == BubbleKind.Template);
    }

    [Theory]
    [InlineData(47 * 60, true)]
    [InlineData(48 * 60, false)]
    [InlineData(72 * 60, false)]
    public async Task An_old_push_opens_no_more_than_is_left_of_its_window(int minutesOld, bool opens)
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        var now = desk.Time.GetUtcNow().UtcDateTime;

        await desk.Saw(user, new Allowance(5, now.AddMinutes(-minutesOld).AddHours(48), Brief: false));

        Assert.Equal(opens ? 5 : 0, (await desk.Address(user)).MessagesLeft);
    }

    [Fact]
    public async Task A_late_push_does_not_close_the_window_of_a_newer_one()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        var now = desk.Time.GetUtcNow().UtcDateTime;
        await desk.Saw(user, new Allowance(5, now.AddHours(48), Brief: false));
        await desk.Rows(rows => rows.TakeAllowance(new("wechat", user.OpenId), now, TestContext.Current.CancellationToken));

        await desk.Saw(user, new Allowance(5, now.AddHours(20), Brief: false));

        Assert.Equal((4, now.AddHours(48)), ((await desk.Address(user)).MessagesLeft, (await desk.Address(user)).MessagesUntil));
    }

    [Fact]
    public async Task A_tap_opens_three_for_a_minute_and_leaves_the_window_of_a_message()
    {
        await using var desk = await SendingDesk.Open();
        var user = await desk.Contact("E1", "甲");
        var now = desk.Time.GetUtcNow().UtcDateTime;
        var to = new Bot.Domain.Commands.Address("wechat", user.OpenId);
        var taken = new List<bool>();
        await desk.Saw(user, new Allowance(3, now.AddMinutes(1), Brief: true));

        for (var i = 0; i < 4; i++)
            await desk.Rows(async rows => taken.Add(await rows.TakeAllowance(to, now, TestContext.Current.CancellationToken)));
        await desk.Saw(user, new Allowance(3, now.AddMinutes(1).AddSeconds(1), Brief: true));
        await desk.Rows(async rows => taken.Add(await rows.TakeAllowance(to, now.AddMinutes(2), TestContext.Current.CancellationToken)));

        Assert.Equal([true, true, true, false, false], taken);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task The_last_message_left_is_taken_by_one_only(DatabaseKind kind)
    {
        await using var desk = await SendingDesk.Open(kind);
        var user = await desk.Contact("E1", "甲");
        var now = desk.Time.GetUtcNow().UtcDateTime;
        await desk.Saw(user, new Allowance(5, now.AddHours(48), Brief: false));
        var token = TestContext.Current.CancellationToken;

        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => desk.Transactions.Run($"k{i}", (work, inner) => work.Rows.TakeAllowance(new("wechat", user.OpenId), now, inner), token)));

        Assert.Equal(5, taken.Count(one => one));
    }
}
