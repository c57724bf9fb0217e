using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bot.Audit;
using Bot.Channels.WeChat;
using Bot.Domain.Notices;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeChat;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.Surviving;
using Bot.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.Channels.WeChat.Surviving;

/// <summary>
/// Everything that may go wrong between platform and service goes wrong, again and again, while a crowd holds its conversations and is sent notices.
/// Each message has its effect and its answer exactly once all the same, and each notice arrives once or is reported. Of full size with BOT_FAULT_RUN=full.
/// </summary>
public sealed partial class FaultRun(ITestOutputHelper output)
{
    private const int Days = 3;

    /// <summary>After so many a late reply may have arrived as often; it is not sent once more.</summary>
    private const int TriesWhenUnsure = 3;
    private static readonly TimeSpan LongPatience = TimeSpan.FromMinutes(5);

    private static int People => Environment.GetEnvironmentVariable("BOT_FAULT_RUN") == "full" ? 550 : 40;

    [Fact]
    public async Task One_instance_on_SQLite_keeps_its_promises()
    {
        await using var run = await Run.Begin(DatabaseKind.Sqlite, instances: 1, output);
        await run.Play();
        await run.Judge();
    }

    [Fact]
    public async Task Two_instances_on_PostgreSQL_keep_their_promises_with_one_token()
    {
        await using var run = await Run.Begin(DatabaseKind.Postgres, instances: 2, output);
        await run.Play();
        await run.Judge();
    }

    private sealed class Run : IAsyncDisposable
    {
        private readonly ITestOutputHelper output;
        private readonly Databases database;
        private readonly HandTime time;
        private readonly WeChatPlatform platform;
        private readonly IReadOnlyList<RunningBot> bots;
        private readonly LogLines log;
        private readonly HurriedClock clock;
        private readonly Storms storms;
        private readonly Crowd crowd;
        private IReadOnlyList<Person> people = [];
        private readonly Stopwatch watch = Stopwatch.StartNew();
        private int owed;
        private int repeated;
        private int answered;

        private Run(ITestOutputHelper output, Databases database, HandTime time, WeChatPlatform platform, IReadOnlyList<RunningBot> bots, LogLines log, Random random)
        {
            (this.output, this.database, this.time, this.platform, this.bots, this.log) = (output, database, time, platform, bots, log);
            clock = new HurriedClock(time, bots, platform, bot => bot.Services.GetRequiredService<WeChatFigures>());
            storms = new Storms(clock, platform.Callback, bots.Count > 1, random);
            crowd = new Crowd(bots[0].Services.GetRequiredService<Transactions>());
        }

        private static CancellationToken Token => TestContext.Current.CancellationToken;

        public static async Task<Run> Begin(DatabaseKind kind, int instances, ITestOutputHelper output)
        {
            var seed = int.TryParse(Environment.GetEnvironmentVariable("BOT_TEST_SEED"), out var given) ? given : Random.Shared.Next();
            output.WriteLine($"BOT_TEST_SEED={seed}");
            var database = await Databases.Fresh(kind);
            var time = new HandTime("2026-11-23 10:00", timers: true);
            var platform = await new WeChatPlatform(time: time, seed: seed).Start(cancellationToken: Token);
            platform.Templates.Add("T", "检查计划通知", "检查单位:{{thing1.DATA}}\n检查时间:{{date2.DATA}}\n检查事项:{{thing3.DATA}}\n联系人:{{thing4.DATA}}");
            var log = new LogLines();
            var bots = new List<RunningBot>();
            for (var i = 0; i < instances; i++)
            {
                bots.Add(await RunningBot.Start(
                    exchange: services => services.AddSingleton<TimeProvider>(time).AddSingleton<ILoggerProvider>(log),
                    settings: [.. platform.Settings, $"--ConnectionStrings:Database={database.Location.ConnectionString}{(kind == DatabaseKind.Postgres ? ";Maximum Pool Size=50" : "")}", "--WeChat:Templates:检查=T", "--WeChat:NoticesPerSecond=10000"]));
            }

            platform.Callback.SendTo([.. bots.Select(bot => new Uri(bot.Address, "wechat"))]);
            return new Run(output, database, time, platform, bots, log, new Random(seed));
        }

