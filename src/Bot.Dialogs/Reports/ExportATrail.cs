using System.Text.RegularExpressions;
using Bot.Dialogs.Conversations;
using Bot.Dialogs.Inspections;
using Bot.Dialogs.Understanding;
using Bot.Domain.Commands;
using Bot.Domain.Reports;
using Bot.Domain.Rules;

namespace Bot.Dialogs.Reports;

/// <summary>导出 T303 全程记录: who did what and when, who was told what, as a file, so that whoever did their duty can show it (W42).</summary>
public static partial class ExportATrail
{
    private static readonly Rule HasAddress = new("全程记录还导不出：系统还没有设置访问地址，请联系管理员。", "W42");

    public static Conversation Conversation { get; } = new("ExportATrail", "全程记录", "这次导出", Play)
    {
        Roles = [ActorRole.Inspector, ActorRole.UnitLeader, ActorRole.UnitLiaison, ActorRole.Supervisor],
        Intents = [Intents.ExportTrail],
        Opens = text => Wanted().IsMatch(text),
        Fleeting = true,
    };

    private static async Task Play(Chat chat)
    {
        HasAddress.Require(chat.Pages is not null);
        var task = TaskReference.In(chat.Opening) ?? await chat.Ask("task", "导出哪个任务的全程记录？请说任务编号，例如T303。", said => TaskReference.In(said.Text) is { } id ? id : Read.No<string>("请说任务编号，例如T303。"));
        var form = await chat.Choose("form", $"任务{task}的全程记录：办理经过、时限、通知，按时间顺序，不能修改。导出Word还是Excel？", new Option(nameof(DraftForm.Word), "Word", "word", "文档"), new Option(nameof(DraftForm.Excel), "Excel", "excel", "表格"));
        var issued = await chat.Send(new IssueTrail(chat.Visitor, task, Enum.Parse<DraftForm>(form)));
        chat.Say($"任务{issued.SubjectId}的全程记录，{issued.Hours}小时内有效，请不要转发：\n{DraftAddress.Of(chat.Pages!, issued)}\n导出本身也记入台账。");
    }

    [GeneratedRegex(@"^(?:导出|查看|看|要)?\s*(?:[Tt][0-9][0-9-]*)?\s*(?:的)?\s*(?:全程记录|全流程记录|全部记录|办理轨迹|全程留痕)$|^(?:导出|查看)?(?:全程记录|办理轨迹)\s*[Tt][0-9][0-9-]*$")]
    private static partial Regex Wanted();
}
