using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Storage;
using Bot.Testing;
using Bot.Turns;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Turns;

/// <summary>Design decision 1: one message, one transaction.</summary>
public sealed class TakingATurn
{
    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_message_sent_again_gets_the_same_replies_and_nothing_happens_twice(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("u1", "登记");
        var first = await counter.Say("u1", "检查人员没有出示证件", "same");

        var again = await counter.Say("u1", "检查人员没有出示证件", "same");

        Assert.Equal((false, true), (first.Repeated, again.Repeated));
        Assert.Equal(Counter.Text(first), Counter.Text(again));
        Assert.StartsWith("已登记 ", Counter.Text(again), StringComparison.Ordinal);
        Assert.Single(await counter.Complaints());
        Assert.Equal(1, (await counter.Audit()).End.Seq);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task The_same_message_five_times_at_once_counts_once(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("u1", "登记");

        var taken = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => counter.Say("u1", "两次检查同一件事", "same")));

        Assert.Single(taken.Select(Counter.Text).Distinct());
        Assert.Single(taken, one => !one.Repeated);
        Assert.Single(await counter.Complaints());
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task The_same_message_id_on_two_channels_is_two_messages(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);

        await counter.Say("u1", "报数", "1", channel: "wechat");

        Assert.False((await counter.Say("u1", "报数", "1", channel: "wecom")).Repeated);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Many_people_at_once_get_numbers_without_gaps_and_one_whole_chain(DatabaseKind kind)
    {
        const int people = 40;
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);

        await Task.WhenAll(Enumerable.Range(1, people).Select(async i =>
        {
            await counter.Say($"u{i}", "登记");
            await counter.Say($"u{i}", $"第{i}位说的话");
        }));

