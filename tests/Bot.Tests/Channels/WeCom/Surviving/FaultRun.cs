using System.Diagnostics;
using Bot.Audit;
using Bot.Channels.WeCom;
using Bot.Domain.Notices;
using Bot.Emulators.Tencent;
using Bot.Emulators.WeCom;
using Bot.Scheduling;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.Surviving;
using Bot.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bot.Tests.Channels.WeCom.Surviving;

/// <summary>
/// Everything that may go wrong between WeCom and the service goes wrong, again and again, while officials get their cards, tap them, tap them twice, tap
/// those of others and old ones, and type. Each act has its effect once all the same and is answered, each notice arrives once or is reported, and no card
/// shows what did not happen. Of full size with BOT_FAULT_RUN=full: 500 members, 10,000 taps and messages, 3,000 notices.
/// </summary>
public sealed class FaultRun(ITestOutputHelper output)
{
    /// <summary>After so many a message may have arrived as often; it is not sent once more.</summary>
    private const int TriesWhenUnsure = 3;

    private static readonly TimeSpan LongPatience = TimeSpan.FromMinutes(5);

    private static bool IsFull => Environment.GetEnvironmentVariable("BOT_FAULT_RUN") == "full";

    /// <summary>How many rounds of requests and plans are worked through; one more is only looked at.</summary>
    private static int Rounds => IsFull ? 5 : 2;

    [Fact]
    public async Task One_instance_on_SQLite_keeps_its_promises()
    {
        await using var run = await Run.Begin(DatabaseKind.Sqlite, instances: 1, output);
        await run.Play();
        await run.Judge();
    }

    [Fact]
    public async Task Two_instances_on_PostgreSQL_keep_their_promises_with_one_queue()
    {
        await using var run = await Run.Begin(DatabaseKind.Postgres, instances: 2, output);
        await run.Play();
        await run.Judge();
    }

    private sealed class Run : IAsyncDisposable
    {
        private static readonly Heard Over = new("这张卡片上的事已经结束了");
        private static readonly Heard FilledIn = new("这一步已经填过了");
        private static readonly Heard Answered = new("这件申请已经答复过了");
        private static readonly Heard FiledBefore = new("这个计划已经备案，不用再报");
        private static readonly Heard WriteAnswer = new("请写答复。", Lacks: "指导申请");
        private static readonly Heard SentToEnterprise = new("已发送给企业，按期");

        private readonly ITestOutputHelper output;
        private readonly Databases database;
        private readonly HandTime time;
        private readonly WeComPlatform platform;
        private readonly IReadOnlyList<RunningBot> bots;
        private readonly LogLines log;
        private readonly HurriedClock clock;
        private readonly Storms storms;
        private readonly Staff staff;
        private readonly List<IReadOnlyList<Request>> requests = [];
        private readonly List<IReadOnlyList<Plan>> plans = [];
        private readonly Stopwatch watch = Stopwatch.StartNew();
        private IReadOnlyList<Official> inspectors = [];
        private IReadOnlyList<Official> supervisors = [];
        private int acts;
        private int answered;
        private int repeated;

        private Run(ITestOutputHelper output, Databases database, HandTime time, WeComPlatform platform, IReadOnlyList<RunningBot> bots, LogLines log, Random random)
        {
            (this.output, this.database, this.time, this.platform, this.bots, this.log) = (output, database, time, platform, bots, log);
            clock = new HurriedClock(time, bots, platform, bot => bot.Services.GetRequiredService<WeComFigures>());
            storms = new Storms(clock, platform.Callback, bots.Count > 1, random);
            staff = new Staff(bots[0].Services.GetRequiredService<Transactions>());
        }

        private static CancellationToken Token => TestContext.Current.CancellationToken;

        private IEnumerable<Official> Everybody => inspectors.Concat(supervisors);

        public static async Task<Run> Begin(DatabaseKind kind, int instances, ITestOutputHelper output)
        {
            var seed = int.TryParse(Environment.GetEnvironmentVariable("BOT_TEST_SEED"), out var given) ? given : Random.Shared.Next();
            output.WriteLine($"BOT_TEST_SEED={seed}");
            var database = await Databases.Fresh(kind);
            var time = new HandTime("2026-11-23 10:00", timers: true);
            var platform = await new WeComPlatform(time: time, seed: seed).Start(cancellationToken: Token);
            var log = new LogLines();
            var bots = new List<RunningBot>();
            for (var i = 0; i < instances; i++)
            {
                bots.Add(await RunningBot.Start(
                    exchange: services => services.AddSingleton<TimeProvider>(time).AddSingleton<ILoggerProvider>(log),
                    settings: [.. platform.Settings, $"--ConnectionStrings:Database={database.Location.ConnectionString}{(kind == DatabaseKind.Postgres ? ";Maximum Pool Size=50" : "")}", "--WeCom:NoticesPerSecond=10000"]));
            }

            platform.Callback.SendTo([.. bots.Select(bot => new Uri(bot.Address, "wecom"))]);
            return new Run(output, database, time, platform, bots, log, new Random(seed));
        }

