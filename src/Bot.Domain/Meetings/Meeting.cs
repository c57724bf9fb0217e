using Bot.Domain.Commands;
using Bot.Domain.Rules;

namespace Bot.Domain.Meetings;

/// <summary>What people are called together for, and with it who is invited.</summary>
public enum MeetingKind
{
    /// <summary>工作会商: liaisons (S43).</summary>
    Consultation,

    /// <summary>联席会议: liaisons and heads of units (S02).</summary>
    Joint,

    /// <summary>督查: heads of units are told of a check (D02).</summary>
    Check,

    /// <summary>执法培训: inspectors (W33, D25).</summary>
    Training,

    /// <summary>座谈会: enterprises and legal observers (S08).</summary>
    Seminar,

    /// <summary>企业公益课: small enterprises that have no experts of their own (W27).</summary>
    Course,
}

public static class MeetingKinds
{
    public static string Name(this MeetingKind kind) => kind switch
    {
        MeetingKind.Consultation => "工作会商",
        MeetingKind.Joint => "联席会议",
        MeetingKind.Check => "督查",
        MeetingKind.Training => "执法培训",
        MeetingKind.Seminar => "座谈会",
        _ => "企业公益课",
    };

    /// <summary>Whether units are invited; else enterprises are.</summary>
    public static bool IsOfUnits(this MeetingKind kind) => kind is MeetingKind.Consultation or MeetingKind.Joint or MeetingKind.Check or MeetingKind.Training;

    internal static IReadOnlyList<ActorRole> Officials(this MeetingKind kind) => kind switch
    {
        MeetingKind.Consultation => [ActorRole.UnitLiaison],
        MeetingKind.Joint => [ActorRole.UnitLeader, ActorRole.UnitLiaison],
        MeetingKind.Check => [ActorRole.UnitLeader],
        MeetingKind.Training => [ActorRole.Inspector],
        _ => [],
    };
}

/// <summary>When and where.</summary>
public sealed record MeetingTime(DateOnly On, TimeOnly From, TimeOnly To, [property: AtMost(100)] string Place);

/// <summary>People called together by the justice bureau (S02, S08, S43, D02, D25, W27, W33).</summary>
public sealed class Meeting
{
    public static readonly Rule Ahead = new("时间已经过了，请另定时间。", "S43");
    public static readonly Rule StillCalled = new("这次会议已经取消，不用再办。", "S43");

    private static readonly Rule InOrder = new("结束时间要晚于开始时间，请核对。", "S43");
    private static readonly Rule Said = new("请写明主题和地点（各不超过100字），议程不超过1000字。", "S43");

    private const int Longest = 100;
    private const int LongestAgenda = 1000;

    private Meeting()
    {
    }

    internal Meeting(string id, string number, MeetingKind kind, string topic, string agenda, MeetingTime time, string token, string calledById, DateTime now)
    {
        Said.Require(topic.Trim().Length is > 0 and <= Longest && agenda.Trim().Length <= LongestAgenda);
        (Id, Number, Kind, Topic, Agenda, Token, CalledById) = (id, number, kind, topic.Trim(), agenda.Trim(), token, calledById);
        Set(time, now);
    }

    /// <summary>H26-1.</summary>
    public string Id { get; private set; } = "";

    /// <summary>云司会〔2026〕1号</summary>
    public string Number { get; private set; } = "";
    public MeetingKind Kind { get; private set; }
    public string Topic { get; private set; } = "";
    public string Agenda { get; private set; } = "";
    public DateOnly On { get; private set; }
    public TimeOnly From { get; private set; }
    public TimeOnly To { get; private set; }
    public string Place { get; private set; } = "";
    public List<string> UnitIds { get; private set; } = [];
    public List<string> EnterpriseIds { get; private set; } = [];

    /// <summary>Who is invited, by person.</summary>
    public List<string> InvitedIds { get; private set; } = [];
    public string CalledById { get; private set; } = "";
    public string? CancelledBecause { get; private set; }

    /// <summary>How often it changed; calendars take the highest for the truth.</summary>
    public int Sequence { get; private set; }
    public DateTime ChangedAt { get; private set; }

    /// <summary>The unguessable end of the address of its calendar file.</summary>
    public string Token { get; private set; } = "";

    internal void Invite(IEnumerable<string> unitIds, IEnumerable<string> enterpriseIds, IEnumerable<string> personIds) =>
        (UnitIds, EnterpriseIds, InvitedIds) = ([.. unitIds], [.. enterpriseIds], [.. personIds]);

    internal void Move(MeetingTime time, DateTime now)
    {
        StillCalled.Require(CancelledBecause is null);
        Set(time, now);
        Sequence++;
    }

    internal void Cancel(string because, DateTime now)
    {
        StillCalled.Require(CancelledBecause is null);
        (CancelledBecause, Sequence, ChangedAt) = (because, Sequence + 1, now);
    }

    private void Set(MeetingTime time, DateTime now)
    {
        InOrder.Require(time.From < time.To);
        Said.Require(time.Place.Trim().Length is > 0 and <= Longest);
        (On, From, To, Place, ChangedAt) = (time.On, time.From, time.To, time.Place.Trim(), now);
    }
}
