using Bot.Domain.Calendar;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;

namespace Bot.Domain.Guidance;

/// <summary>An enterprise asks a unit how to comply; the unit answers within the district's limit (行政指导申请, J18).</summary>
public sealed class GuidanceRequest
{
    public static readonly Rule AnsweredOnce = new("这件申请已经答复过了，不能重复答复。企业如果追问，会另外通知您。", "J18");
    public static readonly Rule FollowUpAfterAnswer = new("单位还没有答复，暂时不用追问；着急可以说“催一下”。", "J18");
    public static readonly Rule FollowUpWithinLimit = new("追问次数已用完。还有疑问，可以重新申请一次指导。", "J18");
    public static readonly Rule RatedOnce = new("您已经评价过这次答复了，谢谢。", "W37");
    public static readonly Rule RatedAfterAnswer = new("单位还没有答复，收到答复后再请您评价。", "W37");
    public static readonly Rule MovedBeforeAnswer = new("这件申请已经答复过，不能再转。", "J18");
    public static readonly Rule UrgedOnceADay = new("今天已经催过了，提醒已经发给单位。明天还没有答复，可以再催。", "J18");
    public static readonly Rule UrgedWhileOpen = new("这件申请已经答复，不用再催。", "J18");

    private GuidanceRequest()
    {
    }

    private GuidanceRequest(CaseNumber number, string unitId, string question, DateTime receivedAt)
    {
        (Id, Number, UnitId, Question, ReceivedAt) = (number.Id, number.Printed, unitId, question, receivedAt);
    }

    /// <summary>G26-58.</summary>
    public string Id { get; private set; } = "";

    /// <summary>云指〔2026〕58号.</summary>
    public string Number { get; private set; } = "";
    public string UnitId { get; private set; } = "";

    /// <summary>Null for an anonymous request, as is <see cref="AskedById"/>: nothing leads back to the asker (W28).</summary>
    public string? EnterpriseId { get; private set; }
    public string? AskedById { get; private set; }
    public string? LookupHash { get; private set; }
    public string? TaskId { get; private set; }
    public string Question { get; private set; } = "";
    public List<string> FileIds { get; private set; } = [];

    /// <summary>UTC. Of an anonymous request only the day in China is kept: a second would point at the chat message sent in it (W28).</summary>
    public DateTime ReceivedAt { get; private set; }

    public string? Answer { get; private set; }
    public string Basis { get; private set; } = "";
    public string Steps { get; private set; } = "";
    public DateTime? AnsweredAt { get; private set; }
    public string? AnsweredById { get; private set; }
    public bool? Useful { get; private set; }

    /// <summary>How often it changed hands, so that each handing over is told anew.</summary>
    public int Moves { get; private set; }
    public string? ReturnReason { get; private set; }
    public DateOnly? UrgedOn { get; private set; }
    public List<FollowUp> FollowUps { get; private set; } = [];

    public bool Anonymous => EnterpriseId is null;

    public FollowUp? OpenFollowUp => FollowUps.Find(followUp => followUp.Answer is null);

    public bool AwaitsAnswer => Answer is null || OpenFollowUp is not null;

    internal static GuidanceRequest FromEnterprise(CaseNumber number, string unitId, string question, string enterpriseId, string? personId, string? taskId, IEnumerable<string> fileIds, DateTime at) =>
        new(number, unitId, question, at) { EnterpriseId = enterpriseId, AskedById = personId, TaskId = taskId, FileIds = [.. fileIds] };

    internal static GuidanceRequest FromNobody(CaseNumber number, string unitId, string question, string lookupHash, IEnumerable<string> fileIds, DateTime at) =>
        new(number, unitId, question, DayOf(at)) { LookupHash = lookupHash, FileIds = [.. fileIds] };

    /// <summary>Answers the request, or the follow-up that is open.</summary>
    public void AnswerWith(string answer, string basis, string steps, string personId, DateTime at)
    {
        AnsweredOnce.Require(AwaitsAnswer);
        if (Answer is null)
            (Answer, Basis, Steps, AnsweredAt, AnsweredById) = (answer, basis, steps, at, personId);
        else
            OpenFollowUp!.AnswerWith(answer, basis, steps, at);
    }

    public FollowUp AskAgain(string question, int allowed, DateTime at)
    {
        FollowUpAfterAnswer.Require(!AwaitsAnswer);
        FollowUpWithinLimit.Require(FollowUps.Count < allowed);
        var followUp = new FollowUp(Id, FollowUps.Count + 1, question, Anonymous ? DayOf(at) : at);
        FollowUps.Add(followUp);
        return followUp;
    }

    public void Rate(bool useful)
    {
        RatedAfterAnswer.Require(Answer is not null);
        RatedOnce.Require(Useful is null);
        Useful = useful;
    }

    public void HandOn()
    {
        AnsweredOnce.Require(AwaitsAnswer);
        Moves++;
    }

    /// <summary>Another unit is the right one; the deadline runs on.</summary>
    public void MoveTo(string unitId, string reason)
    {
        MovedBeforeAnswer.Require(Answer is null);
        (UnitId, ReturnReason) = (unitId, reason);
        Moves++;
    }

    /// <summary>Once its code has run out, what was said anonymously is erased and only the figures stay (W28).</summary>
    internal void Erase()
    {
        (Question, Answer, Basis, Steps, LookupHash) = ("", "", "", "", null);
        FileIds = [];
        foreach (var followUp in FollowUps)
            followUp.Erase();
    }

    private static DateTime DayOf(DateTime at) => ChinaClock.ToUtc(ChinaClock.ToChinaDate(at), TimeOnly.MinValue);

    public void Urge(DateOnly today)
    {
        UrgedWhileOpen.Require(AwaitsAnswer);
        UrgedOnceADay.Require(UrgedOn != today);
        UrgedOn = today;
    }
}

/// <summary>A second question about an answer, with a deadline of its own from its own receipt.</summary>
public sealed class FollowUp
{
    private const string Mark = "-追";

    private FollowUp()
    {
    }

    internal FollowUp(string requestId, int ordinal, string question, DateTime at)
    {
        (Id, RequestId, Ordinal, Question, ReceivedAt) = (FormattableString.Invariant($"{requestId}{Mark}{ordinal}"), requestId, ordinal, question, at);
    }

    public string Id { get; private set; } = "";
    public string RequestId { get; private set; } = "";
    public int Ordinal { get; private set; }
    public string Question { get; private set; } = "";
    public DateTime ReceivedAt { get; private set; }
    public string? Answer { get; private set; }
    public string Basis { get; private set; } = "";
    public string Steps { get; private set; } = "";
    public DateTime? AnsweredAt { get; private set; }

    /// <summary>A follow-up is reached by the request it belongs to; its own id stands in reminders.</summary>
    internal static string RequestOf(string id) => id.IndexOf(Mark, StringComparison.Ordinal) is > 0 and var at ? id[..at] : id;

    internal void Erase() => (Question, Answer, Basis, Steps) = ("", "", "", "");

    internal void AnswerWith(string answer, string basis, string steps, DateTime at) =>
        (Answer, Basis, Steps, AnsweredAt) = (answer, basis, steps, at);
}