        public async Task Play()
        {
            (inspectors, supervisors) = await staff.Fill(platform, IsFull ? 250 : 8);

            // Notices alone: refused for good, refused for a while, distrusted.
            WeComWeather.BadLines(platform);
            WeComWeather.Refusals(platform);
            WeComWeather.DistrustsOurAddress(platform);
            await OweRequests();
            await OwePlans();
            for (var i = 0; i < 3; i++)
                await Round();
            platform.Tokens.TrustedAddresses.Clear();
            WeComWeather.Stops(platform);
            await Quiet();
            WeComWeather.Clear(platform);

            WeComWeather.BadLines(platform);
            for (var round = 0; round < Rounds; round++)
            {
                var now = round;
                await storms.Over(() => Work(now), 4 * (inspectors.Count + supervisors.Count), 2, OweNext);
                await Quiet();
            }

            // Everybody taps while nothing may be sent for a while: the answers wait.
            WeComWeather.DistrustsOurAddress(platform);
            await Task.WhenAll(
                [.. inspectors.Select((one, i) => Act(one, requests[Rounds][i].Shown, () => Tap(one, requests[Rounds][i].Notice, "看内容", $"答复 {requests[Rounds][i].Id}"), wait: false)),
                .. supervisors.Select((one, i) => Act(one, plans[Rounds][i / 2].Shown, () => Tap(one, plans[Rounds][i / 2].Notice, "看计划", $"计划 {plans[Rounds][i / 2].Id}"), wait: false))]);
            await Round();
            platform.Tokens.TrustedAddresses.Clear();
            await Quiet();
            WeComWeather.Clear(platform);
            await Quiet();
        }

