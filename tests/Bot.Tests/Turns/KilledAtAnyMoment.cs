using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Audit;
using Bot.Domain.Commands;
using Bot.Storage;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Turns;

/// <summary>Design decision 1: a crash at any point followed by the sender's repetition leaves exactly one effect, never none and never two.</summary>
public sealed class KilledAtAnyMoment(ITestOutputHelper output)
{
    private const int Visitors = 10;
    private const int Rounds = 5;
    private const int Kills = 6;
    private const int Messages = Visitors * Rounds * 4;

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Every_message_has_its_effect_exactly_once(DatabaseKind kind)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("BOT_TEST_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"BOT_TEST_SEED={seed}");
        await using var database = await Databases.Fresh(kind);
        using (var office = new Office(database: database))
            office.Person("S1", "司法", ActorRole.Supervisor);

        var activities = await Flood(database, new Random(seed));

        using var after = new Office(database: database);
        var expected = Enumerable.Range(0, Visitors).SelectMany(v => Enumerable.Range(0, Rounds).Select(r => Words(v, r))).Order(StringComparer.Ordinal).ToArray();
        var help = after.Use(db => db.HelpRequests.AsNoTracking().ToList());
        Assert.Equal(expected, help.Select(h => h.Text).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, expected.Length), help.Select(h => int.Parse(h.Id[(h.Id.IndexOf('-', StringComparison.Ordinal) + 1)..], null)).Order());
        Assert.Equal(help.Select(h => h.Id).Order(StringComparer.Ordinal), after.Use(db => db.Notices.Where(n => n.Kind == "N38").Select(n => n.SubjectId).ToList()).Order(StringComparer.Ordinal));
        Assert.Equal(help.Select(h => h.Id).Order(StringComparer.Ordinal), (await Audited(after, "LeaveMessage")).Order(StringComparer.Ordinal));
        Assert.Equal(Visitors, after.Use(db => db.People.Count(p => p.Role != ActorRole.Supervisor)));
        var finding = await after.Services.GetRequiredService<AuditCheck>().Run(TestContext.Current.CancellationToken);
        Assert.True(finding.Whole, finding.ToString());

        foreach (var conversation in activities)
        {
            Assert.Equal(conversation.Count, conversation.Select(a => a.Id).Distinct().Count());
            var mine = conversation.Where(a => a.FromUser).ToList();
            Assert.Equal(Rounds * 4, mine.Count);
            Assert.All(mine, message => Assert.Contains(conversation, answer => answer.ReplyTo == message.Id));
        }
    }

    private static string Words(int visitor, int round) => $"请转告第{visitor}位访客的第{round}次留言";

    /// <summary>Everybody talks at once; the service is killed and started again while they do. Gives what each conversation then holds.</summary>
    private async Task<IReadOnlyList<List<Said>>> Flood(Databases database, Random random)
    {
        await using var service = new RunningService(database);
        await service.Start();
        using var http = new HttpClient { BaseAddress = service.Url, Timeout = TimeSpan.FromSeconds(60) };
        var killAt = Enumerable.Range(0, Kills).Select(_ => random.Next(5, Messages - 20)).Distinct().Order().ToArray();
        using var deadly = new SemaphoreSlim(0);
        var answered = 0;

        async Task Talk(Visitor visitor, int number)
        {
            for (var round = 0; round < Rounds; round++)
            {
                foreach (var text in (string[])["人工", "留言", Words(number, round), "不留"])
                {
                    await Post(service, http, visitor, text, $"{round}-{text.Length}-{text[0]}");
                    if (killAt.Contains(Interlocked.Increment(ref answered)))
                        deadly.Release();
                }
            }
        }

        var visitors = await Task.WhenAll(Enumerable.Range(0, Visitors).Select(number => Enter(http, $"kill-{number}")));
        var everybody = Task.WhenAll(visitors.Select(Talk));
        foreach (var _ in killAt)
        {
            await Task.WhenAny(deadly.WaitAsync(TestContext.Current.CancellationToken), everybody);
            await service.Kill();
            await service.Start();
        }

        await everybody;
        output.WriteLine($"{Messages} messages, killed after {string.Join(", ", killAt)} answers, {service.Starts} starts");
        return await Task.WhenAll(visitors.Select(visitor => History(http, visitor)));
    }

    private static async Task<Visitor> Enter(HttpClient http, string user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/directline/tokens/generate") { Content = JsonContent.Create(new { user = new { id = user } }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningService.Secret);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        var session = await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);
        return new Visitor((string)session!["conversationId"]!, (string)session["token"]!);
    }

    /// <summary>Sends until there is an answer, always under the same id, as the platforms and the web client do.</summary>
    private static async Task Post(RunningService service, HttpClient http, Visitor visitor, string text, string id)
    {
        while (true)
        {
            await service.Ready.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/v3/directline/conversations/{visitor.Conversation}/activities")
            {
                Content = JsonContent.Create(new { type = "message", text, channelData = new { clientActivityID = id } }),
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", visitor.Token);
            try
            {
                using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}\n{service.Said}");
                return;
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException)
            {
                // The service died with this message in its hands: nobody knows whether it counted.
            }
        }
    }

    private static async Task<List<Said>> History(HttpClient http, Visitor visitor)
    {
        var said = new List<Said>();
        var watermark = "0";
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v3/directline/conversations/{visitor.Conversation}/activities?watermark={watermark}");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", visitor.Token);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            using var frame = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            var before = said.Count;
            foreach (var activity in frame.RootElement.GetProperty("activities").EnumerateArray())
            {
                said.Add(new Said(
                    activity.GetProperty("id").GetString()!,
                    activity.GetProperty("from").GetProperty("role").GetString() == "user",
                    activity.TryGetProperty("replyToId", out var to) ? to.GetString() : null));
            }

            if (said.Count == before)
                return said;
            watermark = frame.RootElement.GetProperty("watermark").GetString()!;
        }
    }

    private static Task<List<string>> Audited(Office office, string action) =>
        office.Use(db => db.Database.SqlQuery<string>($"""SELECT subject AS "Value" FROM audit WHERE action = {action}""").ToListAsync(TestContext.Current.CancellationToken));

    private sealed record Visitor(string Conversation, string Token);

    private sealed record Said(string Id, bool FromUser, string? ReplyTo);
}
