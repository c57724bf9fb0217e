using Bot.Domain.Inspections;

namespace Bot.Import;

/// <summary>检查事项 of a unit's published list, with the standards in plain words (J16, J17).</summary>
internal static class Items
{
    private static readonly Column Id = new("id", "事项编号");
    private static readonly Column Unit = new("unit", "单位编号");
    private static readonly Column Name = new("name", "事项名称");
    private static readonly Column Basis = new("basis", "检查依据");
    private static readonly Column Content = new("content", "检查内容");
    private static readonly Column Method = new("method", "检查方式");
    private static readonly Column Published = new("published", "已公布");
    private static readonly Column FixedByLaw = new("fixedByLaw", "法定检查方式");
    private static readonly Column FixedByLawBecause = new("fixedByLawBecause", "法定方式依据");
    private static readonly Column Standards = new("standards", "合规标准", Many: true);

    public static Kind Kind { get; } = new("items", "事项", [Id, Unit, Name, Basis, Content, Method, Published, FixedByLaw, FixedByLawBecause, Standards], Take);

    private static void Take(Line line, Registry registry) =>
        registry.Put(new InspectionItem(registry.Once(line, Id), line.Reference(Unit, registry.Units), line.Text(Name), line.Text(Basis))
        {
            Content = line.OptionalText(Content) ?? "",
            Method = line.OptionalText(Method) ?? "",
            Published = line.Flag(Published),
            FixedByLaw = line.Flag(FixedByLaw),
            FixedByLawBecause = line.OptionalText(FixedByLawBecause) ?? "",
            Standards = [.. line.List(Standards)],
        });
}
