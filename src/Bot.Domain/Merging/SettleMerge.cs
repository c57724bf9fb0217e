using Bot.Domain.Calendar;
using Bot.Domain.Commands;
using Bot.Domain.Rules;
using MediatR;

namespace Bot.Domain.Merging;

/// <summary>The justice bureau decides where the units disagree or let the limit pass: one visit on a day with a lead, or none (J25, J40).</summary>
[Allowed(ActorRole.Supervisor)]
public sealed record SettleMerge(Actor By, string PromptId, bool Merge, [property: AtMost(500)] string Reason, DateOnly? On = null, string? LeadTaskId = null) : ICommand<MergeReceipt>;

internal sealed class SettleMergeHandler(MergeRegister register, MergeAnswers answers, CarryOutMerge carryOut, RulePack rules, ChinaClock clock) : IRequestHandler<SettleMerge, MergeReceipt>
{
    private static readonly Rule OnlyWhenStuck = new("各单位还在期限内协商，没有不同意见，暂不用协调。", "J25");
    private static readonly Rule WithReason = new("请写明协调决定的理由。", "J25");
    private static readonly Rule LeadOfThem = new("牵头任务应当是这条提示里的任务之一。", "J28");
    private static readonly Rule DayNamed = new("请写明哪一天一次完成。", "J28");

    public async Task<MergeReceipt> Handle(SettleMerge command, CancellationToken cancellationToken)
    {
        WithReason.Require(!string.IsNullOrWhiteSpace(command.Reason));
        var prompt = await register.Of(command.By, command.PromptId, cancellationToken);
        OnlyWhenStuck.Require(!prompt.IsOpen || prompt.Disputed || await Overdue(prompt, cancellationToken));
        var outcome = new CarriedOut(null, [], NeedsApproval: false);
        if (command.Merge)
        {
            DayNamed.Require((command.On ?? prompt.On) is not null);
            LeadOfThem.Require(command.LeadTaskId is null || prompt.TaskIds.Contains(command.LeadTaskId));
            var on = command.On ?? prompt.On!.Value;
            await answers.RequireDay(prompt, on, cancellationToken);
            prompt.Order(command.LeadTaskId ?? prompt.LeadTaskId ?? prompt.TaskIds[0], on, on == prompt.On ? prompt.HalfDay : "", command.Reason.Trim());
            outcome = await carryOut.Run(prompt, cancellationToken);
        }
        else
        {
            prompt.KeepApart(command.Reason.Trim(), clock.UtcNow);
            await register.Meet(prompt, cancellationToken);
            await Tell(prompt, cancellationToken);
        }

        return new MergeReceipt(prompt.Id, rules.SupervisionOffice.Name, "", outcome.JointTaskId, outcome.MergedTaskIds, outcome.NeedsApproval, prompt.On ?? clock.Today, prompt.Late);
    }

    private async Task<bool> Overdue(MergePrompt prompt, CancellationToken cancellationToken) =>
        prompt.Late || clock.Today > (await register.DeadlineOf(prompt, cancellationToken))?.DueOn;

    private async Task Tell(MergePrompt prompt, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, string>
        {
            ["no"] = prompt.Id,
            ["enterprise"] = await register.EnterpriseName(prompt, cancellationToken),
            ["justice"] = rules.SupervisionOffice.Name,
            ["reason"] = prompt.Because!.TrimEnd('。'),
        };
        await register.Tell(prompt, "N5j", "", fields, cancellationToken);
    }
}
