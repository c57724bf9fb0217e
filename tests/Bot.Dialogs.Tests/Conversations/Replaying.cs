using System.Diagnostics.CodeAnalysis;
using System.Text;
using Bot.Dialogs.Conversations;
using Bot.Domain.Deadlines;
using Bot.Testing;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Dialogs.Tests.Conversations;

/// <summary>The engine alone: what it keeps, what it asks again, and which mistakes of a conversation it finds.</summary>
public sealed class Replaying : IDisposable
{
    private static readonly Option[] Kinds = [new("pipe", "水管"), new("power", "电路"), new("other", "其他")];

    private readonly Office office = new();
    private readonly IServiceScope scope;
    private Journal journal = new("Repair", 1, new DateTime(2026, 11, 20, 2, 0, 0, DateTimeKind.Utc));

    public Replaying() => scope = office.Services.CreateScope();

    [Fact]
    public async Task An_inserted_question_is_asked_and_every_answer_found_again_in_any_order()
    {
        await Begin(Old, "张三", "2", "三楼");

        var moved = await Say(New, "好的");

        Assert.True(moved.Moved);
        Assert.False(moved.Consumed);
        Assert.Equal("电话？", moved.Question!.Text);
        Assert.Equal("三楼 power 张三 110？", (await Say(New, "110")).Question!.Text);

        static async Task Old(Chat chat)
        {
            await chat.Ask("name", "姓名？");
            await chat.Choose("kind", "哪一类？", Kinds);
            await chat.Ask("place", "地址？");
            await chat.Confirm("ok", "提交吗？");
        }

        static async Task New(Chat chat)
        {
            var place = await chat.Ask("place", "地址？");
            var phone = await chat.Ask("phone", "电话？");
            var kind = await chat.Choose("kind", "哪一类？", Kinds);
            await chat.Confirm("ok", $"{place} {kind} {await chat.Ask("name", "姓名？")} {phone}？");
        }
    }

    [Fact]
    public async Task A_renamed_key_and_a_changed_list_of_options_are_asked_again_and_nothing_else()
    {
        await Begin(Old, "张三", "2");

        Assert.Equal("贵姓？", (await Say(New, "三楼")).Question!.Text);
        Assert.StartsWith("哪一类？", (await Say(New, "李")).Question!.Text, StringComparison.Ordinal);
        Assert.Equal("地址？", (await Say(New, "1")).Question!.Text);

        static async Task Old(Chat chat)
        {
            await chat.Ask("name", "姓名？");
            await chat.Choose("kind", "哪一类？", Kinds);
            await chat.Ask("place", "地址？");
        }

        static async Task New(Chat chat)
        {
            await chat.Ask("surname", "贵姓？");
            await chat.Choose("kind", "哪一类？", Kinds[1..]);
            await chat.Ask("place", "地址？");
        }
    }

    [Fact]
    public async Task A_number_sent_to_a_list_that_has_changed_meanwhile_chooses_nothing()
    {
        IReadOnlyList<Option> offered = Kinds;
        await Begin(Play);
        offered = Kinds[1..];

        var outcome = await Say(Play, "1");

        Assert.True(outcome.Moved);
        Assert.Empty(journal.Entries);

        async Task Play(Chat chat) => await chat.Choose("kind", "哪一类？", offered);
    }

    [Fact]
    public async Task What_was_confirmed_before_a_change_is_confirmed_again()
    {
        await Begin(Old, "是");

        await Say(New, "随便");
        var asked = await Say(New, "张三");

        Assert.Equal("确定吗？", asked.Question!.Text);

        static async Task Old(Chat chat)
        {
            await chat.Confirm("sure", "确定吗？");
            await chat.Ask("more", "还有吗？");
        }

        static async Task New(Chat chat)
        {
            await chat.Ask("name", "姓名？");
            await chat.Confirm("sure", "确定吗？");
            await chat.Ask("more", "还有吗？");
        }
    }

