using Bot.Domain.Drawing;

namespace Bot.Import;

/// <summary>回避: which inspector must not inspect which enterprise (D10).</summary>
internal static class Conflicts
{
    private static readonly Column Person = new("person", "人员编号");
    private static readonly Column Enterprise = new("enterprise", "企业编号");
    private static readonly Column Reason = new("reason", "回避原因");
    private static readonly Column DeclaredOn = new("declaredOn", "登记日期");

    public static Kind Kind { get; } = new("conflicts", "回避", [Person, Enterprise, Reason, DeclaredOn], Take);

    private static void Take(Line line, Registry registry) =>
        registry.Put(new ConflictOfInterest(line.Reference(Person, registry.People), line.Reference(Enterprise, registry.Enterprises), line.Text(Reason), line.Date(DeclaredOn)));
}
