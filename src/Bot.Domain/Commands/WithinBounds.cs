using System.Collections;
using System.Reflection;
using Bot.Domain.Calendar;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Commands;

/// <summary>The longest a text of a command may be, in characters; without it <see cref="Bounds.LongestText"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AtMostAttribute(int characters) : Attribute
{
    public int Characters { get; } = characters;
}

/// <summary>What no command of a person may exceed, whatever else its own rules say: they are a second line behind those, which know the matter.</summary>
public static class Bounds
{
    public const int LongestText = 8_000;
    public const int LongestList = 500;
    public const int Years = 10;

    public static readonly Rule Text = new("写得太长了，请分几次说，或者只写要点。", "D15");
    public static readonly Rule List = new("一次给得太多了，请分几次办。", "D15");
    public static readonly Rule Day = new("这个日期离今天太远，请核对年份后再说一次。", "D15");
}

/// <summary>Refuses a command with a text, a list or a day beyond all measure, before its handler is reached.</summary>
public sealed class WithinBounds<TRequest, TResponse>(ChinaClock clock) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    private static readonly Measured[] All = [.. MeasuredIn(typeof(TRequest), [])];

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request is ICommanded { By: var by } && by != Actor.Service)
        {
            foreach (var measured in All)
                Measure(measured.Path.Aggregate((object?)request, (value, property) => value is null ? null : property.GetValue(value)), measured.Characters);
        }

        return next();
    }

    /// <summary>What can be measured in a command, and in the facts that it carries.</summary>
    private static IEnumerable<Measured> MeasuredIn(Type type, PropertyInfo[] path) => type.GetProperties()
        .Where(property => property.GetIndexParameters().Length == 0 && property.PropertyType != typeof(Actor))
        .SelectMany(property =>
        {
            var own = property.PropertyType;
            if (own == typeof(DateOnly) || own == typeof(DateOnly?) || typeof(IEnumerable).IsAssignableFrom(own))
                return [new Measured([.. path, property], property.GetCustomAttribute<AtMostAttribute>()?.Characters ?? Bounds.LongestText)];
            return own.Assembly == typeof(Bounds).Assembly && own.IsClass && path.Length == 0 ? MeasuredIn(own, [property]) : [];
        });

    private void Measure(object? value, int characters)
    {
        switch (value)
        {
            case string text:
                Bounds.Text.Require(text.Length <= characters);
                break;
            case DateOnly day:
                Bounds.Day.Require(day >= clock.Today.AddYears(-Bounds.Years) && day <= clock.Today.AddYears(Bounds.Years));
                break;
            case ICollection list:
                Bounds.List.Require(list.Count <= Bounds.LongestList);
                foreach (var text in list.OfType<string>())
                    Bounds.Text.Require(text.Length <= characters);
                break;
        }
    }

    private sealed record Measured(PropertyInfo[] Path, int Characters);
}
