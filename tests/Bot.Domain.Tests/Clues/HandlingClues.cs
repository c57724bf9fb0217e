using Bot.Domain.Clues;
using Bot.Domain.Commands;
using Bot.Domain.Complaints;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;
using Bot.Testing;

namespace Bot.Domain.Tests.Clues;

/// <summary>What is found is put together, told once, and dealt with by a supervisor and nobody else.</summary>
public sealed class HandlingClues : IDisposable
{
    private readonly Yunlan yunlan = new Yunlan("2026-11-20 08:00").WithFiledPlans();

    [Fact]
    public async Task J40_what_one_unit_did_again_is_one_clue_until_it_is_dealt_with_and_then_another()
    {
        Unscanned("T1");
        Unscanned("T2");
        await yunlan.Office.Round();
        Assert.Equal(["X26-1 T1,T2"], Clues());

        Unscanned("T3");
        await yunlan.Office.Round();
        Assert.Equal(["X26-1 T1,T2,T3"], Clues());
        Assert.StartsWith("未扫码入企3件，最近一件：T3", yunlan.Office.Use(db => db.Clues.Single().Summary), StringComparison.Ordinal);

        await yunlan.Office.Send(new SetAsideClue(yunlan.Bureau, "x26-1", "平台停机，已核实"));
        Unscanned("T4");
        await yunlan.Office.Round();
        await yunlan.Office.Round();
        Assert.Equal(["X26-1 T1,T2,T3", "X26-2 T4"], Clues());
    }

    [Fact]
    public async Task S12_three_complaints_are_one_proposal_and_those_of_a_settled_one_count_no_more()
    {
        Complain("K1", "2026-11-12");
        Complain("K2", "2026-11-16");
        Complain("K9", "2026-11-16", ComplaintKind.Integrity);
        await yunlan.Office.Round();
        Assert.Empty(Clues());

        Complain("K3", "2026-11-19");
        await yunlan.Office.Round();
        Assert.Equal(["X26-1 K1,K2,K3"], Clues());
        await yunlan.Office.Send(new SetAsideClue(yunlan.Bureau, "X26-1", "三件都已另案办理"));
        Complain("K4", "2026-11-20");
        await yunlan.Office.Round();

        Assert.Equal(["X26-1 K1,K2,K3"], Clues());
    }

    [Fact]
    public async Task J03_the_bureau_hears_once_a_day_of_what_is_new()
    {
        Unscanned("T1");
        await yunlan.Office.Round();
        await yunlan.Office.Round();
        Assert.Equal(["S1"], yunlan.Told("N100"));
        Assert.Contains("X26-1 云澜区应急管理局 未扫码入企", yunlan.Notice("N100", "S1"), StringComparison.Ordinal);

        yunlan.Office.Time.Set("2026-11-21 08:00");
        await yunlan.Office.Round();
        Assert.Equal(["S1"], yunlan.Told("N100"));
    }

    [Fact]
    public async Task S13_only_a_supervisor_sees_and_settles_a_clue_and_gives_a_reason()
    {
        Unscanned("T1");
        await yunlan.Office.Round();

        foreach (var official in new[] { yunlan.Safety, yunlan.SafetyLiaison, yunlan.SafetyLeader })
        {
            await Refused(new OpenClues(official), "D15");
            await Refused(new ClueDetail(official, "X26-1"), "D15");
            await Refused(new SetAsideClue(official, "X26-1", "不是我们"), "D15");
        }

        await Refused(new SetAsideClue(yunlan.Bureau, "X26-1", "  "), "S11");
        await Refused(new ClueDetail(yunlan.Bureau, "X26-9"), "S13");
        await yunlan.Office.Send(new SetAsideClue(yunlan.Bureau, "X26-1", "已核实不属实"));
        await Refused(new SetAsideClue(yunlan.Bureau, "X26-1", "再来一次"), "S13");
        Assert.Equal(0, (await yunlan.Office.Send(new OpenClues(yunlan.Bureau))).Count);
    }

    [Fact]
    public async Task J30_a_clue_shows_its_evidence_its_clause_and_how_the_task_stands()
    {
        Unscanned("T1");
        await yunlan.Office.Send(new ScanForClues(yunlan.Bureau));

        var clue = await yunlan.Office.Send(new ClueDetail(yunlan.Bureau, "X26-1"));

        Assert.Equal("凡检查必扫码（泰姜政办〔2025〕13号 三（一））", clue.Clause);
        Assert.Equal(["T1 11月18日 云澜区青禾特种钢锭铸造有限公司：检查未扫码，也没有登记未扫码原因（现在待公示）"], clue.Evidence);
        Assert.Equal("云监线〔2026〕1号", clue.Number);
    }

