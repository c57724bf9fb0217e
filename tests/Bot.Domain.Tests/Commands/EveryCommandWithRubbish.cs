using System.Globalization;
using System.Reflection;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using Bot.Storage;
using Bot.Testing;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Domain.Tests.Commands;

/// <summary>
/// Every command of the table, given by somebody who may, with one thing in it that cannot be: an id that nobody has, a text without end, a day long
/// past, an end before its start. It is refused by a rule that says in Chinese what to do and nothing is written, or what cannot be is not used.
/// </summary>
public sealed class EveryCommandWithRubbish : IAsyncLifetime
{
    private const int Tries = 3;
    private const string NoSuchId = "QX-0000-NOBODY";
    private const string LongPast = "1999-12-31";
    private static readonly string TooLong = new('冗', 20_000);
    private static readonly DateOnly Later = new(2031, 3, 19);
    private static readonly DateOnly Earlier = new(2031, 3, 12);

    private readonly int seed = int.TryParse(Environment.GetEnvironmentVariable("BOT_TEST_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 417;
    private readonly List<string> wrong = [];
    private readonly Dictionary<string, int> refused = new(StringComparer.Ordinal);
    private DistrictOffice district = null!;
    private int unused;

    public async ValueTask InitializeAsync() => district = await DistrictOffice.Open();

    [Fact]
    public async Task Is_refused_with_a_sentence_or_does_not_use_it()
    {
        var anybody = new Anybody(district, new Random(seed));
        foreach (var type in Anybody.Commands.Where(type => IsCommand(type)))
        {
            for (var i = 0; i < Tries; i++)
            {
                foreach (var (place, mark) in Spoilt(anybody.Says(type), out var commands))
                    await Give(commands[place], place, mark);
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}; refused {refused.Values.Sum()} by {refused.Count} rules, not used {unused}");
        Assert.True(wrong.Count == 0, $"seed {seed}, {wrong.Count}\n{string.Join("\n", wrong.Distinct().Take(60))}");
        Assert.True(refused.Count > 40, "too few rules spoke for this to say anything");
    }

    public async ValueTask DisposeAsync() => await district.DisposeAsync();

    private static bool IsCommand(Type type) => type.GetInterfaces().Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ICommand<>));

    /// <summary>The command spoilt in each place in turn: where, and what must then not be found in any table.</summary>
    private static Dictionary<string, string> Spoilt(object command, out Dictionary<string, object> commands)
    {
        commands = new Dictionary<string, object>(StringComparer.Ordinal);
        var marks = new Dictionary<string, string>(StringComparer.Ordinal);
        var properties = command.GetType().GetProperties().Where(property => property.SetMethod is not null).ToList();
        foreach (var property in properties)
        {
            // The facts that some commands carry.
            if (property.PropertyType != typeof(Actor) && property.PropertyType.Assembly == typeof(Actor).Assembly && property.PropertyType.GetMethod("<Clone>$") is not null && property.GetValue(command) is { } facts)
            {
                var inner = Spoilt(facts, out var spoiltFacts);
                foreach (var (place, mark) in inner)
                {
                    commands[$"{property.Name}.{place}"] = With(command, (property, spoiltFacts[place]));
                    marks[$"{property.Name}.{place}"] = mark;
                }
            }

            foreach (var (kind, value, mark) in Rubbish(property))
            {
                commands[$"{property.Name}: {kind}"] = With(command, (property, value));
                marks[$"{property.Name}: {kind}"] = mark;
            }
        }

        if (properties.Where(property => IsDay(property.PropertyType)).ToList() is [var first, var second, ..])
        {
            commands["end before start"] = With(command, (first, Later), (second, Earlier));
            marks["end before start"] = "2031-03-12";
        }

        return marks;
    }

    private static IEnumerable<(string Kind, object Value, string Mark)> Rubbish(PropertyInfo property)
    {
        if (property.PropertyType == typeof(string))
        {
            yield return property.Name.EndsWith("Id", StringComparison.Ordinal) ? ("unknown", NoSuchId, NoSuchId) : ("too long", TooLong, TooLong[..7000]);
            if (property.Name.EndsWith("Id", StringComparison.Ordinal))
                yield return ("too long", TooLong, TooLong[..7000]);
        }
        else if (property.PropertyType.IsAssignableFrom(typeof(string[])) && property.PropertyType != typeof(object))
        {
            // Which files there are is known to the channel that took them, and no person gives their ids.
            if (!property.Name.EndsWith("Ids", StringComparison.Ordinal))
                yield return ("too long", new[] { TooLong }, TooLong[..7000]);
            else if (property.Name is not ("FileIds" or "EvidenceIds"))
                yield return ("unknown", new[] { NoSuchId }, NoSuchId);
            yield return ("too many", Enumerable.Repeat(NoSuchId, 5000).ToArray(), NoSuchId);
        }
        else if (IsDay(property.PropertyType))
        {
            yield return ("long past", DateOnly.Parse(LongPast, CultureInfo.InvariantCulture), LongPast);
        }
        else if (property.PropertyType == typeof(int) || property.PropertyType == typeof(int?))
        {
            yield return ("absurd", int.MaxValue, int.MaxValue.ToString(CultureInfo.InvariantCulture));
            yield return ("negative", -777_123, "-777123");
        }
    }

    private static bool IsDay(Type type) => type == typeof(DateOnly) || type == typeof(DateOnly?);

    private static object With(object command, params IReadOnlyList<(PropertyInfo Property, object Value)> changes)
    {
        var copy = command.GetType().GetMethod("<Clone>$")!.Invoke(command, null)!;
        foreach (var (property, value) in changes)
            property.SetValue(copy, value);
        return copy;
    }

    private async Task Give(object command, string place, string mark)
    {
        var what = $"{command.GetType().Name}.{place}";
        try
        {
            await district.Office.Services.GetRequiredService<Transactions>().Run<bool>(
                "rubbish",
                async (work, _) =>
                {
                    await Look(work.Services, command, what, mark);
                    throw new TakenBackException();
                },
                TestContext.Current.CancellationToken);
        }
        catch (TakenBackException)
        {
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            wrong.Add($"{what}: {broken.GetType().Name} {broken.Message} {broken.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Bot.Domain", StringComparison.Ordinal))?.Trim()}");
        }
    }

    private async Task Look(IServiceProvider services, object command, string what, string mark)
    {
        var db = services.GetRequiredService<SupervisionDb>();
        var before = Written(db);
        try
        {
            await Send(services.GetRequiredService<IMediator>(), command);
            if (IsFound(db, mark))
                wrong.Add($"{what}: was stored");
            unused++;
        }
        catch (RuleBrokenException rule)
        {
            refused[rule.Rule.Sentence] = refused.GetValueOrDefault(rule.Rule.Sentence) + 1;
            if (!rule.Message.Any(letter => letter is >= '\u4e00' and <= '\u9fff') || rule.Message.Length > 600)
                wrong.Add($"{what}: refused without a sentence: {rule.Message[..Math.Min(200, rule.Message.Length)]}");
            if (db.ChangeTracker.HasChanges() || Written(db) != before)
                wrong.Add($"{what}: refused, and yet something was written");
        }
    }

    private static Task Send(IMediator mediator, object command)
    {
        var answer = command.GetType().GetInterfaces().Single(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>)).GetGenericArguments()[0];
        return (Task)typeof(IMediator).GetMethods().Single(method => method.Name == nameof(IMediator.Send) && method.IsGenericMethod).MakeGenericMethod(answer).Invoke(mediator, [command, CancellationToken.None])!;
    }

    private static long Written(SupervisionDb db) => db.Database.SqlQueryRaw<long>("SELECT total_changes() AS \"Value\"").Single();

    /// <summary>Whether any table holds it.</summary>
    private static bool IsFound(SupervisionDb db, string mark) => db.Model.GetEntityTypes().Select(entity => entity.GetTableName()).OfType<string>().Distinct().Any(table =>
    {
#pragma warning disable EF1002 // The names come from the model.
        var columns = string.Join(" || ' ' || ", db.Database.SqlQueryRaw<string>($"SELECT name AS \"Value\" FROM pragma_table_info('{table}')").ToList().Select(column => $"coalesce(\"{column}\", '')"));
        return db.Database.SqlQueryRaw<int>($"SELECT count(*) AS \"Value\" FROM \"{table}\" WHERE instr({columns}, {{0}}) > 0", mark).Single() > 0;
#pragma warning restore EF1002
    });

    private sealed class TakenBackException : Exception;
}