        public async Task Play()
        {
            people = await crowd.Fill(platform, People);
            await Talk(person => person.Entering, storms: 0);
            await NextDay("2026-11-26 10:00");

            // Nobody has written for more than two days: by template only.
            WeChatWeather.BadLines(platform);
            WeChatWeather.Refusals(platform, thatStop: false);
            await Owe(people);
            await Owe(people);
            await Quiet();
            WeChatWeather.Refusals(platform, thatStop: true);
            await Owe(people);
            await Quiet();
            WeChatWeather.Clear(platform);
            await NextDay("2026-11-27 10:00");

            WeChatWeather.BadLines(platform);
            await Talk(person => person.Number % 2 == 0 ? person.Guidance : person.Complaint, storms: 3);
            await Quiet();
            await NextDay("2026-11-27 14:00");

            WeChatWeather.Refusals(platform, thatStop: false);
            await Talk(person => person.Number % 2 == 0 ? [.. person.Complaint, .. person.Rating] : [.. person.Guidance, .. person.Rating], storms: 3);
            WeChatWeather.Refusals(platform, thatStop: true);
            await Talk(person => person.Question, storms: 1);
            WeChatWeather.Clear(platform);
            await Quiet();
            await NextDay("2026-11-30 10:00");
            await Quiet();
        }

        public async Task Judge()
        {
            var delivered = platform.Book.Deliveries;
            Assert.DoesNotContain(platform.Users.SelectMany(user => user.Received), bubble => bubble.Kind == BubbleKind.FailureNotice || bubble.Text.Contains("出了点问题", StringComparison.Ordinal));
            Assert.Empty(platform.Violations);
            Replies();
            await Effects();
            await Notices();
            Tokens();
            var finding = await bots[0].Services.GetRequiredService<AuditCheck>().Run(Token);
            Assert.True(finding.Whole, finding.ToString());
            Assert.DoesNotContain(log.Lines, line => Surprising().IsMatch(line));
            output.WriteLine($"{people.Count} people, {owed} notices, {watch.Elapsed.TotalSeconds:F0} s");
            output.WriteLine($"{delivered.Count} pushes in {delivered.Sum(push => push.Attempts.Count)} deliveries, {repeated} of them again later; {string.Join(", ", delivered.SelectMany(push => push.Attempts).GroupBy(attempt => attempt.Ended).Select(same => $"{same.Key} {same.Count()}"))}");
            output.WriteLine($"{platform.Book.Calls.Count} calls: {string.Join(", ", platform.Book.Calls.GroupBy(call => call.Fault ?? "as it should").OrderByDescending(same => same.Count()).Take(20).Select(same => $"{same.Key} {same.Count()}"))}");
        }

        public async ValueTask DisposeAsync()
        {
            await clock.DisposeAsync();
            foreach (var bot in bots)
                await bot.DisposeAsync();
            await platform.DisposeAsync();
            await database.DisposeAsync();
            storms.Dispose();
        }

        /// <summary>Everybody says their lines, each when the one before is answered; meanwhile notices are owed and the databases stand still now and then.</summary>
        private Task Talk(Func<Person, IReadOnlyList<Line>> lines, int storms) =>
            this.storms.Over(() => Task.WhenAll(people.Select(person => Speak(person, lines(person)))), people.Sum(person => lines(person).Count), storms, () => Owe(people));

