using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;

namespace Bot.Domain.Previews;

/// <summary>How far an enterprise's wish for another time has come.</summary>
public enum WishState
{
    None,
    Asked,
    Offered,
    Agreed,
    Refused,
}

/// <summary>A day and, where it is fixed, the half of it (上午, 下午).</summary>
public sealed record VisitTime(DateOnly On, string HalfDay)
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>12月21日（周一）下午</summary>
    public string Words => ChineseDates.WithWeekday(On) + HalfDay;

    public static VisitTime Parse(string stored) =>
        new(DateOnly.ParseExact(stored[..Format.Length], Format, CultureInfo.InvariantCulture), stored[Format.Length..]);

    public override string ToString() => On.ToString(Format, CultureInfo.InvariantCulture) + HalfDay;
}

/// <summary>What an enterprise was told about a coming inspection, each version kept as it was sent (检查预告, J16).</summary>
public sealed class Preview
{
    private static readonly Rule OncePerPreview = new("您的改期意愿已经转给检查单位，请等单位联系；着急可以直接打电话。", "W05");
    private static readonly Rule NothingToAnswer = new("这次检查没有等您答复的改期意愿。", "W05");
    private static readonly Rule NothingOffered = new("检查单位还没有提出可选的时间，请等单位答复。", "W05");

    private Preview()
    {
    }

    internal Preview(InspectionTask task, int version, string contact, DateTime sentAt)
    {
        Id = FormattableString.Invariant($"{task.Id}-预告{version}");
        (TaskId, EnterpriseId, Version, Contact, SentAt) = (task.Id, task.EnterpriseId, version, contact, sentAt);
        (ScheduledOn, HalfDay, ItemIds, InspectorIds) = (task.ScheduledOn, task.HalfDay, [.. task.ItemIds], [.. task.InspectorIds]);
    }

    public string Id { get; private set; } = "";
    public string TaskId { get; private set; } = "";
    public string EnterpriseId { get; private set; } = "";
    public int Version { get; private set; }
    public DateOnly ScheduledOn { get; private set; }
    public string HalfDay { get; private set; } = "";
    public List<string> ItemIds { get; private set; } = [];
    public List<string> InspectorIds { get; private set; } = [];

    /// <summary>Name and telephone of who is to be called.</summary>
    public string Contact { get; private set; } = "";
    public DateTime SentAt { get; private set; }

    /// <summary>The guide of the enterprise's trade that was named with it (S19); null where there was none.</summary>
    public string? Guide { get; private set; }

    /// <summary>The enterprise's wish for another time in its own words, answered by the unit (C9, W05).</summary>
    public string? OtherTimeWished { get; private set; }

    /// <summary>The day it named, and the half of it.</summary>
    public DateOnly? OtherDayWished { get; private set; }
    public string OtherHalfDayWished { get; private set; } = "";
    public WishState WishState { get; private set; }

    /// <summary>The times that the unit offers instead, for the enterprise to choose from.</summary>
    public List<string> TimesOffered { get; private set; } = [];

    /// <summary>Why the unit keeps to its day.</summary>
    public string? WishRefusedBecause { get; private set; }

    public bool Changed => Version > 1;

    public bool SaysTheSameAs(InspectionTask task, string contact) =>
        (ScheduledOn, HalfDay, Contact) == (task.ScheduledOn, task.HalfDay, contact)
        && ItemIds.SequenceEqual(task.ItemIds)
        && InspectorIds.SequenceEqual(task.InspectorIds);

    /// <summary>The guide goes with it.</summary>
    internal void GoesWith(string? guide) => Guide = guide;

    public void Wish(string otherTime, DateOnly? day = null, string halfDay = "")
    {
        OncePerPreview.Require(WishState == WishState.None);
        (OtherTimeWished, OtherDayWished, OtherHalfDayWished, WishState) = (otherTime, day, halfDay, WishState.Asked);
    }

    public void AgreeToWish()
    {
        NothingToAnswer.Require(WishState is WishState.Asked or WishState.Offered);
        WishState = WishState.Agreed;
    }

    public void RefuseWish(string because)
    {
        NothingToAnswer.Require(WishState == WishState.Asked);
        (WishState, WishRefusedBecause) = (WishState.Refused, because);
    }

    public void OfferTimes(IEnumerable<VisitTime> times)
    {
        NothingToAnswer.Require(WishState == WishState.Asked);
        (WishState, TimesOffered) = (WishState.Offered, [.. times.Select(time => time.ToString())]);
    }

    /// <summary>None of the times offered fits; the unit hears why and decides again.</summary>
    public void NoneFits(string because)
    {
        NothingOffered.Require(WishState == WishState.Offered);
        (WishState, OtherTimeWished, OtherDayWished) = (WishState.Asked, because, null);
    }
}
