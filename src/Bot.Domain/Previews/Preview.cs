using Bot.Domain.Inspections;

namespace Bot.Domain.Previews;

/// <summary>What an enterprise was told about a coming inspection, each version kept as it was sent (检查预告, J16).</summary>
public sealed class Preview
{
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

    /// <summary>The enterprise's wish for another time, answered by the unit (C9).</summary>
    public string? OtherTimeWished { get; private set; }

    public bool Changed => Version > 1;

    public bool SaysTheSameAs(InspectionTask task, string contact) =>
        (ScheduledOn, HalfDay, Contact) == (task.ScheduledOn, task.HalfDay, contact)
        && ItemIds.SequenceEqual(task.ItemIds)
        && InspectorIds.SequenceEqual(task.InspectorIds);

    public void Wish(string otherTime) => OtherTimeWished = otherTime;
}
