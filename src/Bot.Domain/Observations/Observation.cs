using Bot.Domain.Rules;

namespace Bot.Domain.Observations;

/// <summary>An observer's answer to one question; not having seen is an answer too.</summary>
public enum Seen
{
    Yes,
    No,
    NotNoticed,
}

/// <summary>What a legal observer saw at an inspection (法治观察, S08, S34). The unit only ever sees sums.</summary>
public sealed class Observation
{
    /// <summary>The points of the form (C29): what J31 and W16 ask of every visit.</summary>
    public static readonly IReadOnlyList<string> Questions = ["人员是否两人以上", "证件是否出示", "是否扫码", "是否说明事项和依据"];

    public static readonly Rule EveryQuestionAnswered = new("请逐条回答，每条可答：是、否、没注意。", "S34");

    private Observation()
    {
    }

    public Observation(string id, string number, string personId, string? taskId, string? unitId, IReadOnlyList<Seen> answers, string text, IEnumerable<string> fileIds, DateOnly on)
    {
        EveryQuestionAnswered.Require(answers.Count == Questions.Count);
        (Id, Number, PersonId, TaskId, UnitId, Text, On) = (id, number, personId, taskId, unitId, text, on);
        (Answers, FileIds) = ([.. answers.Select(answer => answer.ToString())], [.. fileIds]);
    }

    public string Id { get; private set; } = "";

    /// <summary>云监观〔2026〕6号</summary>
    public string Number { get; private set; } = "";
    public string PersonId { get; private set; } = "";
    public string? TaskId { get; private set; }
    public string? UnitId { get; private set; }

    /// <summary>Names of <see cref="Seen"/>, in the order of <see cref="Questions"/>.</summary>
    public List<string> Answers { get; private set; } = [];
    public string Text { get; private set; } = "";
    public List<string> FileIds { get; private set; } = [];
    public DateOnly On { get; private set; }
}
