using System.Globalization;
using Bot.Domain.Monitoring;

namespace Bot.Import;

/// <summary>监测异常 that other systems saw (W21, W22). Nothing in such a file is trusted: what cannot be right is reported, and no line makes a task.</summary>
internal static class Anomalies
{
    private const int LongestName = 60;
    private const decimal Largest = 1_000_000_000;

    private static readonly Column Id = new("id", "异常编号");
    private static readonly Column Source = new("source", "来源系统");
    private static readonly Column Enterprise = new("enterprise", "企业编号");
    private static readonly Column Indicator = new("indicator", "监测指标");
    private static readonly Column Value = new("value", "监测值");
    private static readonly Column Threshold = new("threshold", "阈值");
    private static readonly Column SeenAt = new("seenAt", "发现时间");

    public static Kind Kind { get; } = new("anomalies", "监测异常", [Id, Source, Enterprise, Indicator, Value, Threshold, SeenAt], Take);

    private static void Take(Line line, Registry registry)
    {
        var (id, source) = (Short(line, Id, registry.Once(line, Id)), Short(line, Source, line.Text(Source)));
        var enterprise = EnterpriseOf(line, registry);
        var (value, threshold) = (Number(line, Value), Number(line, Threshold));
        if (!line.Has(SeenAt))
            line.Report(SeenAt, "不能为空");
        var seenAt = line.OptionalInstant(SeenAt);
        if (seenAt > registry.Now)
            line.Report(SeenAt, "晚于现在");
        var name = line.Text(Indicator);
        if (registry.Indicators.Named(name) is not { } indicator)
        {
            if (name.Length > 0)
                line.Report(Indicator, $"不认识指标“{name}”，可以写：{string.Join('、', registry.Indicators.Names)}");
            return;
        }

        if (!registry.HasUnitOf(indicator.Field))
            line.Report(Indicator, $"没有主管“{indicator.Field}”的区级单位，请先导入单位");
        if (value is not { } measured || threshold is not { } limit || seenAt is not { } at)
            return;
        if (limit <= 0)
            line.Report(Threshold, "应大于0");
        else if (indicator.LevelOf(measured, limit) is null)
            line.Report(Value, indicator.Above ? "没有超过阈值，不是异常" : "没有低于阈值，不是异常");
        else
            registry.Put(new Anomaly(source, id, enterprise, indicator, measured, limit, at));
    }

    /// <summary>Other systems know enterprises by their credit code.</summary>
    private static string EnterpriseOf(Line line, Registry registry)
    {
        var said = line.Text(Enterprise);
        var id = registry.Enterprises.Contains(said) ? said : registry.OwnerOfCode(said.ToUpperInvariant());
        if (id is null && said.Length > 0)
            line.Report(Enterprise, $"没有企业“{said}”，请写企业编号或统一社会信用代码");
        return id ?? "";
    }

    private static decimal? Number(Line line, Column column)
    {
        var text = line.Text(column);
        if (text.Length == 0)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= Largest)
            return number;
        line.Report(column, $"“{text}”不是数");
        return null;
    }

    private static string Short(Line line, Column column, string text)
    {
        if (text.Length > LongestName)
            line.Report(column, $"太长，最多{LongestName.ToString(CultureInfo.InvariantCulture)}个字");
        return text;
    }
}
