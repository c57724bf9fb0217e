using System.Globalization;
using System.Text.RegularExpressions;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Plans;

/// <summary>A cell as it stands in a file: text, whatever it begins with. A formula is known as one and never evaluated.</summary>
public sealed record SheetCell(string Text, bool IsFormula = false);

/// <param name="Number">As people see it in their table.</param>
/// <param name="Cells">In the order of the columns.</param>
public sealed record SheetRow(int Number, IReadOnlyList<SheetCell> Cells);

/// <summary>What a plan sheet says, and everything that is wrong in it.</summary>
/// <param name="Lines">Every row; of one that is wrong, what could be read.</param>
/// <param name="Faults">What has to be mended in the file.</param>
public sealed record PlanSheet(IReadOnlyList<PlanLineFacts> Lines, IReadOnlyList<SheetFault> Faults)
{
    /// <summary>The rows in which nothing is missing but the ratio.</summary>
    public IReadOnlyList<int> WithoutRatio => [.. Lines.Where(line => line.Ratio is null && Faults.All(fault => fault.Row != line.Row)).Select(line => line.Row)];
}

public sealed record SheetFault(int Row, string Column, string Reason)
{
    public override string ToString() => $"第{Row.ToString(CultureInfo.InvariantCulture)}行{(Column.Length > 0 ? $"“{Column}”" : "")}：{Reason}";
}

/// <summary>Reads the plan sheet that a liaison sent, against the unit's own lists.</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record ReadPlanSheet(Actor By, string FileId) : IQuery<PlanSheet>;

/// <summary>Makes lines of a plan out of the rows of a table (J08, W04, W08).</summary>
public sealed partial class PlanRows(ISupervisionDb db, ChinaClock clock)
{
    private const int LongestCell = 500;

    private static readonly char[] BetweenValues = ['；', ';', '、', '|', '\n', '\r', '，', ','];

    private static readonly Rule WithHeadings = new($"表里缺少列，第一行要有列名：{string.Join('、', PlanColumns.All)}（前四列必须有）。", "W08");
    private static readonly Rule WithRows = new("表里只有列名，没有内容，请填写后再发。", "J08");

    public async Task<PlanSheet> Check(Actor by, IReadOnlyList<SheetRow> sheet, CancellationToken cancellationToken)
    {
        WithHeadings.Require(sheet.Count > 0);
        var headings = sheet[0].Cells.Select(cell => cell.Text.Trim()).ToList();
        var lacking = PlanColumns.Needed.Where(column => !headings.Contains(column)).ToList();
        WithHeadings.Require(lacking.Count == 0, $"表里缺少“{string.Join('、', lacking)}”列。{WithHeadings.Sentence}");
        var faults = headings.Where(heading => heading.Length > 0 && !PlanColumns.All.Contains(heading)).Select(heading => new SheetFault(sheet[0].Number, heading, "不认识的列，请删掉")).ToList();
        faults.AddRange(headings.Where(heading => heading.Length > 0).GroupBy(heading => heading).Where(same => same.Count() > 1).Select(same => new SheetFault(sheet[0].Number, same.Key, "这一列出现了两次")));
        var rows = sheet.Skip(1).Where(row => row.Cells.Any(cell => cell.Text.Trim().Length > 0)).ToList();
        WithRows.Require(rows.Count > 0);

        var world = await World.Read(db, by.UnitId!, clock.Today, cancellationToken);
        return new PlanSheet([.. rows.Select(row => new Reading(row, headings, world, faults).Line())], faults);
    }

    private sealed record World(IReadOnlyList<Unit> Units, IReadOnlyList<InspectionItem> Items, IReadOnlyDictionary<string, string> Enterprises, DateOnly Today)
    {
        public static async Task<World> Read(ISupervisionDb db, string unitId, DateOnly today, CancellationToken cancellationToken) => new(
            await db.Units.AsNoTracking().ToListAsync(cancellationToken),
            await db.Items.AsNoTracking().Where(item => item.UnitId == unitId).ToListAsync(cancellationToken),
            (await db.Enterprises.Select(e => new { e.Id, e.Name }).ToListAsync(cancellationToken)).GroupBy(e => e.Name).ToDictionary(same => same.Key, same => same.First().Id),
            today);
    }

    private sealed class Reading(SheetRow row, IReadOnlyList<string> headings, World world, List<SheetFault> faults)
    {
        public PlanLineFacts Line()
        {
            var (from, to) = Months();
            var what = Text(PlanColumns.Target, needed: true);
            return new PlanLineFacts(row.Number, what)
            {
                EnterpriseId = world.Enterprises.GetValueOrDefault(what) ?? world.Enterprises.Values.FirstOrDefault(id => id == what),
                ItemIds = Items(),
                MonthFrom = from,
                MonthTo = to,
                Ratio = Ratio(),
                Visits = Visits(),
                Way = Text(PlanColumns.Way),
                JointUnitIds = JointUnits(),
                Division = Text(PlanColumns.Division),
                Field = Text(PlanColumns.Field),
            };
        }

