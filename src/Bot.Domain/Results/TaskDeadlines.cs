using Bot.Domain.Calendar;
using Bot.Domain.Deadlines;
using Bot.Domain.Inspections;
using Bot.Domain.Rules;

namespace Bot.Domain.Results;

/// <summary>The time limits after a visit: the result (J37), the advice (S21), each problem's correction (D14), the publication (D17).</summary>
public sealed class TaskDeadlines(DeadlineBook book, RulePack rules)
{
    public const string Result = "task.result";
    public const string UrgentApproval = "task.urgentApproval";
    public const string Advice = "task.advice";
    public const string Problem = "task.problem";
    public const string Publication = "task.publication";

    public static string ResultTitle(string taskId) => $"检查任务{taskId}的结果";

    public static string PublicationTitle(string taskId) => $"检查任务{taskId}的结果公示";

    /// <summary>Runs from the day on which the visit begins; one that takes longer is counted anew from its last day.</summary>
    public async Task OpenResult(InspectionTask task, DateOnly from, CancellationToken cancellationToken)
    {
        if (await book.Find(Result, task.Id, cancellationToken) is not { } open)
            book.OpenFrom(from, Result, rules.ResultEntry, task.Id, ResultTitle(task.Id), task.UnitId, task.InspectorIds);
        else if (open.IsOpen && open.StartedOn != from)
            book.Relimit(open, from, rules.ResultEntry);
    }

    public async Task<DateOnly> ResultDue(string taskId, CancellationToken cancellationToken) =>
        (await book.Find(Result, taskId, cancellationToken))!.DueOn;

    public Task<Deadline?> MeetResult(string taskId, CancellationToken cancellationToken) => book.Meet(Result, taskId, cancellationToken);

    /// <summary>谁检查、谁录入、谁公开: counted from the end of the inspection.</summary>
    public async Task<DueDate?> OpenPublication(InspectionTask task, CancellationToken cancellationToken)
    {
        if (task.CompletedOn is not { } ended || await book.Find(Publication, task.Id, cancellationToken) is not null)
            return null;
        return book.OpenFrom(ended, Publication, rules.Publication, task.Id, PublicationTitle(task.Id), task.UnitId, task.InspectorIds);
    }

    public Task MeetPublication(string taskId, CancellationToken cancellationToken) => book.Meet(Publication, taskId, cancellationToken);

    public Task DropPublication(string taskId, CancellationToken cancellationToken) => book.Drop(Publication, taskId, cancellationToken);

    public DueDate OpenAdvice(InspectionTask task) =>
        book.Open(Advice, rules.AdviceAfterProblems, task.Id, $"检查任务{task.Id}的改进建议", task.UnitId, task.InspectorIds);

    public Task MeetAdvice(string taskId, CancellationToken cancellationToken) => book.Meet(Advice, taskId, cancellationToken);

    /// <summary>To be looked at again on the day that the enterprise was given; by the next working day where that one is off.</summary>
    public void OpenProblem(FoundProblem problem, DateOnly correctBy, DateOnly today, IEnumerable<string> handlerIds)
    {
        var given = new Limit("整改复查", new Period(Math.Max(0, correctBy.DayNumber - today.DayNumber), PeriodUnit.CalendarDays), "检查结果写明的改正期限", problem.TaskId, IsDefault: false);
        book.OpenFrom(today, Problem, given, problem.Id, $"检查任务{problem.TaskId}发现问题的整改复查", problem.UnitId, handlerIds);
    }

    public Task MeetProblem(string problemId, CancellationToken cancellationToken) => book.Meet(Problem, problemId, cancellationToken);
}
