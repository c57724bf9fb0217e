using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Supervision;
using Bot.Testing;

namespace Bot.Domain.Tests.Supervision;

/// <summary>An office with the people of two units and of the bureau, for climbing the ladder step by step.</summary>
internal sealed class Ladder : IDisposable
{
    public Ladder(string now = "2026-11-10 10:00")
    {
        Yunlan = new Yunlan(now);
        TransportLiaison = Office.Person("LI-U09", "祁望江", ActorRole.UnitLiaison, "U09");
    }

    public Yunlan Yunlan { get; }

    public Office Office => Yunlan.Office;

    public Actor Bureau => Yunlan.Bureau;

    public Actor Liaison => Yunlan.SafetyLiaison;

    public Actor Leader => Yunlan.SafetyLeader;

    public Actor TransportLiaison { get; }

    public Task<WarningIssued> Warn(string unit = "U02", string problem = "多次未扫码入企", params string[] evidence) => Office.Send(new IssueWarning(
        Bureau, unit, problem, "凡检查必扫码（本区涉企行政检查规则）", ["11月2日、4日、6日三次检查未见扫码登记"], evidence));

    public async Task<string> FoundUncorrected(string unit = "U02")
    {
        var id = (await Warn(unit)).CaseId;
        await Office.Send(new AnswerWarning(unit == "U02" ? Liaison : TransportLiaison, id, "已培训", []));
        await Office.Send(new FindUncorrected(Bureau, id, "复看仍有未扫码"));
        return id;
    }

    public async Task<string> Drafted(string unit = "U02")
    {
        var id = await FoundUncorrected(unit);
        await Office.Send(new DraftLetter(Bureau, id, ["11月2日、4日、6日三次检查未见扫码登记"], "凡检查必扫码", "逐次扫码，对检查人员开展培训"));
        return id;
    }

    public async Task<string> Served(string unit = "U02")
    {
        var id = await Drafted(unit);
        await Office.Send(new IssueLetter(Bureau, id));
        await Office.Send(new ServeLetter(Bureau, id));
        return id;
    }

    public SupervisionCase Case(string id) => Office.Use(db => db.SupervisionCases.Single(one => one.Id == id));

    public Deadline Deadline(string kind, string subject) => Office.Use(db => db.Deadlines.Single(deadline => deadline.Kind == kind && deadline.SubjectId == subject));

    public DateOnly Due(string kind, string subject) => Deadline(kind, subject).DueOn;

    /// <summary>Takes every reminder that is due by now.</summary>
    public async Task Remind()
    {
        while ((await Office.Send(new TakeDueSteps(Actor.Service))).Count > 0)
        {
        }
    }

    public void Dispose() => Yunlan.Dispose();
}
