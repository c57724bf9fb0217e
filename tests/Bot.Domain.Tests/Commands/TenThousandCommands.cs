using System.Globalization;
using System.Text.Json;
using Bot.Audit;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using Bot.Testing;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Domain.Tests.Commands;

/// <summary>
/// Ten thousand commands and queries that nobody thought of, by anybody, on the whole invented district: no illegal stage, no accepted command
/// without its audit row, nobody shown what is another enterprise's (D15, D16).
/// </summary>
public sealed class TenThousandCommands
{
    private const int HowMany = 10_000;
    private const int Longest = 800;

    private readonly int seed = int.TryParse(Environment.GetEnvironmentVariable("BOT_TEST_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 825;

    [Fact]
    public async Task Keep_every_rule()
    {
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        await using var district = await DistrictOffice.Open();
        var anybody = new Anybody(district, new Random(seed));
        var before = AuditRows(district);
        var accepted = new Dictionary<string, int>(StringComparer.Ordinal);
        var refused = 0;
        var broke = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < HowMany; i++)
        {
            var given = anybody.Says();
            try
            {
                var answer = await Send(district.Office, given);
                if (given is not IRecordsItself && IsCommand(given))
                    accepted[given.GetType().Name] = accepted.GetValueOrDefault(given.GetType().Name) + 1;
                anybody.Learns(answer);
                OnlyTheirs(district, given, answer);
                if (IsCommand(given))
                    EveryStageIsLegal(district, given);
            }
            catch (RuleBrokenException rule)
            {
                refused++;
                Assert.Matches("[\\u4e00-\\u9fff]", rule.Message);
            }
            catch (Exception broken) when (broken is not Xunit.Sdk.XunitException)
            {
                broke.TryAdd($"{given.GetType().Name} {broken.GetType().Name} {broken.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Bot.Domain", StringComparison.Ordinal))?.Trim()}", $"command {i}: {Shown(given)}\n{broken.Message}");
            }

            district.Clock.Set(district.Clock.GetUtcNow().UtcDateTime.AddMinutes(anybody.Chance.Next(20)));
        }

        Assert.True(broke.Count == 0, $"seed {seed}\n{string.Join("\n\n", broke.Select(pair => $"{pair.Key}\n{pair.Value}"))}");
        TestContext.Current.TestOutputHelper!.WriteLine($"accepted {accepted.Values.Sum()} of {accepted.Count} kinds, refused {refused}: {string.Join(' ', accepted.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key}={pair.Value}"))}");
        Assert.True(accepted.Values.Sum() > 300 && accepted.Count > 25, "too few commands got through for this to say anything");
        var rows = AuditRows(district);
        Assert.All(accepted, pair => Assert.Equal(pair.Value, rows.GetValueOrDefault(pair.Key) - before.GetValueOrDefault(pair.Key)));
        Assert.True((await district.Office.Services.GetRequiredService<AuditCheck>().Run(TestContext.Current.CancellationToken)).Whole);
    }

    private static bool IsCommand(object given) => given.GetType().GetInterfaces().Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ICommand<>));

    private static async Task<object?> Send(Office office, object given)
    {
        var answer = given.GetType().GetInterfaces().Single(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>)).GetGenericArguments()[0];
        var sent = (Task)typeof(Office).GetMethod(nameof(Office.Send))!.MakeGenericMethod(answer).Invoke(office, [given])!;
        await sent;
        return sent.GetType().GetProperty("Result")!.GetValue(sent);
    }

    private static Dictionary<string, int> AuditRows(DistrictOffice district) => district.Office.Use(db => db.Database.SqlQueryRaw<string>("SELECT action AS \"Value\" FROM audit").ToList()).CountBy(action => action).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>What has begun was approved or is urgent, and was scanned or says why not; what is reported has a result; what is published was reported.</summary>
    private static void EveryStageIsLegal(DistrictOffice district, object given)
    {
        foreach (var task in district.Office.Use(db => db.Tasks.AsNoTracking().Where(t => t.RegisteredBy != null || t.ScannedInAt != null).ToList()))
        {
            var legal = task.Stage switch
            {
                InspectionStage.Approved => task.ApprovedOn is not null && task.ApprovedBy is not null,
                InspectionStage.Previewed => task.ApprovedOn is not null && task.PreviewSentOn is not null,
                InspectionStage.UnderWay => (task.ApprovedOn is not null || task.Urgent) && (task.ScannedInAt is not null || (task.NoScanReason is not null && task.RecorderNumber is not null)),
                InspectionStage.Reported => task is { Result: not null, ResultEnteredOn: not null, CompletedOn: not null },
                InspectionStage.Published => task is { ResultEnteredOn: not null, PublishedOn: not null },
                InspectionStage.Merged => task.MergedIntoTaskId is not null,
                InspectionStage.Exempted => task.ExemptedBy is not null,
                _ => true,
            };
            Assert.True(legal, $"{task.Id} is {task.Stage} after {Shown(given)}");
        }
    }

    /// <summary>An enterprise's people, observers and visitors never read another enterprise's name or id, nor of a surprise.</summary>
    private static void OnlyTheirs(DistrictOffice district, object given, object? answer)
    {
        var by = ((ICommanded)given).By;
        if (by.IsOfficial || answer is null)
            return;
        var shown = JsonSerializer.Serialize(answer, answer.GetType(), Readable);
        var own = by.EnterpriseId;
        var mine = by.PersonId is null ? [] : district.Office.Use(db => db.Bindings.Where(b => b.PersonId == by.PersonId).Select(b => b.EnterpriseId).ToList());
        var asked = Shown(given);
        foreach (var (id, name, code) in district.Office.Use(db => db.Enterprises.AsNoTracking().Select(e => new { e.Id, e.Name, e.CreditCode }).ToList()).Select(e => (e.Id, e.Name, e.CreditCode)))
        {
            if (id == own || mine.Contains(id) || asked.Contains(id, StringComparison.Ordinal) || (code is not null && asked.Contains(code, StringComparison.Ordinal)))
                continue;
            Assert.False(shown.Contains(name, StringComparison.Ordinal) || shown.Contains($"\"{id}\"", StringComparison.Ordinal), $"{by.Role} {by.PersonId} of {own} was shown {id} by {asked}: {shown}");
        }

        foreach (var surprise in district.Office.Use(db => db.Tasks.AsNoTracking().Where(t => t.PreviewWaived && t.Type == InspectionType.Special && t.ScannedInAt == null && t.CompletedOn == null).Select(t => t.Id).ToList()))
            Assert.False(shown.Contains($"\"{surprise}\"", StringComparison.Ordinal) && !asked.Contains(surprise, StringComparison.Ordinal), $"{surprise} was given away by {asked}");
    }

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Shown(object given)
    {
        var text = $"{given.GetType().Name} {JsonSerializer.Serialize(given, given.GetType(), Readable)}";
        return text.Length > Longest ? text[..Longest] : text;
    }
}
