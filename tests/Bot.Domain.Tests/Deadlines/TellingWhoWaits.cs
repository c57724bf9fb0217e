using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Deadlines;
using Bot.Domain.Guidance;
using Bot.Testing;

namespace Bot.Domain.Tests.Deadlines;

/// <summary>J18, S37, W38: who waits is told on the working morning after the last day, once; who gave no name is not (W28).</summary>
public sealed class TellingWhoWaits : IDisposable
{
    private readonly Yunlan yunlan = new("2026-11-16 15:40");

    [Fact]
    public async Task J18_the_asker_hears_on_the_working_morning_after_the_last_day_and_once()
    {
        await yunlan.Office.Send(new RequestGuidance(yunlan.Yuanfan, "U09", "台账保存几年?"));

        Assert.Equal(0, await TellingAt("2026-11-18 23:59"));
        Assert.Equal(0, await TellingAt("2026-11-19 08:29"));
        Assert.Equal(1, await TellingAt("2026-11-19 08:30"));
        Assert.Equal(0, await TellingAt("2026-11-20 08:30"));
        Assert.Equal(0, await TellingAt("2026-11-30 08:30"));
        var told = yunlan.Office.Use(db => db.Notices.Single(n => n.Kind == "N149"));
        Assert.Equal(yunlan.Yuanfan.PersonId, told.PersonId);
        Assert.StartsWith("对不起，指导申请 云指〔2026〕58号 应于11月18日（周三）答复您，已经超期。", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task J18_who_was_answered_in_time_hears_nothing_of_it()
    {
        var request = await yunlan.Office.Send(new RequestGuidance(yunlan.Yuanfan, "U09", "台账保存几年?"));
        yunlan.Office.Time.Set("2026-11-18 17:00");
        await yunlan.Office.Send(new AnswerGuidance(yunlan.Transport, request.Id, "不少于三年。"));

        Assert.Equal(0, await TellingAt("2026-11-19 08:30"));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task S37_a_named_complainant_is_told_that_nobody_has_called_and_an_anonymous_one_never(bool anonymous, int expected)
    {
        await yunlan.Office.Send(new FileComplaint(yunlan.Yuanfan, new ComplaintFacts(ComplaintKind.RudeConduct, null, null, "U09", "态度很差"), anonymous));

        Assert.Equal(expected, await TellingAt("2026-11-18 09:00"));
        Assert.Equal(expected, await TellingAt("2026-11-25 09:00"));
    }

    public void Dispose() => yunlan.Dispose();

    private async Task<int> TellingAt(string moment)
    {
        yunlan.Office.Time.Set(moment);
        var before = yunlan.Office.Use(db => db.Notices.Count(n => n.Kind == "N149"));
        await yunlan.Office.Send(new TakeDueSteps(Actor.Service));
        return yunlan.Office.Use(db => db.Notices.Count(n => n.Kind == "N149")) - before;
    }
}
