using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Deadlines;
using Bot.Domain.Notices;
using Bot.Domain.Numbering;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Bot.Domain.HumanHelp;

/// <summary>A message left for a person at the justice bureau (C12).</summary>
public sealed class HelpRequest
{
    public static readonly Rule SomethingAsked = new("请用几句话说一下要点。", "C12");
    public static readonly Rule AnsweredOnce = new("这条留言已经回复过了。", "C12");
    public static readonly Rule AnswerNeeded = new("请写明回复内容，例如：回复 R26-231 已请联系人给您回电。", "C12");

    private HelpRequest()
    {
    }

    public HelpRequest(string id, string number, string personId, string text, DateTime askedAt)
    {
        SomethingAsked.Require(!string.IsNullOrWhiteSpace(text));
        (Id, Number, PersonId, Text, AskedAt) = (id, number, personId, text, askedAt);
    }

    /// <summary>R26-231</summary>
    public string Id { get; private set; } = "";

    /// <summary>R-0231, as it is said to the person.</summary>
    public string Number { get; private set; } = "";
    public string PersonId { get; private set; } = "";
    public string Text { get; private set; } = "";
    public string? Phone { get; set; }
    public DateTime AskedAt { get; private set; }
    public string? Answer { get; private set; }
    public DateTime? AnsweredAt { get; private set; }

    public void AnswerWith(string answer, DateTime at)
    {
        AnsweredOnce.Require(Answer is null);
        AnswerNeeded.Require(!string.IsNullOrWhiteSpace(answer));
        (Answer, AnsweredAt) = (answer, at);
    }
}

/// <summary>Leaves a message for a person; whoever does so can be answered and is therefore known from then on.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record LeaveMessage(Actor By, string Text) : ICommand<HelpReceipt>;

/// <summary>Adds a phone number to one's own message, or nothing: the number is optional.</summary>
[Allowed(ActorRole.EnterpriseUser, ActorRole.Public, ActorRole.LegalObserver, ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison)]
public sealed record LeavePhone(Actor By, string HelpId, [property: AtMost(50)] string Phone) : ICommand<HelpReceipt>;

[Allowed(ActorRole.Supervisor)]
public sealed record AnswerHelp(Actor By, string HelpId, string Answer) : ICommand<HelpReceipt>;

/// <param name="HelpId">R26-231</param>
/// <param name="Number">R-0231</param>
/// <param name="DueOn">The working day by whose end somebody answers.</param>
public sealed record HelpReceipt(string HelpId, string Number, DateOnly DueOn) : IReceipt
{
    string IReceipt.Subject => HelpId;
}

internal sealed class HelpHandler(ISupervisionDb db, RulePack rules, DeadlineBook deadlines, NoticeBoard notices, ChinaClock clock) :
    IRequestHandler<LeaveMessage, HelpReceipt>,
    IRequestHandler<LeavePhone, HelpReceipt>,
    IRequestHandler<AnswerHelp, HelpReceipt>
{
    private const string DeadlineKind = "help.reply";
    private const int NumberWidth = 4;

    private static readonly Rule Found = new("没有查到这条留言，请核对编号。", "D15") { Boundary = true };

    public async Task<HelpReceipt> Handle(LeaveMessage command, CancellationToken cancellationToken)
    {
        var person = await db.Introduce(command.By, name: null, phone: null, cancellationToken);
        if (await db.HelpRequests.FirstOrDefaultAsync(h => h.PersonId == person.Id && h.Text == command.Text && h.AnsweredAt == null, cancellationToken) is { } earlier)
            return await Receipt(earlier, cancellationToken);

        var number = await Numbers.Take(db, rules.Series("help"), "R", clock.Today.Year, 1, cancellationToken);
        var help = new HelpRequest(number.Id, $"R-{number.Sequence.ToString($"D{NumberWidth}", System.Globalization.CultureInfo.InvariantCulture)}", person.Id, command.Text, clock.UtcNow);
        db.HelpRequests.Add(help);
        var handlers = await db.Supervisors(cancellationToken);
        var due = deadlines.Open(DeadlineKind, rules.HelpReply, help.Id, $"留言 {help.Number} 回复", null, handlers);
        foreach (var handler in handlers)
        {
            await notices.Owe(
                handler,
                "N38",
                $"N38:{help.Id}:{handler}",
                help.Id,
                new Dictionary<string, string> { ["no"] = help.Number, ["text"] = help.Text, ["due"] = ChineseDates.Short(due.On), ["id"] = help.Id },
                cancellationToken);
        }

        return new HelpReceipt(help.Id, help.Number, due.On);
    }

    public async Task<HelpReceipt> Handle(LeavePhone command, CancellationToken cancellationToken)
    {
        var person = await db.Introduce(command.By, name: null, phone: null, cancellationToken);
        var help = await db.HelpRequests.FirstOrDefaultAsync(h => h.Id == command.HelpId && h.PersonId == person.Id, cancellationToken);
        Found.Require(help is not null);
        help!.Phone = command.Phone;
        return await Receipt(help, cancellationToken);
    }

    public async Task<HelpReceipt> Handle(AnswerHelp command, CancellationToken cancellationToken)
    {
        var help = await db.HelpRequests.FirstOrDefaultAsync(h => h.Id == command.HelpId, cancellationToken);
        Found.Require(help is not null);
        help!.AnswerWith(command.Answer, clock.UtcNow);
        await deadlines.Meet(DeadlineKind, help.Id, cancellationToken);
        await notices.Owe(
            help.PersonId,
            "N39",
            $"N39:{help.Id}",
            help.Id,
            new Dictionary<string, string> { ["no"] = help.Number, ["justice"] = rules.SupervisionOffice.Name, ["answer"] = command.Answer },
            cancellationToken);
        return await Receipt(help, cancellationToken);
    }

    private async Task<HelpReceipt> Receipt(HelpRequest help, CancellationToken cancellationToken) =>
        new(help.Id, help.Number, (await deadlines.Find(DeadlineKind, help.Id, cancellationToken))!.DueOn);
}
