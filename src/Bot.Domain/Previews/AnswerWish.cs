using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Duties;
using Bot.Domain.Inspections;
using Bot.Domain.Notices;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Previews;

/// <summary>The unit agrees to another time (C9, W05): the task moves, approval stays, the preview goes out again as changed (J16).</summary>
/// <param name="By">Of the unit that comes.</param>
/// <param name="TaskId">The inspection.</param>
/// <param name="On">The day; left out, the one the enterprise named.</param>
/// <param name="HalfDay">上午 or 下午, or empty.</param>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record AgreeToOtherTime(Actor By, string TaskId, DateOnly? On = null, string HalfDay = "") : ICommand<WishReceipt>;

/// <summary>The unit keeps to its day and says why.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record RefuseOtherTime(Actor By, string TaskId, string Because) : ICommand<WishReceipt>;

/// <summary>The unit offers two or three times to choose from (W05).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record OfferTimes(Actor By, string TaskId, IReadOnlyList<VisitTime> Times) : ICommand<WishReceipt>;

/// <summary>The enterprise takes one of the times offered, counted from 1; the task moves (W05).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record PickTime(Actor By, string TaskId, int Choice) : ICommand<WishReceipt>;

/// <summary>None of the times offered fits; the unit hears the reason (W05).</summary>
[Allowed(ActorRole.EnterpriseUser)]
public sealed record NoTimeFits(Actor By, string TaskId, string Because) : ICommand<WishReceipt>;

/// <summary>Wishes for another time that one's own unit has to answer.</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record WishesToAnswer(Actor By) : IQuery<IReadOnlyList<WishCard>>;

/// <param name="TaskId">The inspection.</param>
/// <param name="Enterprise">Who asks.</param>
/// <param name="Planned">When it is planned.</param>
/// <param name="Wish">What was said.</param>
/// <param name="Wished">The time that was named, if one was.</param>
public sealed record WishCard(string TaskId, string Enterprise, VisitTime Planned, string Wish, VisitTime? Wished);

/// <param name="TaskId">The inspection.</param>
/// <param name="State">How far the wish has come.</param>
/// <param name="Time">When the inspection takes place now.</param>
/// <param name="PreviewTold">How many contacts got the changed preview.</param>
public sealed record WishReceipt(string TaskId, WishState State, VisitTime Time, int PreviewTold) : IReceipt
{
    public string Subject => TaskId;
}

