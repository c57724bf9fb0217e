using System.Text;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.People;
using Bot.Domain.Ratings;
using Bot.Storage;
using Bot.Testing;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Import;

/// <summary>Files of the registry that are in order (contract.md: import).</summary>
public sealed class GoodFiles
{
    /// <summary>An invented code whose check holds.</summary>
    internal const string Code = "91321299MA9001HM4Q";

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_table_with_chinese_headings_and_a_byte_order_mark_is_taken_in(DatabaseKind kind)
    {
        await using var desk = await ImportDesk.Open(kind);

        var imported = await desk.Import(
            "企业名单.csv",
            $"企业编号,企业名称,统一社会信用代码,工贸企业,从业人数,所在镇街\nE1,\"青禾（集团）, 有限公司\",{Code.ToLowerInvariant()},是,35,石桥河镇\n\n",
            encoding: new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Empty(imported.Bad);
        Assert.Equal((1, 0), (imported.Added, imported.Changed));
        var enterprise = desk.Look(db => db.Enterprises.Single());
        Assert.Equal(("青禾（集团）, 有限公司", Code, true, 35), (enterprise.Name, enterprise.CreditCode, enterprise.IndustryAndTrade, enterprise.Employees));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_later_file_changes_what_it_names_and_leaves_the_rest(DatabaseKind kind)
    {
        await using var desk = await ImportDesk.Open(kind);
        await desk.TakeUnitsAndEnterprises();

        var imported = await desk.Import("enterprises.json", $$"""[{ "id": "E1", "name": "北屿纸业有限公司", "creditCode": "{{Code}}", "riskLevel": "低" }]""");

        Assert.Equal((0, 1), (imported.Added, imported.Changed));
        Assert.Equal("北屿纸业有限公司 低", desk.Look(db => db.Enterprises.Select(e => e.Name + " " + e.RiskLevel).Single()));
        Assert.Equal("青榆镇人民政府", desk.Look(db => db.Units.Single().Name));
    }

    [Fact]
    public async Task People_come_with_their_addresses_bindings_and_desks()
    {
        await using var desk = await ImportDesk.Open();
        await desk.TakeUnitsAndEnterprises();

        var imported = await desk.Import(
            "people.csv",
            """
            人员编号,姓名,身份,单位编号,执法证号,执法证有效期至,企业微信账号,指导接待岗,代表的企业,公众号用户标识,聘期自,聘期至,投诉处理专岗
            I1,季子衿,执法人员,U1,99010001004,2029/12/31,demo-1,是,,,,,
            C1,周岑溪,企业用户,,,,,,E1,open-1,,,
            O1,秦以宁,法治观察员,,,,,,,,2026年3月1日,2028-02-29,
            S1,沈宛青,司法局监督人员,,,,,,,,,,是
            """);

        Assert.Empty(imported.Bad);
        Assert.Equal("I1", desk.Look(db => db.Units.Single().GuidanceDeskPersonId));
        Assert.Equal(["wechat:open-1→C1", "wecom:demo-1→I1"], desk.Look(db => db.Addresses.AsEnumerable().Select(a => $"{a.Channel}:{a.ExternalId}→{a.PersonId}").Order().ToList()));
        Assert.Equal(("C1", "E1", BindingState.Active), desk.Look(db => db.Bindings.AsEnumerable().Select(b => (b.PersonId, b.EnterpriseId, b.State)).Single()));
        var people = desk.Look(db => db.People.ToDictionary(person => person.Id));
        Assert.Equal((ActorRole.Inspector, new DateOnly(2029, 12, 31)), (people["I1"].Role, people["I1"].CertificateValidTo!.Value));
        Assert.Equal((new DateOnly(2026, 3, 1), new DateOnly(2028, 2, 29)), (people["O1"].TermFrom!.Value, people["O1"].TermTo!.Value));
        Assert.True(people["S1"].OnComplaintDesk);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task What_a_person_chose_in_talk_survives_the_next_roster(DatabaseKind kind)
    {
        await using var desk = await ImportDesk.Open(kind);
        await desk.TakeUnitsAndEnterprises();
        const string roster = "人员编号,姓名,身份,代表的企业\nC1,周岑溪,企业用户,E1";
        await desk.Import("people.csv", roster);
        desk.Look(db => db.People.ExecuteUpdate(set => set.SetProperty(p => p.CurrentEnterpriseId, "E1").SetProperty(p => p.RemindAt, new TimeOnly(9, 0))));

        await desk.Import("people.csv", roster.Replace("周岑溪", "周溪", StringComparison.Ordinal));

        Assert.Equal(("周溪", "E1", new TimeOnly(9, 0)), desk.Look(db => db.People.AsEnumerable().Select(p => (p.Name, p.CurrentEnterpriseId, p.RemindAt!.Value)).Single()));
        Assert.Single(desk.Look(db => db.Bindings.ToList()));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task J01_a_visit_report_that_names_no_registered_task_is_told_to_the_bureau_once(DatabaseKind kind)
    {
        await using var desk = await ImportDesk.Open(kind);
        await desk.TakeUnitsAndEnterprises();
        await desk.Import("people.csv", "人员编号,姓名,身份,单位编号\nS1,顾司正,司法局监督人员,\nI1,甲,执法人员,U1\nL1,乙,单位联络员,U1");
        await desk.Import("tasks.csv", "任务编号,检查类型,单位编号,企业编号,检查日期,登记日期\nT1,日常,U1,E1,2026-11-18,2026-11-02");
        const string report = "走访编号,单位编号,企业编号,走访日期,走访类型,任务编号,检查人员\nR1,U1,E1,2026-11-18,检查,T1,I1\nR2,U1,E1,2026-11-19,检查,,I1\nR3,U1,E1,2026-11-20,现场检查,T404,";

        Assert.Empty((await desk.Import("visits.csv", report)).Bad);
        await desk.Import("visits.csv", report);

        Assert.Equal(["R2 I1 N53", "R2 L1 N53", "R2 S1 N52", "R3 L1 N53", "R3 S1 N52"], desk.Look(db => db.Notices.AsEnumerable().Select(n => $"{n.SubjectId} {n.PersonId} {n.Kind}").Order(StringComparer.Ordinal).ToList()));
        Assert.Contains("青榆镇人民政府11月19日", desk.Look(db => db.Notices.First(n => n.Kind == "N52" && n.SubjectId == "R2").Text), StringComparison.Ordinal);
        Assert.Contains("不是检查", Assert.Single(await desk.Refused("visits.csv", "走访编号,单位编号,企业编号,走访日期,走访类型,任务编号\nV1,U1,E1,2026-11-18,走访,T1")), StringComparison.Ordinal);
    }

    // S05
    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task S05_referrals_become_clues_once_and_are_not_the_units(DatabaseKind kind)
    {
        await using var desk = await ImportDesk.Open(kind);
        await desk.Import("units.csv", "单位编号,单位名称,层级,执法领域,电话\nU9,交通运输局,区级,交通运输,0000-1");
        const string referrals = "移送文号,移送机构,单位编号,移送日期,线索内容\n云复移〔2026〕3号,区行政复议局,U9,2026-11-18,检查记录只有一人签字";

        Assert.Empty((await desk.Import("referrals.csv", referrals)).Bad);
        Assert.Empty((await desk.Import("移送线索.csv", referrals)).Bad);

        Assert.Equal(["U9 FromReconsideration 云复移〔2026〕3号"], desk.Look(db => db.Clues.AsEnumerable().Select(c => $"{c.UnitId} {c.Kind} {c.EvidenceIds.Single()}").ToList()));
        Assert.Empty(desk.Look(db => db.Notices.ToList()));
        Assert.Contains((await desk.Import("referrals.csv", referrals.Replace("2026-11-18", "2099-01-01", StringComparison.Ordinal))).Bad, bad => bad.Reason.Contains("晚于今天", StringComparison.Ordinal));
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task W21_W22_anomalies_become_proposals_once_and_no_tasks(DatabaseKind kind)
    {
        await using var desk = await ImportDesk.Open(kind);
        await desk.Import("units.csv", "单位编号,单位名称,层级,执法领域,电话\nU2,应急管理局,区级,应急管理,0000-1");
        await desk.Import("enterprises.csv", $"企业编号,企业名称,统一社会信用代码\nE1,青禾有限公司,{Code}");
        await desk.Import("people.csv", "人员编号,姓名,身份,单位编号,代表的企业\nL1,乙,单位联络员,U2,\nC1,周岑溪,企业用户,,E1");
        var file = $"异常编号,来源系统,企业编号,监测指标,监测值,阈值,发现时间\nA2,互联网+监管,E1,粉尘浓度,7,4,2026-11-20 09:40\nA1,互联网+监管,{Code},粉尘浓度,6.2,4,2026-11-20 09:10";

        var imported = await desk.Import("anomalies.csv", file);
        await desk.Import("anomalies.csv", file);

        Assert.Equal((2, 0, 0), (imported.Added, imported.Changed, imported.Bad.Count));
        Assert.Equal(["Y26-1 A1 Proposed", "Y26-2 A2 Repeated"], desk.Look(db => db.Anomalies.AsEnumerable().Select(a => $"{a.Id} {a.SourceId} {a.State}").Order(StringComparer.Ordinal).ToList()));
        Assert.Equal(["C1 N56", "L1 N55"], desk.Look(db => db.Notices.AsEnumerable().Select(n => $"{n.PersonId} {n.Kind}").Order(StringComparer.Ordinal).ToList()));
        Assert.Empty(desk.Look(db => db.Tasks.ToList()));
    }

    [Fact]
    public async Task W21_what_another_system_says_is_not_trusted()
    {
        await using var desk = await ImportDesk.Open();
        await desk.TakeUnitsAndEnterprises();
        const string heading = "异常编号,来源系统,企业编号,监测指标,监测值,阈值,发现时间\n";

        Assert.Contains("不认识指标", Assert.Single(await desk.Refused("anomalies.csv", heading + "A1,系统,E1,心情指数,6,4,2026-11-20 09:10")), StringComparison.Ordinal);
        Assert.Contains("没有主管“应急管理”的区级单位", Assert.Single(await desk.Refused("anomalies.csv", heading + "A1,系统,E1,粉尘浓度,6,4,2026-11-20 09:10")), StringComparison.Ordinal);
        await desk.Import("units.csv", "单位编号,单位名称,层级,执法领域,电话\nU2,应急管理局,区级,应急管理,0000-1");
        foreach (var (line, reason) in new[]
        {
            ("A1,系统,E9,粉尘浓度,6,4,2026-11-20 09:10", "没有企业“E9”"),
            ("A1,系统,E1,粉尘浓度,4,4,2026-11-20 09:10", "没有超过阈值"),
            ("A1,系统,E1,粉尘浓度,6,0,2026-11-20 09:10", "应大于0"),
            ("A1,系统,E1,粉尘浓度,=1+1,4,2026-11-20 09:10", "不是数"),
            ("A1,系统,E1,粉尘浓度,1e30,4,2026-11-20 09:10", "不是数"),
            ("A1,系统,E1,粉尘浓度,6,4,2026-11-23 09:10", "晚于现在"),
            ("A1,系统,E1,粉尘浓度,6,4,", "不能为空"),
            ($"A1,{new string('长', 61)},E1,粉尘浓度,6,4,2026-11-20 09:10", "最多60个字"),
        })
            Assert.Contains(reason, Assert.Single(await desk.Refused("anomalies.csv", heading + line)), StringComparison.Ordinal);
        Assert.Empty(desk.Look(db => db.Anomalies.ToList()));
    }

    [Fact]
    public async Task Items_and_tasks_keep_their_lists_and_instants()
    {
        await using var desk = await ImportDesk.Open();
        await desk.TakeUnitsAndEnterprises();
        await desk.Import("people.csv", "人员编号,姓名,身份,单位编号\nI1,甲,执法人员,U1\nI2,乙,执法人员,U1");
        await desk.Import("items.csv", "事项编号,单位编号,事项名称,检查依据,检查内容,检查方式,合规标准\nIT1,U1,镇域安全生产检查,《安全生产法》,消防和通道,现场检查,\"灭火器在位；通道畅通\n培训有记录\"");

        var imported = await desk.Import(
            "tasks.csv",
            "任务编号,检查类型,单位编号,企业编号,检查日期,上下午,登记日期,事项编号,检查人员,扫码时间\nT1,日常,U1,E1,2026-10-20,上午,2026-10-02,IT1,I1|I2,2026-10-20 09:32");

        Assert.Empty(imported.Bad);
        Assert.Equal(["灭火器在位", "通道畅通", "培训有记录"], desk.Look(db => db.Items.Single().Standards));
        var task = desk.Look(db => db.Tasks.Single());
        Assert.Equal((InspectionType.Daily, "上午", new DateOnly(2026, 10, 20)), (task.Type, task.HalfDay, task.ScheduledOn));
        Assert.Equal(["I1", "I2"], task.InspectorIds);
        Assert.Equal(new DateTime(2026, 10, 20, 1, 32, 0, DateTimeKind.Utc), task.ScannedInAt);
    }

    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_preview_that_was_sent_here_survives_the_next_export_of_the_tasks(DatabaseKind kind)
    {
        await using var desk = await ImportDesk.Open(kind);
        await desk.TakeUnitsAndEnterprises();
        const string tasks = "任务编号,检查类型,单位编号,企业编号,检查日期,登记日期\nT1,日常,U1,E1,2026-12-18,2026-11-02";
        await desk.Import("tasks.csv", tasks);
        desk.Look(db => db.Tasks.ExecuteUpdate(set => set.SetProperty(t => t.PreviewSentOn, new DateOnly(2026, 12, 1))));

        await desk.Import("tasks.csv", tasks.Replace("12-18", "12-21", StringComparison.Ordinal));

        Assert.Equal((new DateOnly(2026, 12, 21), new DateOnly(2026, 12, 1)), desk.Look(db => db.Tasks.AsEnumerable().Select(t => (t.ScheduledOn, t.PreviewSentOn!.Value)).Single()));
    }

    // S38: figures count ratings without looking up their tasks
    [Theory, ClassData(typeof(EveryDatabase))]
    public async Task A_rating_goes_along_with_a_task_that_the_next_export_gives_to_another_unit(DatabaseKind kind)
    {
        await using var desk = await ImportDesk.Open(kind);
        await desk.TakeUnitsAndEnterprises();
        await desk.Import("units.csv", "单位编号,单位名称,层级,执法领域,电话\nU2,乙镇人民政府,镇,综合行政执法,0000-2");
        const string tasks = "任务编号,检查类型,单位编号,企业编号,检查日期,登记日期\nT1,日常,U1,E1,2026-11-18,2026-11-02";
        await desk.Import("tasks.csv", tasks);
        desk.Look(db => db.Feedback.Add(Feedback.Rate("T1", "U1", 5, "", null, new DateOnly(2026, 11, 20))).Context.SaveChanges());

        await desk.Import("tasks.csv", tasks.Replace("U1", "U2", StringComparison.Ordinal));

        Assert.Equal(("U2", "U2"), desk.Look(db => (db.Tasks.Single().UnitId, db.Feedback.Single().UnitId)));
    }

    [Theory]
    [InlineData("=1+2")]
    [InlineData("+86 000")]
    [InlineData("-甲")]
    [InlineData("@甲")]
    public async Task What_a_spreadsheet_would_take_for_a_formula_stays_text(string name)
    {
        await using var desk = await ImportDesk.Open();

        await desk.Import("units.csv", $"单位编号,单位名称,层级,执法领域,电话\nU1,{name},镇,综合,0000-1");

        Assert.Equal(name, desk.Look(db => db.Units.Single().Name));
    }

    [Fact]
    public async Task A_dry_run_counts_and_writes_nothing()
    {
        await using var desk = await ImportDesk.Open();

        var imported = await desk.Import("enterprises.csv", $"企业编号,企业名称,统一社会信用代码\nE1,甲,{Code}", dryRun: true);

        Assert.Equal((1, 0), (imported.Added, imported.Bad.Count));
        Assert.Empty(desk.Look(db => db.Enterprises.ToList()));
    }

    [Fact]
    public async Task The_command_says_done_and_the_import_stands_in_the_audit_chain()
    {
        await using var desk = await ImportDesk.Open();
        var file = desk.Write("企业.csv", $"企业编号,企业名称,统一社会信用代码\nE1,甲,{Code}");

        Assert.Equal(0, await desk.Run(file));

        Assert.Single(desk.Look(db => db.Enterprises.ToList()));
        Assert.Equal("Import enterprises", desk.Look(db => db.Database.SqlQueryRaw<string>("SELECT action || ' ' || subject AS \"Value\" FROM audit").AsEnumerable().Single()));
    }

    [Fact]
    public async Task A_holiday_notice_becomes_a_file_of_its_year()
    {
        await using var desk = await ImportDesk.Open();
        Directory.CreateDirectory(desk.PathOf("holidays"));
        var source = Path.Combine(Manifests.Folder, "holidays", "2026.json");

        Assert.Equal(0, await desk.Run(source, "--kind", "holidays", "--dry-run"));
        Assert.False(File.Exists(desk.PathOf("holidays", "2026.json")));
        Assert.Equal(0, await desk.Run(source, "--kind", "holidays"));

        Assert.Contains(Bot.Domain.Calendar.HolidayNotices.Load(desk.PathOf("holidays")), notice => notice.Year == 2026);
    }

    // D05, D06, D07: a list says content and method, what is new waits for review, and a change is kept by day and told with old and new.
    [Fact]
    public async Task Entries_of_a_list_are_whole_wait_for_review_and_keep_what_they_read_before()
    {
        await using var desk = await ImportDesk.Open();
        await desk.TakeUnitsAndEnterprises();
        await desk.Import("people.csv", "人员编号,姓名,身份,单位编号\nLI1,谢联络,单位联络员,U1");

        Assert.Equal(["第2行，检查内容（content）：不能为空", "第2行，检查方式（method）：不能为空"], await desk.Refused("items.csv", "事项编号,单位编号,事项名称,检查依据\nIT1,U1,镇域安全生产检查,《安全生产法》"));
        await desk.Import("items.csv", "事项编号,单位编号,事项名称,检查依据,检查内容,检查方式\nIT1,U1,镇域安全生产检查,《安全生产法》,消防和通道,现场检查");
        Assert.False(desk.Look(db => db.Items.Single()).Selectable(new DateOnly(2026, 11, 22)));
        await desk.Import("items.csv", "事项编号,单位编号,事项名称,检查依据,检查内容,检查方式,已公布\nIT1,U1,镇域安全生产检查,《安全生产法》,消防、通道和用电,现场检查,是");

        Assert.True(desk.Look(db => db.Items.Single()).Selectable(new DateOnly(2026, 11, 22)));
        Assert.Equal("消防、通道和用电", desk.Look(db => db.ItemVersions.Single()).Content);
        Assert.Contains("内容由“消防和通道”改为“消防、通道和用电”", desk.Look(db => db.Notices.Single(notice => notice.Kind == "N19d" && notice.PersonId == "LI1")).Text, StringComparison.Ordinal);
    }

    // S23, D09, D10, D12, W03, W16: the columns that the directories are kept current by.
    [Fact]
    public async Task Entrustments_leading_fields_moves_and_conflicts_come_in_and_mark_the_directories()
    {
        await using var desk = await ImportDesk.Open();
        await desk.Import("units.csv", "单位编号,单位名称,层级,执法领域,电话,综合监管牵头领域,委托机关,委托期限至\nU1,青榆镇人民政府,镇,综合行政执法,0000-1,燃气；食品,区应急管理局,2026-12-31");
        await desk.Import("enterprises.csv", $"企业编号,企业名称,统一社会信用代码,迁入日期,异常或失信名单,本年度被投诉件数\nE1,北屿纸制品有限公司,{Code},2026-09-10,是,3");
        await desk.Import("people.csv", "人员编号,姓名,身份,单位编号\nI1,陈一,执法人员,U1");
        await desk.Import("conflicts.csv", "人员编号,企业编号,回避原因,登记日期\nI1,E1,配偶在该企业任职,2026-11-01");

        var unit = desk.Look(db => db.Units.Single());
        Assert.Equal(["燃气", "食品"], unit.LeadsFields);
        Assert.Equal(("区应急管理局", new DateOnly(2026, 12, 31)), (unit.EntrustedBy, unit.EntrustedUntil));
        Assert.Equal((new DateOnly(2026, 9, 10), true, 3), desk.Look(db => db.Enterprises.Select(e => new { e.MovedOn, e.Abnormal, e.ComplaintsThisYear }).AsEnumerable().Select(e => (e.MovedOn!.Value, e.Abnormal, e.ComplaintsThisYear)).Single()));
        Assert.Equal("配偶在该企业任职", desk.Look(db => db.Conflicts.Single()).Reason);
        Assert.Equal([("", new DateOnly(2026, 11, 22)), ("U1", new DateOnly(2026, 11, 22))], desk.Look(db => db.DirectoryUpdates.OrderBy(u => u.UnitId).AsEnumerable().Select(u => (u.UnitId, u.LastOn)).ToList()));
        Assert.Contains(await desk.Refused("units.csv", "单位编号,单位名称,层级,执法领域,电话,委托机关\nU2,乙,镇,综合,0000-2,区局"), line => line.Contains("委托期限都要写", StringComparison.Ordinal));
    }
}