    [Fact]
    public async Task A_correction_over_a_branch_asks_only_what_the_new_branch_needs()
    {
        await Begin(Play, "1", "漏水", "三楼");

        Assert.Equal("多少瓦？", (await Say(Play, "改第1项，电路")).Question!.Text);
        Assert.Contains("1. 类别：power\n2. 详情：60\n3. 地址：三楼", (await Say(Play, "60")).Question!.Text, StringComparison.Ordinal);
        Assert.Contains("1. 类别：pipe\n2. 详情：漏水\n3. 地址：三楼", (await Say(Play, "类别改成水管")).Question!.Text, StringComparison.Ordinal);
        Assert.Equal("地址？", (await Say(Play, "改第3项")).Question!.Text);
        Assert.Contains("3. 地址：五楼", (await Say(Play, "五楼")).Question!.Text, StringComparison.Ordinal);

        static async Task Play(Chat chat)
        {
            var kind = await chat.Choose("kind", "哪一类？", Kinds);
            var detail = kind == "power" ? await chat.Ask("watts", "多少瓦？") : await chat.Ask("what", "什么情况？");
            var place = await chat.Ask("place", "地址？");
            await chat.Review("review", "请看一遍：", [new("kind", "类别", kind), new(kind == "power" ? "watts" : "what", "详情", detail), new("place", "地址", place)]);
        }
    }

    [Fact]
    public async Task A_value_the_question_does_not_understand_is_asked_for_again()
    {
        await Begin(Play, "1");

        var outcome = await Say(Play, "改第1项，第九类");

        Assert.Contains("没听明白", outcome.Hint, StringComparison.Ordinal);
        Assert.StartsWith("哪一类？", outcome.Question!.Text, StringComparison.Ordinal);

        static async Task Play(Chat chat)
        {
            var kind = await chat.Choose("kind", "哪一类？", Kinds);
            await chat.Review("review", "请看一遍：", [new("kind", "类别", kind)]);
        }
    }

    [Fact]
    public async Task Two_questions_at_once_are_found_even_where_their_exception_is_lost()
    {
        Assert.IsType<InvalidOperationException>((await Run(Both, null, opening: true)).Fault);

        static Task Both(Chat chat) => Task.WhenAll(chat.Ask("one", "一？"), chat.Ask("two", "二？"));
    }

