using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.Guidance;

/// <summary>Answers a request for guidance, or the follow-up that is open. On time until 24:00 of the due day (J18).</summary>
[Allowed(ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record AnswerGuidance(Actor By, string RequestId, string Answer, string Basis = "", string Steps = "") : ICommand<AnswerReceipt>;

/// <param name="Id">G26-58.</param>
/// <param name="Number">云指〔2026〕58号.</param>
/// <param name="OnTime">Answered on or before the due day.</param>
/// <param name="DueOn">The due day.</param>
/// <param name="OverdueBy">Working days after the due day.</param>
/// <param name="FollowUpsLeft">How often the enterprise may still ask again.</param>
/// <param name="FollowUpLimit">The limit for that, in words.</param>
/// <param name="Anonymous">Nobody is told; the asker looks it up by code.</param>
public sealed record AnswerReceipt(string Id, string Number, bool OnTime, DateOnly DueOn, int OverdueBy, int FollowUpsLeft, string FollowUpLimit, bool Anonymous) : IReceipt
{
    public string Subject => Id;
}

internal sealed class AnswerGuidanceHandler(ISupervisionDb db, GuidanceRegister register, DeadlineBook deadlines, NoticeBoard notices, RulePack rules, CalendarBook calendars, ChinaClock clock)
    : IRequestHandler<AnswerGuidance, AnswerReceipt>
{
    private static readonly Rule WithText = new("请写明答复内容。", "J18");

    public async Task<AnswerReceipt> Handle(AnswerGuidance command, CancellationToken cancellationToken)
    {
        WithText.Require(!string.IsNullOrWhiteSpace(command.Answer));
        var request = await register.OfUnit(command.By, command.RequestId, cancellationToken);
        var question = request.OpenFollowUp?.Question ?? request.Question;
        var askedAt = request.OpenFollowUp?.ReceivedAt ?? request.ReceivedAt;
        request.AnswerWith(command.Answer.Trim(), command.Basis.Trim(), command.Steps.Trim(), command.By.PersonId!, clock.UtcNow);

        var deadline = await register.DeadlineOf(request, cancellationToken);
        await deadlines.Meet(deadline.Kind, deadline.SubjectId, cancellationToken);
        var followUpsLeft = Math.Max(0, rules.GuidanceFollowUps.Value - request.FollowUps.Count);
        if (request.AskedById is { } asker)
            await Tell(request, asker, deadline.SubjectId, question, ChinaClock.ToChinaDate(askedAt), command, followUpsLeft, cancellationToken);
        var late = clock.Today > deadline.DueOn;
        return new AnswerReceipt(
            request.Id,
            request.Number,
            !late,
            deadline.DueOn,
            late ? calendars.Current.WorkingDaysBetween(deadline.DueOn, clock.Today) : 0,
            followUpsLeft,
            rules.GuidanceFollowUpReply.Period.ToString(),
            request.Anonymous);
    }

    private async Task Tell(GuidanceRequest request, string asker, string subject, string question, DateOnly askedOn, AnswerGuidance answer, int followUpsLeft, CancellationToken cancellationToken)
    {
        var unit = await db.Units.Where(u => u.Id == request.UnitId).Select(u => u.Name).FirstAsync(cancellationToken);
        var (basis, steps) = (answer.Basis.Trim(), answer.Steps.Trim());
        var fields = new Dictionary<string, string>
        {
            ["date"] = ChineseDates.Short(askedOn),
            ["question"] = question,
            ["unit"] = unit,
            ["answer"] = WithoutFullStop(answer.Answer),
            ["basis"] = WithoutFullStop(basis),
            ["steps"] = WithoutFullStop(steps),
        };
        var kind = (basis, steps, followUpsLeft) switch
        {
            ({ Length: > 0 }, { Length: > 0 }, > 0) => "N3",
            (_, _, > 0) => "N3b",
            _ => "N3c",
        };
        if (kind != "N3")
            fields["answer"] += (basis.Length > 0 ? $"。依据：{fields["basis"]}" : "") + (steps.Length > 0 ? $"。建议这样做：{fields["steps"]}" : "");
        string[] actions = followUpsLeft > 0
            ? [$"有用 {request.Id}", $"没用 {request.Id}", $"追问 {request.Id}"]
            : [$"有用 {request.Id}", $"没用 {request.Id}"];
        await notices.Owe(asker, kind, $"N3:{subject}:{asker}", subject, fields, cancellationToken, actions: actions);
    }

    /// <summary>The template ends the sentence.</summary>
    private static string WithoutFullStop(string text) => text.Trim().TrimEnd('。', '.', ' ');
}