        private async Task Speak(Person person, IReadOnlyList<Line> lines)
        {
            foreach (var line in lines)
            {
                var delivery = await storms.Say(() => line.Says is null ? person.Phone.Follow() : person.Phone.Write(line.Says));
                try
                {
                    await person.Phone.Sees(bubble => Answers(bubble, line)).WaitAsync(LongPatience, time, Token);
                    if (Interlocked.Increment(ref answered) % 7 == 0 && !storms.Raging)
                        await Repeat(person, line, delivery);
                }
                catch (TimeoutException)
                {
                    // Whether that was allowed is judged in the end.
                }

                storms.Answered();
            }
        }

        private async Task Repeat(Person person, Line line, Delivery delivery)
        {
            var again = await platform.Callback.Repeat(person.Phone, delivery.InnerXml);
            Interlocked.Increment(ref repeated);
            Assert.True(again.Ended is Ended.Silent || line.Fits(again.Reply!.Text), $"{line.Says}: {again}");
        }

        private static bool Answers(Bubble bubble, Line line) =>
            bubble.Kind is BubbleKind.Passive or BubbleKind.CustomerService && !Crowd.IsNotice(bubble) && line.Fits(bubble.Text);

        private async Task Owe(IReadOnlyList<Person> to)
        {
            foreach (var some in to.Chunk(50))
            {
                await crowd.Owe(some, owed);
                owed += some.Length;
            }

            bots[^1].Services.GetRequiredService<Ticking>().Nudge();
        }

        /// <summary>Until nothing is left that would be done within an hour.</summary>
        private async Task Quiet()
        {
            while (await Open() > 0)
            {
                foreach (var bot in bots)
                {
                    await bot.Services.GetRequiredService<DueWork>().Run(Token);
                    await bot.Services.GetRequiredService<LateReplies>().Round(Token);
                }

                await platform.Settled();
                time.Advance(TimeSpan.FromSeconds(20));
            }

            await platform.Settled();
        }

        private async Task<int> Open()
        {
            var soon = time.GetUtcNow().UtcDateTime + TimeSpan.FromMinutes(30);
            return await Use(db => db.Database.SqlQuery<int>(
                $"""
                SELECT CAST((SELECT count(*) FROM late_replies WHERE state < 2) + (SELECT count(*) FROM "Notices" WHERE ("State" = 'Owed' AND "NextAttemptAt" < {soon}) OR "State" = 'Submitted') AS int) AS "Value"
                """).SingleAsync(Token));
        }

        private async Task NextDay(string chinaTime)
        {
            await platform.Settled();
            await FollowedBot.Until(() => bots.All(bot => bot.Services.GetRequiredService<WeChatTurns>().InWork == 0));
            time.JumpTo(chinaTime);
        }

        private void Replies()
        {
            var calls = platform.Book.Calls.Where(call => call.Path.EndsWith("custom/send", StringComparison.Ordinal)).ToLookup(call => OpenId().Match(call.Body).Value, StringComparer.Ordinal);
            var stopped = platform.Book.Calls.Where(call => call.Path.EndsWith("custom/send", StringComparison.Ordinal) && call.Fault is not null && WeChatWeather.Stops(call.ErrorCode)).Select(call => call.At).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
            var (doubles, refused, unsure, wrong) = (0, 0, 0, new List<string>());
            foreach (var person in people)
            {
                var said = person.Phone.Received.Where(bubble => bubble.Kind is BubbleKind.Passive or BubbleKind.CustomerService && !Crowd.IsNotice(bubble)).ToList();
                var fitting = 0;
                foreach (var line in person.Everything)
                {
                    var times = said.Count(bubble => Answers(bubble, line));
                    fitting += times;
                    var tried = calls[$"\"{person.Phone.OpenId}\""].Where(call => line.Fits(TextOf(call))).ToList();
                    if (times > 1 && tried.Count(call => Weather.WasDone(call) && Weather.IsUnknowable(call)) >= times - 1)
                        doubles++;
                    else if (times == 0 && (tried.Exists(call => call.Fault is not null && call.ErrorCode > 0) || (person.Question.Contains(line) && stopped < DateTimeOffset.MaxValue)))
                        refused++;
                    else if (times == 0 && tried.Count(Weather.IsUnknowable) >= TriesWhenUnsure)
                        unsure++;
                    else if (times != 1)
                        wrong.Add($"{person.Number} “{line.Says}” {times} times: {string.Join("; ", said.Where(bubble => Answers(bubble, line)).Select(bubble => bubble.Kind))} {string.Join("; ", tried.Select(call => $"{call.At:HH:mm:ss.f} {call.Fault} {call.ErrorCode}"))} {string.Join(" | ", platform.Book.Deliveries.Where(d => line.Says is not null && d.InnerXml.Contains(person.Phone.OpenId) && d.InnerXml.Contains($"[{line.Says}]")).SelectMany(d => d.Attempts).Select(a => $"{a.To.Port % 10} {a.Ended}"))}");
                }

                if (said.Count != fitting)
                    wrong.Add($"{person.Number} {string.Join("|", said.Where(bubble => !person.Everything.Any(line => Answers(bubble, line))).Select(bubble => bubble.Text))}");
            }

            output.WriteLine($"answers twice because the platform's own was lost: {doubles}; refused by the platform: {refused}; given up after {TriesWhenUnsure} tries of unknown outcome: {unsure}; late: {people.Sum(person => person.Phone.Received.Count(bubble => bubble.Kind == BubbleKind.CustomerService && !Crowd.IsNotice(bubble)))}");
            Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        }

