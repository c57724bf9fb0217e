using System.Xml.Linq;

namespace Bot.Emulators.Tencent;

/// <summary>How one delivery attempt of a push ended.</summary>
public enum Ended
{
    Silent,
    Replied,
    TooLate,
    Broken,
    NotOk,
    Unreadable,
    Wrong,
    CutByUs,
}

/// <summary>One attempt: where it went and how it ended; <paramref name="Detail"/> says what was wrong with it.</summary>
public sealed record Attempt(Uri To, Ended Ended, int? Status, string? Detail, PassiveReply? Reply);

/// <summary>A passive reply as the platform understood it; <paramref name="Xml"/> is the whole of it, opened.</summary>
public sealed record PassiveReply(string MsgType, string Text, string? MediaId, XElement Xml);

/// <summary>One push with all its attempts. Repeats on purpose are attempts too.</summary>
public sealed record Delivery(string InnerXml, IReadOnlyList<Attempt> Attempts, PassiveReply? Reply, bool FailureShown)
{
    /// <summary>The text that the person sees in answer, or an empty one.</summary>
    public string Text => Reply?.Text ?? "";
}
