using System.Buffers;

namespace Bot.Dialogs.Understanding;

/// <summary>The units that a message may mean; more than one is a question to the person, never a guess.</summary>
public sealed record UnitMatch(IReadOnlyList<string> Ids)
{
    /// <summary>The one unit that is meant, or null when there are several.</summary>
    public string? Id => Ids.Count == 1 ? Ids[0] : null;

    public bool Ambiguous => Ids.Count > 1;
}

/// <summary>Knows units by the names people use for them: 城管, 工商, 环保, a town's name.</summary>
public static class PeopleAndUnits
{
    private static readonly (string InName, string Said)[] Fields =
    [
        ("城市管理 城管", "城管 城市管理 市容 chengguan"),
        ("市场监督 市场监管", "市监 工商 市场监督 市场监管 市场局 质监 质量监督 食药监 药监 食品药品 特种设备"),
        ("生态环境 环境保护", "环保 生态环境 生态局 环境局 环境执法 huanbao"),
        ("应急管理", "应急 安监 安全生产监督 yingji"),
        ("消防", "消防 防火监督 xiaofang"),
        ("人力资源 劳动", "人社 劳动 人力资源 社保局 劳动监察"),
        ("卫生健康 卫健", "卫健 卫生 卫监 卫计"),
        ("文化 文体 旅游", "文旅 文化 文体 旅游 广电 文广"),
        ("交通运输", "交通 运管 运输局"),
        ("公安", "公安 派出所 警察"),
        ("住房 建设局 住建", "住建 建设局 住房"),
        ("税务", "税务 国税 地税"),
        ("农业农村", "农业 农业农村 农委"),
        ("自然资源 国土", "自然资源 国土 规划局"),
        ("水务 水利", "水务 水利"),
        ("司法局", "司法局"),
        ("烟草", "烟草"),
        ("气象", "气象"),
        ("综合行政执法", "综合执法 综合行政执法"),
    ];

    private static readonly (string[] InName, string[] Said)[] Words = [.. Fields.Select(field => (field.InName.Split(' '), field.Said.Split(' ')))];

    private static readonly SearchValues<string> AnySaid = SearchValues.Create([.. Words.SelectMany(field => field.Said)], StringComparison.Ordinal);

    private static readonly string[] Endings = ["人民政府", "街道办事处", "办事处", "管委会"];
    private static readonly string[] Rejections = ["不是", "不归", "并非", "而不是"];

    /// <summary>The units named; null when none is ("不清楚", "忘了").</summary>
    public static UnitMatch? Unit(string text, IReadOnlyList<(string Id, string Name, string Field)> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        var whole = Normalise.Text(text).ToLowerInvariant();
        if (whole.Length == 0 || units.Count == 0) return null;
        var named = units.Where(unit => IsNamed(whole, Normalise.Text(unit.Name))).Select(unit => unit.Id).ToList();
        if (named.Count > 0) return new UnitMatch(named);

        if (!whole.AsSpan().ContainsAny(AnySaid)) return null;
        var found = new List<string>();
        foreach (var (markers, said) in Words)
        {
            if (!said.Any(word => IsSaid(whole, word))) continue;
            found.AddRange(units.Where(unit => markers.Any(marker => Holds(unit.Name, marker) || Holds(unit.Field, marker))).Select(unit => unit.Id).Where(id => !found.Contains(id)));
        }

        return found.Count == 0 ? null : new UnitMatch(found);
    }

    private static bool IsNamed(string text, string name)
    {
        var district = name.IndexOf('区', StringComparison.Ordinal);
        var core = district is > 0 and < 6 ? name[(district + 1)..] : name;
        if (core.Length >= 3 && IsSaid(text, core.ToLowerInvariant())) return true;
        var ending = Endings.FirstOrDefault(end => name.EndsWith(end, StringComparison.Ordinal));
        if (ending is null) return false;
        var place = name[..^ending.Length];
        return IsSaid(text, place) || place.Length > 2 && place[^1] is '镇' or '乡' && IsSaid(text, place[..^1]);
    }

    // "不是城管，是环保": a unit under a rejection is not the one meant.
    private static bool IsSaid(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
        {
            var before = text.AsSpan(0, at);
            if (!Rejections.Any(rejection => text.AsSpan(0, at).EndsWith(rejection, StringComparison.Ordinal)) || before.EndsWith("是不是")) return true;
        }

        return false;
    }

    private static bool Holds(string text, string marker) => text.Contains(marker, StringComparison.Ordinal);
}