        private static string TextOf(ApiCall call) => JsonNode.Parse(call.Body) is { } body && body["text"] is { } text ? (string)text["content"]! : "";

        private async Task Effects()
        {
            Assert.Equal(people.Count, await Use(db => db.Complaints.CountAsync(Token)));
            Assert.Equal(people.Count, await Use(db => db.Complaints.Select(c => c.Text).Distinct().CountAsync(Token)));
            Assert.Equal(2 * people.Count, await Use(db => db.GuidanceRequests.CountAsync(Token)));
            Assert.Equal(2 * people.Count, await Use(db => db.GuidanceRequests.Select(r => r.Question).Distinct().CountAsync(Token)));
            Assert.Equal(people.Count, await Use(db => db.Feedback.CountAsync(Token)));
            Assert.Equal(people.Count, await Use(db => db.Feedback.Select(f => f.TaskId).Distinct().CountAsync(Token)));
            Assert.Equal(people.Count, await Use(db => db.Bindings.CountAsync(Token)));
            foreach (var numbers in new[] { await Use(db => db.Complaints.Select(c => c.Number).ToListAsync(Token)), await Use(db => db.GuidanceRequests.Select(r => r.Number).ToListAsync(Token)) })
                Assert.Equal(Enumerable.Range(1, numbers.Count), numbers.Select(number => int.Parse(Serial().Match(number!).Groups[1].Value, CultureInfo.InvariantCulture)).Order());
            var deadlines = await Use(db => db.Deadlines.Select(d => new { d.Kind, d.SubjectId }).ToListAsync(Token));
            output.WriteLine($"deadlines: {string.Join(", ", deadlines.GroupBy(d => d.Kind).Select(same => $"{same.Key} {same.Count()}"))}");
            Assert.All(deadlines.Where(d => !d.Kind.StartsWith("supervision", StringComparison.Ordinal)).GroupBy(d => d.Kind), same => Assert.Equal(same.Key.StartsWith("guidance", StringComparison.Ordinal) ? 2 * people.Count : people.Count, same.Select(d => d.SubjectId).Distinct().Count()));
            var audited = await Use(db => db.Database.SqlQuery<string>($"""SELECT action AS "Value" FROM audit""").ToListAsync(Token));
            output.WriteLine($"audit: {string.Join(", ", audited.GroupBy(action => action).Select(same => $"{same.Key} {same.Count()}"))}");
            foreach (var (action, times) in ((string, int)[])[("FileComplaint", 1), ("RequestGuidance", 2), ("RateInspection", 1)])
                Assert.Equal(times * people.Count, audited.Count(one => one == action));
            Assert.Equal(people.Count(person => person.BindsByCode), audited.Count(one => one == "BindByCode"));
        }

