using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Bot.Files;
using Bot.Storage;
using Bot.Testing;
using Bot.Tests.Channels.WeChat.Talks;
using Bot.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Anonymity;

/// <summary>
/// W28, S06, docs/threat-model.md: twenty people hand something in without a name, in between others who are known, each of them said something harmless
/// before and after. Whoever has the whole database, the log and the files half an hour later cannot tell which of them was who. With
/// <c>BOT_ANONYMITY</c> naming a folder, all of it is left there for a second reader, and the answers beside it.
/// </summary>
public sealed partial class TwentyWithoutAName
{
    private const int People = 20;

    /// <summary>Whom the district knows and who are bound to an enterprise: with them there is more to find.</summary>
    private static readonly string[] Known = ["童景行", "庄亦舟"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task Nothing_that_stays_leads_from_what_was_handed_in_to_who_did(DatabaseKind kind)
    {
        await using var account = await Account.Open(kind);
        var entries = await HandIn(account);
        await account.MoveTo("2026-11-22 12:00");

        var traces = await Traces(account);
        await Leave(account, entries, traces, kind);
        foreach (var entry in entries)
        {
            var about = traces.Where(trace => entry.Tokens.Any(token => Holds(trace.Text, token))).ToList();
            Assert.NotEmpty(about);
            Assert.All(about, trace => Assert.DoesNotContain(entry.Person, trace.Text, StringComparison.Ordinal));
            Assert.All(about, trace => Assert.DoesNotContain(entry.OpenId, trace.Text, StringComparison.Ordinal));
            Assert.All(about, trace => Assert.False(entry.PersonId is { } id && trace.Text.Split('|').Contains(id), trace.ToString()));

            // An instant of the minutes in which it was handed in would single out who was there then.
            Assert.All(about, trace => Assert.DoesNotContain(Instants(trace.Text), at => at > entry.From && at < entry.To));
        }

        // Nor may what is left of a person tell when they were there: it would stand in the same order as what was handed in.
        foreach (var entry in entries)
        {
            var mine = traces.Where(trace => trace.Text.Contains(entry.OpenId, StringComparison.Ordinal) || (trace.Where == "Addresses" && entry.PersonId is { } id && trace.Text.Split('|').Contains(id)));
            Assert.All(mine, trace => Assert.DoesNotContain(Instants(trace.Text), at => at > entries[0].From && at < entries[^1].To.AddMinutes(1) && at.TimeOfDay.Ticks % TimeSpan.TicksPerHour != 0));
        }

        var strangers = entries.Where(entry => entry.PersonId is null).ToList();
        Assert.All(strangers, entry => Assert.Subset(new HashSet<string> { "talk_states" }, traces.Where(trace => trace.Text.Contains(entry.OpenId, StringComparison.Ordinal)).Select(trace => trace.Where).ToHashSet()));
        Assert.DoesNotContain(account.Log.Lines, line => entries.Any(entry => line.Contains(entry.OpenId, StringComparison.Ordinal) || line.Contains(entry.Marker, StringComparison.Ordinal)));
    }

    private static async Task<List<Entry>> HandIn(Account account)
    {
        // The phones are numbered as they come; who hands something in when has nothing to do with that.
        var talk = new Transcript(account);
        var entries = new List<Entry>();
        var people = Enumerable.Range(0, People).Select(i => i < Known.Length ? Known[i] : $"路人{i.ToString(CultureInfo.InvariantCulture)}").ToArray();
        foreach (var stranger in people.Skip(Known.Length))
            await talk.Play($"{stranger}：[关注]");
        RandomNumberGenerator.Shuffle(people.AsSpan());
        for (var i = 0; i < People; i++)
        {
            var person = people[i];
            var marker = $"第{ChineseNumber(i)}号门";
            await talk.Play($"{person}：安静日是哪几天\n季启明：检查预告");
            var from = account.Time.GetUtcNow().UtcDateTime;
            await talk.Play((i % 5) switch
            {
                0 => $"{person}：匿名咨询\n{person}：在{marker}招学徒工要签什么合同",
                1 => $"{person}：我要投诉\n{person}：匿名\n{person}：在{marker}没亮证就进来查\n{person}：昨天\n{person}：城管\n{person}：[图片]\n{person}：没有\n{person}：提交",
                2 => $"{person}：我要投诉\n{person}：匿名\n{person}：在{marker}态度很凶一直吼人\n{person}：昨天\n{person}：不清楚\n{person}：没有\n{person}：提交\n{person}：{{码}}\n{person}：[点 补充]\n{person}：他们还拍了桌子\n{person}：没有",
                3 => $"{person}：举报无证经营\n{person}：匿名\n{person}：望岚\n{person}：{marker}旁边\n{person}：卖熟食没有执照\n{person}：[图片]\n{person}：没有\n{person}：提交",
                _ => $"{person}：检查的人在{marker}问我要两条烟\n{person}：匿名\n{person}：昨天\n{person}：消防\n{person}：没有\n{person}：提交",
            });
            var to = account.Time.GetUtcNow().UtcDateTime;
            await talk.Play($"{person}：谢谢\n姚一诺：办理进度");
            entries.Add(await Entry.Of(account, person, marker, from, to));
        }

        return entries;
    }

    /// <summary>Every row of every table, every line of the log, every file and its card, with the time on the disk.</summary>
    private static async Task<List<Trace>> Traces(Account account)
    {
        var traces = await account.Change(async db =>
        {
            var connection = db.Database.GetDbConnection();
            await connection.OpenAsync(Token);
            return await EveryRow.Of(connection, db.Database.IsNpgsql(), Token);
        });
        var all = traces.ConvertAll(row => new Trace(row.Table, row.Text));
        all.AddRange(account.Log.Lines.Select(line => new Trace("log", line)));
        var store = account.Bot.Services.GetRequiredService<FileStore>();
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(store.PathOf("x"))!))
        {
            var content = path.EndsWith(".json", StringComparison.Ordinal) ? await File.ReadAllTextAsync(path, Token) : "";
            all.Add(new Trace("file", $"{Path.GetFileName(path)}|{File.GetLastWriteTimeUtc(path):yyyy-MM-dd'T'HH:mm:ss}|{content}"));
        }