internal sealed class AnswerWishHandler(ISupervisionDb db, TaskRegister register, PreviewDesk previews, NoticeBoard notices, RulePack rules, ChinaClock clock) :
    IRequestHandler<AgreeToOtherTime, WishReceipt>,
    IRequestHandler<RefuseOtherTime, WishReceipt>,
    IRequestHandler<OfferTimes, WishReceipt>,
    IRequestHandler<PickTime, WishReceipt>,
    IRequestHandler<NoTimeFits, WishReceipt>,
    IRequestHandler<WishesToAnswer, IReadOnlyList<WishCard>>
{
    private const int FewestOffered = 2;
    private const int MostOffered = 3;
    private static readonly Rule WithWish = new("这次检查没有等您答复的改期意愿。", "W05");
    private static readonly Rule NamesDay = new("企业没有说定哪一天，请写明改到哪一天，或提出两三个时间让企业选。", "W05");
    private static readonly Rule NotInPast = new("改到的日期不能早于今天。", "J36");
    private static readonly Rule TwoOrThree = new("请提出两到三个不同的时间。", "W05");
    private static readonly Rule InPlanYear = new("任务依据的是当年的计划，不能改到别的年份。", "J10");
    private static readonly Rule DayAllowed = new("这一天不能安排检查。", "J13");
    private static readonly Rule OwnPreview = new("没有找到这次检查的预告，说“检查预告”可以看到近期的检查。", "J16") { Boundary = true };
    private static readonly Rule OneOfThem = new("请从检查单位提出的时间里选一个。", "W05");
    private static readonly Rule StillAhead = new("检查已经开始、结束或取消，不能再改期。", "W05");

    public async Task<WishReceipt> Handle(AgreeToOtherTime command, CancellationToken cancellationToken)
    {
        var (task, preview) = await OfUnit(command.By, command.TaskId, cancellationToken);
        var day = command.On ?? preview.OtherDayWished;
        NamesDay.Require(day is not null);
        var time = new VisitTime(day!.Value, command.HalfDay.Length > 0 || command.On is not null ? command.HalfDay : preview.OtherHalfDayWished);
        return await Move(task, preview, time, "检查单位已同意改期", tellUnit: false, cancellationToken);
    }

    public async Task<WishReceipt> Handle(RefuseOtherTime command, CancellationToken cancellationToken)
    {
        var (task, preview) = await OfUnit(command.By, command.TaskId, cancellationToken);
        var because = TaskRegister.Text(command.Because, needed: true);
        preview.RefuseWish(because);
        await TellEnterprise(task, preview, "检查单位不能改期", $"原时间{Planned(task).Words}不变。理由：{because.TrimEnd('。')}。当天确实无人在场的，请留一位能配合的人员和电话。", [$"查看详情 {task.Id}"], cancellationToken);
        return new WishReceipt(task.Id, preview.WishState, Planned(task), 0);
    }

    public async Task<WishReceipt> Handle(OfferTimes command, CancellationToken cancellationToken)
    {
        var (task, preview) = await OfUnit(command.By, command.TaskId, cancellationToken);
        TwoOrThree.Require(command.Times.Distinct().Count() == command.Times.Count && command.Times.Count is >= FewestOffered and <= MostOffered);
        foreach (var time in command.Times)
            await Allow(task, time, cancellationToken);
        preview.OfferTimes(command.Times);
        var list = string.Join(' ', command.Times.Select((time, i) => $"{i + 1}. {time.Words}"));
        await TellEnterprise(task, preview, "检查单位提出了可选的时间", $"{list}。请回复“选时间 {task.Id}”选一个；都不行也请说明原因。选定以前原时间有效。", [$"选时间 {task.Id}"], cancellationToken);
        return new WishReceipt(task.Id, preview.WishState, Planned(task), 0);
    }

    public async Task<WishReceipt> Handle(PickTime command, CancellationToken cancellationToken)
    {
        var (task, preview) = await OfEnterprise(command.By, command.TaskId, cancellationToken);
        OneOfThem.Require(preview.WishState == WishState.Offered && command.Choice >= 1 && command.Choice <= preview.TimesOffered.Count);
        return await Move(task, preview, VisitTime.Parse(preview.TimesOffered[command.Choice - 1]), "已按您选的时间改期", tellUnit: true, cancellationToken);
    }

    public async Task<WishReceipt> Handle(NoTimeFits command, CancellationToken cancellationToken)
    {
        var (task, preview) = await OfEnterprise(command.By, command.TaskId, cancellationToken);
        preview.NoneFits(TaskRegister.Text(command.Because, needed: true));
        await TellUnit(task, $"提出的时间都不合适：{preview.OtherTimeWished}", cancellationToken);
        return new WishReceipt(task.Id, preview.WishState, Planned(task), 0);
    }

    public async Task<IReadOnlyList<WishCard>> Handle(WishesToAnswer query, CancellationToken cancellationToken)
    {
        var tasks = await db.Tasks.Where(t => t.UnitId == query.By.UnitId && t.PreviewSentOn != null && t.ScheduledOn >= clock.Today && t.CompletedOn == null).OrderBy(t => t.ScheduledOn).ThenBy(t => t.Id).ToListAsync(cancellationToken);
        var cards = new List<WishCard>();
        foreach (var task in tasks.Where(task => task.Stage.IsAhead() && !task.IsSurprise))
        {
            if (await previews.Latest(task, cancellationToken) is not { WishState: WishState.Asked } preview)
                continue;
            var enterprise = await db.Enterprises.Where(e => e.Id == task.EnterpriseId).Select(e => e.Name).FirstAsync(cancellationToken);
            cards.Add(new WishCard(task.Id, enterprise, Planned(task), preview.OtherTimeWished!, preview.OtherDayWished is { } day ? new VisitTime(day, preview.OtherHalfDayWished) : null));
        }

        return cards;
    }

    private static VisitTime Planned(InspectionTask task) => new(task.ScheduledOn, task.HalfDay);

    private async Task<(InspectionTask Task, Preview Preview)> OfUnit(Actor by, string taskId, CancellationToken cancellationToken)
    {
        var task = await register.OfUnit(by, taskId, cancellationToken);
        StillAhead.Require(task.Stage.IsAhead());
        var preview = await previews.Latest(task, cancellationToken);
        WithWish.Require(preview?.WishState == WishState.Asked);
        return (task, preview!);
    }

    private async Task<(InspectionTask Task, Preview Preview)> OfEnterprise(Actor by, string taskId, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.FirstOrDefaultAsync(t => t.Id == taskId && t.EnterpriseId == by.EnterpriseId, cancellationToken);
        var preview = task is null ? null : await previews.Latest(task, cancellationToken);
        OwnPreview.Require(task is { IsSurprise: false, PreviewSentOn: not null } && preview is not null);
        StillAhead.Require(task!.Stage.IsAhead());
        return (task, preview!);
    }

    /// <summary>Another day has to keep to everything that the first one did: quiet days, certificates on that day (J13, S24).</summary>
    private async Task Allow(InspectionTask task, VisitTime time, CancellationToken cancellationToken)
    {
        NotInPast.Require(time.On >= clock.Today);
        InPlanYear.Require(task.PlanId is null || time.On.Year == task.ScheduledOn.Year);
        var plan = task.PlanId is null ? null : await db.Plans.FirstOrDefaultAsync(p => p.Id == task.PlanId, cancellationToken);
        var quiet = QuietDayRulings.Of(task.Type, task.Ground, time.On, plan?.JusticeFiledOn, rules);
        DayAllowed.Require(quiet.Allows(), $"{ChineseDates.Short(time.On)}在企业安静日（{rules.QuietDays}）内，不能安排，请换一天。", new QuietDayTry(task.UnitId, task.EnterpriseId, task.Id, time.On));
        var team = TeamRuling.Of(await register.Team(task.InspectorIds, cancellationToken), time.On, rules);
        DayAllowed.Require(team.Allows, $"{ChineseDates.Short(time.On)}检查人员的执法证不符合要求，请换一天或先换人。");
    }

    private async Task<WishReceipt> Move(InspectionTask task, Preview preview, VisitTime time, string decision, bool tellUnit, CancellationToken cancellationToken)
    {
        await Allow(task, time, cancellationToken);
        preview.AgreeToWish();
        task.MoveAsAgreed(time.On, time.HalfDay);
        await TellEnterprise(task, preview, decision, $"改为{time.Words}。新的检查预告随后发给您。", [$"查看详情 {task.Id}"], cancellationToken);
        if (tellUnit)
            await TellUnit(task, $"已选定{time.Words}，任务已改期", cancellationToken);
        await register.Match(task, cancellationToken);
        var told = (await previews.SendAfterApproval(task, cancellationToken)).Told;
        return new WishReceipt(task.Id, preview.WishState, time, told);
    }

    private async Task TellEnterprise(InspectionTask task, Preview preview, string decision, string words, IReadOnlyList<string> actions, CancellationToken cancellationToken)
    {
        var fields = await register.Fields(task, cancellationToken);
        (fields["date"], fields["decision"], fields["words"], fields["contact"]) = (new VisitTime(preview.ScheduledOn, preview.HalfDay).Words, decision, words, preview.Contact);
        foreach (var contact in await db.ContactsOf(task.EnterpriseId, cancellationToken))
            await notices.Owe(contact, "N1d", FormattableString.Invariant($"N1d:{preview.Id}:{decision}:{clock.UtcNow:yyyyMMddHHmmss}:{contact}"), task.Id, fields, cancellationToken, actions: actions);
    }

    private async Task TellUnit(InspectionTask task, string words, CancellationToken cancellationToken)
    {
        var fields = await register.Fields(task, cancellationToken);
        fields["words"] = words;
        foreach (var person in TaskRegister.Handlers(task).Concat(await register.Liaisons(task.UnitId, cancellationToken)).Distinct())
            await notices.Owe(person, "N1e", FormattableString.Invariant($"N1e:{task.Id}:{clock.UtcNow:yyyyMMddHHmmss}:{person}"), task.Id, fields, cancellationToken, actions: [$"答复改期 {task.Id}"]);
    }
}