        private async Task Notices()
        {
            var notices = await Use(db => db.Notices.AsNoTracking().ToListAsync(Token));
            var reported = notices.Where(notice => notice.Kind == "N21").Select(notice => notice.SubjectId).ToHashSet(StringComparer.Ordinal);
            var shown = people.SelectMany(person => person.Phone.Received).Where(Crowd.IsNotice).Select(bubble => Marker().Match(bubble.Card is { } card ? string.Join(' ', card.Lines) : bubble.Text).Value).ToLookup(marker => marker, StringComparer.Ordinal);
            var wrong = new List<string>();
            var previews = notices.Where(notice => notice.Kind == "N1").ToList();
            Assert.Equal(owed, previews.Count);
            foreach (var notice in previews)
            {
                var times = shown[notice.Key].Count();
                var right = notice.State switch
                {
                    NoticeState.Sent or NoticeState.Submitted => times == 1,
                    NoticeState.Undeliverable or NoticeState.Parked => reported.Contains(notice.SubjectId) && (times == 0 || (times == 1 && notice.LastError!.Contains("不能确定", StringComparison.Ordinal))),
                    _ => false,
                };
                if (!right)
                {
                    var calls = platform.Book.Calls.Where(call => call.Body.Contains(notice.Key, StringComparison.Ordinal)).Select(call => $"{call.At:dd HH:mm:ss} {call.Path.Split('/')[^2]} {call.Fault} {call.ErrorCode}");
                    wrong.Add($"{notice.Key} {notice.State} {notice.LastError} by {notice.FailedRoute} shown {times}, reported {reported.Contains(notice.SubjectId)}: {string.Join("; ", calls)}");
                }
            }

            output.WriteLine($"notices: {string.Join(", ", previews.GroupBy(notice => notice.State).Select(same => $"{same.Key} {same.Count()}"))}; of the undeliverable {previews.Count(notice => notice.State == NoticeState.Undeliverable && notice.LastError!.Contains("不能确定", StringComparison.Ordinal))} unknown; {notices.Count(notice => notice.Kind == "N21")} reports");
            Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        }

        private void Tokens()
        {
            var calls = platform.Book.Calls;
            var asked = calls.Where(call => call.Path == "/cgi-bin/stable_token").ToList();
            var died = calls.Count(call => call.Fault is "tokens expire" or "tokens die");
            output.WriteLine($"tokens: {died} died, {asked.Count} calls for another, {asked.Count(call => call.ErrorCode == 0 && !Weather.IsUnknowable(call))} answered, {platform.Tokens.Issued.Count} issued, at most {platform.Tokens.MostAtOnce} at once");
            Assert.Equal(1, platform.Tokens.MostAtOnce);
            Assert.True(asked.Count(call => call.ErrorCode == 0 && !Weather.IsUnknowable(call)) <= died + 1 + 3 * Days * 12);
            Assert.DoesNotContain(calls, call => call.Path.EndsWith("custom/send", StringComparison.Ordinal) && call.Fault is null && call.ErrorCode is 45015 or 45047);
        }

        private async Task<T> Use<T>(Func<SupervisionDb, Task<T>> look)
        {
            await using var scope = bots[0].Services.CreateAsyncScope();
            return await look(scope.ServiceProvider.GetRequiredService<SupervisionDb>());
        }
    }

    [GeneratedRegex("\"oEmu[^\"]*\"")]
    private static partial Regex OpenId();

    [GeneratedRegex(@"(\d+)号$")]
    private static partial Regex Serial();

    [GeneratedRegex(@"检查事项\d{5}")]
    private static partial Regex Marker();

    /// <summary>What no fault of the platform's explains.</summary>
    [GeneratedRegex(@"unhandled|Turn failed|A round of|NullReference", RegexOptions.IgnoreCase)]
    private static partial Regex Surprising();
}
