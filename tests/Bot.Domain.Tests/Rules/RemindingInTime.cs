using Bot.Domain.Rules;

namespace Bot.Domain.Tests.Rules;

public sealed class RemindingInTime
{
    private static readonly RulePack Pack = ShippedPacks.Load("yunlan");

    [Fact]
    public void Guidance_is_reminded_at_half_time_and_on_the_due_morning_then_escalated_day_by_day() // J18, N8
    {
        Assert.Equal(
            [
                "Halfway 0 Handler 08:30",
                "DueDay 0 Handler 08:30",
                "Overdue 1 Handler+Liaison 08:30",
                "Overdue 2 Leader 08:30",
                "Overdue 3 Supervisor 08:30",
            ],
            Pack.Reminders("guidance.reply").Select(Say));
    }

    [Fact]
    public void Rectification_is_reminded_at_five_two_and_zero_days() // S15
    {
        Assert.Equal(
            ["WorkingDaysBefore 5", "WorkingDaysBefore 2", "DueDay 0"],
            Pack.Reminders("supervision.rectification").Take(3).Select(step => $"{step.When} {step.Days}"));
    }

    [Fact]
    public void Publication_is_reminded_at_ten_five_two_and_zero_days() // D17
    {
        Assert.Equal([10, 5, 2, 0], Pack.Reminders("task.publication").Take(4).Select(step => step.Days));
    }

    [Fact]
    public void A_kind_without_a_plan_of_its_own_has_the_default_plan() =>
        Assert.Equal(Pack.Reminders("default"), Pack.Reminders("something.else"));

    [Fact]
    public void The_day_has_its_hours()
    {
        Assert.Equal(new MorningDigest(new(8, 30), true), Pack.MorningDigest);
        Assert.Equal(new NightRest(new(21, 0), new(8, 0)), Pack.NightRest);
        Assert.Equal(new([new(new(9, 0), new(12, 0)), new(new(13, 30), new(17, 30))]), Pack.OfficeHours);
        Assert.Equal(new ConversationTimes(TimeSpan.FromHours(24), TimeSpan.FromDays(30)), Pack.Conversation);
    }

    [Theory]
    [InlineData("A", 1)]
    [InlineData("D", 4)]
    [InlineData(null, 2)]
    [InlineData("未评", 2)]
    public void Visits_are_capped_by_credit_level(string? level, int visits) => // J21
        Assert.Equal(visits, Pack.VisitCap(level).Value);

    [Fact]
    public void A_document_series_nobody_named_is_a_mistake_in_the_program() =>
        Assert.Throws<ArgumentException>(() => Pack.Series("unknown"));

    private static string Say(ReminderStep step) => $"{step.When} {step.Days} {string.Join('+', step.Tell)} {step.At:HH:mm}";
}
