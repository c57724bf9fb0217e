using System.Xml.Linq;
using Bot.Channels.WeCom;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.Plans;
using Bot.Emulators.WeCom;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Tests.Channels.WeChat;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeCom;

/// <summary>Notices arrive as cards, a tap does what its button says, and what came of it stands on everybody's card (C5, C7, C8; J14).</summary>
public sealed class ActingOnCards : IAsyncLifetime
{
    private const string Plan = "P-U01-2026-S1";

    private StaffedBot bot = null!;
    private WeComMember first = null!;
    private WeComMember second = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bot = await StaffedBot.Start();
        await bot.Enter("luyao", "陆遥", ActorRole.UnitLiaison);
        first = await bot.Official("岑予安", ActorRole.Supervisor, "CenYuAn");
        second = await bot.Official("陆知行", ActorRole.Supervisor, "luzhixing");
    }

    public ValueTask DisposeAsync() => bot.DisposeAsync();

    [Fact]
    public async Task One_tap_files_a_plan_and_everybodys_card_shows_who_did_it()
    {
        await UnitAsks();
        Assert.Equal("安静日备案申请", Assert.Single(first.Cards).Title);
        Assert.Equal(["同意备案", "看计划"], Assert.Single(second.Cards).Buttons.Select(button => button.Text));

        await first.Tap("同意备案");
        Assert.Equal("已选：同意备案", first.Cards[0].GreyText);
        await SendWhatWaits();

        Assert.Contains(first.Received, entry => entry.Text.Contains("已备案，备案日期2026年11月23日", StringComparison.Ordinal));
        foreach (var card in new[] { first.Cards[0], second.Cards[0] })
        {
            Assert.Equal("已备案", card.GreyText);
            Assert.Equal("已备案：岑予安 11月23日10:00", card.Description);
        }

        Assert.Equal(1, Filed());
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task A_button_that_only_opens_something_stays()
    {
        await UnitAsks();

        await first.Tap("看计划");
        await SendWhatWaits();

        Assert.True(first.Cards[0].Usable);
        Assert.Contains(first.Received, entry => entry.Plain.Contains("粉尘涉爆专项检查", StringComparison.Ordinal) && entry.Card != first.Cards[0]);
        await first.Tap(first.Cards[0], "同意备案");
        Assert.Equal(1, Filed());
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task Pressed_twice_and_pressed_by_the_second_after_the_first_it_is_done_once_and_said_kindly()
    {
        await UnitAsks();
        await first.Tap("同意备案");
        await first.Tap(first.Cards[0], "同意备案", unaware: true);
        await second.Tap("同意备案");
        await SendWhatWaits();
        await second.Tap(second.Cards[0], "同意备案", unaware: true);
        await SendWhatWaits();

        Assert.Equal(1, Filed());
        Assert.Contains(second.Received, entry => entry.Card is null && entry.Plain.Contains("备案", StringComparison.Ordinal));
        Assert.Contains(second.Received, entry => entry.Plain.Contains("已经结束了", StringComparison.Ordinal));
        Assert.Equal("已备案", second.Cards[0].GreyText);
    }

    [Fact]
    public async Task A_card_of_somebody_else_and_one_that_never_was_do_nothing()
    {
        await UnitAsks();
        var stranger = await bot.Official("魏亦舟", ActorRole.Supervisor, "weiyizhou");

        foreach (var task in new[] { first.Cards[0].TaskId, "n-0000" })
        {
            await stranger.Event(
                "template_card_event",
                new XElement("EventKey", $"0|同意备案 {Plan}"),
                new XElement("TaskId", task),
                new XElement("CardType", "button_interaction"),
                new XElement("ResponseCode", "none"));
            await SendWhatWaits();
            bot.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, Filed());
        Assert.Equal(2, stranger.Received.Count(entry => entry.Plain.Contains("已经结束了", StringComparison.Ordinal)));
        Assert.True(first.Cards[0].Usable);
    }

    [Fact]
    public async Task What_was_done_elsewhere_stands_on_the_cards_also_on_those_that_go_out_later()
    {
        await UnitAsks(deliver: false);
        await Do(new FileForQuietDays(await By(second), Plan));
        await Deliver();
        await SendWhatWaits();

        Assert.Equal("已备案", Assert.Single(first.Cards).GreyText);
        Assert.Contains("陆知行", first.Cards[0].Description, StringComparison.Ordinal);
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task Two_who_tap_at_the_same_moment_are_one_filing()
    {
        await UnitAsks();

        await Task.WhenAll(first.Tap("同意备案"), second.Tap("同意备案"));
        await SendWhatWaits();

        Assert.Equal(1, Filed());
        Assert.All(new[] { first.Cards[0], second.Cards[0] }, card => Assert.Equal("已备案", card.GreyText));
    }

    [Fact]
    public async Task A_crash_between_sending_and_writing_it_down_shows_nobody_a_second_card()
    {
        await UnitAsks();
        await bot.Transactions.Run(
            "crash",
            (work, token) => work.Services.GetRequiredService<SupervisionDb>().Database.ExecuteSqlRawAsync("UPDATE \"Notices\" SET \"State\" = 'Owed'", token),
            Token);

        bot.Time.Advance(TimeSpan.FromMinutes(5));
        await Deliver();

        Assert.Single(first.Cards);
        Assert.Equal(0, bot.Ask<long>("SELECT count(*) FROM \"Notices\" WHERE \"State\" = 'Owed'"));
    }

    [Fact]
    public async Task The_morning_list_is_one_card_with_the_most_urgent_first()
    {
        var reader = await By(first);
        await bot.Transactions.Run(
            "owe",
            async (work, token) =>
            {
                var board = work.Services.GetRequiredService<NoticeBoard>();
                for (var i = 1; i <= 8; i++)
                {
                    var fields = new Dictionary<string, string> { ["object"] = $"指导申请G26-{i}", ["due"] = "11月20日", ["over"] = "1", ["copied"] = "司法局", ["left"] = "1" };
                    await board.Owe(reader.PersonId!, i == 8 ? "N8" : "N7", $"digest:{i}", $"G26-{i}", fields, token, digest: true, actions: [$"答复 G26-{i}"]);
                }

                return 0;
            },
            Token);
        await Deliver();

        var card = Assert.Single(first.Cards);
        Assert.Equal("今日待办（8件）", card.Title);
        Assert.Equal("超期1日：指导申请G26-8", card.Lines[0].Value);
        Assert.Equal(5, card.Lines.Count);
        Assert.Equal(["答复 G26-8", "今日待办"], [card.Buttons[0].Text, card.Buttons[^1].Text]);
        Assert.Single(first.Received);
        Assert.Empty(bot.Platform.Violations);
    }

    [Fact]
    public async Task What_goes_beyond_a_members_minute_waits_and_none_is_lost()
    {
        var reader = await By(first);
        await bot.Transactions.Run(
            "owe",
            async (work, token) =>
            {
                for (var i = 1; i <= 40; i++)
                    await work.Services.GetRequiredService<NoticeBoard>().Owe(reader.PersonId!, "N84", $"many:{i}", $"U{i}", new Dictionary<string, string> { ["unit"] = $"第{i}单位" }, token);
                return 0;
            },
            Token);

        for (var minute = 0; minute < 6; minute++)
        {
            await Deliver();
            bot.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(bot.Platform.Discarded);
        Assert.Equal(40, first.Received.Count);
    }

    [Fact]
    public async Task A_question_is_a_card_and_its_answer_may_be_tapped_or_typed()
    {
        await first.Say($"备案 {Plan}x");
        await UnitAsks();
        var before = first.Cards.Count;
        await first.Say($"备案 {Plan}");
        await SendWhatWaits();
        Assert.Equal(["是", "否"], first.Cards[^1].Buttons.Select(button => button.Text));

        var question = first.Cards[^1];
        await first.Tap(question, "否");
        await SendWhatWaits();
        Assert.Equal("已选：否", question.GreyText);
        Assert.True(first.Cards.Count > before);

        await first.Say($"备案 {Plan}");
        await SendWhatWaits();
        var open = first.Cards[^1];
        await first.Say("否");
        await first.Tap(open, "是");
        await SendWhatWaits();
        Assert.Equal(0, Filed());
        Assert.Equal("这张卡片已经用不上了", open.GreyText);
        Assert.Empty(bot.Platform.Violations);
    }

    private long Filed() => bot.Ask<long>("SELECT count(*) FROM audit WHERE action = 'FileForQuietDays'");

    private async Task UnitAsks(bool deliver = true)
    {
        var inspector = await bot.Enter("wuming", "吴明", ActorRole.Inspector);
        await bot.Transactions.Run(
            "plan",
            (work, _) =>
            {
                var plan = new InspectionPlan(Plan, "U01", 2026, PlanKind.Special, "粉尘涉爆专项检查", new DateOnly(2026, 11, 1));
                plan.ApproveByGovernment("云政办〔2026〕8号", new DateOnly(2026, 11, 10));
                plan.FileWithSuperior("district", "苏应急备〔2026〕3号", new DateOnly(2026, 11, 12));
                work.Services.GetRequiredService<SupervisionDb>().Add(plan);
                return Task.FromResult(0);
            },
            Token);
        await Do(new AskToFileForQuietDays(new Actor(inspector, ActorRole.Inspector, "吴明", new Address("wecom", "wuming"), UnitId: "U01"), Plan, "寒潮前集中检查"));
        bot.Time.Advance(TimeSpan.FromSeconds(1));
        if (deliver)
            await Deliver();
    }

    private Task<T> Do<T>(ICommand<T> command) => bot.Transactions.Run(
        "elsewhere", (work, token) => work.Services.GetRequiredService<IMediator>().Send(command, token), Token);

    private Task<Actor> By(WeComMember member) => bot.Transactions.Read((rows, token) => rows.Actor(new Address("wecom", member.UserId.ToLowerInvariant()), token), Token);

    private Task Deliver() => bot.Bot.Services.GetRequiredService<DueWork>().Run(Token);

    private async Task SendWhatWaits()
    {
        await bot.Bot.Services.GetRequiredService<CardOutcomes>().Round(Token);
        bot.Time.Advance(TimeSpan.FromSeconds(6));
        bot.Bot.Services.GetRequiredService<WeComQueue>().Nudge();
        await FollowedBot.Until(() => bot.Ask<long>("SELECT count(*) FROM late_replies WHERE channel = 'wecom' AND state <= 1") == 0);
    }
}
