using System.Globalization;

namespace Bot.Domain.Figures;

/// <summary>What is counted of a unit (J39, S32, W40).</summary>
public enum Measure
{
    Plans,
    Visits,
    Scanned,
    Previewed,
    Results,
    Merges,
    Published,
    Guidance,
    Joint,
    OffSite,
    QuietDays,
    Complaints,
    Rating,
    Warnings,
    Days,
    Penalties,

    /// <summary>规范办理率: all that was owed by rule and done in time.</summary>
    Conduct,
}

/// <summary>How a figure is written: a number, so many of so many, a mean.</summary>
public enum MeasureForm
{
    Count,
    Share,
    Mean,
}

/// <summary>One figure. Of a share: <see cref="Part"/> of <see cref="Whole"/>; of a mean: the sum over so many.</summary>
public sealed record Measured(Measure Measure, long Part, long Whole)
{
    public bool IsEmpty => Part == 0 && Whole == 0;

    /// <summary>0 to 100; null when nothing was owed.</summary>
    public decimal? Percent => Whole == 0 ? null : Math.Round(Part * 100m / Whole, 1, MidpointRounding.AwayFromZero);

    public decimal? Mean => Whole == 0 ? null : Math.Round((decimal)Part / Whole, 1, MidpointRounding.AwayFromZero);

    /// <summary>What is missing of a share.</summary>
    public long Missing => Whole - Part;

    /// <summary>12, 11/12, 4.3</summary>
    public string InWords => Measure.Form() switch
    {
        MeasureForm.Count => Part.ToString(CultureInfo.InvariantCulture),
        MeasureForm.Share => string.Create(CultureInfo.InvariantCulture, $"{Part}/{Whole}"),
        _ => Mean is { } mean ? mean.ToString("0.0", CultureInfo.InvariantCulture) : "—",
    };

    public Measured With(Measured other) => new(Measure, Part + other.Part, Whole + other.Whole);
}

public static class Measures
{
    /// <summary>What a unit owes by rule; together they are how regularly it works (W40).</summary>
    public static readonly IReadOnlyList<Measure> Owed = [Measure.Scanned, Measure.Results, Measure.Published, Measure.Merges, Measure.Guidance];

    private static readonly Dictionary<Measure, (string Name, MeasureForm Form, string Meaning)> All = new()
    {
        [Measure.Plans] = ("计划备案", MeasureForm.Share, "当年上传的检查计划中已报司法局备案的"),
        [Measure.Visits] = ("检查", MeasureForm.Count, "本期内结束的检查，并入其他任务的不重复计"),
        [Measure.Scanned] = ("扫码", MeasureForm.Share, "本期结束的检查中到场扫码的"),
        [Measure.Previewed] = ("预告", MeasureForm.Share, "本期结束的日常、专项检查中发过预告的，经批准免预告的不计"),
        [Measure.Results] = ("结果按期", MeasureForm.Share, "本期结束的检查中按期回填结果的，未到期且未回填的不计"),
        [Measure.Merges] = ("并办按期", MeasureForm.Share, "本期收到的并办提示中按期处理的，未到期且未处理的不计"),
        [Measure.Published] = ("公示按期", MeasureForm.Share, "本期结束的检查中按期公示的，依法不公示的、未到期且未公示的不计"),
        [Measure.Guidance] = ("指导按期", MeasureForm.Share, "本期收到的指导申请中按期答复的，未到期且未答复的不计"),
        [Measure.Joint] = ("联合检查", MeasureForm.Share, "本期结束的检查中与其他单位一起做的，计在牵头单位"),
        [Measure.OffSite] = ("非现场", MeasureForm.Share, "本期安排的检查中改为非现场或免予现场检查的"),
        [Measure.QuietDays] = ("安静日拦截", MeasureForm.Count, "本期因企业安静日没有排上的检查"),
        [Measure.Complaints] = ("投诉", MeasureForm.Count, "本期收到的投诉，撤回的不计"),
        [Measure.Rating] = ("平均评价", MeasureForm.Mean, "本期收到的评价的平均分，份数不足的不展示"),
        [Measure.Warnings] = ("未结预警", MeasureForm.Count, "截至本期末没有办结的预警和建议书"),
        [Measure.Days] = ("回填用时", MeasureForm.Mean, "本期结束的检查从结束到回填结果的平均自然日"),
        [Measure.Penalties] = ("处罚", MeasureForm.Share, "本期回填的结果中给予处罚的"),
        [Measure.Conduct] = ("规范办理率", MeasureForm.Share, "扫码、结果按期、公示按期、并办按期、指导按期五项，已办到的总数除以应办的总数"),
    };

    public static string Name(this Measure measure) => All[measure].Name;

    public static MeasureForm Form(this Measure measure) => All[measure].Form;

    /// <summary>How it is counted (口径).</summary>
    public static string Meaning(this Measure measure) => All[measure].Meaning;

    /// <summary>The measure that people call so; null for another word.</summary>
    public static Measure? Named(string name) => All.FirstOrDefault(pair => pair.Value.Name == name || pair.Value.Name + "率" == name) is { Value.Name: not null } found ? found.Key : null;
}
