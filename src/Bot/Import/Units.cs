using Bot.Domain.People;

namespace Bot.Import;

/// <summary>执法单位.</summary>
internal static class Units
{
    private static readonly Column Id = new("id", "单位编号");
    private static readonly Column Name = new("name", "单位名称");
    private static readonly Column Level = new("level", "层级");
    private static readonly Column Field = new("field", "执法领域");
    private static readonly Column Phone = new("phone", "电话");
    private static readonly Column Sections = new("sections", "科室", Many: true);

    public static Kind Kind { get; } = new("units", "单位", [Id, Name, Level, Field, Phone, Sections], Take);

    private static void Take(Line line, Registry registry)
    {
        var id = registry.Once(line, Id);
        var level = line.Text(Level) switch
        {
            "市级" => "city",
            "区级" => "district",
            "镇" => "town",
            "街道" => "subdistrict",
            var written => written,
        };
        if (level is not ("city" or "district" or "town" or "subdistrict" or ""))
            line.Report(Level, $"不认识“{level}”，可以写：市级、区级、镇、街道");
        registry.Put(new Unit(id, line.Text(Name), level, line.Text(Field), line.Text(Phone)) { Sections = [.. line.List(Sections)] });
    }
}
