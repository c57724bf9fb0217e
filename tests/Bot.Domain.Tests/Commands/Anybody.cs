using System.Reflection;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Storage;
using Bot.Testing;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Tests.Commands;

/// <summary>Somebody of the district, or a visitor, who says anything, often about something that there is.</summary>
internal sealed class Anybody(DistrictOffice district, Random chance)
{
    private static readonly string[] Words = ["同意", "请尽快办理", "车间冒烟，先查看", "未发现问题", "有限空间作业审批单怎么填", "", "　", new('长', 6000), "'; DROP TABLE \"Tasks\"; --", "<a href=\"x\">点</a>", "2026-13-45", "😀"];

    /// <summary>What the domain answers itself; a few queries are answered by the host.</summary>
    private static readonly HashSet<Type> Handled = [.. typeof(Permissions).Assembly.GetTypes()
        .SelectMany(type => type.GetInterfaces())
        .Where(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
        .Select(contract => contract.GetGenericArguments()[0])];


    private readonly Actor[] actors = Actors(district);
    private readonly List<string> ids = Ids(district);

    /// <summary>Every command and query that some role may give.</summary>
    public static IReadOnlyList<Type> Commands { get; } = [.. Permissions.Table.Where(pair => pair.Value.Count > 0 && Handled.Contains(pair.Key)).Select(pair => pair.Key).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    public Random Chance => chance;

    public object Says()
    {
        var type = Commands[chance.Next(Commands.Count)];
        var may = Permissions.Table[type];
        var by = actors[chance.Next(actors.Length)];

        // Most of the time somebody who may; else nearly everything would end at the role.
        for (var tries = 0; tries < 50 && chance.Next(20) != 0 && !may.Contains(by.Role); tries++)
            by = actors[chance.Next(actors.Length)];
        return Make(type, by);
    }

    /// <summary>One kind of command, by somebody whose role may give it.</summary>
    public object Says(Type type) => Make(type, Pick(actors.Where(by => Permissions.May(by.Role, type))));

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
