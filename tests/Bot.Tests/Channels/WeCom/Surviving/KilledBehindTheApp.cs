using System.Globalization;
using Bot.Audit;
using Bot.Domain.Commands;
using Bot.Domain.Guidance;
using Bot.Domain.People;
using Bot.Emulators.WeCom;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.Surviving;
using Bot.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Channels.WeCom.Surviving;

/// <summary>The service dies in the middle and is started again; what waited to be sent, and what was just being sent, arrives once all the same.</summary>
public sealed class KilledBehindTheApp(ITestOutputHelper output)
{
    private const int People = 12;
    private const int Rounds = 2;

    /// <summary>Asked, answered in the preview's card, tapped.</summary>
    private const int AnswersInARound = 3;

    private static readonly Heard Sent = new("已发送给企业");

    [Fact]
    public async Task Every_tap_and_message_has_its_effect_and_its_answer_once()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("BOT_TEST_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"BOT_TEST_SEED={seed}");
        await using var database = await Databases.Fresh(DatabaseKind.Sqlite);
        await using var platform = await new WeComPlatform(seed: seed).Start(cancellationToken: TestContext.Current.CancellationToken);
        var (desks, requests) = await Fill(database, platform);
        await using (var service = new RunningService(database, [.. platform.Settings]))
        {
            var killed = await Killing.Amid(
                service, platform.Callback, "wecom", People * Rounds * AnswersInARound, new Random(seed), answered => Task.WhenAll(desks.Select((desk, i) => Talk(desk, requests[i], answered))));
            var deliveries = platform.Book.Deliveries.SelectMany(push => push.Attempts).GroupBy(attempt => attempt.Ended).Select(same => $"{same.Key} {same.Count()}");
            output.WriteLine($"{People * Rounds * AnswersInARound} taps and messages, killed after {string.Join(", ", killed)} answers: {string.Join(", ", deliveries)}; dropped as duplicates: {platform.Discarded.Count}");
        }

        Assert.Empty(platform.Violations);
        foreach (var (i, desk) in desks.Index())
        {
            Assert.All(requests[i], request => Assert.Equal((1, 1), (desk.Received.Count(request.AsksForAnswer.Fits), desk.Received.Count(request.Preview.Fits))));
            Assert.Equal(Rounds, desk.Received.Count(Sent.Fits));
            Assert.All(desk.Cards.Where(card => card.Title.Contains("发送吗", StringComparison.Ordinal)), card => Assert.Equal("已选：发送", card.GreyText));
        }

        using var after = new Office(database: database);
        var answers = after.Use(db => db.GuidanceRequests.AsNoTracking().ToList());
        Assert.All(answers, answer => Assert.StartsWith($"{answer.Id}所问", answer.Answer, StringComparison.Ordinal));
        var finding = await after.Services.GetRequiredService<AuditCheck>().Run(TestContext.Current.CancellationToken);
        Assert.True(finding.Whole, finding.ToString());
    }

    private static async Task<(IReadOnlyList<WeComMember> Desks, IReadOnlyList<IReadOnlyList<Request>> Requests)> Fill(Databases database, WeComPlatform platform)
    {
        var (desks, requests) = (new List<WeComMember>(), new List<IReadOnlyList<Request>>());
        using var office = new Office(database: database);
        office.Add(new Enterprise("C1", "云澜第一纺织有限公司", "91321299MA70000001"));
        var asker = office.Person("E1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "C1");
        for (var i = 0; i < People; i++)
        {
            var (unit, inspector) = (string.Create(CultureInfo.InvariantCulture, $"V{i}"), string.Create(CultureInfo.InvariantCulture, $"wei{i}"));
            desks.Add(platform.NewMember("魏亦舟", inspector));
            office.Add(
                new Unit(unit, $"云澜区第{i}执法中队", "district", "应急管理", "0000-86000300") { GuidanceDeskPersonId = inspector },
                new Person(inspector, "魏亦舟", ActorRole.Inspector, unit),
                new ChannelAddress("wecom", inspector, inspector));
            var asked = new List<Request>();
            for (var round = 0; round < Rounds; round++)
            {
                var receipt = await office.Send(new RequestGuidance(asker, unit, "除尘设备多久清理一次"));
                asked.Add(new Request(receipt.Id, receipt.Number));
            }

            requests.Add(asked);
        }

        return (desks, requests);
    }

    private static async Task Talk(WeComMember desk, IReadOnlyList<Request> requests, Action answered)
    {
        foreach (var (round, request) in requests.Index())
        {
            await desk.Say($"现在答复 {request.Id}");
            await Sees(request.AsksForAnswer);
            await desk.Say(request.Answer);
            var preview = await Sees(request.Preview);
            await (preview.Card is { } card ? desk.Tap(card, "发送", unaware: true) : desk.Say("发送"));
            await desk.Sees(_ => desk.Received.Count(Sent.Fits) > round).WaitAsync(Killing.Patience, TestContext.Current.CancellationToken);
            answered();
        }

        async Task<ChatEntry> Sees(Heard heard)
        {
            var entry = await desk.Sees(heard.Fits).WaitAsync(Killing.Patience, TestContext.Current.CancellationToken);
            answered();
            return entry;
        }
    }
}
