using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.People;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Merging;

/// <summary>A unit says why it will not merge (J25). When all do, the prompt is closed with their reasons; when some do, the justice bureau settles it.</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record DeclineMerge(Actor By, string PromptId, string Reason) : ICommand<DeclineReceipt>;

/// <param name="PromptId">The prompt.</param>
/// <param name="Closed">All units declined: the tasks stay apart.</param>
public sealed record DeclineReceipt(string PromptId, bool Closed) : IReceipt
{
    public string Subject => PromptId;
}

internal sealed class DeclineMergeHandler(ISupervisionDb db, MergeRegister register, RulePack rules, ChinaClock clock) : IRequestHandler<DeclineMerge, DeclineReceipt>
{
    private const int LongestReason = 300;
    private static readonly Rule NotTooLong = new("理由太长，请控制在300字以内。", "J25");

    public async Task<DeclineReceipt> Handle(DeclineMerge command, CancellationToken cancellationToken)
    {
        NotTooLong.Require(command.Reason.Length <= LongestReason);
        var (by, unit) = (command.By, command.By.UnitId!);
        var prompt = await register.Of(by, command.PromptId, cancellationToken);
        prompt.Decline(unit, by.PersonId!, command.Reason, clock.UtcNow);
        if (prompt.AllDecline)
        {
            prompt.KeepApart(string.Join('；', prompt.Parties.Select(party => party.Reason).Distinct(StringComparer.Ordinal)), clock.UtcNow);
            await register.Meet(prompt, cancellationToken);
        }

        await Tell(prompt, unit, cancellationToken);
        return new DeclineReceipt(prompt.Id, !prompt.IsOpen);
    }

    private async Task Tell(MergePrompt prompt, string unit, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["no"] = prompt.Id,
            ["enterprise"] = await register.EnterpriseName(prompt, cancellationToken),
            ["unit"] = await register.UnitNames([unit], cancellationToken),
            ["reason"] = prompt.PartyOf(unit)!.Reason!.TrimEnd('。'),
            ["next"] = prompt.IsOpen ? $"各方意见不一致的，由{rules.SupervisionOffice.Name}协调；最迟{await register.DueText(prompt, cancellationToken)}24时，超期计入“应整合未整合”。" : "各单位都已说明，提示办结。",
        };
        var version = FormattableString.Invariant($"{prompt.Changes}");
        await register.Tell(prompt, "N5d", version, fields, cancellationToken, [.. prompt.Parties.Select(party => party.UnitId).Where(id => id != unit)], $"打开 {prompt.Id}");
        if (!prompt.Disputed)
            return;
        foreach (var supervisor in await db.Supervisors(cancellationToken))
            await register.TellPerson(prompt, supervisor, "N5d", version, fields, cancellationToken, $"打开 {prompt.Id}");
    }
}
