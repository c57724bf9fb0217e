using Bot.Domain.Rules;

namespace Bot.Domain.Appeals;

public enum AppealStage
{
    Received,

    /// <summary>The unit has given its basis and said why.</summary>
    Explained,
    Answered,
    Withdrawn,
}

/// <summary>What became of the result that was objected to.</summary>
public enum AppealOutcome
{
    /// <summary>维持.</summary>
    Kept,

    /// <summary>更正.</summary>
    Corrected,
}

public static class AppealWords
{
    public static string Name(this AppealOutcome outcome) => outcome == AppealOutcome.Corrected ? "请检查单位更正" : "维持原结果";

    public static string Name(this AppealStage stage) => stage switch
    {
        AppealStage.Received => "等检查单位提供依据",
        AppealStage.Explained => "检查单位已说明，待答复",
        AppealStage.Answered => "已答复",
        _ => "已撤回",
    };
}

/// <summary>
/// An enterprise objects to the result of an inspection (申诉, C8): the unit has to give its basis, the justice bureau answers. The unit learns which
/// inspection and what is said against it, not which person of the enterprise says so (W38).
/// </summary>
public sealed class Appeal
{
    public static readonly Rule TextNeeded = new("请说明不认可哪一条、为什么，一两句话就可以。", "W38");
    public static readonly Rule StillOpen = new("这件申诉已经答复或撤回，不能再这样办。", "W38");
    public static readonly Rule WithBasis = new("请写明检查依据（法律、法规、规章或标准的名称和条款）和情况说明，两项都不能空。", "W38");
    public static readonly Rule ExplainedOnce = new("这件申诉的依据已经提供过了；要补充，请联系司法局。", "W38");
    public static readonly Rule WholeAnswer = new("答复要写明查明的情况和理由，两项都不能空。", "W38");
    public static readonly Rule BasisFirst = new("请等检查单位提供依据；逾期没有提供的，可以直接答复。", "W38");

    private Appeal()
    {
    }

    public Appeal(string id, string number, string taskId, string unitId, string enterpriseId, string personId, string text, IEnumerable<string> evidenceIds, DateTime filedAt)
    {
        TextNeeded.Require(!string.IsNullOrWhiteSpace(text));
        (Id, Number, TaskId, UnitId, EnterpriseId, PersonId, Text, FiledAt) = (id, number, taskId, unitId, enterpriseId, personId, text, filedAt);
        EvidenceIds = [.. evidenceIds];
    }

    /// <summary>A26-3</summary>
    public string Id { get; private set; } = "";

    /// <summary>云监诉〔2026〕3号</summary>
    public string Number { get; private set; } = "";
    public string TaskId { get; private set; } = "";
    public string UnitId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";
    public string PersonId { get; private set; } = "";
    public string Text { get; private set; } = "";
    public List<string> EvidenceIds { get; private set; } = [];
    public DateTime FiledAt { get; private set; }
    public AppealStage Stage { get; private set; }
    public string? Basis { get; private set; }
    public string? Explanation { get; private set; }
    public List<string> BasisFileIds { get; private set; } = [];
    public string? ExplainedById { get; private set; }
    public DateOnly? ExplainedOn { get; private set; }
    public AppealOutcome? Outcome { get; private set; }
    public string? Finding { get; private set; }
    public string? Reason { get; private set; }
    public DateOnly? AnsweredOn { get; private set; }

    public bool IsOpen => Stage is AppealStage.Received or AppealStage.Explained;

    public void Explain(string basis, string explanation, IEnumerable<string> fileIds, string byId, DateOnly on)
    {
        StillOpen.Require(IsOpen);
        ExplainedOnce.Require(Stage == AppealStage.Received);
        WithBasis.Require(!string.IsNullOrWhiteSpace(basis) && !string.IsNullOrWhiteSpace(explanation));
        (Stage, Basis, Explanation, ExplainedById, ExplainedOn) = (AppealStage.Explained, basis, explanation, byId, on);
        BasisFileIds = [.. fileIds];
    }

    /// <param name="outcome">Kept, or to be corrected by the unit.</param>
    /// <param name="finding">What was found.</param>
    /// <param name="reason">Why.</param>
    /// <param name="on">The day.</param>
    /// <param name="basisDue">By when the unit's basis is waited for.</param>
    public void Answer(AppealOutcome outcome, string finding, string reason, DateOnly on, DateOnly basisDue)
    {
        StillOpen.Require(IsOpen);
        BasisFirst.Require(Stage == AppealStage.Explained || on > basisDue);
        WholeAnswer.Require(!string.IsNullOrWhiteSpace(finding) && !string.IsNullOrWhiteSpace(reason));
        (Stage, Outcome, Finding, Reason, AnsweredOn) = (AppealStage.Answered, outcome, finding, reason, on);
    }

    public void Withdraw()
    {
        StillOpen.Require(IsOpen);
        Stage = AppealStage.Withdrawn;
    }
}