    [Fact]
    [SuppressMessage("Reliability", "CS4014", Justification = "The mistake that is to be found.")]
    public async Task A_forgotten_await_is_found()
    {
        Assert.IsType<InvalidOperationException>((await Run(Forgets, null, opening: true)).Fault);

        static Task Forgets(Chat chat)
        {
            _ = chat.Ask("one", "一？");
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Awaiting_anything_but_the_chat_is_found()
    {
        var never = new TaskCompletionSource();

        var outcome = await Run(_ => never.Task, null, opening: true);

        Assert.Contains("not its chat", outcome.Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_keeps_what_was_said_and_the_repaired_conversation_goes_on_there()
    {
        await Begin(Broken, "张三");
        Assert.NotNull((await Say(Broken, "三楼")).Fault);
        Assert.NotNull((await Say(Broken, "三楼")).Fault);
        Assert.Equal(2, journal.Answers);

        var repaired = await Say(Mended, "喂");

        Assert.Equal(["张三三楼"], repaired.Replies.Select(reply => reply.Text));
        Assert.Equal("电话？", repaired.Question!.Text);
        Assert.Empty((await Run(Mended, null)).Replies);

        static async Task Broken(Chat chat)
        {
            await chat.Ask("name", "姓名？");
            var place = await chat.Ask("place", "地址？");
            chat.Say(place[99..]);
        }

        static async Task Mended(Chat chat)
        {
            var name = await chat.Ask("name", "姓名？");
            var place = await chat.Ask("place", "地址？");
            chat.Say(name + place);
            await chat.Ask("phone", "电话？");
        }
    }

    [Fact]
    public async Task A_conversation_without_end_is_ended_politely()
    {
        await Begin(Endless);
        var outcome = await Say(Endless, "再来");
        for (var i = 0; i < 300 && outcome.Fault is null; i++) outcome = await Say(Endless, "再来");

        Assert.IsType<ConversationTooLongException>(outcome.Fault);
        Assert.Equal(200, journal.Entries.Count);

        static async Task Endless(Chat chat)
        {
            while (true) await chat.Ask("next", "然后呢？");
        }
    }

    [Fact]
    public async Task A_refused_command_is_told_and_never_given_again()
    {
        Assert.Contains("身份", Assert.Single((await Run(Refused, null, opening: true)).Replies).Text, StringComparison.Ordinal);
        Assert.Equal(EntryKind.Refusal, Assert.Single(journal.Entries).Kind);

        static async Task Refused(Chat chat) => await chat.Send(new TakeDueSteps(chat.Visitor));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"f\":1,\"s\":[]}")]
    [InlineData("{\"f\":99}")]
    [InlineData("{\"f\":2,\"s\":[{\"c\":5}]}")]
    [InlineData("{\"f\":2,\"s\":[{\"c\":\"x\",\"t\":1e99}]}")]
    [InlineData("<html>")]
    public async Task A_state_that_cannot_be_read_is_begun_anew_with_a_kind_word(string stored)
    {
        var talk = new Talk(office, Office.Visitor(), FrontDesk.SampleConversations.List) { Stored = stored };

        var heard = await talk.Hear("我要投诉");

        Assert.Equal(stored.Length > 0, heard.StartsWith("系统刚更新过", StringComparison.Ordinal));
        Assert.EndsWith("实名还是匿名？\n[1]实名 [2]匿名", heard, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_version_of_a_running_conversation_is_said_kindly()
    {
        var talk = new Talk(office, Office.Visitor(), FrontDesk.SampleConversations.List);
        await talk.Hear("我要投诉");
        talk.Stored = talk.Stored!.Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal);

        Assert.StartsWith("系统刚更新过，刚才没办完的事没能接上", await talk.Hear("1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_state_comes_back_as_it_was_stored()
    {
        await Begin(Play, "2", "引号\"和\\换行\n😀");
        journal.Attachments.Add(new Evidence("F1", "照片.jpg", "image/jpeg", 5));
        var state = new TalkState
        {
            Stack = { journal },
            Kept = { new Journal("Kept", 3, journal.StartedAt) { KeptUntil = journal.StartedAt, Hidden = true, FailedAfter = "x" } },
            Offers = { new Offer("甲", "A", "words") },
            Pieces = { new Piece("我", journal.StartedAt) },
            Photos = { new Evidence("F2", "二", "image/png", 7) },
            Greeted = true,
            Asked = DeskQuestion.WhetherToDrop,
        };

        var stored = state.Write();
        var back = TalkState.Read(stored);

        journal = back.Held!;
        Assert.Equal(stored, back.Write());
        Assert.Equal("引号\"和\\换行\n😀", (await Run(Play, null)).Question!.Text);

        static async Task Play(Chat chat)
        {
            await chat.Choose("kind", "哪一类？", Kinds);
            await chat.Ask("next", await chat.Ask("place", "地址？"));
        }
    }

    [Fact]
    public async Task Ten_steps_take_less_than_a_kilobyte()
    {
        await Begin(TenQuestions.Play, [.. TenQuestions.Lines]);

        Assert.InRange(Encoding.UTF8.GetByteCount(new TalkState { Stack = { journal } }.Write()), 1, 1000);
        Assert.Equal(10, journal.Entries.Count);
    }

    public void Dispose()
    {
        scope.Dispose();
        office.Dispose();
    }

    private async Task Begin(Func<Chat, Task> play, params string[] lines)
    {
        await Run(play, null, opening: true);
        foreach (var line in lines) Assert.True((await Say(play, line)).Consumed, line);
    }

    private Task<Outcome> Say(Func<Chat, Task> play, string text) => Run(play, new Said(text, [], new DateTime(2026, 11, 20, 10, 0, 0, DateTimeKind.Unspecified)));

    private Task<Outcome> Run(Func<Chat, Task> play, Said? said, bool opening = false)
    {
        var world = new Surroundings(Office.Visitor(), office.Rules, office.Calendars.Current, scope.ServiceProvider.GetRequiredService<IMediator>(), office.Time.GetUtcNow().UtcDateTime);
        return Replay.Run(new Conversation("Repair", "报修", "这次报修", play), journal, world, said, opening, TestContext.Current.CancellationToken);
    }
}
