using Bot.Domain.Rules;

namespace Bot.Domain.Forms;

/// <summary>
/// A form sent to many enterprises, about one unit or about all (S09). Who has answered is only known by no longer being waited for, without a time, and
/// the answers carry no sender: the two cannot be put together again.
/// </summary>
public sealed class Questionnaire
{
    public static readonly Rule StillOpen = new("这份问卷已经截止，谢谢您的关注；有意见随时可以说“意见反馈”。", "S09");
    public static readonly Rule WaitedFor = new("这份问卷贵单位已经填过，或者没有发给贵单位。", "S09");

    private Questionnaire()
    {
    }

    internal Questionnaire(string id, string number, Form form, string? unitId, string askedById, DateOnly askedOn, DateOnly until, IEnumerable<string> enterpriseIds)
    {
        (Id, Number, FormId, FormVersion, UnitId, AskedById, AskedOn, Until) = (id, number, form.Id, form.Version, unitId, askedById, askedOn, until);
        WaitingFor = [.. enterpriseIds];
        Sent = WaitingFor.Count;
    }

    /// <summary>W26-1.</summary>
    public string Id { get; private set; } = "";

    /// <summary>云监问〔2026〕1号</summary>
    public string Number { get; private set; } = "";
    public string FormId { get; private set; } = "";
    public int FormVersion { get; private set; }

    /// <summary>The unit it is about; null when it is about inspections in general.</summary>
    public string? UnitId { get; private set; }
    public string AskedById { get; private set; } = "";
    public DateOnly AskedOn { get; private set; }

    /// <summary>The last day for it.</summary>
    public DateOnly Until { get; private set; }

    /// <summary>To how many enterprises it went.</summary>
    public int Sent { get; private set; }

    /// <summary>Those that have not answered.</summary>
    public List<string> WaitingFor { get; private set; } = [];

    internal void Answered(string enterpriseId, DateOnly today)
    {
        StillOpen.Require(today <= Until);
        WaitedFor.Require(WaitingFor.Contains(enterpriseId));
        WaitingFor = [.. WaitingFor.Where(id => id != enterpriseId)];
    }
}
