using Bot.Domain.Commands;
using Bot.Domain.HumanHelp;
using Bot.Domain.Numbering;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.HumanHelp;

/// <summary>C12: a message is numbered, answered by a working day, and answered where it was left.</summary>
public sealed class LeavingMessages : IDisposable
{
    private readonly Office office = new("2026-11-22 10:00");
    private readonly Actor visitor = Office.Visitor("openid-7");
    private readonly Actor supervisor;

    public LeavingMessages()
    {
        office.Add(new NumberSeries("云助", 2026, 230));
        supervisor = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
    }

    [Theory]
    [InlineData("2026-11-22 10:00", 11, 23)]
    [InlineData("2026-11-23 10:00", 11, 24)]
    [InlineData("2026-09-30 10:00", 10, 8)]
    public async Task It_is_answered_by_the_next_working_day(string now, int month, int day)
    {
        office.Time.Set(now);

        Assert.Equal(new DateOnly(2026, month, day), (await Leave()).DueOn);
    }

    [Fact]
    public async Task It_has_a_short_number_and_the_supervisors_are_told()
    {
        Assert.Equal("R-0231", (await Leave()).Number);
        Assert.Equal("SJ1", office.Use(db => db.Notices.Single(n => n.Kind == "N38").PersonId));
    }

    [Fact]
    public async Task The_same_message_again_is_one_message()
    {
        Assert.Equal(await Leave(), await Leave());
        Assert.Equal(1, office.Use(db => db.HelpRequests.Count()));
    }

    [Fact]
    public async Task A_phone_number_is_added_to_ones_own_message_only()
    {
        var left = await Leave();
        await office.Send(new LeavePhone(visitor, left.HelpId, "13800000000"));

        Assert.Equal("13800000000", office.Use(db => db.HelpRequests.Single().Phone));
        await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new LeavePhone(Office.Visitor("another"), left.HelpId, "13900000000")));
    }

    [Fact]
    public async Task The_answer_reaches_who_asked_once()
    {
        var left = await Leave();
        await office.Send(new AnswerHelp(supervisor, left.HelpId, "已请联系人回电"));

        Assert.Same(HelpRequest.AnsweredOnce, (await Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(new AnswerHelp(supervisor, left.HelpId, "再说一次")))).Rule);
        Assert.Contains("已请联系人回电", office.Use(db => db.Notices.Single(n => n.Kind == "N39").Text), StringComparison.Ordinal);
        Assert.False(office.Use(db => db.Deadlines.Single().IsOpen));
    }

    public void Dispose() => office.Dispose();

    private Task<HelpReceipt> Leave() => office.Send(new LeaveMessage(visitor, "预告里写的联系人打不通"));
}