    [Fact]
    public async Task S24_who_might_not_inspect_and_was_not_replaced_is_a_clue_after_the_visit()
    {
        yunlan.Office.Certify("I06", "99020001006", "2026-10-31");
        foreach (var (id, enterprise) in new[] { ("T1", "E001"), ("T2", "E010") })
            yunlan.Inspection(id, enterprise: enterprise, but: facts => facts with { ScheduledOn = new DateOnly(2026, 11, 25) });
        await yunlan.Office.Round();
        Assert.Empty(Clues());

        yunlan.Office.Time.Set("2026-11-26 08:00");
        yunlan.Office.Add(new Bot.Domain.People.Person("I07", "替补人", ActorRole.Inspector, "U02").WithCertificate("99020001007", null, "有效"));
        Done("T1", ["I05", "I06"]);
        Done("T2", ["I05", "I07"]);
        await yunlan.Office.Round();

        Assert.Equal(["X26-1 T1"], Clues());
        Assert.Equal(ClueKind.UnqualifiedPeople, yunlan.Office.Use(db => db.Clues.Single().Kind));
    }

    [Fact]
    public async Task S31_what_three_units_do_in_a_quarter_is_a_common_problem_and_all_are_reminded_once_without_names()
    {
        Unscanned("T1", "U02");
        Unscanned("T2", "U03");
        await yunlan.Office.Round();
        Assert.Empty(yunlan.Told("N103"));
        Unscanned("T3", "U09");
        await yunlan.Office.Round();
        await yunlan.Office.Round();

        Assert.Equal(["S1"], yunlan.Told("N103"));
        Assert.Contains("第四季度有3个单位出现“未扫码入企”", yunlan.Notice("N103", "S1"), StringComparison.Ordinal);
        Assert.Contains("最迟12月21日（周一）提出", yunlan.Notice("N103", "S1"), StringComparison.Ordinal); // one month, 20 December is a Sunday (S41)
        await Refused(new RemindAllUnits(yunlan.Bureau, "P26Q4-1", "云澜区应急管理局到企业没有扫码"), "S31");
        var reminded = await yunlan.Office.Send(new RemindAllUnits(yunlan.Bureau, "P26Q4-1", "检查人员到场先看现场，结束后才想起扫码"));
        Assert.Equal(5, reminded.Units);
        Assert.Equal(["LI-U02"], yunlan.Told("N104"));
        Assert.DoesNotContain("应急管理局", yunlan.Notice("N104", "LI-U02"), StringComparison.Ordinal);
        await Refused(new RemindAllUnits(yunlan.Bureau, "P26Q4-1", "再提醒一次"), "S31");
        await Refused(new RemindAllUnits(yunlan.SafetyLeader, "P26Q4-1", "例子"), "D15");
    }

    [Fact]
    public async Task J40_a_unit_is_told_its_facts_and_its_answer_is_kept_with_them()
    {
        Unscanned("T1");
        Unscanned("T2");
        await yunlan.Office.Round();

        var told = await yunlan.Office.Send(new TellSituation(yunlan.Bureau, "U02", []));
        Assert.Equal(("FK26-1", new DateOnly(2026, 11, 27), 2), (told.Id, told.AnswerBy, told.Facts.Count));
        Assert.Equal(["L-U02", "LI-U02"], yunlan.Told("N101"));
        await Refused(new ExplainSituation(yunlan.TransportLeader, "FK26-1", "不是我们", []), "J40");
        await Refused(new ExplainSituation(yunlan.SafetyLiaison, "FK26-1", " ", []), "J40");
        Assert.True((await yunlan.Office.Send(new ExplainSituation(yunlan.SafetyLiaison, "fk26-1", "新同事不熟悉，已培训", ["f1"]))).OnTime);

        Assert.Equal(["S1"], yunlan.Told("N102"));
        var kept = (await yunlan.Office.Send(new Situations(yunlan.Bureau))).Single();
        Assert.Equal(("新同事不熟悉，已培训", "T1"), (kept.Answer, kept.Facts[0].Split(' ')[0]));
        Assert.Empty(await yunlan.Office.Send(new Situations(yunlan.TransportLeader)));
        await Refused(new ExplainSituation(yunlan.SafetyLeader, "FK26-1", "补充", []), "J40");
        Assert.NotNull(yunlan.Office.Use(db => db.Deadlines.Single(d => d.Kind == "supervision.situation").MetAt));
    }

