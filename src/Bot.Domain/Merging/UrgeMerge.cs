using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Merging;

/// <summary>Reminds the units whose answer is missing, each at most once a day (C21).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Supervisor)]
public sealed record UrgeMerge(Actor By, string PromptId) : ICommand<MergeUrged>;

/// <param name="PromptId">The prompt.</param>
/// <param name="Reminded">Who was reminded now, in short.</param>
/// <param name="Already">Who had been reminded today.</param>
public sealed record MergeUrged(string PromptId, string Reminded, string Already) : IReceipt
{
    public string Subject => PromptId;
}

internal sealed class UrgeMergeHandler(MergeRegister register, RulePack rules, ChinaClock clock) : IRequestHandler<UrgeMerge, MergeUrged>
{
    private static readonly Rule SomebodyAwaited = new("没有在等其他单位的回复，不用催。", "J25");

    public async Task<MergeUrged> Handle(UrgeMerge command, CancellationToken cancellationToken)
    {
        var by = command.By;
        var prompt = await register.Of(by, command.PromptId, cancellationToken);
        var awaited = prompt.IsOpen ? prompt.Parties.FindAll(party => party.Answer != MergeAnswer.Agreed && party.UnitId != by.UnitId) : [];
        SomebodyAwaited.Require(awaited.Count > 0);
        var now = prompt.Urge(awaited.ConvertAll(party => party.UnitId), clock.Today);
        var fields = new Dictionary<string, string>
        {
            ["no"] = prompt.Id,
            ["enterprise"] = await register.EnterpriseName(prompt, cancellationToken),
            ["unit"] = by.UnitId is { } unit ? await register.UnitNames([unit], cancellationToken) : rules.SupervisionOffice.Name,
            ["date"] = ChineseDates.WithWeekday(prompt.On!.Value) + prompt.HalfDay,
            ["due"] = await register.DueText(prompt, cancellationToken),
        };
        await register.Tell(prompt, "N5e", FormattableString.Invariant($"{clock.Today:yyyy-MM-dd}"), fields, cancellationToken, now, $"同意并办 {prompt.Id}", $"打开 {prompt.Id}");
        var already = awaited.Select(party => party.UnitId).Except(now, StringComparer.Ordinal);
        return new MergeUrged(prompt.Id, await register.UnitNames(now, cancellationToken), await register.UnitNames(already, cancellationToken));
    }
}
