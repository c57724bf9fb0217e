using System.Reflection;
using System.Security.Cryptography;
using Bot.Domain.Calendar;
using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Rules;
using Bot.Domain.Supervision;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Tests.Supervision;

/// <summary>S13–S17: warning, answer, letter, term, re-check, report. Each step has its day, and none can be left out.</summary>
public sealed class ClimbingTheLadder : IDisposable
{
    private Ladder ladder = new();

    [Fact]
    public async Task S13_leader_and_liaison_hear_fact_rule_wish_and_day_and_no_blame()
    {
        var warned = await ladder.Warn(evidence: ["T303", "K26-7", "X26-1"]);

        Assert.Equal(("SV26-1", "云司监警〔2026〕1号", new DateOnly(2026, 11, 17)), (warned.CaseId, warned.Number, warned.AnswerDue));
        Assert.Equal(["L-U02", "LI-U02"], ladder.Yunlan.Told("N6"));
        Assert.Equal(
            "云澜区司法局预警提醒（云司监警〔2026〕1号）：多次未扫码入企（T303）。依据：凡检查必扫码（本区涉企行政检查规则）。请于11月17日（周二）前在此说明情况和改正措施，可附佐证。本提醒旨在及时纠正，暂不作其他处理；逾期未改的，将在5个工作日内制作行政执法监督建议书。",
            ladder.Yunlan.Notice("N6", "LI-U02"));
    }