    [Fact]
    public async Task S06_complaints_are_never_quoted_to_the_unit()
    {
        foreach (var (id, day) in new[] { ("K1", "2026-11-12"), ("K2", "2026-11-16"), ("K3", "2026-11-19") })
            Complain(id, day);
        await yunlan.Office.Round();

        await Refused(new TellSituation(yunlan.Bureau, "U02", []), "J40");
        await Refused(new TellSituation(yunlan.Bureau, "U02", ["X26-1"]), "J40");
    }

    // S11: the first working day of November is Monday the 2nd, of October Thursday the 8th
    [Theory]
    [InlineData("2026-11-02", "2026-10-20", true)]
    [InlineData("2026-11-01", "2026-10-20", false)]
    [InlineData("2026-10-08", "2026-09-20", true)]
    [InlineData("2026-10-07", "2026-09-20", false)]
    public async Task S11_on_the_first_working_day_the_bureau_hears_of_last_months_material(string day, string earlier, bool told)
    {
        yunlan.Office.Time.Set($"{earlier} 08:00");
        Unscanned("T1", on: earlier);
        await yunlan.Office.Round();
        yunlan.Office.Time.Set($"{day} 08:00");
        await yunlan.Office.Round();
        await yunlan.Office.Round();

        Assert.Equal(told ? ["S1"] : [], yunlan.Told("N106"));
        if (!told)
            return;
        var review = await yunlan.Office.Send(new ReviewOfMonth(yunlan.Bureau, Day(earlier)));
        Assert.Equal(["T1"], review.Lines.Single(line => line.Kind == ClueKind.NotScanned).EvidenceIds);
        Assert.Contains($"月上传材料1件，异常{review.Anomalies}件（", yunlan.Notice("N106", "S1"), StringComparison.Ordinal);
        Assert.Contains("未扫码入企1件", yunlan.Notice("N106", "S1"), StringComparison.Ordinal);
    }

    public void Dispose() => yunlan.Dispose();

    private void Unscanned(string id, string unit = "U02", string on = "2026-11-18") => yunlan.Inspection(id, but: facts => facts with
    {
        UnitId = unit,
        ScheduledOn = Day(on),
        RegisteredOn = Day(on).AddDays(-10),
        ApprovedOn = Day(on).AddDays(-9),
        PreviewSentOn = Day(on).AddDays(-8),
        CompletedOn = Day(on),
        ResultEnteredOn = Day(on),
    });

    private void Done(string id, List<string> team) => yunlan.Office.Use(db =>
    {
        var task = db.Tasks.Single(t => t.Id == id);
        task.TakeOver(new TaskFacts(id, task.Type, task.UnitId, task.EnterpriseId, task.ScheduledOn, task.RegisteredOn)
        {
            ItemIds = ["IT-U02-1"],
            InspectorIds = team,
            ScannedInAt = new DateTime(2026, 11, 25, 2, 0, 0, DateTimeKind.Utc),
            CompletedOn = new DateOnly(2026, 11, 25),
            ResultEnteredOn = new DateOnly(2026, 11, 25),
        });
        return db.SaveChanges();
    });

    private void Complain(string id, string on, ComplaintKind kind = ComplaintKind.RudeConduct) =>
        yunlan.Office.Add(Complaint.Named(id, $"云监投〔2026〕{id}号", new ComplaintFacts(kind, null, null, "U02", "有事"), "P001", "E001", new HandTime($"{on} 10:00").GetUtcNow().UtcDateTime));

    private List<string> Clues() => yunlan.Office.Use(db => db.Clues.AsEnumerable().OrderBy(clue => clue.Id).Select(clue => $"{clue.Id} {string.Join(',', clue.EvidenceIds)}").ToList());

    private async Task Refused<T>(MediatR.IRequest<T> request, string clause) =>
        Assert.Equal(clause, (await Assert.ThrowsAsync<RuleBrokenException>(() => yunlan.Office.Send(request))).Rule.Clause);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