        public async Task Judge()
        {
            var delivered = platform.Book.Deliveries;
            output.WriteLine($"{Everybody.Count()} members, {acts} taps and messages, {watch.Elapsed.TotalSeconds:F0} s");
            output.WriteLine($"{delivered.Count} pushes in {delivered.Sum(push => push.Attempts.Count)} deliveries, {repeated} of them again later; {string.Join(", ", delivered.SelectMany(push => push.Attempts).GroupBy(attempt => attempt.Ended).Select(same => $"{same.Key} {same.Count()}"))}");
            output.WriteLine($"{platform.Book.Calls.Count} calls: {string.Join(", ", platform.Book.Calls.GroupBy(call => call.Fault ?? "as it should").OrderByDescending(same => same.Count()).Take(24).Select(same => $"{same.Key} {same.Count()}"))}");
            Assert.DoesNotContain(Everybody.SelectMany(one => one.Desk.Received), entry => entry.Plain.Contains("出了点问题", StringComparison.Ordinal));
            Assert.True(platform.Violations.Count == 0, string.Join('\n', platform.Violations));
            Assert.All(platform.Discarded, one => Assert.Equal("duplicate", one.Why));
            var audit = await Use(db => db.Database.SqlQuery<Done>($"""SELECT actor AS "Actor", action AS "Action", subject AS "Subject" FROM audit""").ToListAsync(Token));
            await Effects(audit);
            Answers();
            await Notices();
            Cards(audit);
            var finding = await bots[0].Services.GetRequiredService<AuditCheck>().Run(Token);
            Assert.True(finding.Whole, finding.ToString());
            Assert.DoesNotContain(log.Lines, IsSurprising);
            Assert.True(!IsFull || acts >= 10_000, $"{acts} are fewer than were wanted");
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

        /// <summary>What no fault of the platform's explains.</summary>
        private static bool IsSurprising(string line) =>
            ((string[])["unhandled", "Turn failed", "A round of", "NullReference"]).Any(words => line.Contains(words, StringComparison.OrdinalIgnoreCase));

        private async Task OweRequests() => requests.Add(await staff.Ask(inspectors.Count));

        private async Task OwePlans() => plans.Add(await staff.Submit(supervisors, plans.Sum(some => some.Count)));

        private async Task OweNext()
        {
            await OweRequests();
            await OwePlans();
            bots[^1].Services.GetRequiredService<Ticking>().Nudge();
        }

        private Task Work(int round) => Task.WhenAll(
            [.. inspectors.Select((one, i) => AnswerGuidance(one, requests[round][i], thoroughly: (round + i) % 2 == 0, round > 0 ? requests[round - 1][i] : null)),
            .. supervisors.Chunk(2).Select((pair, i) => FilePlan(pair[0], pair[1], plans[round][i], typed: (round + i) % 2 == 0, foreign: supervisors[(2 * i + 2) % supervisors.Count], plans[round][(i + 1) % plans[round].Count]))]);

        /// <summary>Reads, answers, taps "send" twice, and taps the card of the day before.</summary>
        private async Task AnswerGuidance(Official one, Request request, bool thoroughly, Request? old)
        {
            if (thoroughly)
            {
                var shown = await Act(one, request.Shown, () => Tap(one, request.Notice, "看内容", $"答复 {request.Id}"));
                var before = one.Desk.Received.Where(WriteAnswer.Fits).ToHashSet();
                await ActOn(one, shown?.Card, "现在答复", WriteAnswer);

                // Nobody answers a question not seen; of two messages on their way to two instances that stand still either may come first.
                await Task.WhenAny(one.Desk.Sees(entry => WriteAnswer.Fits(entry) && !before.Contains(entry)), Task.Delay(LongPatience, time, Token));
            }
            else
            {
                await Act(one, request.AsksForAnswer, () => Tap(one, request.Notice, "现在答复", $"现在答复 {request.Id}"));
            }

            var preview = await Act(one, request.Preview, () => one.Desk.Say(request.Answer));
            await ActOn(one, preview?.Card, "发送", SentToEnterprise);
            if (preview?.Card is { } tapped)
                await ActOn(one, tapped, "发送", Over, FilledIn);
            if (old is not null)
                await Act(one, null, () => Tap(one, old.Notice, "看内容", $"答复 {old.Id}"), wait: false, Over, Answered);
        }

        /// <summary>Two have the same plan before them: one taps or types, the other taps, and both tap once more; one of them tries a card of somebody else's.</summary>
        private async Task FilePlan(Official first, Official second, Plan plan, bool typed, Official foreign, Plan foreignPlan)
        {
            await Act(first, plan.Shown, () => Tap(first, plan.Notice, "看计划", $"计划 {plan.Id}"));
            await Act(second, null, () => TapForeign(second, plan.Notice, foreign, foreignPlan), wait: false, Over);
            await Task.WhenAll(typed ? Type() : File(first), File(second));
            await Task.WhenAny(first.Desk.Sees(plan.Filed.Fits), second.Desk.Sees(plan.Filed.Fits), Task.Delay(LongPatience, time, Token));
            await Task.WhenAll(File(first), File(second));

            async Task Type()
            {
                var confirm = await Act(first, plan.Confirm, () => first.Desk.Say($"备案 {plan.Id}"));
                await ActOn(first, confirm?.Card, "是", FiledBefore);
            }

            Task File(Official one) => Act(one, null, () => Tap(one, plan.Notice, "同意备案", $"同意备案 {plan.Id}"), wait: false, FiledBefore, Over, FilledIn);
        }

        /// <summary>One tap or message; <paramref name="once"/> is its own answer, else one of <paramref name="orOneOf"/> is. Gives the answer, if it came in time.</summary>
        private async Task<ChatEntry?> Act(Official one, Heard? once, Func<Task<Delivery>> act, bool wait = true, params IReadOnlyList<Heard> orOneOf)
        {
            Interlocked.Increment(ref acts);
            if (once is not null)
                one.Once.Add(once);
            foreach (var common in orOneOf)
                one.Often[common] = one.Often.GetValueOrDefault(common) + 1;
            var delivery = await storms.Say(act);
            ChatEntry? heard = null;
            try
            {
                if (once is not null && wait)
                    heard = await one.Desk.Sees(once.Fits).WaitAsync(LongPatience, time, Token);
                if (Interlocked.Increment(ref answered) % 7 == 0 && !storms.Raging)
                    await Repeat(delivery);
            }
            catch (TimeoutException)
            {
                // Whether that was allowed is judged in the end.
            }

            storms.Answered();
            return heard;
        }

        /// <summary>Taps a button of a card that asked something; where it was asked in words, the button's words are typed.</summary>
        private Task ActOn(Official one, ShownCard? card, string button, params IReadOnlyList<Heard> oneOf) =>
            Act(one, null, () => Press(one, card, button, button), wait: false, oneOf);

        /// <summary>Taps a button of a notice's card; where the notice did not arrive, or not as a card, the official types what the button says.</summary>
        private static Task<Delivery> Tap(Official one, Heard notice, string button, string says) =>
            Press(one, one.Desk.Cards.LastOrDefault(card => notice.Fits(card.ToString())), button, says);

        private static Task<Delivery> Press(Official one, ShownCard? card, string button, string says) =>
            card?.Buttons.Any(there => there.Text == button) == true ? one.Desk.Tap(card, button, unaware: true) : one.Desk.Say(says);

        /// <summary>The button is another plan's, and so is the card that the tap names.</summary>
        private static Task<Delivery> TapForeign(Official one, Heard own, Official other, Plan plan) => one.Desk.Cards.LastOrDefault(card => own.Fits(card.ToString())) is { } card
            ? one.Desk.TapNaming(card, other.Desk.Cards.LastOrDefault(foreign => plan.Notice.Fits(foreign.ToString()))?.TaskId ?? "n-0000", $"0|同意备案 {plan.Id}")
            : one.Desk.Say("帮助");

        private async Task Repeat(Delivery delivery)
        {
            var again = await platform.Callback.Repeat(delivery.InnerXml);
            Interlocked.Increment(ref repeated);
            Assert.True(again.Ended is Ended.Silent or Ended.Replied, $"{again}");
        }

        private async Task Round()
        {
            foreach (var bot in bots)
            {
                await bot.Services.GetRequiredService<DueWork>().Run(Token);
                await bot.Services.GetRequiredService<WeComQueue>().Round(Token);
                await bot.Services.GetRequiredService<CardOutcomes>().Round(Token);
            }

            // A jump while something is on its way would be a platform that takes too long.
            while (await Count($"""SELECT CAST(count(*) AS int) AS "Value" FROM late_replies WHERE state = 1""") > 0)
                await clock.Passes(TimeSpan.FromSeconds(0.1));
            time.Advance(TimeSpan.FromSeconds(20));
        }

        private Task<int> Count(FormattableString sql) => Use(db => db.Database.SqlQuery<int>(sql).SingleAsync(Token));

        /// <summary>Until nothing is left that would be done within an hour.</summary>
        private async Task Quiet()
        {
            await Round();
            for (var rounds = 0; await Open() > 0; rounds++)
            {
                await Round();
                if (rounds > 30)
                    time.Advance(TimeSpan.FromMinutes(3));
            }
        }

        private Task<int> Open()
        {
            var soon = time.GetUtcNow().UtcDateTime + TimeSpan.FromHours(1.5);
            return Count(
                $"""
                SELECT CAST((SELECT count(*) FROM late_replies WHERE state < 2) + (SELECT count(*) FROM "Notices" WHERE "State" = 'Owed' AND "NextAttemptAt" < {soon}) AS int) AS "Value"
                """);
        }

        private async Task Effects(IReadOnlyList<Done> audit)
        {
            output.WriteLine($"audit: {string.Join(", ", audit.GroupBy(done => done.Action).Select(same => $"{same.Key} {same.Count()}"))}");
            var asked = requests.SelectMany(some => some).ToList();
            var worked = requests.Take(Rounds).SelectMany(some => some).Select(request => request.Id).ToList();
            Assert.Equal(asked.Count, asked.Select(request => request.Id).Distinct().Count());
            var unanswered = worked.Except(Subjects("AnswerGuidance")).ToList();
            Assert.True(unanswered.Count == 0, string.Join('\n', unanswered.Select(Story)));
            Assert.Equal(worked.Order(StringComparer.Ordinal), Subjects("AnswerGuidance"));
            Assert.Equal(plans.Take(Rounds).SelectMany(some => some).Select(plan => plan.Id).Order(StringComparer.Ordinal), Subjects("FileForQuietDays"));
            var answers = await Use(db => db.GuidanceRequests.AsNoTracking().Where(request => request.Answer != null).Select(request => new { request.Id, request.Answer, request.AnsweredById, request.UnitId }).ToListAsync(Token));
            Assert.Equal(worked.Count, answers.Count);
            Assert.All(answers, answer => Assert.StartsWith($"{answer.Id}所问", answer.Answer, StringComparison.Ordinal));
            Assert.All(answers, answer => Assert.Equal(answer.UnitId[1..], answer.AnsweredById![1..]));
            foreach (var (pair, plan) in plans.Take(Rounds).SelectMany(some => some.Index()))
                Assert.Contains(audit.Single(done => done.Action == "FileForQuietDays" && done.Subject == plan.Id).Actor, supervisors.Skip(2 * pair).Take(2).Select(one => one.PersonId));

            IEnumerable<string> Subjects(string action) => audit.Where(done => done.Action == action).Select(done => done.Subject).Order(StringComparer.Ordinal);
        }

        /// <summary>What the inspector of a request sent and heard, and how it fared on the way.</summary>
        private string Story(string requestId)
        {
            var one = inspectors[requests.Select(some => some.ToList().FindIndex(request => request.Id == requestId)).First(at => at >= 0)];
            var pushes = platform.Book.Deliveries.Where(push => push.InnerXml.Contains($"<FromUserName><![CDATA[{one.Desk.UserId}]]>", StringComparison.OrdinalIgnoreCase))
                .Select(push => $"{push.InnerXml} {string.Join("; ", push.Attempts.Select(attempt => $"{attempt.To.Port} {attempt.Ended} {attempt.Detail} {attempt.Reply?.Text}"))}");
            var chat = one.Desk.Chat.Select(entry => $"{entry.At:HH:mm:ss.f} {entry.Kind} {entry.Plain}");
            return $"{requestId} of {one.Name}\n{string.Join('\n', chat.Concat(pushes).Select(line => line.ReplaceLineEndings(" ")))}";
        }

        private void Answers()
        {
            var (doubles, unsure, wrong) = (0, 0, new List<string>());
            var calls = platform.Book.Calls.Where(call => call.Path.EndsWith("/message/send", StringComparison.Ordinal)).ToLookup(call => Recipient(call.Body), StringComparer.Ordinal);
            foreach (var one in Everybody)
            {
                foreach (var heard in one.Once)
                    Check([one], heard);
                foreach (var (heard, most) in one.Often)
                {
                    if (one.Desk.Received.Count(heard.Fits) is var times && times > most && !MayBeDouble([one], heard, times - most))
                        wrong.Add($"{one.Name} {heard} {times} times, at most {most}");
                }

                if (one.Often.ContainsKey(SentToEnterprise) && !one.Desk.Received.Any(SentToEnterprise.Fits))
                    wrong.Add($"{one.Name} never heard {SentToEnterprise}");
            }

            foreach (var (pair, plan) in plans.Take(Rounds).SelectMany(some => some.Index()))
                Check([.. supervisors.Skip(2 * pair).Take(2)], plan.Filed);
            output.WriteLine($"answers twice because the platform's own was lost: {doubles}; given up after {TriesWhenUnsure} tries of unknown outcome: {unsure}; by the queue: {Everybody.Sum(one => one.Desk.Received.Count(entry => entry.Kind == EntryKind.Sent))}, on the connection: {Everybody.Sum(one => one.Desk.Received.Count(entry => entry.Kind == EntryKind.Passive))}; dropped as duplicates: {platform.Discarded.Count}");
            Assert.True(wrong.Count == 0, string.Join('\n', wrong));

            void Check(Official[] those, Heard heard)
            {
                var times = those.Sum(one => one.Desk.Received.Count(heard.Fits));
                if (times > 1 && MayBeDouble(those, heard, times - 1))
                    doubles++;
                else if (times == 0 && Tried(those, heard).Count(Weather.IsUnknowable) >= TriesWhenUnsure)
                    unsure++;
                else if (times != 1)
                    wrong.Add($"{string.Join('/', those.Select(one => one.Name))} {heard} {times} times: {string.Join("; ", Tried(those, heard).Select(call => $"{call.At:HH:mm:ss.f} {call.Fault} {call.ErrorCode}"))}\n{string.Join('\n', those.SelectMany(one => one.Desk.Received).Select(entry => $"{entry.At:HH:mm:ss.f} {entry.Kind} {entry.Plain}"))}");
            }

            bool MayBeDouble(Official[] those, Heard heard, int more) => Tried(those, heard).Count(call => Weather.WasDone(call) && Weather.IsUnknowable(call)) >= more;

            IEnumerable<ApiCall> Tried(Official[] those, Heard heard) => those.SelectMany(one => calls[one.Desk.UserId.ToLowerInvariant()]).Where(call => heard.Fits(call.Body));
        }

        private async Task Notices()
        {
            var notices = await Use(db => db.Notices.AsNoTracking().ToListAsync(Token));
            var reported = notices.Where(notice => notice.Kind == "N21").Select(notice => notice.SubjectId).ToHashSet(StringComparer.Ordinal);
            var byId = Everybody.ToDictionary(one => one.PersonId, StringComparer.Ordinal);
            var marks = requests.SelectMany(some => some).Select(request => (request.Id, request.Notice)).Concat(plans.SelectMany(some => some).Select(plan => (plan.Id, plan.Notice))).ToDictionary(one => one.Id, one => one.Notice, StringComparer.Ordinal);
            var wrong = new List<string>();
            var owed = notices.Where(notice => notice.Kind is "N2b" or "N50").ToList();
            Assert.Equal(requests.Sum(some => some.Count) + 2 * plans.Sum(some => some.Count), owed.Count);
            foreach (var notice in owed)
            {
                var times = byId[notice.PersonId].Desk.Received.Count(marks[notice.SubjectId].Fits);
                var right = notice.State switch
                {
                    NoticeState.Sent => times == 1,
                    NoticeState.Undeliverable or NoticeState.Parked => reported.Contains(notice.SubjectId) && (times == 0 || (times == 1 && notice.LastError!.Contains("不能确定", StringComparison.Ordinal))),
                    _ => false,
                };
                if (!right)
                {
                    var calls = platform.Book.Calls.Where(call => call.Body.Contains($"n-{notice.Id:N}", StringComparison.Ordinal)).Select(call => $"{call.At:dd HH:mm:ss} {call.Fault} {call.ErrorCode}");
                    wrong.Add($"{notice.Key} {notice.State} {notice.LastError} shown {times}, reported {reported.Contains(notice.SubjectId)}: {string.Join("; ", calls)}");
                }
            }

            output.WriteLine($"notices: {string.Join(", ", owed.GroupBy(notice => notice.State).Select(same => $"{same.Key} {same.Count()}"))}; {notices.Count(notice => notice.Kind == "N21")} reports");
            Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        }

        /// <summary>A card says who settled it, or it still asks because the platform's word was lost on the way; never anything else.</summary>
        private void Cards(IReadOnlyList<Done> audit)
        {
            var names = Everybody.ToDictionary(one => one.PersonId, one => one.Name, StringComparer.Ordinal);
            var doers = audit.Where(done => done.Action is "AnswerGuidance" or "FileForQuietDays").ToDictionary(done => done.Subject, done => names[done.Actor], StringComparer.Ordinal);
            var marks = requests.SelectMany(some => some).Select(request => (request.Id, request.Notice, Says: "已答复")).Concat(plans.SelectMany(some => some).Select(plan => (plan.Id, plan.Notice, Says: "已备案"))).ToList();
            var (told, untold, wrong) = (0, 0, new List<string>());
            var lost = platform.Book.Calls.Where(Weather.IsUnknowable).ToList();
            var cards = Everybody.SelectMany(one => one.Desk.Cards.Where(card => card.TaskId.StartsWith("n-", StringComparison.Ordinal)).Select(card => (one.Name, Card: card)));
            foreach (var (name, card) in cards)
            {
                if (marks.Find(mark => mark.Notice.Fits(card.ToString())) is not { Id: { } subject } mark)
                    continue;
                var doer = doers.GetValueOrDefault(subject);
                var right = card.Description.Length == 0
                    ? doer is null ? card.GreyText is null : lost.Exists(call => call.Body.Contains(card.TaskId, StringComparison.Ordinal))
                    : doer is not null && card.GreyText == mark.Says && card.Description.StartsWith($"{mark.Says}：", StringComparison.Ordinal) && card.Description.Contains(doer, StringComparison.Ordinal);
                if (!right)
                    wrong.Add($"{name} {subject} by {doer}: {card}, updated {card.Updates} times");
                else if (card.Description.Length > 0)
                    told++;
                else if (doer is not null)
                    untold++;
            }

            output.WriteLine($"cards: {told} tell who settled it, {untold} cannot, for the platform's answer to them was lost");
            Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        }

        private static string Recipient(string body)
        {
            const string before = "\"touser\":\"";
            var at = body.IndexOf(before, StringComparison.Ordinal) + before.Length;
            return at < before.Length ? "" : body[at..body.IndexOf('"', at)];
        }

        private async Task<T> Use<T>(Func<SupervisionDb, Task<T>> look)
        {
            await using var scope = bots[0].Services.CreateAsyncScope();
            return await look(scope.ServiceProvider.GetRequiredService<SupervisionDb>());
        }

        private sealed record Done(string Actor, string Action, string Subject);
    }
}
