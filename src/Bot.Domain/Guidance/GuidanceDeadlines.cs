namespace Bot.Domain.Guidance;

/// <summary>The names of the two time limits of guidance in the rule pack and in the ledger of deadlines.</summary>
public static class GuidanceDeadlines
{
    public const string Reply = "guidance.reply";
    public const string FollowUpReply = "guidance.followUp";

    internal static string IdOf(GuidanceRequest request) => $"{Reply}:{request.Id}";

    internal static string IdOf(FollowUp followUp) => $"{FollowUpReply}:{followUp.Id}";

    /// <summary>The limit that runs now, or ran last.</summary>
    internal static string Current(GuidanceRequest request) =>
        request.FollowUps.Count > 0 ? IdOf(request.OpenFollowUp ?? request.FollowUps[^1]) : IdOf(request);
}
