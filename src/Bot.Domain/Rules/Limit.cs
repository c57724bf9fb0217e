using System.Globalization;
using Bot.Domain.Calendar;

namespace Bot.Domain.Rules;

/// <summary>A time limit of the district with the clause and the paper it comes from.</summary>
/// <param name="Name">What is limited, as people say it: 行政指导答复.</param>
/// <param name="Period">How long, and in which days.</param>
/// <param name="Clause">The place in the paper, or the reason for a default.</param>
/// <param name="Document">The paper that says so; a number taken over from another district keeps that district's paper.</param>
/// <param name="IsDefault">No paper gives this number; it is the product's proposal.</param>
public sealed record Limit(string Name, Period Period, string Clause, string Document, bool IsDefault)
{
    /// <summary>Where the number comes from, to be quoted to a person.</summary>
    public string Source => Sources.Say(Clause, Document, IsDefault);

    public override string ToString() => $"{Name}{Period}（{Source}）";
}

/// <summary>A number that is not a time: a share in percent, a count from which something holds.</summary>
public sealed record Figure(string Name, int Value, string Clause, string Document, bool IsDefault)
{
    public string Source => Sources.Say(Clause, Document, IsDefault);

    public override string ToString() => $"{Name}{Value.ToString(CultureInfo.InvariantCulture)}（{Source}）";
}

/// <summary>Which place of which paper says something that is not a number.</summary>
public sealed record Clause(string Name, string Place, string Document, bool IsDefault)
{
    public string Source => Sources.Say(Place, Document, IsDefault);

    /// <summary>凡检查必扫码（泰姜政办〔2025〕13号 三（一））</summary>
    public override string ToString() => $"{Name}（{Source}）";
}

/// <summary>A date that comes every year, written as the papers write it: before a month (每年3月前, J08).</summary>
public sealed record YearlyDate(string Name, int BeforeMonth, string Clause, string Document, bool IsDefault)
{
    public string Source => Sources.Say(Clause, Document, IsDefault);

    /// <summary>The last day on which the act is in time.</summary>
    public DateOnly In(int year) => new DateOnly(year, BeforeMonth, 1).AddDays(-1);
}

/// <summary>The paper of a district.</summary>
public sealed record PolicyDocument(string Title, string? Number, string Issuer, DateOnly Issued, string Status)
{
    /// <summary>The number, or the title of a paper that has none.</summary>
    public string Name => Number ?? $"《{Title}》";
}

internal static class Sources
{
    public static string Say(string clause, string document, bool isDefault) =>
        isDefault ? $"{document}：{clause}" : $"{document} {clause}";
}
