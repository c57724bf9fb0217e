using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using MediatR;

namespace Bot.Domain.Merging;

/// <summary>A unit agrees to the day; inside one unit it names the lead section (J25, J27). With the last consent the tasks become one visit (J28).</summary>
[Allowed(ActorRole.UnitLiaison, ActorRole.UnitLeader)]
public sealed record AgreeToMerge(Actor By, string PromptId, string? LeadSection = null) : ICommand<MergeReceipt>;

/// <param name="PromptId">The prompt.</param>
/// <param name="UnitName">Who answered, in short.</param>
/// <param name="Waiting">The units whose consent is still missing, in short.</param>
/// <param name="JointTaskId">The task that goes on, once all agreed.</param>
/// <param name="MergedTaskIds">The tasks done in its course.</param>
/// <param name="NeedsApproval">The lead unit's leader decides before the enterprise is told.</param>
/// <param name="On">The day.</param>
/// <param name="Late">Handled after its limit.</param>
public sealed record MergeReceipt(string PromptId, string UnitName, string Waiting, string? JointTaskId, IReadOnlyList<string> MergedTaskIds, bool NeedsApproval, DateOnly On, bool Late) : IReceipt
{
    public string Subject => PromptId;
}

internal sealed class AgreeToMergeHandler(MergeRegister register, MergeAnswers answers, ChinaClock clock) : IRequestHandler<AgreeToMerge, MergeReceipt>
{
    public async Task<MergeReceipt> Handle(AgreeToMerge command, CancellationToken cancellationToken)
    {
        var prompt = await register.Of(command.By, command.PromptId, cancellationToken);
        await answers.RequireSection(prompt, command.By.UnitId!, command.LeadSection, cancellationToken);
        prompt.Agree(command.By.UnitId!, command.By.PersonId!, command.LeadSection, clock.UtcNow);
        return await answers.Take(prompt, command.By.UnitId!, cancellationToken);
    }
}
