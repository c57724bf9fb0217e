using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Merging;

/// <summary>A unit puts forward another day and stands to it; the others are asked again (J25, J26).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record ProposeMergeDate(Actor By, string PromptId, DateOnly On, string HalfDay = "", string? LeadSection = null) : ICommand<MergeReceipt>;

internal sealed class ProposeMergeDateHandler(MergeRegister register, MergeAnswers answers, ChinaClock clock) : IRequestHandler<ProposeMergeDate, MergeReceipt>
{
    private static readonly Rule AnotherDay = new("建议的就是这一天，请直接回复“同意”。", "J25");

    public async Task<MergeReceipt> Handle(ProposeMergeDate command, CancellationToken cancellationToken)
    {
        var (by, unit) = (command.By, command.By.UnitId!);
        var prompt = await register.Of(by, command.PromptId, cancellationToken);
        AnotherDay.Require(!prompt.IsOpen || prompt.On != command.On || prompt.HalfDay != command.HalfDay);
        await answers.RequireDay(prompt, command.On, cancellationToken);
        await answers.RequireSection(prompt, unit, command.LeadSection, cancellationToken);
        prompt.Propose(unit, by.PersonId!, command.On, command.HalfDay, command.LeadSection, clock.UtcNow);
        await Ask(prompt, unit, cancellationToken);
        return await answers.Take(prompt, unit, cancellationToken);
    }

    private async Task Ask(MergePrompt prompt, string unit, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["no"] = prompt.Id,
            ["enterprise"] = await register.EnterpriseName(prompt, cancellationToken),
            ["unit"] = await register.UnitNames([unit], cancellationToken),
            ["date"] = ChineseDates.WithWeekday(prompt.On!.Value) + prompt.HalfDay,
            ["due"] = await register.DueText(prompt, cancellationToken),
        };
        var others = prompt.Parties.Select(party => party.UnitId).Where(id => id != unit).ToList();
        await register.Tell(prompt, "N5c", FormattableString.Invariant($"{prompt.Changes}"), fields, cancellationToken, others, $"同意并办 {prompt.Id}", $"打开 {prompt.Id}");
    }
}
