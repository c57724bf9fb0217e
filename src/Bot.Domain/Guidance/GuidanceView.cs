namespace Bot.Domain.Guidance;

/// <summary>How a request for guidance stands, for the enterprise that asked or the officials of the unit.</summary>
public sealed record GuidanceView(
    string Id,
    string Number,
    string UnitId,
    string UnitName,
    string UnitPhone,
    string? EnterpriseName,
    string Question,
    DateOnly ReceivedOn,
    string Limit,
    DateOnly DueOn,
    bool Provisional,
    string State,
    bool AwaitsAnswer,
    bool IsOverdue,
    int OverdueBy,
    int LeftDays,
    string HowCounted,
    GuidanceAnswer? Answer,
    IReadOnlyList<GuidanceExchange> FollowUps,
    int FollowUpsLeft,
    bool? Useful,
    string Handlers)
{
    /// <summary>The photos and files that came with the question.</summary>
    public IReadOnlyList<string> FileIds { get; init; } = [];
}

public sealed record GuidanceAnswer(string Text, string Basis, string Steps, DateOnly On, bool OnTime);

/// <summary>A follow-up question with its answer, if there is one yet.</summary>
public sealed record GuidanceExchange(string Question, DateOnly ReceivedOn, GuidanceAnswer? Answer);
