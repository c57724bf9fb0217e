using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Deadlines;
using Bot.Domain.Drawing;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Domain.Todo;
using Bot.Testing;

namespace Bot.Domain.Tests.Complaints;

/// <summary>S37: nobody handles, sees or hears of a complaint about himself, and who has to do with it may stand aside.</summary>
public sealed class KeepingClearOfTheHandler : IDisposable
{
    private readonly Office office = new("2026-11-20 10:00");
    private readonly Actor complainant;
    private readonly Actor named;
    private readonly Actor other;
    private readonly Actor offDesk;

    public KeepingClearOfTheHandler()
    {
        office.Add(new Enterprise("E1", "青禾钢锭公司", "91321299MA7CLA010M"), new Unit("U06", "区城市管理局", "district", "城市管理", "0000-86000600"));
        complainant = office.Person("P1", "王芳", ActorRole.EnterpriseUser, enterpriseId: "E1");
        office.Add(new Person("SJ3", "范景行", ActorRole.Supervisor) { OnComplaintDesk = true }, new Person("SJ4", "岑有道", ActorRole.Supervisor) { OnComplaintDesk = true });
        named = new Actor("SJ3", ActorRole.Supervisor, "范景行", new Address("web", "SJ3"));
        other = new Actor("SJ4", ActorRole.Supervisor, "岑有道", new Address("web", "SJ4"));
        offDesk = office.Person("SJ1", "沈宛青", ActorRole.Supervisor);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whom_it_names_it_is_not_there_for(bool anonymous)
    {
        var receipt = await File("司法局的范景行收了他们的东西", anonymous);

        Assert.Equal(["SJ4"], office.Use(db => db.Notices.Select(n => n.PersonId).ToList()));
        Assert.Empty(await office.Send(new ComplaintsForSupervisor(named)));
        Assert.Equal("没有查到这件投诉，请核对编号或查询码。", (await Refused(new OpenComplaint(named, receipt.ComplaintId))).Message);
        await Refused(new AcceptComplaint(named, receipt.Number));
        await Refused(new ResolveComplaint(named, receipt.ComplaintId, "不属实", "不处理", "查无此事"));
        Assert.Single(await office.Send(new ComplaintsForSupervisor(other)));
        Assert.Equal(1, office.Use(db => db.Complaints.Count()));
    }

    [Fact]
    public async Task Reminders_escalation_and_the_list_of_what_is_to_do_pass_him_by()
    {
        await File("范景行一直压着不办", anonymous: false);

        for (var day = new DateTime(2026, 11, 20); day < new DateTime(2026, 12, 10); day = day.AddDays(1))
        {
            office.Time.Set($"{day:yyyy-MM-dd} 19:00");
            await office.Send(new TakeDueSteps(Actor.Service));
        }

        Assert.DoesNotContain("SJ3", office.Use(db => db.Notices.Select(n => n.PersonId).ToList()));
        Assert.Contains("SJ1", office.Use(db => db.Notices.Where(n => n.Kind == "N8").Select(n => n.PersonId).ToList()));
        Assert.Empty(Everything(await office.Send(new MyTodo(named))));
        Assert.NotEmpty(Everything(await office.Send(new MyTodo(other))));
    }

    [Fact]
    public async Task Whoever_is_named_only_later_loses_it_then()
    {
        var receipt = await File("他们态度很差", anonymous: false);
        Assert.Contains("SJ3", office.Use(db => db.Notices.Select(n => n.PersonId).ToList()));

        await office.Send(new SupplementComplaint(complainant, receipt.ComplaintId, "带队的是范景行的弟弟，范景行打过招呼", []));

        await Refused(new OpenComplaint(named, receipt.ComplaintId));
        Assert.Equal(["SJ4"], office.Use(db => db.Deadlines.Single(d => d.Kind == "complaint.reply").HandlerIds));
        Assert.False(office.Use(db => db.Notices.Any(n => n.PersonId == "SJ3" && n.State == Domain.Notices.NoticeState.Owed)));
    }

    [Fact]
    public async Task With_the_whole_desk_named_the_other_supervisors_handle_it_and_with_all_of_them_named_it_goes_elsewhere()
    {
        await File("范景行和岑有道一起吃请", anonymous: false, ComplaintKind.Integrity);
        Assert.Equal(["SJ1"], office.Use(db => db.Notices.Select(n => n.PersonId).ToList()));
        Assert.Single(await office.Send(new ComplaintsForSupervisor(offDesk)));

        var refused = await Refused(new FileComplaint(complainant, Facts("沈宛青、范景行、岑有道都收了", ComplaintKind.Integrity), Anonymous: true));

        Assert.Contains("区纪委监委", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, office.Use(db => db.Complaints.Count()));
    }

    [Fact]
    public async Task A_declared_conflict_of_interest_with_the_enterprise_keeps_away_too()
    {
        office.Add(new ConflictOfInterest("SJ3", "E1", "配偶在该企业任职", new DateOnly(2026, 1, 5)));

        await File("他们态度很差", anonymous: false);

        Assert.Equal(["SJ4"], office.Use(db => db.Notices.Select(n => n.PersonId).ToList()));
    }

    [Fact]
    public async Task Who_stands_aside_hands_it_on_and_nobody_may_as_the_last_one()
    {
        var receipt = await File("他们态度很差", anonymous: false);
        await Refused(new StandAside(named, receipt.ComplaintId, " "));

        await office.Send(new StandAside(named, receipt.ComplaintId, "被投诉人是我的亲属"));

        await Refused(new OpenComplaint(named, receipt.ComplaintId));
        Assert.Equal(["SJ4"], office.Use(db => db.Notices.Where(n => n.Kind == "N146").Select(n => n.PersonId).ToList()));
        await office.Send(new StandAside(other, receipt.ComplaintId, "我也是"));
        var last = await Refused(new StandAside(offDesk, receipt.ComplaintId, "我也是"));
        Assert.Contains("没有别的人员", last.Message, StringComparison.Ordinal);
        Assert.Single(await office.Send(new ComplaintsForSupervisor(offDesk)));
    }

    [Fact]
    public async Task Of_what_is_about_bribes_only_the_desk_is_reminded()
    {
        await File("检查后暗示买灭火器", anonymous: false, ComplaintKind.Integrity);
        office.Time.Set("2026-12-10 09:00");

        await office.Send(new TakeDueSteps(Actor.Service));

        Assert.Equal(["SJ3", "SJ4"], office.Use(db => db.Notices.Where(n => n.PersonId != complainant.PersonId).Select(n => n.PersonId).Distinct().ToList()).Order(StringComparer.Ordinal));
        Assert.All(office.Use(db => db.Notices.Where(n => n.PersonId == complainant.PersonId).ToList()), told => Assert.Equal("N149", told.Kind));
        Assert.Empty(Everything(await office.Send(new MyTodo(offDesk))));
    }

    public void Dispose() => office.Dispose();

    private static IEnumerable<TodoItem> Everything(TodoList todo) => todo.Overdue.Concat(todo.DueToday).Concat(todo.DueTomorrow).Concat(todo.Later);

    private static ComplaintFacts Facts(string text, ComplaintKind kind = ComplaintKind.RudeConduct) => new(kind, new DateOnly(2026, 11, 19), null, "U06", text);

    private Task<ComplaintReceipt> File(string text, bool anonymous, ComplaintKind kind = ComplaintKind.RudeConduct) => office.Send(new FileComplaint(complainant, Facts(text, kind), anonymous));

    private Task<RuleBrokenException> Refused<T>(ICommand<T> command) => Assert.ThrowsAsync<RuleBrokenException>(() => office.Send(command));
}