        var complaints = await counter.Complaints();
        Assert.Equal(Enumerable.Range(1, people).Select(i => $"〔2026〕{i:000}号"), complaints.Select(c => c.Number[c.Number.IndexOf('〔', StringComparison.Ordinal)..]));
        Assert.Equal(people, complaints.Select(c => c.Text).Distinct().Count());
        var finding = await counter.Audit();
        Assert.True(finding.Whole, finding.ToString());
        Assert.Equal(people, finding.End.Seq);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Messages_of_one_person_are_taken_in_their_order(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("u1", "报数");

        var taken = await Task.WhenAll(Enumerable.Range(1, 30).Select(i => counter.Say("u1", $"{i}号")));

        for (var i = 1; i <= 30; i++)
            Assert.StartsWith(string.Join(' ', Enumerable.Range(1, i).Select(n => $"{n}号")), Counter.Text(taken[i - 1]), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_turn_that_fails_leaves_nothing_but_a_kind_word_and_a_number(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("u1", "登记");

        var failed = await counter.Say("u1", "我叫李四，电话13800000000", "bad", BrokenDisk);

        Assert.Equal($"出了点问题，已经记录（编号 {failed.Note}）。您刚才的话没有提交，请稍后再说一次。", Counter.Text(failed));
        Assert.Equal(["菜单"], failed.Replies[0].Actions);
        Assert.Empty(await counter.Complaints());
        Assert.Equal(0, (await counter.Audit()).End.Seq);
        Assert.Equal(Counter.Text(failed), await counter.Hear("u1", "我叫李四，电话13800000000", "bad"));
        var line = Assert.Single(counter.Log.Lines, line => line.Contains(failed.Note!, StringComparison.Ordinal));
        Assert.Contains(nameof(IOException), line, StringComparison.Ordinal);
        Assert.DoesNotContain(counter.Log.Lines, l => l.Contains("李四", StringComparison.Ordinal) || l.Contains("13800000000", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_mistake_in_a_conversation_keeps_what_was_done_before_it_once(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("u1", "弄坏");

        var faulty = await counter.Say("u1", "我叫李四", "bad");
        await counter.Say("u1", "还在吗");

        Assert.Contains("已经记录", Counter.Text(faulty), StringComparison.Ordinal);
        Assert.Single(await counter.Complaints());
        Assert.Equal(1, (await counter.Audit()).End.Seq);
        Assert.Contains(counter.Log.Lines, line => line.Contains(faulty.Note!, StringComparison.Ordinal));
        Assert.DoesNotContain(counter.Log.Lines, line => line.Contains("李四", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task After_a_failed_turn_the_talk_goes_on_where_it_was(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("u1", "报数");
        await counter.Say("u1", "一号");
        await counter.Say("u1", "二号", alsoWrite: BrokenDisk);

        Assert.StartsWith("一号 三号", await counter.Hear("u1", "三号"), StringComparison.Ordinal);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task What_the_channel_writes_is_there_exactly_when_the_turn_is(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        Task Write(HotRows rows, string text, CancellationToken token) =>
            rows.AppendActivity("c1", "a", text, counter.Office.Time.GetUtcNow().UtcDateTime, null, token);

        await counter.Say("u1", "报数", "m", (rows, taken, token) => Write(rows, Counter.Text(taken), token));
        await counter.Say("u1", "报数", "m", (rows, taken, token) => Write(rows, "again", token));
        await counter.Say("u1", "一号", "n", async (rows, taken, token) =>
        {
            await Write(rows, taken.Note is null ? "lost" : "sorry", token);
            if (taken.Note is null)
                throw new IOException("disk");
        });

        var activities = await counter.Activities("c1");
        Assert.Equal(["下一个？", "sorry"], activities.OrderBy(a => a.Seq).Select(a => a.Json));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_collision_runs_the_turn_again_from_the_beginning(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("u1", "登记");
        var tries = 0;

        var taken = await counter.Say("u1", "第一件", alsoWrite: (_, _, _) => ++tries < 3 ? throw new CollisionException("made up") : Task.CompletedTask);

        Assert.Null(taken.Note);
        Assert.Equal(3, tries);
        Assert.Single(await counter.Complaints());
        Assert.Equal(1, (await counter.Audit()).End.Seq);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task One_persons_failing_turn_does_not_touch_the_others_of_its_batch(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => counter.Say($"u{i}", "登记")));

        var taken = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => counter.Say($"u{i}", $"第{i}件", alsoWrite: i % 3 == 0 ? BrokenDisk : null)));

        Assert.Equal(10, taken.Count(one => one.Note is not null));
        Assert.Equal(20, (await counter.Complaints()).Count);
        Assert.True((await counter.Audit()).Whole);
    }

    [Fact]
    public async Task Two_instances_that_get_every_message_both_take_it_once_and_give_one_answer()
    {
        const int people = 30;
        await using var database = await Databases.Fresh(DatabaseKind.Postgres);
        using var first = new Counter(database);
        using var second = new Counter(database);

        // Every third one goes to the domain again and again, the others only talk; every fifth one's first line fails once.
        var answers = await Task.WhenAll(Enumerable.Range(1, people).Select(async i =>
        {
            var heard = new List<(string First, string Second)>();
            string[] lines = i % 3 == 0 ? ["登记", "这件事", "登记", "那件事"] : ["报数", "一", "二", "三"];
            for (var line = 0; line < lines.Length; line++)
            {
                var failed = i % 5 != 0 || line != 0 ? 1 : 0;
                Task OnceBroken(HotRows rows, Taken taken, CancellationToken token) =>
                    Interlocked.Exchange(ref failed, 1) == 0 ? throw new CollisionException("made up") : Task.CompletedTask;
                var id = $"m{i}-{line}";
                var both = await Task.WhenAll(first.Say($"u{i}", lines[line], id, OnceBroken), second.Say($"u{i}", lines[line], id, OnceBroken));
                Assert.All(both, taken => Assert.Null(taken.Note));
                Assert.Single(both, taken => taken.Repeated);
                heard.Add((Counter.Text(both[0]), Counter.Text(both[1])));
            }

            return (Person: i, Heard: heard);
        }));

        Assert.All(answers, one => Assert.All(one.Heard, heard => Assert.Equal(heard.First, heard.Second)));
        Assert.All(answers.Where(one => one.Person % 3 != 0), one => Assert.StartsWith("一 二 三", one.Heard[^1].First, StringComparison.Ordinal));
        var complaints = await first.Complaints();
        Assert.Equal(people / 3 * 2, complaints.Count);
        Assert.Equal(complaints.Count, complaints.Select(c => c.Number).Distinct().Count());
        var finding = await second.Audit();
        Assert.True(finding.Whole, finding.ToString());
        Assert.Equal(complaints.Count, finding.End.Seq);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Turns_of_a_batch_that_use_one_message_id_are_taken_once(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);

        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => counter.Say($"u{i}", "报数", $"m{i / 2}")));

        Assert.All(taken, one => Assert.Null(one.Note));
        Assert.Equal(20, taken.Count(one => one.Repeated));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_new_start_remembers_what_was_answered(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        string before;
        using (var counter = new Counter(database))
        {
            await counter.Say("u1", "登记", "m1");
            before = await counter.Hear("u1", "先说的话", "m2");
        }

        using var restarted = new Counter(database);
        Assert.Equal(before, await restarted.Hear("u1", "先说的话", "m2"));
        Assert.Single(await restarted.Complaints());
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Hostile_texts_and_message_ids_are_taken_like_others(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        await counter.Say("u1", "登记");
        var text = "a\0b'; DROP TABLE audit; -- <script>\u0001🙂" + new string('长', 900);

        var taken = await counter.Say("u1", text, new string('x', 9000));

        Assert.Null(taken.Note);
        Assert.Contains("🙂", Assert.Single(await counter.Complaints()).Text, StringComparison.Ordinal);
        Assert.True((await counter.Say("u1", text, new string('x', 9000))).Repeated);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_person_speaks_only_for_an_enterprise_that_they_are_bound_to(DatabaseKind kind)
    {
        await using var database = await Databases.Fresh(kind);
        using var counter = new Counter(database);
        counter.Office.Person("P1", "甲", ActorRole.EnterpriseUser, enterpriseId: "E1");
        counter.Office.Person("P2", "乙", ActorRole.EnterpriseUser, enterpriseId: "E2");
        counter.Office.Person("P3", "丙", ActorRole.Inspector, unitId: "U1");
        counter.Office.Use(db => db.Bindings.Where(b => b.PersonId == "P2").ExecuteUpdate(set => set.SetProperty(b => b.State, BindingState.Ended)));

        Assert.Equal("EnterpriseUser P1 E1", await counter.Hear("P1", "我是谁"));
        Assert.Equal("EnterpriseUser P2 -", await counter.Hear("P2", "我是谁"));
        Assert.Equal("Inspector P3 -", await counter.Hear("P3", "我是谁"));
        Assert.Equal("Public - -", await counter.Hear("nobody", "我是谁"));
        Assert.NotNull(counter.Office.Use(db => db.Addresses.Single(a => a.ExternalId == "P1").LastSeenAt));
    }

    /// <summary>A channel that cannot write the turn, but can write the apology.</summary>
    private static Task BrokenDisk(HotRows rows, Taken taken, CancellationToken cancellationToken) =>
        taken.Note is null ? throw new IOException("disk") : Task.CompletedTask;
}
