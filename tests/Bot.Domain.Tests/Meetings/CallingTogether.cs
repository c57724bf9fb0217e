using Bot.Domain.Agenda;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Inspections;
using Bot.Domain.Meetings;
using Bot.Domain.People;
using Bot.Domain.Rules;
using Bot.Testing;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Bot.Domain.Tests.Meetings;

/// <summary>Who is invited to what, and what they are told: S43, S02, S08, D02, D25, W33, W27.</summary>
public sealed class CallingTogether : IDisposable
{
    private const string Root = "https://yunlan.example";

    private static readonly MeetingTime Wednesday = new(new DateOnly(2026, 12, 2), new TimeOnly(14, 0), new TimeOnly(16, 30), "区司法局三楼");

    private readonly Yunlan yunlan = new("2026-11-23 10:00");

    [Fact]
    public async Task S43_liaisons_get_time_place_agenda_and_a_calendar_file()
    {
        var called = await Call(MeetingKind.Consultation, agenda: "扫码入企；并办提示");

        Assert.Equal("云司会〔2026〕1号", called.Number);
        Assert.Equal(["LI-U02"], yunlan.Told("N154"));
        var text = yunlan.Notice("N154", "LI-U02");
        Assert.StartsWith("工作会商“第四季度会商”：2026年12月2日（周三）14:00—16:30，区司法局三楼。\n议程：扫码入企；并办提示\n日历文件：https://yunlan.example/meetings/", text, StringComparison.Ordinal);
        var calendar = await yunlan.Office.Send(new MeetingBehindLink(Actor.Service, Token()));
        var entry = Assert.Single(calendar.Entries).Entry;
        Assert.Equal((new DateOnly(2026, 12, 2), new TimeOnly(14, 0), new TimeOnly(16, 30), "区司法局三楼"), (entry.On, entry.From, entry.To, entry.Place));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new MeetingBehindLink(Actor.Service, LinkSecret.New())));
    }

    [Theory]
    [InlineData(MeetingKind.Joint, new[] { "L-U02", "L-U09", "LI-U02" })]
    [InlineData(MeetingKind.Check, new[] { "L-U02", "L-U09" })]
    [InlineData(MeetingKind.Training, new[] { "I05", "I06", "I09", "I23" })]
    public async Task S02_D02_W33_D25_each_kind_has_its_own_people(MeetingKind kind, string[] told)
    {
        Assert.Equal(told.Length, (await Call(kind)).Invited);
        Assert.Equal(told, yunlan.Told("N154"));
    }

    [Fact]
    public async Task Only_the_units_that_are_named_come()
    {
        await Call(MeetingKind.Training, units: ["U02"]);
        Assert.Equal(["I05", "I06"], yunlan.Told("N154"));
        await Assert.ThrowsAsync<RuleBrokenException>(() => Call(MeetingKind.Training, units: ["U02", "U77"]));
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(20, false)]
    [InlineData(0, false)]
    public async Task W27_a_course_goes_to_enterprises_below_twenty_people(int employees, bool invited)
    {
        yunlan.Office.Use(db =>
        {
            db.Enterprises.Single(e => e.Id == "E010").Employees = employees;
            return db.SaveChanges();
        });

        if (!invited)
        {
            await Assert.ThrowsAsync<RuleBrokenException>(() => Call(MeetingKind.Course, which: "全部"));
            return;
        }

        Assert.Equal(1, (await Call(MeetingKind.Course, which: "全部", on: new DateOnly(2026, 12, 5))).Invited);
        Assert.Contains("免费", yunlan.Notice("N155", "P010"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S08_a_seminar_is_for_enterprises_of_a_town_or_trade_and_for_observers_in_office()
    {
        yunlan.Office.Use(db =>
        {
            db.Enterprises.Single(e => e.Id == "E010").Industry = "餐饮";
            db.People.Add(new Person("O1", "秦以宁", ActorRole.LegalObserver).WithTerm(new DateOnly(2026, 3, 1), new DateOnly(2028, 2, 29)));
            db.People.Add(new Person("O3", "邵怀谷", ActorRole.LegalObserver).WithTerm(new DateOnly(2024, 3, 1), new DateOnly(2026, 2, 28)));
            return db.SaveChanges();
        });

        await Call(MeetingKind.Seminar, which: "餐饮");

        Assert.Equal(["O1", "P010"], yunlan.Told("N155"));
    }

    [Fact]
    public async Task What_has_begun_what_ends_before_it_begins_and_a_day_off_are_refused()
    {
        await Assert.ThrowsAsync<RuleBrokenException>(() => Call(MeetingKind.Consultation, on: new DateOnly(2026, 11, 20)));
        Assert.Contains("不上班", (await Assert.ThrowsAsync<RuleBrokenException>(() => Call(MeetingKind.Consultation, on: new DateOnly(2026, 12, 5)))).Message, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new CallMeeting(yunlan.Bureau, MeetingKind.Consultation, "会商", Wednesday with { To = new TimeOnly(13, 0) }, "", [], "", Root)));
        Assert.Contains("结束时间要晚于开始时间", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moved_and_cancelled_it_is_told_again_and_the_calendar_file_is_a_newer_version()
    {
        var called = await Call(MeetingKind.Consultation);
        await yunlan.Office.Send(new MoveMeeting(yunlan.Bureau, called.MeetingId, Wednesday with { On = new DateOnly(2026, 12, 3) }, Root));
        Assert.StartsWith("【变更】", yunlan.Notice("N154", "LI-U02"), StringComparison.Ordinal);
        await yunlan.Office.Send(new CancelMeeting(yunlan.Bureau, called.MeetingId, "与区政府会议冲突。"));

        Assert.Equal("12月3日（周四）的工作会商“第四季度会商”取消。原因：与区政府会议冲突。给您带来不便，请谅解。", yunlan.Notice("N156", "LI-U02"));
        var entry = Assert.Single((await yunlan.Office.Send(new MeetingBehindLink(Actor.Service, Token()))).Entries);
        Assert.Equal((2, AgendaStanding.Cancelled), (entry.Sequence, entry.Entry.Standing));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new CancelMeeting(yunlan.Bureau, called.MeetingId, "再取消一次")));
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new MoveMeeting(yunlan.Bureau, called.MeetingId, Wednesday, Root)));
    }

    [Fact]
    public async Task It_is_in_the_calendar_of_those_invited_and_nobody_else_sees_it()
    {
        var called = await Call(MeetingKind.Consultation);

        Assert.Single((await yunlan.Office.Send(new MyAgenda(yunlan.SafetyLiaison))).Entries, entry => entry.Kind == AgendaKind.Meeting);
        Assert.DoesNotContain((await yunlan.Office.Send(new MyAgenda(yunlan.SafetyLeader))).Entries, entry => entry.Kind == AgendaKind.Meeting);
        Assert.Single(await yunlan.Office.Send(new MyMeetings(yunlan.SafetyLiaison, null)));
        Assert.Empty(await yunlan.Office.Send(new MyMeetings(yunlan.SafetyLeader, called.MeetingId)));
    }

    [Fact]
    public async Task S02_the_pack_is_one_document_with_the_open_items_of_each_unit_for_two_days()
    {
        yunlan.Inspection();
        yunlan.Office.Use(db =>
        {
            var task = db.Tasks.Single(t => t.Id == "T101");
            task.TakeOver(new TaskFacts("T101", InspectionType.Daily, "U02", "E001", new DateOnly(2026, 11, 10), new DateOnly(2026, 10, 20)) { CompletedOn = new DateOnly(2026, 11, 10), ScannedInAt = new DateTime(2026, 11, 10, 1, 0, 0, DateTimeKind.Utc) });
            return db.SaveChanges();
        });
        await yunlan.Office.Round();

        var made = await yunlan.Office.Send(new MakeMeetingPack(yunlan.Bureau));
        var pack = await yunlan.Office.Send(new MeetingPackBehindLink(Actor.Service, made.Token));

        using var document = WordprocessingDocument.Open(new MemoryStream(pack.Document), isEditable: false);
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken));
        var lines = document.MainDocumentPart!.Document!.Descendants<Paragraph>().Select(paragraph => paragraph.InnerText).ToList();
        Assert.Equal("云澜区涉企行政检查联席会议材料", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("云澜区应急管理局（", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("已超期", StringComparison.Ordinal) && line.Contains("T101", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("2026年第四季度自查表未交", StringComparison.Ordinal));
        Assert.Equal(new DateTime(2026, 11, 25, 10, 0, 0), made.Until);

        yunlan.Office.Time.Set("2026-11-25 10:01");
        await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(new MeetingPackBehindLink(Actor.Service, made.Token)));
    }

    [Fact]
    public async Task S02_who_complained_and_what_they_said_is_not_in_the_pack()
    {
        await yunlan.Office.Send(new FileComplaint(yunlan.Qinghe, new ComplaintFacts(ComplaintKind.NoScanOrCertificate, new DateOnly(2026, 11, 20), null, "U02", "他们没扫码就进了喷漆车间"), Anonymous: false));

        var made = await yunlan.Office.Send(new MakeMeetingPack(yunlan.Bureau));
        var pack = await yunlan.Office.Send(new MeetingPackBehindLink(Actor.Service, made.Token));

        using var document = WordprocessingDocument.Open(new MemoryStream(pack.Document), isEditable: false);
        var text = document.MainDocumentPart!.Document!.InnerText;
        Assert.DoesNotContain("喷漆", text, StringComparison.Ordinal);
        Assert.DoesNotContain("青禾", text, StringComparison.Ordinal);
        Assert.DoesNotContain("监投", text, StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();

    private string Token() => yunlan.Office.Use(db => db.Meetings.Single().Token);

    private Task<MeetingCalled> Call(MeetingKind kind, string agenda = "", IReadOnlyList<string>? units = null, string which = "", DateOnly? on = null) =>
        yunlan.Office.Send(new CallMeeting(yunlan.Bureau, kind, "第四季度会商", Wednesday with { On = on ?? Wednesday.On }, agenda, units ?? [], which, Root));
}
