using System.Globalization;
using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Todo;

/// <summary>Says why something is late. The reason stands beside the deadline; the delay still counts, and one more reminder comes on the next morning (C18).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record ExplainDelay(Actor By, string DeadlineId, string Reason) : ICommand<DelayExplained>;

public sealed record DelayExplained(string DeadlineId, int OverdueBy, DateOnly RemindOn, TimeOnly RemindAt) : IReceipt
{
    public string Subject => DeadlineId;
}

internal sealed class ExplainDelayHandler(ISupervisionDb db, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock) : IRequestHandler<ExplainDelay, DelayExplained>
{
    private static readonly Rule OwnMatter = new("没有找到这件事，或者它不由您办理。说“待办”可以看到您的事项。", "D15") { Boundary = true };
    private static readonly Rule StillOpen = new("这件事已经办完了，不用再说明。", "J37");
    private static readonly Rule OnlyWhenLate = new("这件事还没有超期，不用说明原因；办完即可。", "J37");
    private static readonly Rule WithReason = new("请用一句话说明原因。", "J37");

    public async Task<DelayExplained> Handle(ExplainDelay command, CancellationToken cancellationToken)
    {
        WithReason.Require(!string.IsNullOrWhiteSpace(command.Reason));
        var by = command.By;
        var deadline = await db.Deadlines.FirstOrDefaultAsync(d => d.Id == command.DeadlineId, cancellationToken);
        OwnMatter.Require(deadline is not null && (deadline.HandlerIds.Contains(by.PersonId!) || (by.Role != ActorRole.Inspector && by.UnitId is not null && deadline.UnitId == by.UnitId)));
        StillOpen.Require(deadline!.IsOpen);
        OnlyWhenLate.Require(clock.Today > deadline.DueOn);
        deadline.ExplainDelay(command.Reason.Trim(), clock.UtcNow);

        var remindOn = calendars.Current.NextWorkingDay(clock.Today);
        var remindAt = await db.People.Where(p => p.Id == by.PersonId).Select(p => p.RemindAt).FirstOrDefaultAsync(cancellationToken) ?? rules.MorningDigest.At;
        await Remind(deadline, by.PersonId!, remindOn, remindAt, cancellationToken);
        return new DelayExplained(deadline.Id, calendars.Current.WorkingDaysBetween(deadline.DueOn, clock.Today), remindOn, remindAt);
    }

    private async Task Remind(Deadline deadline, string personId, DateOnly on, TimeOnly at, CancellationToken cancellationToken)
    {
        var key = FormattableString.Invariant($"explained:{deadline.Id}:{on:yyyy-MM-dd}:{personId}");
        var fields = new Dictionary<string, string>
        {
            ["object"] = deadline.Title,
            ["due"] = ChineseDates.WithWeekday(deadline.DueOn),
            ["over"] = calendars.Current.WorkingDaysBetween(deadline.DueOn, on).ToString(CultureInfo.InvariantCulture),
            ["reason"] = deadline.DelayReason!,
        };
        await notices.Owe(personId, "N8b", key, deadline.SubjectId, fields, cancellationToken, actions: ["待办"]);
        db.Notices.Local.FirstOrDefault(notice => notice.Key == key)?.Hold(ChinaClock.ToUtc(on, at));
    }
}
