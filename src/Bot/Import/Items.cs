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
    private static readonly Column Objects = new("objects", "检查对象");
    private static readonly Column Frequency = new("frequency", "检查频次");
    private static readonly Column Review = new("review", "审核状态");
    private static readonly Column RepealedOn = new("repealedOn", "依据废止日期");

    public static Kind Kind { get; } = new(
        "items",
        "事项",
        [Id, Unit, Name, Basis, Content, Method, Published, FixedByLaw, FixedByLawBecause, Standards, Objects, Frequency, Review, RepealedOn],
        Take);

    /// <summary>A list without content or method is no list (D05). What is published has been reviewed before (D06).</summary>
    private static void Take(Line line, Registry registry)
    {
        var published = line.Flag(Published);
        var reviewed = !line.Has(Review)
            ? published ? ItemReview.Approved : ItemReview.Pending
            : line.OneOf(Review, ("已审核", ItemReview.Approved), ("待审核", ItemReview.Pending), ("已退回", ItemReview.Returned));
        registry.Put(new InspectionItem(registry.Once(line, Id), line.Reference(Unit, registry.Units), line.Text(Name), line.Text(Basis))
        {
            Content = line.Text(Content),
            Method = line.Text(Method),
            Published = published,
            FixedByLaw = line.Flag(FixedByLaw),
            FixedByLawBecause = line.OptionalText(FixedByLawBecause) ?? "",
            Standards = [.. line.List(Standards)],
            Objects = line.OptionalText(Objects) ?? "",
            Frequency = line.OptionalText(Frequency) ?? "",
        }.ReviewedAs(reviewed, line.OptionalDate(RepealedOn)));
    }
}
