using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Domain.Commands;
using Bot.Domain.Plans;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Plans;

/// <summary>How the plans stand, and the next step of one: filing, approval, publication, adjustment; for the justice bureau its review (S25–S28, J09).</summary>
public static partial class FollowAPlan
{
    private const int Most = 12;
    private const int MostLines = 8;
    private const int LongestReason = 500;

    private static readonly Rule SomePlan = new("还没有检查计划。说“上传年度计划”就可以上传。", "J08");

    public static Conversation Conversation { get; } = new("FollowAPlan", "检查计划", "这次办理", Play)
    {
        Roles = [ActorRole.UnitLiaison, ActorRole.UnitLeader, ActorRole.Supervisor],
        Browsing = ["which"],
        Opens = text => text is "检查计划" or "计划备案" || Step().IsMatch(text),
        TakesEvidence = true,
    };

    private static async Task Play(Chat chat)
    {
        var step = Step().Match(chat.Opening);
        var plan = step.Success ? step.Groups[2].Value : await Choose(chat);
        if (plan.Length == 0)
            return;
        var office = chat.Rules.SupervisionOffice.Name;
        switch (step.Groups[1].Value)
        {
            case "市级备案":
                var number = await chat.Ask("superior", "请写市级备案编号。", UploadAPlan.PlanFiling.ReadNumber, takesAnything: true, "还没有");
                if (number.Length == 0)
                    chat.Say($"好的，有了编号再说。补齐前不能报{office}。");
                else
                    await UploadAPlan.PlanFiling.WithJustice(chat, await chat.Send(new FileWithSuperior(chat.Visitor, plan, number)), "市级备案编号已登记。");
                return;
            case "登记批准":
                await UploadAPlan.PlanFiling.WithJustice(chat, await chat.Send(new RecordApproval(chat.Visitor, plan, await chat.Ask("approval", "请写批准文件的文号。", 60))), "批准文号已登记。");
                return;
            case "司法局备案":
                await UploadAPlan.PlanFiling.WithJustice(chat, await chat.Send(new FileWithJustice(chat.Visitor, plan)), $"已报{office}备案。");
                return;
            case "公告计划":
                var published = await chat.Send(new PublishPlan(chat.Visitor, plan));
                chat.Say($"已记录公告，{published.Title}现在是“{published.Stage}”。");
                return;
            case "调整计划":
                await Revise(chat, plan);
                return;
            case "审查计划":
                await Review(chat, plan);
                return;
            default:
                await Show(chat, plan);
                return;
        }
    }

    private static async Task<string> Choose(Chat chat)
    {
        var year = chat.StartedAt.Year;
        var plans = (IReadOnlyList<PlanSummary>)[.. await chat.Look(new MyPlans(chat.Visitor, year + 1)), .. await chat.Look(new MyPlans(chat.Visitor, year))];
        if (chat.Visitor.Role == ActorRole.Supervisor)
        {
            var problems = await chat.Look(new PlanProblems(chat.Visitor, year));
            chat.Say(problems.Count == 0 ? $"{year}年度检查计划没有发现问题。" : $"{year}年度检查计划有{problems.Count}个问题：\n{string.Join('\n', problems.Take(Most).Select(problem => $"· {problem.InWords}"))}");
            plans = [.. plans.Where(plan => plan.Stage is "待公告" or "已备案" or "已公告")];
            if (plans.Count == 0)
                return "";
        }

        SomePlan.Require(plans.Count > 0);
        return await chat.Choose("which", "看哪个计划？", [.. plans.Take(Most).Select(plan => new Option(plan.Id, $"{(chat.Visitor.Role == ActorRole.Supervisor ? plan.UnitName : "")}{plan.Title}（{plan.Stage}{(plan.Late ? "，上传超期" : "")}）", plan.Id))]);
    }

    private static async Task Show(Chat chat, string id)
    {
        var plan = await chat.Look(new PlanDetail(chat.Visitor, id));
        var lines = string.Join('\n', plan.Lines.Take(MostLines).Select((line, i) => $"{i + 1}. {line.InWords}"));
        var more = plan.Lines.Count > MostLines ? $"\n……共{plan.Lines.Count}行" : "";
        var review = plan.ReviewNote.Length > 0 ? $"{plan.Marks}（{plan.ReviewNote}）" : plan.Marks;
        chat.Say(
            $"{plan.UnitName}{plan.Title}（{plan.Id}，版本{plan.CurrentVersion}），{plan.Stage}{(plan.Late ? "，上传超期" : "")}。\n司法局审查：{review}。{(lines.Length > 0 ? "\n" : "")}{lines}{more}",
            plan.Next);
    }

    private static async Task Revise(Chat chat, string id)
    {
        var reason = await chat.Ask("reason", "为什么要调整？原因会和新版本一起保存，旧版本仍可查看。", LongestReason);
        var (lines, _) = await UploadAPlan.PlanTable.Ask(chat, $"请发调整后的完整计划表（.xlsx 或 .csv）。{UploadAPlan.PlanTable.Columns}。");
        var receipt = await chat.Send(new RevisePlan(chat.Visitor, id, reason, lines));
        await UploadAPlan.PlanFiling.After(chat, receipt, $"计划已调整，版本{receipt.Version}，原因：{reason}。");
    }

    private static async Task Review(Chat chat, string id)
    {
        var plan = await chat.Look(new PlanDetail(chat.Visitor, id));
        var marks = await chat.Ask(
            "marks",
            $"{plan.UnitName}{plan.Title}，共{plan.Lines.Count}行。是否合法、合理、协调？都没问题回复“都可以”，否则写明，例如“合法，不合理，协调”。",
            said => ReadMarks(said.Text),
            takesAnything: false,
            "都可以");
        var note = marks.All ? "" : await chat.Ask("note", "请写明理由，单位会看到。", LongestReason);
        var receipt = await chat.Send(new ReviewPlan(chat.Visitor, id, marks.Lawful, marks.Reasonable, marks.Coordinated, note));
        chat.Say($"已记录对{receipt.Title}的审查：{PlanWords.Marks(marks.Lawful, marks.Reasonable, marks.Coordinated)}。单位联络员会收到。");
    }

    private static Read<Marks> ReadMarks(string text)
    {
        if (text is "都可以" or "都没问题" or "可以" or "没问题" or "合法合理协调")
            return new Marks(true, true, true);
        var named = (string[])["合法", "合理", "协调"];
        return named.Any(mark => text.Contains(mark, StringComparison.Ordinal))
            ? new Marks(!No("合法"), !No("合理"), !No("协调"))
            : Read.No<Marks>("请回复“都可以”，或写明哪一项不行，例如“不合理”。");

        bool No(string mark) => text.Contains($"不{mark}", StringComparison.Ordinal);
    }

    internal sealed record Marks(bool Lawful, bool Reasonable, bool Coordinated)
    {
        public bool All => Lawful && Reasonable && Coordinated;
    }

    [GeneratedRegex("^(计划|市级备案|登记批准|司法局备案|公告计划|调整计划|审查计划) ?(P[-0-9A-Za-z]{3,40})$")]
    private static partial Regex Step();
}