        private string Text(string column, bool needed = false)
        {
            var at = headings.ToList().IndexOf(column);
            var cell = at >= 0 && at < row.Cells.Count ? row.Cells[at] : null;
            var text = cell?.Text.Trim() ?? "";
            if (cell is { IsFormula: true })
                return Fault(column, "是公式，请改成文字或数值");
            if (text.Length > LongestCell)
                return Fault(column, $"太长，最多{LongestCell.ToString(CultureInfo.InvariantCulture)}个字");
            if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
                return Fault(column, "含有看不见的控制字符，请删掉");
            return needed && text.Length == 0 ? Fault(column, "不能为空") : text;
        }

        private List<string> Items()
        {
            var ids = new List<string>();
            foreach (var named in Text(PlanColumns.Items, needed: true).Split(BetweenValues, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var item = world.Items.FirstOrDefault(one => one.Id == named || one.Name == named);
                if (item is null)
                    Fault(PlanColumns.Items, $"“{named}”不在本单位的检查事项清单里");
                else if (item.WhyNotSelectable(world.Today) is { } why)
                    Fault(PlanColumns.Items, $"“{named}”{why}，不能列入计划");
                else
                    ids.Add(item.Id);
            }

            return ids;
        }

        private List<string> JointUnits()
        {
            var ids = new List<string>();
            foreach (var named in Text(PlanColumns.JointUnits).Split(BetweenValues, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var fitting = world.Units.Where(unit => unit.Id == named || unit.Name == named).Concat(world.Units.Where(unit => unit.Name.Contains(named, StringComparison.Ordinal) || unit.Field == named)).Distinct().ToList();
                if (fitting.Count == 1 || (fitting.Count > 1 && (fitting[0].Id == named || fitting[0].Name == named)))
                    ids.Add(fitting[0].Id);
                else
                    Fault(PlanColumns.JointUnits, fitting.Count == 0 ? $"没有单位“{named}”" : $"“{named}”可能是几个单位，请写全称");
            }

            return ids;
        }

        private (int From, int To) Months()
        {
            var text = Text(PlanColumns.Month, needed: true);
            if (text.Length == 0)
                return (0, 0);
            if (Named.FirstOrDefault(one => text == one.Words || text == $"第{one.Words}") is { Words: not null } span)
                return (span.From, span.To);
            var match = MonthSpan().Match(text);
            if (match.Success && Number(match.Groups[1].Value) is var from and >= 1 and <= 12 && (match.Groups[2].Success ? Number(match.Groups[2].Value) : from) is var to and <= 12 && from <= to)
                return (from, to);
            Fault(PlanColumns.Month, $"“{Short(text)}”看不懂，写法如 3月、3-5月、第一季度、全年");
            return (0, 0);
        }

        private decimal? Ratio()
        {
            var text = Text(PlanColumns.Ratio);
            if (text.Length == 0)
                return null;
            if (Percent.Read(text) is { } ratio)
                return ratio;
            Fault(PlanColumns.Ratio, $"“{Short(text)}”不是百分数，写法如 10%，大于0、不超过100%");
            return null;
        }

        private int? Visits()
        {
            var text = Text(PlanColumns.Visits);
            if (text.Length == 0)
                return null;
            var match = Times().Match(text);
            if (match.Success && Number(match.Groups[1].Value) is var times and >= 1)
                return times;
            Fault(PlanColumns.Visits, $"“{Short(text)}”不是次数，写法如 1次");
            return null;
        }

        private string Fault(string column, string reason)
        {
            faults.Add(new SheetFault(row.Number, column, reason));
            return "";
        }

        private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

        private static string Short(string text) => text.Length > 20 ? text[..20] + "…" : text;
    }

    private static readonly (string Words, int From, int To)[] Named =
    [
        ("一季度", 1, 3), ("二季度", 4, 6), ("三季度", 7, 9), ("四季度", 10, 12), ("上半年", 1, 6), ("下半年", 7, 12), ("全年", 1, 12),
    ];

    [GeneratedRegex(@"^([0-9]{1,2})月?(?:\s*[-—–~～至到]+\s*([0-9]{1,2}))?月?$")]
    private static partial Regex MonthSpan();

    [GeneratedRegex("^(?:每年|每家)?([0-9]{1,3})次?(?:/年)?$")]
    private static partial Regex Times();
}

/// <summary>A share as people write it: 10%, 10％, 百分之十 is not read.</summary>
public static class Percent
{
    /// <summary>Null for what is no share over 0 and up to 100. A bare number below 1 is a share of one written as a fraction, and is asked for again.</summary>
    public static decimal? Read(string text)
    {
        var whole = text.Trim();
        var signed = whole.EndsWith('%') || whole.EndsWith('％');
        var digits = signed ? whole[..^1].Trim() : whole;
        return digits.Length <= 10 && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0 && value <= 100 && (signed || value >= 1) ? value : null;
    }
}