    [Fact]
    public async Task S13_a_unit_reads_nothing_that_leads_to_a_complainant_and_only_its_own()
    {
        var id = (await ladder.Warn(evidence: ["T303", "K26-7", "O26-2", "X26-1", "R26-4", "M4"])).CaseId;

        var own = await ladder.Office.Send(new SupervisionCaseDetail(ladder.Liaison, id));
        var bureau = await ladder.Office.Send(new SupervisionCaseDetail(ladder.Bureau, id));

        Assert.Equal(["T303", "M4"], own.EvidenceIds);
        Assert.Equal(6, bureau.EvidenceIds.Count);
        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => ladder.Office.Send(new SupervisionCaseDetail(ladder.TransportLiaison, id)));
        Assert.True(refused.Rule.Boundary);
        Assert.Equal(Permissions.OnlyByRole, (await Assert.ThrowsAsync<RuleBrokenException>(() => ladder.Office.Send(new SupervisionCaseDetail(ladder.Yunlan.Safety, id)))).Rule);
    }

    [Fact]
    public async Task S13_an_answer_with_proof_meets_the_limit_and_closes_the_warning_when_it_holds()
    {
        var id = (await ladder.Warn()).CaseId;

        var answered = await ladder.Office.Send(new AnswerWarning(ladder.Liaison, id, "已整改，见培训记录", ["F1"]));
        await ladder.Office.Send(new CloseWarning(ladder.Bureau, id, "看了培训记录"));

        Assert.False(answered.Late);
        Assert.Contains("已整改，见培训记录（佐证1份）", ladder.Yunlan.Notice("N110", "S1"), StringComparison.Ordinal);
        Assert.Equal((SupervisionStage.Closed, SupervisionOutcome.CorrectedAfterWarning), (ladder.Case(id).Stage, ladder.Case(id).Outcome!.Value));
        Assert.Contains("已整改，预警办结", ladder.Yunlan.Notice("N111", "LI-U02"), StringComparison.Ordinal);
        Assert.Empty(ladder.Office.Use(db => db.Deadlines.Where(d => d.MetAt == null && d.DroppedAt == null).ToList()));
        await Refused(SupervisionCase.AwaitsAnswer, new AnswerWarning(ladder.Leader, id, "再说一次", []));
    }

    [Fact]
    public async Task S13_more_time_is_given_once_and_counts_from_the_old_day()
    {
        var id = (await ladder.Warn()).CaseId;

        await Refused(SupervisionCase.MoreTimeAsked, new DecideMoreTime(ladder.Bureau, id, true, ""));
        await ladder.Office.Send(new AskMoreTime(ladder.Liaison, id, "材料还在整理"));
        var given = await ladder.Office.Send(new DecideMoreTime(ladder.Bureau, id, true, ""));

        Assert.Equal(new DateOnly(2026, 11, 24), given.Due);
        Assert.Equal(new DateOnly(2026, 11, 17), ladder.Deadline(SupervisionDeadlines.Answer, id).FirstDueOn);
        await Refused(SupervisionCase.MoreTimeOnce, new AskMoreTime(ladder.Liaison, id, "还要几天"));
    }

    [Fact]
    public async Task S14_the_unit_is_heard_before_a_letter_or_has_let_its_day_pass()
    {
        var id = (await ladder.Warn()).CaseId;

        await Refused(SupervisionCase.HeardFirst, new FindUncorrected(ladder.Bureau, id, "仍未扫码"));
        ladder.Office.Time.Set("2026-11-17 23:59");
        await Refused(SupervisionCase.HeardFirst, new FindUncorrected(ladder.Bureau, id, "仍未扫码"));
        ladder.Office.Time.Set("2026-11-18 00:01");
        var found = await ladder.Office.Send(new FindUncorrected(ladder.Bureau, id, "仍未扫码"));

        Assert.Equal(new DateOnly(2026, 11, 25), found.Due);
        Assert.Contains("将在11月25日（周三）前制作行政执法监督建议书", ladder.Yunlan.Notice("N115", "L-U02"), StringComparison.Ordinal);
    }

    // S14: finding 2026-11-16 → 11-23; over Spring Festival 2026-02-12 → 02-26, with the made-up Saturday counted.
    [Theory]
    [InlineData("2026-11-16", "2026-11-23")]
    [InlineData("2026-02-12", "2026-02-26")]
    [InlineData("2026-10-20", "2026-10-27")]
    [InlineData("2026-09-16", "2026-09-22")]
    public async Task S14_the_letter_is_made_within_five_working_days_of_the_finding(string found, string due)
    {
        ladder.Dispose();
        ladder = new Ladder($"{found} 10:00");
        var id = await ladder.FoundUncorrected();

        Assert.Equal(Day(due), ladder.Due(SupervisionDeadlines.Letter, id));
    }

    // S15, S16: served 2026-11-24 → 12-15, re-check 12-22; served 2025-09-22 → 10-17; served 2026-02-10 → 03-09.
    [Theory]
    [InlineData("2026-11-24", "2026-12-15", "2026-12-22")]
    [InlineData("2025-09-22", "2025-10-17", "2025-10-24")]
    [InlineData("2026-02-10", "2026-03-09", "2026-03-16")]
    [InlineData("2026-10-26", "2026-11-16", "2026-11-23")]
    [InlineData("2026-09-22", "2026-10-20", "2026-10-27")]
    public async Task S15_S16_the_term_counts_from_the_day_of_service_and_the_check_from_its_end(string served, string rectify, string check)
    {
        ladder.Dispose();
        ladder = new Ladder($"{served} 10:00");
        var id = await ladder.Served();

        Assert.Equal((Day(rectify), Day(check)), (ladder.Due(SupervisionDeadlines.Rectification, id), ladder.Due(SupervisionDeadlines.FollowUp, id)));
        Assert.Contains($"请在收到后15个工作日内整改，即{ChineseDates.WithWeekday(Day(rectify))}前", ladder.Yunlan.Notice("N9", "L-U02"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S15_opening_the_letter_is_no_receipt_and_a_missing_receipt_is_noticed()
    {
        var id = await ladder.Served();

        Assert.False((await ladder.Office.Send(new OpenSupervisionCase(ladder.Leader, id))).Received);
        ladder.Office.Time.Set("2026-11-12 09:00");
        await ladder.Remind();
        Assert.Contains("S1", ladder.Yunlan.Told("N8"));
        Assert.False((await ladder.Office.Send(new AcknowledgeLetter(ladder.Leader, id))).Again);
        Assert.True((await ladder.Office.Send(new AcknowledgeLetter(ladder.Liaison, id))).Again);

        var letter = ladder.Office.Use(db => db.SupervisionLetters.Single(one => one.Kind == PaperKind.Suggestion));
        Assert.Equal(("L-U02", new DateTime(2026, 11, 12, 1, 0, 0, DateTimeKind.Utc)), (letter.ReceivedById, letter.ReceivedAt!.Value));
    }

    // S15, S16: at 5, 2 and 0 working days left, the second with the day and the means of the re-check.
    [Fact]
    public async Task S15_S16_the_unit_is_reminded_at_five_two_and_zero_and_told_of_the_check()
    {
        var id = await ladder.Served(); // served 10 November, term to 1 December
        await ladder.Office.Send(new PlanFollowUp(ladder.Bureau, id, "现场查看", ["扫码记录", "培训记录"]));

        ladder.Office.Time.Set("2026-11-24 08:30");
        await ladder.Remind();
        Assert.Contains("整改 云司监建〔2026〕第1号", ladder.Yunlan.Notice("N7", "LI-U02"), StringComparison.Ordinal);
        ladder.Office.Time.Set("2026-11-27 08:30");
        await ladder.Remind();
        Assert.Equal(
            "云司监建〔2026〕第1号的整改期限将于12月1日（周二）届满。云澜区司法局将在期满后5个工作日内（12月8日前）跟踪复查，方式：现场查看。请准备：扫码记录、培训记录。已提前整改的，可提交整改情况，申请提前复查。",
            ladder.Yunlan.Notice("N10", "L-U02"));
        ladder.Office.Time.Set("2026-12-01 08:30");
        await ladder.Remind();
        Assert.Contains("LI-U02", ladder.Yunlan.Told("N7b"));
    }

    [Fact]
    public async Task S15_an_objection_is_heard_in_time_once_and_a_letter_that_was_wrong_is_taken_back()
    {
        var id = await ladder.Served();

        await ladder.Office.Send(new ObjectToLetter(ladder.Leader, id, "11月6日没有检查"));
        await Refused(SupervisionCase.ObjectedOnce, new ObjectToLetter(ladder.Leader, id, "再说一次"));
        await ladder.Office.Send(new AnswerObjection(ladder.Bureau, id, Upheld: true, "核实无误"));

        Assert.Equal(SupervisionOutcome.Withdrawn, ladder.Case(id).Outcome);
        Assert.Equal("核实无误", ladder.Office.Use(db => db.SupervisionLetters.Single(one => one.Kind == PaperKind.Suggestion).VoidedBecause));
        Assert.Empty(ladder.Office.Use(db => db.Deadlines.Where(d => d.MetAt == null && d.DroppedAt == null).ToList()));

        var late = await ladder.Served("U09");
        ladder.Office.Time.Set("2026-11-18 08:00");
        await Refused(SupervisionCase.ObjectedInTime, new ObjectToLetter(ladder.TransportLiaison, late, "不同意"));
    }

    [Fact]
    public async Task S16_before_the_end_of_the_term_only_a_unit_that_is_ready_is_checked_and_only_to_its_good()
    {
        var id = await ladder.Served();

        await Refused(SupervisionCase.FollowUpAfterTerm, new CheckAgain(ladder.Bureau, id, true, "看了"));
        await ladder.Office.Send(new ReportRectified(ladder.Liaison, id, "已整改", ["F1"]));
        await Refused(SupervisionCase.FollowUpAfterTerm, new CheckAgain(ladder.Bureau, id, false, "没改好"));
        var checkedEarly = await ladder.Office.Send(new CheckAgain(ladder.Bureau, id, true, "看了记录"));

        Assert.Equal(SupervisionStage.Closed, checkedEarly.Stage);
        Assert.Contains("已整改，监督事项办结", ladder.Yunlan.Notice("N119", "L-U02"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S17_not_corrected_is_reported_to_the_government_whose_decision_is_only_recorded()
    {
        var id = await ladder.Served();
        await Refused(SupervisionCase.FollowedUpFirst, new ReportToGovernment(ladder.Bureau, id));
        ladder.Office.Time.Set("2026-12-02 10:00");
        await ladder.Office.Send(new CheckAgain(ladder.Bureau, id, false, "仍有2次未扫码"));
        await Refused(SupervisionCase.ReportedFirst, new RecordDecision(ladder.Bureau, id, "云政监决〔2026〕2号", Day("2026-12-02"), Day("2026-12-02")));

        var report = await ladder.Office.Send(new ReportToGovernment(ladder.Bureau, id));
        Assert.Equal("云司监报〔2026〕1号", report.Number);
        Assert.Equal(SupervisionStage.NotCorrected, (await ladder.Office.Send(new SupervisionCaseDetail(ladder.Leader, id))).Stage);
        Assert.DoesNotContain((await ladder.Office.Send(new SupervisionCaseDetail(ladder.Leader, id))).Papers, paper => paper.Kind == PaperKind.Report);
        Assert.Empty(ladder.Yunlan.Told("N120"));

        ladder.Office.Time.Set("2026-12-09 10:00");
        await Refused(SupervisionCase.DecidedFirst, new RecordMeasure(ladder.Bureau, id, "约谈"));
        await Refused(SupervisionCase.DecisionOnPaper, new RecordDecision(ladder.Bureau, id, "第二号", Day("2026-12-04"), Day("2026-12-08")));
        await Refused(SupervisionCase.DecisionOnPaper, new RecordDecision(ladder.Bureau, id, "云政监决〔2026〕2号", Day("2026-12-04"), Day("2026-12-10")));
        await ladder.Office.Send(new RecordDecision(ladder.Bureau, id, "云政监决[2026]2号", Day("2026-12-04"), Day("2026-12-08")));

        Assert.Equal("云政监决〔2026〕第2号", ladder.Case(id).DecisionNumber);
        Assert.Contains("云澜区人民政府作出《行政执法监督决定书》（云政监决〔2026〕第2号），已于12月8日送达贵单位", ladder.Yunlan.Notice("N120", "L-U02"), StringComparison.Ordinal);
        Assert.DoesNotContain(Permissions.Table.Keys, command => command.Name.Contains("Decision", StringComparison.Ordinal) && command.Name.StartsWith("Issue", StringComparison.Ordinal));
    }

    [Fact]
    public async Task S22_what_follows_a_decision_is_kept_in_the_register_of_measures()
    {
        var id = await Decided("U02", "云政监决〔2026〕2号");

        await ladder.Office.Send(new RecordMeasure(ladder.Bureau, id, "12月9日通报批评"));
        await ladder.Office.Send(new RecordMeasure(ladder.Bureau, id, "12月9日约谈主要负责人"));
        await ladder.Office.Send(new CloseAfterDecision(ladder.Bureau, id, "已执行"));

        Assert.Equal(["12月9日通报批评", "12月9日约谈主要负责人"], ladder.Office.Use(db => db.SupervisionSteps.Where(step => step.Deed == SupervisionDeed.Measure).OrderBy(step => step.Ordinal).Select(step => step.Text).ToList()));
        Assert.Equal(SupervisionOutcome.DecisionCarriedOut, ladder.Case(id).Outcome);
    }

    [Fact]
    public async Task S17_a_decisions_number_is_recorded_once()
    {
        await Decided("U02", "云政监决〔2026〕2号");
        var other = await Reported("U09");

        var refused = await Assert.ThrowsAsync<RuleBrokenException>(() => ladder.Office.Send(new RecordDecision(ladder.Bureau, other, "云政监决（2026）第002号", Day("2027-01-05"), Day("2027-01-05"))));

        Assert.Contains("一个文号只能用一次", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S40_several_open_warnings_of_a_quarter_are_proposed_for_a_letter_at_once()
    {
        var first = (await ladder.Warn()).CaseId;
        Assert.Empty(await ladder.Office.Send(new OutstandingUnits(ladder.Bureau)));
        await ladder.Warn(problem: "结果长期未回填");

        var outstanding = Assert.Single(await ladder.Office.Send(new OutstandingUnits(ladder.Bureau)));
        Assert.Equal(("U02", 2), (outstanding.UnitId, outstanding.CaseIds.Count));
        Assert.Equal(SupervisionStage.LetterDue, (await ladder.Office.Send(new FindUncorrected(ladder.Bureau, first, "两件预警未结，问题突出"))).Stage);
    }

    [Fact]
    public async Task S29_an_order_to_correct_goes_its_own_way_without_a_warning()
    {
        var order = await ladder.Office.Send(new OrderCorrection(ladder.Bureau, "U02", "未按市级标准检查", "市级检查标准第三条", ["只查了3项"], ["T290"]));
        Assert.Equal("ZG26-1", order.CaseId);
        await Assert.ThrowsAsync<RuleBrokenException>(() => ladder.Office.Send(new SupervisionCaseDetail(ladder.Liaison, order.CaseId)));
        await ladder.Office.Send(new DraftLetter(ladder.Bureau, order.CaseId, ["只查了3项"], "市级检查标准第三条", "补查"));
        var issued = await ladder.Office.Send(new IssueLetter(ladder.Bureau, order.CaseId));
        await ladder.Office.Send(new ServeLetter(ladder.Bureau, order.CaseId));

        Assert.Equal(("责令改正通知书", "云司监改〔2026〕第1号"), (issued.Name, issued.Number));
        Assert.Equal(SupervisionStage.Rectifying, (await ladder.Office.Send(new SupervisionCaseDetail(ladder.Liaison, order.CaseId))).Stage);
        Assert.Empty(ladder.Office.Use(db => db.NumberSeries.Where(series => series.Series == "云司监警").ToList()));
    }

    // S41: found 2026-11-30 → 12-30; 2026-01-16 → 02-24; 2026-01-31 → 02-28; 2026-09-07 → 10-08.
    [Theory]
    [InlineData("2026-11-30", "2026-12-30")]
    [InlineData("2026-01-16", "2026-02-24")]
    [InlineData("2026-01-31", "2026-02-28")]
    [InlineData("2026-09-07", "2026-10-08")]
    public async Task S41_a_guiding_opinion_is_given_within_a_month(string found, string due)
    {
        ladder.Dispose();
        ladder = new Ladder($"{found} 10:00");

        var widespread = await ladder.Office.Send(new FindWidespread(ladder.Bureau, "预告没写合规标准", "预告应当写明合规标准", ["只写“按规定准备”"], ["U02", "U09", "U03"]));
        Assert.Equal(Day(due), widespread.Due);
        await ladder.Office.Send(new IssueOpinion(ladder.Bureau, widespread.OpinionId, "逐项写明"));

        Assert.Equal(["L-U02", "L-U09", "LI-U02", "LI-U09"], ladder.Yunlan.Told("N121"));
        Assert.NotNull(ladder.Deadline(SupervisionDeadlines.Opinion, widespread.OpinionId).MetAt);
    }

    [Fact]
    public async Task S13_a_warning_takes_its_clue_up_and_no_clue_twice()
    {
        var clue = await Clue();
        var facts = await ladder.Office.Send(new WarningFromClue(ladder.Bureau, clue));

        var warned = await ladder.Office.Send(new IssueWarning(ladder.Bureau, facts.UnitId, facts.Problem, facts.Rule, facts.Facts, facts.EvidenceIds) { ClueIds = facts.ClueIds });

        Assert.Equal((ClueState.TakenUp, warned.CaseId), ladder.Office.Use(db => db.Clues.AsEnumerable().Select(one => (one.State, one.CaseId!)).Single()));
        await Assert.ThrowsAsync<RuleBrokenException>(() => ladder.Office.Send(new WarningFromClue(ladder.Bureau, clue)));
        await Refused(Bot.Domain.Clues.Clue.StillOpen, new IssueWarning(ladder.Bureau, "U02", "又一次", "依据", ["事实"], []) { ClueIds = [clue] });
    }

    [Fact]
    public async Task S14_the_letter_is_kept_as_it_went_out_with_its_hash()
    {
        await ladder.Served();

        foreach (var letter in ladder.Office.Use(db => db.SupervisionLetters.AsNoTracking().ToList()))
            Assert.Equal(letter.Sha256, Convert.ToHexStringLower(SHA256.HashData(letter.Document)));
    }

    [Fact]
    public async Task S16_a_holiday_notice_that_moves_the_term_moves_the_check_with_it()
    {
        ladder.Dispose();
        ladder = new Ladder("2026-12-21 10:00");
        var id = await ladder.Served();
        var before = ladder.Due(SupervisionDeadlines.FollowUp, id);
        ladder.Office.Calendars.Replace(ladder.Office.Calendars.Current.With(new HolidayYear(2027, "国办发明电〔2026〕1号", "2027年放假安排", Day("2026-12-22"), [new Holiday("元旦", [Day("2027-01-01"), Day("2027-01-04"), Day("2027-01-05")], [])])));
        await ladder.Office.Send(new RecountDeadlines(Actor.Service));

        var term = ladder.Due(SupervisionDeadlines.Rectification, id);
        Assert.Equal(ladder.Office.Calendars.Current.AddWorkingDays(term, 5), ladder.Due(SupervisionDeadlines.FollowUp, id));
        Assert.True(ladder.Due(SupervisionDeadlines.FollowUp, id) > before);
    }

    public void Dispose() => ladder.Dispose();

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", null);

    private async Task Refused<T>(Rule rule, ICommand<T> command) => Assert.Same(rule, (await Assert.ThrowsAsync<RuleBrokenException>(() => ladder.Office.Send(command))).Rule);

    private async Task<string> Reported(string unit)
    {
        var id = await ladder.Served(unit);
        ladder.Office.Time.Advance(TimeSpan.FromDays(28));
        await ladder.Office.Send(new CheckAgain(ladder.Bureau, id, false, "仍未改"));
        await ladder.Office.Send(new ReportToGovernment(ladder.Bureau, id));
        return id;
    }

    private async Task<string> Decided(string unit, string number)
    {
        var id = await Reported(unit);
        var today = ChinaClock.ToChinaDate(ladder.Office.Time.GetUtcNow().UtcDateTime);
        await ladder.Office.Send(new RecordDecision(ladder.Bureau, id, number, today, today));
        return id;
    }

    /// <summary>As the scan over the books makes one.</summary>
    private Task<string> Clue()
    {
        var clue = Make<Clue>("X26-1", "云监线〔2026〕1号", "U02", ClueKind.NotScanned, "", "凡检查必扫码", Day("2026-11-06"));
        ladder.Office.Add(clue, Make<ClueEvidence>(clue.Id, "U02", ClueKind.NotScanned, "T303", Day("2026-11-06"), "T303（11月6日）未扫码，也没有理由"));
        return Task.FromResult(clue.Id);

        static T Make<T>(params object[] facts) => (T)Activator.CreateInstance(typeof(T), BindingFlags.Instance | BindingFlags.NonPublic, null, facts, null)!;
    }
}
