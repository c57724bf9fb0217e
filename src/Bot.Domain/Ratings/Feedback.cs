using Bot.Domain.Rules;

namespace Bot.Domain.Ratings;

/// <summary>
/// What somebody thinks: the rating of one inspection (评价), or a free opinion (意见反馈). Neither is a complaint: nobody owes an answer, and no
/// unit ever learns who gave it (W37).
/// </summary>
public sealed class Feedback
{
    public const int Lowest = 1;
    public const int Highest = 5;

    public static readonly Rule ScoreInRange = new("请给1到5分。", "W37");
    public static readonly Rule ChangeableInTime = new("这次评价已经过了可以修改的时间。", "W37");
    public static readonly Rule SomethingSaid = new("请写几句您的意见。", "S08");

    private Feedback()
    {
    }

    private Feedback(string id, string text, string? personId, DateOnly on)
    {
        (Id, Text, PersonId, GivenOn) = (id, text, personId, on);
    }

    public string Id { get; private set; } = "";

    /// <summary>云监馈〔2026〕3号; an inspection's rating has none.</summary>
    public string? Number { get; private set; }
    public string? TaskId { get; private set; }

    /// <summary>Whose inspection was rated; here too so that figures need not look up every task.</summary>
    public string? UnitId { get; private set; }
    public int? Score { get; private set; }
    public string Text { get; private set; } = "";

    /// <summary>Null when given anonymously or by somebody the registry does not know.</summary>
    public string? PersonId { get; private set; }
    public DateOnly GivenOn { get; private set; }

    /// <summary>One an inspection and enterprise: an inspection is of one enterprise, so its id is the key.</summary>
    public static Feedback Rate(string taskId, string unitId, int score, string text, string? personId, DateOnly on)
    {
        ScoreInRange.Require(score is >= Lowest and <= Highest);
        return new Feedback($"F-{taskId}", text, personId, on) { TaskId = taskId, UnitId = unitId, Score = score };
    }

    public static Feedback Opinion(string id, string number, string text, string? personId, DateOnly on)
    {
        SomethingSaid.Require(!string.IsNullOrWhiteSpace(text));
        return new Feedback(id, text, personId, on) { Number = number };
    }

    /// <summary>Another platform's file said that the inspection is another unit's.</summary>
    public void CountFor(string unitId) => UnitId = unitId;

    /// <param name="score">The new score.</param>
    /// <param name="text">The new words.</param>
    /// <param name="personId">Null when the new rating is anonymous: then the old name goes too.</param>
    /// <param name="today">The day of the change.</param>
    /// <param name="lastDay">The last day on which it may be changed.</param>
    public void Change(int score, string text, string? personId, DateOnly today, DateOnly lastDay)
    {
        ScoreInRange.Require(score is >= Lowest and <= Highest);
        ChangeableInTime.Require(today <= lastDay);
        (Score, Text, PersonId) = (score, text, personId);
    }
}
