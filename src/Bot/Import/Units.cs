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
    private static readonly Column LeadsFields = new("leadsFields", "综合监管牵头领域", Many: true);
    private static readonly Column EntrustedBy = new("entrustedBy", "委托机关");
    private static readonly Column EntrustedUntil = new("entrustedUntil", "委托期限至");

    public static Kind Kind { get; } = new("units", "单位", [Id, Name, Level, Field, Phone, Sections, LeadsFields, EntrustedBy, EntrustedUntil], Take);

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
        var (entrustedBy, entrustedUntil) = (line.OptionalText(EntrustedBy), line.OptionalDate(EntrustedUntil));
        if (entrustedBy is null != entrustedUntil is null)
            line.Report(entrustedBy is null ? EntrustedBy : EntrustedUntil, "受委托的单位，委托机关和委托期限都要写");
        registry.Put(new Unit(id, line.Text(Name), level, line.Text(Field), line.Text(Phone))
        {
            Sections = [.. line.List(Sections)],
            LeadsFields = [.. line.List(LeadsFields)],
            EntrustedBy = entrustedBy,
            EntrustedUntil = entrustedUntil,
        });
    }
}
