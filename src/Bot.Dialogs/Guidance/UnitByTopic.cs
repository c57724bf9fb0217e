using Bot.Dialogs.Understanding;
using Bot.Domain.Guidance;

namespace Bot.Dialogs.Guidance;

/// <summary>Which unit a question is for, by the unit it names or by what it is about.</summary>
internal static class UnitByTopic
{
    /// <summary>What people ask about, by the field of the unit that answers.</summary>
    private static readonly (string Field, string[] Words)[] Topics =
    [
        ("劳动", ["合同", "工资", "学徒", "试用期", "社保", "加班", "工伤", "用工", "招工", "辞退", "实习"]),
        ("消防", ["消防", "灭火", "疏散", "动火", "防火", "喷淋"]),
        ("生态", ["环保", "环评", "排污", "废水", "废气", "危废", "噪声", "污水", "粉尘"]),
        ("应急", ["安全生产", "有限空间", "危化", "隐患", "应急预案", "特种作业"]),
        ("市场监管", ["食品", "营业执照", "商标", "价格", "特种设备", "电梯", "锅炉", "计量", "标签", "广告宣传"]),
        ("城市管理", ["占道", "招牌", "户外广告", "渣土", "违建", "油烟"]),
        ("卫生", ["卫生许可", "职业病", "公共场所卫生", "消毒"]),
        ("交通", ["货车", "运输", "超载", "道路"]),
        ("文化", ["网吧", "演出", "旅行社", "娱乐场所", "出版"]),
    ];

    /// <summary>Null when that is not clear.</summary>
    public static string? Of(string question, IReadOnlyList<UnitChoice> units)
    {
        if (Named(question, units) is { Id: { } named })
            return named;
        var fields = Topics.Where(topic => topic.Words.Any(word => question.Contains(word, StringComparison.Ordinal))).Select(topic => topic.Field).ToList();
        var fitting = fields.Count == 1
            ? units.Where(unit => unit.Field.Contains(fields[0], StringComparison.Ordinal) || unit.Name.Contains(fields[0], StringComparison.Ordinal)).Take(2).ToList()
            : [];
        return fitting.Count == 1 ? fitting[0].Id : null;
    }

    public static UnitMatch? Named(string text, IReadOnlyList<UnitChoice> units) =>
        PeopleAndUnits.Unit(text, [.. units.Select(unit => (unit.Id, unit.Name, unit.Field))]);
}
