using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Bot.Audit;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Storage;
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

    private static readonly string[] Words = ["同意", "请尽快办理", "车间冒烟，先查看", "未发现问题", "有限空间作业审批单怎么填", "", "　", new('长', 6000), "'; DROP TABLE \"Tasks\"; --", "<a href=\"x\">点</a>", "2026-13-45", "😀"];

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

    /// <summary>Somebody of the district, or a visitor, who says anything, often about something that there is.</summary>
    private sealed class Anybody(DistrictOffice district, Random chance)
    {
        private readonly Type[] commands = [.. Permissions.Table.Where(pair => pair.Value.Count > 0 && Handled.Contains(pair.Key)).Select(pair => pair.Key).OrderBy(type => type.FullName, StringComparer.Ordinal)];
        /// <summary>What the domain answers itself; a few queries are answered by the host.</summary>
        private static readonly HashSet<Type> Handled = [.. typeof(Permissions).Assembly.GetTypes()
            .SelectMany(type => type.GetInterfaces())
            .Where(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
            .Select(contract => contract.GetGenericArguments()[0])];

        private readonly Actor[] actors = Actors(district);
        private readonly List<string> ids = Ids(district);

        public Random Chance => chance;

        public object Says()
        {
            var type = commands[chance.Next(commands.Length)];
            var may = Permissions.Table[type];
            var by = actors[chance.Next(actors.Length)];

            // Most of the time somebody who may; else nearly everything would end at the role.
            for (var tries = 0; tries < 50 && chance.Next(20) != 0 && !may.Contains(by.Role); tries++)
                by = actors[chance.Next(actors.Length)];
            return Make(type, by);
        }

        public void Learns(object? answer)
        {
            if (answer is IReceipt { Subject: { Length: > 0 and < 40 } subject } && ids.Count < 2_000)
                ids.Add(subject);
        }

        private object Make(Type type, Actor by)
        {
            if (type.IsAbstract)
                return Make(Pick(type.Assembly.GetTypes().Where(some => some.IsSubclassOf(type) && !some.IsAbstract)), by);
            if (type.GetConstructors().Length == 0)
                return type.IsValueType ? Activator.CreateInstance(type)! : Pick(Known(type));
            var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
            var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, parameter.Name!, by))]);
            foreach (var property in type.GetProperties().Where(p => p.SetMethod is not null && p.CanWrite && constructor.GetParameters().All(parameter => !string.Equals(parameter.Name, p.Name, StringComparison.OrdinalIgnoreCase))))
            {
                if (chance.Next(2) == 0)
                    property.SetValue(made, Value(property.PropertyType, property.Name, by));
            }

            return made;
        }

        /// <summary>Values of a type that nobody else may make.</summary>
        private static IEnumerable<object> Known(Type type) => type.Assembly.GetTypes()
            .Where(holder => !holder.ContainsGenericParameters)
            .SelectMany(holder => holder.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.GetIndexParameters().Length == 0).Select(property => property.GetValue(null)))
            .SelectMany(value => value as System.Collections.IEnumerable is { } some and not string ? some.Cast<object>() : [value!])
            .Where(value => value?.GetType() == type);

        private T Pick<T>(IEnumerable<T> some)
        {
            var all = some.ToList();
            return all[chance.Next(all.Count)];
        }

        private object? Value(Type type, string name, Actor by)
        {
            if (type == typeof(Actor))
                return by;
            if (Nullable.GetUnderlyingType(type) is { } inner)
                return chance.Next(2) == 0 ? null : Value(inner, name, by);
            if (type == typeof(string))
                return chance.Next(12) == 0 ? Words[chance.Next(Words.Length)] : Text(name, by);
            if (type == typeof(bool))
                return chance.Next(2) == 0;
            if (type == typeof(int))
                return chance.Next(10) switch { 0 => -1, 1 => int.MaxValue, 2 => 0, _ => chance.Next(1, 6) };
            if (type == typeof(DateOnly))
                return district.Today.AddDays(chance.Next(-40, 60));
            if (type == typeof(TimeOnly))
                return new TimeOnly(chance.Next(24), chance.Next(60));
            if (type == typeof(DateTime))
                return district.Clock.GetUtcNow().UtcDateTime;
            if (type.IsEnum)
                return Enum.GetValues(type).GetValue(chance.Next(Enum.GetValues(type).Length));
            if (type.IsGenericType && type.GetGenericArguments() is [var element] && type.IsAssignableFrom(element.MakeArrayType()))
            {
                var list = Array.CreateInstance(element, chance.Next(4));
                for (var i = 0; i < list.Length; i++)
                    list.SetValue(Value(element, name, by), i);
                return list;
            }

            return typeof(System.Collections.IEnumerable).IsAssignableFrom(type) ? Activator.CreateInstance(type) : Make(type, by);
        }

        private string Text(string name, Actor by)
        {
            string Of(Func<SupervisionDb, IQueryable<string?>> some) => district.Office.Use(db => some(db).OrderBy(id => id).ToList()) is { Count: > 0 } all ? all[chance.Next(all.Count)] ?? "" : "?";
            var unit = by.UnitId;
            return name switch
            {
                "TaskId" when unit is not null && chance.Next(5) != 0 => Of(db => db.Tasks.Where(t => t.UnitId == unit).Select(t => t.Id)),
                "TaskId" or "LeadTaskId" => Of(db => db.Tasks.Select(t => t.Id)),
                "PlanId" => Of(db => db.Plans.Where(p => unit == null || p.UnitId == unit).Select(p => p.Id)),
                "PromptId" => Of(db => db.MergePrompts.Select(p => p.Id)),
                "RequestId" => Of(db => db.GuidanceRequests.Select(r => r.Id)),
                "ComplaintId" or "Case" => Of(db => db.Complaints.Select(c => c.Id)),
                "DeadlineId" => Of(db => db.Deadlines.Select(d => d.Id)),
                "VisitId" => Of(db => db.Visits.Select(v => v.Id)),
                "ItemId" or "ItemIds" => Of(db => db.Items.Where(i => unit == null || i.UnitId == unit).Select(i => i.Id)),
                "InspectorIds" or "ToPersonId" => Of(db => db.People.Where(p => unit == null || p.UnitId == unit).Select(p => p.Id)),
                "EnterpriseId" or "Enterprise" => Of(db => db.Enterprises.Select(e => e.Id)),
                "CreditCode" => Of(db => db.Enterprises.Select(e => e.CreditCode)),
                _ when name.EndsWith("UnitId", StringComparison.Ordinal) => Of(db => db.Units.Select(u => u.Id)),
                _ when name.EndsWith("Id", StringComparison.Ordinal) => ids[chance.Next(ids.Count)],
                "HalfDay" => chance.Next(3) == 0 ? "" : "上午",
                "RecorderNumber" or "Number" or "SourceNumber" => "REC-0617",
                "Code" => "7K3F-92QX",
                _ => Words[chance.Next(5)],
            };
        }

        private static Actor[] Actors(DistrictOffice district) => district.Office.Use(db =>
            db.People.AsNoTracking().OrderBy(p => p.Id).ToList().SelectMany(person =>
                person.Role == ActorRole.EnterpriseUser
                    ? db.Bindings.Where(b => b.PersonId == person.Id).Select(b => b.EnterpriseId).ToList().Select(enterprise => Of(person, enterprise))
                    : [Of(person, null)])
            .Append(Office.Visitor())
            .ToArray());

        private static Actor Of(Person person, string? enterprise) => new(person.Id, person.Role, person.Name, new Address("web", person.Id), enterprise, person.UnitId);

        private static List<string> Ids(DistrictOffice district) => district.Office.Use(db => db.Tasks.Select(t => t.Id).ToList().Concat(db.Bindings.Select(b => b.Id)).Append("T999").Append("不是编号").ToList());
    }
}