        return all;
    }

    /// <summary>For the second reader: what somebody would have who carried the machine away, and in a folder of its own who it was.</summary>
    private static async Task Leave(Account account, List<Entry> entries, List<Trace> traces, DatabaseKind kind)
    {
        if (Environment.GetEnvironmentVariable("BOT_ANONYMITY") is not { Length: > 0 } named)
            return;
        var folder = Directory.CreateDirectory(Path.Combine(named, kind.ToString())).FullName;
        await File.WriteAllLinesAsync(Path.Combine(folder, "rows.txt"), traces.Where(trace => trace.Where is not ("log" or "file")).Select(trace => trace.ToString()), Token);
        await File.WriteAllLinesAsync(Path.Combine(folder, "log.txt"), account.Log.Lines, Token);
        await File.WriteAllLinesAsync(Path.Combine(folder, "files.txt"), traces.Where(trace => trace.Where == "file").Select(trace => trace.Text), Token);
        await File.WriteAllLinesAsync(Path.Combine(folder, "entries.txt"), entries.OrderBy(entry => entry.Marker, StringComparer.Ordinal).Select(entry => string.Join(' ', entry.Tokens)), Token);
        await File.WriteAllLinesAsync(Path.Combine(folder, "addresses.txt"), entries.OrderBy(entry => entry.OpenId, StringComparer.Ordinal).Select(entry => entry.OpenId), Token);
        if (kind == DatabaseKind.Sqlite)
        {
            foreach (var file in Directory.EnumerateFiles(account.Folder, "bot.db*"))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        var answers = Directory.CreateDirectory(Path.Combine(named, "answers")).FullName;
        await File.WriteAllLinesAsync(Path.Combine(answers, $"{kind}.txt"), entries.Select(entry => $"{entry.OpenId} {string.Join(' ', entry.Tokens)}"), Token);
    }

    private static bool Holds(string text, string token) => Regex.IsMatch(text, $"(?<![0-9A-Za-z-]){Regex.Escape(token)}(?![0-9A-Za-z-])", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static IEnumerable<DateTime> Instants(string text)
    {
        foreach (Match said in Written().Matches(text))
            yield return DateTime.ParseExact($"{said.Groups["day"].Value} {said.Groups["time"].Value}", "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        foreach (Match said in American().Matches(text))
            yield return DateTime.ParseExact(said.Value, "MM/dd/yyyy HH:mm:ss", CultureInfo.InvariantCulture);
        foreach (Match said in Milliseconds().Matches(text))
            yield return DateTime.UnixEpoch.AddMilliseconds(long.Parse(said.Value, CultureInfo.InvariantCulture));
    }

    private static string ChineseNumber(int i) => $"{"甲乙丙丁戊己庚辛壬癸"[i / 10]}{"子丑寅卯辰巳午未申酉"[i % 10]}";

    [GeneratedRegex(@"(?<day>20\d{2}-\d{2}-\d{2})[T ](?<time>\d{2}:\d{2}:\d{2})")]
    private static partial Regex Written();

    [GeneratedRegex(@"\d{2}/\d{2}/20\d{2} \d{2}:\d{2}:\d{2}")]
    private static partial Regex American();

    [GeneratedRegex(@"(?<!\d)1[67]\d{11}(?!\d)")]
    private static partial Regex Milliseconds();

    private sealed record Trace(string Where, string Text)
    {
        public override string ToString() => $"{Where}|{Text}";
    }

    /// <param name="Person">Who handed it in.</param>
    /// <param name="OpenId">From where.</param>
    /// <param name="PersonId">Whom the registry knows it as.</param>
    /// <param name="Marker">Words that stand in no other entry.</param>
    /// <param name="Tokens">Whatever names the entry in a row: its ids, its numbers, its files.</param>
    /// <param name="From">Before its first word.</param>
    /// <param name="To">After its last.</param>
    private sealed record Entry(string Person, string OpenId, string? PersonId, string Marker, IReadOnlyList<string> Tokens, DateTime From, DateTime To)
    {
        public static Task<Entry> Of(Account account, string person, string marker, DateTime from, DateTime to) => account.Change(async db =>
        {
            var openId = account.Phone(person).OpenId;
            var personId = await db.Addresses.Where(a => a.ExternalId == openId).Select(a => a.PersonId).FirstOrDefaultAsync(Token);
            var complaint = await db.Complaints.FirstOrDefaultAsync(c => c.Text.Contains(marker), Token);
            var question = await db.GuidanceRequests.FirstOrDefaultAsync(r => r.Question.Contains(marker), Token);
            var report = await db.UnlicensedReports.FirstOrDefaultAsync(r => r.Place.Contains(marker), Token);
            string[] tokens = complaint is not null ? [complaint.Id, complaint.Number, marker, .. complaint.EvidenceIds]
                : report is not null ? [report.Id, report.Number, marker, .. report.EvidenceIds]
                : [question!.Id, question.Number, marker];
            return new Entry(person, openId, personId, marker, tokens, from, to);
        });
    }
}
