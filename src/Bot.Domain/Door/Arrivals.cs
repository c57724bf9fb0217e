using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Results;
using Bot.Domain.Rules;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Door;

/// <summary>What it takes to begin an inspection at the door, and what follows from it (J06, J30, J31).</summary>
internal sealed class Arrivals(ISupervisionDb db, RulePack rules, NoticeBoard notices, TaskDeadlines deadlines, ChinaClock clock)
{
    private static readonly Rule OnTheTeam = new("没有找到这个检查任务，或者您不在它的检查人员里。说“扫码登记”可以看到您今天的任务。", "D15") { Boundary = true };
    private static readonly Rule ApprovedFirst = new("这个任务还没有经单位负责人批准，不能到场检查，请先报审。情况紧急的，说“紧急检查”当场登记，事后补办审批。", "J06");
    private static readonly Rule NotOver = new("这次检查已经登记过到场，不用再登记。检查完了，说“回填结果”。", "J30");
    private static readonly Rule OnItsDay = new("今天不是任务登记的检查日，不能登记到场。要换日子，请先改期并重新报审。", "J30");
    private static readonly Rule NotBeforeItsDay = new("还没有到任务登记的检查日，不能登记到场。", "J31");
    private static readonly Rule PreviewFirst = new("这次检查还没有发送检查预告，请先发预告再到场。专项检查需要突然性的，请报单位负责人同意免预告。", "J16");
    private static readonly Rule QualifiedTeam = new("检查人员不符合要求，不能到场检查，请先换人并重新报审。", "S24");

    /// <summary>The task of somebody who goes there himself.</summary>
    public async Task<InspectionTask> OfTeam(Actor by, string taskId, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == taskId, cancellationToken);
        OnTheTeam.Require(task is not null && task.InspectorIds.Contains(by.PersonId ?? ""));
        return task!;
    }

    /// <summary>Whether the visit may begin today, except for who comes.</summary>
    public async Task RequireReady(InspectionTask task, bool afterwardsToo, CancellationToken cancellationToken)
    {
        var today = clock.Today;
        NotOver.Require(task.Stage is not (InspectionStage.UnderWay or InspectionStage.Finished or InspectionStage.Reported or InspectionStage.Published));
        ApprovedFirst.Require(IsReady(task), $"任务{task.Id}现在是“{task.Stage.Name()}”，不能到场检查。{WhatIsMissing(task)}");
        var day = ChineseDates.WithWeekday(task.ScheduledOn);
        if (afterwardsToo)
            NotBeforeItsDay.Require(task.ScheduledOn <= today, $"任务{task.Id}登记的检查日是{day}，还没有到，不能登记到场。");
        else
            OnItsDay.Require(task.ScheduledOn == today, $"任务{task.Id}登记的检查日是{day}，今天是{ChineseDates.Short(today)}，不能登记到场。要换日子，请先改期并重新报审。");

        // Whoever has no contact here cannot be told here; complaints and the like are not announced (J11, J16).
        var announced = task.PreviewWaived || task.PreviewSentOn is not null || task.Urgent || task.Type == InspectionType.AdHoc;
        PreviewFirst.Require(announced || (await db.ContactsOf(task.EnterpriseId, cancellationToken)).Count == 0, $"任务{task.Id}还没有发送检查预告，请先发预告再到场。专项检查需要突然性的，请报单位负责人同意免预告。");
    }

    public static bool IsReady(InspectionTask task) =>
        task.Stage is InspectionStage.Approved or InspectionStage.Previewed || (task.Urgent && task.Stage == InspectionStage.Registered);

    /// <summary>Begins the visit, tells the enterprise at once who has come (N14, at any hour), and lets the time for the result run. Gives how many were told.</summary>
    public async Task<int> ScanIn(InspectionTask task, CancellationToken cancellationToken)
    {
        await RequireReady(task, afterwardsToo: false, cancellationToken);
        await RequireTeam(task, cancellationToken);
        var now = clock.UtcNow;
        task.ScanIn(now);
        await deadlines.OpenResult(task, clock.Today, cancellationToken);
        return await TellEnterprise(task, now, cancellationToken);
    }

    /// <summary>A certificate may have ended since the leader approved (S22, S24).</summary>
    public async Task RequireTeam(InspectionTask task, CancellationToken cancellationToken)
    {
        var team = await TeamOf(task, cancellationToken);
        var ruling = TeamRuling.Of(team, clock.Today, rules);
        var faulty = string.Join('、', ruling.Faults.Select(found => $"{found.Person.Name}（{Certificates.Say(found.Fault)}）"));
        QualifiedTeam.Require(ruling.Allows, faulty.Length > 0
            ? $"{faulty}，不能检查。请先换人并重新报审。"
            : $"检查人员不足{ruling.Needed}名，不能检查。请先补充人员并重新报审。");
    }

    public Task<List<Person>> TeamOf(InspectionTask task, CancellationToken cancellationToken) =>
        db.People.Where(p => task.InspectorIds.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(cancellationToken);

    private async Task<int> TellEnterprise(InspectionTask task, DateTime at, CancellationToken cancellationToken)
    {
        var unitIds = task.JointUnitIds.Append(task.UnitId).ToList();
        var units = await db.Units.Where(u => unitIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
        var items = await db.Items.Where(i => task.ItemIds.Contains(i.Id)).OrderBy(i => i.Id).Select(i => i.Name).ToListAsync(cancellationToken);
        var team = await TeamOf(task, cancellationToken);
        var fields = new Dictionary<string, string>
        {
            ["time"] = ChineseDates.Time(TimeOnly.FromDateTime(ChinaClock.ToChina(at))),
            ["unit"] = string.Join('、', task.JointUnitIds.Prepend(task.UnitId).Select(id => units[id])),
            ["inspectors"] = string.Join('、', team.Select(person => $"{person.Name} {person.CertificateNumber}")),
            ["items"] = string.Join('、', items),
        };
        var contacts = await db.ContactsOf(task.EnterpriseId, cancellationToken);
        foreach (var contact in contacts)
            await notices.Owe(contact, "N14", $"N14:{task.Id}:{contact}", task.Id, fields, cancellationToken, urgent: true, actions: ["核验", "投诉"]);
        return contacts.Count;
    }

    private static string WhatIsMissing(InspectionTask task) => task.Stage switch
    {
        InspectionStage.Registered => "请先报审，经单位负责人批准。情况紧急的，说“紧急检查”当场登记，事后补办审批。",
        InspectionStage.Submitted => "请等单位负责人批准。情况紧急的，说“紧急检查”当场登记，事后补办审批。",
        InspectionStage.Merged => $"它已并入任务{task.MergedIntoTaskId}，请在那个任务里登记。",
        _ => "要检查请重新登记任务。",
    };
}
