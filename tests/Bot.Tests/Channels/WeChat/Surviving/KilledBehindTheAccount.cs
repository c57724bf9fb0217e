using System.Globalization;
using Bot.Audit;
using Bot.Domain.Commands;
using Bot.Emulators.WeChat;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.Surviving;
using Bot.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeChat.Surviving;

/// <summary>The service dies in the middle and is started again; the platform delivers again what was not answered (design decision 1, channels A7).</summary>
public sealed class KilledBehindTheAccount(ITestOutputHelper output)
{
    private const int People = 12;
    private const int Rounds = 2;

    private static readonly IReadOnlyList<Line> Complaint =
    [
        new("我要投诉", "给您添麻烦了"),
        new("匿名", "发生了什么？"),
        new("", "发生在哪天？"),
        new("记不清", "日期先空着"),
        new("不清楚", "可以再补充经过"),
        new("没有", "请看一遍（匿名）"),
        new("提交", "已登记。查询码"),
    ];

    [Fact]
    public async Task Every_message_has_its_effect_and_its_answer_once()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("BOT_TEST_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"BOT_TEST_SEED={seed}");
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        using (var office = new Office(database: database))
            office.Person("S1", "司法", ActorRole.Supervisor);
        await using var platform = await new WeChatPlatform(seed: seed).Start(cancellationToken: TestContext.Current.CancellationToken);
        await Flood(database, platform, new Random(seed));

        Assert.Empty(platform.Violations);
        foreach (var user in platform.Users)
        {
            Assert.DoesNotContain(user.Received, bubble => bubble.Kind == BubbleKind.FailureNotice);
            Assert.All(Complaint, line => Assert.Equal(Rounds, user.Received.Count(bubble => line.Fits(bubble.Text))));
            Assert.Equal(1 + Rounds * Complaint.Count, user.Received.Count);
        }

        using var after = new Office(database: database);
        var complaints = after.Use(db => db.Complaints.AsNoTracking().ToList());
        Assert.Equal(Enumerable.Range(0, People).SelectMany(person => Enumerable.Range(0, Rounds).Select(round => Story(person, round))).Order(StringComparer.Ordinal), complaints.Select(c => c.Text).Order(StringComparer.Ordinal));
        Assert.Equal(2 * complaints.Count, after.Use(db => db.Deadlines.Count()));
        var finding = await after.Services.GetRequiredService<AuditCheck>().Run(TestContext.Current.CancellationToken);
        Assert.True(finding.Whole, finding.ToString());
    }

    private static string Story(int person, int round) => string.Create(CultureInfo.InvariantCulture, $"一个月来查了三次，太频繁，第{person}号第{round}次");

    private async Task Flood(Databases database, WeChatPlatform platform, Random random)
    {
        await using var service = new RunningService(database, [.. platform.Settings]);
        var messages = People * Rounds * Complaint.Count;
        var killed = await Killing.Amid(service, platform.Callback, "wechat", messages, random, answered => Task.WhenAll(Enumerable.Range(0, People).Select(number => Talk(number, answered))));
        var deliveries = platform.Book.Deliveries.SelectMany(push => push.Attempts).GroupBy(attempt => attempt.Ended).Select(same => $"{same.Key} {same.Count()}");
        output.WriteLine($"{messages} messages, killed after {string.Join(", ", killed)} answers: {string.Join(", ", deliveries)}");

        async Task Talk(int number, Action answered)
        {
            var user = platform.NewUser();
            await user.Follow();
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var line in Complaint)
                {
                    await user.Write(line.Says!.Length == 0 ? Story(number, round) : line.Says);
                    await user.Sees(_ => user.Received.Count(bubble => line.Fits(bubble.Text)) > round).WaitAsync(Killing.Patience, TestContext.Current.CancellationToken);
                    answered();
                }
            }
        }
    }
}
