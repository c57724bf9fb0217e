using Bot.Domain.People;
using Bot.Domain.Rules;

namespace Bot.Domain.Drawing;

/// <summary>How heavy an enterprise lies in a draw, and why: credit, risk, complaints raise it up to a cap (D12), earlier draws lower it (W07).</summary>
/// <param name="Weight">100 is average.</param>
/// <param name="Why">In words, empty for an average one.</param>
public sealed record DrawWeight(int Weight, string Why)
{
    private const int Average = 100;

    public static DrawWeight Of(Enterprise enterprise, int drawnThisYear, RulePack rules)
    {
        var why = new List<string>();
        var weight = rules.DrawWeight(enterprise.CreditLevel).Value;
        if (weight != Average)
            why.Add($"信用{enterprise.CreditLevel}级");
        if (enterprise.RiskLevel == Enterprise.HighRisk)
            Multiply(rules.DrawHighRisk, "高风险");
        if (enterprise.Abnormal)
            Multiply(rules.DrawHighRisk, "经营异常或严重失信");
        if (enterprise.ComplaintsThisYear > 0)
        {
            weight += enterprise.ComplaintsThisYear * rules.DrawPerComplaint.Value;
            why.Add($"本年度被投诉{enterprise.ComplaintsThisYear}件，权重上调");
        }

        if (weight > rules.DrawHeaviest.Value)
        {
            weight = rules.DrawHeaviest.Value;
            why.Add($"已到上限{weight}%");
        }

        for (var time = 0; time < drawnThisYear; time++)
            weight = weight * rules.DrawAgain.Value / Average;
        if (drawnThisYear > 0)
            why.Add($"本年度已被抽取{drawnThisYear}次，权重下调");
        return new DrawWeight(Math.Clamp(weight, 1, WeightedDraw.HeaviestWeight), string.Join('，', why));

        void Multiply(Figure by, string because)
        {
            weight = weight * by.Value / Average;
            why.Add(because);
        }
    }
}
