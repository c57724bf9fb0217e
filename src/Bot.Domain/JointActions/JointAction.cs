using Bot.Domain.Rules;

namespace Bot.Domain.JointActions;

/// <summary>联合监督行动: several units look together at a key field for some time, one of them leading (S44).</summary>
public sealed class JointAction
{
    public static readonly Rule LeadAndMembers = new("联合行动要有一个牵头单位和至少一个参加单位。", "S44");
    public static readonly Rule DatesInOrder = new("结束日期不能早于开始日期，也不能早于今天。", "S44");
    public static readonly Rule ClosedOnce = new("这次联合行动已经结束，不用再办。", "S44");

    private static readonly Rule Said = new("请写明领域（最多50字）和要做的事（最多1000字）。", "S44");

    private const int LongestField = 50;
    private const int Longest = 1000;

    private JointAction()
    {
    }

    internal JointAction(string id, string number, JointActionFacts facts, string plannedById, DateOnly today)
    {
        Said.Require(facts.Field.Trim().Length is > 0 and <= LongestField && facts.Measures.Trim().Length is > 0 and <= Longest);
        var members = facts.MemberUnitIds.Where(unit => unit != facts.LeadUnitId).Distinct(StringComparer.Ordinal).ToList();
        LeadAndMembers.Require(facts.LeadUnitId.Length > 0 && members.Count > 0);
        DatesInOrder.Require(facts.From <= facts.To && facts.To >= today);
        (Id, Number, Field, Measures, LeadUnitId, MemberUnitIds, From, To, PlannedById) = (id, number, facts.Field.Trim(), facts.Measures.Trim(), facts.LeadUnitId, members, facts.From, facts.To, plannedById);
    }

    /// <summary>LD26-1.</summary>
    public string Id { get; private set; } = "";

    /// <summary>云监联〔2026〕1号</summary>
    public string Number { get; private set; } = "";
    public string Field { get; private set; } = "";
    public string Measures { get; private set; } = "";
    public string LeadUnitId { get; private set; } = "";
    public List<string> MemberUnitIds { get; private set; } = [];
    public DateOnly From { get; private set; }
    public DateOnly To { get; private set; }
    public string PlannedById { get; private set; } = "";
    public string? Outcome { get; private set; }
    public DateOnly? ClosedOn { get; private set; }

    internal void Close(string outcome, DateOnly today)
    {
        ClosedOnce.Require(ClosedOn is null);
        Said.Require(outcome.Trim().Length is > 0 and <= Longest, "请写明结果（最多1000字）。");
        (Outcome, ClosedOn) = (outcome.Trim(), today);
    }
}

/// <summary>What a joint action consists of.</summary>
public sealed record JointActionFacts(string Field, string LeadUnitId, IReadOnlyList<string> MemberUnitIds, DateOnly From, DateOnly To, string Measures);
